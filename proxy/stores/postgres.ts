/**
 * PostgreSQL, for several proxies on one store.
 * @module
 */
import { PostgresDialect } from 'kysely'
import type { PostgresPool } from 'kysely'
import { Pool, TypeOverrides } from 'pg'
import type { Store } from '../store.ts'
import { createKyselyStore } from './kysely-store.ts'

const INT8 = 20
const RACES: ReadonlySet<unknown> = new Set(['23505', '40001', '40P01'])
/** A query of ours takes milliseconds; one that takes this long was sent down a line that died. */
const ANSWER_MS = 10_000
const CONNECT_MS = 5000
/**
 * Who waited for a lock sees what the other one wrote, whatever the database's own default is. And where the
 * line died on us only, the server lets go of what a transaction had locked.
 */
const SESSION = `set default_transaction_isolation = 'read committed';
  set idle_in_transaction_session_timeout = ${ANSWER_MS}`

/** A store behind `url` (`postgres://…`). */
export function createPostgresStore(url: string): Store {
  return createKyselyStore({
    dialect: postgresDialect(url, ANSWER_MS),
    // Altering a large table takes its time.
    migrationDialect: () => postgresDialect(url),
    locksRows: true,
    isRace: (error) => error instanceof Error && 'code' in error && RACES.has(error.code),
  })
}

/**
 * What Kysely speaks to it with. 64-bit integers come back as numbers: ours are times. `answerMs`: how
 * long a query may take.
 */
export function postgresDialect(url: string, answerMs?: number): PostgresDialect {
  const types = new TypeOverrides()
  types.setTypeParser(INT8, Number)
  const pool = new Pool({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
    types,
    ...(answerMs !== undefined && { query_timeout: answerMs }),
  })
  // A connection that breaks fails its queries and is replaced; without listeners, for the idle and for
  // those in use, it would end the process.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => {
    client.on('error', () => undefined)
    client.query(SESSION).catch(() => undefined)
  })
  return new PostgresDialect({ pool: discardSilent(pool) })
}

/** Gives a connection that left a query without an answer to nobody else. */
function discardSilent(pool: Pool): PostgresPool {
  async function connect() {
    const client = await pool.connect()
    let silence: Error | undefined
    const query = async (text: string, parameters: unknown[]) => {
      if (silence) throw silence
      try {
        return await client.query(text, parameters)
      } catch (error) {
        if (isSilence(error)) silence = error
        throw error
      }
    }
    const release = (): void => client.release(silence)
    return Object.assign(Object.create(client) as typeof client, { query, release })
  }
  return { options: pool.options, connect, end: () => pool.end() }
}

const isSilence = (error: unknown): error is Error =>
  error instanceof Error && error.message === 'Query read timeout'
