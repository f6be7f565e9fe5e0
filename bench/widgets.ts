/**
 * `npm run bench -- widgets`: a thousand open widgets, each with the status engine that pages run, at the pace
 * that the proxy tells them: all of one order, and each of an order of its own, which a provider is asked about.
 * The proxy counts its polls and its calls of providers. Memory is what the processes hold.
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { openWidget } from '../test/faults/widget.ts'
import type { ServerProcess } from './child.ts'
import { IS_QUICK, printFigures } from './figures.ts'
import type { Figure } from './figures.ts'
import { startPostgres } from './postgres.ts'
import { METRICS_KEY, readCounts } from './scrape.ts'
import { seedPayments } from './seed.ts'
import { createStand } from './stand.ts'
import type { Stand } from './stand.ts'

const WIDGETS = IS_QUICK ? 200 : 1000
const SETTLE_MS = IS_QUICK ? 4000 : 10_000
const WATCH_MS = IS_QUICK ? 8000 : 30_000
const MEGABYTE = 1e6
/** A payment is looked at at most once in this time: `proxy/schedule.ts`. */
const GAP_S = 3
/** Where a window begins and ends there may be one more. */
const MAX_CALLS = 1 / GAP_S + 2000 / WATCH_MS

type StoreName = 'sqlite' | 'postgres'

const postgres = await startPostgres()
const found = [...(await measure('sqlite')), ...(await measure('postgres'))]
await postgres.stop()
printFigures(`${WIDGETS} open widgets`, [
  ...found,
  { what: 'widgets', value: WIDGETS, unit: '', key: 'widgets' },
])

async function measure(name: StoreName): Promise<Figure[]> {
  const label = name === 'sqlite' ? 'SQLite' : 'PostgreSQL'
  const stand = await createStand({
    environment: { METRICS_KEY },
    ...(name === 'postgres' && { databaseUrl: postgres.url }),
  })
  const proxy = await stand.startProxy()
  const watch = (ids: readonly string[], count: number): Promise<Watched> =>
    watchWidgets(stand, proxy, ids, count)
  const atStart = memoryOf(proxy)
  const [one] = await seedPayments(stand, { cryptom: 1 })
  const { calls } = await readCounts(stand.url)
  if (calls === 0) throw new Error('no call of a provider was counted')
  const alone = await watch([one?.checkoutId ?? ''], 1)
  const together = await watch([one?.checkoutId ?? ''], WIDGETS)
  const many = await seedPayments(stand, { cryptom: WIDGETS })
  const ids = many.map(({ checkoutId }) => checkoutId)
  const apart = await watch(ids, WIDGETS)
  const atEnd = memoryOf(proxy)
  await stand.close()
  const beside = { what: 'one widget', value: alone.calls }
  const limit = { unit: '/s', atMost: MAX_CALLS, beside }
  return [
    ...figures(`${label}, of one order`, `${name}.one`, together),
    { what: `${label}, of one order, calls of the provider`, value: together.calls, ...limit },
    ...figures(`${label}, of ${WIDGETS} orders`, `${name}.many`, apart),
    {
      what: `${label}, of ${WIDGETS} orders, calls of the provider for each`,
      value: apart.calls / WIDGETS,
      key: `${name}.calls`,
      ...limit,
    },
    {
      what: `${label}, memory of the proxy then`,
      value: atEnd,
      unit: 'MB',
      key: `${name}.memory`,
      beside: { what: 'at its start', value: atStart },
    },
    { what: `${label}, memory at its start`, value: atStart, unit: 'MB', key: `${name}.start` },
  ]
}

interface Watched {
  readonly polls: number
  readonly calls: number
  /** Of one core, percent. */
  readonly cpu: number
  /** PostgreSQL's. */
  readonly databaseCpu: number
  readonly others: number
}

/** What they all do in a second, once all are open. */
async function watchWidgets(
  stand: Stand,
  proxy: ServerProcess,
  ids: readonly string[],
  count: number,
): Promise<Watched> {
  const widgets = []
  for (let place = 0; place < count; place += 1) {
    widgets.push(openWidget(stand.url, ids[place % ids.length] ?? ''))
    if (place % 20 === 19) await sleep(20)
  }
  await sleep(SETTLE_MS)
  const before = await readCounts(stand.url)
  const cpu = proxy.cpuMs() ?? Number.NaN
  const databaseCpu = postgres.cpuMs()
  await sleep(WATCH_MS)
  const after = await readCounts(stand.url)
  const spent = (proxy.cpuMs() ?? Number.NaN) - cpu
  const spentByDatabase = postgres.cpuMs() - databaseCpu
  for (const widget of widgets) widget.close()
  const grown = (status: string): number => (after.polls[status] ?? 0) - (before.polls[status] ?? 0)
  const all = [...new Set(Object.keys(after.polls))].reduce((sum, each) => sum + grown(each), 0)
  const perSecond = (value: number): number => (value * 1000) / WATCH_MS
  return {
    polls: perSecond(all),
    calls: perSecond(after.calls - before.calls),
    cpu: (spent * 100) / WATCH_MS,
    databaseCpu: (spentByDatabase * 100) / WATCH_MS,
    others: all - grown('200') - grown('304'),
  }
}

function figures(what: string, key: string, watched: Watched): Figure[] {
  const { polls, cpu, databaseCpu, others } = watched
  return [
    { what: `${what}, polls`, value: polls, unit: '/s', key: `${key}.polls` },
    { what: `${what}, one core busy`, value: cpu, unit: '%', key: `${key}.cpu` },
    ...(key.startsWith('postgres')
      ? [
          {
            what: `${what}, one core busy with the database`,
            value: databaseCpu,
            unit: '%',
            key: `${key}.database`,
          },
        ]
      : []),
    { what: `${what}, other answers than expected`, value: others, unit: '', atMost: 0 },
  ]
}

function memoryOf(server: ServerProcess): number {
  return (server.memory() ?? Number.NaN) / MEGABYTE
}
