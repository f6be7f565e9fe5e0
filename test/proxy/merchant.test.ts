import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, describe, it } from 'node:test'
import { serve } from '@hono/node-server'
import type { Checkout } from '../../protocol/payment.ts'
import { fullEnvironment, startFullStack, startStack } from './support.ts'
import type { Stack } from './support.ts'

interface Provider {
  readonly id: string
  readonly testMode: boolean
  readonly isDown: boolean
  readonly capabilities: readonly string[]
  readonly webhook: string | null
  readonly assumptions: readonly string[]
}

interface Detail extends Checkout {
  readonly payments: readonly {
    readonly ref: string
    readonly status: string
    readonly facts: readonly { kind: string; status: string; note?: string }[]
  }[]
}

const TRX = 'cryptom:TRX:TRON'

/** The sandbox's first route, USDT on TRON to a card, with the merchant's own card. */
function writeValues(): string {
  const file = join(tmpdir(), `cc-values-${process.pid}.json`)
  const route = `65a0${'1'.padStart(20, '0')}`
  const field = `65f0${route.slice(-18)}02`
  writeFileSync(file, JSON.stringify({ [route]: { to: { [field]: '4242424242424242' } } }))
  return file
}

describe('the merchant’s routes', () => {
  let stack: Stack
  before(async () => {
    stack = await startFullStack()
  })
  beforeEach(() => stack.control('DELETE', '/faults'))
  after(() => stack.close())

  const detail = async ({ id }: Checkout): Promise<Detail> =>
    (await stack.merchant<Detail>('GET', `/checkouts/${id}`)).body

  const refOf = async (checkout: Checkout): Promise<string> =>
    (await detail(checkout)).payments.at(-1)?.ref ?? ''

  describe('providers', () => {
    it('are listed with what they can do, and what stands on an inference', async () => {
      const { body } = await stack.merchant<{ providers: Provider[] }>('GET', '/providers')
      const can = Object.fromEntries(body.providers.map((each) => [each.id, each.capabilities]))
      assert.deepEqual(can, {
        cryptom: ['status', 'cancel', 'qr', 'history'],
        redoya: ['status', 'return', 'limits'],
        lipaykripto: ['webhook', 'payouts'],
        paycrypto: ['status', 'webhook', 'limits', 'history', 'test-webhook'],
        lincoln: ['status', 'sent', 'webhook'],
      })
      const cryptom = body.providers.find(({ id }) => id === 'cryptom')
      assert.ok(cryptom)
      assert.ok(cryptom.assumptions.includes('CRYPTOM_AUTH_HEADER'))
      assert.deepEqual([cryptom.isDown, cryptom.testMode, cryptom.webhook], [false, true, null])
    })

    it('tell their methods', async () => {
      const { body } = await stack.merchant<{ methods: { id: string }[] }>(
        'GET',
        '/providers/paycrypto/methods',
      )
      assert.equal(body.methods[0]?.id, 'paycrypto:USDT:TRON')
    })

    it('tell their limits', async () => {
      const redoya = await stack.merchant<{ limits: object[] }>('GET', '/providers/redoya/limits')
      assert.deepEqual(redoya.body.limits, [
        { currency: 'TRY', min: '3', max: '1000', decimals: 0 },
      ])
      const paycrypto = await stack.merchant<{ limits: { min: string }[] }>(
        'GET',
        '/providers/paycrypto/limits',
      )
      assert.equal(paycrypto.body.limits[0]?.min, '1')
    })

    it('what one cannot do is said so; one that is not there is not found', async () => {
      const wrong = await stack.merchant<{ code: string }>('GET', '/providers/redoya/payments')
      assert.deepEqual([wrong.status, wrong.body.code], [422, 'not_supported'])
      assert.equal((await stack.merchant('GET', '/providers/stripe/limits')).status, 404)
    })

    it('a provider that is down says so, without a word of its own', async () => {
      await stack.control('POST', '/faults', {
        provider: 'paycrypto',
        operation: 'limit',
        kind: 'html',
      })
      const { status, body } = await stack.merchant<{ code: string }>(
        'GET',
        '/providers/paycrypto/limits',
      )
      assert.deepEqual([status, body.code], [502, 'provider_bad_response'])
      assert.ok(!JSON.stringify(body).includes('<html'))
    })
  })

  describe('Cryptom’s history', () => {
    type History = { payments: Record<string, unknown>[]; total: number; page: number }
    before(async () => {
      for (const amount of ['310.00', '320.00']) {
        const checkout = await stack.openCheckout({
          amount,
          customer: { phone: '+90 555 000 0001' },
        })
        assert.equal((await stack.start(checkout, TRX)).status, 200)
      }
    })

    it('leaves people out, unless they are asked for', async () => {
      const without = await stack.merchant<History>('GET', '/providers/cryptom/payments')
      assert.ok(without.body.payments.length >= 2)
      assert.ok(!JSON.stringify(without.body).includes('@'), 'no e-mail address')
      assert.ok(!JSON.stringify(without.body).includes('905550000001'), 'no telephone number')
      assert.equal(typeof without.body.payments[0]?.['walletAddress'], 'string')
      const withPeople = await stack.merchant<History>(
        'GET',
        '/providers/cryptom/payments?personalData=true',
      )
      assert.match(JSON.stringify(withPeople.body), /@/)
    })

    for (const [name, value] of [
      ['status', 'PENDING'],
      ['coin', 'TRX'],
      ['network', 'TRX'],
      ['currency', 'TRY'],
      ['currencyAmount', '310'],
      ['clientType', 'GATEWAY'],
    ] as const) {
      it(`is filtered by ${name}`, async () => {
        const path = `/providers/cryptom/payments?${name}=${value}`
        const { status, body } = await stack.merchant<History>('GET', path)
        assert.equal(status, 200)
        assert.ok(body.payments.length > 0)
        for (const payment of body.payments) {
          assert.equal(String(payment[name]).replace(/\.0+$/, ''), value)
        }
      })
    }

    for (const [name, own] of [
      ['id', '_id'],
      ['sequenceID', 'sequenceID'],
      ['coinAmount', 'coinAmount'],
      ['reservedFrom', 'reservedFrom'],
      ['reservedUntil', 'reservedUntil'],
      ['walletAddress', 'walletAddress'],
    ] as const) {
      it(`is filtered by ${name}`, async () => {
        const all = await stack.merchant<History>('GET', '/providers/cryptom/payments')
        const wanted = String(all.body.payments[0]?.[own])
        const path = `/providers/cryptom/payments?${name}=${encodeURIComponent(wanted)}`
        const { status, body } = await stack.merchant<History>('GET', path)
        assert.equal(status, 200, JSON.stringify(body))
        assert.ok(body.payments.some((payment) => String(payment[own]) === wanted))
      })
    }

    for (const [name, value] of [
      ['userMobile', '+905550000001'],
      ['userEmail', 'nobody@shop.example'],
    ] as const) {
      it(`is filtered by ${name}`, async () => {
        const path = `/providers/cryptom/payments?personalData=true&${name}=${encodeURIComponent(value)}`
        const { status, body } = await stack.merchant<History>('GET', path)
        assert.equal(status, 200, JSON.stringify(body))
        const all = await stack.merchant<History>('GET', '/providers/cryptom/payments')
        assert.ok(body.payments.length <= all.body.payments.length)
        for (const payment of body.payments) assert.ok(JSON.stringify(payment).includes(value))
      })
    }

    it('says which are ours, and how we have them', async () => {
      const { body } = await stack.merchant<History & { ours: readonly unknown[] }>(
        'GET',
        '/providers/cryptom/payments?limit=100',
      )
      assert.equal(body.ours.length, body.payments.length)
      for (const [index, { _id, statusNote }] of body.payments.entries()) {
        const ours = body.ours[index] as { checkout: string; payment: string; status: string }
        assert.equal(ours.payment, statusNote)
        const found = await stack.merchant<{
          orderId: string
          payments: { id: string; ref: string; status: string; reason: string | null }[]
        }>('GET', `/checkouts/${ours.checkout}`)
        const payment = found.body.payments.find(({ id }) => id === statusNote)
        assert.equal(payment?.ref, _id)
        const { status, reason } = payment ?? assert.fail()
        const { checkout } = ours
        const { orderId } = found.body
        assert.deepEqual(ours, { checkout, orderId, payment: statusNote, status, reason })
      }
    })

    it('says of what nobody here knows that it is none of ours', async () => {
      const other = await startFullStack()
      await other.restart({
        DATABASE_URL: ':memory:',
        CRYPTOM_BASE_URL: stack.sandbox.urls.cryptom,
      })
      const { body } = await other.merchant<{ payments: unknown[]; ours: unknown[] }>(
        'GET',
        '/providers/cryptom/payments',
      )
      assert.ok(body.payments.length > 0)
      assert.ok(body.ours.every((each) => each === null))
      await other.close()
    })

    it('comes by pages', async () => {
      const { body } = await stack.merchant<History>(
        'GET',
        '/providers/cryptom/payments?limit=1&page=2',
      )
      assert.deepEqual([body.payments.length, body.page], [1, 2])
    })

    it('a filter that nobody documented is refused by name', async () => {
      const { status, body } = await stack.merchant<{ field: string }>(
        'GET',
        '/providers/cryptom/payments?password=1',
      )
      assert.deepEqual([status, body.field], [400, 'password'])
    })
  })

  describe('Cryptom’s QR image', () => {
    it('is handed on, to those who want it', async () => {
      const { body: checkout } = await stack.start(await stack.openCheckout(), TRX)
      const response = await fetch(`${stack.url}/v1/checkouts/${checkout.id}/qr`)
      assert.equal(response.headers.get('content-type'), 'image/png')
      const bytes = new Uint8Array(await response.arrayBuffer())
      assert.equal(new TextDecoder().decode(bytes.slice(1, 4)), 'PNG')
    })

    it('is not there for a payment that has none', async () => {
      const { body: checkout } = await stack.start(await stack.openCheckout(), 'redoya')
      assert.equal((await stack.request('GET', `/v1/checkouts/${checkout.id}/qr`)).status, 404)
    })

    it('anything but a PNG is refused', async () => {
      const { body: checkout } = await stack.start(await stack.openCheckout(), TRX)
      await stack.control('POST', '/faults', { provider: 'cryptom', operation: 'qr', kind: 'html' })
      const { status } = await stack.request('GET', `/v1/checkouts/${checkout.id}/qr`)
      assert.equal(status, 502)
    })
  })

  describe('a review', () => {
    const inReview = async (): Promise<Checkout> => {
      const { body: checkout } = await stack.start(await stack.openCheckout(), TRX)
      await stack.control('POST', `/payments/cryptom/${await refOf(checkout)}`, {
        action: 'manual-check',
      })
      return stack.refreshed(checkout)
    }

    for (const status of ['paid', 'failed', 'canceled', 'refunded'] as const) {
      it(`is ended by hand: ${status}, with who and why`, async () => {
        const checkout = await inReview()
        assert.equal(checkout.status, 'review')
        const { body } = await stack.merchant<Detail>('POST', `/checkouts/${checkout.id}/resolve`, {
          status,
          note: 'A. Clerk: seen in the wallet',
        })
        const [payment] = body.payments
        assert.equal(payment?.status, status)
        const fact = payment.facts.find(({ kind }) => kind === 'resolved')
        assert.equal(fact?.note, 'A. Clerk: seen in the wallet')
      })
    }

    it('cannot be ended where there is none, nor without a reason', async () => {
      const checkout = await stack.openCheckout()
      const path = `/checkouts/${checkout.id}/resolve`
      const none = await stack.merchant<{ code: string }>('POST', path, {
        status: 'paid',
        note: 'x',
      })
      assert.deepEqual([none.status, none.body.code], [409, 'not_in_review'])
      assert.equal((await stack.merchant('POST', path, { status: 'paid' })).status, 400)
      assert.equal(
        (await stack.merchant('POST', path, { status: 'pending', note: 'x' })).status,
        400,
      )
      const unknown = `/checkouts/${'A'.repeat(22)}/resolve`
      assert.equal(
        (await stack.merchant('POST', unknown, { status: 'paid', note: 'x' })).status,
        404,
      )
    })
  })

  describe('an order that is taken back', () => {
    it('is canceled, at the provider too, and starts nothing new', async () => {
      const { body: checkout } = await stack.start(await stack.openCheckout(), TRX)
      const { body } = await stack.merchant<Detail>('POST', `/checkouts/${checkout.id}/cancel`, {})
      assert.deepEqual([body.status, body.payments[0]?.status], ['canceled', 'canceled'])
      const start = await stack.start(checkout, TRX)
      assert.deepEqual(
        [start.status, (start.body as { code?: string }).code],
        [409, 'checkout_settled'],
      )
    })

    it('but not while money is under way', async () => {
      const { body: checkout } = await stack.start(await stack.openCheckout(), TRX)
      const ref = await refOf(checkout)
      await stack.control('POST', `/payments/cryptom/${ref}`, { action: 'pay-part' })
      await stack.refreshed(checkout)
      const { status } = await stack.merchant('POST', `/checkouts/${checkout.id}/cancel`, {})
      assert.equal(status, 409)
    })

    it('money that comes anyway pays it, late', async () => {
      const { body: checkout } = await stack.start(await stack.openCheckout(), TRX)
      const ref = await refOf(checkout)
      await stack.merchant('POST', `/checkouts/${checkout.id}/cancel`, {})
      await stack.control('POST', `/payments/cryptom/${ref}`, { action: 'pay' })
      stack.clock.advance(4000)
      const { body } = await stack.request<Checkout>('GET', `/v1/checkouts/${checkout.id}`)
      assert.deepEqual([body.status, body.reason], ['paid', 'late'])
    })
  })
})

