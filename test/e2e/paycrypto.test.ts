/**
 * Paying on PayCrypto's page: a signed notification, a return that proves nothing, ends without money.
 * @module
 */
import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { startFlows } from './harness.ts'
import type { Shopper } from './harness.ts'

const { world, flow } = await startFlows()
const CART = [{ product: 'first-light', quantity: 1 }]
/** ₺385 at the demo's rate. */
const PRICE = '9.32 USDT'

flow(
  'paid on the page: notified, and back in the shop',
  async (shopper) => {
    const { page } = shopper
    const { orderId, checkoutUrl } = await world.place(CART)
    await leave(shopper, checkoutUrl)
    await page.getByText(PRICE).first().waitFor()
    await page.getByRole('button', { name: /^Pay 9.32/ }).click()

    await shopper.sees('Payment complete')
    assert.equal(new URL(page.url()).search, '', 'nothing of the return stays in the address')
    const { payments } = await world.merchantSees(orderId, 'paid')
    const [order] = await world.played(orderId)
    assert.deepEqual(
      payments.map(({ provider, status, ref }) => [provider, status, ref]),
      [['paycrypto', 'paid', order?.id]],
    )
    const [notice] = await world.notified(orderId)
    assert.deepEqual(
      [notice?.state, notice?.attempts.map(({ status }) => status)],
      ['delivered', [200]],
    )
  },
  { isPhone: true },
)

flow(
  'canceled on the page',
  async (shopper) => {
    const { page } = shopper
    const { orderId, checkoutUrl } = await world.place(CART)
    await leave(shopper, checkoutUrl)
    await page.getByRole('button', { name: 'Cancel' }).click()
    await shopper.sees('Payment canceled')
    await world.paymentIs(orderId, 'canceled')
    assert.equal((await world.merchant(orderId))?.status, 'pending', 'the order can still be paid')
  },
  { isPhone: true },
)

flow('expired there while its page is open', async (shopper) => {
  const { orderId, checkoutUrl } = await world.place(CART)
  await openPopup(shopper, checkoutUrl)
  await world.play(orderId, 'expire')
  await shopper.sees('The time to pay has run out')
  await world.paymentIs(orderId, 'expired')
})

flow(
  'a return that says "paid" is not believed',
  async (shopper) => {
    const { page } = shopper
    const { orderId, checkoutUrl } = await world.place(CART)
    await leave(shopper, checkoutUrl)
    // Money that was seen and is not safe yet: the earliest moment at which the page tells its return.
    const answer = page.waitForRequest(/\/v1\/return/)
    await page.getByRole('button', { name: 'Pay, wait for confirmation' }).click()
    const returnUrl = (await answer).url()
    await shopper.sees('Payment seen, being confirmed')
    assert.match(returnUrl, /[?&]status=2$/)

    await page.goto(returnUrl.replace(/status=2$/, 'status=1'))
    await shopper.sees('Payment seen, being confirmed')
    const after = await world.merchant(orderId)
    assert.deepEqual(
      [after?.status, after?.payments.map(({ status }) => status)],
      ['processing', ['processing']],
    )
    await world.play(orderId, 'success')
    await shopper.sees('Payment complete')
    await world.merchantSees(orderId, 'paid')
  },
  { isPhone: true },
)

flow('a notification that is lost is healed by asking', async (shopper) => {
  const { orderId, checkoutUrl } = await world.place(CART)
  await openPopup(shopper, checkoutUrl)
  await world.notify('paycrypto', 'lose')
  await world.play(orderId, 'success')
  await shopper.sees('Payment complete')
  await world.merchantSees(orderId, 'paid')
  const notices = await world.notified(orderId)
  assert.deepEqual(
    notices.map(({ state }) => state),
    ['lost'],
  )
})

flow('a forged notification changes nothing, the true one after it does', async (shopper) => {
  const { orderId, checkoutUrl } = await world.place(CART)
  await openPopup(shopper, checkoutUrl)
  await world.notify('paycrypto', 'forge')
  await world.play(orderId, 'success')
  await shopper.sees('Payment complete')
  const { payments } = await world.merchantSees(orderId, 'paid')
  assert.deepEqual(
    payments.map(({ status, reason }) => [status, reason]),
    [['paid', null]],
  )
  const notices = await world.notified(orderId)
  assert.deepEqual(
    notices.map(({ isForged, state }) => [isForged, state]),
    [
      [false, 'delivered'],
      [true, 'given-up'],
    ],
  )
})

async function leave(shopper: Shopper, checkoutUrl: string): Promise<void> {
  await shopper.open(checkoutUrl)
  await shopper.pickCoin(/Tether/, /TRON.*9.32 USDT.*payment page/)
  await shopper.page.waitForURL(`${world.stack.sandboxUrls.paycrypto}/**`)
}

async function openPopup(shopper: Shopper, checkoutUrl: string): Promise<Page> {
  await shopper.open(checkoutUrl)
  const popup = shopper.page.waitForEvent('popup')
  await shopper.pickCoin(/Tether/, /TRON.*payment page/)
  const opened = await popup
  // the page charges this, not the lira above
  await shopper.page.getByText(PRICE, { exact: true }).waitFor()
  await opened.waitForURL(`${world.stack.sandboxUrls.paycrypto}/**`)
  return opened
}
