import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { Kysely, sql } from 'kysely'
import { postgresDialect } from '../../../proxy/stores/postgres.ts'
import { startSandbox } from '../../../sandbox/index.ts'
import { startPostgres } from '../../support/postgres.ts'
import { createDatabase, freePort, withStore } from '../support.ts'
import { examine, healthy } from './patient.ts'
import type { Finding } from './patient.ts'

const postgres = await startPostgres()
const sandbox = await startSandbox()
after(() => Promise.all([postgres.stop(), sandbox.close()]))
const base = healthy(sandbox.urls, 'http://localhost:8787')

const look = async (url: string): Promise<readonly Finding[]> =>
  (await examine({ ...base, DATABASE_URL: url })).findings

const at = (url: string, change: (url: URL) => void): string => {
  const changed = new URL(url)
  change(changed)
  return changed.href
}

async function execute(url: string, ...statements: readonly string[]): Promise<void> {
  const db = new Kysely<unknown>({ dialect: postgresDialect(url) })
  for (const each of statements) await sql.raw(each).execute(db)
  await db.destroy()
}

describe('doctor, with a store in PostgreSQL', () => {
  it('finds nothing in one that is empty, or ours', async () => {
    const url = await createDatabase(postgres.url)
    assert.deepEqual(await look(url), [])
    await withStore(url, async () => {})
    assert.deepEqual(await look(url), [])
  })

  const broken: readonly (readonly [string, () => Promise<string>, string, RegExp])[] = [
    [
      'a server that is not there',
      async () => {
        const port = await freePort()
        return at(postgres.url, (url) => (url.port = String(port)))
      },
      'store-unreachable',
      /nothing answers there/,
    ],
    [
      'a wrong password',
      async () => at(postgres.url, (url) => (url.password = 'not-the-password')),
      'store-unreachable',
      /the user or the password is wrong/,
    ],
    [
      'a database that is not there',
      async () => new URL('/nowhere', postgres.url).href,
      'store-unreachable',
      /there is no such database/,
    ],
    [
      'a database that can only be read',
      async () => {
        const url = await createDatabase(postgres.url)
        const name = new URL(url).pathname.slice(1)
        await execute(url, `alter database ${name} set default_transaction_read_only = on`)
        return url
      },
      'store-unwritable',
      /can only be read/,
    ],
    [
      'a user who may make no tables',
      async () => {
        const url = await createDatabase(postgres.url)
        await execute(url, `create role reader login password 'reader'`)
        return at(url, (each) => Object.assign(each, { username: 'reader', password: 'reader' }))
      },
      'store-unwritable',
      /may make no tables/,
    ],
    [
      'a store of a newer version',
      async () => {
        const url = await createDatabase(postgres.url)
        await withStore(url, async () => {})
        await execute(url, `insert into kysely_migration values ('9999_later', '2100')`)
        return url
      },
      'newer-store',
      /made by a newer version/,
    ],
  ]
  for (const [what, prepare, wanted, words] of broken) {
    it(`${what}: ${wanted}`, async () => {
      const [finding] = await look(await prepare())
      assert.equal(finding?.code, wanted)
      assert.match(finding.what, words)
    })
  }

  it('finds that orders travel in the clear', async () => {
    const findings = await look('postgres://shop@db.invalid/checkout')
    assert.deepEqual(
      findings.map(({ code }) => code),
      ['store-in-clear', 'store-unreachable'],
    )
  })
})
