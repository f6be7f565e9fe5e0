/**
 * What the merchant's routes answer, as far as the console shows it (`/openapi.json` has all of it).
 * @module
 */
import type { Money } from '../protocol/money.ts'
import type { Checkout, Payment } from '../protocol/payment.ts'
import type { Fact as ObservedFact } from '../protocol/projection.ts'
import type { Assurance, PaymentStatus, Reason } from '../protocol/status.ts'

/** A row of the list. */
export interface CheckoutRow {
  readonly id: string
  readonly orderId: string
  readonly price: Money
  readonly status: PaymentStatus
  readonly reason: Reason | null
  readonly testMode: boolean
  readonly priceSource: Checkout['priceSource']
  readonly createdAt: string
  readonly updatedAt: string
}

/** What was observed of a payment, from where; `at` as JSON has it. */
export interface Fact extends Omit<ObservedFact, 'at'> {
  readonly at: string
}

export interface Attempt extends Pick<
  Payment,
  'id' | 'methodId' | 'status' | 'reason' | 'received'
> {
  readonly provider: string
  readonly price: Money
  readonly ref: string | null
  readonly assurance: Assurance | null
  readonly providerStatus: string | null
  readonly paidAt: string | null
  readonly facts: readonly Fact[]
}

export interface CheckoutDetail extends CheckoutRow {
  readonly description: string | null
  readonly metadata: Readonly<Record<string, string>>
  readonly expiresAt: string
  readonly receipt: string | null
  readonly url: string
  readonly payments: readonly Attempt[]
}

export interface Delivery {
  readonly id: string
  readonly checkoutId: string
  readonly orderId: string
  readonly type: string
  readonly status: 'pending' | 'delivered' | 'failed'
  readonly attempts: number
  readonly answer: string | null
  readonly nextAt: string | null
  readonly createdAt: string
  readonly deliveredAt: string | null
}

export interface ProviderRow {
  readonly id: string
  readonly testMode: boolean
  readonly isDown: boolean
  readonly capabilities: readonly string[]
  readonly webhook: string | null
  readonly history: HistoryWords | null
  readonly assumptions: readonly string[]
}

/** How a provider's history is read, in its own words. */
export interface HistoryWords {
  readonly filters: readonly string[]
  readonly columns: readonly string[]
  readonly paymentId: string
}

/** A page of it; `ours` has what we know of each, in the same order. */
export interface History {
  readonly payments: readonly Readonly<Record<string, unknown>>[]
  readonly ours: readonly (OurPayment | null)[]
  readonly page: number | null
  readonly pages: number | null
  readonly total: number | null
}

export interface OurPayment {
  readonly checkout: string
  readonly orderId: string
  readonly status: PaymentStatus
  readonly reason: Reason | null
}

export interface Payout {
  readonly requestId: string
  readonly provider: string
  readonly amount: string
  readonly currency: string
  readonly asset: string
  readonly address: string
  readonly status: 'created' | 'pending' | 'review' | 'confirmed' | 'failed' | 'unknown'
  readonly ref: string | null
  readonly providerStatus: string | null
  readonly createdAt: string
  readonly updatedAt: string
}
