/**
 * What the proxy has to do on every runtime: the shipped file, as a process, on a real socket. What one
 * cannot do is said in its row of `runtimes.ts`, and in docs/runtimes.md.
 * @module
 */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { verifyReceipt, verifyWebhook } from '../../merchant/index.ts'
import type { Checkout } from '../../protocol/payment.ts'
import { WEBHOOK_SECRET, pause, until } from '../proxy/shop.ts'
import { startPostgres } from '../support/postgres.ts'
import { RUNTIMES } from './runtimes.ts'
import type { RuntimeName } from './runtimes.ts'
import { startWorld } from './world.ts'
import type { World } from './world.ts'

const COIN = 'cryptom:USDT:TRON'
const LINCOLN = {
  fields: { [`65f0${'1'.padStart(18, '0')}01`]: 'shopper@shop.example' },
  consent: true,
}
/** A provider is given up after eight seconds, and the clock of a test machine is not ours alone. */
const PATIENCE_MS = 12_000
/** A Worker is woken every quarter of a minute, and a payment is looked at as often. */
const UNWATCHED_MS = 45_000
const LEFT_MS = 1000
const LINE_MS = 25_000
const DRIP_MS = 500
const RATE = 30

export function runtimeSuite(name: RuntimeName): void {
  const runtime = RUNTIMES[name]
  describe(`the proxy on ${name}`, { timeout: 170_000 }, () => {
    let world: World
    let slowLine: Promise<boolean>
    before(async () => {
      world = await startWorld(runtime, { RATE_LIMIT: String(RATE) })
      world.proxy.start()
      await world.proxy.isReady()
      slowLine = isClosedSlowly(world.url)
    })
    after(() => world.close())
    const problem = (answer: { status: number; body: unknown }) => [
      answer.status,
      (answer.body as { code?: string }).code,
    ]

    it('answers for its health, and gives out the widget', async () => {
      assert.deepEqual((await world.request('/healthz')).body, { status: 'ok' })
      const script = await world.request<{ text: string }>('/crypto-checkout.js')
      assert.match(script.headers.get('content-type') ?? '', /javascript/)
      assert.ok(script.body.text.length > 10_000)
      const { id } = await world.open()
      const page = await world.request<{ text: string }>(`/c/${id}`)
      assert.match(page.body.text, /<crypto-checkout/)
    })

    it('takes an order to its receipt, and tells the merchant', () => payOne(world))

    it('does so on PostgreSQL as well', async (t) => {
      if (!runtime.hasDisk) return t.skip('the one above did')
      const postgres = await startPostgres()
      const other = await startWorld(runtime, { DATABASE_URL: postgres.url })
      try {
        other.proxy.start()
        await other.proxy.isReady()
        await payOne(other)
        assert.equal(await other.proxy.end('SIGTERM'), 0)
      } finally {
        await other.close()
        await postgres.stop()
      }
    })

    it('begins a payment at each of the five companies', async () => {
      const picks = { redoya: {}, lipaykripto: {}, 'paycrypto:USDT:TRON': {} }
      const lincoln = { [`lincoln:65a0${'1'.padStart(20, '0')}`]: LINCOLN }
      for (const [methodId, more] of Object.entries({ ...picks, ...lincoln })) {
        const checkout = await until(methodId, async () => {
          const open = await world.open()
          return open.methods.some(({ id }) => id === methodId) ? open : undefined
        })
        const { status, body } = await world.pick(checkout, methodId, more)
        assert.deepEqual([methodId, status], [methodId, 200], JSON.stringify(body))
        assert.ok(body.payment?.nextAction, methodId)
      }
    })

    it('refuses a forged order, a strange page, a body that is too large or no JSON', async () => {
      const [header, , signature] = (await world.token()).split('.')
      const claims = Buffer.from(JSON.stringify({ orderId: 'x', amount: '1.00' })).toString(
        'base64url',
      )
      const orderToken = [header, claims, signature].join('.')
      const post = (body: unknown, headers = {}) =>
        world.request('/v1/checkouts', { body, headers })
      assert.deepEqual(problem(await post({ orderToken })), [401, 'invalid_order_token'])
      const origin = 'https://elsewhere.example'
      assert.deepEqual(problem(await post({}, { origin })), [403, 'forbidden_origin'])
      assert.deepEqual(problem(await post({ orderToken: 'x'.repeat(2_000_000) })), [
        413,
        'body_too_large',
      ])
      assert.equal((await post('{')).status, 400)
    })

    it('answers a poll without news from an ETag', async () => {
      const { id } = await world.open()
      const first = await world.request(`/v1/checkouts/${id}`, { headers: { origin: world.shop } })
      const etag = first.headers.get('etag') ?? ''
      assert.equal(first.headers.get('access-control-allow-origin'), world.shop)
      const second = await fetch(`${world.url}/v1/checkouts/${id}`, {
        headers: { 'if-none-match': etag, 'cf-connecting-ip': '192.0.2.9' },
      })
      assert.deepEqual([second.status, await second.text()], [304, ''])
    })

    it('gives a company up that does not answer, and follows none elsewhere', async () => {
      const hanging = await world.open()
      await world.breakNext('create', 'hang')
      const from = performance.now()
      const lost = await world.pick(hanging, COIN)
      assert.ok(performance.now() - from < PATIENCE_MS, 'it was waited for')
      assert.deepEqual(problem(lost), [503, 'provider_unavailable'])
      const led = await world.open()
      await world.breakNext('create', 'redirect')
      assert.deepEqual(problem(await world.pick(led, COIN)), [502, 'provider_bad_response'])
    })

    it('finishes what a shopper began who left', async () => {
      const checkout = await world.open()
      await world.breakNext('create', 'hang')
      const leaving = AbortSignal.timeout(LEFT_MS)
      const begun = fetch(`${world.url}/v1/checkouts/${checkout.id}/payments`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ methodId: COIN }),
        signal: leaving,
      })
      await assert.rejects(begun)
      const lines = () => world.proxy.log.split('\n').filter((line) => line.includes(checkout.id))
      const isWritten = () => lines().some((line) => /payment\.changed.*unconfirmed/.test(line))
      for (const end = Date.now() + PATIENCE_MS; !isWritten() && Date.now() < end;) await pause(100)
      assert.ok(isWritten(), lines().join('\n'))
    })

    it('keeps the merchant apart', async () => {
      const list = await world.merchant<{ checkouts: unknown[] }>('/v1/merchant/checkouts')
      assert.equal(list.status, 200)
      const guess = await world.merchant('/v1/merchant/checkouts', 'x'.repeat(40))
      assert.equal(guess.status, 401)
      const metrics = await world.merchant<{ text: string }>('/metrics')
      assert.match(metrics.body.text, /crypto_checkout_http_request_duration_seconds_count/)
      if (!runtime.hasMerchantPort) return
      assert.equal((await world.request('/v1/merchant/checkouts')).status, 404)
    })

    it('ends a line that sends its body too slowly', async (t) => {
      if (!runtime.hasDisk) return t.skip('Cloudflare holds the lines')
      assert.ok(await slowLine, 'it was held')
    })

    it('goes on after it was killed, though nobody asks', { timeout: 90_000 }, async () => {
      const orderToken = await world.token({ orderId: `${name}-killed` })
      const open = () => world.request<Checkout>('/v1/checkouts', { body: { orderToken } })
      const { body: checkout } = await open()
      const { status } = await world.pick(checkout, COIN)
      assert.equal(status, 200)
      await world.proxy.end('SIGKILL')
      await world.payLast()
      world.proxy.start()
      const until = Date.now() + UNWATCHED_MS
      const isTold = () => world.receiver.of(checkout).some(({ data }) => data.status === 'paid')
      while (!isTold() && Date.now() < until) await pause(200)
      assert.ok(isTold(), `nothing was told\n${world.proxy.log.slice(-3000)}`)
      const again = await open()
      assert.deepEqual([again.body.id, again.body.status], [checkout.id, 'paid'])
    })

    it('says that a company is not there', async () => {
      const checkout = await world.open()
      await world.sandbox.close()
      assert.deepEqual(problem(await world.pick(checkout, COIN)), [503, 'provider_unavailable'])
      const line = world.proxy.log
        .split('\n')
        .find((each) => each.includes('provider.failed') && each.includes(checkout.id))
      const { mayHaveHappened } = JSON.parse(line ?? '{}') as { mayHaveHappened?: boolean }
      // What cannot be known to be unsent may have happened: then a person looks.
      assert.equal(mayHaveHappened, !runtime.knowsUnsent)
    })

    it('counts by the address that a request comes from', async () => {
      const ask = (headers = {}) => world.request('/v1/checkouts', { body: {}, headers })
      const answers = await Promise.all(Array.from({ length: 12 * RATE }, () => ask()))
      assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([400, 429]))
      // Only Cloudflare's word is taken for another address.
      const claimed = await ask({ 'cf-connecting-ip': '198.51.100.9' })
      assert.equal(claimed.status, name === 'workers' ? 400 : 429)
    })

    it('stops when it is told to', async () => {
      const code = await world.proxy.end('SIGTERM')
      if (runtime.stopsGently) assert.equal(code, 0, world.proxy.log.slice(-2000))
      const secrets = /test-(order|proxy)-secret|whsec_/
      assert.doesNotMatch(world.proxy.log, secrets)
    })
  })
}

