/**
 * Stops calling a provider that is down: five failures in a row open it, and then one call every ten
 * seconds finds out whether it is back.
 * @module
 */
import { ProviderError } from './errors.ts'

export interface Breaker {
  /** Runs a call, or throws `provider_unavailable` without making it. */
  guard<T>(call: () => Promise<T>): Promise<T>
  /** Whether calls are made at the moment. */
  readonly isOpen: boolean
}

const MAX_FAILURES = 5
const PROBE_MS = 10_000

export function createBreaker(now: () => number): Breaker {
  let failures = 0
  let probeAt = 0
  const isOpen = (): boolean => failures >= MAX_FAILURES

  return {
    get isOpen() {
      return isOpen()
    },
    async guard(call) {
      if (isOpen()) {
        if (now() < probeAt) {
          throw new ProviderError('provider_unavailable', 'is down, and not asked for a while', {
            retryAfterMs: probeAt - now(),
          })
        }
        probeAt = now() + PROBE_MS
      }
      try {
        const answer = await call()
        failures = 0
        return answer
      } catch (error) {
        if (error instanceof ProviderError && error.code === 'provider_unavailable') {
          failures += 1
          probeAt = now() + PROBE_MS
        } else {
          failures = 0
        }
        throw error
      }
    },
  }
}
