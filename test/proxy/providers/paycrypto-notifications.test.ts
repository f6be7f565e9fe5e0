import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Checkout } from '../../../protocol/payment.ts'
import { pause } from '../shop.ts'
import { fullEnvironment, startStack } from '../support.ts'
import type { Stack } from '../support.ts'
import { event, push } from './paycrypto-samples.ts'
import type { Push } from './paycrypto-samples.ts'

const USDT = { amount: '12.50', currency: 'USDT' }

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