describe('several providers', () => {
  it('are offered in the merchant’s order, and together in one checkout', async () => {
    const stack = await startFullStack({ METHODS: 'redoya,paycrypto:USDT:BSC,cryptom:TRX' })
    const { methods } = await stack.openCheckout({
      alternatives: [{ amount: '12.50', currency: 'USDT' }],
    })
    const ids = methods.map(({ id }) => id)
    assert.deepEqual(ids.slice(0, 3), ['redoya', 'paycrypto:USDT:BSC', TRX])
    const priced = methods.find(({ id }) => id === 'paycrypto:USDT:BSC')
    assert.deepEqual(priced?.price, { amount: '12.50', currency: 'USDT' })
    await stack.close()
  })

  it('one that is down is offered last, is not asked for a while, and comes back', async () => {
    const stack = await startFullStack()
    const down = { provider: 'cryptom', operation: 'create', kind: 'status-503', times: 0 }
    await stack.control('POST', '/faults', down)
    const countCreates = async (): Promise<number> => {
      const ledger = await stack.control<{ cryptom: { calls: { operation: string }[] } }>(
        'GET',
        '/ledger',
      )
      return ledger.cryptom.calls.filter(({ operation }) => operation === 'create').length
    }
    for (let tries = 0; tries < 5; tries += 1) await stack.start(await stack.openCheckout(), TRX)
    const asked = await countCreates()
    const { methods } = await stack.openCheckout()
    assert.equal(methods[0]?.id, 'redoya')
    assert.match(methods.at(-1)?.id ?? '', /^cryptom/)
    const refused = await stack.start(await stack.openCheckout(), TRX)
    assert.equal(refused.status, 503)
    assert.ok(refused.headers.get('retry-after'))
    assert.equal(await countCreates(), asked, 'it was not asked')
    await stack.control('DELETE', '/faults')
    stack.clock.advance(11_000)
    const back = await stack.start(await stack.openCheckout(), TRX)
    assert.equal(back.status, 200)
    assert.match((await stack.openCheckout()).methods[0]?.id ?? '', /^cryptom/)
    await stack.close()
  })

  it('a create that fails falls over to another provider of the same coin at the same price', async () => {
    const stack = await startStack({}, {}, (urls) => ({
      ...fullEnvironment(urls),
      LINCOLN_VALUES: writeValues(),
    }))
    const checkout = await stack.openCheckout({ amount: '12.50', currency: 'USDT' })
    const ids = checkout.methods.map(({ id }) => id)
    assert.ok(ids.includes('paycrypto:USDT:TRON'))
    await stack.control('POST', '/faults', {
      provider: 'lincoln',
      operation: 'create',
      kind: 'status-503',
    })
    const twin = checkout.methods.find(
      ({ id, asset }) => id.startsWith('lincoln:') && asset?.network === 'TRON',
    )
    assert.ok(twin, ids.join())
    const { status, body } = await stack.start(checkout, twin.id, {
      consent: true,
      fields: Object.fromEntries(twin.fields.map(({ id }) => [id, 'shopper@shop.example'])),
    })
    assert.equal(status, 200)
    assert.equal(body.payment?.methodId, 'paycrypto:USDT:TRON')
    await stack.close()
  })
})

