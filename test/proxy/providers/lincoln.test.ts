import assert from 'node:assert/strict'
import { after, afterEach, before, describe, it } from 'node:test'
import type { Method } from '../../../protocol/payment.ts'
import { ProviderError } from '../../../proxy/errors.ts'
import { offer } from '../../../proxy/policy.ts'
import type { PaymentRef, PaymentUpdate, ProviderMethod } from '../../../proxy/provider.ts'
import { lincoln } from '../../../proxy/providers/index.ts'
import { hashIpn } from '../../../proxy/providers/lincoln-signing.ts'
import { SANDBOX_CREDENTIALS } from '../../../sandbox/index.ts'
import { testContext } from '../support.ts'
import { openBench, providerSuite, spyOn } from './provider-suite.ts'
import type { Bench } from './provider-suite.ts'

const { apiKey, apiSecret } = SANDBOX_CREDENTIALS.lincoln

/** The sandbox's routes and fields, by their numbers. */
const route = (n: number): string => `65a0${String(n).padStart(20, '0')}`
const field = (n: number, place: number): string => `65f0${route(n).slice(-18)}0${place}`

const CARD = '4242424242424242'
const VALUES = Object.fromEntries(
  [1, 2, 3, 4, 5, 6, 7].map((n) => [
    route(n),
    {
      to: { [field(n, 2)]: n === 3 || n === 4 ? 'TXaxqXSZkZAsXmnFWYc6MPFdSXkUP1H3gq' : CARD },
      route: n === 2 ? { [field(2, 3)]: 'A Merchant' } : {},
    },
  ]),
)

const connect = (urls: Readonly<Record<string, string>>, more: object = {}) =>
  lincoln({ baseUrl: urls['lincoln'] ?? '', apiKey, apiSecret, values: VALUES, ...more })

const SPEC = {
  name: 'lincoln',
  price: { amount: '250.5', currency: 'USDT' },
  secrets: [apiSecret],
  connect,
}

const withEmail = (bench: Bench) =>
  bench.make({ fields: { [field(1, 1)]: 'shopper@shop.example' } })

providerSuite({
  ...SPEC,
  calls: [
    { operation: 'routes', isCreate: false, run: ({ provider }) => provider.listMethods() },
    { operation: 'create', isCreate: true, run: (bench) => withEmail(bench) },
    {
      operation: 'order',
      isCreate: false,
      prepare: (bench) => withEmail(bench),
      run: async ({ provider }, made) => made && provider.getPayment?.(made.ref),
    },
  ],
  makeMore: { fields: { [field(1, 1)]: 'shopper@shop.example' } },
})

