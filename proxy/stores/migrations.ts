/**
 * How the tables came to be (`schema.ts` says what they hold).
 * @module
 */
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { Migrator } from 'kysely/migration'
import type { Migration } from 'kysely/migration'

const foundations: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('checkouts')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('source', 'text', (c) => c.notNull())
      .addColumn('order_id', 'text', (c) => c.notNull())
      .addColumn('prices', 'text', (c) => c.notNull())
      .addColumn('description', 'text')
      .addColumn('locale', 'text')
      .addColumn('customer', 'text', (c) => c.notNull())
      .addColumn('urls', 'text', (c) => c.notNull())
      .addColumn('metadata', 'text', (c) => c.notNull())
      .addColumn('methods', 'text', (c) => c.notNull())
      .addColumn('is_test', 'integer', (c) => c.notNull())
      .addColumn('status', 'text', (c) => c.notNull())
      .addColumn('reason', 'text')
      .addColumn('is_canceled', 'integer', (c) => c.notNull())
      .addColumn('version', 'integer', (c) => c.notNull())
      .addColumn('view', 'text', (c) => c.notNull())
      .addColumn('is_watched', 'integer', (c) => c.notNull())
      .addColumn('expires_at', 'bigint', (c) => c.notNull())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addColumn('updated_at', 'bigint', (c) => c.notNull())
      .addUniqueConstraint('checkouts_order', ['source', 'order_id'])
      .execute()
    await db.schema
      .createTable('payments')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('checkout_id', 'text', (c) => c.notNull().references('checkouts.id'))
      .addColumn('provider', 'text', (c) => c.notNull())
      .addColumn('method', 'text', (c) => c.notNull())
      .addColumn('price_amount', 'text', (c) => c.notNull())
      .addColumn('price_currency', 'text', (c) => c.notNull())
      .addColumn('ref', 'text')
      .addColumn('claim', 'text')
      .addColumn('next_action', 'text')
      .addColumn('is_cancelable', 'integer', (c) => c.notNull())
      .addColumn('is_shown', 'integer', (c) => c.notNull())
      .addColumn('is_superseded', 'integer', (c) => c.notNull())
      .addColumn('status', 'text', (c) => c.notNull())
      .addColumn('reason', 'text')
      .addColumn('received_amount', 'text')
      .addColumn('received_currency', 'text')
      .addColumn('assurance', 'text')
      .addColumn('paid_at', 'bigint')
      .addColumn('provider_status', 'text')
      .addColumn('return_hash', 'text', (c) => c.notNull().unique())
      .addColumn('webhook_hash', 'text', (c) => c.notNull().unique())
      .addColumn('is_webhook_exposed', 'integer', (c) => c.notNull())
      .addColumn('private', 'text', (c) => c.notNull())
      .addColumn('return_page', 'text')
      .addColumn('expires_at', 'bigint')
      .addColumn('checked_at', 'bigint')
      .addColumn('next_check_at', 'bigint')
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addUniqueConstraint('payments_ref', ['provider', 'ref'])
      .execute()
    await db.schema
      .createTable('facts')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('payment_id', 'text', (c) => c.notNull().references('payments.id'))
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('status', 'text', (c) => c.notNull())
      .addColumn('reason', 'text')
      .addColumn('received_amount', 'text')
      .addColumn('received_currency', 'text')
      .addColumn('assurance', 'text')
      .addColumn('provider_status', 'text')
      .addColumn('note', 'text')
      .execute()
    await db.schema
      .createTable('payouts')
      .addColumn('request_id', 'text', (c) => c.primaryKey())
      .addColumn('provider', 'text', (c) => c.notNull())
      .addColumn('amount', 'text', (c) => c.notNull())
      .addColumn('currency', 'text', (c) => c.notNull())
      .addColumn('asset', 'text', (c) => c.notNull())
      .addColumn('address', 'text', (c) => c.notNull())
      .addColumn('status', 'text', (c) => c.notNull())
      .addColumn('ref', 'text')
      .addColumn('provider_status', 'text')
      .addColumn('webhook_hash', 'text', (c) => c.notNull().unique())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addColumn('updated_at', 'bigint', (c) => c.notNull())
      .execute()
    await db.schema
      .createTable('leases')
      .addColumn('name', 'text', (c) => c.primaryKey())
      .addColumn('holder', 'text', (c) => c.notNull())
      .addColumn('until', 'bigint', (c) => c.notNull())
      .addColumn('counter', 'bigint', (c) => c.notNull())
      .execute()
    await db.schema
      .createTable('events')
      .addColumn('provider', 'text', (c) => c.notNull())
      .addColumn('event_id', 'text', (c) => c.notNull())
      .addColumn('digest', 'text', (c) => c.notNull())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addPrimaryKeyConstraint('events_id', ['provider', 'event_id'])
      .execute()
    await sql`create index payouts_created on payouts (created_at)`.execute(db)
    await sql`create index payments_checkout on payments (checkout_id)`.execute(db)
    await sql`create index payments_due on payments (next_check_at)
      where next_check_at is not null`.execute(db)
    await sql`create index facts_payment on facts (payment_id)`.execute(db)
    await sql`create index checkouts_created on checkouts (created_at)`.execute(db)
  },
}

