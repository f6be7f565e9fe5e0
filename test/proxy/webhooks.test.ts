import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, before, beforeEach, describe, it } from 'node:test'
import type { Checkout } from '../../protocol/payment.ts'
import { SANDBOX_CREDENTIALS } from '../../sandbox/index.ts'
import { fullEnvironment, startFullStack, startStack } from './support.ts'
import type { Stack } from './support.ts'

interface Detail {
  readonly payments: readonly {
    readonly id: string
    readonly ref: string
    readonly status: string
    readonly reason: string | null
    readonly assurance: string | null
    readonly facts: readonly { kind: string; status: string }[]
  }[]
}

interface Notification {
  readonly id: string
  readonly provider: string
  readonly paymentId: string
  readonly url: string
  readonly body: string
  readonly headers: Record<string, string>
  readonly state: string
  readonly attempts: readonly { status: number | null; body: string }[]
}

const USDT = { amount: '12.50', currency: 'USDT' }

/** Waits for something to become true: notifications travel by themselves. */
async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 60; tries += 1) {
    const found = await look()
    if (found !== undefined) return found
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return assert.fail('did not happen')
}

describe('webhooks', () => {
  let stack: Stack
  const returnUrls: string[] = []
  before(async () => {
    stack = await startStack(
      {},
      {
        fetch: (url, init) => {
          const found = /"return_url":"([^"]+)"/.exec(String(init?.body ?? ''))?.[1]
          if (found !== undefined) returnUrls.push(found)
          return fetch(url, init)
        },
      },
      fullEnvironment,
    )
  })
  beforeEach(async () => {
    await stack.control('DELETE', '/notify')
    await stack.control('DELETE', '/faults')
  })
  after(() => stack.close())

  const detail = async ({ id }: Checkout): Promise<Detail> =>
    (await stack.merchant<Detail>('GET', `/checkouts/${id}`)).body

  const read = async ({ id }: Checkout): Promise<Checkout> =>
    (await stack.request<Checkout>('GET', `/v1/checkouts/${id}`)).body

  async function start(methodId: string, order: object = {}) {
    const opened = await stack.openCheckout(order)
    const { status, body: checkout } = await stack.start(opened, methodId)
    assert.equal(status, 200, JSON.stringify(checkout))
    const payment = (await detail(checkout)).payments.at(-1)
    assert.ok(payment)
    return { checkout, payment }
  }

  const notifications = async (paymentId: string): Promise<readonly Notification[]> => {
    const all = await stack.control<readonly Notification[]>('GET', '/notifications')
    return all.filter((each) => each.paymentId === paymentId)
  }

  const becomes = (checkout: Checkout, status: string): Promise<Checkout> =>
    until(async () => {
      const now = (await stack.merchant<Checkout>('GET', `/checkouts/${checkout.id}`)).body
      return now.status === status ? now : undefined
    })

  const send = (path: string, body: string, headers: Record<string, string> = {}) =>
    fetch(stack.url + path, { method: 'POST', body, headers })

  describe('paycrypto', () => {
    const pay = (ref: string, action = 'success') =>
      stack.control('POST', `/payments/paycrypto/${ref}`, { action })

    it('a signed one makes us ask, with no browser watching', async () => {
      const { checkout, payment } = await start('paycrypto:USDT:TRON', USDT)
      await pay(payment.ref)
      const after = await becomes(checkout, 'paid')
      assert.equal(after.status, 'paid')
      assert.equal((await detail(checkout)).payments[0]?.assurance, 'provider-api')
      const [sent] = await notifications(payment.ref)
      assert.deepEqual(JSON.parse(sent?.attempts[0]?.body ?? ''), { code: 0, msg: 'SUCCESS' })
    })

    for (const kind of ['double', 'forge', 'delay', 'lose'] as const) {
      it(`${kind}: paid once, all the same`, async () => {
        await stack.control('POST', '/notify', { provider: 'paycrypto', kind, delayMs: 50 })
        const { checkout, payment } = await start('paycrypto:USDT:TRON', USDT)
        await pay(payment.ref)
        if (kind === 'lose') stack.clock.advance(16_000)
        await becomes(checkout, 'paid')
        const { facts = [] } = (await detail(checkout)).payments[0] ?? {}
        assert.equal(facts.filter(({ status }) => status === 'paid').length, 1)
      })
    }

    it('a forged "success" of an unpaid order changes nothing', async () => {
      const { checkout, payment } = await start('paycrypto:USDT:TRON', USDT)
      const flat = JSON.stringify({ cust_order_id: payment.id, order_id: payment.ref, status: 1 })
      assert.equal((await send('/v1/webhooks/paycrypto', flat)).status, 200)
      const unsigned = JSON.stringify({ action: 'order_result', events: [flat] })
      assert.equal((await send('/v1/webhooks/paycrypto', unsigned)).status, 404)
      assert.equal((await read(checkout)).status, 'pending')
    })

    it('the return’s own word changes nothing', async () => {
      const { checkout, payment } = await start('paycrypto:USDT:TRON', USDT)
      const returnUrl = returnUrls.at(-1) ?? assert.fail()
      const { pathname } = new URL(returnUrl)
      await stack.request('GET', `${pathname}?id=${payment.ref}&status=1`)
      assert.equal((await read(checkout)).status, 'pending')
      await stack.control('POST', '/notify', { provider: 'paycrypto', kind: 'lose' })
      await pay(payment.ref)
      await stack.request('GET', `${pathname}?id=${payment.ref}&status=4`)
      assert.equal((await read(checkout)).status, 'paid', 'the return made us ask')
    })

    it('an order that nobody here knows is acknowledged, and forgotten', async () => {
      const flat = JSON.stringify({ cust_order_id: 'unknown', order_id: 'unknown', status: 1 })
      assert.equal((await send('/v1/webhooks/paycrypto', flat)).status, 200)
      assert.ok(
        stack.logs.some((line) => line.includes('webhook.unknown_payment')),
        stack.logs.slice(-3).join('\n'),
      )
    })

    it('a test notification goes through', async () => {
      await stack.control('POST', '/paycrypto/settings', {
        webhookUrl: `${stack.url}/v1/webhooks/paycrypto`,
      })
      const { status } = await stack.merchant('POST', '/providers/paycrypto/test-webhook', {})
      assert.equal(status, 202)
    })

    it('success with less than the price paid: review, never paid', async () => {
      const { checkout, payment } = await start('paycrypto:USDT:TRON', USDT)
      await stack.control('POST', `/payments/paycrypto/${payment.ref}`, {
        action: 'success',
        amount: '12.49',
        currency: 'USDT',
      })
      const after = await becomes(checkout, 'review')
      assert.equal(after.reason, 'underpaid')
    })

    it('a refund afterwards is told', async () => {
      const { checkout, payment } = await start('paycrypto:USDT:TRON', USDT)
      await pay(payment.ref)
      await becomes(checkout, 'paid')
      await pay(payment.ref, 'refunding')
      await becomes(checkout, 'refunding')
      await pay(payment.ref, 'refunded')
      await becomes(checkout, 'refunded')
    })
  })

  describe('lipaykripto, unsigned', () => {
    const { clientId } = SANDBOX_CREDENTIALS.lipaykripto
    const confirm = (paymentId: string, action = 'confirm') =>
      stack.control('POST', `/payments/lipaykripto/${paymentId}`, { action })

    it('at the payment’s own address: paid, marked as unsigned', async () => {
      const { checkout, payment } = await start('lipaykripto')
      await confirm(payment.id)
      await becomes(checkout, 'paid')
      assert.equal((await detail(checkout)).payments[0]?.assurance, 'unsigned-webhook')
      const [sent] = await notifications(payment.id)
      assert.equal(sent?.attempts[0]?.status, 200)
    })

    it('failed: failed, and the address answers no more', async () => {
      const { checkout, payment } = await start('lipaykripto')
      await confirm(payment.id, 'fail')
      await until(async () =>
        (await detail(checkout)).payments[0]?.status === 'failed' ? true : undefined,
      )
      const [sent] = await notifications(payment.id)
      assert.ok(sent)
      const { pathname } = new URL(sent.url)
      const forged = sent.body.replace('failed', 'confirmed')
      assert.equal((await send(pathname, forged)).status, 404)
      assert.equal((await detail(checkout)).payments[0]?.status, 'failed')
    })

    it('anything wrong, anywhere: 404 of one shape, nothing changes', async () => {
      const { checkout, payment } = await start('lipaykripto')
      await stack.control('POST', '/notify', { provider: 'lipaykripto', kind: 'hold' })
      await confirm(payment.id)
      const [held] = await notifications(payment.id)
      assert.ok(held)
      const { pathname } = new URL(held.url)
      const good = held.body
      const attacks: [string, string][] = [
        ['/v1/webhooks/lipaykripto', good],
        [`/v1/webhooks/lipaykripto/${'A'.repeat(43)}`, good],
        [`/v1/webhooks/lipaykripto/${pathname.slice(-42)}`, good],
        [`/v1/webhooks/cryptom/${pathname.slice(-43)}`, good],
        [`/v1/webhooks/paycrypto/${pathname.slice(-43)}`, good],
        [pathname, good.replace(clientId, 'another')],
        [pathname, good.replace(payment.id, 'b'.repeat(32))],
        [pathname, good.replace('300', '3')],
        [pathname, good.replace('confirmed', 'paid')],
        [pathname, ''],
      ]
      const shapes = new Set<string>()
      for (const [path, body] of attacks) {
        const response = await send(path, body)
        shapes.add(`${response.status} ${await response.text()}`)
      }
      assert.deepEqual([...shapes], ['404 refused'])
      assert.equal((await read(checkout)).status, 'pending')
      await stack.control('POST', `/notifications/${held.id}/replay`)
      await becomes(checkout, 'paid')
    })

    it('repeated, it has one effect', async () => {
      const { checkout, payment } = await start('lipaykripto')
      await stack.control('POST', '/notify', { provider: 'lipaykripto', kind: 'double' })
      await confirm(payment.id)
      await becomes(checkout, 'paid')
      const { facts = [] } = (await detail(checkout)).payments[0] ?? {}
      assert.equal(facts.filter(({ status }) => status === 'paid').length, 1)
    })

    it('an address that the payment page tells proves nothing: review', async () => {
      await stack.control('POST', '/lipaykripto/settings', { leakWebhookInToken: true })
      const { checkout, payment } = await start('lipaykripto')
      await stack.control('POST', '/lipaykripto/settings', { leakWebhookInToken: false })
      await confirm(payment.id)
      const after = await becomes(checkout, 'review')
      assert.equal(after.reason, 'unconfirmed')
    })

    it('never writes the address to the log', async () => {
      const { payment } = await start('lipaykripto')
      await confirm(payment.id)
      const [sent] = await notifications(payment.id)
      const token = sent?.url.slice(-43) ?? assert.fail()
      assert.ok(!stack.logs.join('\n').includes(token))
    })
  })

  it('of a provider that sends none, or that nobody knows: 404', async () => {
    for (const name of ['redoya', 'cryptom', 'stripe', '__proto__', '%2e%2e']) {
      assert.equal((await send(`/v1/webhooks/${name}`, '{}')).status, 404)
    }
  })

  it('too large: 413, in plain text', async () => {
    const response = await send('/v1/webhooks/paycrypto', 'x'.repeat(65_537))
    assert.equal(response.status, 413)
    assert.equal(response.headers.get('content-type'), 'text/plain')
  })

  it('carry no CORS headers', async () => {
    const response = await send('/v1/webhooks/paycrypto', '{}', { origin: 'https://shop.example' })
    assert.equal(response.headers.get('access-control-allow-origin'), null)
  })
})

