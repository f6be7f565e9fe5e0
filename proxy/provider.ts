/**
 * The contract between the proxy and a payment provider.
 *
 * An adapter translates: it signs, sends, and turns the answer into our vocabulary. It holds no
 * policy, no store, no web framework and no state but a memoised token. An optional method is the
 * capability: an adapter that cannot cancel has no `cancelPayment`.
 * @module
 */
import type { Money } from '../protocol/money.ts'
import type { Method, NextAction } from '../protocol/payment.ts'
import type { Assurance, PaymentStatus, Reason } from '../protocol/status.ts'
import type { Log } from './log.ts'

/** What an adapter is given by the proxy. */
export interface ProviderContext {
  readonly fetch: typeof fetch
  /** Epoch milliseconds. */
  readonly now: () => number
  readonly log: Log
}

/** Makes the adapter; the proxy calls it once at start. */
export type CreateProvider = (context: ProviderContext) => Provider

/** What an adapter's options become. */
export type ProviderFactory = CreateProvider & {
  /** Values that must never be logged or answered. */
  readonly secrets: readonly string[]
}

/** A payment provider, as the proxy sees it. */
export interface Provider {
  readonly id: string
  /** It moves no real money as configured. */
  readonly isTest: boolean
  /** What it charges in, and how much: ISO 4217 codes or asset symbols. */
  readonly limits: readonly Limits[]
  listMethods(): Promise<readonly ProviderMethod[]>
  /** Makes a payment. Never retried: a `ProviderError` says whether it may have happened. */
  createPayment(payment: NewPayment): Promise<CreatedPayment>
  /** Asks for the truth; undefined where the provider has nothing to say of it yet. */
  getPayment?(payment: PaymentRef): Promise<PaymentUpdate | undefined>
  /** The shopper's browser came back. What it carries is a claim until the provider confirms it. */
  completeReturn?(payment: PaymentRef, visit: ReturnVisit): Promise<PaymentUpdate | undefined>
  cancelPayment?(payment: PaymentRef): Promise<PaymentUpdate>
}

/** What a provider takes in one currency. */
export interface Limits {
  readonly currency: string
  readonly min?: string
  readonly max?: string
  /** `min` and `max` themselves are refused. */
  readonly isExclusive?: boolean
  /** Digits after the point that it can express; more is not offered, never rounded. */
  readonly decimals: number
}

/** A method before an order's price is known. */
export type ProviderMethod = Omit<Method, 'price' | 'limits'>

/** Everything an adapter may use to make a payment. */
export interface NewPayment {
  /** Ours; unique for ever, 32 hex characters. */
  readonly paymentId: string
  readonly orderId: string
  readonly description: string | null
  readonly price: Money
  readonly method: Method
  readonly fields: Readonly<Record<string, string>>
  readonly customer: Readonly<Record<string, string>>
  readonly locale: string | null
  /** Where the shopper comes back to: the proxy, under a token of this payment's own. */
  readonly returnUrl: string
}

export interface CreatedPayment {
  /** The provider's id of the payment, where it gives one at once. */
  readonly ref?: string
  readonly status: PaymentStatus
  readonly providerStatus: string
  readonly nextAction: NextAction
  /** When the provider stops accepting it, epoch milliseconds. */
  readonly expiresAt: number
}

/** A payment that exists, as an adapter needs it to ask about it. */
export interface PaymentRef {
  readonly paymentId: string
  readonly ref: string | null
  /** A ref that a returning browser claimed and nobody has confirmed yet. */
  readonly claim: string | null
  readonly price: Money
  readonly method: Method
  readonly nextAction: NextAction | null
  readonly createdAt: number
}

/** What came back on the return URL: the part of the path after our token, and the query. */
export interface ReturnVisit {
  readonly path: string
  readonly query: URLSearchParams
}

/** One observation, from a poll, a webhook or a return: all of them take this one shape. */
export interface PaymentUpdate {
  /** The provider's id, proven to be this payment's. */
  readonly ref?: string
  /** The provider's id as the shopper's browser named it, to be asked about again. */
  readonly claim?: string
  readonly status: PaymentStatus
  readonly reason?: Reason
  /** All that has arrived so far. */
  readonly received?: Money
  readonly assurance?: Assurance
  readonly providerStatus: string
  /** For the history: what differed. Never a secret. */
  readonly note?: string
}