describe('what a method asks of the shopper', () => {
  it('consent that was not given: refused, naming consent', async () => {
    const stack = await startStack({}, {}, (urls) => ({
      ...fullEnvironment(urls),
      LINCOLN_VALUES: writeValues(),
    }))
    const checkout = await stack.openCheckout({ amount: '12.50', currency: 'USDT' })
    const method = checkout.methods.find(({ id }) => id.startsWith('lincoln:')) ?? assert.fail()
    const [asked] = method.fields
    assert.ok(asked)
    const fields = { [asked.id]: 'shopper@shop.example' }
    const attempts: [object, string][] = [
      [{ fields }, 'consent'],
      [{ fields, consent: false }, 'consent'],
      [{ consent: true }, `fields.${asked.id}`],
      [{ consent: true, fields: { [asked.id]: 'not an address' } }, `fields.${asked.id}`],
      [{ consent: true, fields: { ...fields, other: '1' } }, 'fields.other'],
    ]
    for (const [answers, field] of attempts) {
      const { status, body } = await stack.start(checkout, method.id, answers)
      assert.deepEqual([status, (body as { field?: string }).field], [400, field])
    }
    assert.equal((await stack.start(checkout, method.id, { fields, consent: true })).status, 200)
    await stack.close()
  })
})

describe('the merchant’s routes on a port of their own', () => {
  it('are not there on the public one', async () => {
    const stack = await startStack({ MERCHANT_PORT: '0' })
    assert.equal((await stack.merchant('GET', '/checkouts')).status, 404)
    const { merchantFetch } = stack.proxy
    assert.ok(merchantFetch)
    const port = await new Promise<number>((resolve) => {
      const server = serve({ fetch: merchantFetch, port: 0 }, (info) => {
        resolve(info.port)
        server.unref()
      })
    })
    const authorization = 'Bearer test-merchant-key-0123456789-abcdef'
    const base = `http://localhost:${port}/v1`
    const answer = await fetch(`${base}/merchant/checkouts`, { headers: { authorization } })
    assert.equal(answer.status, 200)
    assert.equal((await fetch(`${base}/checkouts`, { method: 'POST' })).status, 404)
    await stack.close()
  })
})
