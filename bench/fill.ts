/**
 * A store with very many checkouts, fast: what a few real orders left behind, copied by the database itself,
 * each copy with ids of its own.
 * @module
 */
import { DatabaseSync } from 'node:sqlite'
import type { BenchPostgres, Row } from './postgres.ts'

/** Where the store is, and how it is asked. */
export interface FilledStore {
  /** Runs statements that answer nothing. */
  run(statements: string): Promise<void>
  rows(query: string): Promise<readonly Row[]>
  /** A query for the size of everything on the disk, `bytes`. */
  readonly size: string
  /** A table `n (n)` of numbers, the first of them and how many. */
  numbers(from: number, count: number): string
}

export const sqliteStore = (file: string): FilledStore => ({
  async run(statements) {
    const database = open(file)
    database.exec(`begin; ${statements}; commit; pragma wal_checkpoint(truncate)`)
    database.close()
  },
  async rows(query) {
    const database = open(file)
    const rows = database.prepare(query).all()
    database.close()
    return rows
  },
  size: 'select page_count * page_size as bytes from pragma_page_count(), pragma_page_size()',
  numbers: (from, count) =>
    `(with recursive n(n) as (select ${from} union all select n + 1 from n where n < ${from + count - 1}) select n from n) n`,
})

export const postgresStore = ({ query }: BenchPostgres): FilledStore => ({
  run: async (statements) => void (await query(`${statements}; analyze`)),
  rows: query,
  size: 'select pg_database_size(current_database()) as bytes',
  numbers: (from, count) => `generate_series(${from}, ${from + count - 1}) n(n)`,
})

/** The digits of a copy's number, at the end of each of its ids. */
const DIGITS = 7
/** Ids whose length is looked at keep it, the others get longer. */
const COLUMNS: Readonly<Record<string, Readonly<Record<string, 'kept' | 'longer'>>>> = {
  checkouts: { id: 'kept', order_id: 'longer' },
  payments: {
    id: 'kept',
    checkout_id: 'kept',
    ref: 'longer',
    return_hash: 'kept',
    webhook_hash: 'kept',
  },
  facts: { id: 'longer', payment_id: 'kept' },
  deliveries: { id: 'longer', checkout_id: 'kept' },
}

/** Copies each checkout that is there with all that belongs to it, `copies` times. */
export async function fill(store: FilledStore, from: number, copies: number): Promise<void> {
  const originals = `checkouts.order_id like 'B-%' and checkouts.order_id not like 'B-%-%'`
  const statements: string[] = []
  for (const [table, ids] of Object.entries(COLUMNS)) {
    const columns = await columnsOf(store, table)
    const values = columns.map((column) => copyOf(column, ids[column]))
    statements.push(`insert into ${table} (${columns.join(', ')}) select ${values.join(', ')}
      from ${table} t cross join ${store.numbers(from, copies)} where ${belongs(table, originals)}`)
  }
  await store.run(statements.join(';\n'))
}

function copyOf(column: string, how: 'kept' | 'longer' | undefined): string {
  if (how === undefined) return `t.${column}`
  if (how === 'longer') return `t.${column} || '-' || n.n`
  const padded = `'${'0'.repeat(DIGITS)}' || n.n`
  const number = `substr(${padded}, length(${padded}) - ${DIGITS - 1})`
  return `substr(t.${column}, 1, length(t.${column}) - ${DIGITS}) || ${number}`
}

function belongs(table: string, originals: string): string {
  const ids = `select checkouts.id from checkouts where ${originals}`
  if (table === 'checkouts') return `t.id in (${ids})`
  if (table === 'facts') {
    return `t.payment_id in (select p.id from payments p where p.checkout_id in (${ids}))`
  }
  return `t.checkout_id in (${ids})`
}

async function columnsOf(store: FilledStore, table: string): Promise<readonly string[]> {
  return Object.keys((await store.rows(`select * from ${table} limit 1`))[0] ?? {})
}

function open(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: 10_000 })
  database.exec('pragma journal_mode = wal; pragma foreign_keys = on')
  return database
}