describe('webhooks when the store fails', () => {
  it('are not acknowledged: 503 that is not JSON, and told again later', async () => {
    const stack = await startFullStack()
    const opened = await stack.openCheckout(USDT)
    const { body: checkout } = await stack.start(opened, 'paycrypto:USDT:TRON')
    const detail = await stack.merchant<Detail>('GET', `/checkouts/${checkout.id}`)
    const ref = detail.body.payments[0]?.ref
    await stack.proxy.close()
    const flat = JSON.stringify({ cust_order_id: detail.body.payments[0]?.id, status: 1 })
    const response = await fetch(`${stack.url}/v1/webhooks/paycrypto`, {
      method: 'POST',
      body: flat,
    })
    assert.equal(response.status, 503)
    assert.equal(response.headers.get('content-type'), 'text/plain')
    assert.ok(ref)
    await stack.close().catch(() => undefined)
  })

  it('an event whose reason to ask could not be stored is not taken for seen when it comes again', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'cc-store-'))
    const file = join(directory, 'checkout.db')
    const stack = await startFullStack({ DATABASE_URL: `file:${file}` })
    const database = new DatabaseSync(file)
    database.exec('pragma busy_timeout = 5000')
    await stack.control('POST', '/notify', { provider: 'paycrypto', kind: 'hold' })
    const opened = await stack.openCheckout(USDT)
    const { body: checkout } = await stack.start(opened, 'paycrypto:USDT:TRON')
    const { body } = await stack.merchant<Detail>('GET', `/checkouts/${checkout.id}`)
    const ref = body.payments[0]?.ref
    await stack.control('POST', `/payments/paycrypto/${ref}`, { action: 'success' })
    const [held] = await stack.control<readonly Notification[]>('GET', '/notifications')
    const replay = async () => {
      await stack.control('POST', `/notifications/${held?.id}/replay`)
      const all = await stack.control<readonly Notification[]>('GET', '/notifications')
      return all[0]?.attempts.at(-1)?.status
    }
    database.exec(`create trigger full before update of hinted_at on payments
      begin select raise(abort, 'disk full'); end`)
    assert.equal(await replay(), 503)
    assert.deepEqual(database.prepare('select * from events').all(), [])
    database.exec('drop trigger full')
    assert.equal(await replay(), 200)
    await until(async () => {
      const { body: now } = await stack.merchant<Checkout>('GET', `/checkouts/${checkout.id}`)
      return now.status === 'paid' ? now : undefined
    })
    database.close()
    await stack.close()
    rmSync(directory, { recursive: true })
  })
})
