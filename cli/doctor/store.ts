/**
 * The store: opened, looked at, and left as it was.
 * @module
 */
import { MIGRATIONS } from '../../proxy/stores/migrations.ts'
import type { Finding } from './finding.ts'
import { lookAtFile } from './store-file.ts'
import { lookAtPostgres } from './store-postgres.ts'
import { storeUrlOf } from './subject.ts'
import type { Subject } from './subject.ts'

export async function checkStore({ variables, isLive }: Subject): Promise<readonly Finding[]> {
  const url = storeUrlOf(variables)
  if (url.includes(':memory:')) return [forgetful(isLive)]
  if (url.startsWith('file:')) return lookAtFile(url.slice('file:'.length))
  if (/^postgres(ql)?:\/\//.test(url)) return lookAtPostgres(url, variables['PGSSLMODE'])
  return []
}

/** `names`: the migrations that a store has, of whichever version made it. */
export function judgeMigrations(names: readonly string[]): readonly Finding[] {
  const known = Object.keys(MIGRATIONS)
  const newer = names.find((name) => !known.includes(name))
  if (newer !== undefined) {
    return [
      storeProblem(
        'newer-store',
        'was made by a newer version',
        'Start that version, or a newer one.',
      ),
    ]
  }
  const missing = known.filter((name) => !names.includes(name))
  if (missing.length === 0) return []
  return [
    {
      ...storeProblem(
        'old-store',
        `is ${missing.length} migrations behind`,
        'Back it up first: docs/operations.md, "Back up and restore".',
      ),
      severity: 'note',
      why: 'The next start of the proxy brings it up to date; older versions cannot read it then.',
    },
  ]
}

export const storeProblem = (code: string, what: string, fix: string): Finding => ({
  severity: 'error',
  code,
  about: 'DATABASE_URL',
  what,
  why: 'What cannot be stored is not acknowledged, and no payment begins.',
  fix,
})

const forgetful = (isLive: boolean): Finding => ({
  ...storeProblem(
    'store-in-memory',
    'is in memory alone',
    'Set it to file:./data/checkout.db or to PostgreSQL.',
  ),
  severity: isLive ? 'error' : 'warning',
  why: 'A restart forgets every order, and the keys of every receipt.',
})
