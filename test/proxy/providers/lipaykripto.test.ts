import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { after, afterEach, before, describe, it } from 'node:test'
import { ProviderError } from '../../../proxy/errors.ts'
import type { PayoutRequest } from '../../../proxy/payout.ts'
import type { PaymentRef, Provider } from '../../../proxy/provider.ts'
import { lipaykripto } from '../../../proxy/providers/index.ts'
import { SANDBOX_CREDENTIALS } from '../../../sandbox/index.ts'
import { testContext } from '../support.ts'
import { openBench, providerSuite } from './provider-suite.ts'
import type { Bench } from './provider-suite.ts'

const { clientId, clientSecret, hmacSecret, webhookSecret, apiKey } =
  SANDBOX_CREDENTIALS.lipaykripto

const connect = (urls: Readonly<Record<string, string>>, more: object = {}) =>
  lipaykripto({
    baseUrl: urls['lipaykripto'] ?? '',
    clientId,
    clientSecret,
    hmacSecret,
    statusApiKey: apiKey,
    ...more,
  })

const SPEC = {
  name: 'lipaykripto',
  price: { amount: '300.00', currency: 'TRY' },
  secrets: [clientSecret, hmacSecret, apiKey],
  connect,
}

providerSuite({
  ...SPEC,
  calls: [
    { operation: 'token', isCreate: false, run: ({ make }) => make() },
    { operation: 'payment', isCreate: true, run: ({ make }) => make() },
    {
      operation: 'status',
      isCreate: false,
      prepare: ({ make }) => make(),
      run: async ({ provider }, made) => made && provider.getPayment?.(made.ref),
    },
  ],
})

