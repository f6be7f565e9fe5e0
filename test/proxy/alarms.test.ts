import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { TestContext } from 'node:test'
import { ALARMS } from '../../proxy/alarms.ts'
import type { Alarm } from '../../proxy/alarms.ts'
import { signWebhook } from '../../proxy/providers/paycrypto-signing.ts'
import { redoya } from '../../proxy/providers/redoya.ts'
import { SANDBOX_CREDENTIALS } from '../../sandbox/index.ts'
import { alarmsOf, findLines, linesOf, scrape, sumOf } from './logged.ts'
import type { Line } from './logged.ts'
import { pause, startShop, until } from './shop.ts'
import type { Shop } from './shop.ts'
import { testContext } from './support.ts'

const HOUR = 3600 * 1000
/** Longer than a round of the watch, as it is set here. */
const WATCH_MS = 50

interface Ids {
  readonly checkout: string
  readonly payment: string
}

const idsOf = ({
  checkout,
  payment,
}: {
  checkout: { id: string }
  payment: { id: string }
}): Ids => ({
  checkout: checkout.id,
  payment: payment.id,
})

async function open(t: TestContext, overrides: Record<string, string> = {}): Promise<Shop> {
  const shop = await startShop(overrides, { watchEveryMs: WATCH_MS })
  t.after(() => shop.close())
  return shop
}

/** What makes each alarm of a payment, and the payment that it is about. */
const CASES: readonly (readonly [alarm: Alarm, what: string, (shop: Shop) => Promise<Ids>])[] = [
  [
    'review',
    'a card payment whose shopper never came back',
    async (shop) => {
      const begun = await shop.begin('redoya')
      shop.clock.advance(HOUR)
      return idsOf(begun)
    },
  ],
  [
    'review',
    'less than the price, which the provider calls paid',
    async (shop) => {
      const begun = await shop.begin('paycrypto')
      const amount = { amount: '12.00', currency: 'USDT' }
      await shop.play('paycrypto', begun.payment.ref, 'success', amount)
      return idsOf(begun)
    },
  ],
  [
    'duplicate',
    'money that came twice',
    async (shop) => {
      const begun = await shop.begin('paycrypto', { methods: ['paycrypto', 'redoya'] })
      const { body } = await shop.pick(begun.checkout, 'redoya')
      await shop.comeBack(await shop.payByCard(body))
      await shop.play('paycrypto', begun.payment.ref, 'success')
      return idsOf(begun)
    },
  ],
  [
    'regression',
    'a provider that contradicts itself after it was paid',
    async (shop) => {
      const begun = await shop.begin('paycrypto')
      await shop.play('paycrypto', begun.payment.ref, 'success')
      await shop.becomes(begun.checkout, 'paid')
      await shop.breakNext('paycrypto', 'query', 'wrong-amount')
      const { id, ref } = begun.payment
      const hint = { cust_order_id: id, order_id: ref, status: 1 }
      shop.clock.advance(5000)
      await shop.request('POST', '/v1/webhooks/paycrypto', hint)
      return idsOf(begun)
    },
  ],
  [
    'refund_failed',
    'a refund that failed',
    async (shop) => {
      const begun = await shop.begin('paycrypto')
      await shop.play('paycrypto', begun.payment.ref, 'success')
      await shop.becomes(begun.checkout, 'paid')
      await shop.play('paycrypto', begun.payment.ref, 'refunding')
      await shop.becomes(begun.checkout, 'refunding')
      await shop.play('paycrypto', begun.payment.ref, 'refund-failed')
      return idsOf(begun)
    },
  ],
  [
    'conflict',
    'a card order that pays another',
    async (shop) => {
      const back = await shop.payByCard((await shop.begin('redoya')).checkout)
      await shop.comeBack(back)
      const begun = await shop.begin('redoya')
      const own = new URL(await shop.payByCard(begun.checkout, 'pending')).pathname.split('/')
      await shop.comeBack(back.replace(/returns\/[\w-]+/, `returns/${own[3]}`))
      return idsOf(begun)
    },
  ],
  [
    'address_changed',
    'an address that is another than the one shown',
    async (shop) => {
      const begun = await shop.begin('cryptom')
      await shop.breakNext('cryptom', 'detail', 'change-address')
      shop.clock.advance(5000)
      await shop.request('POST', `/v1/checkouts/${begun.checkout.id}/sent`, {})
      return idsOf(begun)
    },
  ],
  [
    'webhook_exposed',
    'our address in the payment page’s own',
    async (shop) => {
      await shop.control('POST', '/lipaykripto/settings', { leakWebhookInToken: true })
      return idsOf(await shop.begin('lipaykripto'))
    },
  ],
  [
    'paid_unasked',
    'paid on the word of a notification alone',
    async (shop) => {
      const begun = await shop.begin('lipaykripto')
      await shop.pay(begun.checkout, begun.payment)
      return idsOf(begun)
    },
  ],
  [
    'event_changed',
    'one event id with two contents',
    async (shop) => {
      const begun = await shop.begin('paycrypto')
      const { id, ref } = begun.payment
      await shop.request('POST', ...signed('e-1', { cust_order_id: id, order_id: ref }))
      await shop.request('POST', ...signed('e-1', { cust_order_id: id, order_id: ref, more: '1' }))
      return idsOf(begun)
    },
  ],
]

