/**
 * Leases: one holder of a name at a time, over all proxies, with a counter that only rises. And rests:
 * what no proxy is to do for a while.
 * @module
 */
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { Store } from '../store.ts'
import type { Lightly } from './kysely-store.ts'
import type { Tables } from './schema.ts'

export function createLeases(
  db: Kysely<Tables>,
  lightly: Lightly,
): Pick<
  Store,
  'takeLease' | 'renewLease' | 'releaseLease' | 'rest' | 'restUntil' | 'noteTime' | 'ping'
> {
  return {
    async takeLease(name, holder, now, ttlMs) {
      const counter = sql<number>`case when leases.counter < ${now} then ${now} else leases.counter + 1 end`
      const row = await lightly((one) =>
        one
          .insertInto('leases')
          .values({ name, holder, until: now + ttlMs, counter: now })
          .onConflict((conflict) =>
            conflict
              .column('name')
              .doUpdateSet({ holder, until: now + ttlMs, counter })
              .where('leases.until', '<=', now),
          )
          .returning('counter')
          .executeTakeFirst(),
      )
      return row?.counter
    },

    async renewLease(name, holder, until) {
      await lightly((one) =>
        one
          .updateTable('leases')
          .set({ until })
          .where('name', '=', name)
          .where('holder', '=', holder)
          .execute(),
      )
    },

    async releaseLease(name, holder) {
      await lightly((one) =>
        one
          .updateTable('leases')
          .set({ until: 0 })
          .where('name', '=', name)
          .where('holder', '=', holder)
          .execute(),
      )
    },

    async rest(name, until) {
      await db
        .insertInto('leases')
        .values({ name: `rest:${name}`, holder: '', until, counter: 0 })
        .onConflict((conflict) =>
          conflict.column('name').doUpdateSet({
            until: sql`case when leases.until < ${until} then ${until} else leases.until end`,
          }),
        )
        .execute()
    },

    async restUntil(name) {
      const row = await db
        .selectFrom('leases')
        .select('until')
        .where('name', '=', `rest:${name}`)
        .executeTakeFirst()
      return row?.until ?? 0
    },

    async noteTime(now) {
      const row = await db
        .selectFrom('leases')
        .select('until')
        .where('name', '=', 'clock')
        .executeTakeFirst()
      await lightly((one) => setTime(one, 'clock', now))
      return row?.until ?? now
    },

    // A write: a disk that is full still reads.
    ping: (now) => setTime(db, 'ping', now),
  }
}

async function setTime(db: Kysely<Tables>, name: string, until: number): Promise<void> {
  await db
    .insertInto('leases')
    .values({ name, holder: '', until, counter: 0 })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ until }))
    .execute()
}
