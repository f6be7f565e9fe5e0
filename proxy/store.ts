/**
 * What the proxy asks of a store. One implementation (`stores/kysely-store.ts`) serves SQLite and
 * PostgreSQL; `storeSuite` holds both to this.
 *
 * Every change of a checkout is one transaction: its facts, its payments and its new version.
 * @module
 */
import type { PaymentStatus } from '../protocol/status.ts'
import type { Change } from './aggregate.ts'
import type { Aggregate, CheckoutRecord, PayoutRecord } from './records.ts'

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

/** Questions a decision may ask inside its transaction. */
export interface Inside {
  /** The payment that a provider's ref belongs to, for ever. */
  ownerOfRef(provider: string, ref: string): Promise<string | undefined>
}

/** Looks at a checkout and says what to add; undefined leaves it as it is. */
export type Decide = (
  aggregate: Aggregate,
  inside: Inside,
) => Change | undefined | Promise<Change | undefined>

export interface CheckoutQuery {
  readonly status?: PaymentStatus
  readonly orderId?: string
  /** The `id` that the previous page ended with. */
  readonly cursor?: string
  readonly limit: number
}

export interface Store {
  /** Brings the schema up to date, once however many start together. */
  migrate(): Promise<void>
  /** Throws where the store cannot be reached. */
  ping(): Promise<void>
  close(): Promise<void>

  /** The order's checkout: `fresh`, or the one that its source and order id already have. */
  findOrCreateCheckout(fresh: CheckoutRecord): Promise<{ checkout: CheckoutRecord; isNew: boolean }>
  readSnapshot(id: string): Promise<CheckoutSnapshot | undefined>
  read(id: string): Promise<Aggregate | undefined>
  list(query: CheckoutQuery): Promise<readonly CheckoutRecord[]>

  /**
   * Changes a checkout under a lock; returns it as it is afterwards, or undefined where there is none.
   * `decide` may run again when another proxy was faster.
   */
  change(id: string, now: number, decide: Decide): Promise<Aggregate | undefined>

  /** The payment that a return token belongs to. */
  findByReturn(hash: string): Promise<PaymentKey | undefined>
  /** The payment that a webhook token belongs to. */
  findByWebhook(hash: string): Promise<PaymentKey | undefined>
  /** A provider's payment, by our id or by the provider's. */
  findPayment(
    provider: string,
    by: { paymentId?: string; ref?: string },
  ): Promise<PaymentKey | undefined>

  /** Payments whose time to be looked at has come, oldest first. */
  listDue(now: number, limit: number): Promise<readonly PaymentKey[]>
  /** True for the one caller that may ask the provider now; false within `gapMs` of the last. */
  claimCheck(paymentId: string, now: number, gapMs: number): Promise<boolean>
  /** When the worker is to look again; nothing else changes. */
  scheduleCheck(paymentId: string, nextCheckAt: number | null): Promise<void>

  /** Notes a provider's event by its id. `changed`: the id was there with another content. */
  noteEvent(
    provider: string,
    eventId: string,
    digest: string,
    now: number,
  ): Promise<'new' | 'seen' | 'changed'>

  /**
   * Takes the lease of this name until `now + ttlMs` and returns its counter, raised by one and to at
   * least `now`; undefined while another holder has it.
   */
  takeLease(name: string, holder: string, now: number, ttlMs: number): Promise<number | undefined>
  releaseLease(name: string, holder: string): Promise<void>

  readonly payouts: PayoutStore
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
