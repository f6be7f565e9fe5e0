import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { TestContext } from 'node:test'
import type { Checkout } from '../../protocol/payment.ts'
import { pause, startShop, until } from './shop.ts'
import type { DetailedPayment, Shop } from './shop.ts'

const SECOND = 1000
const HOUR = 3600 * SECOND
const ROUND_MS = 1300

type Waiting = { readonly checkout: Checkout; readonly payment: DetailedPayment }

/** How an order comes to wait for a person, and which of its payments does. */
const CASES = {
  'a card payment whose shopper never came back': async (shop) => {
    const { checkout } = await shop.begin('redoya')
    shop.clock.advance(HOUR)
    return { checkout, payment: await shop.paymentBecomes(checkout, 0, 'expired', 'unconfirmed') }
  },

  'a part of the money': async (shop) => {
    const { checkout, payment } = await shop.begin('cryptom')
    await shop.play('cryptom', payment.ref, 'pay-part')
    shop.clock.advance(17 * HOUR)
    return { checkout, payment: await shop.paymentBecomes(checkout, 0, 'review', 'underpaid') }
  },

  'less than the price, which the provider calls paid': async (shop) => {
    const { checkout, payment } = await shop.begin('paycrypto')
    const amount = { amount: '12.00', currency: 'USDT' }
    await shop.play('paycrypto', payment.ref, 'success', amount)
    return { checkout, payment: await shop.paymentBecomes(checkout, 0, 'review', 'underpaid') }
  },

  'money that came twice': async (shop) => {
    const { checkout, payment } = await shop.begin('paycrypto', {
      methods: ['paycrypto', 'redoya'],
    })
    const { body } = await shop.pick(checkout, 'redoya')
    await shop.comeBack(await shop.payByCard(body))
    await shop.play('paycrypto', payment.ref, 'success')
    return { checkout, payment: await shop.paymentBecomes(checkout, 0, 'paid', 'duplicate') }
  },

  'a provider that contradicts itself after it was paid': async (shop) => {
    const { checkout, payment } = await shop.begin('paycrypto')
    await shop.play('paycrypto', payment.ref, 'success')
    await shop.becomes(checkout, 'paid')
    await shop.breakNext('paycrypto', 'query', 'wrong-amount')
    // A word that anybody could have sent asks no more often than a browser that watches.
    shop.clock.advance(4 * SECOND)
    await hint(shop, payment)
    return { checkout, payment: await shop.paymentBecomes(checkout, 0, 'paid', 'conflict') }
  },

  'a refund that failed': async (shop) => {
    const { checkout, payment } = await shop.begin('paycrypto')
    await shop.play('paycrypto', payment.ref, 'success')
    await shop.becomes(checkout, 'paid')
    await shop.play('paycrypto', payment.ref, 'refunding')
    await shop.becomes(checkout, 'refunding')
    await shop.play('paycrypto', payment.ref, 'refund-failed')
    return { checkout, payment: await shop.paymentBecomes(checkout, 0, 'paid', 'refund_failed') }
  },

  'a card order that pays another': async (shop) => {
    const first = await shop.begin('redoya')
    const back = await shop.payByCard(first.checkout)
    await shop.comeBack(back)
    const { checkout } = await shop.begin('redoya')
    const [, , , token = ''] = new URL(await shop.payByCard(checkout, 'pending')).pathname.split(
      '/',
    )
    await shop.comeBack(back.replace(/returns\/[\w-]+/, `returns/${token}`))
    return { checkout, payment: await shop.paymentBecomes(checkout, 0, 'review', 'conflict') }
  },

  'an unsigned word at an address that the shopper could read': async (shop) => {
    await shop.control('POST', '/lipaykripto/settings', { leakWebhookInToken: true })
    const { checkout, payment } = await shop.begin('lipaykripto')
    await shop.pay(checkout, payment)
    return { checkout, payment: await shop.paymentBecomes(checkout, 0, 'review', 'unconfirmed') }
  },

  'a notification of a create that was lost': async (shop) => {
    const checkout = await shop.open({ methods: ['lincoln', 'redoya'] })
    await shop.breakNext('lincoln', 'create', 'reset', { afterEffect: true })
    await shop.pick(checkout, 'lincoln')
    await shop.play('lincoln', (await shop.booked('lincoln'))[0]?.id ?? null, 'done')
    return { checkout, payment: await shop.paymentBecomes(checkout, 0, 'review', 'conflict') }
  },
} satisfies Record<string, (shop: Shop) => Promise<Waiting>>

