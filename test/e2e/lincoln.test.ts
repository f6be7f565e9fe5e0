/**
 * Paying through Lincoln's exchange: by transfer inside the widget, by card on its page. Its "I have
 * paid" is anybody's word, and never paid.
 * @module
 */
import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { choice, startFlows } from './harness.ts'

const { world, flow } = await startFlows()
/** 11.13 USDT at the demo's rate: no less than the route takes. */
const CART = [{ product: 'dripper', quantity: 1 }]
/** ₴777.78, for the same reason. */
const BIG_CART = [{ product: 'first-light', quantity: 2 }]

flow('by transfer, to the address of the order', async (shopper) => {
  const { page } = shopper
  const { orderId, checkoutUrl } = await world.place(CART)
  await shopper.open(checkoutUrl)
  await shopper.pickCoin(/Tether/, /TRON.*details/)
  await page.getByText('11.13 USDT').waitFor()
  await choice(page, 'Continue').click()
  assert.equal(await world.merchant(orderId).then((it) => it?.payments.length), 0, 'asked first')
  await answer(page)

  await shopper.sees('Send USDT on TRON')
  const [order] = await world.played(orderId)
  assert.ok(order)
  assert.equal(order.amount, '11.13')
  await page.getByText(String(order.details['account'])).waitFor()
  await world.play(orderId, 'in-progress')
  await world.paymentIs(orderId, 'processing')
  assert.equal((await world.merchant(orderId))?.status, 'processing', 'said is not paid')
  await world.play(orderId, 'done')

  await shopper.sees('Payment complete')
  const { payments } = await world.merchantSees(orderId, 'paid')
  assert.deepEqual(
    payments.map(({ provider, status, ref }) => [provider, status, ref]),
    [['lincoln', 'paid', order.id]],
  )
  const notices = await world.notified(orderId)
  assert.deepEqual(
    notices.map(({ state }) => state),
    ['delivered', 'delivered'],
  )
})

flow(
  'by card on its page, where "I have paid" is not paid',
  async (shopper) => {
    const { page } = shopper
    const { orderId, checkoutUrl } = await world.place(BIG_CART)
    await shopper.open(checkoutUrl)
    await choice(page, /MasterCard/).click()
    await answer(page)
    await page.waitForURL(`${world.stack.sandboxUrls.lincoln}/en/payment/**`)
    await page.getByRole('heading', { name: 'Send exactly 777.78 UAH' }).waitFor()
    await page.getByRole('button', { name: 'I have paid' }).click()
    await page.getByRole('heading', { name: 'You said that you have paid' }).waitFor()
    await world.paymentIs(orderId, 'processing')
    assert.equal((await world.merchant(orderId))?.status, 'processing')

    await page.getByRole('button', { name: 'Pay out' }).click()
    await page.getByRole('link', { name: 'Back to the shop' }).click()
    await shopper.sees('Payment complete')
    assert.equal(new URL(page.url()).search, '', 'nothing of the return stays in the address')
    await world.merchantSees(orderId, 'paid')
  },
  { isPhone: true },
)

flow('"I have paid" in the widget is passed on; a lost notification is healed', async (shopper) => {
  const { page } = shopper
  const { orderId, checkoutUrl } = await world.place(BIG_CART)
  await shopper.open(checkoutUrl)
  await choice(page, /MasterCard/).click()
  const popup = page.waitForEvent('popup')
  await answer(page)
  await (await popup).waitForURL(`${world.stack.sandboxUrls.lincoln}/**`)
  const before = await world.played(orderId)
  assert.equal(before[0]?.status, 'waitPayment')

  await page.getByRole('button', { name: 'I have paid' }).click()
  await shopper.sees('Payment seen, being confirmed')
  const [said] = await world.played(orderId)
  assert.equal(said?.status, 'inProgress', 'the exchange was told')
  assert.equal((await world.merchant(orderId))?.status, 'processing', 'said is not paid')

  await world.notify('lincoln', 'lose')
  await world.play(orderId, 'done')
  await shopper.sees('Payment complete')
  await world.merchantSees(orderId, 'paid')
  assert.equal((await world.notified(orderId)).at(-1)?.state, 'lost')
})

flow('an order that the exchange gives up can be paid another way', async (shopper) => {
  const { page } = shopper
  const { orderId, checkoutUrl } = await world.place(CART)
  await shopper.open(checkoutUrl)
  await shopper.pickCoin(/Tether/, /BNB.*details/)
  await answer(page)
  await shopper.sees(/Send USDT on/)
  await world.play(orderId, 'error-payment')
  await shopper.sees('The payment did not go through')
  await world.paymentIs(orderId, 'failed')
  assert.equal((await world.merchant(orderId))?.status, 'pending')
})

/** What the exchange wants to know of the shopper, and its terms. */
async function answer(page: Page): Promise<void> {
  await page.getByLabel('E-mail').fill('shopper@shop.example')
  await page.getByLabel('I accept the terms').check()
  await choice(page, 'Continue').click()
}
