/**
 * A store in a file: whether it is one, can be written, and has room. It is opened for reading alone.
 * @module
 */
import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import type { Finding } from './finding.ts'
import { judgeMigrations, storeProblem } from './store.ts'

const MIB = 1024 * 1024
const NO_ROOM = 100 * MIB
const LITTLE_ROOM = 1024 * MIB
const PLACE = 'Name a file in a folder that the proxy may write to.'

export function lookAtFile(path: string): readonly Finding[] {
  const folder = existingFolder(resolve(path))
  if (folder === undefined || !canWrite(folder)) {
    return [storeProblem('store-unwritable', 'its folder cannot be written', PLACE)]
  }
  const room = judgeRoom(freeBytes(folder))
  if (!existsSync(path)) return room
  if (!statSync(path).isFile()) return [storeProblem('no-store', 'is no file', PLACE)]
  if (!canWrite(path))
    return [
      storeProblem(
        'store-unwritable',
        'cannot be written',
        `chown it to the user of the proxy: ${path}`,
      ),
    ]
  return [...room, ...lookInside(path)]
}

/** `free`: bytes. */
export function judgeRoom(free: number): readonly Finding[] {
  if (free >= LITTLE_ROOM) return []
  const left = `${Math.floor(free / MIB)} MiB are left on its disk`
  const finding = storeProblem(
    'disk-full',
    left,
    'Make room: docs/operations.md, "How much it grows".',
  )
  return [free < NO_ROOM ? finding : { ...finding, severity: 'warning' }]
}

function lookInside(path: string): readonly Finding[] {
  try {
    const database = new DatabaseSync(addressOf(path), { readOnly: true })
    try {
      return judgeMigrations(readMigrations(database))
    } finally {
      database.close()
    }
  } catch {
    return [
      storeProblem(
        'no-store',
        'is a file of another kind',
        'Name another file, or a backup of it.',
      ),
    ]
  }
}

/**
 * Even a reader makes the files of a write-ahead log, and leaves them behind: whoever runs this is not
 * always the user of the proxy, who could not open them. Where none is there, none is needed.
 */
function addressOf(path: string): URL {
  const url = pathToFileURL(resolve(path))
  if (!existsSync(`${path}-wal`)) url.searchParams.set('immutable', '1')
  return url
}

/** Of an empty database none; throws where other tables are in it. */
function readMigrations(database: DatabaseSync): readonly string[] {
  const tables = database.prepare("select name from sqlite_master where type = 'table'").all()
  if (tables.length === 0) return []
  const rows = database.prepare('select name from kysely_migration').all()
  return rows.map(({ name }) => String(name))
}

/** The folder of the file, or the one that it would be made in; undefined where something else is in its way. */
function existingFolder(path: string): string | undefined {
  let at = dirname(path)
  while (!existsSync(at)) {
    // Below a file there is nothing, and nothing can be made.
    if (at === dirname(at)) return undefined
    at = dirname(at)
  }
  return statSync(at).isDirectory() ? at : undefined
}

function canWrite(path: string): boolean {
  try {
    accessSync(path, constants.R_OK | constants.W_OK)
    return true
  } catch {
    return false
  }
}

function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}