type Case = keyof typeof CASES

/** What a person may say of each, and what the payment and the order are then. */
const RESOLUTIONS: readonly (readonly [Case, says: string, payment: string, order: string])[] = [
  ['a card payment whose shopper never came back', 'paid', 'paid', 'paid'],
  ['a card payment whose shopper never came back', 'failed', 'expired', 'pending'],
  ['a card payment whose shopper never came back', 'canceled', 'expired', 'pending'],
  ['a part of the money', 'paid', 'paid', 'paid'],
  ['a part of the money', 'failed', 'failed', 'pending'],
  ['a part of the money', 'canceled', 'canceled', 'pending'],
  ['a part of the money', 'refunded', 'refunded', 'refunded'],
  ['less than the price, which the provider calls paid', 'paid', 'paid', 'paid'],
  ['less than the price, which the provider calls paid', 'failed', 'failed', 'pending'],
  ['less than the price, which the provider calls paid', 'canceled', 'canceled', 'pending'],
  ['less than the price, which the provider calls paid', 'refunded', 'refunded', 'refunded'],
  ['money that came twice', 'refunded', 'refunded', 'paid'],
  ['money that came twice', 'paid', 'paid', 'paid'],
  ['a provider that contradicts itself after it was paid', 'paid', 'paid', 'paid'],
  ['a provider that contradicts itself after it was paid', 'refunded', 'refunded', 'refunded'],
  ['a refund that failed', 'paid', 'paid', 'paid'],
  ['a refund that failed', 'refunded', 'refunded', 'refunded'],
  ['a card order that pays another', 'paid', 'paid', 'paid'],
  ['a card order that pays another', 'failed', 'failed', 'pending'],
  ['an unsigned word at an address that the shopper could read', 'paid', 'paid', 'paid'],
  ['an unsigned word at an address that the shopper could read', 'failed', 'failed', 'pending'],
  ['a notification of a create that was lost', 'paid', 'paid', 'paid'],
  ['a notification of a create that was lost', 'failed', 'failed', 'pending'],
]

/** What cannot be said: the money is there, or it never was. */
const IMPOSSIBLE: readonly (readonly [Case, says: string])[] = [
  ['a card payment whose shopper never came back', 'refunded'],
  ['money that came twice', 'failed'],
  ['a provider that contradicts itself after it was paid', 'canceled'],
]

/** Anybody may send this: it is only a reason to ask. */
const hint = (shop: Shop, { id, ref }: DetailedPayment): Promise<unknown> =>
  shop.request('POST', '/v1/webhooks/paycrypto', { cust_order_id: id, order_id: ref, status: 1 })

async function open(t: TestContext): Promise<Shop> {
  const shop = await startShop()
  t.after(() => shop.close())
  return shop
}

const isListed = async (shop: Shop, { id }: Checkout): Promise<boolean> => {
  type List = { readonly checkouts: readonly { readonly id: string }[] }
  const { body } = await shop.merchant<List>('GET', '/checkouts?needsPerson=true')
  return body.checkouts.some((each) => each.id === id)
}

const resolve = (shop: Shop, { id }: Checkout, status: string, more: object = {}) =>
  shop.merchant<{ code?: string }>('POST', `/checkouts/${id}/resolve`, {
    status,
    note: `Ada: ${status}`,
    ...more,
  })

