/**
 * Every action and fault that the control server plays on an order of Lincoln.
 *
 * @module
 */
import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { startSandbox } from '../../sandbox/index.ts'
import type { Sandbox } from '../../sandbox/index.ts'
import { at, keysAt, send, textAt } from './helpers.ts'
import type { Answer } from './helpers.ts'
import {
  CREATE,
  createClient,
  hasBase58Checksum,
  keysTo,
  ORDER,
  orderBody,
  STATUS_AFTER,
} from './lincoln-helpers.ts'
import type { Client } from './lincoln-helpers.ts'

const NOW = Date.UTC(2026, 0, 1)

describe('lincoln: the control server', () => {
  let sandbox: Sandbox
  let call: Client
  let now = NOW
  const create = () => call('POST', CREATE, { body: orderBody() })
  const read = async (created: Answer) => {
    const { body } = await call('GET', ORDER, { query: keysTo(created) })
    return at(body, 'data', 'order')
  }
  const control = (method: string, path: string, body?: unknown) =>
    send(method, `${sandbox.urls.control}${path}`, body)
  const play = (created: Answer, action: string, amount?: string) =>
    control('POST', `/payments/lincoln/${textAt(created.body, 'data', '_id')}`, { action, amount })

  before(async () => {
    sandbox = await startSandbox({ clock: () => now })
  })
  after(() => sandbox.close())
  beforeEach(async () => {
    now = NOW
    await send('POST', `${sandbox.urls.control}/reset`)
    call = createClient(sandbox)
  })

  describe('actions', () => {
    it('reach every status, from any other', async () => {
      const created = await create()
      for (const [action, status] of Object.entries(STATUS_AFTER)) {
        const { body } = await play(created, action)
        assert.equal(at(body, 'status'), status)
        assert.equal(at(await read(created), 'status'), status)
        assert.equal((await play(created, action)).status, 409)
      }
    })

    it('change the amount, at the same rate', async () => {
      const created = await create()
      await play(created, 'in-progress', '100.25')
      const order = await read(created)
      assert.equal(at(order, 'inAmount'), 100.25)
      assert.equal(at(order, 'outAmount'), 4120.3)
      await play(created, 'change-amount', '300')
      const after = await read(created)
      assert.deepEqual(
        [at(after, 'status'), at(after, 'inAmount'), at(after, 'outAmount')],
        ['inProgress', 300, 12_350],
      )
      for (const [action, amount] of [
        ['change-amount', undefined],
        ['change-amount', '0'],
        ['done', '1.1234567'],
        ['expire', '5'],
      ] as const) {
        assert.equal(at((await play(created, action, amount)).body, 'code'), 'invalid_amount')
      }
    })

    it('expire: the time is over, the status stays', async () => {
      const created = await create()
      now += 60_000
      await play(created, 'expire')
      const order = await read(created)
      assert.equal(at(order, 'expiresAt'), new Date(now).toISOString())
      assert.equal(at(order, 'status'), 'waitPayment')
    })

    it('tell the ledger of money once it is there', async () => {
      const created = await create()
      await play(created, 'in-progress')
      now += 1000
      await play(created, 'payout-queue')
      now += 1000
      await play(created, 'done')
      const { body, text } = await control('GET', '/ledger')
      const id = textAt(created.body, 'data', '_id')
      assert.deepEqual(at(body, 'lincoln', 'paid'), [
        { id, amount: '250.5', currency: 'USDT', at: new Date(NOW + 1000).toISOString() },
      ])
      assert.equal(at(body, 'lincoln', 'calls', 0, 'operation'), 'create')
      assert.ok(!text.includes(keysTo(created).orderSecret))
      assert.ok(!text.includes('buyer@shop.example'))
    })

    it('are listed with the payment', async () => {
      const created = await create()
      const { body } = await control('GET', '/payments')
      assert.equal(at(body, 0, 'reference'), String(at(created.body, 'data', 'uid')))
      assert.deepEqual(
        keysAt(body, 0, 'details'),
        'account askedAmount expiresAt outAmount routeId xmlFrom xmlTo'.split(' '),
      )
      const actions = at(body, 0, 'actions')
      assert.ok(Array.isArray(actions) && !actions.includes('wait-payment'))
    })
  })

  describe('semantic faults', () => {
    const fault = (operation: string, kind: string) =>
      control('POST', '/faults', { provider: 'lincoln', operation, kind })

    it('of order/get: one lie each, the order itself unharmed', async () => {
      const created = await create()
      const truth = await read(created)
      const details = ['route', 'from', 'paymentDetails', 'account']
      const lies: readonly (readonly [string, readonly string[]])[] = [
        ['wrong-amount', ['inAmount']],
        ['wrong-coin', ['route', 'from', 'symbol']],
        ['wrong-network', ['route', 'from', 'xml']],
        ['unknown-status', ['status']],
        ['bad-address', details],
        ['change-address', details],
      ]
      for (const [kind, path] of lies) {
        await fault('order', kind)
        assert.notEqual(at(await read(created), ...path), at(truth, ...path), kind)
        assert.deepEqual(await read(created), truth)
      }
      await fault('order', 'bad-address')
      assert.ok(!hasBase58Checksum(textAt(await read(created), ...details)))
    })

    it('of order/create', async () => {
      await fault('create', 'wrong-amount')
      assert.equal(at((await create()).body, 'data', 'inAmount'), 251.5)
      await fault('create', 'wrong-coin')
      assert.equal(at((await create()).body, 'data', 'route', 'from', 'symbol'), 'TRX')
      await fault('create', 'unknown-status')
      assert.equal(at((await create()).body, 'data', 'status'), 'settledElsewhere')
    })

    it('a breaking fault answers in the envelope', async () => {
      await fault('order', 'status-500')
      const { body, status } = await call('GET', ORDER)
      assert.equal(status, 500)
      assert.equal(at(body, 'error', 'message'), 'Internal error')
    })
  })
})
