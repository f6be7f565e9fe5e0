import assert from 'node:assert/strict'
import { after, describe, it, mock } from 'node:test'
import { Client } from 'pg'
import { newIntent } from '../../../proxy/attempts.ts'
import { createObserver } from '../../../proxy/look.ts'
import type { PaymentUpdate, Provider } from '../../../proxy/provider.ts'
import { createPostgresStore } from '../../../proxy/stores/postgres.ts'
import { startPostgres } from '../../support/postgres.ts'
import { bareServices } from '../support.ts'
import { newCheckout } from './store-suite.ts'

const postgres = await startPostgres()
const store = createPostgresStore(postgres.url)
await store.migrate()
after(async () => {
  await store.close()
  await postgres.stop()
})

describe('a look at a payment, on PostgreSQL', () => {
  let answer: PaymentUpdate = { status: 'pending', providerStatus: 'waiting', ref: 'R-1' }
  const provider = { id: 'quiet', getPayment: async () => answer } as unknown as Provider
  const services = bareServices(store, provider)
  const observer = createObserver(services)

  /** How many statements one look sends. */
  async function countLook(key: Parameters<typeof observer.look>[0]): Promise<number> {
    const query = mock.method(Client.prototype, 'query')
    await observer.look(key, 0)
    query.mock.restore()
    return query.mock.callCount()
  }

  it('is four statements and no transaction where the provider says nothing new', async () => {
    const { checkout } = await store.findOrCreateCheckout(newCheckout())
    const [method = assert.fail()] = checkout.methods
    const { intent } = await newIntent(
      { checkoutId: checkout.id, provider, method, returnPage: null },
      services,
    )
    await store.change(checkout.id, Date.now(), () => ({
      payments: [{ ...intent, ref: 'R-1', isShown: true }],
    }))
    const key = { checkoutId: checkout.id, paymentId: intent.id }
    assert.ok((await countLook(key)) > 4, 'its first word is written down')
    assert.equal(await countLook(key), 4)
    answer = { ...answer, status: 'processing', providerStatus: 'seen' }
    assert.ok((await countLook(key)) > 4)
    const [payment] = (await store.read(checkout.id))?.payments ?? []
    assert.equal(payment?.state.status, 'processing')
    assert.equal(await countLook(key), 4)
  })
})
