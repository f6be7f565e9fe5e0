import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { Kysely, sql } from 'kysely'
import type { Dialect } from 'kysely'
import { MIGRATIONS } from '../../../proxy/stores/migrations.ts'
import { postgresDialect } from '../../../proxy/stores/postgres.ts'
import { openSqlite, sqliteDialect } from '../../../proxy/stores/sqlite.ts'
import { startPostgres } from '../../support/postgres.ts'

const PROCESSES = 8
const ROUNDS = 12

/** Starts as a proxy does, on each store that it is told; says how it went. */
const START = `
  import { openStore } from '${new URL('../../../proxy/stores/index.ts', import.meta.url).href}'
  process.on('message', async (url) => {
    try {
      const store = await openStore(url)
      await store.migrate()
      await store.ping(Date.now())
      await store.close()
      process.send('well')
    } catch (error) {
      process.send(error.message)
    }
  })
  await (await openStore(':memory:')).close()
  process.send('ready')
`

const directory = mkdtempSync(join(tmpdir(), 'cc-migrate-'))
const postgres = await startPostgres()
const starters = Array.from({ length: PROCESSES }, () =>
  spawn(process.execPath, ['--input-type=module', '--eval', START], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  }),
)
await Promise.all(starters.map(hear))
after(async () => {
  for (const starter of starters) starter.disconnect()
  await postgres.stop()
  rmSync(directory, { recursive: true })
})

async function hear(starter: ChildProcess): Promise<unknown> {
  return (await once(starter, 'message'))[0]
}

function startAll(url: string): Promise<readonly unknown[]> {
  const answers = Promise.all(starters.map(hear))
  for (const starter of starters) starter.send(url)
  return answers
}

async function listMigrations(dialect: Dialect): Promise<readonly string[]> {
  const db = new Kysely<unknown>({ dialect })
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db)
  await db.destroy()
  return rows.map(({ name }) => name).toSorted()
}

const ALL_WELL = starters.map(() => 'well')

describe('proxies that start together on a new store', () => {
  it('bring a SQLite file up to date, each migration once', async () => {
    for (let round = 1; round <= ROUNDS; round += 1) {
      const path = join(directory, `fresh-${round}.db`)
      assert.deepEqual(await startAll(`file:${path}`), ALL_WELL)
      const names = await listMigrations(sqliteDialect(openSqlite(path)))
      assert.deepEqual(names, Object.keys(MIGRATIONS))
    }
  })

  it('bring a PostgreSQL up to date, each migration once', async () => {
    assert.deepEqual(await startAll(postgres.url), ALL_WELL)
    assert.deepEqual(await listMigrations(postgresDialect(postgres.url)), Object.keys(MIGRATIONS))
  })
})
