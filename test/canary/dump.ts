/**
 * A SQLite database as text: one text a table, every column of every row.
 * @module
 */
import type { DatabaseSync } from 'node:sqlite'

export function dumpTables(database: DatabaseSync): readonly string[] {
  const tables = database.prepare(`select name from sqlite_schema where type = 'table'`).all()
  return tables.flatMap(({ name }) => {
    const statement = database.prepare(`select * from "${String(name)}"`)
    const rows = statement.all().map((row) => Object.values(row).map(toText).join('\t'))
    return rows.length > 0 ? [`${String(name)}\n${rows.join('\n')}`] : []
  })
}

const toText = (value: unknown): string =>
  value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value)
