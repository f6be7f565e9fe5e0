/**
 * When a provider is left alone. Five failures in a row open it, and then one call every ten seconds
 * finds out whether it is back. Where it asked for quiet (`Retry-After`), nobody calls before the time,
 * in any proxy.
 * @module
 */
import { ProviderError } from './errors.ts'

export interface Breaker {
  /** Runs a call, or throws `provider_unavailable` without making it. */
  guard<T>(call: () => Promise<T>): Promise<T>
  /** The provider asked for quiet: no call for so long. */
  rest(ms: number): void
  /** It failed too often: calls are only made to find out. */
  readonly isOpen: boolean
  /** A call would be made now. */
  readonly canCall: boolean
}

/** A rest that all proxies keep. */
export interface SharedRest {
  read(): Promise<number>
  write(until: number): Promise<void>
}

export interface BreakerOptions {
  readonly shared?: SharedRest
  /** Hears when it opens and when it closes, and then for how long it was open. */
  readonly changed?: (isOpen: boolean, openMs: number) => void
}

const MAX_FAILURES = 5
const PROBE_MS = 10_000
/** However long a provider asks for. */
export const MAX_REST_MS = 5 * 60_000

export function createBreaker(now: () => number, options: BreakerOptions = {}): Breaker {
  const { shared, changed } = options
  let failures = 0
  let probeAt = 0
  let restUntil = 0
  let openedAt = 0
  const isOpen = (): boolean => failures >= MAX_FAILURES
  /** As far as anybody could have set it; further off, it is of a clock that was set back since. */
  const believed = (time: number, mostMs: number): number => (time - now() <= mostMs ? time : 0)
  const isResting = (): boolean => now() < believed(restUntil, MAX_REST_MS)
  const isProbed = (): boolean => now() < believed(probeAt, PROBE_MS)

  function restAtLeast(until: number): void {
    restUntil = Math.max(believed(restUntil, MAX_REST_MS), believed(until, MAX_REST_MS))
  }

  /** Other proxies may have been told to be quiet. A store that fails is no reason not to call. */
  async function listen(): Promise<void> {
    if (shared) restAtLeast(await shared.read().catch(() => 0))
  }

  function count(failed: number): void {
    const wasOpen = isOpen()
    failures = failed
    if (wasOpen === isOpen()) return
    if (isOpen()) openedAt = now()
    changed?.(isOpen(), isOpen() ? 0 : Math.max(0, now() - openedAt))
  }

  function refuse(detail: string, until: number): never {
    throw new ProviderError('provider_unavailable', detail, { retryAfterMs: until - now() })
  }

  return {
    get isOpen() {
      return isOpen()
    },
    get canCall() {
      return !isResting() && !(isOpen() && isProbed())
    },
    rest(ms) {
      restAtLeast(now() + ms)
      shared?.write(restUntil).catch(() => undefined)
    },
    async guard(call) {
      await listen()
      if (isResting()) refuse('asked for quiet', restUntil)
      if (isOpen()) {
        if (isProbed()) refuse('is down, and not asked for a while', probeAt)
        probeAt = now() + PROBE_MS
      }
      try {
        const answer = await call()
        count(0)
        return answer
      } catch (error) {
        if (error instanceof ProviderError && error.code === 'provider_unavailable') {
          count(failures + 1)
          probeAt = now() + PROBE_MS
        } else {
          count(0)
        }
        throw error
      }
    },
  }
}
