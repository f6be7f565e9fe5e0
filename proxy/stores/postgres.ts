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

/** A store behind `url` (`postgres://…`). 64-bit integers come back as numbers: ours are times. */
export function createPostgresStore(url: string): Store {
  const types = new TypeOverrides()
  types.setTypeParser(INT8, Number)
  const pool = new Pool({
    connectionString: url,
    connectionTimeoutMillis: 5000,
    types,
  })
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined)
  return createKyselyStore({
    dialect: new PostgresDialect({ pool }),
    locksRows: true,
    isRace: (error) => error instanceof Error && 'code' in error && RACES.has(error.code),
  })
}
