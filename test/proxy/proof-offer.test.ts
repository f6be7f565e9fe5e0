import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ProviderError } from '../../proxy/errors.ts'
import { lipaykripto, redoya } from '../../proxy/providers/index.ts'
import { NOW, PAYMENT_ID, TOKEN, connect, fails, newPayment, refOf } from './proof.ts'
import { testContext } from './support.ts'

const LIRAS = { amount: '300.00', currency: 'TRY' }

describe('what Redoya’s adapter says of itself', () => {
  const ORDER = 'AbCdEfGh12345678'
  const OPTIONS = { identifier: 'vendor.identifier.of-nobody', secret: 'vendor-secret-of-nobody' }
  const factory = redoya(OPTIONS)

  it('is its name, its secret, and what is only assumed', () => {
    const { provider } = connect(factory, () => ({}))
    assert.deepEqual([factory.id, factory.secrets], ['redoya', [OPTIONS.secret]])
    assert.deepEqual(
      [provider.id, provider.isTest, provider.assumptions],
      ['redoya', false, ['REDOYA_ORDER_TTL']],
    )
    assert.equal(connect(redoya({ ...OPTIONS, testMode: true }), () => ({})).provider.isTest, true)
  })

  it('is one way to pay: by card, on their page, 3 to 1000 whole liras', async () => {
    const { provider, asked } = connect(factory, () => ({}))
    const limits = [{ currency: 'TRY', min: '3', max: '1000', decimals: 0 }]
    assert.deepEqual(await provider.listMethods(), [
      {
        id: 'redoya',
        flow: 'redirect',
        asset: null,
        label: 'Card',
        limits,
        fields: [],
        consent: null,
        fee: null,
      },
    ])
    assert.deepEqual(await provider.getLimits?.(), limits)
    assert.deepEqual(asked, [], 'nobody has to be asked')
  })

  it('is a link to their own page, for a quarter of an hour', async () => {
    const { provider, asked } = connect(factory, () => ({}))
    const payment = await newPayment(provider, LIRAS)
    const { status, providerStatus, nextAction, expiresAt } = await provider.createPayment(payment)
    assert.ok(nextAction.type === 'redirect')
    assert.match(nextAction.url, /^https:\/\/pay\.redoya\.net\/checkout#/)
    assert.deepEqual([status, providerStatus], ['pending', 'link signed'])
    assert.equal(expiresAt, NOW + 15 * 60_000)
    assert.equal(await provider.findPayment?.(refOf(payment)), null)
    assert.deepEqual(asked, [], 'a link is made by signing it')
  })

  it('asks for an order with the identifier alone, and names what was refused', async () => {
    const seen: RequestInit[] = []
    const refused = (_path: string, request: RequestInit) => {
      seen.push(request)
      return Response.json({ type: 'INVALID_VENDOR' }, { status: 400 })
    }
    const { provider } = connect(factory, refused)
    const ref = refOf(await newPayment(provider, LIRAS), { claim: ORDER })
    await assert.rejects(
      async () => provider.getPayment?.(ref),
      (error) => {
        assert.ok(error instanceof ProviderError)
        assert.deepEqual([error.code, error.providerCode], ['provider_rejected', 'INVALID_VENDOR'])
        return true
      },
    )
    const [{ method, headers, body } = assert.fail()] = seen
    assert.equal(method, 'POST')
    assert.equal(new Headers(headers).get('content-type'), 'application/json')
    assert.deepEqual(JSON.parse(String(body)), { identifier: OPTIONS.identifier })
  })

  it('keeps of a failed order’s reason what a person can read', async () => {
    const noteOf = async (failed_reason_code: unknown) => {
      const timestamp = NOW / 1000
      const order = { orderId: ORDER, status: 'failed', testMode: '0', timestamp }
      const { provider } = connect(factory, () => ({ ...order, failed_reason_code }))
      const ref = refOf(await newPayment(provider, LIRAS), { claim: ORDER })
      return (await provider.getPayment?.(ref))?.note
    }
    assert.equal(await noteOf('card declined'), 'failed_reason_code card declined')
    assert.equal(await noteOf('x'.repeat(40)), `failed_reason_code ${'x'.repeat(40)}`)
    assert.equal(await noteOf('x'.repeat(41)), 'failed_reason_code unreadable')
    assert.equal(await noteOf({ a: 1 }), 'failed_reason_code unreadable')
  })
})

describe('what LiPayKripto’s adapter says of itself', () => {
  const OPTIONS = { clientId: 'test-client', clientSecret: 'client-secret-of-nobody' }
  const MADE = {
    success: true,
    paymentUrl: 'https://lipaykripto.com/payment/abc',
    paymentId: PAYMENT_ID,
    status: 'pending',
  }
  const SECRETS = {
    hmacSecret: 'hmac-secret-of-nobody',
    webhookSecret: 'webhook-secret-of-nobody',
    statusApiKey: 'status-key-of-nobody',
  }

  /** Every call that is made for one payment, and what is logged of it. */
  async function create(options: object = {}, paymentUrl = MADE.paymentUrl) {
    const calls: [string, RequestInit][] = []
    const logged: unknown[][] = []
    const context = testContext(() => NOW, {
      log: (...line) => void logged.push(line),
      fetch: async (url, init = {}) => {
        calls.push([String(url), init])
        const isToken = String(url).endsWith('/token')
        return Response.json(isToken ? { token: 'fresh' } : { ...MADE, paymentUrl })
      },
    })
    const provider = lipaykripto({ ...OPTIONS, ...options })(context)
    const created = await provider.createPayment(await newPayment(provider, LIRAS))
    return { calls, logged, created }
  }

  it('is its name, every secret that it was given, and what is only assumed', () => {
    const factory = lipaykripto({ ...OPTIONS, ...SECRETS })
    assert.deepEqual(
      [factory.id, factory.secrets],
      ['lipaykripto', [OPTIONS.clientSecret, ...Object.values(SECRETS)]],
    )
    assert.deepEqual(lipaykripto(OPTIONS).secrets, [OPTIONS.clientSecret])
    const { provider } = connect(factory, () => ({}))
    assert.deepEqual(
      [provider.id, provider.isTest, provider.assumptions],
      ['lipaykripto', false, ['LIPAYKRIPTO_AMOUNT_FORMAT', 'LIPAYKRIPTO_HMAC_SECRET']],
    )
    const here = lipaykripto({ ...OPTIONS, baseUrl: 'http://localhost:1' })
    assert.equal(connect(here, () => ({})).provider.isTest, true)
  })

  it('is one way to pay, on their page, in liras of two digits', async () => {
    const { provider } = connect(lipaykripto(OPTIONS), () => ({}))
    assert.deepEqual(await provider.listMethods(), [
      {
        id: 'lipaykripto',
        flow: 'redirect',
        asset: null,
        label: 'TRX, USDT, ETH',
        limits: [{ currency: 'TRY', decimals: 2 }],
        fields: [],
        consent: null,
        fee: null,
      },
    ])
    const payment = { ...(await newPayment(provider, LIRAS)), price: { ...LIRAS, amount: '1.001' } }
    await fails(provider.createPayment(payment), 'payment_refused')
  })

  it('asks for a token first, then for the payment with it', async () => {
    const { calls } = await create()
    const [token, payment] = calls.map(([url, { method, headers, body }]) => {
      const sent = new Headers(headers)
      return [method, url, sent.get('content-type'), sent.get('authorization'), String(body)]
    })
    assert.deepEqual(token, [
      'POST',
      'https://lipaykripto.com/api/auth/token',
      'application/json',
      null,
      '{"clientId":"test-client","clientSecret":"client-secret-of-nobody"}',
    ])
    assert.deepEqual(payment?.slice(0, 4), [
      'POST',
      'https://lipaykripto.com/api/external-payment-request',
      'application/json',
      'Bearer fresh',
    ])
  })

  it('raises an alarm where a shopper could tell us that he paid, and only there', async () => {
    const page = `${MADE.paymentUrl}.${TOKEN}`
    const line = { payment: PAYMENT_ID, provider: 'lipaykripto' }
    assert.deepEqual((await create({}, page)).logged, [
      ['warn', 'webhook.exposed', { ...line, alarm: 'webhook_exposed' }],
    ])
    for (const name of ['webhookSecret', 'statusApiKey'] as const) {
      assert.deepEqual((await create({ [name]: SECRETS[name] }, page)).logged, [
        ['warn', 'webhook.exposed', line],
      ])
    }
  })

  it('acknowledges with a word, once', async () => {
    const { webhook: receiver } = connect(lipaykripto(OPTIONS), () => ({})).provider
    assert.equal(receiver?.isRepeated, false)
    assert.deepEqual(await receiver.acknowledge().json(), { success: true })
  })

  it('refuses a client’s name that could run into what is signed beside it', () => {
    for (const clientId of ['', 'a b', 'a/b', 'c'.repeat(101), 'client\n']) {
      assert.throws(
        () => lipaykripto({ ...OPTIONS, clientId }),
        /must be letters, digits, \. _ or -/,
      )
    }
    for (const clientId of ['a', 'a.b_c-9', 'c'.repeat(100)]) lipaykripto({ ...OPTIONS, clientId })
  })
})
