/**
 * What changed between two answers, in the words that a page is told.
 * @module
 */
import type { Checkout } from '../../protocol/payment.ts'
import { isOpen, isPaidFor } from '../../protocol/status.ts'
import type { PaymentStatus, Reason } from '../../protocol/status.ts'

/** Where a checkout is now, as a shopper sees it. */
export interface Progress {
  readonly status: PaymentStatus
  readonly reason: Reason | null
}

/** A change worth telling, by the name of its event without the prefix. */
export type Change = 'state' | 'partial' | 'paid' | 'expired' | 'canceled' | 'failed'

const ENDS: readonly string[] = ['expired', 'canceled', 'failed'] satisfies readonly Change[]

/** A checkout is pending again after an attempt ended; the shopper still has to hear of that end. */
export function progressOf({ status, reason, payment }: Checkout): Progress {
  const hasEnded = status === 'pending' && payment !== null && !isOpen(payment.status)
  return hasEnded
    ? { status: payment.status, reason: payment.reason }
    : { status, reason: reason ?? (status === payment?.status ? payment.reason : null) }
}

/**
 * The changes from `before` to `after`, each of them once. What was so already when the page loaded
 * is no change, except that it is paid, and how it ended where the shopper just came back to hear it
 * (`isReturn`).
 */
export function changesBetween(
  before: Checkout | null,
  after: Checkout,
  isReturn: boolean,
): readonly Change[] {
  const [was, is] = [before && progressOf(before), progressOf(after)]
  const isSameAttempt = before?.payment?.id === after.payment?.id
  const changes: Change[] = []
  if (was?.status !== is.status || was.reason !== is.reason || !isSameAttempt) changes.push('state')
  const isPartial = after.payment?.reason === 'underpaid' && after.payment.received
  if (isPartial && isPartial.amount !== before?.payment?.received?.amount) changes.push('partial')
  if (is.status === 'paid' && !(was && isPaidFor(was.status))) changes.push('paid')
  const isNews = before ? was?.status !== is.status || !isSameAttempt : isReturn
  if (isNews && ENDS.includes(is.status)) changes.push(is.status as Change)
  return changes
}
