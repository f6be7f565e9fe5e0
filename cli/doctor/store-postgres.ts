/**
 * A store in PostgreSQL: reachable, writable, ours.
 * @module
 */
import { Kysely, sql } from 'kysely'
import { postgresDialect } from '../../proxy/stores/postgres.ts'
import { explain } from '../store-url.ts'
import type { Finding } from './finding.ts'
import { judgeMigrations, storeProblem } from './store.ts'
import { isThisMachine } from './subject.ts'

const ANSWER_MS = 6000

interface Facts {
  readonly isReadOnly: boolean
  readonly canCreate: boolean
  readonly hasStore: boolean
}

/** `sslMode`: where the address does not say it. */
export async function lookAtPostgres(url: string, sslMode?: string): Promise<readonly Finding[]> {
  const db = new Kysely<unknown>({ dialect: postgresDialect(url, ANSWER_MS) })
  const plain = findPlain(url, sslMode)
  try {
    return [...plain, ...(await look(db))]
  } catch (error) {
    const fix = 'Correct host, database, user or password; let this machine reach it.'
    return [...plain, storeProblem('store-unreachable', explain(error), fix)]
  } finally {
    await db.destroy()
  }
}

async function look(db: Kysely<unknown>): Promise<readonly Finding[]> {
  const { rows } = await sql<Facts>`select
    pg_is_in_recovery() or current_setting('default_transaction_read_only') = 'on' as "isReadOnly",
    has_schema_privilege(current_schema(), 'create') as "canCreate",
    to_regclass('kysely_migration') is not null as "hasStore"`.execute(db)
  const [facts] = rows
  if (facts?.isReadOnly) {
    const fix = 'Name the primary server, and a user who may write.'
    return [storeProblem('store-unwritable', 'can only be read', fix)]
  }
  if (facts?.hasStore) {
    const names = await sql<{ name: string }>`select name from kysely_migration`.execute(db)
    return judgeMigrations(names.rows.map(({ name }) => name))
  }
  if (facts?.canCreate) return []
  const fix = 'grant create on schema public to the user of the proxy.'
  return [storeProblem('store-unwritable', 'is empty, and this user may make no tables', fix)]
}

/** What `pg` does without `sslmode`: it speaks in the clear. */
export function findPlain(url: string, sslMode = 'disable'): readonly Finding[] {
  const { searchParams, hostname } = new URL(url)
  const mode = searchParams.get('sslmode') ?? sslMode
  if (hostname === '' || isThisMachine(`http://${hostname}`) || mode !== 'disable') return []
  return [
    {
      severity: 'warning',
      code: 'store-in-clear',
      about: 'DATABASE_URL',
      what: 'speaks with another machine without TLS',
      why: 'Orders, and who bought, can be read on the way.',
      fix: 'Add ?sslmode=verify-full, unless that network is your own.',
    },
  ]
}
