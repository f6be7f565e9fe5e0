/**
 * `npm run bench -- growth`: reading a checkout, opening one and listing them, with a thousand, ten thousand
 * and a hundred thousand paid orders in the store, beside a store with ten; on SQLite and on PostgreSQL. And
 * what an order takes there.
 * @module
 */
import { MERCHANT_KEY, SHOP } from '../test/proxy/support.ts'
import { IS_QUICK, percentile, printFigures } from './figures.ts'
import type { Figure } from './figures.ts'
import { fill, postgresStore, sqliteStore } from './fill.ts'
import type { FilledStore } from './fill.ts'
import { openLine, request } from './line.ts'
import { createRequests } from './orders.ts'
import { startPostgres } from './postgres.ts'
import { areAllTold, payAll, seedPayments } from './seed.ts'
import { createStand } from './stand.ts'
import type { Stand } from './stand.ts'

const ORIGINALS = 10
const SIZES = IS_QUICK ? [1000, 10_000] : [1000, 10_000, 100_000]
const SAMPLES = IS_QUICK ? 100 : 1000

type Latencies = Readonly<Record<'status' | 'create' | 'list', number>>

const postgres = await startPostgres()
const figures = [
  ...(await measureStore('SQLite', await createStand())),
  ...(await measureStore('PostgreSQL', await createStand({ databaseUrl: postgres.url }))),
]
await postgres.stop()
printFigures('Growth, one request at a time', figures)

async function measureStore(name: string, stand: Stand): Promise<Figure[]> {
  const isSqlite = name === 'SQLite'
  const url = isSqlite ? `file:${stand.databaseFile}` : postgres.url
  const store = isSqlite ? sqliteStore(stand.databaseFile) : postgresStore(postgres)
  await payOrders(stand, url)
  const empty = await measure(stand, store, `${name}-0`)
  const found: Figure[] = []
  let stored = ORIGINALS
  let bytes = await sizeOf(store)
  for (const size of SIZES) {
    await fill(store, stored, (size - stored) / ORIGINALS)
    const [rows] = await store.rows('select count(*) as count from checkouts')
    if (Number(rows?.['count']) < size) throw new Error('the copies are not there')
    const grown = await sizeOf(store)
    const perOrder = (grown - bytes) / (size - stored)
    const latencies = await measure(stand, store, `${name}-${size}`)
    for (const kind of ['status', 'create', 'list'] as const) {
      found.push({
        what: `${name}, ${size} orders, ${kind}, p50`,
        value: latencies[kind],
        unit: 'ms',
        beside: { what: 'with ten orders', value: empty[kind] },
      })
    }
    stored = size
    bytes = grown
    const isLast = size === SIZES.at(-1)
    found.push({
      what: `${name}, ${size} orders, each takes`,
      value: perOrder / 1000,
      unit: 'kB',
      ...(isLast && { key: `order.kB.${name}` }),
    })
  }
  await stand.close()
  return found
}

/** Ten orders from their beginning to their end, and nothing left to do. */
async function payOrders(stand: Stand, url: string): Promise<void> {
  const proxy = await stand.startProxy()
  await payAll(stand, url, await seedPayments(stand, { paycrypto: ORIGINALS }))
  if (!(await areAllTold(url))) throw new Error('the orders were not paid')
  await proxy.stop()
}

async function measure(stand: Stand, store: FilledStore, prefix: string): Promise<Latencies> {
  const { port, stop } = await stand.startProxy()
  const ids = await someIds(store)
  const creates = await createRequests(prefix, SAMPLES)
  const headers = { origin: SHOP }
  const latencies = { status: [] as number[], create: [] as number[], list: [] as number[] }
  const line = openLine(port)
  const timed = async (times: number[], ask: () => Promise<unknown>): Promise<void> => {
    const begin = performance.now()
    await ask()
    times.push(performance.now() - begin)
  }
  for (let at = 0; at < SAMPLES; at += 1) {
    const status = request('GET', `/v1/checkouts/${ids[at % ids.length]}`, headers)
    await timed(latencies.status, () => line.ask(status))
    await timed(latencies.create, () => line.ask(creates[at] ?? ''))
    if (at % 10 === 0) await timed(latencies.list, () => list(port))
  }
  line.close()
  await stop()
  return {
    status: percentile(latencies.status, 0.5),
    create: percentile(latencies.create, 0.5),
    list: percentile(latencies.list, 0.5),
  }
}

async function list(port: number): Promise<void> {
  const answer = await fetch(`http://localhost:${port}/v1/merchant/checkouts?limit=50`, {
    headers: { authorization: `Bearer ${MERCHANT_KEY}` },
  })
  if (!answer.ok) throw new Error(`the list was answered ${answer.status}`)
  await answer.arrayBuffer()
}

/** From all over the store. */
async function someIds(store: FilledStore): Promise<readonly string[]> {
  const [row] = await store.rows('select count(*) as count from checkouts')
  const step = Math.max(1, Math.floor(Number(row?.['count']) / SAMPLES))
  const rows = await store.rows(`select id from
    (select id, row_number() over (order by id) as place from checkouts) all_of_them
    where place % ${step} = 0 limit ${SAMPLES}`)
  return rows.map(({ id }) => String(id))
}

async function sizeOf(store: FilledStore): Promise<number> {
  const [row] = await store.rows(store.size)
  return Number(row?.['bytes'])
}
