import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { after, before, describe, it } from 'node:test'
import type { TestContext } from 'node:test'
import { decodeProtectedHeader } from 'jose'
import { Client } from 'pg'
import type { Checkout } from '../../protocol/payment.ts'
import type { Proxy, ProxyOptions } from '../../proxy/create-proxy.ts'
import { loadSigner } from '../../proxy/signing-keys.ts'
import type { Store } from '../../proxy/store.ts'
import { createPostgresStore } from '../../proxy/stores/postgres.ts'
import { createVault } from '../../proxy/vault.ts'
import { startPostgres } from '../support/postgres.ts'
import type { TestPostgres } from '../support/postgres.ts'
import { WEBHOOK_SECRET, pause, startShop, until } from './shop.ts'
import type { Shop } from './shop.ts'
import { fullEnvironment } from './support.ts'

const SECOND = 1000
const ROUND_MS = 1300

describe('several proxies on one PostgreSQL', { concurrency: true }, () => {
  let postgres: TestPostgres
  let databases = 0
  before(async () => {
    postgres = await startPostgres()
  })
  after(() => postgres.stop())

  /** A database of its own for each test. */
  async function freshDatabase(): Promise<string> {
    const name = `shop_${process.pid}_${(databases += 1)}`
    const client = new Client({ connectionString: postgres.url })
    await client.connect()
    await client.query(`create database ${name}`)
    await client.end()
    return Object.assign(new URL(postgres.url), { pathname: `/${name}` }).href
  }

  /** A shop with two proxies; `both` gives requests to them in turn. */
  async function open(t: TestContext, options: Partial<ProxyOptions> = {}) {
    const shop = await startShop({ DATABASE_URL: await freshDatabase() }, options)
    const other = await shop.join()
    t.after(async () => {
      await other.close().catch(() => undefined)
      await shop.close()
    })
    let turn = 0
    const both = (): Proxy => ((turn += 1) % 2 === 0 ? shop.proxy : other)
    return { shop, other, both }
  }

  const send = async (proxy: Proxy, path: string, body?: object): Promise<Response> =>
    proxy.fetch(
      new Request(`http://localhost${path}`, {
        method: body ? 'POST' : 'GET',
        ...(body && { body: JSON.stringify(body) }),
        headers: { 'content-type': 'application/json' },
      }),
    )

  it('what PostgreSQL cannot hold is not there, as it is not on SQLite', async (t) => {
    const { shop } = await open(t)
    const onFile = await startShop()
    t.after(() => onFile.close())
    for (const [method, path] of [
      ['GET', '/checkouts/%00'],
      ['POST', '/checkouts/%00/cancel'],
      ['GET', '/payouts/%00'],
      ['POST', '/deliveries/%00/redeliver'],
      ['GET', '/deliveries?checkout=%00'],
    ] as const) {
      const body = method === 'POST' ? {} : undefined
      const { status } = await shop.merchant(method, path, body)
      assert.equal(status, (await onFile.merchant(method, path, body)).status, path)
      assert.ok(status === 404 || status === 400, path)
    }
  })

  it('fifty who open and pay the same order at once make one payment', async (t) => {
    const { shop, both } = await open(t)
    const orderToken = await shop.token()
    const checkouts = await Promise.all(
      Array.from({ length: 50 }, async () => {
        const answer = await send(both(), '/v1/checkouts', { orderToken })
        return (await answer.json()) as Checkout
      }),
    )
    const [first] = checkouts
    assert.ok(first)
    assert.equal(new Set(checkouts.map(({ id }) => id)).size, 1)
    const picked = await Promise.all(
      checkouts.map(async ({ id }) => {
        const body = { methodId: 'cryptom:USDT:TRON' }
        const answer = await send(both(), `/v1/checkouts/${id}/payments`, body)
        return ((await answer.json()) as Checkout).payment
      }),
    )
    assert.equal(new Set(picked.map((payment) => payment?.id)).size, 1)
    assert.ok(picked.every((payment) => payment?.nextAction))
    assert.equal(await shop.countCalls('cryptom', 'create'), 1)
    assert.equal((await shop.detail(first)).payments.length, 1)
  })

  it('ask about each payment once when its time comes, and once for all watchers', async (t) => {
    const { shop, both } = await open(t)
    const begun = []
    for (let n = 0; n < 10; n += 1) begun.push(await shop.begin('cryptom'))
    shop.clock.freeze()
    const asked = () => shop.countCalls('cryptom', 'detail')
    for (let round = 1; round <= 2; round += 1) {
      const before = await asked()
      shop.clock.advance(15 * SECOND)
      await until('all asked', async () => (await asked()) >= before + 10)
      await pause(2 * ROUND_MS)
      assert.equal(await asked(), before + 10)
    }
    shop.clock.advance(3 * SECOND)
    const before = await asked()
    await Promise.all(
      begun.flatMap(({ checkout }) =>
        Array.from({ length: 10 }, () => send(both(), `/v1/checkouts/${checkout.id}`)),
      ),
    )
    assert.equal(await asked(), before + 10)
  })

  it('lincoln: one call in flight and a rising time, over both', async (t) => {
    let inFlight = 0
    let most = 0
    const times: number[] = []
    const { shop, both } = await open(t, {
      async fetch(url, init) {
        const time = /\/service\/api\/.*[?&]time=(\d+)/.exec(String(url))?.[1]
        if (time === undefined) return fetch(url, init)
        times.push(Number(time))
        inFlight += 1
        most = Math.max(most, inFlight)
        return fetch(url, init).finally(() => (inFlight -= 1))
      },
    })
    await shop.control('POST', '/lincoln/settings', { httpErrors: true })
    const orders = await Promise.all(Array.from({ length: 12 }, () => shop.open()))
    const fields = { [`65f0${'1'.padStart(18, '0')}01`]: 'shopper@shop.example' }
    const body = { methodId: `lincoln:65a0${'1'.padStart(20, '0')}`, fields, consent: true }
    const picked = await Promise.all(
      orders.map(({ id }) => send(both(), `/v1/checkouts/${id}/payments`, body)),
    )
    assert.deepEqual([...new Set(picked.map(({ status }) => status))], [200])
    shop.clock.advance(16 * SECOND)
    const asked = () => shop.countCalls('lincoln', 'order')
    await until('all asked', async () => (await asked()) >= 24)
    type Ledger = { lincoln: { calls: readonly { readonly status: number }[] } }
    const { lincoln } = await shop.control<Ledger>('GET', '/ledger')
    const refused = lincoln.calls.filter(({ status }) => status !== 200)
    assert.deepEqual(refused, [])
    assert.equal(most, 1)
    assert.ok(times.length >= 36)
    assert.ok(times.every((time, place) => place === 0 || time > (times[place - 1] ?? 0)))
  })

  it('tell the merchant once of each change', async (t) => {
    const { shop } = await open(t)
    const begun = []
    for (let n = 0; n < 12; n += 1) begun.push(await shop.begin('lipaykripto'))
    await Promise.all(begun.map(({ checkout, payment }) => shop.pay(checkout, payment)))
    await until('all told', async () => {
      const deliveries = await shop.deliveries()
      return deliveries.length === 24 && deliveries.every(({ status }) => status === 'delivered')
    })
    await pause(ROUND_MS)
    const ids = shop.receiver.told.map(({ id }) => id)
    assert.deepEqual([ids.length, new Set(ids).size], [24, 24])
  })

  it('started at once on an empty database, they sign receipts with one key', async () => {
    const url = await freshDatabase()
    const stores = Array.from({ length: 6 }, () => createPostgresStore(url))
    await stores[0]?.migrate()
    const client = new Client({ connectionString: url })
    await client.connect()
    const vault = createVault(['a-proxy-secret-0123456789-abcdefghij'])
    const load = (store: Store) =>
      loadSigner({ store, vault, now: () => 1000, log: () => undefined, configured: [] })
    for (let round = 0; round < 10; round += 1) {
      await client.query('delete from signing_keys; delete from leases')
      const signers = await Promise.all(stores.map(load))
      const receipts = await Promise.all(signers.map(({ sign }) => sign({}, 'cc-receipt+jwt')))
      const kids = receipts.map((receipt) => decodeProtectedHeader(receipt).kid)
      assert.equal(new Set(kids).size, 1, kids.join())
      assert.ok(signers.every(({ jwks }) => jwks.keys.every(({ kid }) => kid === kids[0])))
    }
    await client.end()
    await Promise.all(stores.map((store) => store.close()))
  })

  it('one that is killed with work in hand gives it back to the other', async (t) => {
    const { shop, other } = await open(t)
    await other.close()
    shop.receiver.behave(500)
    const { checkout, payment } = await shop.begin('cryptom')
    await until('tried', async () => (await shop.deliveries())[0]?.answer === '500')
    const told = shop.receiver.told.length
    await shop.proxy.close()
    await shop.play('cryptom', payment.ref, 'pay')
    await shop.breakNext('cryptom', 'detail', 'hang')
    shop.receiver.behave('hang')

    const ahead = shop.clock.now() - Date.now() + 16 * SECOND
    const child = startChild(shop, ahead)
    t.after(() => child.kill('SIGKILL'))
    await until('both in hand', async () => {
      const asked = await shop.countCalls('cryptom', 'detail')
      return asked > 0 && shop.receiver.told.length > told
    })
    child.kill('SIGKILL')
    await new Promise((resolve) => void child.once('exit', resolve))

    shop.receiver.behave(204)
    shop.clock.advance(16 * SECOND)
    await shop.restart()
    shop.clock.advance(20 * SECOND)
    await pause(ROUND_MS)
    assert.equal(shop.receiver.told.length, told + 1, 'the delivery is held')
    shop.clock.advance(11 * SECOND)
    await until('told', () => shop.receiver.told.length === told + 2)
    await pause(ROUND_MS)
    assert.equal((await shop.detail(checkout)).status, 'pending', 'the payment is held')
    shop.clock.advance(30 * SECOND)
    await shop.becomes(checkout, 'paid')
  })

  it('a line to the database that is cut: nothing is made or acknowledged; back, all is well', async (t) => {
    const line = await startLine(await freshDatabase())
    t.after(() => line.close())
    const shop = await startShop({ DATABASE_URL: line.url })
    t.after(() => shop.close())
    const { checkout, payment } = await shop.begin('paycrypto')
    const waiting = await shop.open()
    line.cut()
    const picked = await shop.pick(waiting, 'cryptom')
    assert.deepEqual(
      [picked.status, (picked.body as { code?: string }).code],
      [503, 'store_unavailable'],
    )
    assert.equal(await shop.countCalls('cryptom', 'create'), 0)
    assert.equal((await shop.request('GET', '/readyz')).status, 503)
    assert.equal((await shop.request('GET', '/healthz')).status, 200)
    await shop.pay(checkout, payment)
    type Sent = { attempts: readonly { status: number }[]; state: string }
    const sent = await until('given up', async () => {
      const [first] = await shop.control<readonly Sent[]>('GET', '/notifications')
      return first?.state === 'given-up' ? first : undefined
    })
    assert.ok(sent.attempts.every(({ status }) => status === 503))
    line.mend()
    await until('ready', async () => (await shop.request('GET', '/readyz')).status === 200)
    shop.clock.advance(16 * SECOND)
    await shop.becomes(checkout, 'paid')
    assert.equal((await shop.pick(waiting, 'cryptom')).status, 200)
  })

  /** A proxy as a process of its own, whose clock is ahead of the machine's. */
  function startChild(shop: Shop, aheadMs: number) {
    const server = new URL('../../proxy/server.ts', import.meta.url).href
    const config = new URL('../../proxy/config.ts', import.meta.url).href
    const script = `
      import { readConfig } from ${JSON.stringify(config)}
      import { startServer } from ${JSON.stringify(server)}
      await startServer(readConfig(process.env), { now: () => Date.now() + ${aheadMs} })`
    const environment = {
      ...fullEnvironment(shop.sandbox.urls),
      ...shop.settings,
      MERCHANT_WEBHOOK_SECRET: WEBHOOK_SECRET,
      PATH: process.env['PATH'],
    }
    return spawn(process.execPath, ['--input-type=module', '--eval', script], {
      env: environment,
      stdio: 'ignore',
    })
  }
})

/** A line to a database that can be cut and mended. */
async function startLine(databaseUrl: string) {
  const target = new URL(databaseUrl)
  const sockets = new Set<Socket>()
  let isCut = false
  const server = createServer((near) => {
    if (isCut) {
      near.destroy()
      return
    }
    const far = connect(Number(target.port), target.hostname)
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        near.destroy()
        far.destroy()
      })
    }
    near.pipe(far).pipe(near)
  })
  await new Promise<void>((resolve) => void server.listen(0, resolve))
  const { port } = server.address() as AddressInfo
  const cut = (): void => {
    isCut = true
    for (const socket of sockets) socket.destroy()
    sockets.clear()
  }
  return {
    url: Object.assign(new URL(databaseUrl), { hostname: 'localhost', port: String(port) }).href,
    cut,
    mend() {
      isCut = false
    },
    close() {
      cut()
      server.close()
    },
  }
}
