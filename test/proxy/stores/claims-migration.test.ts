import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { Kysely, sql } from 'kysely'
import type { Dialect } from 'kysely'
import { Migrator } from 'kysely/migration'
import { MIGRATIONS, migrate } from '../../../proxy/stores/migrations.ts'
import { postgresDialect } from '../../../proxy/stores/postgres.ts'
import { openSqlite, sqliteDialect } from '../../../proxy/stores/sqlite.ts'
import { startPostgres } from '../../support/postgres.ts'

const postgres = await startPostgres()
after(() => postgres.stop())

const DIALECTS: Readonly<Record<string, () => Dialect>> = {
  SQLite: () => sqliteDialect(openSqlite(':memory:')),
  PostgreSQL: () => postgresDialect(postgres.url),
}

interface Old {
  readonly status: string
  readonly claim: string | null
  readonly ref?: string
}

/** Payments as they were kept with one claim each, by id, oldest first. */
const OLD: Readonly<Record<string, Old>> = {
  none: { status: 'pending', claim: null },
  waits: { status: 'pending', claim: 'A' },
  late: { status: 'expired', claim: 'B' },
  refused: { status: 'failed', claim: 'C' },
  proven: { status: 'paid', claim: 'D', ref: 'D' },
  thief: { status: 'pending', claim: 'D' },
  second: { status: 'pending', claim: 'A' },
}

async function fillOld(db: Kysely<unknown>): Promise<void> {
  const older = Object.entries(MIGRATIONS).filter(([name]) => name < '0004')
  const provider = { getMigrations: async () => Object.fromEntries(older) }
  const { error } = await new Migrator({ db, provider }).migrateToLatest()
  assert.equal(error, undefined)
  await sql`insert into checkouts (id, source, order_id, prices, customer, urls, metadata, methods,
    is_test, status, is_canceled, version, view, is_watched, expires_at, created_at, updated_at)
    values ('c', 'token', 'A-1', '[]', '{}', '{}', '{}', '[]', 0, 'pending', 0, 1, '{}', 0, 9, 1, 1)`.execute(
    db,
  )
  for (const [place, [id, { status, claim, ref = null }]] of Object.entries(OLD).entries()) {
    await sql`insert into payments (id, checkout_id, provider, method, price_amount, price_currency,
      ref, claim, is_cancelable, is_shown, is_superseded, status, return_hash, webhook_hash,
      is_webhook_exposed, private, created_at)
      values (${id}, 'c', 'redoya', '{}', '300', 'TRY', ${ref}, ${claim}, 0, 1, 0, ${status},
      ${`r-${id}`}, ${`w-${id}`}, 0, '', ${100 + place})`.execute(db)
  }
}

for (const [name, dialect] of Object.entries(DIALECTS)) {
  describe(`what was claimed before there was a table of it, on ${name}`, () => {
    it('is its first payment’s, and asked about on where it had no answer', async (t) => {
      const db = new Kysely<unknown>({ dialect: dialect() })
      t.after(() => db.destroy())
      await fillOld(db)
      await migrate(db)
      const { rows } = await sql<object>`select ref, payment_id, created_at, settled_at from claims
        where provider = 'redoya' order by ref`.execute(db)
      assert.deepEqual(
        rows.map((row) => Object.values(row)),
        [
          ['A', 'waits', 101, null],
          ['B', 'late', 102, null],
          ['C', 'refused', 103, 103],
          ['D', 'proven', 104, 104],
        ],
      )
      await assert.rejects(sql`select claim from payments`.execute(db))
      const kept = await sql<{ count: number }>`select count(*) as count from payments`.execute(db)
      assert.equal(Number(kept.rows[0]?.count), Object.keys(OLD).length)
    })
  })
}
