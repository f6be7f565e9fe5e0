/**
 * Ids that came back to a payment's return address, in the store: each belongs to one payment, from the
 * moment that it first came until the provider says that it is nobody's.
 * @module
 */
import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'
import type { Change } from '../aggregate.ts'
import type { PaymentRecord } from '../records.ts'
import { WATCH_GAP_MS } from '../schedule.ts'
import type { Tables } from './schema.ts'

/** The payment that a provider's id belongs to. */
export async function findOwner(
  db: Kysely<Tables>,
  provider: string,
  ref: string,
): Promise<string | undefined> {
  const payment = await db
    .selectFrom('payments')
    .select('id')
    .where('provider', '=', provider)
    .where('ref', '=', ref)
    .executeTakeFirst()
  if (payment) return payment.id
  const claim = await db
    .selectFrom('claims')
    .select('payment_id')
    .where('provider', '=', provider)
    .where('ref', '=', ref)
    .executeTakeFirst()
  return claim?.payment_id
}

/** Throws the database's word for "not unique" where another payment was faster. */
export async function writeClaims(
  trx: Transaction<Tables>,
  changes: NonNullable<Change['claims']>,
  payments: readonly PaymentRecord[],
  now: number,
): Promise<void> {
  for (const { paymentId, ref, becomes } of changes) {
    const provider = payments.find(({ id }) => id === paymentId)?.provider ?? ''
    const own = { provider, ref, payment_id: paymentId }
    if (becomes === 'kept') {
      const row = { ...own, created_at: now, settled_at: null }
      await trx.insertInto('claims').values(row).execute()
    } else if (becomes === 'released') {
      await trx
        .deleteFrom('claims')
        .where(({ and }) => and(own))
        .execute()
    } else {
      const settled_at = becomes === 'settled' ? now : null
      await trx
        .updateTable('claims')
        .set({ settled_at })
        .where(({ and }) => and(own))
        .execute()
    }
    if (becomes === 'kept' || becomes === 'reopened') await wake(trx, paymentId, now + WATCH_GAP_MS)
  }
}

/** Should the process end before it has asked, the worker does. */
async function wake(trx: Transaction<Tables>, paymentId: string, at: number): Promise<void> {
  await trx
    .updateTable('payments')
    .set({
      next_check_at: sql`case when next_check_at is null or next_check_at > ${at} then ${at}
        else next_check_at end`,
    })
    .where('id', '=', paymentId)
    .execute()
}
