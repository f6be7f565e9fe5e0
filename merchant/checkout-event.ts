/**
 * What a notification of the proxy says. Times are ISO 8601 UTC strings, amounts decimal strings.
 * @module
 */
import type { Money } from '../protocol/money.ts'
import type { Checkout } from '../protocol/payment.ts'
import type { Assurance, PaymentStatus, Reason } from '../protocol/status.ts'

/** One change of a checkout. */
export interface CheckoutEvent {
  /** The `webhook-id`: the same change has the same one at every attempt, for ever. */
  readonly id: string
  readonly type: `checkout.${PaymentStatus}`
  /** When it changed, not when it was sent. */
  readonly timestamp: string
  readonly checkout: DeliveredCheckout
}

/** The checkout as the shopper's page sees it, and what only the merchant is told. */
export interface DeliveredCheckout extends Omit<Checkout, 'serverNow' | 'pollAfterMs'> {
  /** Rises with every change of this checkout. What comes with a lower one is old: ignore it. */
  readonly version: number
  /** As the order brought it. */
  readonly metadata: Readonly<Record<string, string>>
  /** Every attempt that somebody saw, or that has money in it; oldest first. */
  readonly payments: readonly DeliveredPayment[]
}

/** One attempt to pay. */
export interface DeliveredPayment {
  readonly id: string
  readonly provider: string
  readonly methodId: string
  /** The provider's id of it; null where there is none. */
  readonly ref: string | null
  /** What this method charges. */
  readonly price: Money
  readonly status: PaymentStatus
  /** `duplicate`: the order was paid before, and this is the shopper's money once more. */
  readonly reason: Reason | null
  readonly received: Money | null
  /** What stands behind the word "paid"; null before. */
  readonly assurance: Assurance | null
  readonly paidAt: string | null
}
