/**
 * Whether the proxy can do its work: something can be written.
 * @module
 */
import type { Store } from './store.ts'

const READY_MS = 1000

/** Asks the store, once a second at most. */
export function createReadiness(
  store: Pick<Store, 'ping'>,
  now: () => number,
): () => Promise<boolean> {
  let askedAt = 0
  let answer = Promise.resolve(false)
  return () => {
    if (performance.now() - askedAt < READY_MS && askedAt > 0) return answer
    askedAt = performance.now()
    answer = store.ping(now()).then(
      () => true,
      () => false,
    )
    return answer
  }
}
