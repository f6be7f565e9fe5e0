import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { DatabaseSync } from 'node:sqlite'
import { describe, it, mock } from 'node:test'
import type { TestContext } from 'node:test'
import type { Checkout } from '../../protocol/payment.ts'
import type { ProxyOptions } from '../../proxy/create-proxy.ts'
import { pause, startShop, until } from './shop.ts'
import type { Shop } from './shop.ts'
import type { Answer } from './support.ts'

const SECOND = 1000
const ROUND_MS = 1300

/** Every connection to a database of this process, so that those of a proxy can be made to fail. */
const connections = new Set<DatabaseSync>()
const { exec } = DatabaseSync.prototype
mock.method(DatabaseSync.prototype, 'exec', function (this: DatabaseSync, text: string) {
  connections.add(this)
  exec.call(this, text)
})

const connectionTo = (file: string): DatabaseSync => {
  for (const connection of connections) {
    if (connection.isOpen && connection.location() === file) return connection
  }
  return assert.fail('the proxy has no connection')
}

/** A way in which nothing can be written; it returns what heals it. */
type Failure = (shop: Shop) => () => void

const FAILURES = {
  'a file that cannot be written': ({ file }) => {
    const connection = connectionTo(file)
    connection.exec('pragma query_only = on')
    return () => connection.exec('pragma query_only = off')
  },

  'a file that another process has locked': ({ file }) => {
    const other = new DatabaseSync(file, { timeout: 5000 })
    other.exec('begin immediate')
    return () => {
      other.exec('rollback')
      other.close()
    }
  },

  'every write refused': ({ file }) => {
    const other = new DatabaseSync(file, { timeout: 5000 })
    const tables = ['checkouts', 'payments', 'facts', 'leases', 'deliveries', 'events']
    const triggers = tables.flatMap((table) =>
      ['insert', 'update'].map((verb) => ({ name: `no_${verb}_${table}`, verb, table })),
    )
    for (const { name, verb, table } of triggers) {
      other.exec(`create trigger ${name} before ${verb} on ${table}
        begin select raise(abort, 'no'); end`)
    }
    return () => {
      for (const { name } of triggers) other.exec(`drop trigger ${name}`)
      other.close()
    }
  },
} satisfies Record<string, Failure>

type FailureName = keyof typeof FAILURES

/** A process that has the file for itself, from the moment that it says so. */
function lockElsewhere(file: string, ms: number): ChildProcess {
  const script = `
    const { DatabaseSync } = require('node:sqlite')
    const database = new DatabaseSync(process.argv[1], { timeout: 5000 })
    database.exec('begin immediate')
    process.send('locked')
    setTimeout(() => process.exit(), ${ms})`
  return spawn(process.execPath, ['--eval', script, file], { stdio: ['ipc', 'ignore', 'ignore'] })
}

const healings = new Map<Shop, () => void>()

/** Breaks the store of a shop, in one of the ways; it is healed once, whoever asks for it. */
function fail(shop: Shop, name: FailureName): () => void {
  const end = FAILURES[name](shop)
  const heal = (): void => {
    if (healings.delete(shop)) end()
  }
  healings.set(shop, heal)
  return heal
}

async function open(t: TestContext, options: Partial<ProxyOptions> = {}): Promise<Shop> {
  const shop = await startShop({}, options)
  t.after(async () => {
    // A test that failed may have left it broken.
    healings.get(shop)?.()
    await shop.close()
  })
  return shop
}

const ready = async (shop: Shop): Promise<number> => (await shop.request('GET', '/readyz')).status

interface Sent {
  readonly id: string
  readonly provider: string
  readonly state: string
  readonly attempts: readonly { readonly status: number | null; readonly body: string }[]
}

const notified = async (shop: Shop, provider: string): Promise<Sent> => {
  const sent = await shop.control<readonly Sent[]>('GET', '/notifications')
  return sent.findLast((each) => each.provider === provider) ?? assert.fail('nothing was sent')
}

