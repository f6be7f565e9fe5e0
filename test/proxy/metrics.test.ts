import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { readConfig } from '../../proxy/config.ts'
import { createProxy } from '../../proxy/create-proxy.ts'
import type { Fetch } from '../../proxy/create-proxy.ts'
import { readSamples, scrape, sumOf } from './logged.ts'
import { startShop, until } from './shop.ts'
import type { Shop } from './shop.ts'
import { MERCHANT_KEY, SHOP, startStack, testEnvironment } from './support.ts'

const METRICS_KEY = 'test-metrics-key-0123456789-abcdef'
const WATCH_MS = 50
const REQUESTS = 'crypto_checkout_http_request_duration_seconds_count'
const CALLS = 'crypto_checkout_provider_call_duration_seconds_count'

let shop: Shop

const ask = (fetch: Fetch | undefined, headers: Record<string, string> = {}, path = '/metrics') =>
  fetch?.(new Request(`http://localhost${path}`, { headers })) ?? assert.fail('no such port')
const bearer = (key: string) => ({ authorization: `Bearer ${key}` })

describe('GET /metrics', () => {
  before(async () => {
    shop = await startShop({ METRICS_KEY }, { watchEveryMs: WATCH_MS })
  })
  after(() => shop.close())

  it('is for its own key and for the merchant’s, in Prometheus’ text format', async () => {
    for (const key of [METRICS_KEY, MERCHANT_KEY]) {
      const response = await fetch(`${shop.url}/metrics`, { headers: bearer(key) })
      assert.equal(response.status, 200)
      assert.match(response.headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/)
      assert.equal(response.headers.get('cache-control'), 'no-store')
      assert.ok(readSamples(await response.text()).length > 20)
    }
  })

  it('is nobody else’s: no key, a wrong one, a browser', async () => {
    for (const [headers, status] of [
      [{}, 401],
      [bearer('wrong'), 401],
      [{ ...bearer(METRICS_KEY), origin: SHOP }, 403],
    ] as const) {
      const { body, ...answer } = await shop.request('GET', '/metrics', undefined, headers)
      assert.equal(answer.status, status)
      assert.ok(!JSON.stringify(body).includes('crypto_checkout_'))
      assert.equal(answer.headers.get('access-control-allow-origin'), null)
    }
  })

  it('opens nothing but the metrics with the key of the metrics', async () => {
    const { status } = await shop.request(
      'GET',
      '/v1/merchant/checkouts',
      undefined,
      bearer(METRICS_KEY),
    )
    assert.equal(status, 401)
  })

  it('counts requests by the pattern of their route, never by a path', async () => {
    const before = await scrape(shop.url)
    const checkout = await shop.open()
    await shop.read(checkout)
    await shop.request('GET', `/v1/checkouts/${'x'.repeat(22)}`)
    await shop.request('GET', '/some/made/up/path')
    await shop.request('PROPFIND', '/v1/checkouts')
    const after = await scrape(shop.url)
    const rise = (labels: Record<string, string>): number =>
      sumOf(after, REQUESTS, labels) - sumOf(before, REQUESTS, labels)
    const route = '/v1/checkouts/:id'
    assert.equal(rise({ method: 'GET', route, status: '200' }), 1)
    assert.equal(rise({ method: 'GET', route, status: '404' }), 1)
    assert.equal(rise({ method: 'POST', route: '/v1/checkouts', status: '201' }), 1)
    assert.ok(rise({ method: 'other' }) === 1)
    const routes = new Set(after.flatMap(({ labels }) => labels['route'] ?? []))
    for (const each of routes) assert.doesNotMatch(each, /made|x{22}/)
  })

  it('counts and times the calls of providers, those that fail too', async () => {
    const labels = { provider: 'paycrypto', operation: 'createPayment' }
    const before = await scrape(shop.url)
    await shop.begin('paycrypto')
    await shop.breakNext('paycrypto', 'create', 'status-500')
    await shop.pick(await shop.open({ methods: ['paycrypto'] }), 'paycrypto')
    const after = await scrape(shop.url)
    for (const outcome of ['ok', 'provider_unavailable']) {
      const which = { ...labels, outcome }
      assert.equal(sumOf(after, CALLS, which) - sumOf(before, CALLS, which), 1, outcome)
    }
  })

  it('counts payments by what they became, notifications, and what the merchant was told', async () => {
    const { checkout, payment } = await shop.begin('lipaykripto')
    await shop.pay(checkout, payment)
    await shop.becomes(checkout, 'paid')
    await shop.request('POST', '/v1/webhooks/lipaykripto/none', {})
    await shop.request('POST', '/v1/webhooks/made-up-by-a-stranger', {})
    const samples = await until('it was told', async () => {
      const now = await scrape(shop.url)
      return sumOf(now, 'crypto_checkout_deliveries_total', { outcome: 'delivered' }) > 0
        ? now
        : undefined
    })
    const sum = (name: string, labels: Record<string, string>): number =>
      sumOf(samples, `crypto_checkout_${name}`, labels)
    const paid = { provider: 'lipaykripto', status: 'paid', assurance: 'unsigned-webhook' }
    assert.equal(sum('payments_changed_total', paid), 1)
    assert.equal(sum('webhooks_total', { provider: 'lipaykripto', outcome: 'taken' }), 1)
    assert.equal(sum('webhooks_total', { provider: 'lipaykripto', outcome: 'refused' }), 1)
    assert.equal(sum('webhooks_total', { provider: 'other', outcome: 'refused' }), 1)
    assert.equal(sum('alarms_total', { alarm: 'paid_unasked' }), 1)
  })

  it('says which provider is down, and when it is back', async () => {
    const down = async (): Promise<number> =>
      sumOf(await scrape(shop.url), 'crypto_checkout_provider_down', { provider: 'cryptom' })
    assert.equal(await down(), 0)
    const { checkout } = await shop.begin('cryptom')
    await shop.breakNext('cryptom', 'detail', 'status-500', { times: 5 })
    for (let tries = 0; tries < 8 && (await down()) === 0; tries += 1) {
      shop.clock.advance(5000)
      await shop.request('POST', `/v1/checkouts/${checkout.id}/sent`, {})
    }
    assert.equal(await down(), 1)
    const event = (name: string): string[] => shop.logs.filter((line) => line.includes(`"${name}"`))
    assert.equal(event('provider.down').length, 1)
    await until('it is back', async () => {
      shop.clock.advance(11_000)
      await shop.request('POST', `/v1/checkouts/${checkout.id}/sent`, {})
      return (await down()) === 0
    })
    assert.equal(event('provider.up').length, 1)
    assert.equal(event('provider.down').length, 1)
  })

  it('says how the store and the process do', async () => {
    const samples = await until('it was looked at', async () => {
      const now = await scrape(shop.url)
      return sumOf(now, 'crypto_checkout_store_up') === 1 ? now : undefined
    })
    for (const name of [
      'crypto_checkout_store_ping_seconds',
      'crypto_checkout_watched_timestamp_seconds',
      'process_cpu_seconds_total',
      'process_resident_memory_bytes',
      'process_start_time_seconds',
      'nodejs_heap_size_used_bytes',
    ]) {
      assert.ok(sumOf(samples, name) > 0, name)
    }
  })

  it('holds no id, no amount and no secret in any label', async () => {
    const { checkout, payment } = await shop.begin('redoya')
    const samples = await scrape(shop.url)
    const all = JSON.stringify(samples.map(({ labels }) => labels))
    for (const text of [checkout.id, payment.id, checkout.orderId, METRICS_KEY, MERCHANT_KEY]) {
      assert.ok(!all.includes(text), text)
    }
    const perName = Map.groupBy(samples, ({ name }) => name)
    for (const [name, each] of perName) assert.ok(each.length < 1000, `${name}: ${each.length}`)
  })
})

