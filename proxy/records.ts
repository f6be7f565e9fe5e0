/**
 * What the store keeps: a checkout, its payments, and the facts observed of each.
 * Times are epoch milliseconds.
 * @module
 */
import type { Money } from '../protocol/money.ts'
import type { Method, NextAction, PriceSource } from '../protocol/payment.ts'
import type { Fact, PaymentState } from '../protocol/projection.ts'
import type { PaymentStatus, Reason } from '../protocol/status.ts'
import type { PayoutStatus } from './payout.ts'

export interface CheckoutRecord {
  readonly id: string
  readonly source: PriceSource
  readonly orderId: string
  readonly prices: readonly Money[]
  readonly description: string | null
  readonly locale: string | null
  readonly customer: Readonly<Record<string, string>>
  readonly urls: PageUrls
  readonly metadata: Readonly<Record<string, string>>
  readonly methods: readonly Method[]
  readonly isTest: boolean
  readonly status: PaymentStatus
  readonly reason: Reason | null
  /** The merchant took the order back: nothing new may be started. */
  readonly isCanceled: boolean
  /** The signed receipt, from the moment it was paid. */
  readonly receipt: string | null
  /** Rises by one with every change: the ETag. */
  readonly version: number
  readonly expiresAt: number
  readonly createdAt: number
  readonly updatedAt: number
}

/** The merchant's pages to go on to. */
export interface PageUrls {
  readonly success?: string
  readonly fail?: string
  readonly cancel?: string
  readonly pending?: string
}

export interface PaymentRecord {
  readonly id: string
  readonly checkoutId: string
  readonly provider: string
  readonly method: Method
  readonly price: Money
  readonly ref: string | null
  /** What came back to its return address and has no final answer, oldest first. */
  readonly claims: readonly Claim[]
  readonly nextAction: NextAction | null
  /** The provider can cancel it. */
  readonly isCancelable: boolean
  readonly isShown: boolean
  readonly isSuperseded: boolean
  readonly state: PaymentState
  readonly providerStatus: string | null
  /** SHA-256 of the token in this payment's return URL. */
  readonly returnHash: string
  /** SHA-256 of the token in the URL that the provider notifies of this payment. */
  readonly webhookHash: string
  /** That URL stands where the shopper can read it. */
  readonly isWebhookExposed: boolean
  /** Sealed by the vault: what the adapter needs and nobody may read. */
  readonly private: string
  /** Where the shopper's browser goes after the return, without our parameter. */
  readonly returnPage: string | null
  readonly expiresAt: number | null
  /** When the provider was last asked; null before the first time. */
  readonly checkedAt: number | null
  /** The provider said that something happened, and has not been asked since; null when it has. */
  readonly hintedAt: number | null
  /** When the worker has to look at it again; null when it need not. */
  readonly nextCheckAt: number | null
  readonly createdAt: number
}

/** A provider's id that a returning browser named: its payment's, until the provider says otherwise. */
export interface Claim {
  readonly ref: string
  readonly createdAt: number
}

/** A checkout with everything that belongs to it. Payments come oldest first. */
export interface Aggregate {
  readonly checkout: CheckoutRecord
  readonly payments: readonly PaymentRecord[]
  readonly facts: readonly StoredFact[]
}

export interface StoredFact extends Fact {
  readonly paymentId: string
}

export type DeliveryStatus = 'pending' | 'delivered' | 'failed'

/** One change of a checkout, as the merchant is told it. */
export interface DeliveryRecord {
  /** The `webhook-id`: the same change has the same one for ever. */
  readonly id: string
  readonly checkoutId: string
  readonly version: number
  readonly type: string
  /** What is sent, the same bytes every time. */
  readonly body: string
  readonly status: DeliveryStatus
  readonly attempts: number
  /** When it is tried next; null when it is not. */
  readonly nextAt: number | null
  /** When it is given up. */
  readonly expiresAt: number
  /** What the last attempt got: a status code, or why there was none. */
  readonly answer: string | null
  readonly createdAt: number
  readonly deliveredAt: number | null
}

/** A key that receipts are signed with. */
export interface SigningKeyRecord {
  readonly kid: string
  /** A public JWK, as JSON text: kept for as long as its receipts are to be verified. */
  readonly publicKey: string
  /** The private JWK, sealed by the vault. */
  readonly sealed: string
  readonly createdAt: number
}

/** A merchant's money to a wallet. */
export interface PayoutRecord {
  readonly requestId: string
  readonly provider: string
  readonly amount: string
  readonly currency: string
  readonly asset: string
  readonly address: string
  readonly status: PayoutStatus
  readonly ref: string | null
  readonly providerStatus: string | null
  /** SHA-256 of the token in the URL that the provider notifies of it. */
  readonly webhookHash: string
  readonly createdAt: number
  readonly updatedAt: number
}
