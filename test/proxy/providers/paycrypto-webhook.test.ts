import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { after, before, beforeEach, describe, it } from 'node:test'
import type { Checkout } from '../../../protocol/payment.ts'
import { signWebhook } from '../../../proxy/providers/paycrypto-signing.ts'
import { SANDBOX_CREDENTIALS } from '../../../sandbox/index.ts'
import { pause } from '../shop.ts'
import { fullEnvironment, startStack, testContext } from '../support.ts'
import type { Stack } from '../support.ts'
import { FACTORIES, NOW } from './order-samples.ts'

const { webhookSecret } = SANDBOX_CREDENTIALS.paycrypto
const USDT = { amount: '12.50', currency: 'USDT' }

const event = (id: string, paymentId: string, status: unknown = 1, more: object = {}): string =>
  JSON.stringify({
    id,
    create_time: 1,
    params: { order_id: 'p1', cust_order_id: paymentId, status },
    ...more,
  })

interface Push {
  readonly body: string
  readonly headers: Record<string, string>
}

/** A push as PayCrypto would sign it. */
function push(
  events: readonly unknown[],
  at: number | string,
  more: object = {},
  secret = webhookSecret,
): Push {
  const body = { action: 'order_result', events, ...more }
  const timestamp = String(at)
  return {
    body: JSON.stringify(body, null, 1),
    headers: { timestamp, signature: signWebhook(timestamp, body, secret) },
  }
}

