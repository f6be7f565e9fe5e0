/**
 * The outbox in the store. Rows are claimed by moving their time: a proxy that dies with some gives them
 * back by itself.
 * @module
 */
import { sql } from 'kysely'
import type { Insertable, Kysely, SelectQueryBuilder, Transaction } from 'kysely'
import type { DeliveryRecord } from '../records.ts'
import type { DeliveryStore } from '../store.ts'
import { isAfter } from './cursor.ts'
import type { Lightly } from './kysely-store.ts'
import type { DeliveryRow, Tables } from './schema.ts'

type IdQuery = SelectQueryBuilder<Tables, 'deliveries', { id: string }>

export function createDeliveryStore(
  db: Kysely<Tables>,
  lightly: Lightly,
  locksRows: boolean,
): DeliveryStore {
  const waiting = (): IdQuery =>
    db.selectFrom('deliveries').select('id').where('status', '=', 'pending')

  async function take(ids: IdQuery, until: number): Promise<DeliveryRecord[]> {
    const rows = await lightly((one) =>
      one
        .updateTable('deliveries')
        // Without an answer it counts as under way: it is neither probed nor brought forward.
        .set({ next_at: until, attempts: sql`attempts + 1`, answer: null })
        .where('id', 'in', locksRows ? ids.forUpdate().skipLocked() : ids)
        .returningAll()
        .execute(),
    )
    return rows.map(fromRow)
  }

  return {
    claim: (now, limit, holdMs) =>
      take(waiting().where('next_at', '<=', now).orderBy('next_at').limit(limit), now + holdMs),

    async claimProbe(now, holdMs) {
      const failing = waiting().where('attempts', '>', 0).where('answer', 'is not', null)
      const [probe] = await take(
        failing.orderBy('attempts').orderBy('created_at').limit(1),
        now + holdMs,
      )
      return probe
    },

    async finish({ id, attempts }, { status, nextAt, answer, deliveredAt }) {
      await lightly((one) => {
        const end = one
          .updateTable('deliveries')
          .set({ status, next_at: nextAt, answer, delivered_at: deliveredAt })
          .where('id', '=', id)
        const isLast = end.where('status', '=', 'pending').where('attempts', '=', attempts)
        return (status === 'delivered' ? end : isLast).execute()
      })
    },

    async bringForward(now) {
      await lightly((one) =>
        one
          .updateTable('deliveries')
          .set({ next_at: now })
          .where('status', '=', 'pending')
          .where('answer', 'is not', null)
          .where('next_at', '>', now)
          .execute(),
      )
    },

    async redeliver(id, now, expiresAt) {
      const row = await db
        .updateTable('deliveries')
        .set({ status: 'pending', next_at: now, attempts: 0, expires_at: expiresAt })
        .where('id', '=', id)
        .returningAll()
        .executeTakeFirst()
      return row && fromRow(row)
    },

    async list({ status, checkout, cursor, limit }) {
      let query = db
        .selectFrom('deliveries')
        .selectAll()
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit)
      if (status) query = query.where('status', '=', status)
      if (checkout) query = query.where('checkout_id', '=', checkout)
      if (cursor) query = query.where(isAfter(cursor))
      return (await query.execute()).map(fromRow)
    },
  }
}

/** Written inside the transaction of the change that it tells. */
export async function insertDelivery(
  trx: Transaction<Tables>,
  delivery: DeliveryRecord,
): Promise<void> {
  await trx.insertInto('deliveries').values(toRow(delivery)).execute()
}

const toRow = (delivery: DeliveryRecord): Insertable<DeliveryRow> => ({
  id: delivery.id,
  checkout_id: delivery.checkoutId,
  version: delivery.version,
  type: delivery.type,
  body: delivery.body,
  status: delivery.status,
  attempts: delivery.attempts,
  next_at: delivery.nextAt,
  expires_at: delivery.expiresAt,
  answer: delivery.answer,
  created_at: delivery.createdAt,
  delivered_at: delivery.deliveredAt,
})

const fromRow = (row: DeliveryRow): DeliveryRecord => ({
  id: row.id,
  checkoutId: row.checkout_id,
  version: row.version,
  type: row.type,
  body: row.body,
  status: row.status,
  attempts: row.attempts,
  nextAt: row.next_at,
  expiresAt: row.expires_at,
  answer: row.answer,
  createdAt: row.created_at,
  deliveredAt: row.delivered_at,
})
