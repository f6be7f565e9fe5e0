/**
 * `npm run bench:ack`: how many notifications a second the built proxy acknowledges, each of them on the
 * disk by then (SQLite, `synchronous=FULL`). PayCrypto's are signed, LiPayKripto's are not, Lincoln's
 * come once; their payments were made before, and the merchant is told meanwhile. Budgets (G5): 300/s
 * for as long as they come; p99 250 ms at 200/s.
 *
 * The disk says what is possible: as many commits a second as it takes, one after the other.
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { becomes } from '../test/faults/crowd.ts'
import { readProxyRows } from '../test/faults/proxy-rows.ts'
import type { Notification } from '../sandbox/index.ts'
import { isPaidFor } from '../protocol/status.ts'
import { commitsPerSecond } from './disk.ts'
import { percentile, printFigures } from './figures.ts'
import { openLine, request } from './line.ts'
import type { Line } from './line.ts'
import { agePayments, makeNotifications } from './notifications.ts'
import { createStand } from './stand.ts'

const SCALE = Number(process.env['SCALE'] ?? 1)
const COUNTS = { paycrypto: 2000 * SCALE, lipaykripto: 2000 * SCALE, lincoln: 500 * SCALE }
const PACE = 200
const PACED_MS = 5000
const WARM_UP = 200
const LINES = 64
const PATIENCE_MS = 120_000
const now = (): number => performance.now()

const stand = await createStand()
const maker = await stand.startProxy()
const notifications = await makeNotifications(stand, COUNTS)
await maker.stop()
agePayments(stand.databaseFile)
const proxy = await stand.startProxy()
const warmUp = notifications.slice(0, WARM_UP)
const paced = notifications.slice(WARM_UP, WARM_UP + (PACE * PACED_MS) / 1000)
const rest = notifications.slice(WARM_UP + paced.length)
const commits = [commitsPerSecond(stand.databaseFile)]

await post(warmUp, PACE)
const slow = await post(paced, PACE)
await sleep(2000)
const cpuBefore = proxy.cpuMs() ?? Number.NaN
const fast = await post(rest, Infinity)
const cpuMs = (proxy.cpuMs() ?? Number.NaN) - cpuBefore
const doneAt = now()
const areKnown = await becomes(areAllPaid, PATIENCE_MS)
const knownMs = now() - doneAt
commits.push(commitsPerSecond(stand.databaseFile))
await stand.close()

printFigures(`G5 durable acknowledgements, ${notifications.length} notifications`, [
  { what: 'a plain SQLite insert on this disk', value: Math.max(...commits), unit: '/s' },
  { what: `p50 at ${PACE}/s`, value: percentile(slow.latencies, 0.5), unit: 'ms' },
  {
    what: `p99 at ${PACE}/s`,
    value: percentile(slow.latencies, 0.99),
    unit: 'ms',
    atMost: 250,
  },
  { what: 'as fast as they are taken', value: fast.perSecond, unit: '/s', atLeast: 300 },
  { what: 'p99 then', value: percentile(fast.latencies, 0.99), unit: 'ms' },
  { what: 'processor for each', value: cpuMs / rest.length, unit: 'ms' },
  { what: 'not acknowledged', value: slow.refused + fast.refused, unit: '', atMost: 0 },
  { what: 'all of them shown as paid after', value: knownMs / 1000, unit: 's' },
  { what: 'not shown as paid', value: areKnown ? 0 : 1, unit: '', atMost: 0 },
])

/** Latencies count from the moment when each was due, so that a stall is not left out. */
async function post(all: readonly Notification[], pace: number) {
  const lines = Array.from({ length: LINES }, () => openLine(stand.port))
  const latencies: number[] = []
  const begin = now()
  let next = 0
  let refused = 0
  const send = async (line: Line): Promise<void> => {
    for (let place = next++; place < all.length; place = next++) {
      const { url, headers, body } = all[place]!
      const dueAt = Number.isFinite(pace) ? begin + (place * 1000) / pace : now()
      if (dueAt > now()) await sleep(dueAt - now())
      const status = await line.ask(request('POST', new URL(url).pathname, headers, body))
      latencies.push(now() - dueAt)
      if (status !== 200) refused += 1
    }
    line.close()
  }
  await Promise.all(lines.map(send))
  return { latencies, refused, perSecond: (all.length * 1000) / (now() - begin) }
}

async function areAllPaid(): Promise<boolean> {
  const { payments } = await readProxyRows(`file:${stand.databaseFile}`)
  return payments.every(({ state }) => isPaidFor(state.status))
}
