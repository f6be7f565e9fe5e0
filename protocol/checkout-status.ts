/**
 * The status of a checkout, derived from its payments.
 * @module
 */
import { isOpen, isPaidFor } from './status.ts'
import type { PaymentStatus, Reason } from './status.ts'

/** What the checkout's status depends on, of one payment. */
export interface Attempt {
  readonly status: PaymentStatus
  readonly reason: Reason | null
  /** The shopper was given something to pay: an address or a page. */
  readonly isShown: boolean
  /** Another method was picked after it. */
  readonly isSuperseded: boolean
}

/** `status` of the checkout, and the reason of the attempt that decided it. */
export interface CheckoutState {
  readonly status: PaymentStatus
  readonly reason: Reason | null
}

/** Nobody saw it: it does not count, unless money came to it all the same. */
const counts = ({ isShown, status }: Attempt): boolean => isShown || isPaidFor(status)

/**
 * Paid if any attempt is paid; otherwise what the active attempt says; otherwise what an older one
 * says that may have money in it. After attempts that ended with nothing it is `pending` again, until
 * the checkout itself ends. `attempts` come oldest first.
 */
export function projectCheckout(
  attempts: readonly Attempt[],
  end: 'expired' | 'canceled' | null,
): CheckoutState {
  const shown = attempts.filter(counts)
  const decisive =
    shown.find((a) => a.status === 'paid' && a.reason !== 'duplicate') ??
    shown.find((a) => isPaidFor(a.status) && a.reason !== 'duplicate') ??
    shown.find((a) => isPaidFor(a.status)) ??
    shown.findLast((a) => !a.isSuperseded && isOpen(a.status)) ??
    shown.findLast((a) => a.status === 'review' || a.status === 'processing')
  if (decisive) return { status: decisive.status, reason: decisive.reason }
  return { status: end ?? 'pending', reason: null }
}
