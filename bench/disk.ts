/**
 * What the disk can do: commits a second, one after the other, as the proxy's own store makes them.
 * @module
 */
import { rmSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'

const DURATION_MS = 2000
const ROW = 'x'.repeat(500)

/** Measured in a file of its own beside `databaseFile`. */
export function commitsPerSecond(databaseFile: string): number {
  const file = `${databaseFile}.disk`
  const database = new DatabaseSync(file)
  database.exec(
    'pragma journal_mode = wal; pragma synchronous = full; create table rows (row text)',
  )
  const insert = database.prepare('insert into rows values (?)')
  const begin = performance.now()
  let commits = 0
  for (; performance.now() - begin < DURATION_MS; commits += 1) insert.run(ROW)
  const perSecond = (commits * 1000) / (performance.now() - begin)
  database.close()
  rmSync(file)
  return perSecond
}
