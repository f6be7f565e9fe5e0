/**
 * The store, over whatever Kysely speaks to. SQLite has one writer at a time by itself; on PostgreSQL
 * the checkout's row is locked while it changes.
 * @module
 */
import { Kysely, sql } from 'kysely'
import type { Dialect, SelectQueryBuilder, Transaction } from 'kysely'
import { evolve, isQuiet, withClaims } from '../aggregate.ts'
import type { Aggregate, PaymentRecord } from '../records.ts'
import type { Decide, Inside, PaymentKey, Publish, Store } from '../store.ts'
import { createCheckStore } from './check-store.ts'
import { createLoad } from './aggregate-rows.ts'
import { findOwner, writeClaims } from './claim-rows.ts'
import { isAfter } from './cursor.ts'
import { createDeliveryStore, insertDelivery } from './delivery-store.ts'
import { createFigures, waitingForPerson } from './figures.ts'
import { createGroups } from './groups.ts'
import type { Transact } from './groups.ts'
import { createKeyStore } from './key-store.ts'
import { createLeases } from './leases.ts'
import { migrate, migrateLocked } from './migrations.ts'
import { createOrderStore } from './order-store.ts'
import { createPayoutStore } from './payout-store.ts'
import { fromCheckoutRow, toCheckoutRow, toFactRow, toPaymentRow } from './rows.ts'
import type { CheckoutRow, Tables } from './schema.ts'

export interface StoreDialect {
  readonly dialect: Dialect
  /** Another one for the migrations, where a query has little time otherwise. */
  migrationDialect?(): Dialect
  /** Rows must be locked by name (PostgreSQL); SQLite locks the file. */
  readonly locksRows: boolean
  /** A shorter way to one row, where there is one. */
  readonly readQuickly?: QuickRead
  /** Whether a commit waits for the disk, from now on; where that can be said for one connection. */
  sync?(isAtOnce: boolean): void
  /** The error says that another writer came first: try again. */
  isRace(error: unknown): boolean
}

type KeyQuery = SelectQueryBuilder<Tables, 'payments', { id: string; checkout_id: string }>

type SnapshotRow = Pick<
  CheckoutRow,
  'version' | 'view' | 'status' | 'updated_at' | 'expires_at' | 'is_watched'
>

/**
 * Runs a write that a power cut may take back: who looks, and when. It is committed all the same, so that
 * a process that dies loses nothing; only the disk is not waited for, which costs more than the write.
 */
export type Lightly = <T>(write: (db: Kysely<Tables>) => Promise<T>) => Promise<T>

/** Reads the row of `id` that `sql` finds, of what is committed. The text of `sql` is always the same. */
export interface QuickRead {
  get(sql: string, id: string): unknown
  /** The row has changed. */
  forget(id: string): void
  close(): void
}

const MAX_TRIES = 5

