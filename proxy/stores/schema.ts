/**
 * The tables, as Kysely types and as migrations. The same text runs on SQLite and PostgreSQL: ids,
 * JSON and decimals are text, times are epoch milliseconds in a 64-bit integer, booleans are 0 or 1.
 * @module
 */
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { PriceSource } from '../../protocol/payment.ts'
import type { FactKind } from '../../protocol/projection.ts'
import type { Assurance, PaymentStatus, Reason } from '../../protocol/status.ts'

export interface CheckoutRow {
  id: string
  source: PriceSource
  order_id: string
  prices: string
  description: string | null
  locale: string | null
  customer: string
  urls: string
  metadata: string
  methods: string
  is_test: number
  status: PaymentStatus
  reason: Reason | null
  version: number
  view: string
  is_watched: number
  expires_at: number
  created_at: number
  updated_at: number
}

export interface PaymentRow {
  id: string
  checkout_id: string
  provider: string
  method: string
  price_amount: string
  price_currency: string
  ref: string | null
  claim: string | null
  next_action: string | null
  is_cancelable: number
  is_shown: number
  is_superseded: number
  status: PaymentStatus
  reason: Reason | null
  received_amount: string | null
  received_currency: string | null
  assurance: Assurance | null
  paid_at: number | null
  provider_status: string | null
  return_hash: string
  return_page: string | null
  expires_at: number | null
  checked_at: number | null
  next_check_at: number | null
  created_at: number
}

export interface FactRow {
  id: string
  payment_id: string
  at: number
  kind: FactKind
  status: PaymentStatus
  reason: Reason | null
  received_amount: string | null
  received_currency: string | null
  assurance: Assurance | null
  provider_status: string | null
  note: string | null
}

export interface Tables {
  checkouts: CheckoutRow
  payments: PaymentRow
  facts: FactRow
}

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
    await sql`create index payments_checkout on payments (checkout_id)`.execute(db)
    await sql`create index payments_due on payments (next_check_at)
      where next_check_at is not null`.execute(db)
    await sql`create index facts_payment on facts (payment_id)`.execute(db)
    await sql`create index checkouts_created on checkouts (created_at)`.execute(db)
  },
}

/** In the order of their names; a migration that has landed is never edited. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = { '0001_foundations': foundations }
