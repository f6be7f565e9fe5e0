import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { describe, it } from 'node:test'
import type { TestContext } from 'node:test'
import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely'
import { createLog } from '../../proxy/log.ts'
import { waitingForPerson } from '../../proxy/stores/figures.ts'
import { openStore } from '../../proxy/stores/index.ts'
import type { Tables } from '../../proxy/stores/schema.ts'
import { startWatch } from '../../proxy/watch.ts'
import { alarmsOf, findLines, linesOf } from './logged.ts'
import { pause, startShop, until } from './shop.ts'

const MINUTE = 60_000
const ROUND_MS = 25

/** Queries that are written, and never run. */
const onlyText = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
})

/** The store of a shop whose proxy has ended, so that nobody works there, and a watch over it. */
async function watchOver(t: TestContext) {
  const shop = await startShop()
  t.after(() => shop.close())
  await shop.begin('paycrypto')
  await shop.begin('cryptom')
  await shop.proxy.close()
  const store = await openStore(`file:${shop.file}`)
  const logs: string[] = []
  const asleep = new Set<string>()
  const seen: unknown[] = []
  const log = createLog({ secrets: [], now: shop.clock.now, write: (line) => logs.push(line) })
  const providers = new Map(['paycrypto', 'cryptom'].map((id) => [id, { id }])) as never
  const watch = startWatch({
    store,
    providers,
    now: shop.clock.now,
    log,
    canCall: (id) => !asleep.has(id),
    watched: (what) => void seen.push(what),
    everyMs: ROUND_MS,
  })
  t.after(async () => {
    await watch.stop()
    await store.close()
  })
  return { shop, store, logs, asleep, seen }
}

describe('the watch', () => {
  it('says once that payments are not looked at, and once that they are again', async (t) => {
    const { shop, logs, asleep } = await watchOver(t)
    await pause(5 * ROUND_MS)
    assert.deepEqual(linesOf(logs), [])
    shop.clock.advance(10 * MINUTE)
    const [line] = await alarmsOf(logs, 'checks_late')
    assert.deepEqual([line?.event, line?.level, line?.['waiting']], ['checks.late', 'error', 2])
    await pause(5 * ROUND_MS)
    assert.equal(findLines(logs, 'checks.late').length, 1)
    // Who cannot be asked is not late.
    asleep.add('paycrypto').add('cryptom')
    await until('it is over', () => findLines(logs, 'checks.caught_up').length === 1)
  })

  it('says once that the store fails, and how long that took', async (t) => {
    const { shop, logs, seen } = await watchOver(t)
    await until('it saw something', () => seen.length > 0)
    const other = new DatabaseSync(shop.file, { timeout: 5000 })
    t.after(() => other.close())
    other.exec(
      `create trigger no_ping before update on leases begin select raise(abort, 'no'); end`,
    )
    const [line] = await alarmsOf(logs, 'store_down')
    assert.deepEqual([line?.event, line?.level], ['store.down', 'error'])
    assert.match(String(line?.['detail']), /no/)
    await until('it is counted', () => seen.at(-1) === undefined)
    shop.clock.advance(2 * MINUTE)
    other.exec('drop trigger no_ping')
    await until('it is up', () => findLines(logs, 'store.up').length === 1)
    assert.ok(Number(findLines(logs, 'store.up')[0]?.['seconds']) >= 120)
    assert.equal(findLines(logs, 'store.down').length, 1)
  })

  it('finds who waits for a person by an index of its own', async (t) => {
    const { shop } = await watchOver(t)
    const database = new DatabaseSync(shop.file)
    t.after(() => database.close())
    const { sql, parameters } = waitingForPerson(onlyText).compile()
    const rows = database.prepare(`explain query plan ${sql}`).all(...(parameters as string[]))
    const plans = rows.map(({ detail }) => String(detail))
    assert.ok(
      plans.some((plan) => plan.includes('payments_unusual')),
      plans.join('\n'),
    )
    assert.ok(!plans.some((plan) => plan === 'SCAN payments'), plans.join('\n'))
  })
})
