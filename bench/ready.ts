/**
 * `npm run bench:ready`: from starting the built proxy until `/readyz` says 200 for the first time, on a
 * store with data: after a goodbye, and after a SIGKILL in the middle of reads and writes that go on
 * meanwhile. Budget (G4): p50 300 ms, at most 1 s.
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Shown } from '../test/faults/flows.ts'
import type { ServerProcess } from './child.ts'
import { percentile, printFigures } from './figures.ts'
import type { Figure } from './figures.ts'
import { openLine, request } from './line.ts'
import { seedPayments } from './seed.ts'
import { createStand } from './stand.ts'
import type { Stand } from './stand.ts'

const STARTS = Number(process.env['STARTS'] ?? 20)
const EACH = Number(process.env['PAYMENTS'] ?? 200)
const POLLERS = 50
const WRITERS = 4
const LIFE_MS = 700
const ASK_AGAIN_MS = 2

const stand = await createStand()
let proxy = await stand.startProxy()
const shown = await seedPayments(stand, {
  redoya: EACH,
  cryptom: EACH,
  lipaykripto: EACH,
  paycrypto: EACH,
  lincoln: EACH,
})

const stopped = await restart((running) => running.stop())
const load = startLoad(stand, shown)
const killed = await restart((running) => running.kill())
await load.stop()
await stand.close()

printFigures(`G4 restart to ready, ${shown.length} payments in the store`, [
  ...figures('stopped', stopped),
  ...figures('killed under load', killed),
  { what: 'answers to the load', value: load.answers, unit: '' },
])

async function restart(end: (running: ServerProcess) => Promise<void>): Promise<number[]> {
  const times: number[] = []
  while (times.length < STARTS) {
    await sleep(LIFE_MS)
    await end(proxy)
    const begin = performance.now()
    const starting = stand.startProxy()
    await untilReady(stand.port)
    times.push(performance.now() - begin)
    proxy = await starting
  }
  return times
}

async function untilReady(port: number): Promise<void> {
  const line = openLine(port)
  const ready = request('GET', '/readyz')
  while ((await line.ask(ready)) !== 200) await sleep(ASK_AGAIN_MS)
  line.close()
}

function figures(how: string, times: readonly number[]): Figure[] {
  return [
    { what: `${how}, p50`, value: percentile(times, 0.5), unit: 'ms', atMost: 300 },
    { what: `${how}, max`, value: Math.max(...times), unit: 'ms', atMost: 1000 },
  ]
}

/** Browsers that poll and shoppers who pick, whether or not anybody is there. */
function startLoad({ port, shoppers }: Stand, payments: readonly Shown[]) {
  const over = new AbortController()
  let answers = 0

  async function poll(place: number): Promise<void> {
    const line = openLine(port)
    const look = request('GET', `/v1/checkouts/${payments[place]?.checkoutId}`)
    while (!over.signal.aborted) {
      if ((await line.ask(look)) === 200) answers += 1
      await sleep(20)
    }
    line.close()
  }

  async function write(name: number): Promise<void> {
    for (let order = 0; !over.signal.aborted; order += 1) {
      await shoppers.open({ orderId: `L-${name}-${order}`, amount: '300.00', currency: 'TRY' })
    }
  }

  const running = [
    ...Array.from({ length: POLLERS }, (_, place) => poll(place)),
    ...Array.from({ length: WRITERS }, (_, name) => write(name)),
  ]
  return {
    get answers() {
      return answers
    },
    async stop() {
      over.abort()
      await Promise.all(running)
    },
  }
}