/** From the order's token to a receipt that the merchant's server believes. */
async function payOne(world: World): Promise<void> {
  const orderId = `${world.runtime.name}-paid`
  const checkout = await world.open({ orderId })
  const { status, body } = await world.pick(checkout, COIN)
  assert.equal(status, 200)
  assert.equal(body.payment?.nextAction?.type, 'transfer')
  await world.payLast()
  const paid = await until('paid', async () => {
    const now = await world.read(checkout)
    return now.status === 'paid' ? now : undefined
  })
  const expected = { orderId, amount: '300.00', currency: 'TRY', issuer: world.url }
  const receipt = await verifyReceipt(paid.receipt ?? '', { ...expected, allowTest: true })
  assert.equal(receipt.orderId, orderId)
  const told = await until('told', () =>
    world.receiver.of(checkout).find(({ data }) => data.status === 'paid'),
  )
  const event = await verifyWebhook(told, { secret: WEBHOOK_SECRET })
  assert.equal(event.checkout.receipt, paid.receipt)
}

/** Whether a line is ended whose request never gets complete. */
async function isClosedSlowly(url: string): Promise<boolean> {
  const socket = connect(Number(new URL(url).port), 'localhost')
  socket.on('error', () => undefined).resume()
  await once(socket, 'connect')
  const head = 'host: localhost\r\ncontent-type: application/json\r\ncontent-length: 1000'
  socket.write(`POST /v1/checkouts HTTP/1.1\r\n${head}\r\n\r\n{`)
  // A letter now and then: it is not for being idle that it ends.
  const dripping = setInterval(() => socket.writable && socket.write(' '), DRIP_MS)
  // It may also end badly: `once` would tell that instead.
  const closed = new Promise((resolve) => socket.once('close', () => resolve(true)))
  const isClosed = await Promise.race([closed, pause(LINE_MS).then(() => false)])
  clearInterval(dripping)
  socket.destroy()
  return isClosed === true
}
