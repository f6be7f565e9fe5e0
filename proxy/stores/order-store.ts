/**
 * Checkouts by their orders, in the store. What the merchant signs and what his backend sends are both his
 * word: one number is one checkout, by whichever way it came first. The catalogue's numbers, and those that
 * nobody signed, are a browser's choice and spaces of their own.
 * @module
 */
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { PriceSource } from '../../protocol/payment.ts'
import type { CheckoutRecord } from '../records.ts'
import type { Store } from '../store.ts'
import type { Transact } from './groups.ts'
import { fromCheckoutRow, toCheckoutRow } from './rows.ts'
import type { Tables } from './schema.ts'

const MERCHANTS_WORD: readonly PriceSource[] = ['token', 'merchant']

export type OrderStore = Pick<Store, 'findOrCreateCheckout' | 'findByOrder'>

export function createOrderStore(
  db: Kysely<Tables>,
  transact: Transact,
  locksRows: boolean,
): OrderStore {
  return {
    findByOrder: (source, orderId) => find(db, source, orderId),

    findOrCreateCheckout: (fresh) =>
      transact(async (trx) => {
        // There is no row yet that could be locked, and no unique index over two sources.
        if (locksRows) {
          await sql`select pg_advisory_xact_lock(hashtextextended(${fresh.orderId}, 0))`.execute(
            trx,
          )
        }
        const known = await find(trx, fresh.source, fresh.orderId)
        if (known) return { checkout: known, isNew: false }
        await trx
          .insertInto('checkouts')
          .values(toCheckoutRow({ checkout: fresh, payments: [], facts: [] }))
          .execute()
        return { checkout: fresh, isNew: true }
      }),
  }
}

async function find(
  db: Kysely<Tables>,
  source: PriceSource,
  orderId: string,
): Promise<CheckoutRecord | undefined> {
  const sources = MERCHANTS_WORD.includes(source) ? MERCHANTS_WORD : [source]
  const rows = await db
    .selectFrom('checkouts')
    .selectAll()
    .where('source', 'in', sources)
    .where('order_id', '=', orderId)
    .execute()
  // An older store may hold one of each.
  const row = rows.find((each) => each.source === source) ?? rows[0]
  return row && fromCheckoutRow(row)
}
