import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { Kysely, sql } from 'kysely'
import { postgresDialect } from '../../../proxy/stores/postgres.ts'
import { startPostgres } from '../../support/postgres.ts'

const postgres = await startPostgres()
const db = new Kysely<unknown>({ dialect: postgresDialect(postgres.url) })
const administrator = new Kysely<unknown>({ dialect: postgresDialect(postgres.url) })
after(async () => {
  await Promise.all([db.destroy(), administrator.destroy()])
  await postgres.stop()
})

describe('a connection to PostgreSQL that is cut', () => {
  it('between two queries of a transaction fails the transaction, not the process', async () => {
    await assert.rejects(
      db.transaction().execute(async (trx) => {
        const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx)
        await sql`select pg_terminate_backend(${rows[0]?.pid})`.execute(administrator)
        // Time to hear of it while no query runs.
        await wait(200)
        await sql`select 1`.execute(trx)
      }),
      /connection/i,
    )
    assert.equal((await sql`select 1`.execute(db)).rows.length, 1)
  })
})
