/**
 * Each mode of the notifier as a merchant's server meets it.
 *
 * @module
 */
import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { createNotifier } from '../../sandbox/notifier.ts'
import type { Notifier, Outgoing } from '../../sandbox/notifier.ts'
import { startReceiver } from './receiver.ts'
import type { Receiver } from './receiver.ts'

describe('notifier: modes', () => {
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

  const play = (kind: 'lose' | 'double' | 'delay' | 'reorder' | 'forge' | 'hold', more = {}) =>
    notifier.play({ provider: 'p', kind, ...more })

  it('lose: never sent, not again either; the next one is', async () => {
    play('lose')
    const lost = notifier.send(outgoing('a'))
    notifier.send(outgoing('b'))
    await notifier.settle()
    assert.deepEqual(bodies(), ['b'])
    assert.equal(lost.state, 'lost')
    assert.deepEqual(lost.attempts, [])
  })

  it('double: twice the same', async () => {
    play('double')
    const sent = notifier.send(outgoing('a'))
    await notifier.settle()
    assert.deepEqual(bodies(), ['a', 'a'])
    assert.equal(sent.attempts.length, 2)
    assert.equal(sent.state, 'delivered')
  })

  it('delay: after delayMs', async () => {
    play('delay', { delayMs: 60 })
    notifier.send(outgoing('late'))
    notifier.send(outgoing('soon'))
    await notifier.settle()
    assert.deepEqual(bodies(), ['soon', 'late'])
  })

  it('reorder: after the next one of the same provider', async () => {
    play('reorder')
    const first = notifier.send(outgoing('first'))
    notifier.send(outgoing('other', { provider: 'q' }))
    await notifier.settle()
    assert.deepEqual(bodies(), ['other'])
    assert.equal(first.state, 'waiting')
    notifier.send(outgoing('second'))
    await notifier.settle()
    assert.deepEqual(bodies(), ['other', 'second', 'first'])
    assert.equal(first.state, 'delivered')
  })

  it('forge: a forged copy first, sent once, then the true one', async () => {
    play('forge')
    receiver.answer({ status: 403 }, {})
    const sent = notifier.send(outgoing('a'))
    await notifier.settle()
    assert.deepEqual(bodies(), ['forged a', 'a'])
    assert.equal(receiver.received[0]?.headers['signature'], 'broken')
    const [, forged] = notifier.list()
    assert.equal(forged?.isForged, true)
    assert.equal(forged.state, 'given-up')
    assert.equal(sent.isForged, false)
    assert.equal(sent.state, 'delivered')
  })

  it('hold: not before it is replayed, then sent again as any other', async () => {
    play('hold')
    const held = notifier.send(outgoing('a'))
    await notifier.settle()
    assert.deepEqual(bodies(), [])
    receiver.answer({ status: 500 }, {})
    await notifier.replay(held.id)
    assert.deepEqual(bodies(), ['a'])
    await notifier.settle()
    assert.deepEqual(bodies(), ['a', 'a'])
    assert.equal(held.state, 'delivered')
  })

  it('concern one provider, and as many notifications as times says', async () => {
    play('lose', { times: 2 })
    const states = () => ['p', 'p', 'q', 'p'].map((provider) => outgoing(provider, { provider }))
    const sent = states().map((each) => notifier.send(each))
    await notifier.settle()
    assert.deepEqual(
      sent.map(({ state }) => state),
      ['lost', 'lost', 'delivered', 'delivered'],
    )
  })

  it('with times 0 last until they are cleared', async () => {
    play('lose', { times: 0 })
    for (const body of ['a', 'b', 'c']) notifier.send(outgoing(body))
    assert.equal(notifier.listModes().length, 1)
    notifier.clearModes()
    notifier.send(outgoing('d'))
    await notifier.settle()
    assert.deepEqual(bodies(), ['d'])
  })

  it('do not concern what is injected', async () => {
    play('lose')
    const injected = await notifier.inject(outgoing('a'))
    assert.equal(injected.isForged, true)
    assert.equal(injected.state, 'delivered')
    assert.equal(notifier.listModes().length, 1)
  })
})
