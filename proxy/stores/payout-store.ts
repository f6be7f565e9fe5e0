/**
 * Payouts in the store.
 * @module
 */
import type { Kysely } from 'kysely'
import type { PayoutStore } from '../store.ts'
import { fromPayoutRow, toPayoutRow } from './rows.ts'
import type { Tables } from './schema.ts'

/** Everything that pays out waits for this row, so that caps hold over all proxies. */
const TURNSTILE = 'payouts'

export function createPayoutStore(db: Kysely<Tables>, locksRows: boolean): PayoutStore {
  return {
    insert: (fresh, since, check) =>
      db.transaction().execute(async (trx) => {
        if (locksRows) {
          await trx
            .insertInto('leases')
            .values({ name: TURNSTILE, holder: '', until: 0, counter: 0 })
            .onConflict((conflict) => conflict.column('name').doUpdateSet({ holder: '' }))
            .execute()
        }
        const known = await trx
          .selectFrom('payouts')
          .selectAll()
          .where('request_id', '=', fresh.requestId)
          .executeTakeFirst()
        if (known) return { payout: fromPayoutRow(known), isNew: false }
        const recent = await trx
          .selectFrom('payouts')
          .selectAll()
          .where('created_at', '>=', since)
          .where('status', '!=', 'failed')
          .execute()
        check(recent.map(fromPayoutRow))
        await trx.insertInto('payouts').values(toPayoutRow(fresh)).execute()
        return { payout: fresh, isNew: true }
      }),

    async find(requestId) {
      const row = await db
        .selectFrom('payouts')
        .selectAll()
        .where('request_id', '=', requestId)
        .executeTakeFirst()
      return row && fromPayoutRow(row)
    },

    async findByWebhook(hash) {
      const row = await db
        .selectFrom('payouts')
        .selectAll()
        .where('webhook_hash', '=', hash)
        .executeTakeFirst()
      return row && fromPayoutRow(row)
    },

    change: (requestId, decide) =>
      db.transaction().execute(async (trx) => {
        const query = trx.selectFrom('payouts').selectAll().where('request_id', '=', requestId)
        const row = await (locksRows ? query.forUpdate() : query).executeTakeFirst()
        if (!row) return undefined
        const before = fromPayoutRow(row)
        const change = decide(before)
        if (!change) return before
        const after = { ...before, ...change }
        const { request_id: _id, ...columns } = toPayoutRow(after)
        await trx.updateTable('payouts').set(columns).where('request_id', '=', requestId).execute()
        return after
      }),

    async list(limit) {
      const rows = await db
        .selectFrom('payouts')
        .selectAll()
        .orderBy('created_at', 'desc')
        .orderBy('request_id')
        .limit(limit)
        .execute()
      return rows.map(fromPayoutRow)
    },
  }
}
