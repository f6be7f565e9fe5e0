import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, describe, it } from 'node:test'
import { Kysely } from 'kysely'
import { Migrator } from 'kysely/migration'
import type { Store } from '../../proxy/store.ts'
import { MIGRATIONS } from '../../proxy/stores/migrations.ts'
import { toCheckoutRow } from '../../proxy/stores/rows.ts'
import { TABLES } from '../../proxy/stores/schema.ts'
import type { Tables } from '../../proxy/stores/schema.ts'
import { openSqlite, sqliteDialect } from '../../proxy/stores/sqlite.ts'
import { startPostgres } from '../support/postgres.ts'
import { fill, fillMuch, newCheckout, readAll, tryAll } from './filled-store.ts'
import { createDatabase, migrateStore, prepareMove, withStore } from './support.ts'
import type { Ended } from './support.ts'

const directory = mkdtempSync(join(tmpdir(), 'cc-cli-'))
const postgres = await startPostgres()
after(async () => {
  await postgres.stop()
  rmSync(directory, { recursive: true })
})

const succeeded = ({ code, errors }: Ended): void => assert.deepEqual([code, errors], [0, ''])

const prepare = (filling?: (store: Store) => Promise<void>) =>
  prepareMove(directory, postgres.url, filling)

async function readPayments(store: Store) {
  const checkouts = await store.list({ limit: 1000 })
  return Promise.all(checkouts.map(({ id }) => store.read(id)))
}

/** A store as the first version left it, with one checkout in it. */
async function makeFirstVersion(path: string): Promise<void> {
  const [first] = Object.entries(MIGRATIONS)
  const db = new Kysely<Tables>({ dialect: sqliteDialect(openSqlite(path)) })
  const provider = { getMigrations: async () => Object.fromEntries([first ?? []]) }
  await new Migrator({ db, provider }).migrateToLatest()
  const { receipt: _none, ...row } = toCheckoutRow({
    checkout: newCheckout(1),
    payments: [],
    facts: [],
  })
  await db.insertInto('checkouts').values(row).execute()
  await db.destroy()
}

/** How many rows of each column hold something, and how many nothing. */
function countColumns(path: string) {
  const database = new DatabaseSync(path)
  const tables = database
    .prepare(
      `select name from sqlite_master where type = 'table'
      and name not like 'kysely_%' and name not like 'sqlite_%'`,
    )
    .all()
    .map(({ name }) => String(name))
  const columns = tables.flatMap((table) =>
    database
      .prepare('select name, "notnull" as required, pk from pragma_table_info(?)')
      .all(table)
      .map((column) => {
        const name = String(column['name'])
        const count = `select count("${name}") as full, count(*) as every from "${table}"`
        const { full, every } = database.prepare(count).get() ?? {}
        return {
          column: `${table}.${name}`,
          mayBeEmpty: column['required'] === 0 && column['pk'] === 0,
          full: Number(full),
          empty: Number(every) - Number(full),
        }
      }),
  )
  database.close()
  return { tables, columns }
}

describe('what is moved in these tests', () => {
  it('is every table, with something and with nothing in every column', async () => {
    const { path } = await prepare()
    const { tables, columns } = countColumns(path)
    assert.deepEqual(tables.toSorted(), TABLES.toSorted())
    const lacking = columns.filter(
      ({ full, empty, mayBeEmpty }) => full === 0 || (mayBeEmpty && empty === 0),
    )
    assert.deepEqual(lacking, [])
  })
})

describe('crypto-checkout migrate-store', () => {
  it('moves everything to PostgreSQL: whatever is asked, both answer the same', async () => {
    const { from, to } = await prepare()
    const ended = await migrateStore(from, to)
    succeeded(ended)
    for (const table of TABLES) assert.match(ended.output, new RegExp(`^  ${table}: [1-9]`, 'm'))
    const [before, now] = [await withStore(from, readAll), await withStore(to, readAll)]
    assert.deepEqual(now, before)
    assert.equal(before.aggregates.flatMap((aggregate) => aggregate?.facts).length, 2)
    assert.deepEqual(await withStore(to, tryAll), await withStore(from, tryAll))
  })

  it('takes the password from PGPASSWORD, where the URL has none', async () => {
    const { from, to } = await prepare()
    const url = new URL(to)
    const { password } = url
    url.password = ''
    succeeded(await migrateStore(from, url.href, undefined, { PGPASSWORD: password }))
    assert.deepEqual(await withStore(to, readAll), await withStore(from, readAll))
  })

  it('moves everything back to SQLite', async () => {
    const { from: to, to: from } = await prepare(async () => {})
    await withStore(from, fill)
    succeeded(await migrateStore(from, to))
    assert.deepEqual(await withStore(to, readAll), await withStore(from, readAll))
    assert.deepEqual(await withStore(to, tryAll), await withStore(from, tryAll))
  })

  it('moves more rows than go into one statement', async () => {
    const { from, to } = await prepare((store) => fillMuch(store, 40, 60))
    const { output } = await migrateStore(from, to)
    assert.match(
      output,
      /checkouts: 40 rows\n {2}payments: 2400 rows\n {2}claims: 0 rows\n {2}facts: 2400 rows/,
    )
    const [before, now] = [await withStore(from, readPayments), await withStore(to, readPayments)]
    assert.deepEqual(now, before)
    assert.equal(now.flatMap((aggregate) => aggregate?.payments).length, 2400)
  })

  it('moves what a proxy that was killed had not yet written into the file itself', async () => {
    const { path, from, to } = await prepare(async () => {})
    const killed = `${path}.killed`
    const before = await withStore(from, async (store) => {
      await fill(store)
      for (const end of ['', '-wal']) cpSync(path + end, killed + end)
      return readAll(store)
    })
    assert.ok(statSync(`${killed}-wal`).size > 0)
    succeeded(await migrateStore(`file:${killed}`, to))
    assert.deepEqual(await withStore(to, readAll), before)
  })

  it('brings an older store up to date first', async () => {
    const path = join(directory, 'older.db')
    await makeFirstVersion(path)
    const to = await createDatabase(postgres.url)
    succeeded(await migrateStore(`file:${path}`, to))
    const now = await withStore(to, readAll)
    assert.deepEqual(now, await withStore(`file:${path}`, readAll))
    assert.equal(now.checkouts.length, 1)
  })

  it('touches nothing of an older store that is given as the target', async () => {
    const { from } = await prepare()
    const path = join(directory, 'older-target.db')
    await makeFirstVersion(path)
    const { code, errors } = await migrateStore(from, `file:${path}`)
    assert.match(errors, /the target is not empty: its table checkouts holds rows/)
    const database = new DatabaseSync(path)
    const migrations = database.prepare('select name from kysely_migration').all()
    database.close()
    assert.deepEqual([code, migrations.length], [1, 1])
  })
})
