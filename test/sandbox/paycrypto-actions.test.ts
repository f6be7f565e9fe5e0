/**
 * PayCrypto's ten statuses, and the actions that lead to them.
 *
 * @module
 */
import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { startSandbox } from '../../sandbox/index.ts'
import type { Sandbox } from '../../sandbox/index.ts'
import { at, send, textAt } from './helpers.ts'
import { create, createClient, recordsOf } from './paycrypto-helpers.ts'
import type { Client } from './paycrypto-helpers.ts'
import { startReceiver } from './receiver.ts'
import type { Received, Receiver } from './receiver.ts'

const NOW = Date.UTC(2026, 0, 1)
const MINUTE = 60_000

describe('paycrypto: actions', () => {
  let sandbox: Sandbox
  let receiver: Receiver
  let client: Client
  let now = NOW
  const control = (method: string, path: string, body?: unknown) =>
    send(method, `${sandbox.urls.control}${path}`, body)
  const play = (id: string, action: string, more: Record<string, unknown> = {}) =>
    control('POST', `/payments/paycrypto/${id}`, { action, ...more })
  const make = (fields: Record<string, unknown> = {}) =>
    create(client, { notify_url: receiver.url, ...fields })
  const arrived = (count: number) => receiver.arrived(count)
  const record = async (id: string) =>
    recordsOf((await client('GET', '/api/v1/orders', { query: `order_id=${id}` })).body)[0]
  const eventsOf = ({ body }: Received): unknown[] => {
    const events = at(body, 'events')
    assert.ok(Array.isArray(events))
    return events.map((event) => JSON.parse(String(event)) as unknown)
  }

  before(async () => {
    receiver = await startReceiver()
    sandbox = await startSandbox({ clock: () => now, retryScale: 0.0001 })
    client = createClient(sandbox, () => now)
  })
  after(async () => {
    await sandbox.close()
    receiver.close()
  })
  beforeEach(async () => {
    now = NOW
    await control('POST', '/reset')
    receiver.received.length = 0
    receiver.answer()
  })

  const paths: readonly [actions: string, code: number, status: string][] = [
    ['', 0, 'processing'],
    ['success', 1, 'success'],
    ['confirming', 2, 'confirming'],
    ['abnormal', 3, 'abnormal'],
    ['underpay', 3, 'abnormal'],
    ['fail', 4, 'failed'],
    ['cancel', 5, 'cancelled'],
    ['expire', 6, 'expired'],
    ['success refunding', 7, 'refunding'],
    ['success refunding refunded', 8, 'refunded'],
    ['success refunding refund-failed', 9, 'refund-failed'],
    ['confirming success', 1, 'success'],
    ['confirming fail', 4, 'failed'],
    ['underpay success', 1, 'success'],
    ['expire success', 1, 'success'],
    ['cancel abnormal', 3, 'abnormal'],
  ]
  for (const [actions, code, status] of paths) {
    it(`${actions === '' ? 'none' : actions}: ${code}`, async () => {
      const id = await make()
      const played = actions.split(' ').filter((action) => action !== '')
      for (const action of played) assert.equal((await play(id, action)).status, 200, action)
      assert.equal(at(await record(id), 'status'), code)
      const shown = await control('GET', `/payments/paycrypto/${id}`)
      assert.equal(at(shown.body, 'status'), status)
      if (played.length === 0) return
      await arrived(played.length)
      const told = receiver.received.flatMap(eventsOf).map((event) => at(event, 'params', 'status'))
      assert.ok(told.includes(code))
    })
  }

  it('are refused out of turn, with those that are possible', async () => {
    const id = await make()
    const early = await play(id, 'refunded')
    assert.equal(early.status, 409)
    assert.equal(at(early.body, 'code'), 'action_not_possible')
    await play(id, 'success')
    assert.equal((await play(id, 'cancel')).status, 409)
    const shown = await control('GET', `/payments/paycrypto/${id}`)
    assert.deepEqual(at(shown.body, 'actions'), ['refunding'])
  })

  it('set paid_amount and paid_currency', async () => {
    const id = await make()
    await play(id, 'confirming')
    assert.equal(at(await record(id), 'paid_amount'), '12.5')
    assert.deepEqual(at((await control('GET', '/ledger')).body, 'paycrypto', 'paid'), [])
    await play(id, 'success', { currency: 'USDT-SPL' })
    const paid = await record(id)
    assert.equal(at(paid, 'paid_amount'), '12.5')
    assert.equal(at(paid, 'paid_currency'), 'USDT-SPL')
    assert.equal(at(paid, 'currency_rate'), '1')
  })

  it('what was seen is what is confirmed, or it is gone', async () => {
    const id = await make()
    await play(id, 'confirming', { amount: '5' })
    await play(id, 'success')
    assert.equal(at(await record(id), 'paid_amount'), '5')
    const other = await make({ cust_order_id: 'b' })
    await play(other, 'confirming')
    await play(other, 'fail')
    assert.equal(at(await record(other), 'paid_amount'), '0')
  })

  it('underpay, then top up; and overpay', async () => {
    const id = await make()
    await play(id, 'underpay', { amount: '5' })
    assert.equal(at(await record(id), 'paid_amount'), '5')
    await play(id, 'success')
    assert.equal(at(await record(id), 'paid_amount'), '12.5')
    const other = await make({ cust_order_id: 'b' })
    await play(other, 'success', { amount: '20' })
    assert.equal(at(await record(other), 'paid_amount'), '20')
    const { body } = await control('GET', '/ledger')
    const amounts = at(body, 'paycrypto', 'paid')
    assert.ok(Array.isArray(amounts))
    assert.deepEqual(
      amounts.map((each) => textAt(each, 'amount')),
      ['5', '7.5', '20'],
    )
  })

  it('refuse an amount that is none, and an underpayment that is enough', async () => {
    const id = await make()
    for (const amount of ['0', '-1', 'x', '0.0000001']) {
      assert.equal((await play(id, 'success', { amount })).status, 400, amount)
    }
    assert.equal((await play(id, 'underpay', { amount: '12.5' })).status, 400)
    assert.equal((await play(id, 'success', { currency: 5 })).status, 400)
    assert.equal(at(await record(id), 'status'), 0)
  })

  it('expire by themselves after 100 minutes, or at expire, and are told', async () => {
    const id = await make()
    const soon = await make({ cust_order_id: 'b', expire: NOW + MINUTE })
    now = NOW + MINUTE
    assert.equal(at(await record(soon), 'status'), 6)
    assert.equal(at(await record(id), 'status'), 0)
    now = NOW + 100 * MINUTE - 1
    assert.equal(at(await record(id), 'status'), 0)
    now += 1
    assert.equal(at(await record(id), 'status'), 6)
    await arrived(2)
  })
})
