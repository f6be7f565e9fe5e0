import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import type { TestContext } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { Kysely, sql } from 'kysely'
import { describeProblem } from '../../../proxy/problem.ts'
import type { Store } from '../../../proxy/store.ts'
import { createPostgresStore, postgresDialect } from '../../../proxy/stores/postgres.ts'
import { startChaosProxy } from '../../faults/chaos-proxy.ts'
import { startPostgres } from '../../support/postgres.ts'
import { newCheckout, newPayout } from './store-suite.ts'

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

describe('a line to PostgreSQL that dies without a word', () => {
  const ANSWER_MS = 300

  it('is given up in its time, in a transaction too, and never used again', async (t) => {
    const { port, pathname, password } = new URL(postgres.url)
    const line = await startChaosProxy([Number(port)])
    const url = `postgres://postgres:${password}@localhost:${line.port}${pathname}`
    const far = new Kysely<unknown>({ dialect: postgresDialect(url, ANSWER_MS) })
    t.after(() => far.destroy().then(() => line.close()))
    await sql`select 1`.execute(far)
    assert.equal(line.accepted, 1)

    await line.behave({ isHalfOpen: true })
    const from = performance.now()
    await assert.rejects(
      far.transaction().execute((trx) => sql`select 1`.execute(trx)),
      (error: Error) => {
        assert.match(error.message, /timeout/)
        assert.equal(describeProblem(error, 'r1').code, 'store_unavailable')
        return true
      },
    )
    assert.ok(performance.now() - from < 3 * ANSWER_MS, 'the rollback waits for nobody')
    await line.behave({})
    await sql`select 1`.execute(far)
    assert.equal(line.accepted, 2)
  })

  it('leaves nothing locked for long', async () => {
    const { rows } = await sql<{ idle_in_transaction_session_timeout: string }>`
      show idle_in_transaction_session_timeout`.execute(db)
    assert.deepEqual(rows, [{ idle_in_transaction_session_timeout: '10s' }])
  })
})

describe('a database that shows a transaction only what was there when it began', () => {
  async function open(t: TestContext): Promise<Store> {
    await sql`alter database checkout set default_transaction_isolation = 'repeatable read'`.execute(
      administrator,
    )
    const store = createPostgresStore(postgres.url)
    t.after(async () => {
      await store.close()
      await sql`alter database checkout reset default_transaction_isolation`.execute(administrator)
    })
    await store.migrate()
    return store
  }

  it('pays out each of twenty at once, and hears how each went', async (t) => {
    const store = await open(t)
    const payouts = Array.from({ length: 20 }, (_, index) => newPayout(`P-${index}`))
    const made = await Promise.all(
      payouts.map((payout) => store.payouts.insert(payout, 0, () => undefined)),
    )
    assert.ok(made.every(({ isNew }) => isNew))
    const words = Array.from({ length: 20 }, (_, index) => `word ${index}`)
    await Promise.all(
      words.map((providerStatus) => store.payouts.change('P-0', () => ({ providerStatus }))),
    )
    assert.ok(words.includes((await store.payouts.find('P-0'))?.providerStatus ?? ''))
  })

  it('makes one checkout all the same of fifty that are signed and sent at once', async (t) => {
    const store = await open(t)
    for (let round = 0; round < 5; round += 1) {
      const orderId = `both-${round}`
      const made = await Promise.all(
        Array.from({ length: 50 }, (_, index) =>
          store.findOrCreateCheckout(
            newCheckout({ orderId, source: index % 2 === 0 ? 'token' : 'merchant' }),
          ),
        ),
      )
      assert.equal(new Set(made.map(({ checkout }) => checkout.id)).size, 1)
    }
  })
})
