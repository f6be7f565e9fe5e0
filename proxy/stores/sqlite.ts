/**
 * SQLite through Node's own `node:sqlite`: one file, no native build. WAL, and `synchronous=FULL`:
 * what was acknowledged is on the disk.
 * @module
 */
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { SQLInputValue, StatementSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { SqliteDialect } from 'kysely'
import type { CompiledQuery, SqliteDatabase } from 'kysely'
import type { Store } from '../store.ts'
import { createKyselyStore } from './kysely-store.ts'
import type { QuickRead } from './kysely-store.ts'

const BUSY_MS = 5000
const RETRY_MS = 20
const CACHED_STATEMENTS = 200

/** A store in the file at `path`; `:memory:` forgets everything on closing. */
export function createSqliteStore(path: string): Store {
  const database = openSqlite(path)
  // Who waits for a lock waits in `createPatience`, where everybody else is served meanwhile.
  database.exec('pragma busy_timeout = 0')
  return createKyselyStore({
    dialect: sqliteDialect(database),
    locksRows: false,
    ...(path !== ':memory:' && { readQuickly: createReader(path, database) }),
    sync: (isAtOnce) => database.exec(`pragma synchronous = ${isAtOnce ? 'full' : 'normal'}`),
    isRace: (error) => error instanceof Error && error.message.includes('UNIQUE constraint'),
  })
}

/**
 * The database in the file at `path`, which is made where there is none. `isAlone`: for this process
 * only; throws where another one has it open, and keeps others from opening it.
 */
export function openSqlite(path: string, isAlone = false): DatabaseSync {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true })
  const database = new DatabaseSync(path, { timeout: BUSY_MS })
  try {
    // Before the first access, so that SQLite never shares the file at all.
    if (isAlone) database.exec('pragma locking_mode = exclusive')
    useWal(database)
    database.exec('pragma synchronous = full; pragma foreign_keys = on')
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/** Of several processes that make a new file, SQLite refuses some at once instead of letting them wait. */
function useWal(database: DatabaseSync): void {
  for (const until = Date.now() + BUSY_MS; ;) {
    try {
      return database.exec('pragma journal_mode = wal')
    } catch (error) {
      if (!isLocked(error) || Date.now() >= until) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_MS)
    }
  }
}

const isLocked = (error: unknown): boolean =>
  error instanceof Error && error.message.includes('database is locked')

/** What Kysely speaks to it with. */
export const sqliteDialect = (database: DatabaseSync): SqliteDialect =>
  new SqliteDialect({
    database: adapt(database),
    async onCreateConnection(connection) {
      const execute = connection.executeQuery.bind(connection)
      const waitForLock = createPatience()
      Object.assign(connection, {
        executeQuery: (query: CompiledQuery) =>
          isRead(query) ? execute(query) : waitForLock(() => execute(query)),
      })
    },
  })

/** In WAL mode nobody waits for a writer to read. */
const isRead = ({ query }: CompiledQuery): boolean => query.kind === 'SelectQueryNode'

/**
 * Another process is writing: a query is tried again until it lets go. Once that took too long, the
 * others do not wait as well, or a queue of them would outlive the lock.
 */
function createPatience(): <T>(query: () => Promise<T>) => Promise<T> {
  let lockedSince: number | undefined
  return async (query) => {
    for (;;) {
      try {
        const result = await query()
        lockedSince = undefined
        return result
      } catch (error) {
        if (!isLocked(error)) throw error
        lockedSince ??= performance.now()
        if (performance.now() - lockedSince >= BUSY_MS) throw error
        await sleep(RETRY_MS)
      }
    }
  }
}

const TRUSTED_MS = 50
const MAX_CACHED = 5000

/**
 * Reads one row past Kysely's queue, on a connection of its own that only ever sees what is committed:
 * a browser's poll neither waits for a writer nor pays for SQLite's file locks every time.
 *
 * A row that was read is kept until this process changes it, or until SQLite says that another process
 * changed the file (`data_version`, asked at most every 50 ms).
 */
function createReader(path: string, writer: DatabaseSync): QuickRead {
  let reader: StatementSync | undefined
  let database: DatabaseSync | undefined
  const cache = new Map<string, unknown>()
  const dataVersion = writer.prepare('pragma data_version')
  let known: unknown
  let trustedUntil = 0

  function checkOthers(): void {
    const now = performance.now()
    if (now < trustedUntil) return
    trustedUntil = now + TRUSTED_MS
    const version = dataVersion.get()?.['data_version']
    if (version !== known || cache.size > MAX_CACHED) cache.clear()
    known = version
  }

  return {
    get(sql, id) {
      checkOthers()
      const cached = cache.get(id)
      if (cached) return cached
      database ??= new DatabaseSync(path, { readOnly: true, timeout: BUSY_MS })
      reader ??= database.prepare(sql)
      const row = reader.get(id)
      if (row) cache.set(id, row)
      return row
    },
    forget: (id) => cache.delete(id),
    close: () => database?.close(),
  }
}

const NOTHING_DONE = { changes: 0, lastInsertRowid: 0 }

interface Prepared {
  readonly statement: StatementSync
  /** It answers with rows. */
  readonly reader: boolean
}

/**
 * What Kysely expects of a database, on `node:sqlite`. Transactions begin as writers: two processes on
 * one file then wait for each other instead of failing half-way.
 */
function adapt(database: DatabaseSync): SqliteDatabase {
  const statements = new Map<string, Prepared>()
  const prepare = (sql: string): Prepared => {
    const known = statements.get(sql)
    if (known) return known
    const statement = database.prepare(sql === 'begin' ? 'begin immediate' : sql)
    const made = { statement, reader: statement.columns().length > 0 }
    if (statements.size >= CACHED_STATEMENTS) statements.clear()
    statements.set(sql, made)
    return made
  }
  return {
    close: () => {
      statements.clear()
      database.close()
    },
    prepare: (sql) => {
      const { statement, reader } = prepare(sql)
      return {
        reader,
        all: (parameters) => statement.all(...bind(parameters)),
        run: (parameters) =>
          // A full disk has ended the transaction already: its error is the one to be told.
          sql === 'rollback' && !database.isTransaction
            ? NOTHING_DONE
            : statement.run(...bind(parameters)),
        iterate: (parameters) => statement.iterate(...bind(parameters)),
      }
    },
  }
}

const bind = (parameters: readonly unknown[]): SQLInputValue[] => parameters as SQLInputValue[]
