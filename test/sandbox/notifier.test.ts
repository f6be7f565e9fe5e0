/**
 * The notifier: redelivery, replays, and where it refuses to send.
 *
 * @module
 */
import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { createNotifier } from '../../sandbox/notifier.ts'
import type { Notifier, Outgoing } from '../../sandbox/notifier.ts'
import { startReceiver } from './receiver.ts'
import type { Receiver } from './receiver.ts'

describe('notifier', () => {
  let receiver: Receiver
  let notifier: Notifier
  const outgoing = (body: string, more: Partial<Outgoing> = {}): Outgoing => ({
    provider: 'p',
    paymentId: body,
    url: receiver.url,
    headers: { 'content-type': 'text/plain', signature: `of ${body}` },
    body,
    isAcknowledged: (status) => status === 200,
    retryDelaysMs: [1000, 2000],
    forge: () => ({ headers: { signature: 'broken' }, body: `forged ${body}` }),
    ...more,
  })
  const bodies = () => receiver.received.map(({ text }) => text)

  before(async () => {
    receiver = await startReceiver()
  })
  after(() => receiver.close())
  beforeEach(() => {
    receiver.received.length = 0
    receiver.answer()
    notifier = createNotifier({ now: () => 1_760_000_000_000, retryScale: 0.01 })
  })
  afterEach(() => notifier.stop())

  it('sends once what is acknowledged, as a POST with its headers', async () => {
    const sent = notifier.send(outgoing('a'))
    assert.equal(sent.state, 'waiting')
    await notifier.settle()
    assert.deepEqual(bodies(), ['a'])
    assert.equal(receiver.received[0]?.method, 'POST')
    assert.equal(receiver.received[0]?.headers['signature'], 'of a')
    assert.equal(sent.state, 'delivered')
    const [attempt] = sent.attempts
    assert.deepEqual(attempt, {
      at: 1_760_000_000_000,
      status: 200,
      body: '{"code":0,"msg":"SUCCESS"}',
    })
    assert.deepEqual(notifier.list(), [sent])
  })

  it('sends again after the delays, until it is acknowledged', async () => {
    receiver.answer({ status: 500 }, { status: 503 }, {})
    const sent = notifier.send(outgoing('a'))
    await notifier.settle()
    assert.deepEqual(
      sent.attempts.map(({ status }) => status),
      [500, 503, 200],
    )
    assert.equal(sent.state, 'delivered')
  })

  it('gives up after the last delay', async () => {
    receiver.answer({ status: 500 })
    const sent = notifier.send(outgoing('a'))
    await notifier.settle()
    assert.equal(sent.attempts.length, 3)
    assert.equal(sent.state, 'given-up')
  })

  it('asks the provider what an acknowledgement is', async () => {
    receiver.answer({ status: 200, body: 'no' }, { status: 200, body: 'yes' })
    const sent = notifier.send(outgoing('a', { isAcknowledged: (_, body) => body === 'yes' }))
    await notifier.settle()
    assert.equal(sent.attempts.length, 2)
  })

  it('waits as long as retryScale says', async () => {
    receiver.answer({ status: 500 }, {})
    const slow = createNotifier({ now: Date.now, retryScale: 1 })
    const sent = slow.send(outgoing('a', { retryDelaysMs: [150] }))
    await sleep(100)
    assert.equal(sent.attempts.length, 1)
    await slow.settle()
    assert.equal(sent.attempts.length, 2)
  })

  it('follows no redirect', async () => {
    receiver.answer({ status: 307, headers: { location: `${receiver.url}/elsewhere` } })
    const sent = notifier.send(outgoing('a', { retryDelaysMs: [] }))
    await notifier.settle()
    assert.equal(sent.attempts[0]?.status, 307)
    assert.equal(receiver.received.length, 1)
  })

  it('notes why nothing came back', async () => {
    const sent = notifier.send(outgoing('a', { url: 'http://127.0.0.1:9/', retryDelaysMs: [] }))
    await notifier.settle()
    assert.equal(sent.attempts[0]?.status, null)
    assert.match(sent.attempts[0]?.body ?? '', /^[A-Za-z_]+$/)
    assert.equal(sent.state, 'given-up')
  })

  for (const url of [
    'https://shop.example/hook',
    'http://10.0.0.1/hook',
    'http://127.0.0.1.shop.example/hook',
    'http://localhost.shop.example/hook',
    'http://127.0.0.1@shop.example/hook',
    'ftp://localhost/hook',
    'no url',
  ]) {
    it(`never calls ${url}`, async () => {
      const sent = notifier.send(outgoing('a', { url }))
      await notifier.settle()
      assert.equal(sent.state, 'given-up')
      assert.equal(sent.attempts.length, 1)
      assert.match(sent.attempts[0]?.body ?? '', /loopback/)
      const code = { code: 'url_not_loopback' }
      await assert.rejects(notifier.replay(sent.id), code)
      await assert.rejects(notifier.inject(outgoing('a', { url })), code)
    })
  }

  it('replays what was delivered, lost or given up', async () => {
    notifier.play({ provider: 'p', kind: 'lose' })
    const lost = notifier.send(outgoing('lost'))
    const delivered = notifier.send(outgoing('delivered'))
    await notifier.settle()
    await notifier.replay(lost.id)
    await notifier.replay(delivered.id)
    assert.deepEqual(bodies(), ['delivered', 'lost', 'delivered'])
    assert.equal(lost.state, 'delivered')
    await assert.rejects(notifier.replay('none'), { code: 'unknown_notification' })
  })

  it('reset forgets everything and ends what is under way', async () => {
    receiver.answer({ status: 500 })
    notifier.send(outgoing('a', { retryDelaysMs: [3_600_000_00] }))
    notifier.play({ provider: 'p', kind: 'lose' })
    await sleep(50)
    notifier.reset()
    await notifier.settle()
    assert.deepEqual(notifier.list(), [])
    assert.deepEqual(notifier.listModes(), [])
    receiver.answer()
    notifier.send(outgoing('b'))
    await notifier.settle()
    assert.deepEqual(bodies(), ['a', 'b'])
  })
})
