/**
 * When payments are looked at, in the store. A claim moves a payment's time, so that a proxy that dies
 * in the middle of a look gives it back by itself.
 * @module
 */
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { CheckStore } from '../store.ts'
import type { Transact } from './groups.ts'
import type { Lightly } from './kysely-store.ts'
import type { Tables } from './schema.ts'

export interface CheckStoreOptions {
  readonly transact: Transact
  readonly lightly: Lightly
  readonly locksRows: boolean
}

export function createCheckStore(
  db: Kysely<Tables>,
  { transact, lightly, locksRows }: CheckStoreOptions,
): CheckStore {
  return {
    async claimDue({ now, limit, holdMs, except }) {
      let due = db
        .selectFrom('payments')
        .select('id')
        .where('next_check_at', '<=', now)
        .orderBy('next_check_at')
        .limit(limit)
      if (except.length > 0) due = due.where('provider', 'not in', except)
      const rows = await lightly((one) =>
        one
          .updateTable('payments')
          .set({ next_check_at: now + holdMs })
          .where('id', 'in', locksRows ? due.forUpdate().skipLocked() : due)
          .returning(['id', 'checkout_id'])
          .execute(),
      )
      return rows.map((row) => ({ checkoutId: row.checkout_id, paymentId: row.id }))
    },

    async claimQuestion(paymentId, now, gapMs) {
      const { numUpdatedRows } = await lightly((one) =>
        one
          .updateTable('payments')
          .set({ checked_at: now })
          .where('id', '=', paymentId)
          .where((where) =>
            where.or([
              where('checked_at', 'is', null),
              where('checked_at', '<=', now - gapMs),
              // The clock was set back: a time to come was never.
              where('checked_at', '>', now + gapMs),
            ]),
          )
          .executeTakeFirstOrThrow(),
      )
      return numUpdatedRows > 0n
    },

    async finish(paymentId, { nextCheckAt, seenHint, seenClaims, seenStatus, isAnswered }) {
      const hasNewer = sql`(hinted_at is distinct from ${seenHint} or ${seenClaims} <
        (select count(*) from claims where payment_id = payments.id and settled_at is null))`
      await lightly((one) =>
        one
          .updateTable('payments')
          .set({
            next_check_at: sql`case when ${hasNewer} or status <> ${seenStatus} then next_check_at else ${nextCheckAt} end`,
            ...(isAnswered && {
              hinted_at: sql`case when ${hasNewer} then hinted_at else null end`,
            }),
          })
          .where('id', '=', paymentId)
          .execute(),
      )
    },

    hint: (paymentId, now, event) =>
      transact(async (trx) => {
        const known = event && (await noteEvent(trx, event, now))
        if (known === 'seen') return 'seen'
        await trx
          .updateTable('payments')
          .set({
            hinted_at: sql`case when hinted_at >= ${now} then hinted_at + 1 else ${now} end`,
            next_check_at: now,
          })
          .where('id', '=', paymentId)
          .execute()
        return known ?? 'new'
      }),

    async listKnown(provider, since) {
      const rows = await db
        .selectFrom('payments')
        .select(['id', 'checkout_id', 'provider_status'])
        .where('provider', '=', provider)
        .where('created_at', '>=', since)
        .execute()
      return rows.map((row) => ({
        checkoutId: row.checkout_id,
        paymentId: row.id,
        providerStatus: row.provider_status,
      }))
    },
  }
}

async function noteEvent(
  trx: Kysely<Tables>,
  { provider, id, digest }: NonNullable<Parameters<CheckStore['hint']>[2]>,
  at: number,
): Promise<'new' | 'seen' | 'changed'> {
  const inserted = await trx
    .insertInto('events')
    .values({ provider, event_id: id, digest, at })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (inserted.numInsertedOrUpdatedRows) return 'new'
  const row = await trx
    .selectFrom('events')
    .select('digest')
    .where('provider', '=', provider)
    .where('event_id', '=', id)
    .executeTakeFirst()
  return row?.digest === digest ? 'seen' : 'changed'
}
