/**
 * The store, over whatever Kysely speaks to. SQLite has one writer at a time by itself; on PostgreSQL
 * the checkout's row is locked while it changes.
 * @module
 */
import { Kysely } from 'kysely'
import type { Dialect, SelectQueryBuilder, Transaction } from 'kysely'
import { Migrator } from 'kysely/migration'
import { evolve } from '../aggregate.ts'
import type { Aggregate, CheckoutRecord } from '../records.ts'
import type { Decide, PaymentKey, Store } from '../store.ts'
import { createLeases } from './leases.ts'
import { MIGRATIONS } from './migrations.ts'
import { createPayoutStore } from './payout-store.ts'
import {
  fromCheckoutRow,
  fromFactRow,
  fromPaymentRow,
  toCheckoutRow,
  toFactRow,
  toPaymentRow,
} from './rows.ts'
import type { CheckoutRow, Tables } from './schema.ts'

export interface StoreDialect {
  readonly dialect: Dialect
  /** Rows must be locked by name (PostgreSQL); SQLite locks the file. */
  readonly locksRows: boolean
  /** A shorter way to one row, where there is one. */
  readonly readQuickly?: QuickRead
  /** The error says that another writer came first: try again. */
  isRace(error: unknown): boolean
}

type KeyQuery = SelectQueryBuilder<Tables, 'payments', { id: string; checkout_id: string }>

type SnapshotRow = Pick<
  CheckoutRow,
  'version' | 'view' | 'status' | 'updated_at' | 'expires_at' | 'is_watched'
