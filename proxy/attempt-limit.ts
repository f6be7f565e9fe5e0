/**
 * How much a checkout may reserve at providers: a wallet's address that waits for money, an order there.
 * Counted from what is written down, so that it holds for many proxies and after a restart.
 * @module
 */
import { isOpen } from '../protocol/status.ts'
import { ProxyError } from './errors.ts'
import type { Aggregate, PaymentRecord } from './records.ts'
import { isLost } from './schedule.ts'

const ATTEMPTS_MS = 15 * 60_000

/**
 * Throws `too_many_attempts` where one more would be too much: beside `max - 1` that were begun lately and
 * still hold something. One whose answer was lost may hold something, and counts half: a provider that is
 * down must not lock the shopper out of all.
 */
export function checkAttempts({ payments }: Aggregate, max: number, now: number): void {
  const recent = payments.filter(({ createdAt }) => now - createdAt < ATTEMPTS_MS)
  let room = max - 1
  for (const payment of recent.filter(isHolding).toReversed()) {
    room -= isLost(payment) ? 0.5 : 1
    if (room >= 0) continue
    throw new ProxyError('too_many_attempts', 'go on with one that was begun, or wait', {
      retryAfterMs: payment.createdAt + ATTEMPTS_MS - now,
    })
  }
}

/** Open, and at the provider: a link of ours that it has not heard of holds nothing there. */
const isHolding = ({ state, ref, nextAction }: PaymentRecord): boolean =>
  isOpen(state.status) && (ref !== null || nextAction === null)
