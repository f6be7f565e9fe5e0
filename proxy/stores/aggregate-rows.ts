/**
 * A checkout with its payments, their facts and claims, in one statement: what it finds is of one moment,
 * and costs one way to the database and back.
 * @module
 */
import { sql } from 'kysely'
import type { Expression, Kysely, RawBuilder } from 'kysely'
import type { Aggregate, Claim } from '../records.ts'
import { fromCheckoutRow, fromFactRow, fromPaymentRow } from './rows.ts'
import { CLAIM_COLUMNS, FACT_COLUMNS, PAYMENT_COLUMNS } from './schema.ts'
import type { CheckoutRow, ClaimRow, FactRow, PaymentRow, Tables } from './schema.ts'

/** Undefined where there is none. */
export type LoadAggregate = (
  source: Kysely<Tables>,
  id: string,
  options?: { readonly isLocked?: boolean },
) => Promise<Aggregate | undefined>

/** `locksRows`: PostgreSQL, whose functions have other names than SQLite's. */
export function createLoad(db: Kysely<Tables>, locksRows: boolean): LoadAggregate {
  // Always the same text, so it is put together once.
  const { parameters: _none, ...query } = selectAggregate(
    db,
    locksRows ? asPostgresJson : asSqliteJson,
  ).compile()

  return async (source, id, { isLocked = false } = {}) => {
    // By itself: a statement that waits for a lock sees the other tables as they were before it waited.
    if (isLocked && locksRows) {
      await source.selectFrom('checkouts').select('id').where('id', '=', id).forUpdate().execute()
    }
    const { rows } = await source.executeQuery<AggregateRow>({ ...query, parameters: [id] })
    return rows[0] && fromAggregateRow(rows[0])
  }
}

/** The others as JSON text. */
type AggregateRow = CheckoutRow & Readonly<Record<'payments' | 'claims' | 'facts', string>>

const selectAggregate = (db: Kysely<Tables>, asJson: AsJson) =>
  db
    .selectFrom('checkouts')
    .selectAll()
    .select(({ selectFrom }) => {
      const payments = selectFrom('payments').whereRef('checkout_id', '=', 'checkouts.id')
      const ids = payments.select('payments.id')
      const claims = selectFrom('claims').where('payment_id', 'in', ids)
      const open = claims.where('settled_at', 'is', null)
      const facts = selectFrom('facts').where('payment_id', 'in', ids)
      return [
        asJson(payments, PAYMENT_COLUMNS, ['created_at', 'id']).as('payments'),
        asJson(open, CLAIM_COLUMNS, ['created_at', 'ref']).as('claims'),
        asJson(facts, FACT_COLUMNS, ['at', 'id']).as('facts'),
      ]
    })
    .where('id', '=', '')

function fromAggregateRow(row: AggregateRow): Aggregate {
  const payments = JSON.parse(row.payments) as PaymentRow[]
  const claims = JSON.parse(row.claims) as ClaimRow[]
  const facts = JSON.parse(row.facts) as FactRow[]
  const claimsOf = (paymentId: string): readonly Claim[] =>
    claims
      .filter((claim) => claim.payment_id === paymentId)
      .map((claim) => ({ ref: claim.ref, createdAt: claim.created_at }))
  return {
    checkout: fromCheckoutRow(row),
    payments: payments.map((payment) => fromPaymentRow(payment, claimsOf(payment.id))),
    facts: facts.map(fromFactRow),
  }
}

/** The rows of `query` as a JSON array, in the order of `order`. */
type AsJson = (
  query: Rows,
  columns: readonly string[],
  order: readonly string[],
) => RawBuilder<string>

/** A query of some table, nothing selected yet. */
type Rows = { select(columns: readonly string[]): Expression<unknown> }

const asPostgresJson: AsJson = (query, columns, order) =>
  sql`(select coalesce(json_agg(part ${orderBy(order)}), '[]')::text from ${query.select(columns)} as part)`

const asSqliteJson: AsJson = (query, columns, order) => {
  const pairs = columns.flatMap((column) => [sql.lit(column), sql.ref(`part.${column}`)])
  return sql`(select json_group_array(json_object(${sql.join(pairs)}) ${orderBy(order)})
    from ${query.select(columns)} as part)`
}

const orderBy = (columns: readonly string[]): RawBuilder<unknown> =>
  sql`order by ${sql.join(columns.map((column) => sql.ref(`part.${column}`)))}`