function signed(id: string, params: object): [string, string, Record<string, string>] {
  const events = [JSON.stringify({ id, params: { status: 1, ...params } })]
  const timestamp = String(Date.now())
  const { webhookSecret } = SANDBOX_CREDENTIALS.paycrypto
  const body = { action: 'order_result', events }
  const signature = signWebhook(timestamp, body, webhookSecret)
  return ['/v1/webhooks/paycrypto', JSON.stringify(body), { timestamp, signature }]
}

const countOf = async (shop: Shop, alarm: Alarm): Promise<number> =>
  sumOf(await scrape(shop.url), 'crypto_checkout_alarms_total', { alarm })

function checkLine(line: Line | undefined, alarm: Alarm, ids: Partial<Ids> = {}): void {
  assert.ok(line, alarm)
  assert.equal(line.level, ALARMS[alarm])
  for (const [key, id] of Object.entries(ids)) assert.equal(line[key], id, key)
}

describe('alarms of a payment', { concurrency: 4 }, () => {
  for (const [alarm, what, make] of CASES) {
    it(`${alarm}: ${what}`, async (t) => {
      const shop = await open(t)
      const ids = await make(shop)
      const [line, ...others] = await alarmsOf(shop.logs, alarm)
      checkLine(line, alarm, ids)
      assert.deepEqual(others, [])
      assert.equal(await countOf(shop, alarm), 1)
    })
  }

  it('none: paid as it should be, and what a person has resolved', async (t) => {
    const shop = await open(t)
    const paid = await shop.begin('paycrypto')
    await shop.play('paycrypto', paid.payment.ref, 'success')
    await shop.becomes(paid.checkout, 'paid')
    const late = await shop.begin('redoya')
    shop.clock.advance(HOUR)
    await alarmsOf(shop.logs, 'review')
    const before = linesOf(shop.logs).filter((line) => line['alarm'] === 'review').length
    const { id } = late.checkout
    await shop.merchant('POST', `/checkouts/${id}/resolve`, { status: 'paid', note: 'A. Clerk' })
    await shop.becomes(late.checkout, 'paid')
    const alarmed = linesOf(shop.logs).filter((line) => line['alarm'] !== undefined)
    const ofPayments = alarmed.filter((line) => line.event === 'payment.changed')
    assert.equal(ofPayments.length, before)
  })

  it('none: our address in the payment page, where a notification is only a reason to ask', async (t) => {
    const { apiKey: statusApiKey } = SANDBOX_CREDENTIALS.lipaykripto
    const shop = await open(t, { LIPAYKRIPTO_STATUS_API_KEY: statusApiKey })
    await shop.control('POST', '/lipaykripto/settings', { leakWebhookInToken: true })
    await shop.begin('lipaykripto')
    const [line] = findLines(shop.logs, 'webhook.exposed')
    assert.deepEqual([line?.level, line?.['alarm']], ['warn', undefined])
  })

  it('none: a create whose answer was lost, since nobody was shown it', async (t) => {
    const shop = await open(t)
    const checkout = await shop.open({ methods: ['paycrypto'] })
    await shop.breakNext('paycrypto', 'create', 'reset', { afterEffect: true })
    await shop.pick(checkout, 'paycrypto')
    const line = findLines(shop.logs, 'payment.changed')[0]
    assert.deepEqual(
      [line?.level, line?.['reason'], line?.['alarm']],
      ['warn', 'unconfirmed', undefined],
    )
  })
})

