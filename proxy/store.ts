/**
 * What the proxy asks of a store. One implementation (`stores/kysely-store.ts`) serves SQLite and
 * PostgreSQL; `storeSuite` holds both to this.
 *
 * Every change of a checkout is one transaction: its facts, its payments and its new version.
 * @module
 */
import type { PriceSource } from '../protocol/payment.ts'
import type { PaymentStatus } from '../protocol/status.ts'
import type { Change } from './aggregate.ts'
import type {
  Aggregate,
  CheckoutRecord,
  DeliveryRecord,
  DeliveryStatus,
  PayoutRecord,
  SigningKeyRecord,
} from './records.ts'

/** The hot path: what a polling browser needs, in one read. */
export interface CheckoutSnapshot {
  readonly version: number
  /** A `CheckoutView` as JSON text. */
  readonly view: string
  readonly status: PaymentStatus
  readonly updatedAt: number
  readonly expiresAt: number
  /** A payment of it may change without the shopper: a reader may make us look. */
  readonly isWatched: boolean
}

/** Questions a decision may ask of the store. */
export interface Inside {
  /** The payment that a provider's ref belongs to, for ever: it was proven, or came back there first. */
  ownerOfRef(provider: string, ref: string): Promise<string | undefined>
}

/** Looks at a checkout and says what to add; undefined leaves it as it is. */
export type Decide = (
  aggregate: Aggregate,
  inside: Inside,
) => Change | undefined | Promise<Change | undefined>

/**
 * What a change makes beside the new rows, inside its transaction: the receipt once it is paid, and what
 * the merchant is to be told.
 */
export type Publish = (
  before: Aggregate,
  after: Aggregate,
) => Promise<{ readonly receipt: string | null; readonly delivery?: DeliveryRecord }>

export interface CheckoutQuery {
  /** Only those with a payment that a person has to look at. */
  readonly needsPerson?: boolean
  readonly status?: PaymentStatus
  readonly orderId?: string
  /** The `id` that the previous page ended with. */
  readonly cursor?: string
  readonly limit: number
}

export interface Store {
  /** Brings the schema up to date, once however many start together. */
  migrate(): Promise<void>
  /** Throws where nothing can be written at the moment. */
  ping(now: number): Promise<void>
  close(): Promise<void>
  /** Notes what time it is, and returns what was noted last, by whichever proxy; `now` where nothing was. */
  noteTime(now: number): Promise<number>
  /** The clock was set back: whatever waits for a time to come is due now. */
  clockSetBack(now: number): Promise<void>

  /**
   * The order's checkout: `fresh`, or the one that its source and order id already have. `token` and `merchant`
   * are one source here: both are the merchant's word.
   */
  findOrCreateCheckout(fresh: CheckoutRecord): Promise<{ checkout: CheckoutRecord; isNew: boolean }>
  /** The checkout that a source's order already has. */
  findByOrder(source: PriceSource, orderId: string): Promise<CheckoutRecord | undefined>
  readSnapshot(id: string): Promise<CheckoutSnapshot | undefined>
  /** All of it, as of one moment. */
  read(id: string): Promise<Aggregate | undefined>
  list(query: CheckoutQuery): Promise<readonly CheckoutRecord[]>
  /** Checkouts that are still pending after their time, with nothing under way. */
  listOverdue(now: number, limit: number): Promise<readonly string[]>

  /**
   * Changes a checkout under a lock; returns it as it is afterwards, or undefined where there is none.
   * `decide` may be asked before the lock is taken, and again where another proxy was faster: only what it
   * said last counts.
   */
  change(id: string, now: number, decide: Decide, publish?: Publish): Promise<Aggregate | undefined>

  /** The payment that a return token belongs to. */
  findByReturn(hash: string): Promise<PaymentKey | undefined>
  /** The payment that a webhook token belongs to. */
  findByWebhook(hash: string): Promise<PaymentKey | undefined>
  /** A provider's payment, by our id or by the provider's. */
  findPayment(
    provider: string,
    by: { paymentId?: string; ref?: string },
  ): Promise<PaymentKey | undefined>

  /** What is waiting, but for checks of the providers in `except`. */
  readFigures(now: number, except: readonly string[]): Promise<Figures>

  readonly checks: CheckStore

  /**
   * Takes the lease of this name until `now + ttlMs` and returns its counter, raised by one and to at
   * least `now`; undefined while another holder has it.
   */
  takeLease(name: string, holder: string, now: number, ttlMs: number): Promise<number | undefined>
  /** The holder goes on until `until`. */
  renewLease(name: string, holder: string, until: number): Promise<void>
  releaseLease(name: string, holder: string): Promise<void>
  /** Nobody in any proxy is to do what `name` says before `until`; a later time stands. */
  rest(name: string, until: number): Promise<void>
  /** Until when; 0 where nobody asked for it. */
  restUntil(name: string): Promise<number>

