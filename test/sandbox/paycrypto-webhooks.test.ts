/**
 * PayCrypto's webhooks: shapes, signatures, where they go, how often.
 *
 * @module
 */
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { after, before, beforeEach, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { SANDBOX_CREDENTIALS, startSandbox } from '../../sandbox/index.ts'
import type { Sandbox } from '../../sandbox/index.ts'
import { at, keysAt, send, textAt } from './helpers.ts'
import { create, createClient } from './paycrypto-helpers.ts'
import type { Client } from './paycrypto-helpers.ts'
import { startReceiver } from './receiver.ts'
import type { Received, Receiver } from './receiver.ts'

const { webhookSecret } = SANDBOX_CREDENTIALS.paycrypto
const NOW = Date.UTC(2026, 0, 1)

describe('paycrypto: webhooks', () => {
  let sandbox: Sandbox
  let receiver: Receiver
  let client: Client
  let now = NOW
  const control = (method: string, path: string, body?: unknown) =>
    send(method, `${sandbox.urls.control}${path}`, body)
  const set = (settings: Record<string, unknown>) =>
    control('POST', '/paycrypto/settings', settings)
  const play = (id: string, action: string, more: Record<string, unknown> = {}) =>
    control('POST', `/payments/paycrypto/${id}`, { action, ...more })
  const make = (fields: Record<string, unknown> = {}) =>
    create(client, { notify_url: receiver.url, ...fields })
  const arrived = (count: number) => receiver.arrived(count)
  const signatureOf = ({ headers, body }: Received) => {
    const events = JSON.stringify(at(body, 'events'))
    const text = `${String(headers['timestamp'])}ORDER_RESULTaction=order_result&events=${events}`
    return createHmac('sha256', webhookSecret).update(text).digest('base64')
  }
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

  it('are a signed batch of events, each a text', async () => {
    const id = await make()
    await play(id, 'success')
    const received = await arrived(1)
    assert.deepEqual(keysAt(received.body), ['action', 'events'])
    assert.equal(at(received.body, 'action'), 'order_result')
    assert.equal(received.headers['timestamp'], String(NOW))
    assert.equal(received.headers['signature'], signatureOf(received))
    const [event] = eventsOf(received)
    assert.deepEqual(keysAt(event), ['create_time', 'id', 'params'])
    assert.match(textAt(event, 'id'), /^[0-9a-f]{12}$/)
    assert.equal(at(event, 'create_time'), NOW)
    assert.deepEqual(at(event, 'params'), {
      order_id: id,
      cust_order_id: 'ord-1001',
      status: 1,
      reason: 'Approved',
    })
  })

  it('go to notify_url before the dashboard’s, to that without it, else nowhere', async () => {
    await set({ webhookUrl: `${receiver.url}/dashboard` })
    await play(await make(), 'success')
    assert.equal((await arrived(1)).path, '/hook')
    const other = await create(client, { cust_order_id: 'b' })
    await play(other, 'success')
    assert.equal((await arrived(2)).path, '/hook/dashboard')
    await set({ webhookUrl: null })
    await play(await create(client, { cust_order_id: 'c' }), 'success')
    const { body } = await control('GET', '/notifications')
    assert.ok(Array.isArray(body))
    assert.equal(body.length, 2)
    assert.equal(receiver.received.length, 2)
  })

  it('are flat and unsigned in the shape of the FAQ', async () => {
    await set({ shape: 'flat' })
    const id = await make()
    await play(id, 'success')
    const { text, headers } = await arrived(1)
    assert.equal(text, `{"cust_order_id":"ord-1001","order_id":"${id}","status":1}`)
    assert.equal(headers['signature'], undefined)
    assert.equal(headers['timestamp'], undefined)
  })

  it('are collected in batches until they are flushed', async () => {
    await set({ batch: true })
    const first = await make()
    const second = await make({ cust_order_id: 'b' })
    await play(first, 'success')
    await play(second, 'cancel')
    assert.deepEqual((await control('GET', '/notifications')).body, [])
    assert.deepEqual((await control('POST', '/paycrypto/flush')).body, { sent: 1 })
    const received = await arrived(1)
    assert.equal(received.headers['signature'], signatureOf(received))
    assert.deepEqual(
      eventsOf(received).map((event) => [
        at(event, 'params', 'order_id'),
        at(event, 'params', 'status'),
      ]),
      [
        [first, 1],
        [second, 5],
      ],
    )
    assert.deepEqual((await control('POST', '/paycrypto/flush')).body, { sent: 0 })
  })

  for (const [title, reply, tries] of [
    ['the documented answer', { body: '{"code":0,"msg":"SUCCESS"}' }, 1],
    ['a code that is an error', { body: '{"code":3,"msg":"VERIFY SIG FAIL"}' }, 1],
    ['JSON without a code', { body: '{"msg":"SUCCESS"}' }, 5],
    ['no JSON', { body: 'OK' }, 5],
    ['nothing', { body: '' }, 5],
    ['a 503 with a code', { status: 503, body: '{"code":0}' }, 5],
    ['a 201 with a code', { status: 201, body: '{"code":0}' }, 5],
  ] as const) {
    it(`${title}: ${tries} in total`, async () => {
      receiver.answer(reply)
      await play(await make(), 'success')
      await arrived(tries)
      await sleep(tries === 1 ? 30 : 100)
      assert.equal(receiver.received.length, tries)
      const bodies = new Set(receiver.received.map(({ text }) => text))
      assert.equal(bodies.size, 1)
    })
  }

  it('forge: a status changed, its signature wrong, then the true one', async () => {
    await control('POST', '/notify', { provider: 'paycrypto', kind: 'forge' })
    await play(await make(), 'fail')
    await arrived(2)
    const [forged, truth] = receiver.received
    assert.ok(forged && truth)
    assert.equal(at(eventsOf(forged)[0], 'params', 'status'), 1)
    assert.notEqual(forged.headers['signature'], signatureOf(forged))
    assert.equal(at(eventsOf(truth)[0], 'params', 'status'), 4)
    assert.equal(truth.headers['signature'], signatureOf(truth))
  })

  it('the true signature does not cover a body that the control server was given', async () => {
    const id = await make()
    await control('POST', '/notifications', {
      provider: 'paycrypto',
      paymentId: id,
      body: { action: 'order_result', events: ['{}'] },
    })
    const received = await arrived(1)
    assert.notEqual(received.headers['signature'], signatureOf(received))
  })

  it('POST /api/v1/events/test sends a test event to the dashboard’s URL', async () => {
    const test = (body: Record<string, unknown>) => client('POST', '/api/v1/events/test', { body })
    assert.equal(at((await test({})).body, 'code'), 111015)
    await set({ webhookUrl: receiver.url })
    const { body } = await test({})
    assert.deepEqual(body, { code: 0, msg: 'SUCCESS' })
    const received = await arrived(1)
    assert.equal(received.headers['signature'], signatureOf(received))
    assert.deepEqual(at(eventsOf(received)[0], 'params'), {
      order_id: '123',
      cust_order_id: '123',
      status: 1,
    })
    assert.equal(at((await test({ a: '1' })).body, 'code'), 111001)
  })
})
