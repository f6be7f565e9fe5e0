/**
 * What the proxy decides above the adapters: which methods are offered, what an observation is worth,
 * and when to ask again. Pure functions only.
 * @module
 */
import { compareDecimal, decimalPlaces } from '../protocol/money.ts'
import type { Money } from '../protocol/money.ts'
import type { Method } from '../protocol/payment.ts'
import { isOpen, isPaidFor } from '../protocol/status.ts'
import type { Aggregate, PaymentRecord } from './records.ts'
import type { Limits, PaymentUpdate, ProviderMethod } from './provider.ts'

/** A method with the price it would charge, or undefined where no price of the order suits it. */
export function offer(
  { limits, ...method }: ProviderMethod,
  prices: readonly Money[],
): Method | undefined {
  for (const price of prices) {
    const limit = limits.find(({ currency }) => currency === price.currency)
    if (limit && isWithin(limit, price.amount)) {
      const { min = null, max = null } = limit
      return { ...method, price, limits: min === null && max === null ? null : { min, max } }
    }
  }
  return undefined
}

function isWithin(limit: Limits, amount: string): boolean {
  const edge = limit.isExclusive ? 0 : -1
  const isAbove = limit.min === undefined || compareDecimal(amount, limit.min) > edge
  const isBelow = limit.max === undefined || compareDecimal(limit.max, amount) > edge
  return isAbove && isBelow && decimalPlaces(withoutTrailingZeros(amount)) <= limit.decimals
}

/**
 * What an update amounts to for this payment. A provider that says "paid" and names less than the
 * price is not believed; money for an order that is paid already is a duplicate; an id that another
 * payment owns proves nothing.
 */
export function judge(
  update: PaymentUpdate,
  payment: PaymentRecord,
  aggregate: Aggregate,
  isRefTaken: boolean,
): PaymentUpdate {
  if (isRefTaken) {
    const { ref, received: _received, ...rest } = update
    return { ...rest, status: 'review', reason: 'conflict', note: `order ${ref} pays another` }
  }
  if (update.status !== 'paid') return update
  const difference = compareReceived(update.received, payment.price)
  if (difference < 0) return { ...update, status: 'review', reason: 'underpaid' }
  const isPaidElsewhere = aggregate.payments.some(
    (other) => other.id !== payment.id && isPaidFor(other.state.status),
  )
  if (isPaidElsewhere) return { ...update, reason: 'duplicate' }
  return difference > 0 ? { ...update, reason: 'overpaid' } : update
}

/** 0 where the two cannot be compared: then the provider's own word decides. */
function compareReceived(received: Money | undefined, price: Money): number {
  return received?.currency === price.currency ? compareDecimal(received.amount, price.amount) : 0
}

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const WATCHED_FOR = 24 * HOUR

/** Age of what is watched, and how often to ask about it then. */
const PACE: readonly (readonly [age: number, every: number])[] = [
  [2 * MINUTE, 15 * SECOND],
  [10 * MINUTE, 30 * SECOND],
  [HOUR, 2 * MINUTE],
  [6 * HOUR, 10 * MINUTE],
  [WATCHED_FOR, 30 * MINUTE],
]

/** What the worker's schedule depends on. */
export interface Watch {
  readonly payment: PaymentRecord
  readonly now: number
  /** When the payment last changed: its age counts from there. */
  readonly changedAt: number
  readonly canAsk: boolean
}

/**
 * When the worker looks at a payment again, browser or no browser: often at first, thinning out over a
 * day, after an expiry or a cancel too (late money). Null when nobody needs to look any more.
 */
export function nextCheck({ payment, now, changedAt, canAsk }: Watch): number | null {
  const { status } = payment.state
  const canChange = isOpen(status) || status === 'expired' || status === 'canceled'
  const pace = PACE.find(([age]) => now - changedAt < age)
  const ask = canAsk && canChange && pace ? now + pace[1] : null
  const expiry =
    (status === 'pending' || status === 'processing') && payment.expiresAt !== null
      ? Math.max(payment.expiresAt, now + SECOND)
      : null
  if (ask === null || expiry === null) return ask ?? expiry
  return Math.min(ask, expiry)
}

/** At most one look at the provider in this time, however many are watching. */
export const WATCH_GAP_MS = 3000

/** How long a browser waits before it asks us again, by the time since the last change. */
export function pollAfter(status: string, sinceChange: number): number | null {
  if (status === 'paid' || status === 'refunded') return null
  if (status === 'expired') return sinceChange < WATCHED_FOR ? 30 * SECOND : null
  if (sinceChange < 5 * MINUTE) return 2500
  return sinceChange < 15 * MINUTE ? 5 * SECOND : 15 * SECOND
}

const withoutTrailingZeros = (amount: string): string =>
  amount.includes('.') ? amount.replace(/\.?0+$/, '') : amount