describe('where the metrics are', () => {
  const open = async (t: { after(end: () => Promise<void>): void }, more: object) => {
    const stack = await startStack()
    t.after(() => stack.close())
    const environment = { ...testEnvironment(stack.sandbox.urls), ...more }
    const proxy = await createProxy({ ...readConfig(environment), writeLog: () => undefined })
    t.after(() => proxy.close())
    return proxy
  }
  const merchantPort = { MERCHANT_PORT: '9' }
  const noKey = { MERCHANT_API_KEY: '' }

  it('with MERCHANT_PORT: there, and not for the public', async (t) => {
    const proxy = await open(t, merchantPort)
    assert.equal((await ask(proxy.fetch, bearer(MERCHANT_KEY))).status, 404)
    assert.equal((await ask(proxy.merchantFetch, bearer(MERCHANT_KEY))).status, 200)
    assert.equal((await ask(proxy.merchantFetch)).status, 401)
  })

  it('with MERCHANT_PORT and no key but theirs: there, and nothing beside them', async (t) => {
    const proxy = await open(t, { ...merchantPort, ...noKey, METRICS_KEY })
    assert.equal((await ask(proxy.fetch, bearer(METRICS_KEY))).status, 404)
    assert.equal((await ask(proxy.merchantFetch, bearer(METRICS_KEY))).status, 200)
    const path = '/v1/merchant/providers'
    assert.equal((await ask(proxy.merchantFetch, bearer(METRICS_KEY), path)).status, 404)
  })

  it('without a key: nowhere', async (t) => {
    const proxy = await open(t, noKey)
    assert.equal((await ask(proxy.fetch)).status, 404)
    assert.equal(proxy.merchantFetch, undefined)
  })
})
