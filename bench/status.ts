/**
 * `npm run bench:status`: `GET /v1/checkouts/:id` of the built proxy, on SQLite with all protections on,
 * beside an empty Hono route in the same run. Budget: at least 60 % of its requests per second.
 * @module
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bundleProxy, startServer } from './child.ts'
import type { ServerProcess } from './child.ts'
import { IS_QUICK, printFigures } from './figures.ts'
import type { Figure } from './figures.ts'
import { load } from './load.ts'

const ROUNDS = Number(process.env['ROUNDS'] ?? (IS_QUICK ? 1 : 5))
const DURATION_MS = 2000
const MIN_SHARE = 0.6
const ORIGIN = 'https://shop.example'

interface Measured {
  readonly perSecond: number
  readonly cpuMicros: number
}

const directory = mkdtempSync(join(tmpdir(), 'cc-bench-'))
const empty = await startServer('bench/empty-hono.ts')
const proxy = await startServer(bundleProxy(), {
  PORT: '0',
  PUBLIC_URL: 'http://localhost:8787',
  ALLOWED_ORIGINS: ORIGIN,
  DATABASE_URL: `file:${join(directory, 'checkout.db')}`,
  ALLOW_UNSIGNED_ORDERS: 'true',
  // All of it comes from one address: counted, and never refused.
  RATE_LIMIT: '1000000',
  PROXY_SECRET: 'bench-proxy-secret-0123456789-abcdef',
  REDOYA_IDENTIFIER: 'bench.vendor.token',
  REDOYA_SECRET: 'bench-redoya-secret',
})

const created = await fetch(`http://localhost:${proxy.port}/v1/checkouts`, {
  method: 'POST',
  headers: { 'content-type': 'application/json', origin: ORIGIN },
  body: JSON.stringify({ amount: '100.00', currency: 'TRY', orderId: 'bench-1' }),
})
const { id } = (await created.json()) as { id: string }
const path = `/v1/checkouts/${id}`

const rounds = { empty: [] as Measured[], '200': [] as Measured[], '304': [] as Measured[] }
for (let round = 0; round < ROUNDS; round += 1) {
  rounds.empty.push(await measure(empty, '200'))
  rounds['200'].push(await measure(proxy, '200', { origin: ORIGIN }))
  rounds['304'].push(await measure(proxy, '304', { origin: ORIGIN, 'if-none-match': '"1"' }))
}
await Promise.all([empty.stop(), proxy.stop()])
rmSync(directory, { recursive: true })

const base = {
  perSecond: median(rounds.empty, 'perSecond'),
  cpu: median(rounds.empty, 'cpuMicros'),
}
const EMPTY = 'an empty Hono route'
const answered = (status: '200' | '304'): Figure[] => [
  {
    what: `status, answered ${status}`,
    value: median(rounds[status], 'perSecond'),
    unit: '/s',
    beside: { what: EMPTY, value: base.perSecond },
    ...(status === '200' && { atLeast: MIN_SHARE * base.perSecond }),
  },
  {
    what: `status, answered ${status}, processor`,
    value: median(rounds[status], 'cpuMicros'),
    unit: 'µs',
    beside: { what: EMPTY, value: base.cpu },
  },
]
printFigures('The status route with all protections, 20 connections', [
  ...answered('200'),
  ...answered('304'),
  { what: 'ready after', value: proxy.readyMs, unit: 'ms' },
])

async function measure(
  server: ServerProcess,
  status: string,
  headers: Record<string, string> = {},
): Promise<Measured> {
  const before = server.cpuMs() ?? NaN
  const result = await load({
    port: server.port,
    paths: [path],
    connections: 20,
    pipelining: 1,
    durationMs: DURATION_MS,
    headers,
  })
  const others = Object.keys(result.statuses).filter((each) => each !== status)
  if (others.length > 0) throw new Error(`answered ${others.join(', ')} instead of ${status}`)
  const cpuMs = (server.cpuMs() ?? NaN) - before
  return { perSecond: result.perSecond, cpuMicros: (cpuMs * 1000) / result.requests }
}

function median(measured: readonly Measured[], key: keyof Measured): number {
  const values = measured.map((each) => each[key]).toSorted((a, b) => a - b)
  return values[values.length >> 1] ?? NaN
}
