import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, describe, it } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { startPostgres } from '../support/postgres.ts'
import { fill, newCheckout, readAll } from './filled-store.ts'
import {
  createDatabase,
  freePort,
  migrateStore,
  prepareMove,
  runCommand,
  withStore,
} from './support.ts'

const PASSWORD = 'pass-word-of-nobody'

const directory = mkdtempSync(join(tmpdir(), 'cc-cli-'))
const postgres = await startPostgres()
const silent = createServer().listen(0)
after(async () => {
  silent.close()
  await postgres.stop()
  rmSync(directory, { recursive: true })
})

const inFile = (name: string): string => `file:${join(directory, name)}`
const at = (change: (url: URL) => void): string => {
  const url = new URL(postgres.url)
  url.password = PASSWORD
  change(url)
  return url.href
}

describe('migrate-store, called wrongly', () => {
  const to = `postgres://shop:${PASSWORD}@db.example/checkout`
  const calls: readonly [string, readonly string[], RegExp][] = [
    ['without --from', ['--to', to], /--from is missing/],
    ['without --to', ['--from', 'file:x.db'], /--to is missing/],
    ['with a --to that has no value', ['--from', 'file:x.db', '--to'], /--to needs a value/],
    ['with a --from that has no value', ['--from', '--to', to], /--from needs a value/],
    ['with an option it has not', ['--from', 'file:x.db', `--too=${to}`], /has no option --too/],
    ['with a URL but no option', ['--from', 'file:x.db', to], /takes options only/],
    [
      'with another scheme',
      ['--from', 'file:x.db', '--to', to.replace('postgres', 'mysql')],
      /--to/,
    ],
    ['with a store in memory', ['--from', 'file::memory:', '--to', to], /--from must/],
    ['with one store for both', ['--from', to, '--to', to], /are the same/],
    ['with one file for both', ['--from', 'file:x.db', '--to', 'file:./x.db'], /are the same/],
  ]
  for (const [how, args, message] of calls) {
    it(`${how}: says so, exits with 2`, async () => {
      const { code, output, errors } = await runCommand(['migrate-store', ...args])
      assert.match(errors, message)
      assert.deepEqual([code, output], [2, ''])
      assert.doesNotMatch(errors, new RegExp(`${PASSWORD}|Error|    at `))
    })
  }
})

describe('migrate-store, where a database cannot be opened', () => {
  const source = inFile('source.db')
  writeFileSync(join(directory, 'text.db'), 'This is a text, and no database. '.repeat(100))
  new DatabaseSync(join(directory, 'other.db')).exec('create table payments (id)')
  const port = (silent.address() as AddressInfo).port
  const calls: readonly [string, () => Promise<readonly [string, string]>, RegExp][] = [
    [
      'no such file',
      async () => [inFile('none.db'), postgres.url],
      /--from file:.*: there is no such/,
    ],
    [
      'a file of another kind',
      async () => [inFile('text.db'), postgres.url],
      /--from .*not a database/,
    ],
    [
      'a database of another kind',
      async () => [inFile('other.db'), postgres.url],
      /holds no store/,
    ],
    [
      'an empty PostgreSQL as source',
      async () => [await createDatabase(postgres.url), inFile('t.db')],
      /holds no store/,
    ],
    [
      'a port where nothing listens',
      async () => {
        const free = await freePort()
        return [source, at((url) => (url.port = String(free)))]
      },
      /--to postgres:\/\/localhost:\d+\/checkout: nothing answers there/,
    ],
    [
      'a port where nothing speaks',
      async () => [source, at((url) => (url.port = String(port)))],
      /--to postgres:.*: nothing answers there/,
    ],
    [
      'a host that is not there',
      async () => [source, at((url) => (url.hostname = 'db.invalid'))],
      /--to postgres:\/\/db\.invalid.*: there is no such host/,
    ],
    [
      'a wrong password',
      async () => [source, at(() => {})],
      /--to .*: the user or the password is wrong/,
    ],
    [
      'a database that is not there',
      async () => [source, new URL('/nowhere', postgres.url).href],
      /--to postgres:.*\/nowhere: there is no such database/,
    ],
    [
      'a password that was not encoded',
      async () => [source, `postgres://shop:12/${PASSWORD}@db.example/checkout`],
      /--to postgres:\/\/…: /,
    ],
  ]
  for (const [what, prepare, message] of calls) {
    it(`${what}: says so, exits with 1`, async () => {
      await withStore(source, async () => {})
      const [from, to] = await prepare()
      const { code, output, errors } = await migrateStore(from, to)
      assert.match(errors, message)
      assert.equal(code, 1)
      assert.doesNotMatch(output + errors, new RegExp(`${PASSWORD}|:test@|    at `))
    })
  }
})

