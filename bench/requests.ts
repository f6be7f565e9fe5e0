/**
 * `npm run bench -- requests`: reading a checkout, opening one, and taking a notification, of the built proxy
 * with everything switched on, beside an empty Hono route and bare `node:http` in the same run. What is
 * written is on the disk when it is answered (SQLite); the baselines keep nothing.
 * @module
 */
import { startServer } from './child.ts'
import type { ServerProcess } from './child.ts'
import { commitsPerSecond } from './disk.ts'
import { IS_QUICK, median, percentile, printFigures } from './figures.ts'
import type { Figure } from './figures.ts'
import { request } from './line.ts'
import { load } from './load.ts'
import { agePayments, makeNotifications } from './notifications.ts'
import { createRequests } from './orders.ts'
import { openCheckouts } from './seed.ts'
import { send } from './send.ts'
import type { Sent } from './send.ts'
import { createStand } from './stand.ts'
import { SHOP } from '../test/proxy/support.ts'

const ROUNDS = IS_QUICK ? 1 : 5
const READ_MS = IS_QUICK ? 1000 : 2000
const CREATES = IS_QUICK ? 300 : 2000
const NOTIFICATIONS = IS_QUICK ? { paycrypto: 150 } : { paycrypto: 1500, lipaykripto: 1000 }
const CONNECTIONS = 50

const NAMES = ['node', 'hono', 'ours'] as const
type Name = (typeof NAMES)[number]
type Measure = (server: ServerProcess, name: Name, round: number) => Promise<Sent>

const stand = await createStand()
const maker = await stand.startProxy()
const [id = ''] = await openCheckouts(stand, 1)
const notifications = await makeNotifications(stand, NOTIFICATIONS)
await maker.stop()
agePayments(stand.databaseFile)
const servers: Readonly<Record<Name, ServerProcess>> = {
  ours: await stand.startProxy(),
  hono: await startServer('bench/empty-hono.ts'),
  node: await startServer('bench/bare-node.ts'),
}
const hooks = notifications.map(({ url, headers, body }) =>
  request('POST', new URL(url).pathname, headers, body),
)
const commits = commitsPerSecond(stand.databaseFile)

const read: Measure = async (server) => {
  const before = server.cpuMs() ?? Number.NaN
  const { perSecond, latencies, statuses } = await load({
    port: server.port,
    paths: [`/v1/checkouts/${id}`],
    connections: CONNECTIONS,
    pipelining: 1,
    durationMs: READ_MS,
    headers: { origin: SHOP },
  })
  return {
    perSecond,
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
    cpuMicros: (((server.cpuMs() ?? Number.NaN) - before) * 1000) / latencies.length,
    others: latencies.length - (statuses['200'] ?? 0),
  }
}

const create: Measure = async (server, name, round) =>
  send({
    servers: [server],
    requests: await createRequests(`${name}-${round}`, CREATES),
    connections: CONNECTIONS,
    expected: [200, 201],
  })

/** Each of ours is taken once: a share of them in each round, and none to warm up. */
const notify: Measure = (server, name, round) => {
  const size = Math.floor(hooks.length / ROUNDS)
  const requests = name === 'ours' ? hooks.slice(round * size, (round + 1) * size) : hooks
  return send({ servers: [server], requests, connections: CONNECTIONS, expected: [200] })
}

const figures = [
  ...(await compare('status', 'poll', read)),
  ...(await compare('create', 'create', create)),
  ...(await compare('notification', 'notification', notify)),
  {
    what: 'a plain SQLite insert on this disk, one after the other',
    value: commits,
    unit: '/s',
  },
]
await Promise.all([stand.close(), servers.hono.stop(), servers.node.stop()])
printFigures(`Requests, ${CONNECTIONS} connections`, figures)

async function compare(what: string, key: string, measure: Measure): Promise<Figure[]> {
  const rounds: Record<Name, Sent[]> = { node: [], hono: [], ours: [] }
  for (const name of what === 'notification' ? [] : NAMES) await measure(servers[name], name, -1)
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const name of NAMES) {
      rounds[name].push(await measure(servers[name], name, round))
    }
  }
  const of = (name: Name, kind: keyof Sent): number =>
    median(rounds[name].map((sent) => sent[kind]))
  const beside = (name: Name, kind: keyof Sent) => ({
    what: name === 'hono' ? 'an empty Hono route' : 'bare node:http',
    value: of(name, kind),
  })
  const perSecond = { value: of('ours', 'perSecond'), unit: '/s' }
  const p99 = { value: of('ours', 'p99'), unit: 'ms' }
  const cpu = { value: of('ours', 'cpuMicros'), unit: 'µs' }
  const refused = rounds.ours.reduce((total, { others }) => total + others, 0)
  return [
    { what, ...perSecond, beside: beside('hono', 'perSecond'), key: `${key}.perSecond` },
    { what, ...perSecond, beside: beside('node', 'perSecond') },
    { what: `${what}, p99`, ...p99, beside: beside('hono', 'p99'), key: `${key}.p99` },
    { what: `${what}, p99`, ...p99, beside: beside('node', 'p99') },
    { what: `${what}, processor`, ...cpu, beside: beside('hono', 'cpuMicros'), key: `${key}.cpu` },
    { what: `${what}, processor`, ...cpu, beside: beside('node', 'cpuMicros') },
    { what: `${what}, other answers than expected`, value: refused, unit: '', atMost: 0 },
  ]
}
