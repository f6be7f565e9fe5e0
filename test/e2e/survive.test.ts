/**
 * What a payment survives: the proxy's death, a reload, a second tab.
 * @module
 */
import assert from 'node:assert/strict'
import { choice, sees, startFlows } from './harness.ts'

const { world, flow } = await startFlows()
const CART = [{ product: 'night-watch', quantity: 1 }]

flow(
  'the proxy is killed in the middle of a payment and started again',
  async (shopper) => {
    const { page } = shopper
    const { orderId, checkoutUrl } = await world.place(CART)
    await shopper.open(checkoutUrl)
    await shopper.pickCoin(/Tether/, /TRON/)
    await shopper.sees(/Send USDT on TRON/)
    const [transaction] = await world.played(orderId)
    const address = page.getByText(String(transaction?.details['address']))

    const isMissed = page.waitForEvent('requestfailed')
    await world.stack.proxy.kill()
    await isMissed
    assert.ok(await address.isVisible(), 'the address stays on the screen')
    await world.stack.proxy.start()
    await world.play(orderId, 'pay')

    await shopper.sees('Payment complete')
    const { payments } = await world.merchantSees(orderId, 'paid')
    assert.equal(payments.length, 1)
    assert.equal((await world.played(orderId)).length, 1)
  },
  {
    expected: [
      /ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|502|503/,
      /CORS request did not succeed/,
    ],
  },
)

flow('a reload in the middle finds the same payment', async (shopper) => {
  const { page } = shopper
  const { orderId, checkoutUrl } = await world.place(CART)
  await shopper.open(checkoutUrl)
  await shopper.pickCoin(/Tether/, /TRON/)
  await shopper.sees(/Send USDT on TRON/)
  const [transaction] = await world.played(orderId)

  await page.reload()
  await shopper.sees(/Send USDT on TRON/)
  await page.getByText(String(transaction?.details['address'])).waitFor()
  await world.play(orderId, 'pay')
  await page.getByRole('button', { name: 'I have paid' }).click()
  await shopper.sees('Payment complete')
  await page.reload()
  await shopper.sees('Payment complete')
  const { payments } = await world.merchantSees(orderId, 'paid')
  assert.equal(payments.length, 1)
  assert.equal((await world.played(orderId)).length, 1)
})

flow('two tabs make one transaction, and both end paid', async (shopper) => {
  const { page, context } = shopper
  const { orderId, checkoutUrl } = await world.place(CART)
  const second = await context.newPage()
  const tabs = [page, second]
  await Promise.all(tabs.map((tab) => tab.goto(world.stack.shopUrl + checkoutUrl)))
  await Promise.all(tabs.map((tab) => choice(tab, /Tether/).click()))
  await Promise.all(tabs.map((tab) => choice(tab, /TRON/).first().click()))
  await Promise.all(tabs.map((tab) => sees(tab, /Send USDT on TRON/)))
  const played = await world.played(orderId)
  assert.equal(played.length, 1)
  const address = String(played[0]?.details['address'])
  await Promise.all(tabs.map((tab) => tab.getByText(address).waitFor()))

  await world.play(orderId, 'pay')
  await second.getByRole('button', { name: 'I have paid' }).click()
  await Promise.all(tabs.map((tab) => sees(tab, 'Payment complete')))
  const { payments } = await world.merchantSees(orderId, 'paid')
  assert.equal(payments.length, 1)
})
