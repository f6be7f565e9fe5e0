/**
 * `npm run bench:pollers`: the status route of the built proxy under many browsers. First as fast as a
 * hundred connections ask; then a thousand widgets that poll, each its own checkout, 400 a second in
 * all: of orders that nobody has begun to pay, and of payments that the provider is asked about
 * meanwhile. Budgets (G6): 2,000/s and p99 100 ms; p99 150 ms and no error.
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { percentile, printFigures } from './figures.ts'
import type { Figure } from './figures.ts'
import { openLine, request } from './line.ts'
import { load } from './load.ts'
import { openCheckouts, seedPayments } from './seed.ts'
import { createStand } from './stand.ts'

const POLLERS = Number(process.env['POLLERS'] ?? 1000)
const POLL_MS = 2500
const CONNECTIONS = 100
const DURATION_MS = Number(process.env['DURATION_MS'] ?? 10_000)
const ORIGIN = 'https://shop.example'

const stand = await createStand()
const proxy = await stand.startProxy()
const open = await openCheckouts(stand, POLLERS)
const paying = await seedPayments(stand, { cryptom: POLLERS })
const pathsOf = (ids: readonly string[]): string[] => ids.map((id) => `/v1/checkouts/${id}`)
const openPaths = pathsOf(open)
const payingPaths = pathsOf(paying.map(({ checkoutId }) => checkoutId))

const figures: Figure[] = []
for (const [status, headers] of [
  ['200', {}],
  ['304', { 'if-none-match': '"1"' }],
] as const) {
  const { perSecond, latencies, statuses } = await load({
    port: stand.port,
    paths: openPaths,
    connections: CONNECTIONS,
    pipelining: 1,
    durationMs: DURATION_MS / 2,
    headers: { origin: ORIGIN, ...headers },
  })
  const others = latencies.length - (statuses[status] ?? 0)
  const what = `${CONNECTIONS} connections, ${status}`
  figures.push(
    { what, value: perSecond, unit: '/s', atLeast: 2000 },
    { what: `${what}, p99`, value: percentile(latencies, 0.99), unit: 'ms', atMost: 100 },
    { what: `${what}, other answers`, value: others, unit: '', atMost: 0 },
  )
}
for (const [what, paths] of [
  ['nobody pays yet', openPaths],
  ['being paid', payingPaths],
] as const) {
  const cpuBefore = proxy.cpuMs() ?? Number.NaN
  const { latencies, errors } = await poll(paths)
  const cpuMs = (proxy.cpuMs() ?? Number.NaN) - cpuBefore
  figures.push(
    { what: `pollers, ${what}`, value: (latencies.length * 1000) / DURATION_MS, unit: '/s' },
    { what: `pollers, ${what}, p50`, value: percentile(latencies, 0.5), unit: 'ms' },
    {
      what: `pollers, ${what}, p99`,
      value: percentile(latencies, 0.99),
      unit: 'ms',
      atMost: 150,
    },
    { what: `pollers, ${what}, errors`, value: errors, unit: '', atMost: 0 },
    { what: `pollers, ${what}, one core busy`, value: (cpuMs * 100) / DURATION_MS, unit: '%' },
  )
}
await stand.close()
printFigures(`G6 the status route, ${POLLERS} pollers`, figures)

/** Each begins at a time of its own, and asks as often as the proxy tells a widget to. */
async function poll(paths: readonly string[]) {
  const latencies: number[] = []
  let errors = 0
  const until = performance.now() + DURATION_MS
  await Promise.all(
    Array.from({ length: POLLERS }, async (_, place) => {
      const line = openLine(stand.port)
      const look = request('GET', paths[place % paths.length] ?? '', { origin: ORIGIN })
      let dueAt = performance.now() + Math.random() * POLL_MS
      for (; dueAt < until; dueAt += POLL_MS * (0.9 + Math.random() / 5)) {
        await sleep(Math.max(0, dueAt - performance.now()))
        const status = await line.ask(look)
        latencies.push(performance.now() - dueAt)
        if (status !== 200) errors += 1
      }
      line.close()
    }),
  )
  return { latencies, errors }
}