const deliveries: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.alterTable('checkouts').addColumn('receipt', 'text').execute()
    await db.schema.alterTable('payments').addColumn('hinted_at', 'bigint').execute()
    await db.schema
      .createTable('deliveries')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('checkout_id', 'text', (c) => c.notNull().references('checkouts.id'))
      .addColumn('version', 'integer', (c) => c.notNull())
      .addColumn('type', 'text', (c) => c.notNull())
      .addColumn('body', 'text', (c) => c.notNull())
      .addColumn('status', 'text', (c) => c.notNull())
      .addColumn('attempts', 'integer', (c) => c.notNull())
      .addColumn('next_at', 'bigint')
      .addColumn('expires_at', 'bigint', (c) => c.notNull())
      .addColumn('answer', 'text')
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addColumn('delivered_at', 'bigint')
      .addUniqueConstraint('deliveries_version', ['checkout_id', 'version'])
      .execute()
    await db.schema
      .createTable('signing_keys')
      .addColumn('kid', 'text', (c) => c.primaryKey())
      .addColumn('public_key', 'text', (c) => c.notNull())
      .addColumn('sealed', 'text', (c) => c.notNull())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .execute()
    await sql`create index deliveries_due on deliveries (next_at)
      where next_at is not null`.execute(db)
    await sql`create index deliveries_created on deliveries (created_at)`.execute(db)
    await sql`create index checkouts_open on checkouts (expires_at)
      where status = 'pending'`.execute(db)
    await sql`create index payments_created on payments (provider, created_at)`.execute(db)
  },
}

const watch: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    // The words that `figures.ts` asks with: another form of them would not find the index.
    await sql`create index payments_unusual on payments (checkout_id)
      where (status = 'review' or reason is not null)`.execute(db)
  },
}

const claims: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('claims')
      .addColumn('provider', 'text', (c) => c.notNull())
      .addColumn('ref', 'text', (c) => c.notNull())
      .addColumn('payment_id', 'text', (c) => c.notNull().references('payments.id'))
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addColumn('settled_at', 'bigint')
      .addPrimaryKeyConstraint('claims_ref', ['provider', 'ref'])
      .execute()
    await sql`create index claims_payment on claims (payment_id)`.execute(db)
    // Of two payments that claim the same id, the older one has it. What had ended had its answer.
    await sql`insert into claims (provider, ref, payment_id, created_at, settled_at)
      select provider, claim, id, created_at,
        case when status in ('pending', 'expired', 'canceled') and ref is null
          then null else created_at end
      from payments
      where claim is not null and not exists (
        select 1 from payments other
        where other.provider = payments.provider and other.id <> payments.id
          and (other.ref = payments.claim or other.claim = payments.claim and
            (other.created_at < payments.created_at
              or other.created_at = payments.created_at and other.id < payments.id)))`.execute(db)
    await db.schema.alterTable('payments').dropColumn('claim').execute()
  },
}

/** In the order of their names; a migration that has landed is never edited. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001_foundations': foundations,
  '0002_deliveries': deliveries,
  '0003_watch': watch,
  '0004_claims': claims,
}

/** Brings the schema up to date. PostgreSQL's migrations take a lock of their own. */
export async function migrate<T>(db: Kysely<T>): Promise<void> {
  const provider = { getMigrations: async () => ({ ...MIGRATIONS }) }
  const { error } = await new Migrator({ db, provider }).migrateToLatest()
  if (error) throw explain(error)
}

/** The usual cause in words: an older version was started on a newer store. */
function explain(error: unknown): unknown {
  const missing = /previously executed migration (\S+) is missing/.exec(String(error))?.[1]
  if (missing === undefined) return error
  const message = `the store was made by a newer version (it has ${missing}): start that one`
  return new Error(message, { cause: error })
}

/** SQLite's take none: of several processes, one at a time. */
export const migrateLocked = <T>(db: Kysely<T>): Promise<void> =>
  db.connection().execute(async (one) => {
    await sql`begin immediate`.execute(one)
    try {
      await migrate(one)
      await sql`commit`.execute(one)
    } catch (error) {
      await sql`rollback`.execute(one)
      throw error
    }
  })
