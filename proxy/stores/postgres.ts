/**
 * PostgreSQL, for several proxies on one store.
 * @module
 */
import { PostgresDialect } from 'kysely'
import { Pool, TypeOverrides } from 'pg'
import type { Store } from '../store.ts'
import { createKyselyStore } from './kysely-store.ts'

const INT8 = 20
const RACES: ReadonlySet<unknown> = new Set(['23505', '40001', '40P01'])

/** A store behind `url` (`postgres://…`). */
export function createPostgresStore(url: string): Store {
  return createKyselyStore({
    dialect: postgresDialect(url),
    locksRows: true,
    isRace: (error) => error instanceof Error && 'code' in error && RACES.has(error.code),
  })
}

/** What Kysely speaks to it with. 64-bit integers come back as numbers: ours are times. */
export function postgresDialect(url: string): PostgresDialect {
  const types = new TypeOverrides()
  types.setTypeParser(INT8, Number)
  const pool = new Pool({
    connectionString: url,
    connectionTimeoutMillis: 5000,
    types,
  })
  // A connection that breaks fails its queries and is replaced; without listeners, for the idle and for
  // those in use, it would end the process.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return new PostgresDialect({ pool })
}