describe('migrate-store, where the databases are not as they must be', () => {
  it('refuses a target that holds rows, and names the table', async () => {
    const { from, to } = await prepareMove(directory, postgres.url)
    await withStore(to, (store) => store.rest('cryptom', 5))
    const { code, errors } = await migrateStore(from, to)
    assert.match(errors, /the target is not empty: its table leases holds rows/)
    assert.equal(code, 1)
    const { checkouts, rest } = await withStore(to, readAll)
    assert.deepEqual([checkouts, rest], [[], 5])
  })

  it('refuses a store that a newer version made', async () => {
    const { path, from, to } = await prepareMove(directory, postgres.url)
    const database = new DatabaseSync(path)
    database.exec(`insert into kysely_migration values ('9999_later', '2100-01-01T00:00:00.000Z')`)
    database.close()
    const { code, errors } = await migrateStore(from, to)
    assert.match(errors, /the source cannot be brought up to date: a newer version made it/)
    assert.equal(code, 1)
  })

  it('refuses a file that somebody writes to, and takes nothing from them', async () => {
    const { from, to } = await prepareMove(directory, postgres.url, async () => {})
    const order = newCheckout(1)
    const { ended, changes } = await withStore(from, async (store) => {
      await store.findOrCreateCheckout(order)
      let changes = 0
      const stop = new AbortController()
      const writer = (async () => {
        for (; !stop.signal.aborted; changes += 1) {
          await store.change(order.id, changes, () => ({}))
          await setTimeout(10)
        }
      })()
      const ended = await migrateStore(from, to)
      stop.abort()
      await writer
      return { ended, changes }
    })
    assert.match(
      ended.errors,
      /--from file:.*: another process has it open; stop every proxy first/,
    )
    assert.equal(ended.code, 1)
    const { checkout } = (await withStore(from, (store) => store.read(order.id))) ?? {}
    assert.equal(checkout?.version, changes + 1)
    assert.deepEqual(await withStore(to, (store) => store.list({ limit: 1 })), [])
  })

  const odd: readonly [string, string, RegExp][] = [
    [
      'the character NUL',
      `update checkouts set description = 'a' || char(0) || 'b' where order_id = 'A-2'`,
      /table checkouts: column description holds the character NUL.*where id is "[\w-]{22}"/,
    ],
    [
      'bytes',
      `update facts set note = x'00ff' where reason is not null`,
      /table facts: column note holds something that is no text and no integer/,
    ],
    [
      'a fraction',
      `update checkouts set version = 1.5 where order_id = 'A-2'`,
      /table checkouts: column version holds something that is no text and no integer/,
    ],
    [
      'an integer that is no number here',
      `update payments set paid_at = 9007199254740993 where paid_at is not null`,
      /table payments: Value is too large/,
    ],
    [
      'a version that PostgreSQL has no room for',
      `update checkouts set version = 3000000000 where order_id = 'A-2'`,
      /table checkouts: .*out of range/,
    ],
  ]
  for (const [what, sql, message] of odd) {
    it(`refuses ${what}, and names where it is; the target stays empty`, async () => {
      const { path, from, to } = await prepareMove(directory, postgres.url, fill)
      const database = new DatabaseSync(path)
      assert.equal(database.prepare(sql).run().changes, 1)
      database.close()
      const { code, errors } = await migrateStore(from, to)
      assert.match(errors, message)
      assert.equal(code, 1)
      const { checkouts, keys } = await withStore(to, readAll)
      assert.deepEqual([checkouts, keys], [[], []])
    })
  }
})