describe('lipaykripto', () => {
  let bench: Bench
  before(async () => {
    bench = await openBench(SPEC)
  })
  after(() => bench.sandbox.close())
  afterEach(() => bench.control('DELETE', '/faults'))

  const play = (ref: PaymentRef, action: string) =>
    bench.control('POST', `/payments/lipaykripto/${ref.paymentId}`, { action })

  const adapter = (more: object = {}): Provider =>
    connect(bench.sandbox.urls, more)(testContext(bench.clock.now))

  it('asks for a fresh token for every payment', async () => {
    await bench.make()
    await bench.make()
    const ledger = await bench.control<{ lipaykripto: { calls: { operation: string }[] } }>(
      'GET',
      '/ledger',
    )
    const count = (operation: string): number =>
      ledger.lipaykripto.calls.filter((call) => call.operation === operation).length
    assert.equal(count('token'), count('payment'))
  })

  for (const [action, status] of [
    [undefined, 'pending'],
    ['confirm', 'paid'],
    ['fail', 'failed'],
  ] as const) {
    it(`status call, after ${action ?? 'nothing'}: ${status}`, async () => {
      const { ref } = await bench.make()
      if (action) await play(ref, action)
      const update = await bench.provider.getPayment?.(ref)
      assert.equal(update?.status, status)
      if (status === 'paid') assert.equal(update.assurance, 'provider-api')
    })
  }

  it('a status that nobody documented is not paid', async () => {
    const { ref } = await bench.make()
    await bench.control('POST', '/faults', {
      provider: 'lipaykripto',
      operation: 'status',
      kind: 'unknown-status',
    })
    assert.equal((await bench.provider.getPayment?.(ref))?.status, 'processing')
  })

  it('a key for the status call that no header can carry is refused, before the first call', () => {
    const account = { baseUrl: 'https://l.example', clientId: 'client-42', clientSecret: 'cs-0001' }
    assert.throws(() => lipaykripto({ ...account, statusApiKey: 'anahtar-ş' }), /header/)
  })

  it('without a key for the status call there is none', () => {
    assert.equal(adapter({ statusApiKey: undefined }).getPayment, undefined)
  })

  it('says so when the secret is wrong', async () => {
    const own = await openBench({
      ...SPEC,
      connect: (urls) => connect(urls, { clientSecret: 'another-secret' }),
    })
    await assert.rejects(own.make(), (error: unknown) => {
      assert.ok(error instanceof ProviderError)
      assert.deepEqual([error.code, error.mayHaveHappened], ['provider_auth', false])
      return true
    })
    await own.sandbox.close()
  })

  it('a payment page that tells the webhook address is noticed', async () => {
    await bench.control('POST', '/lipaykripto/settings', { leakWebhookInToken: true })
    const leaky = await bench.make()
    await bench.control('POST', '/lipaykripto/settings', { leakWebhookInToken: false })
    const tight = await bench.make()
    assert.equal(leaky.created.isWebhookExposed, true)
    assert.equal(tight.created.isWebhookExposed, false)
  })

  it('a page of another host is refused', async () => {
    await bench.control('POST', '/faults', {
      provider: 'lipaykripto',
      operation: 'payment',
      kind: 'bad-address',
    })
    await assert.rejects(bench.make(), (error: unknown) => {
      return error instanceof ProviderError && error.code === 'provider_bad_response'
    })
  })

  /** The adapter in front of one answer that is made up. */
  const answering = (answer: () => Response, more: object = {}): Provider =>
    connect(
      bench.sandbox.urls,
      more,
    )(
      testContext(bench.clock.now, {
        fetch: async (url) =>
          String(url).endsWith('/api/auth/token')
            ? Response.json({ token: 'made-up', expiresIn: 3600 })
            : answer(),
      }),
    )

  for (const [text, status, code] of [
    ['Invalid amount', 400, 'payment_refused'],
    ['Invalid paymentId', 400, 'payment_refused'],
    ['Invalid amount or paymentId', 400, 'payment_refused'],
    ['Webhook URL required', 400, 'provider_rejected'],
    ['Invalid token', 401, 'provider_auth'],
    ['Invalid credentials', 401, 'provider_auth'],
    ['Something nobody documented', 400, 'provider_rejected'],
  ] as const) {
    it(`error "${text}": ${code}`, async () => {
      const { ref } = await bench.make()
      const provider = answering(() => Response.json({ success: false, error: text }, { status }))
      await assert.rejects(
        async () => provider.getPayment?.(ref),
        (error: unknown) => error instanceof ProviderError && error.code === code,
      )
    })
  }

  it('an error of the status call is an object, and read all the same', async () => {
    const { ref } = await bench.make()
    const provider = answering(() =>
      Response.json({ success: false, error: { code: 'X', message: 'Invalid token' } }),
    )
    await assert.rejects(
      async () => provider.getPayment?.(ref),
      (error: unknown) => error instanceof ProviderError && error.code === 'provider_auth',
    )
  })

  it('an answer about another payment or client is refused', async () => {
    const { ref } = await bench.make()
    const other = answering(() =>
      Response.json({
        success: true,
        data: { paymentId: 'another', status: 'confirmed', tryAmount: '300.00' },
      }),
    )
    await assert.rejects(async () => other.getPayment?.(ref), { code: 'provider_bad_response' })
    for (const wrong of [{ paymentId: 'another' }, { clientId: 'another' }]) {
      const own = await openBench({
        ...SPEC,
        connect: (urls) => {
          const create = connect(urls)
          const spoiling = (context: Parameters<typeof create>[0]) =>
            create({
              ...context,
              fetch: async (url, init) => {
                const answer = await fetch(url, init)
                const body = (await answer.json()) as object
                return Response.json('paymentUrl' in body ? { ...body, ...wrong } : body)
              },
            })
          return Object.assign(spoiling, { id: create.id, secrets: create.secrets })
        },
      })
      await assert.rejects(own.make(), { code: 'provider_bad_response', mayHaveHappened: true })
      await own.sandbox.close()
    }
  })

  it('a page on a host that was named is taken', async () => {
    const { ref } = await bench.make()
    const made = () =>
      Response.json({
        success: true,
        paymentUrl: 'https://page.example/payment/abc',
        paymentId: ref.paymentId,
        clientId,
        status: 'pending_coin_selection',
      })
    const payment = {
      paymentId: ref.paymentId,
      orderId: 'A',
      description: null,
      price: ref.price,
      method: ref.method,
      fields: {},
      customer: {},
      locale: null,
      returnUrl: 'http://localhost/',
      webhookUrl: 'http://localhost/',
      secret: '',
    }
    await assert.rejects(answering(made).createPayment(payment), { code: 'provider_bad_response' })
    const { nextAction } = await answering(made, { pageHosts: 'page.example' }).createPayment(
      payment,
    )
    assert.deepEqual(nextAction, { type: 'redirect', url: 'https://page.example/payment/abc' })
  })

  describe('notifications', () => {
    let ref: PaymentRef
    before(async () => {
      ref = (await bench.make()).ref
    })

    const notice = (more: Record<string, unknown> = {}) => ({
      try_amount: 300,
      client_id: clientId,
      payment_id: ref.paymentId,
      status: 'confirmed',
      ...more,
    })

    const verify = async (provider: Provider, body: unknown, payment: PaymentRef | null = ref) =>
      provider.webhook?.verify({
        body: typeof body === 'string' ? body : JSON.stringify(body),
        headers: new Headers(),
        query: new URLSearchParams(),
        payment,
      })

    const sign = (body: object, secret = webhookSecret): string => {
      const text = JSON.stringify(body)
      const signature = createHmac('sha256', secret).update(text).digest('hex')
      return text.replace(/}$/, `,"signature":"${signature}"}`)
    }

    const camel = (more: Record<string, unknown> = {}) => ({
      success: true,
      clientId,
      status: 'confirmed',
      tryAmount: '300.00',
      paymentId: ref.paymentId,
      ...more,
    })

    it('with the status call, they are reasons to ask and no more', async () => {
      assert.deepEqual(await verify(adapter(), notice()), [{}])
      const both = adapter({ webhookSecret })
      assert.deepEqual(await verify(both, sign(camel())), [{}])
      await assert.rejects(verify(both, notice()), { code: 'not_found' })
    })

    it('signed: paid, and says on whose word', async () => {
      const provider = adapter({ statusApiKey: undefined, webhookSecret })
      const [event] = (await verify(provider, sign(camel()))) ?? []
      assert.equal(event?.update?.status, 'paid')
      assert.equal(event.update.assurance, 'signed-webhook')
    })

    it('once a secret is configured there is no way down: unsigned is refused', async () => {
      const provider = adapter({ statusApiKey: undefined, webhookSecret })
      for (const body of [
        notice(),
        camel(),
        sign(camel(), 'another-secret'),
        sign(camel()).replace('confirmed', 'failed'),
        sign(camel()).replace('300.00', '300.01'),
      ]) {
        await assert.rejects(verify(provider, body), { code: 'not_found' })
      }
    })

    it('unsigned, with everything right: paid, marked as what it is', async () => {
      const provider = adapter({ statusApiKey: undefined })
      for (const body of [notice(), notice({ try_amount: '300.00' }), camel()]) {
        const [event] = (await verify(provider, body)) ?? []
        assert.equal(event?.update?.status, 'paid')
        assert.equal(event.update.assurance, 'unsigned-webhook')
      }
      const [failed] = (await verify(provider, notice({ status: 'failed' }))) ?? []
      assert.equal(failed?.update?.status, 'failed')
    })

    it('unsigned, with any one thing wrong: refused', async () => {
      const provider = adapter({ statusApiKey: undefined })
      const other = (await bench.make()).ref
      const wrong: [unknown, PaymentRef | null][] = [
        [notice({ client_id: 'another' }), ref],
        [notice({ payment_id: other.paymentId }), ref],
        [notice(), other],
        [notice(), null],
        [notice({ try_amount: 299.99 }), ref],
        [notice({ try_amount: 300.01 }), ref],
        [notice({ try_amount: '3e2' }), ref],
        [notice({ try_amount: null }), ref],
        [notice({ status: 'CONFIRMED' }), ref],
        [notice({ status: 'paid' }), ref],
        [notice({ status: ['confirmed'] }), ref],
        [[notice()], ref],
        ['{', ref],
        ['null', ref],
      ]
      for (const [body, payment] of wrong) {
        await assert.rejects(verify(provider, body, payment), { code: 'not_found' })
      }
    })

    it('unsigned, at an address that the shopper could read, or above the limit: review', async () => {
      const provider = adapter({ statusApiKey: undefined })
      const exposed = { ...ref, isWebhookExposed: true }
      const [leaked] = (await verify(provider, notice(), exposed)) ?? []
      assert.equal(leaked?.update?.status, 'review')
      const careful = adapter({ statusApiKey: undefined, unsignedMax: '299.99' })
      const [dear] = (await verify(careful, notice())) ?? []
      assert.equal(dear?.update?.status, 'review')
    })
  })

  describe('withdrawals', () => {
    let count = 0
    const order = (more: Partial<PayoutRequest> = {}): PayoutRequest => ({
      requestId: `WD-${(count += 1)}`,
      amount: '100.00',
      currency: 'TRY',
      asset: 'TRX',
      address: 'TXaxqXSZkZAsXmnFWYc6MPFdSXkUP1H3gq',
      webhookUrl: `http://localhost:8787/v1/webhooks/lipaykripto/${'p'.repeat(43)}`,
      ...more,
    })

    for (const amountFormat of ['verbatim', 'shortest', 'fixed2'] as const) {
      for (const amount of ['100.00', '100', '250.5', '0.10']) {
        it(`${amount} TRY, ${amountFormat}: what is signed is what is sent`, async () => {
          const update = await adapter({ amountFormat }).payouts?.create(order({ amount }))
          assert.equal(update?.status, 'pending')
        })
      }
    }

    it('signs with the client secret where no other was given, as the SDKs do', async () => {
      const bodies: Record<string, unknown>[] = []
      const provider = connect(bench.sandbox.urls, { hmacSecret: undefined })(
        testContext(bench.clock.now, {
          fetch: async (_url, init) => {
            bodies.push(JSON.parse(String(init?.body)) as Record<string, unknown>)
            return Response.json({ success: true, data: { withdrawId: 7, status: 'pending' } })
          },
        }),
      )
      await provider.payouts?.create(order({ requestId: 'X', amount: '5' }))
      const [sent] = bodies
      const text = `5${clientId}XTXaxqXSZkZAsXmnFWYc6MPFdSXkUP1H3gqTRX${String(sent?.['webhook_url'])}${String(sent?.['created_at'])}`
      const expected = createHmac('sha256', clientSecret).update(text).digest('hex')
      assert.equal(sent?.['signature'], expected)
    })

    it('a wrong secret is refused there', async () => {
      const wrong = adapter({ hmacSecret: 'another-secret' })
      await assert.rejects(
        async () => wrong.payouts?.create(order()),
        (error: unknown) => error instanceof ProviderError && !error.mayHaveHappened,
      )
    })

    it('fields that could be moved from one to the next are refused here', async () => {
      for (const more of [{ requestId: 'a b' }, { address: 'T:x' }, { requestId: '' }]) {
        await assert.rejects(
          async () => adapter().payouts?.create(order(more)),
          (error: unknown) => error instanceof ProviderError && error.code === 'provider_rejected',
        )
      }
    })

    for (const [status, ours] of [
      ['confirmed', 'confirmed'],
      ['completed', 'confirmed'],
      ['failed', 'failed'],
      ['manual_process', 'review'],
      ['manual', 'review'],
      ['pending', 'pending'],
      ['processing', 'pending'],
      ['something_new', 'pending'],
    ] as const) {
      it(`notification "${status}": ${ours}`, async () => {
        const provider = adapter({ statusApiKey: undefined })
        const body = { success: true, clientId, status, tryAmount: 100, requestId: 'WD-9' }
        const update = await provider.payouts?.verifyWebhook(
          {
            body: JSON.stringify(body),
            headers: new Headers(),
            query: new URLSearchParams(),
            payment: null,
          },
          { requestId: 'WD-9', amount: '100.00', ref: null },
        )
        assert.equal(update?.status, ours)
      })
    }

    it('signed notification of a withdrawal, which names it as paymentId', async () => {
      const provider = adapter({ statusApiKey: undefined, webhookSecret })
      const body = JSON.stringify({
        success: true,
        clientId,
        status: 'confirmed',
        tryAmount: '100.00',
        paymentId: 'WD-9',
      })
      const signature = createHmac('sha256', webhookSecret).update(body).digest('hex')
      const take = async (text: string) =>
        provider.payouts?.verifyWebhook(
          { body: text, headers: new Headers(), query: new URLSearchParams(), payment: null },
          { requestId: 'WD-9', amount: '100.00', ref: null },
        )
      const signed = body.replace(/}$/, `,"signature":"${signature}"}`)
      assert.equal((await take(signed))?.status, 'confirmed')
      await assert.rejects(take(body), { code: 'not_found' })
    })

    it('a withdrawal is asked about with the status call', async () => {
      const wanted = order()
      const provider = adapter()
      await provider.payouts?.create(wanted)
      await bench.control('POST', `/payments/lipaykripto/withdrawal:${wanted.requestId}`, {
        action: 'confirm',
      })
      const update = await provider.payouts?.get?.({
        requestId: wanted.requestId,
        amount: wanted.amount,
        ref: null,
      })
      assert.equal(update?.status, 'confirmed')
      assert.equal(adapter({ statusApiKey: undefined }).payouts?.get, undefined)
    })

    it('notification of another withdrawal, client or amount: refused', async () => {
      const provider = adapter({ statusApiKey: undefined })
      const body = {
        success: true,
        clientId,
        status: 'confirmed',
        tryAmount: 100,
        requestId: 'WD-9',
      }
      for (const wrong of [
        { ...body, requestId: 'WD-8' },
        { ...body, clientId: 'x' },
        { ...body, tryAmount: 101 },
      ]) {
        await assert.rejects(
          async () =>
            provider.payouts?.verifyWebhook(
              {
                body: JSON.stringify(wrong),
                headers: new Headers(),
                query: new URLSearchParams(),
                payment: null,
              },
              { requestId: 'WD-9', amount: '100.00', ref: null },
            ),
          { code: 'not_found' },
        )
      }
    })
  })
})
