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
import type { Breaker } from './breaker.ts'
import type { Log } from './log.ts'
import type { PayoutProvider } from './payout.ts'
import type { PrivateData } from './vault.ts'
import type { WebhookReceiver } from './webhook.ts'

/** What an adapter is given by the proxy. */
export interface ProviderContext {
  readonly fetch: typeof fetch
  /** Epoch milliseconds. */
  readonly now: () => number
  readonly log: Log
  /** Stops asking a provider that is down; shared by all calls of one adapter. */
  readonly breaker: Breaker
  /**
   * Runs `task` while nobody else in any proxy runs one of the same name, with a number that rises with
   * every turn and is never behind the clock (epoch milliseconds).
   */
  readonly inTurn: InTurn
}

export type InTurn = <T>(name: string, task: (turn: number) => Promise<T>) => Promise<T>

/** Makes the adapter; the proxy calls it once at start. */
export type CreateProvider = (context: ProviderContext) => Provider

/** What an adapter's options become. */
export type ProviderFactory = CreateProvider & {
  /** The provider's, before it is made. */
  readonly id: string
  /** Values that must never be logged or answered. */
  readonly secrets: readonly string[]
}

/** A payment provider, as the proxy sees it. */
export interface Provider {
  readonly id: string
  /** It moves no real money as configured. */
  readonly isTest: boolean
  /** Settings that stand on an inference, since no document settles them. */
  readonly assumptions: readonly string[]
  /** What it offers now; asked live where the provider has such a call, and cached by the proxy. */
  listMethods(): Promise<readonly ProviderMethod[]>
  /** Makes a payment. Never retried: a `ProviderError` says whether it may have happened. */
  createPayment(payment: NewPayment): Promise<CreatedPayment>
  /**
   * Asks for the truth; undefined where the provider has nothing to say of it. Of a claim, all but
   * `pending` is final; undefined and `conflict` say that it is not this payment's.
   */
  getPayment?(payment: PaymentRef): Promise<PaymentUpdate | undefined>
  /**
   * The answer to `createPayment` was lost: what became of it, by our id. Null: there is no such payment
   * there. Undefined: it cannot be told. Absent where the provider has no way to find one.
   */
  findPayment?(payment: PaymentRef): Promise<PaymentUpdate | null | undefined>
  /**
   * All payments made between two times (epoch milliseconds, a day apart), each with its status as
   * `PaymentUpdate.providerStatus` has it: heals what an outage of the notifications left unsaid.
   */
  listRecent?(from: number, to: number): Promise<readonly RecentPayment[]>
  /**
   * The provider's id that a returning browser names; undefined where it names none. It is a claim, kept
   * and asked about by `getPayment` until there is a final answer. Absent where returns carry no id.
   */
  parseReturn?(visit: ReturnVisit): string | undefined
  cancelPayment?(payment: PaymentRef): Promise<PaymentUpdate>
  /** The shopper says "I have paid", and the provider wants to be told. */
  confirmSent?(payment: PaymentRef): Promise<void>
  /** The provider's own QR image. */
  getQrImage?(payment: PaymentRef): Promise<ProviderImage>
  readonly webhook?: WebhookReceiver
  /** The provider's own thresholds, asked live. */
  getLimits?(): Promise<readonly Limits[]>
  /** The provider's own history, by its own filters; personal data only where asked for. */
  listPayments?(query: HistoryQuery): Promise<HistoryPage>
  /** How that history is read. */
  readonly history?: HistoryWords
  /** Asks the provider to send a test notification to its configured address. */
  testWebhook?(): Promise<void>
  readonly payouts?: PayoutProvider
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
export interface ProviderMethod extends Omit<Method, 'price' | 'limits'> {
  /** What it charges in, and how much: ISO 4217 codes or asset symbols. */
  readonly limits: readonly Limits[]
}

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
  /** Where the provider may notify us of this payment alone: an unguessable address. */
  readonly webhookUrl: string
  /** A random text of this payment's own, for providers that want one; stored encrypted. */
  readonly secret: string
}

export interface CreatedPayment {
  /** The provider's id of the payment, where it gives one at once. */
  readonly ref?: string
  readonly status: PaymentStatus
  readonly providerStatus: string
  readonly nextAction: NextAction
  /** When the provider stops accepting it, epoch milliseconds. */
  readonly expiresAt: number
  /** What the adapter needs later and nobody may read. */
  readonly private?: PrivateData
  /** The webhook URL stands where the shopper can read it: what comes there proves nothing. */
  readonly isWebhookExposed?: boolean
}

/** A payment that exists, as an adapter needs it to ask about it. */
export interface PaymentRef {
  readonly paymentId: string
  readonly ref: string | null
  /** The id that came back and is asked about now; null where the question is about `ref`. */
  readonly claim: string | null
  /** When that came back, epoch milliseconds. */
  readonly claimedAt?: number
  readonly price: Money
  readonly method: Method
  readonly nextAction: NextAction | null
  readonly createdAt: number
  /** When the provider stops accepting it, epoch milliseconds; null where that is not known. */
  readonly expiresAt: number | null
  /** What `createPayment` asked to remember. */
  readonly private: PrivateData
  readonly secret: string
  readonly isWebhookExposed: boolean
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
  readonly status: PaymentStatus
  readonly reason?: Reason
  /** All that has arrived so far. */
  readonly received?: Money
  readonly assurance?: Assurance
  readonly providerStatus: string
  /** For the history: what differed. Never a secret. */
  readonly note?: string
  /** The provider names another address than the one that the shopper was shown. */
  readonly isAddressChanged?: true
}

/** A payment in a provider's list. */
export interface RecentPayment {
  readonly paymentId: string
  readonly providerStatus: string
}

export interface ProviderImage {
  readonly type: string
  readonly body: Uint8Array<ArrayBuffer>
}

/** The provider's own filters, as its document names them. */
export interface HistoryQuery {
  readonly filters: Readonly<Record<string, string>>
  /** Keep shoppers' and people's names, addresses and numbers in the answer. */
  readonly withPersonalData: boolean
}

/** A provider's history, in its own words. */
export interface HistoryWords {
  /** What it can be narrowed by. */
  readonly filters: readonly string[]
  /** What of a record says the most, the provider's id first; with blanks between, what is read as one. */
  readonly columns: readonly string[]
  /** Where a record has our payment's id. */
  readonly paymentId: string
}

export interface HistoryPage {
  readonly payments: readonly Readonly<Record<string, unknown>>[]
  readonly page: number | null
  readonly pages: number | null
  readonly total: number | null
}