describe('what waits for a person', { concurrency: 12 }, () => {
  for (const [name, says, status, order] of RESOLUTIONS) {
    it(`${name}: resolved as ${says}, it is ${status}, and waits no more`, async (t) => {
      const shop = await open(t)
      const { checkout, payment } = await CASES[name](shop)
      assert.ok(await isListed(shop, checkout), 'it is listed')
      const before = shop.receiver.of(checkout).length

      const answer = await resolve(shop, checkout, says)
      assert.equal(answer.status, 200, JSON.stringify(answer.body))
      const isOver = async (): Promise<void> => {
        const now = await shop.detail(checkout)
        const resolved = now.payments.find(({ id }) => id === payment.id)
        assert.deepEqual([resolved?.status, now.status], [status, order])
        assert.ok(!(await isListed(shop, checkout)), 'it is listed still')
      }
      await isOver()
      const fact = (await shop.detail(checkout)).payments
        .find(({ id }) => id === payment.id)
        ?.facts.at(-1) as { kind: string; note?: string }
      assert.deepEqual([fact.kind, fact.note], ['resolved', `Ada: ${says}`])
      await until('the merchant is told', () => shop.receiver.of(checkout).length > before)
      assert.equal((await resolve(shop, checkout, says)).body.code, 'not_in_review')

      // Whatever is heard of it afterwards has been judged already.
      if (payment.provider === 'paycrypto') await hint(shop, payment)
      shop.clock.advance(61 * SECOND)
      await pause(ROUND_MS)
      await shop.refreshed(checkout)
      await isOver()
    })
  }

  for (const [name, says] of IMPOSSIBLE) {
    it(`${name}: cannot be resolved as ${says}, and goes on waiting`, async (t) => {
      const shop = await open(t)
      const { checkout } = await CASES[name](shop)
      const before = (await shop.detail(checkout)).payments
      const answer = await resolve(shop, checkout, says)
      assert.equal(answer.status, 409)
      assert.deepEqual((await shop.detail(checkout)).payments, before)
      assert.ok(await isListed(shop, checkout))
    })
  }

  it('of two in one order, each is resolved by its id', async (t) => {
    const shop = await open(t)
    const { checkout, payment } = await CASES['money that came twice'](shop)
    const other = (await shop.detail(checkout)).payments.find(({ id }) => id !== payment.id)
    assert.ok(other)
    const wrong = await resolve(shop, checkout, 'refunded', { paymentId: other.id })
    assert.equal(wrong.body.code, 'not_in_review')
    const right = await resolve(shop, checkout, 'refunded', { paymentId: payment.id })
    assert.equal(right.status, 200)
    assert.ok(!(await isListed(shop, checkout)))
  })

  it('one that was paid when nobody watched it any more counts, by its id and as paid alone', async (t) => {
    const shop = await open(t)
    const { checkout, payment } = await shop.begin('cryptom')
    await shop.request('POST', `/v1/checkouts/${checkout.id}/cancel`, {})
    await shop.pick(checkout, 'cryptom')
    const named = { paymentId: payment.id }
    assert.equal((await resolve(shop, checkout, 'failed', named)).body.code, 'not_in_review')
    assert.equal((await resolve(shop, checkout, 'paid')).body.code, 'not_in_review')
    assert.equal((await resolve(shop, checkout, 'paid', named)).status, 200)
    const { status, reason, payments } = await shop.detail(checkout)
    assert.deepEqual([status, reason], ['paid', 'late'])
    assert.equal(payments.find(({ id }) => id === payment.id)?.assurance, 'merchant')
    await until('told', () =>
      shop.receiver.of(checkout).some(({ type }) => type === 'checkout.paid'),
    )
  })

  it('what ends by itself does not wait: nothing else is listed', async (t) => {
    const shop = await open(t)
    const paid = await shop.begin('redoya')
    await shop.pay(paid.checkout, paid.payment)
    const failed = await shop.begin('redoya')
    await shop.comeBack(await shop.payByCard(failed.checkout, 'failed'))
    const expired = await shop.begin('cryptom')
    const canceled = await shop.begin('cryptom')
    await shop.request('POST', `/v1/checkouts/${canceled.checkout.id}/cancel`, {})
    shop.clock.advance(17 * HOUR)
    await shop.paymentBecomes(expired.checkout, 0, 'expired')
    const { body } = await shop.merchant<{ checkouts: readonly object[] }>(
      'GET',
      '/checkouts?needsPerson=true',
    )
    assert.deepEqual(body.checkouts, [])
  })
})
