import assert from 'node:assert/strict'
import { after, afterEach, before, describe, it } from 'node:test'
import { ProviderError } from '../../../proxy/errors.ts'
import { offer } from '../../../proxy/policy.ts'
import type { PaymentRef, PaymentUpdate } from '../../../proxy/provider.ts'
import { paycrypto } from '../../../proxy/providers/index.ts'
import { ERRORS, TOO_MANY_REST_MS } from '../../../proxy/providers/paycrypto-answer.ts'
import { signWebhook } from '../../../proxy/providers/paycrypto-signing.ts'
import { SANDBOX_CREDENTIALS } from '../../../sandbox/index.ts'
import { testContext } from '../support.ts'
import { openBench, providerSuite, spyOn } from './provider-suite.ts'
import type { Bench, Sent } from './provider-suite.ts'

const { apiKey, apiSecret, passphrase, webhookSecret } = SANDBOX_CREDENTIALS.paycrypto

const connect = (urls: Readonly<Record<string, string>>, more: object = {}) =>
  paycrypto({
    baseUrl: urls['paycrypto'] ?? '',
    apiKey,
    apiSecret,
    passphrase,
    webhookSecret,
    currencies: 'USDT-TRC20,USDT-BEP20,USDT-SPL,USD',
    ...more,
  })

const SPEC = {
  name: 'paycrypto',
  price: { amount: '12.50', currency: 'USDT' },
  secrets: [apiSecret, passphrase, webhookSecret],
  connect,
}

providerSuite({
  ...SPEC,
  calls: [
    { operation: 'limit', isCreate: false, run: ({ provider }) => provider.listMethods() },
    { operation: 'create', isCreate: true, run: ({ make }) => make() },
    {
      operation: 'query',
      isCreate: false,
      prepare: ({ make }) => make(),
      run: async ({ provider }, made) => made && provider.getPayment?.(made.ref),
    },
    {
      operation: 'list',
      isCreate: false,
      run: async ({ provider }) =>
        provider.listPayments?.({ filters: {}, withPersonalData: false }),
    },
    { operation: 'test', isCreate: false, run: async ({ provider }) => provider.testWebhook?.() },
  ],
})