/** A store over one database. Call `migrate()` before anything else. */
export function createKyselyStore(options: StoreDialect): Store {
  const { dialect, migrationDialect, locksRows, isRace, readQuickly, sync } = options
  const db = new Kysely<Tables>({ dialect })
  const transact: Transact = locksRows ? (task) => db.transaction().execute(task) : createGroups(db)
  const lightly: Lightly = (write) =>
    db.connection().execute(async (one) => {
      sync?.(false)
      try {
        return await write(one)
      } finally {
        sync?.(true)
      }
    })
  const load = createLoad(db, locksRows)
  const { parameters: _none, ...snapshot } = db
    .selectFrom('checkouts')
    .select(['version', 'view', 'status', 'updated_at', 'expires_at', 'is_watched'])
    .where('id', '=', '')
    .compile()

  async function changeOnce(
    trx: Transaction<Tables>,
    id: string,
    now: number,
    decide: Decide,
    publish: Publish | undefined,
  ): Promise<Aggregate | undefined> {
    const before = await load(trx, id, { isLocked: true })
    if (!before) return undefined
    const change = await decide(before, inside(trx))
    if (!change) return before
    const { claims = [] } = change
    if (isQuiet(change)) {
      await writeClaims(trx, claims, before.payments, now)
      return { ...before, payments: withClaims(before.payments, claims, now) }
    }
    const evolved = evolve(before, change, now)
    for (const payment of evolved.payments) await upsertPayment(trx, payment)
    await writeClaims(trx, claims, evolved.payments, now)
    for (const fact of change.facts ?? []) {
      await trx
        .insertInto('facts')
        .values(toFactRow(fact))
        .onConflict((conflict) => conflict.column('id').doNothing())
        .execute()
    }
    const { receipt = evolved.checkout.receipt, delivery } =
      (await publish?.(before, evolved)) ?? {}
    const after = { ...evolved, checkout: { ...evolved.checkout, receipt } }
    const { id: _id, ...columns } = toCheckoutRow(after)
    await trx.updateTable('checkouts').set(columns).where('id', '=', id).execute()
    if (delivery) await insertDelivery(trx, delivery)
    return after
  }

  const inside = (source: Kysely<Tables>): Inside => ({
    ownerOfRef: (provider, ref) => findOwner(source, provider, ref),
  })

  async function findKey(narrow: (query: KeyQuery) => KeyQuery): Promise<PaymentKey | undefined> {
    const row = await narrow(
      db.selectFrom('payments').select(['id', 'checkout_id']),
    ).executeTakeFirst()
    return row && { checkoutId: row.checkout_id, paymentId: row.id }
  }

  return {
    checks: createCheckStore(db, { transact, lightly, locksRows }),
    payouts: createPayoutStore(db, locksRows),
    deliveries: createDeliveryStore(db, lightly, locksRows),
    signingKeys: createKeyStore(db),
    ...createOrderStore(db, transact, locksRows),
    ...createLeases(db, lightly),
    readFigures: createFigures(db),

    async migrate() {
      if (!migrationDialect) return migrateLocked(db)
      const patient = new Kysely<Tables>({ dialect: migrationDialect() })
      try {
        await migrate(patient)
      } finally {
        await patient.destroy()
      }
    },
    async close() {
      readQuickly?.close()
      await db.destroy()
    },

    async clockSetBack(now) {
      const payments = db.updateTable('payments').set({ next_check_at: now })
      await payments.where('next_check_at', '>', now).execute()
      const deliveries = db.updateTable('deliveries').set({ next_at: now })
      await deliveries.where('status', '=', 'pending').where('next_at', '>', now).execute()
      await db.updateTable('leases').set({ until: now }).where('until', '>', now).execute()
    },

    async readSnapshot(id) {
      const row = readQuickly
        ? (readQuickly.get(snapshot.sql, id) as SnapshotRow | undefined)
        : (await db.executeQuery<SnapshotRow>({ ...snapshot, parameters: [id] })).rows[0]
      return (
        row && {
          version: row.version,
          view: row.view,
          status: row.status,
          updatedAt: row.updated_at,
          expiresAt: row.expires_at,
          isWatched: row.is_watched === 1,
        }
      )
    },

    read: (id) => load(db, id),

    async list({ status, orderId, needsPerson, cursor, limit }) {
      let query = db
        .selectFrom('checkouts')
        .selectAll()
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit)
      if (status) query = query.where('status', '=', status)
      if (orderId) query = query.where('order_id', '=', orderId)
      if (needsPerson) query = query.where('id', 'in', waitingForPerson(db))
      if (cursor) query = query.where(isAfter(cursor))
      return (await query.execute()).map(fromCheckoutRow)
    },

    async listOverdue(now, limit) {
      const rows = await db
        .selectFrom('checkouts')
        .select('id')
        .where('status', '=', 'pending')
        .where('expires_at', '<=', now)
        .where('id', 'not in', isUnderWay(db))
        .orderBy('expires_at')
        .limit(limit)
        .execute()
      return rows.map(({ id }) => id)
    },

    async change(id, now, decide, publish) {
      // Most of what is learnt is known: then no row is locked. Where transactions are shared, one more is cheaper.
      if (locksRows) {
        const seen = await load(db, id)
        if (!seen || !(await decide(seen, inside(db)))) return seen
      }
      for (let tries = 1; ; tries += 1) {
        try {
          const after = await transact((trx) => changeOnce(trx, id, now, decide, publish))
          readQuickly?.forget(id)
          return after
        } catch (error) {
          if (tries >= MAX_TRIES || !isRace(error)) throw error
        }
      }
    },

    findByReturn: (hash) => findKey((payments) => payments.where('return_hash', '=', hash)),
    findByWebhook: (hash) => findKey((payments) => payments.where('webhook_hash', '=', hash)),
    findPayment: (provider, { paymentId, ref }) =>
      findKey((payments) => {
        const own = payments.where('provider', '=', provider)
        return paymentId === undefined
          ? own.where('ref', '=', ref ?? '')
          : own.where('id', '=', paymentId)
      }),
  }
}

/** Checkouts with a payment that the shopper may still be making. */
const isUnderWay = (db: Kysely<Tables>) =>
  db
    .selectFrom('payments')
    .select('checkout_id')
    .where('is_shown', '=', 1)
    .where('is_superseded', '=', 0)
    .where('status', '=', 'pending')

async function upsertPayment(trx: Transaction<Tables>, payment: PaymentRecord): Promise<void> {
  const { id, checked_at, hinted_at, ...columns } = toPaymentRow(payment)
  const { next_check_at } = columns
  await trx
    .insertInto('payments')
    .values({ id, checked_at, hinted_at, ...columns })
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet({
        ...columns,
        // A hint keeps its own time until somebody has asked.
        next_check_at: sql`case when payments.hinted_at is null then ${next_check_at}
          else payments.next_check_at end`,
      }),
    )
    .execute()
}
