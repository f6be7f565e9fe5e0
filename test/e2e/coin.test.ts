/**
 * Paying in coins, inside the widget.
 * @module
 */
import assert from 'node:assert/strict'
import { choice, startFlows } from './harness.ts'

const { world, flow } = await startFlows()

flow('from the shelf to the thank-you: USDT on TRON, paid in full', async (shopper) => {
  const { page } = shopper
  await shopper.open('/')
  await page.getByRole('button', { name: 'Add to cart: Harbour Blend' }).click()
  await page.getByRole('link', { name: /Cart/ }).click()
  await page.getByRole('button', { name: 'Go to checkout' }).click()
  await shopper.pickCoin(/Tether/, /TRON/)
  await shopper.sees('Send USDT on TRON')
  const orderId = orderIdOf(page.url())

  const [transaction] = await world.played(orderId)
  assert.ok(transaction)
  const { address, coinAmount } = transaction.details
  await page.getByText(String(address)).waitFor()
  await page
    .getByText(`${String(coinAmount)} USDT`)
    .first()
    .waitFor()
  await page.getByText('Send only USDT on TRON (TRC20).').waitFor()
  const code = page.getByRole('img', { name: /QR code/ })
  const path = await code.locator('path').getAttribute('d')
  assert.ok((path ?? '').length > 500, 'there is a QR code')

  await world.play(orderId, 'pay')
  await shopper.sees('Payment complete')
  await shopper.sees('Thank you')
  const { status, payments } = await world.merchantSees(orderId, 'paid')
  assert.equal(status, 'paid')
  assert.deepEqual(
    payments.map(({ provider, status: each }) => [provider, each]),
    [['cryptom', 'paid']],
  )

  await page.getByRole('link', { name: 'Follow your order' }).click()
  await shopper.sees('Paid. Thank you!')
})

flow('a part first, then the rest', async (shopper) => {
  const { page } = shopper
  const { orderId, checkoutUrl } = await world.place([{ product: 'first-light', quantity: 1 }])
  await shopper.open(checkoutUrl)
  await shopper.pickCoin(/Tether/, /TRON/)
  await shopper.sees('Send USDT on TRON')

  await world.play(orderId, 'pay-part', '4')
  await page.getByText('Part of the payment has arrived').first().waitFor()
  const [transaction] = await world.played(orderId)
  const missing = (Number(transaction?.details['coinAmount']) - 4).toFixed(6).replace(/0+$/, '')
  await page.getByText(new RegExp(`Please send .*${missing} USDT`)).waitFor()
  const partial = await world.merchant(orderId)
  assert.deepEqual([partial?.status, partial?.reason], ['processing', 'underpaid'])

  await world.play(orderId, 'pay')
  await page.getByRole('button', { name: 'I have paid' }).click()
  await shopper.sees('Payment complete')
  await world.merchantSees(orderId, 'paid')
})

flow('canceled, then another coin is picked and paid', async (shopper) => {
  const { page } = shopper
  const { orderId, checkoutUrl } = await world.place([{ product: 'mug', quantity: 1 }])
  await shopper.open(checkoutUrl)
  assert.equal(await choice(page, /^Card/).count(), 0, 'no card for kuruş')
  await shopper.pickCoin(/Tether/, /TRON/)
  await shopper.sees('Send USDT on TRON')

  await page.getByRole('button', { name: 'Cancel payment' }).click()
  await page
    .getByRole('group', { name: /Cancel/ })
    .getByRole('button', { name: 'Cancel payment' })
    .click()
  await shopper.sees('Payment canceled')
  const [canceled] = await world.played(orderId)
  assert.equal(canceled?.status, 'CANCELLED', 'the payment company was told')

  await page.getByRole('button', { name: 'Choose again' }).click()
  await shopper.pickCoin(/Bitcoin/)
  await shopper.sees('Send BTC on BITCOIN')
  await world.play(orderId, 'pay')
  await page.getByRole('button', { name: 'I have paid' }).click()
  await shopper.sees('Payment complete')
  const { payments } = await world.merchantSees(orderId, 'paid')
  assert.deepEqual(
    payments.map(({ status }) => status),
    ['canceled', 'paid'],
  )
})

flow('the time runs out: a new price, and paid', async (shopper) => {
  const { page } = shopper
  const { orderId, checkoutUrl } = await world.place([{ product: 'samples', quantity: 1 }])
  await shopper.open(checkoutUrl)
  await shopper.pickCoin(/Ether/)
  await shopper.sees(/Send ETH/)
  await world.play(orderId, 'timeout')
  await page.getByRole('button', { name: 'I have paid' }).click()
  await shopper.sees(/time to pay has run out/)

  await page.getByRole('button', { name: 'Get a new price' }).click()
  await shopper.sees(/Send ETH/)
  assert.equal((await world.played(orderId)).length, 2)
  await world.play(orderId, 'pay')
  await page.getByRole('button', { name: 'I have paid' }).click()
  await shopper.sees('Payment complete')
  const { payments } = await world.merchantSees(orderId, 'paid')
  assert.deepEqual(
    payments.map(({ status }) => status),
    ['expired', 'paid'],
  )
})

function orderIdOf(url: string): string {
  const [, orderId] = /\/checkout\/([\w-]+)/.exec(url) ?? []
  assert.ok(orderId)
  return orderId
}
