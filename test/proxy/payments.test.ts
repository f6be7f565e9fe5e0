import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import type { Checkout } from '../../protocol/payment.ts'
import { SANDBOX_CREDENTIALS } from '../../sandbox/index.ts'
import { SHOP, startStack } from './support.ts'
import type { Stack } from './support.ts'

interface Ledger {
  readonly cryptom: { readonly calls: readonly { operation: string }[] }
  readonly redoya: { readonly calls: readonly { operation: string }[] }
}

interface Detail {
  readonly payments: readonly {
    readonly id: string
    readonly provider: string
    readonly status: string
    readonly reason: string | null
    readonly ref: string
    readonly assurance: string | null
    readonly facts: readonly { kind: string; status: string }[]
  }[]
}

const TRX = 'cryptom:TRX:TRON'
const USDT = 'cryptom:USDT:TRON'

describe('payments', () => {
  let stack: Stack
  before(async () => {
    stack = await startStack()
  })
  beforeEach(() => stack.control('DELETE', '/faults'))
  after(() => stack.close())

  const detail = async ({ id }: Checkout): Promise<Detail> =>
    (await stack.merchant<Detail>('GET', `/checkouts/${id}`)).body

  const countCalls = async (provider: keyof Ledger, operation: string): Promise<number> => {
    const ledger = await stack.control<Ledger>('GET', '/ledger')
    return ledger[provider].calls.filter((call) => call.operation === operation).length
  }

  /** Opens an order and starts paying it with a coin. */
  async function startCoin(methodId = TRX): Promise<{ checkout: Checkout; ref: string }> {
    const { body: checkout } = await stack.start(await stack.openCheckout(), methodId)
    assert.equal(checkout.payment?.nextAction?.type, 'transfer')
    const { payments } = await detail(checkout)
    return { checkout, ref: payments.at(-1)?.ref ?? '' }
  }

  const play = (ref: string, action: string, amount?: string) =>
    stack.control('POST', `/payments/cryptom/${ref}`, { action, ...(amount && { amount }) })

  describe('by transfer', () => {
    it('shows an address and is paid when the provider says complete', async () => {
      const { checkout, ref } = await startCoin()
      assert.equal(checkout.payment?.status, 'pending')
      assert.equal(checkout.payment.cancelable, true)
      await play(ref, 'pay')
      const after = await stack.refreshed(checkout)
      assert.deepEqual([after.status, after.reason], ['paid', null])
      assert.equal(after.payment?.nextAction, null)
      assert.equal(after.pollAfterMs, null)
      const { payments } = await detail(checkout)
      assert.equal(payments[0]?.assurance, 'provider-api')
    })

    it('partial, then topped up: what arrived and what is missing, then paid', async () => {
      const { checkout, ref } = await startCoin()
      const action = checkout.payment?.nextAction
      assert.equal(action?.type, 'transfer')
      await play(ref, 'pay-part', '1.5')
      const partial = await stack.refreshed(checkout)
      assert.deepEqual([partial.status, partial.reason], ['processing', 'underpaid'])
      assert.deepEqual(partial.payment?.received, { amount: '1.5', currency: 'TRX' })
      const missing = Number(action.amount) - 1.5
      assert.ok(Math.abs(Number(partial.payment.remaining?.amount) - missing) < 1e-6)
      assert.deepEqual(partial.payment.nextAction, action, 'the address stays')
      await play(ref, 'pay')
      assert.equal((await stack.refreshed(checkout)).status, 'paid')
    })

    it('partial at the end: a person must look, it never just expires', async () => {
      const { checkout, ref } = await startCoin()
      await play(ref, 'pay-part')
      await stack.refreshed(checkout)
      stack.clock.advance(20 * 60 * 60_000)
      const after = await stack.refreshed(checkout)
      assert.deepEqual([after.status, after.reason], ['review', 'underpaid'])
      await play(ref, 'pay')
      assert.equal((await stack.refreshed(checkout)).status, 'paid')
    })

    it('paid too much: paid, and says so', async () => {
      const { checkout, ref } = await startCoin()
      await play(ref, 'overpay')
      const after = await stack.refreshed(checkout)
      assert.deepEqual([after.status, after.reason], ['paid', 'overpaid'])
    })

    it('expires by the clock, and money that comes late still counts', async () => {
      const { checkout, ref } = await startCoin()
      stack.clock.advance(17 * 60 * 60_000)
      const expired = await stack.refreshed(checkout)
      assert.deepEqual([expired.status, expired.payment?.status], ['pending', 'expired'])
      assert.equal(expired.payment?.nextAction, null)
      await play(ref, 'pay')
      const paid = await stack.refreshed(checkout)
      assert.deepEqual([paid.status, paid.reason], ['paid', 'late'])
    })

    it('the worker finds out with no browser watching', async () => {
      const { checkout, ref } = await startCoin()
      await play(ref, 'pay')
      stack.clock.advance(16_000)
      for (let tries = 0; tries < 50; tries += 1) {
        await new Promise((resolve) => setTimeout(resolve, 100))
        if ((await detail(checkout)).payments[0]?.status === 'paid') return
      }
      assert.fail('not found out')
    })

    it('a poll that says nothing new writes nothing', async () => {
      const { checkout } = await startCoin()
      const before = (await detail(checkout)).payments[0]?.facts.length
      const { headers } = await stack.request('GET', `/v1/checkouts/${checkout.id}`)
      for (let polls = 0; polls < 5; polls += 1) await stack.refreshed(checkout)
      const after = await stack.request('GET', `/v1/checkouts/${checkout.id}`)
      assert.equal((await detail(checkout)).payments[0]?.facts.length, before)
      assert.equal(after.headers.get('etag'), headers.get('etag'))
    })

    it('a hundred watchers cost the provider one call', async () => {
      const { checkout } = await startCoin()
      stack.clock.advance(4000)
      const before = await countCalls('cryptom', 'detail')
      await Promise.all(
        Array.from({ length: 100 }, () => stack.request('GET', `/v1/checkouts/${checkout.id}`)),
      )
      assert.equal(await countCalls('cryptom', 'detail'), before + 1)
    })
  })

  describe('started more than once', () => {
    it('twenty clicks at once make one payment', async () => {
      const checkout = await stack.openCheckout()
      const before = await countCalls('cryptom', 'create')
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => stack.start(checkout, TRX)),
      )
      assert.equal(new Set(answers.map(({ body }) => body.payment?.id)).size, 1)
      assert.equal(await countCalls('cryptom', 'create'), before + 1)
    })

    it('the same method again, later, is the same payment', async () => {
      const { checkout } = await startCoin()
      const again = await stack.start(checkout, TRX)
      assert.equal(again.body.payment?.id, checkout.payment?.id)
    })

    it('another method replaces the first, which is canceled at the provider', async () => {
      const { checkout, ref } = await startCoin(TRX)
      const { body } = await stack.start(checkout, USDT)
      assert.equal(body.payment?.methodId, USDT)
      assert.notEqual(body.payment.id, checkout.payment?.id)
      const payment = await stack.control<{ status: string }>('GET', `/payments/cryptom/${ref}`)
      assert.equal(payment.status, 'CANCELLED')
    })

    it('two fast picks: the last one is shown, whichever answer comes first', async () => {
      const checkout = await stack.openCheckout()
      const first = stack.start(checkout, TRX)
      await new Promise((resolve) => setTimeout(resolve, 2))
      const second = stack.start(checkout, USDT)
      await Promise.all([first, second])
      const { body } = await stack.request<Checkout>('GET', `/v1/checkouts/${checkout.id}`)
      assert.equal(body.payment?.methodId, USDT)
    })

    it('money on the attempt that was replaced pays the order', async () => {
      const { checkout, ref } = await startCoin(TRX)
      await stack.start(checkout, USDT)
      await play(ref, 'pay')
      const [old] = (await detail(checkout)).payments
      assert.ok(old)
      stack.clock.advance(16_000)
      for (let tries = 0; tries < 50; tries += 1) {
        await new Promise((resolve) => setTimeout(resolve, 100))
        const { body } = await stack.request<Checkout>('GET', `/v1/checkouts/${checkout.id}`)
        if (body.status === 'paid') {
          assert.equal(body.payment?.id, old.id)
          return
        }
      }
      assert.fail('not paid')
    })

    it('money on both: paid once, and the second says duplicate', async () => {
      const { checkout, ref } = await startCoin(TRX)
      const { body } = await stack.start(checkout, USDT)
      const second = (await detail(body)).payments.at(-1)?.ref ?? ''
      await play(second, 'pay')
      assert.equal((await stack.refreshed(checkout)).status, 'paid')
      await play(ref, 'pay')
      stack.clock.advance(16_000)
      for (let tries = 0; tries < 50; tries += 1) {
        await new Promise((resolve) => setTimeout(resolve, 100))
        const { payments } = await detail(checkout)
        if (payments[0]?.reason === 'duplicate') {
          const after = await stack.request<Checkout>('GET', `/v1/checkouts/${checkout.id}`)
          assert.deepEqual([after.body.status, after.body.reason], ['paid', null])
          return
        }
      }
      assert.fail('the second payment was not seen')
    })

    it('nothing new while money is under way', async () => {
      const { checkout, ref } = await startCoin(TRX)
      await play(ref, 'pay-part')
      await stack.refreshed(checkout)
      const start = await stack.start(checkout, USDT)
      assert.deepEqual(
        [start.status, (start.body as { code?: string }).code],
        [409, 'payment_in_progress'],
      )
      const cancel = await stack.request('POST', `/v1/checkouts/${checkout.id}/cancel`, {})
      assert.deepEqual([cancel.status, cancel.body['code']], [409, 'payment_in_progress'])
    })

    it('a paid order starts nothing', async () => {
      const { checkout, ref } = await startCoin()
      await play(ref, 'pay')
      await stack.refreshed(checkout)
      const before = await countCalls('cryptom', 'create')
      const { body } = await stack.start(checkout, USDT)
      assert.equal(body.status, 'paid')
      assert.equal(await countCalls('cryptom', 'create'), before)
    })
  })

  describe('canceled', () => {
    it('at the provider; then another way can be picked', async () => {
      const { checkout } = await startCoin()
      const { body } = await stack.request<Checkout>(
        'POST',
        `/v1/checkouts/${checkout.id}/cancel`,
        {},
      )
      assert.deepEqual([body.status, body.payment?.status], ['pending', 'canceled'])
      const next = await stack.start(checkout, USDT)
      assert.equal(next.body.payment?.status, 'pending')
    })

    it('but paid anyway: paid, late', async () => {
      const { checkout, ref } = await startCoin()
      await stack.request('POST', `/v1/checkouts/${checkout.id}/cancel`, {})
      await play(ref, 'pay')
      stack.clock.advance(4000)
      const { body } = await stack.request<Checkout>('GET', `/v1/checkouts/${checkout.id}`)
      assert.deepEqual([body.status, body.reason], ['paid', 'late'])
    })

    it('where the provider cannot: the waiting stops here', async () => {
      const { body: checkout } = await stack.start(await stack.openCheckout(), 'redoya')
      assert.equal(checkout.payment?.cancelable, false)
      const { body } = await stack.request<Checkout>(
        'POST',
        `/v1/checkouts/${checkout.id}/cancel`,
        {},
      )
      assert.equal(body.payment?.status, 'canceled')
    })
  })

  describe('when the provider fails at the create', () => {
    for (const [kind, status, code] of [
      ['status-500', 503, 'provider_unavailable'],
      ['html', 502, 'provider_bad_response'],
      ['wrong-amount', 502, 'provider_bad_response'],
    ] as const) {
      it(`${kind}: ${code}, and another way is open`, async () => {
        const checkout = await stack.openCheckout()
        await stack.control('POST', '/faults', { provider: 'cryptom', operation: 'create', kind })
        const failed = await stack.start(checkout, TRX)
        assert.deepEqual([failed.status, (failed.body as { code?: string }).code], [status, code])
        const { body } = await stack.request<Checkout>('GET', `/v1/checkouts/${checkout.id}`)
        assert.deepEqual([body.status, body.payment], ['pending', null])
        const other = await stack.start(checkout, 'redoya')
        assert.equal(other.body.payment?.nextAction?.type, 'redirect')
      })
    }

    it('keeps what the shopper had before', async () => {
      const { checkout } = await startCoin(TRX)
      await stack.control('POST', '/faults', {
        provider: 'cryptom',
        operation: 'create',
        kind: 'status-500',
      })
      await stack.start(checkout, USDT)
      const { body } = await stack.request<Checkout>('GET', `/v1/checkouts/${checkout.id}`)
      assert.equal(body.payment?.id, checkout.payment?.id)
      assert.equal(body.payment?.status, 'pending')
    })

    it('an answer that was lost is written down as unconfirmed, not as failed', async () => {
      const checkout = await stack.openCheckout()
      await stack.control('POST', '/faults', {
        provider: 'cryptom',
        operation: 'create',
        kind: 'reset',
        afterEffect: true,
      })
      await stack.start(checkout, TRX)
      const [payment] = (await detail(checkout)).payments
      assert.deepEqual([payment?.status, payment?.reason], ['review', 'unconfirmed'])
    })

    it('the same method can be tried again', async () => {
      const checkout = await stack.openCheckout()
      await stack.control('POST', '/faults', {
        provider: 'cryptom',
        operation: 'create',
        kind: 'status-500',
      })
      await stack.start(checkout, TRX)
      assert.equal((await stack.start(checkout, TRX)).body.payment?.status, 'pending')
    })
  })

  describe('by redirect', () => {
    const pageOf = (checkout: Checkout): { orderToken: string; identifier: string } => {
      const action = checkout.payment?.nextAction
      assert.equal(action?.type, 'redirect')
      const [, orderToken = '', identifier = ''] = action.url.split('#')
      return { orderToken, identifier }
    }

    /** Starts, and does what the hosted page does; `redirect` is where it sends the browser. */
    async function startCard(more: object = {}, order: object = {}) {
      const opened = await stack.openCheckout(order)
      const { body: checkout } = await stack.start(opened, 'redoya', {
        returnUrl: `${SHOP}/cart?step=2`,
      })
      const paid = await stack.control<{ orderId: string; redirect: string }>(
        'POST',
        '/redoya/orders',
        { ...pageOf(checkout), outcome: 'success', ...more },
      )
      return { checkout, ...paid }
    }

    const visit = async (redirect: string) => {
      const { pathname, search } = new URL(redirect)
      return stack.request('GET', pathname + search)
    }

    const read = async ({ id }: Checkout): Promise<Checkout> =>
      (await stack.request<Checkout>('GET', `/v1/checkouts/${id}`)).body

    it('leaves, comes back to the proxy, and goes on to the shop with the id alone', async () => {
      const { checkout, redirect } = await startCard()
      assert.equal((await read(checkout)).status, 'pending', 'the page’s word is not enough')
      const { status, headers } = await visit(redirect)
      assert.equal(status, 303)
      assert.equal(headers.get('location'), `${SHOP}/cart?step=2&checkout=${checkout.id}`)
      assert.equal(headers.get('referrer-policy'), 'no-referrer')
      assert.equal(headers.get('cache-control'), 'no-store')
      assert.equal((await read(checkout)).status, 'paid')
    })

    it('declined: failed, and another way is open', async () => {
      const { checkout, redirect } = await startCard({ outcome: 'failed' })
      await visit(redirect)
      const after = await read(checkout)
      assert.deepEqual(
        [after.status, after.payment?.status, after.payment?.reason],
        ['pending', 'failed', 'declined'],
      )
      assert.equal((await stack.start(checkout, TRX)).body.payment?.status, 'pending')
    })

    it('says nothing of itself in the query: only the provider’s word counts', async () => {
      const { checkout, redirect } = await startCard({ outcome: 'pending' })
      const { status } = await visit(`${redirect}?status=success&paid=1`)
      assert.equal(status, 303)
      assert.equal((await read(checkout)).status, 'pending')
    })

    it('a cheap order’s id on a dear payment’s return: refused', async () => {
      const cheap = await startCard({}, { amount: '3.00' })
      await visit(cheap.redirect)
      const dear = await startCard({ outcome: 'pending' }, { amount: '1000.00' })
      await visit(dear.redirect.replace(dear.orderId, cheap.orderId))
      const after = await read(dear.checkout)
      assert.deepEqual([after.status, after.reason], ['review', 'conflict'])
      assert.equal((await read(cheap.checkout)).status, 'paid')
    })

    it('somebody else’s id of the same price: refused, and theirs stays paid', async () => {
      const victim = await startCard()
      await visit(victim.redirect)
      const thief = await startCard({ outcome: 'pending' })
      await visit(thief.redirect.replace(thief.orderId, victim.orderId))
      const after = await read(thief.checkout)
      assert.deepEqual([after.status, after.reason], ['review', 'conflict'])
      assert.equal((await read(victim.checkout)).status, 'paid')
    })

    it('stolen before its owner came: the second claim is for a person, nothing is paid twice', async () => {
      const victim = await startCard()
      const thief = await startCard({ outcome: 'pending' })
      await visit(thief.redirect.replace(thief.orderId, victim.orderId))
      await visit(victim.redirect)
      const after = await read(victim.checkout)
      assert.deepEqual([after.status, after.reason], ['review', 'conflict'])
      assert.ok(
        stack.logs.some((line) => line.includes('"conflict"')),
        'an alarm',
      )
    })

    it('ten returns at once have one effect', async () => {
      const { checkout, redirect } = await startCard()
      await Promise.all(Array.from({ length: 10 }, () => visit(redirect)))
      assert.equal((await read(checkout)).status, 'paid')
      const [payment] = (await detail(checkout)).payments
      assert.equal(payment?.facts.filter(({ status }) => status === 'paid').length, 1)
    })

    it('not confirmed yet: asked again until it is', async () => {
      const { checkout, redirect, orderId } = await startCard({ outcome: 'pending' })
      await visit(redirect)
      await stack.control('POST', `/payments/redoya/${orderId}`, { action: 'confirm' })
      assert.equal((await stack.refreshed(checkout)).status, 'paid')
    })

    it('the provider is down at the return: checking, then paid', async () => {
      const { checkout, redirect } = await startCard()
      await stack.control('POST', '/faults', {
        provider: 'redoya',
        operation: 'verify',
        kind: 'status-500',
        times: 0,
      })
      assert.equal((await visit(redirect)).status, 303)
      assert.equal((await read(checkout)).status, 'pending')
      await stack.control('DELETE', '/faults')
      assert.equal((await stack.refreshed(checkout)).status, 'paid')
    })

    it('paid in test mode where the proxy is live: never paid', async () => {
      const { checkout, redirect } = await startCard({ testMode: '0' })
      await visit(redirect)
      assert.equal((await read(checkout)).status, 'review')
    })

    for (const path of ['x', '..%2f..%2f', 'A'.repeat(15), 'A'.repeat(17), '%7Border_id%7D']) {
      it(`an order id like ${path}: the shopper goes on, and nobody is asked`, async () => {
        const { checkout, redirect, orderId } = await startCard({ outcome: 'pending' })
        const before = await countCalls('redoya', 'verify')
        const { status } = await visit(redirect.replace(orderId, path))
        assert.ok(status === 303 || status === 404)
        assert.equal(await countCalls('redoya', 'verify'), before)
        assert.equal((await read(checkout)).status, 'pending')
      })
    }

    it('an unknown token: 404 that tells nothing', async () => {
      const token = 'A'.repeat(43)
      const { status, body } = await stack.request('GET', `/v1/returns/${token}/${'A'.repeat(16)}`)
      assert.equal(status, 404)
      assert.deepEqual(Object.keys(body), ['type', 'title', 'status', 'code', 'requestId'])
    })

    for (const returnUrl of [
      'https://evil.example/',
      '//evil.example',
      'https:evil.example',
      'https://shop.example@evil.example/',
      'https://user:pw@shop.example/',
      'javascript:alert(1)',
      'https://shop.example.evil/',
      'http://shop.example/',
      'https://shop.example\\@evil.example/',
      '/cart',
    ]) {
      it(`a return page like ${returnUrl}: 400`, async () => {
        const { status, body } = await stack.start(await stack.openCheckout(), 'redoya', {
          returnUrl,
        })
        const problem = body as { code?: string; field?: string }
        assert.deepEqual(
          [status, problem.code, problem.field],
          [400, 'invalid_request', 'returnUrl'],
        )
      })
    }
  })

  describe('asked about wrongly', () => {
    it('an unknown checkout: 404 of one shape, everywhere', async () => {
      const shapes = new Set<string>()
      for (const id of [
        'nothing',
        'A'.repeat(22),
        '../../etc',
        '%2e%2e',
        "'; drop table checkouts",
      ]) {
        const path = `/v1/checkouts/${encodeURIComponent(id)}`
        for (const [method, to, body] of [
          ['GET', path, undefined],
          ['POST', `${path}/payments`, { methodId: TRX }],
          ['POST', `${path}/cancel`, {}],
          ['POST', `${path}/sent`, {}],
        ] as const) {
          const answer = await stack.request(method, to, body)
          assert.equal(answer.status, 404)
          shapes.add(JSON.stringify({ ...answer.body, requestId: '' }))
        }
      }
      assert.equal(shapes.size, 1)
    })

    for (const [what, body, field] of [
      ['a method that is not offered', { methodId: 'paypal' }, 'methodId'],
      ['a method of another order', { methodId: 'cryptom:BTC:BITCOIN' }, 'methodId'],
      ['no method', {}, 'methodId'],
      ['an amount', { methodId: TRX, amount: '1' }, 'amount'],
      ['a field nobody asked for', { methodId: TRX, fields: { x: '1' } }, 'fields.x'],
    ] as const) {
      it(`${what}: refused, naming ${field}`, async () => {
        const answer = await stack.request(
          'POST',
          `/v1/checkouts/${(await stack.openCheckout()).id}/payments`,
          body,
        )
        assert.ok([400, 422].includes(answer.status))
        assert.equal(answer.body['field'], field)
      })
    }

    it('other verbs: 405, other paths: 404, and no handler', async () => {
      const { id } = await stack.openCheckout()
      for (const [method, path, wanted] of [
        ['PUT', `/v1/checkouts/${id}`, 405],
        ['DELETE', `/v1/checkouts/${id}`, 405],
        ['PATCH', `/v1/checkouts/${id}/cancel`, 405],
        ['GET', `/v1/checkouts/${id}/payments`, 405],
        ['GET', '/v1/checkouts', 405],
        ['GET', `//v1/checkouts/${id}`, 404],
        ['GET', `/v1/checkouts/${id}/`, 404],
        ['POST', '/v1/webhooks/nobody', 404],
        ['GET', '/admin', 404],
      ] as const) {
        const { status } = await stack.request(method, path)
        assert.equal(status, wanted, `${method} ${path}`)
      }
    })
  })

  describe('read by a browser', () => {
    it('answers 304 to the version it has, without a preflight in the way', async () => {
      const { id } = await stack.openCheckout()
      const first = await stack.request('GET', `/v1/checkouts/${id}`, undefined, { origin: SHOP })
      assert.equal(first.headers.get('cache-control'), 'private, no-cache')
      const etag = first.headers.get('etag') ?? ''
      const second = await fetch(`${stack.url}/v1/checkouts/${id}`, {
        headers: { 'if-none-match': etag, origin: SHOP, 'cache-control': 'no-cache' },
      })
      assert.equal(second.status, 304)
      assert.ok(second.headers.get('date'))
    })

    it('shows an allow-list of fields and nothing else', async () => {
      const { body } = await stack.start(await stack.openCheckout(), TRX)
      assert.deepEqual(Object.keys(body).toSorted(), [
        'description',
        'expiresAt',
        'id',
        'methods',
        'orderId',
        'payment',
        'pollAfterMs',
        'price',
        'priceSource',
        'reason',
        'receipt',
        'serverNow',
        'status',
        'testMode',
      ])
      assert.deepEqual(Object.keys(body.payment ?? {}).toSorted(), [
        'cancelable',
        'createdAt',
        'expiresAt',
        'id',
        'methodId',
        'nextAction',
        'reason',
        'received',
        'remaining',
        'status',
      ])
    })

    it('expires a checkout after a day, and offers it no more', async () => {
      const checkout = await stack.openCheckout()
      stack.clock.advance(24 * 60 * 60_000)
      const { body } = await stack.request<Checkout>('GET', `/v1/checkouts/${checkout.id}`)
      assert.equal(body.status, 'expired')
      const start = await stack.start(checkout, TRX)
      assert.deepEqual(
        [start.status, (start.body as { code?: string }).code],
        [409, 'checkout_expired'],
      )
    })
  })

  it('has told no secret to anybody in all of this', () => {
    const logs = stack.logs.join('\n')
    for (const secret of [
      SANDBOX_CREDENTIALS.cryptom.password,
      SANDBOX_CREDENTIALS.redoya.secret,
      'test-proxy-secret',
      'test-merchant-key',
      'test-order-secret',
    ]) {
      assert.ok(!logs.includes(secret), secret)
    }
  })
})
