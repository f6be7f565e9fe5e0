/**
 * When to ask again.
 * @module
 */
import type { EngineState } from './state.ts'

/** What the pace depends on beside what is known. */
interface Pace {
  /** Requests that failed one after another. */
  readonly failures: number
  /** How much longer the proxy has asked to be left alone. */
  readonly putOffMs: number
  readonly serverNow: number
  /** 0 to 1: many tabs must not ask at the same moment. */
  readonly random: number
}

const MAX_BACKOFF_MS = 30_000

/** How long to wait before asking again, milliseconds; null for not at all. */
export function pauseBefore(
  { checkout, error }: EngineState,
  { failures, putOffMs, serverNow, random }: Pace,
): number | null {
  if (error && !error.isTransient && !checkout) return null
  if (failures) {
    const backoff = Math.min(MAX_BACKOFF_MS, 1000 * 2 ** failures)
    return Math.max(putOffMs, backoff * (0.5 + random / 2))
  }
  if (checkout?.pollAfterMs == null) return null
  const delay = checkout.pollAfterMs * (0.9 + random / 5)
  // a quote that ends before the next poll is asked about when it ends
  const left = Date.parse(checkout.payment?.expiresAt ?? '') - serverNow + 500
  return left > 0 && left < delay ? left : delay
}
