import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { connect, createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { describe, it } from 'node:test'
import type { TestContext } from 'node:test'
import { createPorts } from '../../demo/ports.ts'
import type { Checkout } from '../../protocol/payment.ts'
import { readConfig } from '../../proxy/config.ts'
import { createProxy } from '../../proxy/create-proxy.ts'
import type { ProxyOptions } from '../../proxy/create-proxy.ts'
import { startServer } from '../../proxy/server.ts'
import { openSqlite } from '../../proxy/stores/sqlite.ts'
import { pause, startShop, until } from './shop.ts'
import type { Shop } from './shop.ts'
import { fullEnvironment } from './support.ts'

const SECOND = 1000
const ROUND_MS = 1300
const GRACE_MS = 10 * SECOND

/** A shop, and a proxy in service in place of its own: on a port, to be stopped. */
async function open(t: TestContext, options: Partial<ProxyOptions> = {}) {
  const shop = await startShop()
  t.after(() => shop.close())
  await shop.proxy.close()
  const environment = await environmentOf(shop)
  const server = await startServer(readConfig(environment), {
    now: shop.clock.now,
    writeLog: () => undefined,
    ...options,
  })
  let ended: Promise<void> | undefined
  const stop = (): Promise<void> => (ended ??= server.stop())
  t.after(stop)
  const url = environment['PUBLIC_URL'] ?? ''

  async function post(path: string, body: object) {
    const response = await fetch(url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return { status: response.status, body: (await response.json()) as Checkout }
  }

  return {
    shop,
    url,
    stop,
    /** Milliseconds until it had stopped. */
    async timeStop(): Promise<number> {
      const from = performance.now()
      await stop()
      return performance.now() - from
    },
    post,
    begin: async () =>
      (await post('/v1/checkouts', { orderToken: await shop.token(BOTH_PRICES) })).body,
    pick: ({ id }: Checkout, methodId: string) =>
      post(`/v1/checkouts/${id}/payments`, { methodId }),
  }
}

const BOTH_PRICES = { alternatives: [{ amount: '12.50', currency: 'USDT' }] }
const CRYPTOM = 'cryptom:USDT:TRON'
const PAYCRYPTO = 'paycrypto:USDT:TRON'
const ports = createPorts()

async function environmentOf(shop: Shop): Promise<Record<string, string>> {
  const port = await ports.find(0)
  return {
    ...fullEnvironment(shop.sandbox.urls),
    ...(shop.settings as Record<string, string>),
    PORT: String(port),
    PUBLIC_URL: `http://localhost:${port}`,
  }
}

/** A fetch that waits with the answer of one path. */
function hold(path: string) {
  const { promise, resolve: release } = Promise.withResolvers<void>()
  let isAsked = false
  return {
    release,
    asked: () => until('asked', () => isAsked),
    async fetch(...[url, init]: Parameters<typeof fetch>): Promise<Response> {
      const response = await fetch(url, init)
      if (!String(url).includes(path)) return response
      isAsked = true
      await promise
      return response
    },
  }
}

describe('stopping', { concurrency: true }, () => {
  it('a create that is under way is answered, and shown', async (t) => {
    const held = hold('/api/transaction/create')
    const { shop, stop, begin, pick } = await open(t, { fetch: held.fetch })
    const checkout = await begin()
    const picked = pick(checkout, CRYPTOM)
    await held.asked()
    const stopped = stop()
    await pause(500)
    held.release()
    const { status, body } = await picked
    assert.deepEqual([status, body.payment?.status], [200, 'pending'])
    const from = performance.now()
    await stopped
    assert.ok(performance.now() - from < SECOND, 'a line that is kept open holds up nobody')
    await shop.restart()
    assert.equal((await shop.read(checkout)).payment?.id, body.payment?.id)
  })

  it('a notification whose body is still on its way is taken, and acknowledged', async (t) => {
    const { shop, url, stop, begin, pick } = await open(t)
    const { body: checkout } = await pick(await begin(), 'lipaykripto')
    await shop.control('POST', '/notify', { provider: 'lipaykripto', kind: 'hold' })
    await shop.play('lipaykripto', checkout.payment?.id ?? null, 'confirm')
    type Sent = { readonly url: string; readonly body: string }
    const [sent] = await shop.control<readonly Sent[]>('GET', '/notifications')
    assert.ok(sent)
    const { pathname, port } = new URL(sent.url)
    assert.equal(port, new URL(url).port)
    const socket = connect(Number(port), 'localhost')
    let answer = ''
    socket.on('data', (data) => (answer += String(data)))
    const head = [`POST ${pathname} HTTP/1.1`, 'host: localhost', 'content-type: application/json']
    const half = Math.floor(sent.body.length / 2)
    socket.write([...head, `content-length: ${sent.body.length}`, '', ''].join('\r\n'))
    socket.write(sent.body.slice(0, half))
    await pause(200)
    const stopped = stop()
    await pause(300)
    socket.write(sent.body.slice(half))
    await until('answered', () => answer.includes('"success":true'))
    assert.match(answer, /^HTTP\/1\.1 200/)
    await stopped
    await shop.restart()
    assert.equal((await shop.read(checkout)).status, 'paid')
  })

  it('what a notification made us ask is heard to its end', async (t) => {
    const held = hold('cust_order_id=')
    const { shop, stop, begin, pick } = await open(t, { fetch: held.fetch })
    const { body: checkout } = await pick(await begin(), PAYCRYPTO)
    const [booked] = await shop.booked('paycrypto')
    await shop.play('paycrypto', booked?.id ?? null, 'success')
    await held.asked()
    const stopped = stop()
    await pause(300)
    held.release()
    await stopped
    await shop.restart({ MERCHANT_WEBHOOK_URL: undefined, MERCHANT_WEBHOOK_SECRET: undefined })
    assert.equal((await shop.detail(checkout)).status, 'paid')
  })

  it('a delivery that is under way is noted when it is acknowledged', async (t) => {
    const { shop, stop, begin, pick } = await open(t)
    const { promise: held, resolve: release } = Promise.withResolvers<void>()
    shop.receiver.behave(async () => {
      await held
      return 204
    })
    const { body: checkout } = await pick(await begin(), 'redoya')
    await until('told', () => shop.receiver.of(checkout).length === 1)
    const stopped = stop()
    await pause(300)
    release()
    await stopped
    await shop.restart()
    shop.clock.advance(31 * SECOND)
    await pause(ROUND_MS)
    assert.equal((await shop.deliveries())[0]?.status, 'delivered')
    assert.equal(shop.receiver.of(checkout).length, 1)
  })

  it('within ten seconds, whoever never answers; nothing is lost', async (t) => {
    const held = hold('/api/transaction/create')
    t.after(() => held.release())
    const { shop, timeStop, begin, pick } = await open(t, { fetch: held.fetch })
    const { body: other } = await pick(await begin(), 'redoya')
    shop.receiver.behave('hang')
    const checkout = await begin()
    const picked = pick(checkout, CRYPTOM).catch(() => 'cut')
    await held.asked()
    await until('told', () => shop.receiver.of(other).length === 1)
    assert.ok((await timeStop()) < GRACE_MS + SECOND)
    assert.equal(await picked, 'cut')
    shop.receiver.behave(204)
    await shop.restart()
    shop.clock.advance(31 * SECOND)
    await shop.paymentBecomes(checkout, 0, 'review', 'unconfirmed')
    await until('told again', () => shop.receiver.of(other).length === 2)
    shop.clock.advance(16 * SECOND)
    await shop.paymentBecomes(checkout, 0, 'canceled')
  })

  it('requests are answered or find nobody; none of them fails', async (t) => {
    const { url, stop, begin, pick } = await open(t)
    const { body: checkout } = await pick(await begin(), CRYPTOM)
    const statuses: (number | 'nobody')[] = []
    const over = new AbortController()
    const watch = async (): Promise<void> => {
      while (!over.signal.aborted) {
        const answer = await fetch(`${url}/v1/checkouts/${checkout.id}`).catch(() => undefined)
        await answer?.text().catch(() => undefined)
        statuses.push(answer?.status ?? 'nobody')
        if (!answer) await pause(20)
      }
    }
    const watching = Promise.all(Array.from({ length: 10 }, watch))
    await until('all watch', () => statuses.length > 100)
    await stop()
    over.abort()
    await watching
    assert.deepEqual([...new Set(statuses)], [200, 'nobody'])
  })

  it('a round that is under way is the last', async (t) => {
    const held = hold('start_time=')
    const logs: string[] = []
    const writeLog = (line: string): void => void logs.push(line)
    const { shop, stop, begin, pick } = await open(t, { fetch: held.fetch, writeLog })
    await pick(await begin(), PAYCRYPTO)
    shop.clock.advance(61 * SECOND)
    await held.asked()
    const stopped = stop()
    held.release()
    await stopped
    await pause(2 * ROUND_MS)
    assert.deepEqual(
      logs.filter((line) => line.includes('"error"')),
      [],
    )
  })

  it('nothing new is begun afterwards', async (t) => {
    const { shop, stop, begin, pick } = await open(t)
    await pick(await begin(), CRYPTOM)
    await until('told', () => shop.receiver.told.length === 1)
    await stop()
    const calls = await shop.countCalls('cryptom')
    shop.clock.advance(16 * SECOND)
    await pause(2 * ROUND_MS)
    assert.equal(await shop.countCalls('cryptom'), calls)
  })

  it('where the requests under way end badly: the store is closed all the same', async (t) => {
    const shop = await startShop()
    t.after(() => shop.close())
    await shop.proxy.close(Promise.reject(new Error('the server’s own')))
    assert.equal((await shop.request('GET', '/readyz')).status, 503)
  })

  it('before it has begun, for a key that cannot be used: the store is closed', async (t) => {
    const shop = await startShop()
    t.after(() => shop.close())
    await shop.proxy.close()
    const d = randomBytes(32).toString('base64url')
    const RECEIPT_KEY = JSON.stringify({ kty: 'EC', crv: 'P-256', d, x: 'AA', y: 'AA' })
    const environment = { ...(await environmentOf(shop)), RECEIPT_KEY }
    await assert.rejects(createProxy({ ...readConfig(environment), writeLog: () => undefined }))
    // Only where nobody else has it open.
    openSqlite(shop.file, true).close()
  })

  for (const name of ['PORT', 'MERCHANT_PORT']) {
    it(`at once, where ${name} is taken: no worker goes on, and nothing listens`, async (t) => {
      const shop = await startShop()
      t.after(() => shop.close())
      await shop.proxy.close()
      const taken = createServer().listen(0)
      t.after(() => void taken.close())
      const environment = await environmentOf(shop)
      const url = environment['PUBLIC_URL'] ?? ''
      const { port } = taken.address() as AddressInfo
      const events: unknown[] = []
      const writeLog = (line: string) => void events.push(JSON.parse(line).event)
      const config = readConfig({ ...environment, [name]: String(port) })
      await assert.rejects(startServer(config, { writeLog }), { code: 'EADDRINUSE' })
      assert.equal(events.at(-1), 'proxy.stopped')
      await assert.rejects(fetch(`${url}/healthz`))
    })
  }

  it('by SIGTERM: what is under way is finished, and the process ends well', async (t) => {
    const shop = await startShop()
    t.after(() => shop.close())
    await shop.proxy.close()
    const environment = await environmentOf(shop)
    const url = environment['PUBLIC_URL'] ?? ''
    const script = new URL('../../proxy/server.ts', import.meta.url).pathname
    const env = { ...environment, PATH: process.env['PATH'] }
    const child = spawn(process.execPath, [script], { env, stdio: 'ignore' })
    t.after(() => child.kill('SIGKILL'))
    await until('it listens', () => fetch(`${url}/readyz`).catch(() => undefined))
    const { promise: held, resolve: release } = Promise.withResolvers<void>()
    shop.receiver.behave(async () => {
      await held
      return 204
    })
    const orderToken = await shop.token()
    const post = async (path: string, body: object): Promise<Checkout> => {
      const headers = { 'content-type': 'application/json' }
      const init = { method: 'POST', headers, body: JSON.stringify(body) }
      return (await fetch(url + path, init)).json() as Promise<Checkout>
    }
    const opened = await post('/v1/checkouts', { orderToken })
    await post(`/v1/checkouts/${opened.id}/payments`, { methodId: 'redoya' })
    await until('told', () => shop.receiver.told.length === 1)
    const ended = new Promise((resolve) => void child.once('exit', resolve))
    child.kill('SIGTERM')
    await pause(500)
    release()
    assert.equal(await ended, 0)
    await shop.restart()
    assert.equal((await shop.deliveries())[0]?.status, 'delivered')
  })
})