>

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
  const { dialect, locksRows, isRace, readQuickly } = options
  const db = new Kysely<Tables>({ dialect })
  const { parameters: _none, ...snapshot } = db
    .selectFrom('checkouts')
    .select(['version', 'view', 'status', 'updated_at', 'expires_at', 'is_watched'])
    .where('id', '=', '')
    .compile()

  async function load(
    source: Kysely<Tables>,
    id: string,
    isLocked: boolean,
  ): Promise<Aggregate | undefined> {
    const query = source.selectFrom('checkouts').selectAll().where('id', '=', id)
    const row = await (isLocked ? query.forUpdate() : query).executeTakeFirst()
    if (!row) return undefined
    const payments = await source
      .selectFrom('payments')
      .selectAll()
      .where('checkout_id', '=', id)
      .orderBy('created_at')
      .orderBy('id')
      .execute()
    const facts = payments.length
      ? await source
          .selectFrom('facts')
          .selectAll()
          .where(
            'payment_id',
            'in',
            payments.map((payment) => payment.id),
          )
          .orderBy('at')
          .orderBy('id')
          .execute()
      : []
    return {
      checkout: fromCheckoutRow(row),
      payments: payments.map(fromPaymentRow),
      facts: facts.map(fromFactRow),
    }
  }

  async function changeOnce(
    trx: Transaction<Tables>,
    id: string,
    now: number,
    decide: Decide,
  ): Promise<Aggregate | undefined> {
    const before = await load(trx, id, locksRows)
    if (!before) return undefined
    const change = await decide(before, {
      ownerOfRef: async (provider, ref) => {
        const query = trx.selectFrom('payments').select('id')
        const row = await query
          .where('provider', '=', provider)
          .where('ref', '=', ref)
          .executeTakeFirst()
        return row?.id
      },
    })
    if (!change) return before
    const after = evolve(before, change, now)
    for (const payment of after.payments) {
      const { checked_at, ...columns } = toPaymentRow(payment)
      await trx
        .insertInto('payments')
        .values({ ...columns, checked_at })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(columns))
        .execute()
    }
    for (const fact of change.facts ?? []) {
      await trx
        .insertInto('facts')
        .values(toFactRow(fact))
        .onConflict((conflict) => conflict.column('id').doNothing())
        .execute()
    }
    const { id: _id, ...columns } = toCheckoutRow(after)
    await trx.updateTable('checkouts').set(columns).where('id', '=', id).execute()
    return after
  }

  async function findKey(narrow: (query: KeyQuery) => KeyQuery): Promise<PaymentKey | undefined> {
    const row = await narrow(
      db.selectFrom('payments').select(['id', 'checkout_id']),
    ).executeTakeFirst()
    return row && { checkoutId: row.checkout_id, paymentId: row.id }
  }

  return {
    payouts: createPayoutStore(db, locksRows),
    ...createLeases(db),

    async migrate() {
      const migrator = new Migrator({
        db,
        provider: { getMigrations: async () => ({ ...MIGRATIONS }) },
      })
      const { error } = await migrator.migrateToLatest()
      if (error) throw error
    },
    async ping() {
      await db.selectFrom('checkouts').select('id').limit(1).execute()
    },
    async close() {
      readQuickly?.close()
      await db.destroy()
    },

    async findOrCreateCheckout(fresh) {
      const inserted = await db
        .insertInto('checkouts')
        .values(toCheckoutRow({ checkout: fresh, payments: [], facts: [] }))
        .onConflict((conflict) => conflict.columns(['source', 'order_id']).doNothing())
        .executeTakeFirst()
      if (inserted.numInsertedOrUpdatedRows) return { checkout: fresh, isNew: true }
      const row = await db
        .selectFrom('checkouts')
        .selectAll()
        .where('source', '=', fresh.source)
        .where('order_id', '=', fresh.orderId)
        .executeTakeFirstOrThrow()
      return { checkout: fromCheckoutRow(row), isNew: false }
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

    read: (id) => load(db, id, false),

    async list({ status, orderId, cursor, limit }) {
      let query = db
        .selectFrom('checkouts')
        .selectAll()
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit)
      if (status) query = query.where('status', '=', status)
      if (orderId) query = query.where('order_id', '=', orderId)
      if (cursor) {
        const [at, id] = splitCursor(cursor)
        query = query.where((where) =>
          where.or([
            where('created_at', '<', at),
            where.and([where('created_at', '=', at), where('id', '<', id)]),
          ]),
        )
      }
      return (await query.execute()).map(fromCheckoutRow)
    },

    async change(id, now, decide) {
      for (let tries = 1; ; tries += 1) {
        try {
          const after = await db.transaction().execute((trx) => changeOnce(trx, id, now, decide))
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

    async listDue(now, limit) {
      const rows = await db
        .selectFrom('payments')
        .select(['id', 'checkout_id'])
        .where('next_check_at', '<=', now)
        .orderBy('next_check_at')
        .limit(limit)
        .execute()
      return rows.map((row) => ({ checkoutId: row.checkout_id, paymentId: row.id }))
    },

    async claimCheck(paymentId, now, gapMs) {
      const { numUpdatedRows } = await db
        .updateTable('payments')
        .set({ checked_at: now })
        .where('id', '=', paymentId)
        .where((where) =>
          where.or([where('checked_at', 'is', null), where('checked_at', '<=', now - gapMs)]),
        )
        .executeTakeFirst()
      return numUpdatedRows > 0n
    },

    async noteEvent(provider, eventId, digest, at) {
      const inserted = await db
        .insertInto('events')
        .values({ provider, event_id: eventId, digest, at })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      if (inserted.numInsertedOrUpdatedRows) return 'new'
      const row = await db
        .selectFrom('events')
        .select('digest')
        .where('provider', '=', provider)
        .where('event_id', '=', eventId)
        .executeTakeFirst()
      return row?.digest === digest ? 'seen' : 'changed'
    },

    async scheduleCheck(paymentId, nextCheckAt) {
      await db
        .updateTable('payments')
        .set({ next_check_at: nextCheckAt })
        .where('id', '=', paymentId)
        .execute()
    },
  }
}

/** Where the next page of a listing begins: opaque to callers. */
export function cursorAfter(checkout: CheckoutRecord): string {
  return `${checkout.createdAt}.${checkout.id}`
}

function splitCursor(cursor: string): [number, string] {
  const point = cursor.indexOf('.')
  return [Number(cursor.slice(0, point)), cursor.slice(point + 1)]
}
