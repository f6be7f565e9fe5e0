/**
 * Paying on LiPayKripto's page, which leads nowhere when it is done: what became of it, the checkout
 * finds out by itself.
 * @module
 */
import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { choice, startFlows } from './harness.ts'

const { world, flow } = await startFlows()
const CART = [{ product: 'first-light', quantity: 1 }]
const LIPAY = /TRX, USDT, ETH/

flow(
  'paid on the page in this window, then back by the browser’s button',
  async (shopper) => {
    const { page } = shopper
    const { orderId, checkoutUrl } = await world.place(CART)
    await shopper.open(checkoutUrl)
    await choice(page, LIPAY).click()
    await page.waitForURL(`${world.stack.sandboxUrls.lipaykripto}/payment/**`)
    await page.getByText('385,00').first().waitFor()
    await payWith(page, /^USDT/)
    await page.goBack()

    await shopper.sees('Payment complete')
    const { payments } = await world.merchantSees(orderId, 'paid')
    assert.deepEqual(
      payments.map(({ provider, status }) => [provider, status]),
      [['lipaykripto', 'paid']],
    )
  },
  { isPhone: true },
)

flow('paid in a second window, which nobody comes back from', async (shopper) => {
  const { page } = shopper
  const { orderId, checkoutUrl } = await world.place(CART)
  await shopper.open(checkoutUrl)
  const popup = await openPage(page)
  await popup.getByRole('button', { name: /^ETH/ }).click()
  await popup.getByRole('heading', { name: 'Send the coins' }).waitFor()
  assert.equal((await world.merchant(orderId))?.status, 'pending', 'a coin chosen is not paid')
  await popup.getByRole('button', { name: 'I paid' }).click()

  await shopper.sees('Payment complete')
  await world.merchantSees(orderId, 'paid')
  const [notice] = await world.notified(orderId)
  assert.deepEqual(
    [notice?.state, notice?.attempts.map(({ status }) => status)],
    ['delivered', [200]],
  )
})

flow('failed on the page, then another way', async (shopper) => {
  const { page } = shopper
  const { orderId, checkoutUrl } = await world.place(CART)
  await shopper.open(checkoutUrl)
  const popup = await openPage(page)
  await popup.getByRole('button', { name: /^TRX/ }).click()
  await popup.getByRole('button', { name: 'Fail' }).click()

  await shopper.sees('The payment did not go through')
  await world.paymentIs(orderId, 'failed')
  await page.getByRole('button', { name: 'Choose again' }).click()
  await shopper.pickCoin(/Bitcoin/)
  await shopper.sees('Send BTC on BITCOIN')
  await world.play(orderId, 'pay')
  await page.getByRole('button', { name: 'I have paid' }).click()
  await shopper.sees('Payment complete')
  const { payments } = await world.merchantSees(orderId, 'paid')
  assert.deepEqual(
    payments.map(({ provider, status }) => [provider, status]),
    [
      ['lipaykripto', 'failed'],
      ['cryptom', 'paid'],
    ],
  )
})

async function openPage(page: Page): Promise<Page> {
  const [popup] = await Promise.all([page.waitForEvent('popup'), choice(page, LIPAY).click()])
  return popup
}

async function payWith(page: Page, coin: RegExp): Promise<void> {
  await page.getByRole('button', { name: coin }).click()
  await page.getByRole('button', { name: 'I paid' }).click()
  await page.getByRole('heading', { name: 'Thank you, it is paid' }).waitFor()
}
