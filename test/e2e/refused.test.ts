/**
 * When it does not work: a payment company that fails, and a page that may not take payments.
 * @module
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WIDGET } from '../../demo/shop-assets.ts'
import { startFlows } from './harness.ts'

const { world, flow } = await startFlows()
const CART = [{ product: 'harbour', quantity: 2 }]

flow(
  'the payment company answers 500: another way is offered, and paid',
  async (shopper) => {
    const { page } = shopper
    const { orderId, checkoutUrl } = await world.place(CART)
    await world.mishap('cryptom/create', 'status-500')
    await shopper.open(checkoutUrl)
    await shopper.pickCoin(/Tether/, /TRON/)
    await page
      .getByRole('alert')
      .getByText(/choose another way/i)
      .waitFor()
    assert.equal((await world.merchant(orderId))?.status, 'pending')

    const back = page.getByRole('button', { name: 'Back' })
    if (await back.isVisible()) await back.click()
    await shopper.pickCard()
    await page.getByRole('button', { name: /Pay by card/ }).click()
    await shopper.sees('Payment complete')
    const { payments } = await world.merchantSees(orderId, 'paid')
    assert.deepEqual(
      payments.filter(({ status }) => status === 'paid').map(({ provider }) => provider),
      ['redoya'],
    )
  },
  { isPhone: true, expected: [/status of 50\d.*\/payments/] },
)

flow(
  'a page of another origin gets an error, and nothing happens',
  async (shopper) => {
    const { page } = shopper
    const { orderId, orderToken } = await world.place(CART)
    const foreign = await serveForeignPage(orderToken)
    try {
      await page.goto(foreign.url)
      await shopper.sees(/cannot be paid here/)
      assert.equal(await page.getByRole('button', { name: /Tether|Card/ }).count(), 0)
      assert.equal(await world.merchant(orderId), undefined, 'no checkout was made')
    } finally {
      await foreign.close()
    }
  },
  { expected: [/CORS policy|ERR_FAILED|status of 403/] },
)

flow('an article of the price list, without a backend', async (shopper) => {
  const { page } = shopper
  await shopper.open('/embed/product')
  await page
    .getByText(/TRY\s?360|₺360/)
    .first()
    .waitFor()
  await shopper.pickCoin(/TRON.*TRX/)
  await shopper.sees(/Send TRX/)
})

flow('an order that nobody signed says so', async (shopper) => {
  const { page } = shopper
  await shopper.open('/embed/unsigned')
  await page
    .getByText(/TRY\s?45|₺45/)
    .first()
    .waitFor()
  await page.getByText(/only this page vouches for it/i).waitFor()
})

/** Somebody else's page with our widget and an order of the shop's that was overheard. */
async function serveForeignPage(
  orderToken: string,
): Promise<{ url: string; close(): Promise<void> }> {
  const script = readFileSync(WIDGET)
  const html = `<!doctype html><link rel="icon" href="data:,"><script src="/widget.js" defer></script>
    <crypto-checkout proxy="${world.stack.proxyUrl}" order-token="${orderToken}"></crypto-checkout>`
  const server = createServer(({ url }, answer) => {
    const isScript = url === '/widget.js'
    answer.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
    answer.end(isScript ? script : html)
  })
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
