/**
 * Copies a store into another database: every row of every table, in one transaction that counts only
 * once all of it was read back. It knows no column, so a later migration changes nothing here.
 * @module
 */
import { createHash } from 'node:crypto'
import type { Kysely, Transaction } from 'kysely'
import type { AnyTables, LoneDatabase, Row } from './open-alone.ts'
import { TABLES } from './schema.ts'

export interface CopiedTable {
  readonly table: string
  readonly rows: number
}

/** PostgreSQL takes 65535 in one statement, SQLite 32766. */
const MAX_PARAMETERS = 10_000

/**
 * Copies all of `source` into the empty `target`, after bringing the schema of both up to date. Tells
 * `onTable` of each table that is there and the same. Throws, and leaves the target empty, where
 * anything is not as it must be; the message names the table and the column, never what they hold.
 */
export async function copyStore(
  source: LoneDatabase,
  target: LoneDatabase,
  onTable: (copied: CopiedTable) => void,
): Promise<void> {
  if (!(await source.hasTable('kysely_migration'))) throw new Error('the source holds no store')
  for (const table of TABLES) {
    if (await target.hasTable(table)) await refuseRows(target.db, table)
  }
  await prepare('source', source)
  await prepare('target', target)
  await source.hold((from) =>
    target.hold(async (to) => {
      for (const table of TABLES) {
        await refuseRows(to, table)
        const rows = await naming(table, () => copyTable(source, from, target, to, table))
        onTable({ table, rows })
      }
    }),
  )
}

async function refuseRows(target: Kysely<AnyTables>, table: string): Promise<void> {
  const rows = await target.selectFrom(table).selectAll().limit(1).execute()
  if (rows.length > 0) throw new Error(`the target is not empty: its table ${table} holds rows`)
}

async function copyTable(
  source: LoneDatabase,
  from: Transaction<AnyTables>,
  target: LoneDatabase,
  to: Transaction<AnyTables>,
  table: string,
): Promise<number> {
  const read = createTally()
  let batch: Row[] = []
  const write = async (): Promise<void> => {
    if (batch.length > 0) await to.insertInto(table).values(batch).execute()
    batch = []
  }
  for await (const row of source.read(from, table)) {
    checkRow(row, target.takesNul)
    read.add(row)
    batch.push(row)
    if ((batch.length + 1) * Object.keys(row).length > MAX_PARAMETERS) await write()
  }
  await write()
  const written = createTally()
  for await (const row of target.read(to, table)) written.add(row)
  if (written.sum() !== read.sum()) throw new Error('what was read back is not what was written')
  return read.rows()
}

/** Only what both databases hold alike: texts, and integers that are numbers here. */
function checkRow(row: Row, takesNul: boolean): void {
  for (const [column, value] of Object.entries(row)) {
    const isPlain = value === null || typeof value === 'string' || Number.isSafeInteger(value)
    if (!isPlain) throw new Error(`column ${column} holds something that is no text and no integer`)
    if (!takesNul && typeof value === 'string' && value.includes('\0')) {
      const [key] = Object.entries(row)
      throw new Error(
        `column ${column} holds the character NUL, which PostgreSQL cannot store, ` +
          `where ${key?.[0]} is ${JSON.stringify(key?.[1])}`,
      )
    }
  }
}

/**
 * Rows in one number: how many, and the sum of their SHA-256, modulo 2^256. Two databases sort text by
 * different rules; a sum needs no order, and no row can be missing, doubled or altered in it.
 */
function createTally() {
  let rows = 0
  let sum = 0n
  return {
    add(row: Row) {
      const columns = Object.entries(row).toSorted(([a], [b]) => (a < b ? -1 : 1))
      const hash = createHash('sha256').update(JSON.stringify(columns)).digest('hex')
      sum = BigInt.asUintN(256, sum + BigInt(`0x${hash}`))
      rows += 1
    },
    rows: () => rows,
    sum: () => `${rows}:${sum}`,
  }
}

async function prepare(side: string, database: LoneDatabase): Promise<void> {
  try {
    await database.migrate()
  } catch (error) {
    const isNewer = /made by a newer version/.test(messageOf(error))
    const reason = isNewer ? 'a newer version made it' : messageOf(error)
    throw new Error(`the ${side} cannot be brought up to date: ${reason}`, { cause: error })
  }
}

async function naming<T>(table: string, task: () => Promise<T>): Promise<T> {
  try {
    return await task()
  } catch (error) {
    throw new Error(`table ${table}: ${messageOf(error)}`, { cause: error })
  }
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error)
