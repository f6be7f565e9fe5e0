/**
 * Paying on a payment page: leaving, coming back, and what a return is worth.
 * @module
 */
import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { choice, sees, startFlows } from './harness.ts'
import type { Shopper } from './harness.ts'

const { world, flow } = await startFlows()
const CART = [{ product: 'first-light', quantity: 1 }]

flow(
  'by card in this window: out to the payment page, and back',
  async (shopper) => {
    const { page } = shopper
    const { orderId, checkoutUrl } = await world.place(CART)
    await leaveByCard(shopper, checkoutUrl)
    await page.getByRole('button', { name: /Pay by card/ }).click()
    await shopper.sees('Payment complete')
    assert.equal(new URL(page.url()).search, '', 'nothing of the return stays in the address')
    const { payments } = await world.merchantSees(orderId, 'paid')
    const [order] = await world.played(orderId)
    assert.equal(payments.length, 1)
    assert.equal(payments[0]?.ref, order?.id)
  },
  { isPhone: true },
)

flow('by card in a second window, which closes by itself', async (shopper) => {
  const { page } = shopper
  const { orderId, checkoutUrl } = await world.place(CART)
  await shopper.open(checkoutUrl)
  const [popup] = await Promise.all([page.waitForEvent('popup'), shopper.pickCard()])
  const isClosed = popup.waitForEvent('close')
  await popup.getByRole('button', { name: /Pay by card/ }).click()
  await shopper.sees('Payment complete')
  await isClosed
  await world.merchantSees(orderId, 'paid')
})

flow(
  'declined on the payment page, then paid by coin',
  async (shopper) => {
    const { page } = shopper
    const { orderId, checkoutUrl } = await world.place(CART)
    await leaveByCard(shopper, checkoutUrl)
    await page.getByRole('button', { name: 'Decline' }).click()
    await shopper.sees(/declined/)
    await page.getByRole('button', { name: 'Choose again' }).click()
    await shopper.pickCoin(/Tether/, /TRON/)
    await shopper.sees(/Send USDT on TRON/)
    await world.play(orderId, 'pay')
    await page.getByRole('button', { name: 'I have paid' }).click()
    await shopper.sees('Payment complete')
    const { payments } = await world.merchantSees(orderId, 'paid')
    assert.deepEqual(
      payments.map(({ provider, status, reason }) => [provider, status, reason]),
      [
        ['redoya', 'failed', 'declined'],
        ['cryptom', 'paid', null],
      ],
    )
  },
  { isPhone: true },
)

flow(
  "a return with somebody else's order id is refused",
  async (shopper) => {
    const { page, context } = shopper
    const victim = await world.place(CART)
    await leaveByCard(shopper, victim.checkoutUrl)
    await page.getByRole('button', { name: /Pay by card/ }).click()
    await shopper.sees('Payment complete')
    const before = await world.merchantSees(victim.orderId, 'paid')
    const stolen = before.payments[0]?.ref ?? ''
    assert.match(stolen, /^\w{16}$/)

    const thief = await world.place(CART)
    const other = await context.newPage()
    await other.goto(world.stack.shopUrl + thief.checkoutUrl)
    await choice(other, /^Card/).click()
    await other.getByRole('button', { name: /Pay by card/ }).waitFor()
    await other.goto(returnUrl(other).replace('{order_id}', stolen))

    await sees(other, /being checked/)
    const after = await world.merchantSees(thief.orderId, 'review')
    assert.deepEqual(
      after.payments.map(({ status, reason, ref }) => [status, reason, ref]),
      [['review', 'conflict', null]],
    )
    assert.deepEqual(
      await world.merchant(victim.orderId),
      before,
      "the victim's order is as it was",
    )
  },
  { isPhone: true },
)

async function leaveByCard({ page, open, pickCard }: Shopper, checkoutUrl: string): Promise<void> {
  await open(checkoutUrl)
  await pickCard()
  await page.waitForURL(`${world.stack.sandboxUrls.redoya}/**`)
}

/** Where the payment page would send the shopper back to: it stands in the signed link. */
function returnUrl(page: Page): string {
  const payload = /#[\w-]+\.([\w-]+)\./.exec(page.url())?.[1] ?? ''
  const link = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, string>
  return link['successfulURL'] ?? ''
}
