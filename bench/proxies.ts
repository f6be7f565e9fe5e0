/**
 * `npm run bench -- proxies`: one, two and four proxies on one PostgreSQL, on this one machine: how many
 * requests a second they answer together; whether an order that all of them are asked for at once stays one
 * checkout; and what the database writes for an order, from its opening to "paid".
 * @module
 */
import { mintToken } from '../test/faults/shopper.ts'
import { orderOf } from '../test/faults/flows.ts'
import { forAll } from '../test/faults/crowd.ts'
import { SHOP } from '../test/proxy/support.ts'
import type { ServerProcess } from './child.ts'
import { IS_QUICK, printFigures } from './figures.ts'
import type { Figure } from './figures.ts'
import { request } from './line.ts'
import { createRequests } from './orders.ts'
import { startPostgres } from './postgres.ts'
import { areAllTold, openCheckouts, payAll, seedPayments } from './seed.ts'
import { send } from './send.ts'
import { createStand } from './stand.ts'

const CREATES = IS_QUICK ? 300 : 3000
const READS = IS_QUICK ? 2000 : 30_000
const CONTESTED = IS_QUICK ? 50 : 300
const PAID = IS_QUICK ? 40 : 200
const CONNECTIONS = 48
const WRITES = `select tup_inserted + tup_updated + tup_deleted as rows from pg_stat_database
  where datname = current_database()`
const SETTLE_MS = 12_000

const postgres = await startPostgres()
const stand = await createStand({ databaseUrl: postgres.url })
const proxies: ServerProcess[] = [await stand.startProxy()]
const ids = await openCheckouts(stand, 100)
const reads = Array.from({ length: READS }, (_, at) =>
  request('GET', `/v1/checkouts/${ids[at % ids.length]}`, { origin: SHOP }),
)
const figures: Figure[] = [...(await measureLife())]
let first: { readonly status: number; readonly create: number } | undefined
for (const count of [1, 2, 4]) {
  while (proxies.length < count) proxies.push(await stand.startAnother())
  figures.push(...(await measure(count)))
}
await stand.close()
await postgres.stop()
printFigures('Several proxies on one PostgreSQL', figures)

async function measure(count: number): Promise<Figure[]> {
  const load = { servers: proxies, connections: CONNECTIONS, expected: [200, 201] }
  await send({ ...load, requests: reads.slice(0, READS / 10) })
  const creates = await createRequests(`many-${count}`, CREATES)
  const spent = [postgres.cpuMs()]
  const status = await send({ ...load, requests: reads })
  spent.push(postgres.cpuMs())
  const create = await send({ ...load, requests: creates })
  spent.push(postgres.cpuMs())
  const [start = Number.NaN, middle = Number.NaN, end = Number.NaN] = spent
  const contested = await contest(count)
  first ??= { status: status.perSecond, create: create.perSecond }
  const what = `${count} ${count === 1 ? 'proxy' : 'proxies'}`
  const others = status.others + create.others + contested.others
  return [
    { what: `${what}, status`, value: status.perSecond, unit: '/s', beside: one('status') },
    { what: `${what}, status, p99`, value: status.p99, unit: 'ms' },
    {
      what: `${what}, create`,
      value: create.perSecond,
      unit: '/s',
      beside: one('create'),
    },
    { what: `${what}, create, p99`, value: create.p99, unit: 'ms' },
    ...processor(`${what}, status`, `poll.${count}`, status.cpuMicros, (middle - start) / READS),
    ...processor(`${what}, create`, `create.${count}`, create.cpuMicros, (end - middle) / CREATES),
    {
      what: `${what}, orders with more or less than one checkout`,
      value: contested.wrong,
      unit: '',
      atMost: 0,
    },
    { what: `${what}, other answers than expected`, value: others, unit: '', atMost: 0 },
  ]
}

function processor(what: string, key: string, micros: number, databaseMs: number): Figure[] {
  return [
    {
      what: `${what}, processor of the proxies`,
      value: micros,
      unit: 'µs',
      key: `postgres.${key}`,
    },
    {
      what: `${what}, processor of the database`,
      value: databaseMs * 1000,
      unit: 'µs',
      key: `database.${key}`,
    },
  ]
}

function one(kind: 'status' | 'create') {
  return { what: '1 proxy', value: first?.[kind] ?? Number.NaN }
}

/** Each order is opened by four browsers at once, spread over the proxies. */
async function contest(count: number): Promise<{ wrong: number; others: number }> {
  let wrong = 0
  let others = 0
  const orders = Array.from({ length: CONTESTED }, (_, place) => `contested-${count}-${place}`)
  await forAll(orders, 8, async (orderId) => {
    const body = JSON.stringify({ orderToken: await mintToken(orderOf(orderId), Date.now()) })
    const answers = await Promise.all(
      [0, 1, 2, 3].map(async (place) => {
        const { port } = proxies[place % proxies.length]!
        const answer = await fetch(`http://localhost:${port}/v1/checkouts`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', origin: SHOP },
          body,
        })
        if (!answer.ok) others += 1
        return (await answer.json()) as { id?: string }
      }),
    )
    if (new Set(answers.map(({ id }) => id)).size !== 1) wrong += 1
  })
  const [stored] = await postgres.query(
    `select count(*) as count from checkouts where order_id like 'contested-${count}-%'`,
  )
  return { wrong: wrong + Math.abs(Number(stored?.['count']) - CONTESTED), others }
}

/** From the order to "paid" and told to the merchant, with everything that is written meanwhile. */
async function measureLife(): Promise<Figure[]> {
  const before = await writes()
  await payAll(stand, postgres.url, await seedPayments(stand, { paycrypto: PAID }))
  const isDone = await areAllTold(postgres.url)
  const perOrder = ((await writes()) - before) / PAID
  return [
    {
      what: 'rows written for an order, to paid and told',
      value: perOrder,
      unit: '',
      key: 'order.rows',
    },
    { what: 'orders that were not paid and told', value: isDone ? 0 : 1, unit: '', atMost: 0 },
  ]
}

/** A connection tells what it wrote once it has been idle for ten seconds. */
async function writes(): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS))
  const [row] = await postgres.query(WRITES)
  return Number(row?.['rows'])
}
