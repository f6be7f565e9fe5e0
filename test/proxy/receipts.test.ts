import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { decodeProtectedHeader } from 'jose'
import type { JSONWebKeySet } from 'jose'
import { verifyReceipt } from '../../merchant/index.ts'
import type { Receipt } from '../../merchant/index.ts'
import { PROVIDERS, startShop, until } from './shop.ts'
import type { Detail, ProviderName, Shop } from './shop.ts'

const HOUR = 60 * 60_000
const LIRAS = { amount: '300.00', currency: 'TRY' }
const COINS = { amount: '12.50', currency: 'USDT' }

/** What each provider charged for the order, and what stands behind its word. */
const PAID: Readonly<Record<ProviderName, readonly [object, Receipt['assurance']]>> = {
  cryptom: [LIRAS, 'provider-api'],
  redoya: [LIRAS, 'provider-api'],
  lipaykripto: [LIRAS, 'unsigned-webhook'],
  paycrypto: [COINS, 'provider-api'],
  lincoln: [COINS, 'provider-api'],
}

describe('receipts', () => {
  let shop: Shop
  before(async () => {
    shop = await startShop({ ALLOW_UNSIGNED_ORDERS: 'true', UNSIGNED_MAX_AMOUNT: '500' })
  })
  after(() => shop.close())

  /** As a merchant's backend does, with the keys that the proxy publishes. */
  const verify = (receipt: string | null, order: object, more: object = {}): Promise<Receipt> =>
    verifyReceipt(receipt ?? assert.fail('there is no receipt'), {
      issuer: shop.url,
      allowTest: true,
      allowUnsignedWebhook: true,
      allowUnsignedPrice: true,
      ...LIRAS,
      ...(order as { orderId: string }),
      ...more,
    })

  async function payBy(provider: ProviderName, order: object = {}): Promise<Detail> {
    const { checkout, payment } = await shop.begin(provider, order)
    assert.equal(checkout.receipt, null)
    assert.equal((await shop.read(checkout)).receipt, null)
    await shop.pay(checkout, payment)
    await shop.refreshed(checkout)
    return shop.becomes(checkout, 'paid')
  }

  for (const provider of PROVIDERS) {
    it(`${provider}: none before it is paid; then every claim is right`, async () => {
      const paid = await payBy(provider)
      const [payment] = paid.payments
      const claims = await verify(paid.receipt, paid)
      const [charged, assurance] = PAID[provider]
      assert.ok(payment)
      const { iat, ...rest } = claims
      assert.deepEqual(rest, {
        iss: shop.url,
        checkoutId: paid.id,
        orderId: paid.orderId,
        ...LIRAS,
        charged,
        provider,
        methodId: paid.payment?.methodId,
        paymentId: payment.id,
        ref: payment.ref,
        paidAt: payment.paidAt,
        assurance,
        priceSource: 'token',
        testMode: true,
      })
      assert.ok(Math.abs(iat * 1000 - Date.parse(payment.paidAt ?? '')) < 2000)
      if (provider !== 'redoya') assert.ok(payment.ref)
      const told = await until('told', () =>
        shop.receiver.of(paid).find(({ type }) => type === 'checkout.paid'),
      )
      assert.equal(told.data.receipt, paid.receipt)
      const earlier = shop.receiver.of(paid).filter(({ type }) => type === 'checkout.pending')
      assert.ok(earlier.every(({ data }) => data.receipt === null))
    })
  }

  it('say how they were signed, with a key that the proxy publishes without its secret half', async () => {
    const paid = await payBy('redoya')
    const header = decodeProtectedHeader(paid.receipt ?? '')
    const { body, headers } = await shop.request<JSONWebKeySet>('GET', '/.well-known/jwks.json')
    assert.deepEqual(
      [header.alg, header.typ, header.kid],
      ['ES256', 'cc-receipt+jwt', body.keys[0]?.kid],
    )
    assert.deepEqual(Object.keys(body.keys[0] ?? {}).toSorted(), [
      'alg',
      'crv',
      'kid',
      'kty',
      'use',
      'x',
      'y',
    ])
    assert.equal(headers.get('access-control-allow-origin'), '*')
  })

  it('money in part, money for a person: none yet; a person’s word is in it', async () => {
    const { checkout, payment } = await shop.begin('cryptom')
    await shop.play('cryptom', payment.ref, 'pay-part')
    assert.equal((await shop.refreshed(checkout)).receipt, null)
    shop.clock.advance(20 * HOUR)
    const review = await shop.refreshed(checkout)
    assert.deepEqual([review.status, review.receipt], ['review', null])
    const resolution = { status: 'paid', note: 'Ada: near enough' }
    await shop.merchant('POST', `/checkouts/${checkout.id}/resolve`, resolution)
    const { receipt, ...order } = await shop.detail(checkout)
    assert.equal((await verify(receipt, order)).assurance, 'merchant')
  })

  it('of late money is as good as any', async () => {
    const { checkout, payment } = await shop.begin('cryptom')
    shop.clock.advance(17 * HOUR)
    assert.equal((await shop.refreshed(checkout)).payment?.status, 'expired')
    await shop.play('cryptom', payment.ref, 'pay')
    const paid = await shop.refreshed(checkout)
    assert.deepEqual([paid.status, paid.reason], ['paid', 'late'])
    const claims = await verify(paid.receipt, paid)
    assert.equal(claims.paidAt, (await shop.detail(checkout)).payments[0]?.paidAt)
  })

  it('say who vouches for the price', async () => {
    const order = { orderId: 'R-merchant', prices: [LIRAS] }
    const sources: [string, string, object, string][] = [
      ['merchant', '/v1/merchant/checkouts', { orderId: 'R-merchant', ...LIRAS }, order.orderId],
      ['unsigned', '/v1/checkouts', { ...LIRAS, orderId: 'R-unsigned' }, 'R-unsigned'],
    ]
    for (const [source, path, body, orderId] of sources) {
      const isMerchant = source === 'merchant'
      const { body: opened, status } = isMerchant
        ? await shop.merchant<Detail>('POST', '/checkouts', body)
        : await shop.request<Detail>('POST', path, body)
      assert.equal(status, 201, JSON.stringify(opened))
      const { body: started } = await shop.pick(opened, 'redoya')
      await shop.comeBack(await shop.payByCard(started))
      const { receipt } = await shop.read(opened)
      assert.equal((await verify(receipt, { orderId })).priceSource, source)
      if (!isMerchant) {
        await assert.rejects(verify(receipt, { orderId }, { allowUnsignedPrice: false }), {
          code: 'unsigned_price',
        })
      }
    }
  })

  it('are made once: polls, a refund, money that came twice and a new process change nothing', async () => {
    const { checkout, payment } = await shop.begin('paycrypto', {
      methods: ['paycrypto', 'cryptom'],
    })
    const { body: second } = await shop.pick(checkout, 'cryptom')
    const ref = (await shop.detail(second)).payments.at(-1)?.ref ?? null
    await shop.play('paycrypto', payment.ref, 'success')
    const { receipt } = await shop.becomes(checkout, 'paid')
    await Promise.all(Array.from({ length: 10 }, () => shop.refreshed(checkout)))
    await shop.play('cryptom', ref, 'pay')
    shop.clock.advance(16_000)
    await shop.paymentBecomes(checkout, 1, 'paid', 'duplicate')
    await shop.play('paycrypto', payment.ref, 'refunding')
    await shop.paymentBecomes(checkout, 0, 'refunding')
    await shop.restart()
    await shop.play('paycrypto', payment.ref, 'refunded')
    await shop.paymentBecomes(checkout, 0, 'refunded')
    const after = await shop.detail(checkout)
    assert.equal(after.receipt, receipt)
    assert.equal((await shop.read(checkout)).receipt, receipt)
    assert.equal((await verify(after.receipt, after)).paymentId, payment.id)
    const told = shop.receiver.of(checkout).flatMap(({ data }) => data.receipt ?? [])
    assert.deepEqual([...new Set(told)], [receipt])
  })

  it('ten who find out at once make one', async () => {
    const { checkout, payment } = await shop.begin('cryptom')
    await shop.play('cryptom', payment.ref, 'pay')
    shop.clock.advance(4000)
    const found = await Promise.all(
      Array.from({ length: 10 }, async () => (await shop.refreshed(checkout)).receipt),
    )
    assert.equal(new Set(found.filter(Boolean)).size, 1)
    assert.equal((await shop.read(checkout)).receipt, found.at(-1))
  })

  it('a payment that moves no money says so, one that does says so too', async () => {
    await shop.restart({ REDOYA_TEST_MODE: 'false' })
    const live = await payBy('redoya')
    assert.equal(live.testMode, false)
    assert.equal((await verify(live.receipt, live, { allowTest: false })).testMode, false)
    // Others of the same checkout are in test mode: it is the payment that counts.
    const mixed = await payBy('redoya', { methods: ['redoya', 'cryptom'] })
    assert.equal(mixed.testMode, true)
    assert.equal((await verify(mixed.receipt, mixed)).testMode, false)
    const test = await payBy('cryptom', { methods: ['redoya', 'cryptom'] })
    await assert.rejects(verify(test.receipt, test, { allowTest: false }), { code: 'test_mode' })
  })
})