describe('paycrypto', () => {
  let bench: Bench
  before(async () => {
    bench = await openBench(SPEC)
  })
  after(() => bench.sandbox.close())
  afterEach(async () => {
    await bench.control('DELETE', '/faults')
    await bench
      .control('POST', '/paycrypto/settings', {
        refuseWith: null,
        limitSpelling: 'min_limit',
        httpErrors: false,
        isIpAllowed: true,
        clockSkewMs: 0,
        recordTypes: 'sample',
      })
      .catch(() => undefined)
  })

  const set = (settings: object) => bench.control('POST', '/paycrypto/settings', settings)

  const play = (ref: PaymentRef, action: string, more: object = {}) =>
    bench.control('POST', `/payments/paycrypto/${ref.ref}`, { action, ...more })

  const updateAfter = async (
    action: string,
    more: object = {},
  ): Promise<PaymentUpdate | undefined> => {
    const { ref } = await bench.make()
    await play(ref, action, more)
    return bench.provider.getPayment?.(ref)
  }

  it('offers coins on their networks as assets, and fiat on the page', async () => {
    const methods = await bench.provider.listMethods()
    assert.deepEqual(
      methods.map(({ id, asset, flow }) => [id, asset?.network ?? null, flow]),
      [
        ['paycrypto:USDT:TRON', 'TRON', 'redirect'],
        ['paycrypto:USDT:BSC', 'BSC', 'redirect'],
        ['paycrypto:USDT:SOLANA', 'SOLANA', 'redirect'],
        ['paycrypto:USD', null, 'redirect'],
      ],
    )
  })

  for (const [amount, isOffered] of [
    ['1.01', true],
    ['9999.99', true],
    ['1', false],
    ['10000', false],
    ['1.001', false],
  ] as const) {
    it(`${isOffered ? 'is' : 'is not'} offered for ${amount}: its limits themselves are refused`, async () => {
      const [method] = await bench.provider.listMethods()
      assert.ok(method)
      assert.equal(offer(method, [{ amount, currency: 'USDT' }]) !== undefined, isOffered)
    })
  }

  it('reads both spellings of the lower limit', async () => {
    const [before] = (await bench.provider.getLimits?.()) ?? []
    await set({ limitSpelling: 'min_limt' })
    const [after] = (await bench.provider.getLimits?.()) ?? []
    assert.deepEqual(after, before)
    assert.deepEqual([before?.min, before?.isExclusive], ['1', true])
  })

  for (const [action, status, reason] of [
    ['success', 'paid', undefined],
    ['confirming', 'processing', undefined],
    ['abnormal', 'review', undefined],
    ['fail', 'failed', undefined],
    ['cancel', 'canceled', undefined],
    ['expire', 'expired', undefined],
  ] as const) {
    it(`${action}: ${status}`, async () => {
      const update = await updateAfter(action)
      assert.deepEqual([update?.status, update?.reason], [status, reason])
    })
  }

  for (const [action, status, reason] of [
    ['refunding', 'refunding', undefined],
    ['refunded', 'refunded', undefined],
    ['refund-failed', 'paid', 'refund_failed'],
  ] as const) {
    it(`${action}, after success: ${status}`, async () => {
      const { ref } = await bench.make()
      await play(ref, 'success')
      if (action !== 'refunding') await play(ref, 'refunding')
      await play(ref, action)
      const update = await bench.provider.getPayment?.(ref)
      assert.deepEqual([update?.status, update?.reason], [status, reason])
    })
  }

  it('nothing yet: pending', async () => {
    const { ref } = await bench.make()
    assert.equal((await bench.provider.getPayment?.(ref))?.status, 'pending')
  })

  it('says what was paid, in the coin that was asked', async () => {
    const update = await updateAfter('success', { amount: '12.5', currency: 'USDT' })
    assert.deepEqual(update?.received, { amount: '12.5', currency: 'USDT' })
  })

  for (const kind of ['wrong-amount', 'wrong-coin']) {
    it(`an order that is not what was asked for (${kind}): review, never paid`, async () => {
      const { ref } = await bench.make()
      await play(ref, 'success')
      await bench.control('POST', '/faults', { provider: 'paycrypto', operation: 'query', kind })
      const update = await bench.provider.getPayment?.(ref)
      assert.deepEqual([update?.status, update?.reason], ['review', 'conflict'])
    })
  }

  it('a status that nobody documented is not paid', async () => {
    const { ref } = await bench.make()
    await bench.control('POST', '/faults', {
      provider: 'paycrypto',
      operation: 'query',
      kind: 'unknown-status',
    })
    assert.equal((await bench.provider.getPayment?.(ref))?.status, 'processing')
  })

  it('a page of another host is refused', async () => {
    await bench.control('POST', '/faults', {
      provider: 'paycrypto',
      operation: 'create',
      kind: 'bad-address',
    })
    await assert.rejects(bench.make(), (error: unknown) => {
      return error instanceof ProviderError && error.code === 'provider_bad_response'
    })
  })

  for (const code of Object.keys(ERRORS).map(Number)) {
    it(`error ${code}: ${ERRORS[code]}`, async () => {
      await set({ refuseWith: code })
      await assert.rejects(bench.provider.listMethods(), (error: unknown) => {
        assert.ok(error instanceof ProviderError)
        assert.deepEqual([error.code, error.providerCode], [ERRORS[code], String(code)])
        return true
      })
      // After "too many requests" nobody calls for a while.
      bench.clock.advance(TOO_MANY_REST_MS)
    })
  }

  it('an error that came with an HTTP status is read all the same', async () => {
    await set({ refuseWith: 112003, httpErrors: true })
    await assert.rejects(bench.provider.listMethods(), (error: unknown) => {
      return error instanceof ProviderError && error.code === 'provider_auth'
    })
  })

  for (const [what, more] of [
    ['secret', { apiSecret: 'another-secret' }],
    ['key', { apiKey: '0'.repeat(32) }],
    ['passphrase', { passphrase: 'another-passphrase' }],
    ['prefix', { authPrefix: 'Railone' }],
  ] as const) {
    it(`with another ${what} nothing is answered`, async () => {
      const wrong = connect(bench.sandbox.urls, more)(testContext(bench.clock.now))
      await assert.rejects(wrong.listMethods(), (error: unknown) => {
        return error instanceof ProviderError && error.code === 'provider_auth'
      })
    })
  }

  it('lists orders by pages, with the documented filters', async () => {
    await bench.make()
    const page = await bench.provider.listPayments?.({
      filters: { page_num: '1', page_size: '2' },
      withPersonalData: false,
    })
    assert.equal(page?.payments.length, 2)
    assert.equal(page.page, 1)
    assert.ok((page.total ?? 0) > 2)
  })

  for (const [name, value] of [
    ['currency', 'USDT-TRC20'],
    ['status', '0'],
    ['start_time', '1'],
    ['end_time', '9999999999999'],
    ['start_timestamp', '1'],
    ['end_timestamp', '9999999999999'],
    ['page', '1'],
  ] as const) {
    it(`lists by ${name}`, async () => {
      const now = bench.clock.now()
      const text = value === '1' && name.startsWith('start') ? String(now - 1_000_000) : value
      const wanted = name.startsWith('end') ? String(now + 1_000_000) : text
      const sent = await spyOn(SPEC, async ({ make, provider }) => {
        await make()
        return provider.listPayments?.({ filters: { [name]: wanted }, withPersonalData: false })
      })
      assert.equal(sent.at(-1)?.url.searchParams.get(name), wanted)
    })
  }

  it('leaves people out of the list, unless they are asked for', async () => {
    await bench.make({ customer: { email: 'shopper@shop.example' } })
    const record = {
      currency: 'USD',
      amount: '1.30',
      order_id: 'p1',
      cust_order_id: 'c1',
      status: 1,
      create_time: 1,
      update_time: 1,
      customer: { notify_email: 'shopper@shop.example' },
      company_email: 'clerk@shop.example',
    }
    const provider = connect(bench.sandbox.urls)(
      testContext(bench.clock.now, {
        fetch: async () =>
          Response.json({ code: 0, msg: 'SUCCESS', result: { total: 1, records: [record] } }),
      }),
    )
    const list = async (withPersonalData: boolean): Promise<string> =>
      JSON.stringify(await provider.listPayments?.({ filters: {}, withPersonalData }))
    assert.ok(!(await list(false)).includes('@'))
    assert.match(await list(false), /"amount":"1.30"/)
    assert.match(await list(true), /shopper@shop.example.*clerk@shop.example/)
  })

  it('reads statuses and times as text or as number', async () => {
    for (const recordTypes of ['sample', 'table']) {
      await set({ recordTypes })
      assert.equal((await updateAfter('success'))?.status, 'paid')
    }
  })

  const created = async (more: object, payment: object = {}): Promise<Sent> => {
    const sent = await spyOn({ ...SPEC, connect: (urls) => connect(urls, more) }, ({ make }) =>
      make(payment).catch(() => undefined),
    )
    return sent.find(({ url }) => url.pathname === '/api/v1/payment') ?? assert.fail()
  }

  it('sends every field of the document that is configured', async () => {
    const { body } = await created(
      { companyName: 'A Shop', companyEmail: 'clerk@shop.example', expire: '3600' },
      { customer: { email: 'shopper@shop.example' } },
    )
    const fields = JSON.parse(body) as Record<string, unknown>
    assert.deepEqual(Object.keys(fields), [
      'currency',
      'amount',
      'cust_order_id',
      'return_url',
      'notify_url',
      'company_name',
      'company_email',
      'expire',
      'customer',
    ])
    assert.deepEqual(fields['customer'], { notify_email: 'shopper@shop.example' })
    assert.equal(fields['amount'], '12.50')
    assert.deepEqual(Object.keys(JSON.parse((await created({})).body) as object), [
      'currency',
      'amount',
      'cust_order_id',
      'return_url',
      'notify_url',
    ])
  })

  it('`expire` is an instant in milliseconds, and 100 minutes where it is not set', async () => {
    const { body } = await created({ expire: '3600' })
    const { expire } = JSON.parse(body) as { expire: number }
    assert.ok(Math.abs(expire - Date.now() - 3_600_000) < 60_000)
    const { created: made } = await bench.make()
    assert.ok(Math.abs(made.expiresAt - bench.clock.now() - 100 * 60_000) < 60_000)
  })

  it('refuses a passphrase that no header can carry, before the first call', () => {
    for (const wrong of ['şifre-0001', 'two\nlines-01']) {
      assert.throws(
        () => connect({ paycrypto: 'https://p.example' }, { passphrase: wrong }),
        /header/,
      )
    }
    connect({ paycrypto: 'https://p.example' }, { passphrase: 'two words, and a %' })
  })

  it('sends no passphrase where none was set', async () => {
    const without = await created({ passphrase: undefined }).catch(() => undefined)
    const sent = await spyOn(
      { ...SPEC, connect: (urls) => connect(urls, { passphrase: undefined }) },
      ({ provider }) => provider.listMethods().catch(() => undefined),
    )
    assert.equal(without, undefined)
    assert.equal(sent[0]?.headers.get('access-passphrase'), null)
    assert.equal((await created({})).headers.get('access-passphrase'), passphrase)
  })

  it('a page on a host that was named is taken', async () => {
    const answer = {
      code: 0,
      msg: 'SUCCESS',
      result: { order_id: 'p1', redirect_url: 'https://page.example/?id=p1', create_time: 1 },
    }
    const { ref } = await bench.make()
    const make = async (more: object) =>
      connect(
        bench.sandbox.urls,
        more,
      )(testContext(bench.clock.now, { fetch: async () => Response.json(answer) })).createPayment({
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
      })
    await assert.rejects(make({}), { code: 'provider_bad_response' })
    const { nextAction } = await make({ pageHosts: 'page.example' })
    assert.deepEqual(nextAction, { type: 'redirect', url: 'https://page.example/?id=p1' })
  })

  for (const [what, filters, field] of [
    ['a filter that nobody documented', { email: 'x' }, 'email'],
    ['a month or more', { start_time: '1760000000000', end_time: '1763000000000' }, 'start_time'],
    [
      'a start after the end',
      { start_time: '1760000000001', end_time: '1760000000000' },
      'start_time',
    ],
    ['what would need encoding', { currency: 'a&b=c' }, 'currency'],
  ] as const) {
    it(`refuses to list by ${what}`, async () => {
      await assert.rejects(
        async () => bench.provider.listPayments?.({ filters, withPersonalData: false }),
        { code: 'invalid_request', field },
      )
    })
  }

  describe('notifications', () => {
    const EVENT = JSON.stringify({
      id: 'ev-1',
      create_time: 1,
      params: { order_id: 'p1', cust_order_id: 'c1', status: 1 },
    })

    const verify = async (body: string, headers: Record<string, string> = {}) =>
      bench.provider.webhook?.verify({
        body,
        headers: new Headers(headers),
        query: new URLSearchParams(),
        payment: null,
      })

    const batch = (events: readonly string[], action = 'order_result'): string =>
      JSON.stringify({ action, events }, null, 2)

    const signed = (events: readonly string[], timestamp = String(Date.now())) => ({
      timestamp,
      signature: signWebhook(timestamp, { action: 'order_result', events }, webhookSecret),
    })

    it('are reasons to ask: several events in one push, each for its own payment', async () => {
      const events = [EVENT, EVENT.replace('ev-1', 'ev-2').replace('c1', 'c2')]
      assert.deepEqual(await verify(batch(events), signed(events)), [
        { eventId: 'ev-1', content: events[0], paymentId: 'c1' },
        { eventId: 'ev-2', content: events[1], paymentId: 'c2' },
      ])
    })

    it('old ones are still reasons to ask', async () => {
      const hourAgo = String(Date.now() - 3_600_000)
      assert.equal((await verify(batch([EVENT]), signed([EVENT], hourAgo)))?.length, 1)
    })

    it('the flat one of the FAQ is a reason to ask, and no more', async () => {
      const flat = JSON.stringify({ cust_order_id: 'c1', order_id: 'p1', status: 1 })
      assert.deepEqual(await verify(flat), [{ paymentId: 'c1' }])
    })

    it('another action says nothing of an order', async () => {
      const timestamp = String(Date.now())
      const signature = signWebhook(
        timestamp,
        { action: 'kyc-status', events: [EVENT] },
        webhookSecret,
      )
      assert.deepEqual(await verify(batch([EVENT], 'kyc-status'), { timestamp, signature }), [])
    })

    it('one event that cannot be read does not hold up the others', async () => {
      const events = ['{"id":"x"}', EVENT]
      assert.equal((await verify(batch(events), signed(events)))?.length, 1)
    })

    it('with anything altered they are refused', async () => {
      const good = signed([EVENT])
      const wrong: [string, Record<string, string>][] = [
        [batch([EVENT]), {}],
        [batch([EVENT]), { ...good, signature: '' }],
        [batch([EVENT]), { ...good, signature: `A${good.signature.slice(1)}` }],
        [batch([EVENT]), { ...good, timestamp: String(Number(good.timestamp) + 1) }],
        [batch([EVENT]), { ...good, timestamp: good.timestamp.slice(0, 10) }],
        [batch([EVENT.replace('"status":1', '"status":2')]), good],
        [batch([EVENT, EVENT]), good],
        [batch([EVENT], 'order_other'), good],
        ['{', good],
        ['[]', good],
        ['{"action":"order_result","events":"x"}', good],
      ]
      for (const [body, headers] of wrong) {
        await assert.rejects(verify(body, headers), { code: 'not_found' }, body)
      }
    })

    it('are acknowledged as the provider expects it', async () => {
      const answer = bench.provider.webhook?.acknowledge()
      assert.deepEqual(await answer?.json(), { code: 0, msg: 'SUCCESS' })
    })
  })
})