describe('lincoln', () => {
  let bench: Bench
  let methods: readonly ProviderMethod[]
  before(async () => {
    bench = await openBench(SPEC)
    methods = await bench.provider.listMethods()
  })
  after(() => bench.sandbox.close())
  afterEach(() => bench.control('DELETE', '/faults'))

  const find = (n: number): ProviderMethod | undefined =>
    methods.find(({ id }) => id === `lincoln:${route(n)}`)

  const priced = (n: number, amount: string, currency: string): Method => {
    const method = find(n)
    const offered = method && offer(method, [{ amount, currency }])
    assert.ok(offered, `route ${n} must take ${amount} ${currency}`)
    return offered
  }

  const start = (n: number, amount: string, currency: string) =>
    bench.make({
      method: priced(n, amount, currency),
      price: { amount, currency },
      fields: { [field(n, 1)]: 'shopper@shop.example' },
    })

  const play = (ref: PaymentRef, action: string, amount?: string) =>
    bench.control('POST', `/payments/lincoln/${ref.ref}`, { action, ...(amount && { amount }) })

  const updateAfter = async (...actions: string[]): Promise<PaymentUpdate | undefined> => {
    const { ref } = await start(1, '250.5', 'USDT')
    for (const action of actions) await play(ref, action)
    return bench.provider.getPayment?.(ref)
  }

  it('offers routes that are shown, not cash, and whose receiver the merchant named', () => {
    const offered = methods.map(({ id }) => id.slice(-1)).toSorted()
    assert.deepEqual(offered, ['1', '2', '3', '4', '5', '6', '7'])
  })

  it('does not offer a route without the merchant’s values, nor one that was not listed', async () => {
    const none = connect(bench.sandbox.urls, { values: {} })(testContext(bench.clock.now))
    assert.deepEqual(await none.listMethods(), [])
    const one = connect(bench.sandbox.urls, { routes: route(1) })(testContext(bench.clock.now))
    assert.deepEqual(
      (await one.listMethods()).map(({ id }) => id),
      [`lincoln:${route(1)}`],
    )
  })

  it('asks the shopper for the fields of `from` alone, and for consent', () => {
    const method = find(2)
    assert.deepEqual(
      method?.fields.map(({ id }) => id),
      [field(2, 1)],
    )
    assert.match(method?.consent?.url ?? '', /^http/)
  })

  it('knows limits, "0" as none, and the reserve', () => {
    assert.deepEqual(find(1)?.limits[0]?.currency, 'USDT')
    const bitcoin = find(2)?.limits[0]
    assert.ok(bitcoin?.max, 'what the reserve can pay out')
    assert.equal(offer(find(1) ?? assert.fail(), [{ amount: '0.01', currency: 'USDT' }]), undefined)
  })

  it('is paid here, where the order gives an address of the coin’s network', async () => {
    const { created } = await start(1, '250.5', 'USDT')
    assert.equal(created.nextAction.type, 'transfer')
    assert.match(created.nextAction.address, /^T/)
    assert.equal(created.nextAction.amount, '250.5')
    assert.equal(created.nextAction.uri, null)
  })

  it('finds the address among texts in several languages', async () => {
    const { created } = await start(5, '100', 'USDT')
    assert.equal(created.nextAction.type, 'transfer')
    assert.match(created.nextAction.address, /^0x[a-f\d]{40}$/)
  })

  it('goes to the page where there is no address', async () => {
    const { created } = await start(4, '5000', 'UAH')
    assert.equal(created.nextAction.type, 'redirect')
    assert.match(created.nextAction.url, /\/en\/payment\/\d+\/[\w-]+$/)
  })

  it('never evaluates what comes with an order', async () => {
    await start(7, '100', 'USDT')
    assert.equal('lincolnTemplateRan' in globalThis, false)
  })

  for (const [actions, status] of [
    [[], 'pending'],
    [['in-progress'], 'processing'],
    [['payout-queue'], 'processing'],
    [['done'], 'paid'],
    [['hold'], 'review'],
    [['error-payout'], 'review'],
    [['error-payment'], 'failed'],
    [['returned'], 'refunded'],
    [['delete'], 'canceled'],
  ] as const) {
    it(`${actions.join() || 'waitPayment'}: ${status}`, async () => {
      assert.equal((await updateAfter(...actions))?.status, status)
    })
  }

  it('inProgressPayout is paid where the merchant says so', async () => {
    const { ref } = await start(1, '250.5', 'USDT')
    await play(ref, 'payout-queue')
    const trusting = connect(bench.sandbox.urls, { paidAt: 'inProgressPayout' })(
      testContext(bench.clock.now),
    )
    assert.equal((await trusting.getPayment?.(ref))?.status, 'paid')
  })

  it('another amount than asked for: review, never paid', async () => {
    const { ref } = await start(1, '250.5', 'USDT')
    await play(ref, 'done', '2.5')
    const update = await bench.provider.getPayment?.(ref)
    assert.deepEqual([update?.status, update?.reason], ['review', 'conflict'])
  })

  it('a status that nobody documented is not paid', async () => {
    const { ref } = await start(1, '250.5', 'USDT')
    await bench.control('POST', '/faults', {
      provider: 'lincoln',
      operation: 'order',
      kind: 'unknown-status',
    })
    assert.equal((await bench.provider.getPayment?.(ref))?.status, 'processing')
  })

  it('"I have paid" is told where the order waits for it, and proves nothing', async () => {
    const { ref } = await start(4, '5000', 'UAH')
    await bench.provider.confirmSent?.(ref)
    assert.equal((await bench.provider.getPayment?.(ref))?.status, 'processing')
    const other = await start(1, '250.5', 'USDT')
    await bench.provider.confirmSent?.(other.ref)
    assert.equal((await bench.provider.getPayment?.(other.ref))?.status, 'pending')
  })

  it('an amount that needs the exchanger’s identity check says so', async () => {
    await assert.rejects(start(3, '2.5', 'ETH'), (error: unknown) => {
      assert.ok(error instanceof ProviderError)
      assert.deepEqual([error.code, error.mayHaveHappened], ['identity_check_required', false])
      return true
    })
  })

  for (const [setting, option] of [
    [{ timeAs: 'number' }, { timeAs: 'number' }],
    [{ legacyPost: true }, { legacyPost: 'true' }],
    [
      { timeAs: 'number', legacyPost: true },
      { timeAs: 'number', legacyPost: 'true' },
    ],
    [{ httpErrors: true }, {}],
  ] as const) {
    it(`speaks to an engine with ${JSON.stringify(setting)}`, async () => {
      await bench.control('POST', '/lincoln/settings', setting)
      try {
        const provider = connect(bench.sandbox.urls, option)(testContext(bench.clock.now))
        assert.ok((await provider.listMethods()).length > 0)
      } finally {
        await bench.control('POST', '/lincoln/settings', {
          timeAs: 'string',
          legacyPost: false,
          httpErrors: false,
        })
      }
    })
  }

  it('sends the fields of the document, and the merchant’s own values', async () => {
    const sent = await spyOn(
      { ...SPEC, connect: (urls) => connect(urls, { partner: 'shop' }) },
      (own) => withEmail(own),
    )
    const create = sent.find(({ url }) => url.pathname.endsWith('/order/create/')) ?? assert.fail()
    const body = JSON.parse(create.body) as Record<string, unknown>
    assert.deepEqual(Object.keys(body), [
      'routeId',
      'partner',
      'amount',
      'fromValues',
      'toValues',
      'routeValues',
      'lang',
      'agreement',
      'hideOutData',
      'clientCallbackUrl',
      'ipnUrl',
      'ipnSecret',
      'skipPreview',
    ])
    assert.deepEqual(body['fromValues'], [{ key: field(1, 1), value: 'shopper@shop.example' }])
    assert.deepEqual(body['toValues'], [{ key: field(1, 2), value: CARD }])
    assert.deepEqual([body['amount'], body['agreement']], [250.5, true])
    assert.equal(create.headers.get('apikey'), apiKey)
    assert.match(create.url.search, /^\?time=\d{13}$/)
  })

  it('goes to the page that is configured, in the shopper’s language', async () => {
    const make = async (locale: string | null, more: object = {}): Promise<string> => {
      let url = ''
      await spyOn({ ...SPEC, connect: (urls) => connect(urls, more) }, async (own) => {
        const all = await own.provider.listMethods()
        const card = all.find(({ id }) => id === `lincoln:${route(4)}`) ?? assert.fail()
        const price = { amount: '5000', currency: 'UAH' }
        const method = offer(card, [price]) ?? assert.fail()
        const fields = { [field(4, 1)]: 'shopper@shop.example' }
        const { created } = await own.make({ method, price, fields, locale })
        url = created.nextAction.type === 'redirect' ? created.nextAction.url : ''
      })
      return new URL(url).pathname.split('/').slice(1, 3).join('/')
    }
    assert.equal(await make(null), 'en/payment')
    assert.equal(await make('uk-UA'), 'uk/payment')
    assert.equal(await make('tr'), 'en/payment')
    assert.equal(await make('ru', { page: 'order' }), 'ru/order')
  })

  /** The adapter in front of answers that are made up. */
  const answering = (body: string) =>
    connect(bench.sandbox.urls)(
      testContext(bench.clock.now, {
        fetch: async () => new Response(body, { headers: { 'content-type': 'application/json' } }),
      }),
    )

  it('new: pending', async () => {
    const { ref } = await start(1, '250.5', 'USDT')
    const order = { status: 'new', inAmount: '250.5', route: { from: { xml: 'USDTTRC20' } } }
    const provider = answering(JSON.stringify({ success: true, data: { order } }))
    assert.equal((await provider.getPayment?.(ref))?.status, 'pending')
  })

  it('a captcha that is asked for: refused, with its code', async () => {
    await bench.control('POST', '/lincoln/settings', { captcha: true })
    try {
      await assert.rejects(start(1, '250.5', 'USDT'), {
        code: 'provider_rejected',
        providerCode: '1601588666628861',
      })
    } finally {
      await bench.control('POST', '/lincoln/settings', { captcha: false })
    }
  })

  it('an error code beyond 2^53 keeps its digits', async () => {
    const provider = answering('{"success":false,"error":{"errorCode":9951545348963164}}')
    await assert.rejects(provider.listMethods(), { providerCode: '9951545348963164' })
  })

  it('refuses an amount that JSON would write in another way', async () => {
    await assert.rejects(
      bench.make({
        method: priced(1, '250.5', 'USDT'),
        price: { amount: '0.0000001', currency: 'USDT' },
        fields: { [field(1, 1)]: 'shopper@shop.example' },
      }),
      (error: unknown) => error instanceof ProviderError && error.code === 'payment_refused',
    )
  })

  describe('notifications', () => {
    const ipn = (ref: PaymentRef, more: Record<string, string> = {}) => ({
      orderUID: ref.private['uid'] ?? '',
      orderId: ref.ref ?? '',
      newStatus: 'done',
      inAmount: '250.5',
      outAmount: '9871.2',
      xml_from: 'USDTTRC20',
      xml_to: 'CARDUAH',
      timestamp: '1760000300001',
      ...more,
    })

    const hash = (form: ReturnType<typeof ipn>, secret: string): string =>
      hashIpn(
        {
          orderId: form.orderId,
          newStatus: form.newStatus,
          inAmount: form.inAmount,
          outAmount: form.outAmount,
          xmlFrom: form.xml_from,
          xmlTo: form.xml_to,
          timestamp: form.timestamp,
        },
        secret,
      )

    const verify = async (payment: PaymentRef | null, body: string, query = '', headers = {}) =>
      bench.provider.webhook?.verify({
        body,
        headers: new Headers(headers),
        query: new URLSearchParams(query),
        payment,
      })

    const encode = (form: Record<string, string>): string => new URLSearchParams(form).toString()

    it('are reasons to ask, signed or not: `done` in one proves nothing', async () => {
      const { ref } = await start(1, '250.5', 'USDT')
      const form = ipn(ref)
      assert.deepEqual(await verify(ref, encode({ ...form, hash: hash(form, ref.secret) })), [{}])
      assert.deepEqual(await verify(ref, encode(form)), [{}])
    })

    it('of another order, without a payment, or not of their form: refused', async () => {
      const { ref } = await start(1, '250.5', 'USDT')
      const form = ipn(ref)
      const wrong: [PaymentRef | null, string][] = [
        [null, encode(form)],
        [ref, encode({ ...form, orderId: 'a'.repeat(24) })],
        [ref, encode({ ...form, orderId: 'a:b' })],
        [ref, encode({ ...form, newStatus: 'done:1' })],
        [ref, encode({ ...form, inAmount: '1e3' })],
        [ref, encode({ ...form, timestamp: 'now' })],
        [ref, ''],
        [ref, '{"orderId":"x"}'],
      ]
      for (const [payment, body] of wrong) {
        await assert.rejects(verify(payment, body), { code: 'not_found' }, body)
      }
    })

    describe('of an order whose making was never answered', () => {
      const orphan = (ref: PaymentRef): PaymentRef => ({ ...ref, private: {} })

      it('are for a person when genuine, wherever the hash travels', async () => {
        const { ref } = await start(1, '250.5', 'USDT')
        const form = ipn(ref)
        const sum = hash(form, ref.secret)
        const carried: [string, string, Record<string, string>][] = [
          [encode({ ...form, hash: sum }), '', {}],
          [encode({ ...form, sign: sum }), '', {}],
          [encode({ ...form, signature: sum }), '', {}],
          [encode({ ...form, checksum: sum.toUpperCase().toLowerCase() }), '', {}],
          [encode(form), `hash=${sum}`, {}],
          [encode(form), '', { hash: sum }],
        ]
        for (const [body, query, headers] of carried) {
          const events = await verify(orphan(ref), body, query, headers)
          assert.deepEqual(events?.[0]?.update?.status, 'review')
          assert.deepEqual(events?.[0]?.update?.reason, 'conflict')
        }
      })

      it('looks for the hash only where it is configured', async () => {
        const { ref } = await start(1, '250.5', 'USDT')
        const form = ipn(ref)
        const sum = hash(form, ref.secret)
        const picky = connect(bench.sandbox.urls, { ipnHashField: 'proof' })(
          testContext(bench.clock.now),
        )
        const take = async (body: string) =>
          picky.webhook?.verify({
            body,
            headers: new Headers(),
            query: new URLSearchParams(),
            payment: orphan(ref),
          })
        assert.equal((await take(encode({ ...form, proof: sum })))?.[0]?.update?.status, 'review')
        await assert.rejects(take(encode({ ...form, hash: sum })), { code: 'not_found' })
      })

      it('are refused with any hashed field altered; the others do not count', async () => {
        const { ref } = await start(1, '250.5', 'USDT')
        const form = ipn(ref)
        const signed = { ...form, hash: hash(form, ref.secret) }
        const altered = {
          orderId: 'b'.repeat(24),
          newStatus: 'hold',
          inAmount: '250.50',
          outAmount: '1',
          xml_from: 'BTC',
          xml_to: 'WMZ',
          timestamp: '1760000300002',
        }
        for (const [name, value] of Object.entries(altered)) {
          const body = encode({ ...signed, [name]: value })
          await assert.rejects(verify(orphan(ref), body), { code: 'not_found' }, name)
        }
        await assert.rejects(verify(orphan(ref), encode(form)), { code: 'not_found' })
        const uncounted = encode({ ...signed, orderUID: '9', 'toValues[0][value]': 'evil' })
        assert.equal((await verify(orphan(ref), uncounted))?.[0]?.update?.status, 'review')
      })
    })
  })

  it('two proxies with one key: every call succeeds, `time` rises over both', async () => {
    let turn = 0
    let running = Promise.resolve<unknown>(undefined)
    const inTurn = <T>(_name: string, task: (turn: number) => Promise<T>): Promise<T> => {
      const mine = running.then(() => task((turn = Math.max(bench.clock.now(), turn + 1))))
      running = mine.catch(() => undefined)
      return mine
    }
    const proxies = [0, 1].map(() =>
      connect(bench.sandbox.urls)(testContext(bench.clock.now, { inTurn })),
    )
    const lists = await Promise.all(
      proxies.flatMap((proxy) => Array.from({ length: 5 }, () => proxy.listMethods())),
    )
    assert.ok(lists.every((list) => list.length === 7))
  })
})
