import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { beforeEach, describe, it } from 'node:test'
import { testContext } from '../support.ts'
import { FACTORIES, NOW } from './order-samples.ts'
import { event, push, webhookSecret } from './paycrypto-samples.ts'
import type { Push } from './paycrypto-samples.ts'

describe('paycrypto: what a notification proves', () => {
  const logged: unknown[][] = []
  beforeEach(() => {
    logged.length = 0
  })

  const receiver = (secret: string | null = webhookSecret) =>
    FACTORIES.paycrypto('https://payapi.paycrypto.com', { webhookSecret: secret ?? undefined })(
      testContext(() => NOW, { log: (...line) => void logged.push(line) }),
    ).webhook ?? assert.fail()

  const take = async ({ body, headers }: Push, from = receiver()) =>
    from.verify({
      body,
      headers: new Headers(headers),
      query: new URLSearchParams(),
      payment: null,
    })

  const refused = (wrong: Push) => assert.rejects(take(wrong), { code: 'not_found' })

  for (const [what, at] of [
    ['now', NOW],
    ['five minutes ago', NOW - 300_000],
    ['five minutes ahead', NOW + 300_000],
  ] as const) {
    it(`genuine, of ${what}: a reason to ask`, async () => {
      assert.equal((await take(push([event('e1', 'c1')], at))).length, 1)
      assert.deepEqual(logged, [])
    })
  }

  for (const [what, at, seconds] of [
    ['a moment more ago', NOW - 300_001, 300],
    ['a second more ago', NOW - 301_000, 301],
    ['a second more ahead', NOW + 301_000, -301],
    ['last week', NOW - 7 * 86_400_000, 604_800],
  ] as const) {
    it(`genuine, of ${what}: a reason to ask, and noted as stale`, async () => {
      assert.equal((await take(push([event('e1', 'c1')], at))).length, 1)
      assert.deepEqual(logged, [['warn', 'webhook.stale', { provider: 'paycrypto', seconds }]])
    })
  }

  for (const at of [NOW / 1000, `${NOW}0`, ` ${NOW}`, `-${NOW}`, '1e12', '', NOW / 1000 + 0.5]) {
    it(`signed with a time of ${JSON.stringify(at)}: refused`, () =>
      refused(push([event('e1', 'c1')], at)))
  }

  it('a genuine one with another time on it: refused', async () => {
    const { body, headers } = push([event('e1', 'c1')], NOW)
    await refused({ body, headers: { ...headers, timestamp: String(NOW + 1) } })
    await refused({ body, headers: { ...headers, timestamp: `${NOW}, ${NOW}` } })
  })

  it('a member that was added, taken away or changed: refused; one that they signed: taken', async () => {
    const good = push([event('e1', 'c1')], NOW)
    for (const more of [{ extra: 1 }, { Action: 'x' }, { events2: [] }, { '': '' }]) {
      const body = JSON.stringify({ ...(JSON.parse(good.body) as object), ...more })
      await refused({ ...good, body })
    }
    await refused({ ...good, body: good.body.replace('{', '{"__proto__":{"a":1},') })
    assert.equal(
      (await take(push([event('e1', 'c1')], NOW, { version: '2', a: { c: 1, b: [2] } }))).length,
      1,
    )
  })

  it('letters of any language in an event: as signed, however they travel', async () => {
    const text = event('e1', 'c1', 1, { reason: 'Ödeme başarısız · Оплата · 支付 · \u2028 / "' })
    const { body, headers } = push([text], NOW)
    assert.equal((await take({ body, headers })).length, 1)
    const ascii = body.replace(
      /[\u0080-\uffff]/g,
      (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
    )
    assert.equal((await take({ body: ascii, headers })).length, 1)
    await refused({ headers, body: body.replace('支', '攴') })
  })

  it('batches: one event more, one less, another order, one of another push: refused', async () => {
    const events = [event('e1', 'c1'), event('e2', 'c2')]
    const { headers } = push(events, NOW)
    for (const other of [
      [...events, event('e3', 'c3')],
      events.slice(1),
      events.toReversed(),
      [event('e9', 'c9'), events[1]],
      [],
    ]) {
      await refused({ headers, body: push(other, NOW).body })
    }
  })

  it('the API secret, the key, an empty key and no signature: refused', async () => {
    for (const key of ['paycrypto-canary-secret', 'paycrypto-key-1', '']) {
      await refused(push([event('e1', 'c1')], NOW, {}, key))
    }
    const { body, headers } = push([event('e1', 'c1')], NOW)
    await refused({ body, headers: { timestamp: String(NOW) } })
    const hex = createHmac('sha256', webhookSecret).update(body).digest('hex')
    await refused({ body, headers: { ...headers, signature: hex } })
  })

  it('of fifty events one cannot be read: the others are, and it is noted', async () => {
    const events = Array.from({ length: 50 }, (_, place) => event(`e${place}`, `c${place}`))
    const wordy = event('e7', 'c7', 'x'.repeat(101))
    for (const bad of ['{', 'null', '[]', '{"id":7}', event('e7', '../x'), event('', 'c'), wordy]) {
      logged.length = 0
      const found = await take(push(events.with(7, bad), NOW))
      assert.equal(found.length, 49)
      assert.deepEqual(logged, [['warn', 'webhook.unreadable', { provider: 'paycrypto' }]])
    }
  })

  it('events that are no texts, or without end: refused as a whole', async () => {
    await refused(push([{ id: 'e1' }], NOW))
    await refused(
      push(
        Array.from({ length: 201 }, () => event('e1', 'c1')),
        NOW,
      ),
    )
  })

  it('without a secret none has an id: nobody can use one up before its time', async () => {
    const events = await take(push([event('e1', 'c1')], NOW), receiver(null))
    assert.deepEqual(events, [{ paymentId: 'c1' }])
  })

  it('the flat one is a reason to ask, whatever status it names', async () => {
    for (const status of [0, 1, '1', 8]) {
      const body = JSON.stringify({ cust_order_id: 'c1', order_id: 'p1', status })
      assert.deepEqual(await take({ body, headers: {} }), [{ paymentId: 'c1' }])
    }
  })
})
