import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { TestContext } from 'node:test'
import type { Checkout } from '../../protocol/payment.ts'
import type { Proxy } from '../../proxy/create-proxy.ts'
import { pause, startShop } from './shop.ts'
import type { Shop } from './shop.ts'
import { MERCHANT_KEY } from './support.ts'

const SECOND = 1000
const ROUND_MS = 1300

interface Refusal {
  readonly status: number
  readonly code: string | undefined
  /** Seconds. */
  readonly retryAfter: number
}

/** Two proxies on one store, each with its own workers, and time that only moves when it is moved. */
async function open(t: TestContext): Promise<{ shop: Shop; other: Proxy }> {
  const shop = await startShop()
  shop.clock.freeze()
  const other = await shop.join()
  t.after(async () => {
    await other.close()
    await shop.close()
  })
  return { shop, other }
}

/** Starts paying through one of the proxies. */
async function pickAt(proxy: Proxy, { id }: Checkout, methodId: string): Promise<Refusal> {
  const response = await proxy.fetch(
    new Request(`http://localhost/v1/checkouts/${id}/payments`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ methodId }),
    }),
  )
  const { code } = (await response.json()) as { code?: string }
  return { status: response.status, code, retryAfter: Number(response.headers.get('retry-after')) }
}

const METHODS = { cryptom: 'cryptom:USDT:TRON', paycrypto: 'paycrypto:USDT:TRON' } as const

/** What a provider says, and for how long nobody is to call it. */
const RESTS: readonly (readonly [says: string, header: string | undefined, seconds: number])[] = [
  ['30 seconds', '30', 30],
  ['no time', undefined, 5],
  ['nonsense', 'in a while', 5],
  ['less than nothing', '-30', 5],
  ['at once', '0', 1],
  ['a lifetime', '1000000000', 300],
  ['more digits than a number has', '9'.repeat(40), 5],
]

