/**
 * One at a time, over all proxies: for providers whose requests must arrive in order.
 * @module
 */
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { ProviderError } from './errors.ts'
import type { InTurn } from './provider.ts'
import type { Store } from './store.ts'

/** A turn is renewed while its task runs, so that it only lapses with the process that held it. */
const TURN_MS = 4000
const RENEW_MS = 1000
const STEP_MS = 25
const PATIENCE_MS = 15_000

/** `patienceMs`: whoever has not had his turn by then is refused, or a slow provider's queue would only grow. */
export function createTurns(
  store: Store,
  now: () => number,
  patienceMs: number = PATIENCE_MS,
): InTurn {
  const queues = new Map<string, Promise<unknown>>()

  async function take(name: string, holder: string, until: number): Promise<number> {
    while (performance.now() <= until) {
      const turn = await store.takeLease(name, holder, now(), TURN_MS)
      if (turn !== undefined) return turn
      await sleep(STEP_MS)
    }
    throw new ProviderError('provider_unavailable', 'is busy with our own calls')
  }

  async function run<T>(
    name: string,
    task: (turn: number) => Promise<T>,
    until: number,
  ): Promise<T> {
    const holder = randomUUID()
    const turn = await take(name, holder, until)
    const renewing = setInterval(() => {
      store.renewLease(name, holder, now() + TURN_MS).catch(() => undefined)
    }, RENEW_MS)
    try {
      return await task(turn)
    } finally {
      clearInterval(renewing)
      // Where that fails it lapses by itself; the answer is not to be lost for it.
      await store.releaseLease(name, holder).catch(() => undefined)
    }
  }

  return (name, task) => {
    // Those of this process line up here, so that they do not all knock at the store.
    const before = queues.get(name) ?? Promise.resolve()
    const until = performance.now() + patienceMs
    const mine = before.then(() => run(name, task, until))
    queues.set(
      name,
      mine.catch(() => undefined),
    )
    return mine
  }
}
