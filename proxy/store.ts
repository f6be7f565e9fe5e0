/**
 * What the proxy asks of a store. One implementation (`stores/kysely-store.ts`) serves SQLite and
 * PostgreSQL; `storeSuite` holds both to this.
 *
 * Every change of a checkout is one transaction: its facts, its payments and its new version.
 * @module
 */
import type { PaymentStatus } from '../protocol/status.ts'
import type { Change } from './aggregate.ts'
import type { Aggregate, CheckoutRecord } from './records.ts'

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

  /** The checkout and payment that a return token belongs to. */
  findByReturn(hash: string): Promise<{ checkoutId: string; paymentId: string } | undefined>

  /** Payments whose time to be looked at has come, oldest first. */
  listDue(now: number, limit: number): Promise<readonly { checkoutId: string; paymentId: string }[]>
  /** True for the one caller that may ask the provider now; false within `gapMs` of the last. */
  claimCheck(paymentId: string, now: number, gapMs: number): Promise<boolean>
  /** When the worker is to look again; nothing else changes. */
  scheduleCheck(paymentId: string, nextCheckAt: number | null): Promise<void>
}
