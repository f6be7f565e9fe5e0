/**
 * Who on this machine may read the secrets and the orders, and who may change where money goes.
 * @module
 */
import { statSync } from 'node:fs'
import type { Finding } from './finding.ts'
import { storeUrlOf } from './subject.ts'
import type { Subject } from './subject.ts'

const READ = 0o004
const GROUP_READ = 0o040
const WRITE = 0o002

export function checkPermissions({ variables, file, config }: Subject): readonly Finding[] {
  // Windows has no such bits.
  if (process.platform === 'win32') return []
  const database = storeUrlOf(variables)
  const payouts = /addresses:([^;]+)/.exec(variables['PAYOUTS'] ?? '')?.[1]?.trim()
  return [
    ...(file ? findReadable(file.path, 'secret') : []),
    ...(database.startsWith('file:') ? findReadable(database.slice('file:'.length), 'orders') : []),
    ...findWritable('CATALOGUE', variables['CATALOGUE']),
    ...findWritable('LINCOLN_VALUES', variables['LINCOLN_VALUES']),
    ...(config?.payouts?.addresses === 'any' ? [] : findWritable('PAYOUTS', payouts)),
  ]
}

const modeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mode ?? 0

function findReadable(path: string, holds: 'secret' | 'orders'): readonly Finding[] {
  const mode = modeOf(path)
  if ((mode & (READ | GROUP_READ)) === 0) return []
  const isForAll = (mode & READ) !== 0
  const isSecret = holds === 'secret'
  return [
    {
      severity: isSecret && isForAll ? 'error' : isForAll ? 'warning' : 'note',
      code: isSecret ? 'readable-secrets' : 'readable-store',
      about: path,
      what: `can be read by ${isForAll ? 'every user' : 'its group'} of this machine`,
      why: isSecret ? 'It holds every key.' : 'It holds every order, and who bought.',
      fix: `chmod 600 ${path}`,
    },
  ]
}

/** What says where money goes, or what things cost. */
function findWritable(variable: string, path: string | undefined): readonly Finding[] {
  if (path === undefined || (modeOf(path) & WRITE) === 0) return []
  return [
    {
      severity: 'error',
      code: 'writable-by-all',
      about: variable,
      what: 'names a file that every user of this machine can change',
      why: 'It says what things cost, or where money goes.',
      fix: `chmod 644 ${path}`,
    },
  ]
}