describe('paycrypto: what a notification proves', () => {
  const logged: string[] = []
  beforeEach(() => {
    logged.length = 0
  })

  const receiver = (secret: string | null = webhookSecret) =>
    FACTORIES.paycrypto('https://payapi.paycrypto.com', { webhookSecret: secret ?? undefined })(
      testContext(() => NOW, { log: (_level, name) => void logged.push(name) }),
    ).webhook ?? assert.fail()

  const take = async ({ body, headers }: Push, from = receiver()) =>
    from.verify({
      body,
      headers: new Headers(headers),
      query: new URLSearchParams(),
      payment: null,
    })

  const refused = (wrong: Push) => assert.rejects(take(wrong), { code: 'not_found' })

  for (const [what, at, isStale] of [
    ['now', NOW, false],
    ['five minutes ago', NOW - 300_000, false],
    ['five minutes ahead', NOW + 300_000, false],
    ['a second more ago', NOW - 301_000, true],
    ['a second more ahead', NOW + 301_000, true],
    ['last week', NOW - 7 * 86_400_000, true],
  ] as const) {
    it(`genuine, of ${what}: a reason to ask${isStale ? ', and noted as stale' : ''}`, async () => {
      assert.equal((await take(push([event('e1', 'c1')], at))).length, 1)
      assert.deepEqual(logged, isStale ? ['webhook.stale'] : [])
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
    for (const bad of ['{', 'null', '[]', '{"id":7}', event('e7', '../x'), event('', 'c')]) {
      logged.length = 0
      const found = await take(push(events.with(7, bad), NOW))
      assert.equal(found.length, 49)
      assert.deepEqual(logged, ['webhook.unreadable'])
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

describe('paycrypto: notifications at the proxy', () => {
  let stack: Stack
  const asked: string[] = []
  const addresses = new Map<string, string>()
  before(async () => {
    const spy: typeof fetch = (url, init) => {
      const body = String(init?.body ?? '')
      const [, id = ''] = /"cust_order_id":"([a-f\d]{32})"/.exec(body) ?? []
      const [, address] = /"notify_url":"([^"]+)"/.exec(body) ?? []
      if (address !== undefined) addresses.set(id, new URL(address).pathname)
      if (String(url).includes('/api/v1/orders?cust_order_id')) asked.push(String(url))
      return fetch(url, init)
    }
    stack = await startStack({}, { fetch: spy }, fullEnvironment)
  })
  after(() => stack.close())

  const begin = async () => {
    const { body: checkout } = await stack.start(
      await stack.openCheckout(USDT),
      'paycrypto:USDT:TRON',
    )
    await stack.control('DELETE', '/notify')
    return { checkout, id: checkout.payment?.id ?? assert.fail() }
  }

  const send = ({ body, headers }: Push) =>
    fetch(`${stack.url}/v1/webhooks/paycrypto`, { method: 'POST', body, headers })

  const status = async ({ id }: Checkout): Promise<string> =>
    (await stack.request<Checkout>('GET', `/v1/checkouts/${id}`)).body.status

  const asksOf = (id: string): number => asked.filter((url) => url.includes(id)).length

  const alarms = (): number =>
    stack.logs.filter((line) => line.includes('"alarm":"event_changed"')).length

  it('the same one a hundred times is one reason to ask', async () => {
    const { checkout, id } = await begin()
    const one = push([event(`ev-${id}`, id)], stack.clock.now())
    for (let count = 0; count < 100; count += 1) assert.equal((await send(one)).status, 200)
    await pause(300)
    assert.ok(asksOf(id) <= 2, `${asksOf(id)} questions`)
    assert.equal(await status(checkout), 'pending', 'its word is nobody’s proof')
  })

  it('the same id with another content: asked about all the same, and an alarm', async () => {
    const { id } = await begin()
    const before = alarms()
    await send(push([event(`ev-${id}`, id, 1)], stack.clock.now()))
    await send(push([event(`ev-${id}`, id, 1)], stack.clock.now() + 1))
    assert.equal(alarms(), before, 'sent again with another time is the same')
    await send(push([event(`ev-${id}`, id, 8)], stack.clock.now()))
    assert.equal(alarms(), before + 1)
  })

  it('unsigned, three hundred at once: no more questions than a browser that watches', async () => {
    const { checkout, id } = await begin()
    const body = JSON.stringify({ cust_order_id: id, status: 1 })
    const begun = performance.now()
    const answers = await Promise.all(
      Array.from({ length: 300 }, () => send({ body, headers: {} })),
    )
    assert.ok(answers.every((answer) => answer.status === 200))
    await pause(300)
    const seconds = Math.ceil((performance.now() - begun) / 1000)
    assert.ok(asksOf(id) <= 3 + seconds, `${asksOf(id)} questions in ${seconds} s`)
    assert.equal(await status(checkout), 'pending')
  })

  it('a batch that came to one payment’s own address: each event is of the payment that it names', async () => {
    const [one, other] = [await begin(), await begin()]
    const address = addresses.get(one.id) ?? assert.fail()
    await pause(200)
    const before = asksOf(other.id)
    const events = [event(`ev-${other.id}`, other.id), event(`ev-${one.id}`, one.id)]
    const { body, headers } = push(events, stack.clock.now())
    const answer = await fetch(stack.url + address, { method: 'POST', body, headers })
    assert.equal(answer.status, 200)
    await pause(300)
    assert.ok(asksOf(other.id) > before)
    assert.ok(asksOf(one.id) > 0)
  })

  it('one of a batch is of a stranger: the others count, one acknowledgement for all', async () => {
    const { checkout, id } = await begin()
    const ref = (
      await stack.merchant<{ payments: { ref: string }[] }>('GET', `/checkouts/${checkout.id}`)
    ).body.payments[0]?.ref
    await stack.control('POST', '/notify', { provider: 'paycrypto', kind: 'lose' })
    await stack.control('POST', `/payments/paycrypto/${ref}`, { action: 'success' })
    const events = [event('s1', 'd4'.repeat(16)), '{', event(`ev-${id}`, id)]
    const answer = await send(push(events, stack.clock.now()))
    assert.deepEqual(await answer.json(), { code: 0, msg: 'SUCCESS' })
    for (let tries = 0; tries < 40 && (await status(checkout)) !== 'paid'; tries += 1)
      await pause(50)
    assert.equal(await status(checkout), 'paid')
  })

  for (const [what, wrong] of [
    ['a signature that is none', () => ({ ...push([event('x', 'c')], Date.now()), headers: {} })],
    ['no JSON', () => ({ body: 'x', headers: {} })],
    ['a list', () => ({ body: '[]', headers: {} })],
    ['an acknowledgement of theirs', () => ({ body: '{"code":0,"msg":"SUCCESS"}', headers: {} })],
  ] as const) {
    it(`${what}: refused in a form that is no acknowledgement`, async () => {
      const answer = await send(wrong())
      assert.equal(answer.status, 404)
      const text = await answer.text()
      assert.throws(() => JSON.parse(text) as unknown)
    })
  }
})
