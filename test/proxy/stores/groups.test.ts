import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, describe, it } from 'node:test'
import { Kysely } from 'kysely'
import type { Transaction } from 'kysely'
import { createGroups } from '../../../proxy/stores/groups.ts'
import { createKyselyStore } from '../../../proxy/stores/kysely-store.ts'
import type { Tables } from '../../../proxy/stores/schema.ts'
import { openSqlite, sqliteDialect } from '../../../proxy/stores/sqlite.ts'

const directory = mkdtempSync(join(tmpdir(), 'cc-groups-'))
const database = openSqlite(join(directory, 'checkout.db'))
const dialect = sqliteDialect(database)
/** Whether a commit would wait for the disk, at the moment of each statement. */
const waits: boolean[] = []

after(() => rmSync(directory, { recursive: true }))

describe('transactions that wait for the disk together', () => {
  let commits = 0
  const db = new Kysely<Tables>({
    dialect,
    log: ({ query: { sql } }) => {
      if (sql === 'commit') commits += 1
    },
  })
  const store = createKyselyStore({
    dialect,
    locksRows: false,
    isRace: () => false,
    sync: (isAtOnce) => {
      waits.push(isAtOnce)
      database.exec(`pragma synchronous = ${isAtOnce ? 'full' : 'normal'}`)
    },
  })
  const transact = createGroups(db)
  const names = async (): Promise<string[]> => {
    const rows = await db.selectFrom('leases').select('name').orderBy('name').execute()
    return rows.map(({ name }) => name)
  }
  const insert = (trx: Transaction<Tables>, name: string) =>
    trx.insertInto('leases').values({ name, holder: '', until: 0, counter: 0 }).execute()
  const safety = (): unknown => database.prepare('pragma synchronous').get()?.['synchronous']

  before(() => store.migrate())
  beforeEach(async () => {
    await db.deleteFrom('leases').execute()
    commits = 0
  })
  after(() => database.close())

  it('are one, and each of them is told what it gave', async () => {
    const given = await Promise.all(
      ['a', 'b', 'c'].map((name) =>
        transact(async (trx) => {
          await insert(trx, name)
          return name
        }),
      ),
    )
    assert.deepEqual(given, ['a', 'b', 'c'])
    assert.deepEqual(await names(), ['a', 'b', 'c'])
    assert.equal(commits, 1)
  })

  it('one that fails is undone as a whole, and leaves the others alone', async () => {
    const ends = await Promise.allSettled([
      transact((trx) => insert(trx, 'a')),
      transact(async (trx) => {
        await insert(trx, 'b')
        throw new Error('no')
      }),
      transact((trx) => insert(trx, 'a')),
      transact((trx) => insert(trx, 'c')),
    ])
    assert.deepEqual(
      ends.map(({ status }) => status),
      ['fulfilled', 'rejected', 'rejected', 'fulfilled'],
    )
    assert.deepEqual(await names(), ['a', 'c'])
  })

  it('one alone that fails is undone, too', async () => {
    await assert.rejects(
      transact(async (trx) => {
        await insert(trx, 'a')
        throw new Error('no')
      }),
      /no/,
    )
    assert.deepEqual(await names(), [])
  })

  it('nobody is told that it went well where the whole is lost', async () => {
    const ends = await Promise.allSettled([
      transact((trx) => insert(trx, 'a')),
      transact(async () => database.exec('rollback')),
      transact((trx) => insert(trx, 'c')),
    ])
    assert.deepEqual(
      ends.map(({ status }) => status),
      ['rejected', 'rejected', 'rejected'],
    )
    await transact((trx) => insert(trx, 'd'))
    assert.ok(!(await names()).includes('a'))
    assert.ok((await names()).includes('d'))
  })

  for (const size of [1, 3]) {
    it(`${size} that find the disk full are told so`, async (t) => {
      const pages = Number(database.prepare('pragma page_count').get()?.['page_count'])
      database.exec(`pragma max_page_count = ${pages}`)
      t.after(() => database.exec('pragma max_page_count = 1000000'))
      const much = 'x'.repeat(1_000_000)
      const ends = await Promise.allSettled(
        Array.from({ length: size }, (_, index) =>
          transact((trx) => insert(trx, `${index}${much}`)),
        ),
      )
      for (const end of ends) {
        assert.match(
          end.status === 'rejected' ? String(end.reason) : 'well',
          /database or disk is full/,
        )
      }
      assert.deepEqual(await names(), [])
    })
  }

  it('takes in no more than thirty-two at once, and forgets nobody', async () => {
    const wanted = Array.from({ length: 70 }, (_, index) => `n${String(index).padStart(2, '0')}`)
    await Promise.all(wanted.map((name) => transact((trx) => insert(trx, name))))
    assert.deepEqual(await names(), wanted)
    assert.equal(commits, 3)
  })

  it('a lease is not waited for, and whatever comes after it is', async () => {
    waits.length = 0
    await store.takeLease('turn', 'holder', 1, 1)
    assert.deepEqual(waits, [false, true])
    assert.equal(safety(), 2)
  })
})
