import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Checkout } from '../../protocol/payment.ts'
import { startShop, until } from './shop.ts'
import type { Shop } from './shop.ts'

/** What may still become of an attempt that nobody looks at any more. */
const BAD_ENDS = [
  ['paycrypto', 'fail', 'failed'],
  ['paycrypto', 'expire', 'expired'],
  ['paycrypto', 'cancel', 'canceled'],
  ['paycrypto', 'abnormal', 'review'],
  ['lincoln', 'error-payment', 'failed'],
  ['lincoln', 'hold', 'review'],
  ['lincoln', 'delete', 'canceled'],
] as const

describe('an attempt that was replaced', () => {
  let shop: Shop
  before(async () => {
    shop = await startShop()
  })
  after(() => shop.close())

  async function pick(checkout: Checkout, provider: 'paycrypto' | 'lincoln' | 'lipaykripto') {
    const { status, body } = await shop.pick(checkout, provider)
    assert.equal(status, 200, JSON.stringify(body))
    return (await shop.detail(checkout)).payments.at(-1) ?? assert.fail()
  }

  /** An order that was first to be paid one way, and then another. */
  async function two(first: 'paycrypto' | 'lincoln') {
    const checkout = await shop.open()
    return {
      checkout,
      older: await pick(checkout, first),
      newer: await pick(checkout, 'lipaykripto'),
    }
  }

  for (const [provider, end, status] of BAD_ENDS) {
    it(`${provider}, ${end}: the order waits for the newer one, and is paid by it`, async () => {
      const { checkout, older, newer } = await two(provider)
      await shop.play(provider, older.ref, end)
      await shop.paymentBecomes(checkout, 0, status)
      const during = await shop.read(checkout)
      assert.deepEqual([during.status, during.payment?.id], ['pending', newer.id])
      await shop.pay(checkout, newer)
      await shop.becomes(checkout, 'paid')
    })

    it(`${provider}, ${end}, after the newer one was paid: it stays paid`, async () => {
      const { checkout, older, newer } = await two(provider)
      await shop.pay(checkout, newer)
      const paid = await shop.becomes(checkout, 'paid')
      await shop.play(provider, older.ref, end)
      await shop.paymentBecomes(checkout, 0, status)
      const after = await shop.read(checkout)
      assert.deepEqual(
        [after.status, after.reason, after.payment?.id, after.receipt],
        ['paid', null, newer.id, paid.receipt],
      )
    })
  }

  it('and paid, and is paid back: what is shown and told is that one', async () => {
    const { checkout, older } = await two('paycrypto')
    await shop.pay(checkout, older)
    await shop.becomes(checkout, 'paid')
    await shop.play('paycrypto', older.ref, 'refunding')
    await shop.becomes(checkout, 'refunding')
    const { payment } = await shop.read(checkout)
    assert.deepEqual([payment?.id, payment?.status], [older.id, 'refunding'])
    const told = await until('told', () =>
      shop.receiver.of(checkout).find(({ type }) => type === 'checkout.refunding'),
    )
    assert.equal(told.data.payment?.id, older.id)
  })

  it('and has money in it, while the newer one came to nothing: what is shown is that one', async () => {
    const { checkout, older, newer } = await two('paycrypto')
    await shop.play('paycrypto', older.ref, 'abnormal')
    await shop.paymentBecomes(checkout, 0, 'review')
    await shop.play('lipaykripto', newer.id, 'fail')
    await shop.becomes(checkout, 'review')
    const { payment } = await shop.read(checkout)
    assert.deepEqual([payment?.id, payment?.status], [older.id, 'review'])
  })
})