  readonly payouts: PayoutStore
  readonly deliveries: DeliveryStore
  readonly signingKeys: SigningKeyStore
}

/** How many wait, and since when, epoch milliseconds; null where none does. */
export interface Waiting {
  readonly count: number
  readonly since: number | null
}

export interface Figures {
  /** Notifications that the merchant has not taken, and that were not given up. */
  readonly deliveries: Waiting
  /** Payments whose time to be looked at has come. */
  readonly checks: Waiting
  /** Checkouts that a person has to decide, since what was last heard of their payments. */
  readonly persons: Waiting
}

/** When payments are looked at, and by whom. */
export interface CheckStore {
  /**
   * Takes payments whose time to be looked at has come, oldest first: nobody else gets them before
   * `now + holdMs`. `except` names providers that cannot be asked at the moment.
   */
  claimDue(claim: {
    readonly now: number
    readonly limit: number
    readonly holdMs: number
    readonly except: readonly string[]
  }): Promise<readonly PaymentKey[]>
  /** True for the one caller that may ask the provider now; false within `gapMs` of the last. */
  claimQuestion(paymentId: string, now: number, gapMs: number): Promise<boolean>
  /**
   * The look is over. `seenHint` is the hint that it began with, `seenClaims` how many ids without a final
   * answer it knew of, `seenStatus` what it left the payment as, `isAnswered` whether the provider had a word
   * to it; a hint, an id or a change that came meanwhile keeps itself and its own time.
   */
  finish(
    paymentId: string,
    end: {
      readonly nextCheckAt: number | null
      readonly seenHint: number | null
      readonly seenClaims: number
      readonly seenStatus: PaymentStatus
      readonly isAnswered: boolean
    },
  ): Promise<void>
  /**
   * The provider says that something happened: the payment is due now. With `event`, the provider's own
   * id of it, in the same transaction: `seen` was there already and changes nothing; `changed` was there
   * with another content.
   */
  hint(
    paymentId: string,
    now: number,
    event?: { readonly provider: string; readonly id: string; readonly digest: string },
  ): Promise<'new' | 'seen' | 'changed'>
  /** A provider's payments since `since`, by its ref: what each was when it was last heard of. */
  listKnown(
    provider: string,
    since: number,
  ): Promise<readonly (PaymentKey & { readonly providerStatus: string | null })[]>
}

/** What the merchant is told, and was. */
export interface DeliveryStore {
  /** Takes those whose time has come; nobody else gets them before `now + holdMs`. */
  claim(now: number, limit: number, holdMs: number): Promise<readonly DeliveryRecord[]>
  /** Takes one that failed, of the least attempts, whether or not its time has come. */
  claimProbe(now: number, holdMs: number): Promise<DeliveryRecord | undefined>
  /** How an attempt ended. What was begun anew since, another attempt decides; but taken is taken. */
  finish(
    attempt: Pick<DeliveryRecord, 'id' | 'attempts'>,
    end: Pick<DeliveryRecord, 'status' | 'nextAt' | 'answer' | 'deliveredAt'>,
  ): Promise<void>
  /** The merchant answers again: whatever failed before is due. */
  bringForward(now: number): Promise<void>
  /** Sends it again from the beginning; undefined where there is none. */
  redeliver(id: string, now: number, expiresAt: number): Promise<DeliveryRecord | undefined>
  list(query: DeliveryQuery): Promise<readonly DeliveryRecord[]>
}

export interface DeliveryQuery {
  readonly status?: DeliveryStatus
  readonly checkout?: string
  readonly cursor?: string
  readonly limit: number
}

export interface SigningKeyStore {
  /** Oldest first. */
  list(): Promise<readonly SigningKeyRecord[]>
  insert(key: SigningKeyRecord): Promise<void>
}

/** Payouts: one record for each of the merchant's request ids, ever. */
export interface PayoutStore {
  /** `check` sees what was paid out since `since` (all but failed), in the same transaction; it may throw. */
  insert(
    fresh: PayoutRecord,
    since: number,
    check: (recent: readonly PayoutRecord[]) => void,
  ): Promise<{ payout: PayoutRecord; isNew: boolean }>
  find(requestId: string): Promise<PayoutRecord | undefined>
  findByWebhook(hash: string): Promise<PayoutRecord | undefined>
  /** Changes one under a lock. */
  change(
    requestId: string,
    decide: (payout: PayoutRecord) => Partial<PayoutRecord> | undefined,
  ): Promise<PayoutRecord | undefined>
  list(limit: number): Promise<readonly PayoutRecord[]>
}

/** Which payment of which checkout. */
export interface PaymentKey {
  readonly checkoutId: string
  readonly paymentId: string
}
