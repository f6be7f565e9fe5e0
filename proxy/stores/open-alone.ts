/**
 * Opens a store's database below the store itself, to move what is in it: nobody else writes meanwhile.
 * @module
 */
import { existsSync } from 'node:fs'
import { Kysely, sql } from 'kysely'
import type { Dialect, Transaction } from 'kysely'
import { migrate, migrateLocked } from './migrations.ts'
import { TABLES } from './schema.ts'

/** A row of any table. */
export type Row = Readonly<Record<string, unknown>>

/** Tables of whatever columns. */
export type AnyTables = Record<string, Row>

export interface LoneDatabase {
  readonly db: Kysely<AnyTables>
  /** A text may hold the character NUL. */
  readonly takesNul: boolean
  hasTable(name: string): Promise<boolean>
  /** Brings the schema up to date. */
  migrate(): Promise<void>
  /** Runs `task` in one transaction; nobody else can write to the tables until it ends. */
  hold<T>(task: (trx: Transaction<AnyTables>) => Promise<T>): Promise<T>
  /** Every row of a table, without all of them being in memory. */
  read(trx: Transaction<AnyTables>, table: string): AsyncIterable<Row>
  close(): Promise<void>
}

const FETCH = 500
const LOCK_TIMEOUT = '3s'
const LOCK_NOT_AVAILABLE = '55P03'

/**
 * Opens the database at `url`: `file:…` or `postgres://…`. Throws where it cannot be reached, where
 * another process has the file open, or, with `mustExist`, where there is no such file.
 */
export async function openAlone(url: string, mustExist = false): Promise<LoneDatabase> {
  const database = /^postgres(ql)?:/.test(url)
    ? await openPostgres(url)
    : await openFile(url.replace(/^file:/, ''), mustExist)
  try {
    await database.hasTable(TABLES[0] ?? '')
    return database
  } catch (error) {
    await database.close()
    throw error
  }
}

async function openFile(path: string, mustExist: boolean): Promise<LoneDatabase> {
  if (mustExist && !existsSync(path)) throw new Error('there is no such file')
  const { openSqlite, sqliteDialect } = await import('./sqlite.ts')
  const common = open(sqliteDialect(openSqlite(path, true)), false)
  const { db } = common
  return {
    ...common,
    takesNul: true,
    async hasTable(name) {
      const tables = sql`select 1 from sqlite_master where type = 'table' and name = ${name}`
      return (await tables.execute(db)).rows.length > 0
    },
    hold: (task) => db.transaction().execute(task),
    read: (trx, table) => trx.selectFrom(table).selectAll().stream(),
  }
}

async function openPostgres(url: string): Promise<LoneDatabase> {
  const { postgresDialect } = await import('./postgres.ts')
  const common = open(postgresDialect(url), true)
  const { db } = common
  return {
    ...common,
    takesNul: false,
    async hasTable(name) {
      const table = sql<{ found: boolean }>`select to_regclass(${name}) is not null as found`
      return (await table.execute(db)).rows[0]?.found === true
    },
    hold: (task) =>
      db.transaction().execute(async (trx) => {
        await lockTables(trx)
        return task(trx)
      }),
    async *read(trx, table) {
      const every = sql`select * from ${sql.table(table)}`
      await sql`declare every no scroll cursor for ${every}`.execute(trx)
      for (;;) {
        const { rows } = await sql<Row>`fetch ${sql.lit(FETCH)} from every`.execute(trx)
        if (rows.length === 0) break
        yield* rows
      }
      await sql`close every`.execute(trx)
    },
  }
}

/** Readers may go on. */
async function lockTables(trx: Transaction<AnyTables>): Promise<void> {
  await sql`set local lock_timeout = ${sql.lit(LOCK_TIMEOUT)}`.execute(trx)
  try {
    const tables = sql.join(TABLES.map((table) => sql.table(table)))
    await sql`lock table ${tables} in exclusive mode`.execute(trx)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === LOCK_NOT_AVAILABLE))
      throw error
    throw new Error('another process is writing to the PostgreSQL tables: stop every proxy first', {
      cause: error,
    })
  }
}

function open(dialect: Dialect, locksRows: boolean) {
  const db = new Kysely<AnyTables>({ dialect })
  return {
    db,
    migrate: () => (locksRows ? migrate(db) : migrateLocked(db)),
    close: () => db.destroy(),
  }
}
