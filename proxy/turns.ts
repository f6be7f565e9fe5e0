/**
 * One at a time, over all proxies: for providers whose requests must arrive in order.
 * @module
 */
import { randomUUID } from 'node:crypto'
import { ProviderError } from './errors.ts'
import type { InTurn } from './provider.ts'
import type { Store } from './store.ts'

/** A turn is renewed while its task runs, so that it only lapses with the process that held it. */
const TURN_MS = 4000
const RENEW_MS = 1000
const STEP_MS = 25
const PATIENCE_MS = 15_000

export function createTurns(store: Store, now: () => number): InTurn {
  const queues = new Map<string, Promise<unknown>>()

  async function take(name: string, holder: string): Promise<number> {
    const until = performance.now() + PATIENCE_MS
    for (;;) {
      const turn = await store.takeLease(name, holder, now(), TURN_MS)
      if (turn !== undefined) return turn
      if (performance.now() > until) {
        throw new ProviderError('provider_unavailable', 'is busy with our own calls')
      }
      await new Promise((resolve) => setTimeout(resolve, STEP_MS))
    }
  }

  async function run<T>(name: string, task: (turn: number) => Promise<T>): Promise<T> {
    const holder = randomUUID()
    const turn = await take(name, holder)
    const renewing = setInterval(() => {
      store.renewLease(name, holder, now() + TURN_MS).catch(() => undefined)
    }, RENEW_MS)
    try {
      return await task(turn)
    } finally {
      clearInterval(renewing)
      await store.releaseLease(name, holder)
    }
  }

  return (name, task) => {
    // Those of this process line up here, so that they do not all knock at the store.
    const before = queues.get(name) ?? Promise.resolve()
    const mine = before.then(
      () => run(name, task),
      () => run(name, task),
    )
    queues.set(
      name,
      mine.catch(() => undefined),
    )
    return mine
  }
}