describe('a provider that asks for quiet', { concurrency: true }, () => {
  /** Every way in that could call a provider, through both proxies, besides their workers. */
  async function knock(shop: Shop, other: Proxy, checkout: Checkout): Promise<void> {
    for (const proxy of [shop.proxy, other]) {
      const fresh = await shop.open({ methods: ['cryptom', 'redoya'] })
      const { status, code, retryAfter } = await pickAt(proxy, fresh, METHODS.cryptom)
      assert.deepEqual([status, code], [503, 'provider_unavailable'])
      assert.ok(retryAfter >= 1 && retryAfter <= 300, `${retryAfter} s`)
    }
    const authorization = `Bearer ${MERCHANT_KEY}`
    for (const proxy of [shop.proxy, other]) {
      for (const [method, path, body] of [
        ['GET', `/v1/checkouts/${checkout.id}`, undefined],
        ['POST', `/v1/checkouts/${checkout.id}/sent`, '{}'],
        ['GET', `/v1/checkouts/${checkout.id}/qr`, undefined],
        ['POST', `/v1/checkouts/${checkout.id}/cancel`, '{}'],
        ['GET', '/v1/merchant/providers/cryptom/payments', undefined],
      ] as const) {
        const headers = { authorization, 'content-type': 'application/json' }
        await proxy.fetch(
          new Request(`http://localhost${path}`, {
            method,
            headers,
            ...(body !== undefined && { body }),
          }),
        )
      }
    }
  }

  for (const [says, header, seconds] of [
    ...RESTS,
    ['a date', 'DATE', 30],
    ['a date that is over', 'PAST', 1],
  ] as const) {
    it(`says ${says}: nobody calls it for ${seconds} s, in either proxy`, async (t) => {
      const { shop, other } = await open(t)
      const { checkout } = await shop.begin('cryptom')
      const date = (ms: number): string => new Date(shop.clock.now() + ms).toUTCString()
      const dates = { DATE: 35 * SECOND, PAST: -35 * SECOND }
      const retryAfter = header === 'DATE' || header === 'PAST' ? date(dates[header]) : header
      await shop.breakNext('cryptom', 'detail', 'status-429', retryAfter ? { retryAfter } : {})
      await shop.refreshed(checkout)
      const before = await shop.countCalls('cryptom')
      await knock(shop, other, checkout)
      shop.clock.advance(seconds * SECOND - 1)
      await pause(ROUND_MS)
      await knock(shop, other, checkout)
      assert.equal(await shop.countCalls('cryptom'), before, 'a call before the time')
      shop.clock.advance(SECOND)
      const { status } = await pickAt(other, await shop.open(), METHODS.cryptom)
      assert.equal(status, 200)
      await shop.refreshed(checkout)
      assert.ok((await shop.countCalls('cryptom')) > before + 1)
    })
  }

  it('503 with a time is kept as well', async (t) => {
    const { shop, other } = await open(t)
    const { checkout } = await shop.begin('cryptom')
    await shop.breakNext('cryptom', 'detail', 'status-503', { retryAfter: '60' })
    await shop.refreshed(checkout)
    const before = await shop.countCalls('cryptom')
    await knock(shop, other, checkout)
    shop.clock.advance(50 * SECOND)
    await pause(ROUND_MS)
    assert.equal(await shop.countCalls('cryptom'), before)
  })

  it('the other proxy keeps it at once, however lately it called', async (t) => {
    const { shop, other } = await open(t)
    const called = await pickAt(other, await shop.open(), METHODS.cryptom)
    assert.equal(called.status, 200)
    const { checkout } = await shop.begin('cryptom')
    await shop.breakNext('cryptom', 'detail', 'status-429', { retryAfter: '60' })
    await shop.request('POST', `/v1/checkouts/${checkout.id}/sent`, {})
    const before = await shop.countCalls('cryptom')
    const orders = await Promise.all(Array.from({ length: 5 }, () => shop.open()))
    const refused = await Promise.all(orders.map((each) => pickAt(other, each, METHODS.cryptom)))
    assert.equal(await shop.countCalls('cryptom'), before)
    assert.ok(refused.every(({ status }) => status === 503))
  })

  it('a create that is refused so was not made: the shopper may pick again in time', async (t) => {
    const { shop } = await open(t)
    const checkout = await shop.open({ methods: ['cryptom', 'redoya'] })
    await shop.breakNext('cryptom', 'create', 'status-429', { retryAfter: '20' })
    const first = await pickAt(shop.proxy, checkout, METHODS.cryptom)
    assert.deepEqual(
      [first.status, first.code, first.retryAfter],
      [503, 'provider_unavailable', 20],
    )
    assert.equal((await shop.detail(checkout)).payments[0]?.status, 'failed')
    const second = await pickAt(shop.proxy, checkout, METHODS.cryptom)
    assert.ok(second.retryAfter > 15 && second.retryAfter <= 20)
    assert.equal((await shop.detail(checkout)).payments[1]?.status, 'failed')
    shop.clock.advance(21 * SECOND)
    assert.equal((await pickAt(shop.proxy, checkout, METHODS.cryptom)).status, 200)
  })

  it('others are called meanwhile, and what is due waits for nobody', async (t) => {
    const { shop } = await open(t)
    const { checkout: quiet } = await shop.begin('cryptom')
    const { checkout, payment } = await shop.begin('lincoln')
    await shop.breakNext('cryptom', 'detail', 'status-429', { retryAfter: '300' })
    await shop.refreshed(quiet)
    await shop.control('POST', '/notify', { provider: 'lincoln', kind: 'lose' })
    await shop.pay(checkout, payment)
    shop.clock.advance(16 * SECOND)
    await shop.becomes(checkout, 'paid')
  })

  it('paycrypto says so with HTTP 200: five seconds', async (t) => {
    const { shop, other } = await open(t)
    const { checkout } = await shop.begin('paycrypto')
    await shop.control('POST', '/paycrypto/settings', { refuseWith: 119005 })
    await shop.refreshed(checkout)
    await shop.control('POST', '/paycrypto/settings', { refuseWith: null })
    const before = await shop.countCalls('paycrypto')
    shop.clock.advance(4999)
    for (const proxy of [shop.proxy, other]) {
      const fresh = await shop.open({ methods: ['paycrypto', 'redoya'] })
      const refused = await pickAt(proxy, fresh, METHODS.paycrypto)
      assert.deepEqual(refused, { status: 503, code: 'provider_unavailable', retryAfter: 1 })
    }
    assert.equal(await shop.countCalls('paycrypto'), before)
    shop.clock.advance(1)
    const { status } = await pickAt(other, await shop.open(), METHODS.paycrypto)
    assert.equal(status, 200)
  })
})