describe('alarms of the rest', { concurrency: 4 }, () => {
  it('delivery_given_up: a receiver that says 410', async (t) => {
    const shop = await open(t)
    shop.receiver.behave(410)
    const { checkout } = await shop.begin('paycrypto')
    const [line] = await alarmsOf(shop.logs, 'delivery_given_up')
    checkLine(line, 'delivery_given_up', { checkout: checkout.id })
    assert.equal(await countOf(shop, 'delivery_given_up'), 1)
  })

  it('payout_unknown: an answer that was lost', async (t) => {
    const shop = await open(t)
    await shop.breakNext('lipaykripto', 'withdraw', 'reset', { afterEffect: true })
    const { body } = await shop.merchant('POST', '/payouts', {
      provider: 'lipaykripto',
      requestId: 'P-1',
      amount: '10.00',
      currency: 'TRY',
      asset: 'TRX',
      address: 'TNPeeaaFB7K9cmo4uQpcU32zGK8G1NYqeL',
    })
    assert.equal(body['status'], 'unknown', JSON.stringify(body))
    const [line] = await alarmsOf(shop.logs, 'payout_unknown')
    checkLine(line, 'payout_unknown')
    assert.equal(line?.['payout'], 'P-1')
  })

  it('identifier_expires: Redoya’s, at the start', () => {
    const seen: unknown[] = []
    const log = (...line: unknown[]): void => void seen.push(line)
    const payload = Buffer.from(JSON.stringify({ exp: 1_760_000_000 })).toString('base64url')
    const { secret } = SANDBOX_CREDENTIALS.redoya
    const options = { identifier: `e30.${payload}.x`, secret, baseUrl: 'https://redoya.example' }
    redoya({ ...options, testMode: true })(testContext(() => 1_760_000_000_000, { log }))
    const [[level, , fields] = []] = seen as [string, string, object][]
    assert.equal(level, ALARMS.identifier_expires)
    assert.equal((fields as { alarm?: string }).alarm, 'identifier_expires')
  })

  it('outbox_late: said when it begins, and when it is over, not in between', async (t) => {
    const shop = await open(t)
    await shop.receiver.goDown()
    await shop.begin('paycrypto')
    await until('it failed once', () => findLines(shop.logs, 'delivery.failed').length > 0)
    shop.clock.advance(6 * 60_000)
    const [line] = await alarmsOf(shop.logs, 'outbox_late')
    checkLine(line, 'outbox_late')
    assert.deepEqual([line?.['waiting'], Number(line?.['seconds']) >= 300], [1, true])
    await pause(5 * WATCH_MS)
    assert.equal((await alarmsOf(shop.logs, 'outbox_late')).length, 1)
    const late = await scrape(shop.url)
    assert.equal(sumOf(late, 'crypto_checkout_deliveries_waiting'), 1)
    assert.ok(sumOf(late, 'crypto_checkout_delivery_oldest_seconds') > 300)
    await shop.receiver.comeUp()
    shop.clock.advance(60_000)
    await until('it is over', () => findLines(shop.logs, 'outbox.caught_up').length === 1)
    assert.equal(sumOf(await scrape(shop.url), 'crypto_checkout_deliveries_waiting'), 0)
  })

  it('reviews_waiting, reviews_late: as long as somebody has to decide', async (t) => {
    const shop = await open(t)
    const { checkout } = await shop.begin('redoya')
    shop.clock.advance(HOUR)
    const [waiting] = await alarmsOf(shop.logs, 'reviews_waiting')
    checkLine(waiting, 'reviews_waiting')
    shop.clock.advance(25 * HOUR)
    const [late] = await alarmsOf(shop.logs, 'reviews_late')
    checkLine(late, 'reviews_late')
    assert.ok(sumOf(await scrape(shop.url), 'crypto_checkout_review_oldest_seconds') > 24 * 3600)
    const decision = { status: 'failed', note: 'A. Clerk' }
    await shop.merchant('POST', `/checkouts/${checkout.id}/resolve`, decision)
    await until('it is over', () => findLines(shop.logs, 'reviews.done').length === 1)
    assert.equal(findLines(shop.logs, 'reviews.caught_up').length, 1)
    assert.equal(sumOf(await scrape(shop.url), 'crypto_checkout_reviews_waiting'), 0)
    assert.equal(findLines(shop.logs, 'reviews.waiting').length, 1)
  })
})
