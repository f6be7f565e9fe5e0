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
import { load } from './load.ts'

const ROUNDS = Number(process.env['ROUNDS'] ?? 5)
const DURATION_MS = 2000
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
const lines = Object.entries(rounds).map(([name, measured]) => {
  const perSecond = median(measured, 'perSecond')
  const cpu = median(measured, 'cpuMicros')
  return [
    name === 'empty' ? 'empty Hono route' : `status, answered ${name}`,
    `${perSecond.toFixed(0)}/s`,
    (perSecond / base.perSecond).toFixed(2),
    `${cpu.toFixed(1)} µs`,
    (cpu / base.cpu).toFixed(2),
  ]
})
process.stdout.write(
  `${[['', 'requests', 'ratio', 'processor', 'ratio'], ...lines]
    .map((cells) => cells.map((cell, i) => (i ? cell.padStart(11) : cell.padEnd(24))).join(''))
    .join('\n')}\nready after ${proxy.readyMs.toFixed(0)} ms\n`,
)

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
