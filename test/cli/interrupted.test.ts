import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, describe, it } from 'node:test'
import { Kysely, sql } from 'kysely'
import { copyStore } from '../../proxy/stores/copy-store.ts'
import { openStore } from '../../proxy/stores/index.ts'
import { openAlone } from '../../proxy/stores/open-alone.ts'
import { postgresDialect } from '../../proxy/stores/postgres.ts'
import { startPostgres } from '../support/postgres.ts'
import { fill, fillMuch, newCheckout, readAll } from './filled-store.ts'
import { migrateStore, prepareMove, withStore } from './support.ts'

const directory = mkdtempSync(join(tmpdir(), 'cc-cli-'))
const postgres = await startPostgres()
after(async () => {
  await postgres.stop()
  rmSync(directory, { recursive: true })
})

async function run(url: string, ...statements: readonly string[]): Promise<void> {
  const db = new Kysely<unknown>({ dialect: postgresDialect(url) })
  for (const statement of statements) await sql.raw(statement).execute(db)
  await db.destroy()
}

async function assertEmpty(url: string): Promise<void> {
  const { checkouts, keys, deliveries } = await withStore(url, readAll)
  assert.deepEqual([checkouts, keys, deliveries], [[], [], []])
}

async function assertMoves(from: string, to: string): Promise<void> {
  const { code, errors } = await migrateStore(from, to)
  assert.deepEqual([code, errors], [0, ''])
  const read = async (url: string): Promise<unknown> =>
    withStore(url, (store) => store.list({ limit: 10_000 }))
  assert.deepEqual(await read(to), await read(from))
}

/** Makes the target do `body` with each row that is written to `table`. */
const trigger = (table: string, body: string): readonly string[] => [
  `create function interfere() returns trigger language plpgsql as $$ begin ${body} end $$`,
  `create trigger interfere before insert on ${table} for each row execute function interfere()`,
]

describe('migrate-store, interrupted', () => {
  it('killed half-way, leaves the target empty; the next run moves everything', async () => {
    const { from, to } = await prepareMove(directory, postgres.url, (store) =>
      fillMuch(store, 60, 100),
    )
    const { signal, output } = await migrateStore(from, to, (text, child) => {
      if (text.includes('checkouts: 60 rows')) child.kill('SIGKILL')
    })
    assert.equal(signal, 'SIGKILL')
    assert.doesNotMatch(output, /facts|Done/)
    await assertEmpty(to)
    await assertMoves(from, to)
  })

  it('with its connection cut half-way, says so and leaves the target empty', async () => {
    const { from, to } = await prepareMove(directory, postgres.url, (store) =>
      fillMuch(store, 60, 100),
    )
    const backends = `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = '${new URL(to).pathname.slice(1)}'`
    let cut: Promise<void> | undefined
    const { code, errors } = await migrateStore(from, to, (text) => {
      if (text.includes('checkouts: 60 rows')) cut ??= run(postgres.url, backends)
    })
    await cut
    assert.equal(code, 1)
    assert.match(errors, /^crypto-checkout migrate-store: the connection was cut.*\n$/)
    await assertEmpty(to)
    await assertMoves(from, to)
  })

  it('by an error of the target, leaves it empty', async () => {
    const { from, to } = await prepareMove(directory, postgres.url)
    await withStore(to, async () => {})
    await run(to, ...trigger('facts', `raise exception 'no more room';`))
    const { code, errors } = await migrateStore(from, to)
    assert.match(errors, /table facts: no more room/)
    assert.equal(code, 1)
    await assertEmpty(to)
    await run(to, 'drop trigger interfere on facts')
    await assertMoves(from, to)
  })

  const interferences: readonly [string, string, string][] = [
    ['altered', 'payments', `new.private := new.private || ' '; return new;`],
    ['dropped', 'events', 'return null;'],
  ]
  for (const [what, table, body] of interferences) {
    it(`notices a row that the target ${what}, and leaves it empty`, async () => {
      const { from, to } = await prepareMove(directory, postgres.url)
      await withStore(to, async () => {})
      await run(to, ...trigger(table, body))
      const { code, errors } = await migrateStore(from, to)
      assert.match(errors, new RegExp(`table ${table}: what was read back is not what was written`))
      assert.equal(code, 1)
      await assertEmpty(to)
    })
  }
})

describe('while a store is copied', () => {
  it('nobody can open the file, and who writes to the target waits', async () => {
    const { path, from, to } = await prepareMove(directory, postgres.url)
    await withStore(to, async () => {})
    const source = await openAlone(from, true)
    const target = await openAlone(to)
    const other = await openStore(to)
    const late = newCheckout(500)
    const events: string[] = []
    let writing: Promise<unknown> | undefined
    await copyStore(source, target, ({ table }) => {
      events.push(table)
      const reader = new DatabaseSync(path, { timeout: 0 })
      assert.throws(() => reader.prepare('select 1 from checkouts').get(), /locked/)
      reader.close()
      writing ??= other.findOrCreateCheckout(late).then(() => events.push('written'))
    })
    await writing
    await Promise.all([source.close(), target.close(), other.close()])
    assert.equal(events.at(-1), 'written')
    const before = await withStore(from, (store) => store.list({ limit: 10 }))
    assert.deepEqual(await withStore(to, (store) => store.list({ limit: 10 })), [late, ...before])
  })

  it('who writes to a PostgreSQL that is the source makes it refuse', async () => {
    const { from: to, to: from } = await prepareMove(directory, postgres.url, async () => {})
    await withStore(from, fill)
    const db = new Kysely<unknown>({ dialect: postgresDialect(from) })
    const { code, errors } = await db.transaction().execute(async (trx) => {
      await sql`update checkouts set version = version + 1`.execute(trx)
      return migrateStore(from, to)
    })
    await db.destroy()
    assert.match(errors, /another process is writing .*stop every proxy first/)
    assert.equal(code, 1)
    await assertEmpty(to)
  })
})