describe('a store that fails', { concurrency: true }, () => {
  for (const name of Object.keys(FAILURES) as FailureName[]) {
    it(`${name}: nothing is made, nothing is acknowledged; healed, all is well`, async (t) => {
      const shop = await open(t)
      const cryptom = await shop.begin('cryptom')
      const redoya = await shop.begin('redoya')
      const told = ['paycrypto', 'lincoln', 'lipaykripto'] as const
      const begun = new Map(
        await Promise.all(told.map(async (each) => [each, await shop.begin(each)] as const)),
      )
      const waiting = await shop.open()
      await until('told', () => shop.receiver.told.length === 5)
      assert.equal(await ready(shop), 200)
      const made = await shop.countCalls('cryptom', 'create')
      await pause(1100)

      const heal = fail(shop, name)
      const picked = await shop.pick(waiting, 'cryptom')
      assert.deepEqual(
        [
          picked.status,
          picked.headers.get('content-type'),
          (picked.body as { code?: string }).code,
        ],
        [503, 'application/problem+json', 'store_unavailable'],
      )
      assert.equal(await shop.countCalls('cryptom', 'create'), made, 'intent before call')
      const orderToken = await shop.token()
      const opened = await shop.request('POST', '/v1/checkouts', { orderToken })
      assert.equal(opened.status, 503)
      assert.equal(await ready(shop), 503)
      assert.equal((await shop.request('GET', '/healthz')).status, 200)
      const read = await shop.request('GET', `/v1/checkouts/${cryptom.checkout.id}`)
      assert.equal(read.status, 200, 'what is known is told')

      await shop.play('cryptom', cryptom.payment.ref, 'pay')
      const back = await shop.payByCard(redoya.checkout)
      for (const [provider, { checkout, payment }] of begun) {
        await shop.pay(checkout, payment)
        const sent = await until('tried', async () => {
          const each = await notified(shop, provider)
          return each.attempts.length > 0 ? each : undefined
        })
        for (const attempt of sent.attempts) {
          assert.deepEqual([attempt.status, attempt.body], [503, 'try again later'])
        }
      }
      shop.clock.advance(20 * SECOND)
      await pause(ROUND_MS)
      assert.equal((await shop.request('GET', '/healthz')).status, 200)

      heal()
      await until('ready again', async () => (await ready(shop)) === 200)
      await shop.comeBack(back)
      await shop.becomes(redoya.checkout, 'paid')
      await shop.becomes(cryptom.checkout, 'paid')
      for (const provider of ['paycrypto', 'lincoln'] as const) {
        await shop.becomes(begun.get(provider)?.checkout ?? assert.fail(), 'paid')
      }
      // Nobody can be asked about this one, and it is told once: the log has what it said.
      const lost = shop.logs.filter((line) => line.includes('"webhook.not_stored"'))
      const bodies = (provider: string) =>
        lost.filter((line) => line.includes(`"provider":"${provider}"`))
      assert.ok(bodies('lincoln').some((line) => line.includes('newStatus=done')))
      assert.ok(bodies('lipaykripto').some((line) => line.includes('confirmed')))
      assert.deepEqual(bodies('paycrypto'), [])
      const { id } = await notified(shop, 'lipaykripto')
      await shop.control('POST', `/notifications/${id}/replay`)
      await shop.becomes(begun.get('lipaykripto')?.checkout ?? assert.fail(), 'paid')
      assert.equal((await shop.pick(waiting, 'cryptom')).body.payment?.status, 'pending')
      await until('the merchant is told', () => {
        const paid = shop.receiver.told.filter(({ type }) => type === 'checkout.paid')
        return new Set(paid.map(({ data }) => data.id)).size === 5
      })
    })
  }

  it('a file that another process has locked for long: others are answered meanwhile', async (t) => {
    const shop = await open(t)
    const holder = lockElsewhere(shop.file, 2500)
    t.after(() => holder.kill())
    await once(holder, 'message')
    const opening = shop.open()
    await pause(50)
    const from = performance.now()
    await shop.request('GET', '/healthz')
    const waited = performance.now() - from
    assert.ok((await opening).id, 'and the one who waited is served')
    assert.ok(waited < SECOND, `${Math.round(waited)} ms`)
  })

  it('a disk that is full: what was answered is there, what was refused was never made', async (t) => {
    const shop = await open(t)
    const connection = connectionTo(shop.file)
    const pages = connection.prepare('pragma page_count').get()?.['page_count']
    connection.exec(`pragma max_page_count = ${Number(pages)}`)
    const answers: Answer<unknown>[] = []
    for (let n = 0; n < 40 && !answers.some(({ status }) => status >= 500); n += 1) {
      const order = { orderToken: await shop.token() }
      const opened = await shop.request<Checkout>('POST', '/v1/checkouts', order)
      answers.push(opened)
      if (opened.status === 201) answers.push(await shop.pick(opened.body, 'cryptom'))
    }
    const refused = answers.filter(({ status }) => status >= 500)
    assert.deepEqual(
      refused.map(({ status }) => status),
      [503],
    )
    assert.ok(shop.logs.some((line) => line.includes('disk is full')))
    const shown = answers.filter(({ body }) => (body as { payment?: object }).payment)
    const booked = await shop.booked('cryptom')
    assert.equal(booked.length, shown.length)
    connection.exec('pragma max_page_count = 1000000')
    const { checkout, payment } = await shop.begin('cryptom')
    await shop.pay(checkout, payment)
    assert.equal((await shop.refreshed(checkout)).status, 'paid')
  })

  it('after the provider has answered: nothing is shown, and what was made is found and canceled', async (t) => {
    let heal: (() => void) | undefined
    const shop: Shop = await open(t, {
      reached(point) {
        if (point !== 'payment_created' || heal) return
        heal = fail(shop, 'a file that cannot be written')
      },
    })
    const checkout = await shop.open()
    const picked = await shop.pick(checkout, 'cryptom')
    assert.equal(picked.status, 503)
    heal?.()
    assert.equal((await shop.read(checkout)).payment, null)
    shop.clock.advance(31 * SECOND)
    await shop.paymentBecomes(checkout, 0, 'review', 'unconfirmed')
    shop.clock.advance(16 * SECOND)
    const found = await shop.paymentBecomes(checkout, 0, 'canceled')
    const [booked] = await shop.booked('cryptom')
    assert.deepEqual([booked?.id, booked?.status], [found.ref, 'CANCELLED'])
  })

  it('for one payment only: its neighbours of the same moment are stored', async (t) => {
    const shop = await open(t)
    const begun = await Promise.all(Array.from({ length: 8 }, () => shop.begin('lipaykripto')))
    const [bad, ...good] = begun
    assert.ok(bad)
    const other = new DatabaseSync(shop.file, { timeout: 5000 })
    t.after(() => other.close())
    other.exec(`create trigger one before insert on facts
      when new.payment_id = '${bad.payment.id}' begin select raise(abort, 'not this one'); end`)
    await Promise.all(begun.map(({ checkout, payment }) => shop.pay(checkout, payment)))
    for (const { checkout } of good) await shop.becomes(checkout, 'paid')
    assert.equal((await shop.detail(bad.checkout)).status, 'pending')
    const sent = await shop.control<readonly (Sent & { paymentId: string })[]>(
      'GET',
      '/notifications',
    )
    for (const { paymentId, attempts } of sent) {
      const isGood = paymentId !== bad.payment.id
      assert.ok(
        attempts.every(({ status }) => (status === 200) === isGood),
        paymentId,
      )
    }
  })

  it('that could not note an acknowledgement sends the same once more', async (t) => {
    let heal: (() => void) | undefined
    const shop: Shop = await open(t, {
      reached(point) {
        if (point !== 'delivery_sent' || heal) return
        heal = fail(shop, 'a file that cannot be written')
      },
    })
    const { checkout } = await shop.begin('redoya')
    await until('told', () => shop.receiver.of(checkout).length === 1)
    await pause(ROUND_MS)
    heal?.()
    shop.clock.advance(31 * SECOND)
    await until('delivered', async () => (await shop.deliveries())[0]?.status === 'delivered')
    const [first, second, ...more] = shop.receiver.of(checkout)
    assert.deepEqual([second?.id, second?.body, more.length], [first?.id, first?.body, 0])
  })
})
