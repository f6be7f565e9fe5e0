/**
 * The control server's routes for notifications, as a test or a hand uses them.
 *
 * @module
 */
import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { startSandbox } from '../../sandbox/index.ts'
import type { Sandbox } from '../../sandbox/index.ts'
import { at, send, textAt } from './helpers.ts'
import { pay } from './lipaykripto-helpers.ts'
import { startReceiver } from './receiver.ts'
import type { Receiver } from './receiver.ts'

describe('control: notifications', () => {
  let sandbox: Sandbox
  let receiver: Receiver
  const control = (method: string, path: string, body?: unknown) =>
    send(method, `${sandbox.urls.control}${path}`, body)
  const play = (id: string, action: string) =>
    control('POST', `/payments/lipaykripto/${encodeURIComponent(id)}`, { action })
  const arrived = (count: number) => receiver.arrived(count)
  const webhookUrl = () => receiver.url

  before(async () => {
    receiver = await startReceiver()
    sandbox = await startSandbox({ retryScale: 0.0001 })
  })
  after(async () => {
    await sandbox.close()
    receiver.close()
  })
  beforeEach(async () => {
    await control('POST', '/reset')
    receiver.received.length = 0
    receiver.answer()
  })

  const inject = (body: Record<string, unknown>) =>
    control('POST', '/notifications', { provider: 'lipaykripto', ...body })

  it('sends any body and headers to the payment’s webhook URL', async () => {
    await pay(sandbox, { webhookUrl: webhookUrl() })
    const forged = { payment_id: 'ORDER_123', status: 'confirmed' }
    const headers = { 'X-Forged': 'yes', 'content-type': null }
    const answer = await inject({ paymentId: 'ORDER_123', body: forged, headers })
    assert.equal(answer.status, 201)
    assert.equal(at(answer.body, 'isForged'), true)
    const received = await arrived(1)
    assert.deepEqual(received.body, forged)
    assert.equal(received.headers['x-forged'], 'yes')
    assert.doesNotMatch(received.headers['content-type'] ?? '', /json/)
  })

  it('sends the true one of now where no body is given', async () => {
    await pay(sandbox, { webhookUrl: 'https://shop.example/hook' })
    await inject({ paymentId: 'ORDER_123', url: webhookUrl() })
    assert.equal(at((await arrived(1)).body, 'payment_id'), 'ORDER_123')
  })

  it('refuses what it cannot send, and says why', async () => {
    await pay(sandbox, { webhookUrl: 'https://shop.example/hook' })
    for (const [body, status, code] of [
      [{ paymentId: 'ORDER_123' }, 400, 'url_not_loopback'],
      [{ paymentId: 'OTHER' }, 409, 'no_notification'],
      [{}, 400, 'invalid_field'],
      [{ paymentId: 'ORDER_123', url: 'nowhere' }, 400, 'invalid_field'],
      [{ paymentId: 'ORDER_123', headers: { a: 1 } }, 400, 'invalid_field'],
      [{ paymentId: 'ORDER_123', provider: 'other' }, 400, 'unknown_provider'],
    ] as const) {
      const answer = await inject(body)
      assert.equal(answer.status, status, code)
      assert.equal(at(answer.body, 'code'), code)
    }
    const invented = { paymentId: 'OTHER', url: webhookUrl(), body: 'anything' }
    assert.equal((await inject(invented)).status, 201)
    assert.equal((await arrived(1)).text, 'anything')
  })

  it('holds, lists and replays; refuses unknown modes', async () => {
    await control('POST', '/notify', { provider: 'lipaykripto', kind: 'hold', times: 0 })
    assert.equal(at((await control('GET', '/notify')).body, 0, 'kind'), 'hold')
    await pay(sandbox, { webhookUrl: webhookUrl() })
    await play('ORDER_123', 'confirm')
    const { body } = await control('GET', '/notifications')
    assert.equal(at(body, 0, 'state'), 'waiting')
    assert.equal(receiver.received.length, 0)
    const replayed = await control('POST', `/notifications/${textAt(body, 0, 'id')}/replay`)
    assert.equal(replayed.status, 200)
    assert.equal(at(replayed.body, 'state'), 'delivered')
    await arrived(1)
    assert.equal((await control('POST', '/notifications/none/replay')).status, 404)
    assert.equal((await control('DELETE', '/notify')).status, 204)
    assert.deepEqual((await control('GET', '/notify')).body, [])
    for (const wrong of [
      { kind: 'other' },
      { provider: 'other' },
      { times: -1 },
      { delayMs: '5' },
    ]) {
      const mode = { provider: 'lipaykripto', kind: 'delay', ...wrong }
      assert.equal((await control('POST', '/notify', mode)).status, 400)
    }
  })
})
