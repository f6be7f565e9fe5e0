/**
 * What the proxy decides above the adapters: which methods are offered, and what an observation is
 * worth. Pure functions only; when to ask again is `schedule.ts`.
 * @module
 */
import { addDecimal, compareDecimal, decimalPlaces, shortest } from '../protocol/money.ts'
import type { Money } from '../protocol/money.ts'
import type { Method } from '../protocol/payment.ts'
import { isPaidFor } from '../protocol/status.ts'
import type { ClaimChange } from './aggregate.ts'
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
  return isAbove && isBelow && decimalPlaces(shortest(amount)) <= limit.decimals
}

/**
 * What an update amounts to for this payment. A provider that says "paid" and names less than the
 * price is not believed; money for an order that is paid already is a duplicate; an id that another
 * payment owns proves nothing; and money that nobody proved to have come does not go back.
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
  if (isGoingBack(update) && !isPaidFor(payment.state.status) && !update.assurance) {
    return { ...update, status: 'canceled' }
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

/**
 * What the word about one id that came back amounts to for its payment, beside the others that did.
 * Undefined: nothing. A refusal ends an attempt only if it is the only answer there is; on one that is
 * paid, money alone counts, and it came twice.
 */
export function weigh(
  update: PaymentUpdate,
  claim: string,
  { state, ref, claims }: PaymentRecord,
): PaymentUpdate | undefined {
  if (isPaidFor(state.status)) {
    if (update.status !== 'paid' || claim === ref) return undefined
    return ref === null ? update : addSecond(update, claim, state.received)
  }
  if (update.status !== 'failed') return update
  const isOnly = claims.every((other) => other.ref === claim)
  return isOnly && state.status === 'pending' ? update : undefined
}

function addSecond(update: PaymentUpdate, claim: string, before: Money | null): PaymentUpdate {
  const { received, ...rest } = update
  const both =
    received && before?.currency === received.currency
      ? { ...received, amount: addDecimal(before.amount, received.amount) }
      : received
  const note = `order ${claim} paid it once more`
  return { ...rest, ...(both && { received: both }), reason: 'duplicate', note }
}

/** What becomes of an id that came back, after this word. One that is not this payment's may be another's. */
export function settle(
  { status, reason }: PaymentUpdate,
  ref: string,
  { id: paymentId, claims }: PaymentRecord,
): readonly ClaimChange[] {
  if (status === 'pending' || claims.every((claim) => claim.ref !== ref)) return []
  return [{ paymentId, ref, becomes: reason === 'conflict' ? 'released' : 'settled' }]
}

const isGoingBack = ({ status }: PaymentUpdate): boolean =>
  status === 'refunding' || status === 'refunded'

/** 0 where the two cannot be compared: then the provider's own word decides. */
function compareReceived(received: Money | undefined, price: Money): number {
  return received?.currency === price.currency ? compareDecimal(received.amount, price.amount) : 0
}
