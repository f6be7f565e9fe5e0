import assert from 'node:assert/strict'
import { after, afterEach, before, describe, it } from 'node:test'
import { ProviderError } from '../../../proxy/errors.ts'
import type { PaymentUpdate } from '../../../proxy/provider.ts'
import { cryptom } from '../../../proxy/providers/index.ts'
import { SANDBOX_CREDENTIALS } from '../../../sandbox/index.ts'
import { testContext } from '../support.ts'
import { openBench, providerSuite, spyOn } from './provider-suite.ts'
import type { Bench } from './provider-suite.ts'

const SPEC = {
  name: 'cryptom',
  price: { amount: '300.00', currency: 'TRY' },
  secrets: [SANDBOX_CREDENTIALS.cryptom.password],
  connect: (urls: Readonly<Record<string, string>>) =>
    cryptom({
      baseUrl: urls['cryptom'] ?? '',
      email: SANDBOX_CREDENTIALS.cryptom.email,
      password: SANDBOX_CREDENTIALS.cryptom.password,
      assets: 'TRX@TRX,USDT@TRX,ETH@ETH',
    }),
}

providerSuite({
  ...SPEC,
  calls: [
    { operation: 'auth', isCreate: false, run: ({ make }) => make() },
    { operation: 'create', isCreate: true, run: ({ make }) => make() },
    {
      operation: 'detail',
      isCreate: false,
      prepare: ({ make }) => make(),
      run: async ({ provider }, made) => made && provider.getPayment?.(made.ref),
    },
    {
      operation: 'cancel',
      isCreate: false,
      prepare: ({ make }) => make(),
      run: async ({ provider }, made) => made && provider.cancelPayment?.(made.ref),
    },
  ],
})

interface Ledger {
  readonly cryptom: { readonly calls: readonly { operation: string; details: unknown }[] }
}

describe('cryptom', () => {
  let bench: Bench
  before(async () => {
    bench = await openBench(SPEC)
  })
  after(() => bench.sandbox.close())
  afterEach(() => bench.control('DELETE', '/faults'))

  const play = (id: string | null, action: string, amount?: string) =>
    bench.control('POST', `/payments/cryptom/${id}`, { action, ...(amount && { amount }) })

  async function updateAfter(...actions: string[]): Promise<PaymentUpdate | undefined> {
    const { ref } = await bench.make()
    for (const action of actions) await play(ref.ref, action)
    return bench.provider.getPayment?.(ref)
  }

  const countCalls = async (operation: string): Promise<number> => {
    const { cryptom: own } = await bench.control<Ledger>('GET', '/ledger')
    return own.calls.filter((call) => call.operation === operation).length
  }

  it('shows the address, the amount and the words about the price, untouched', async () => {
    const { created } = await bench.make()
    const action = created.nextAction
    assert.equal(action.type, 'transfer')
    assert.match(action.address, /^T[1-9A-HJ-NP-Za-km-z]{33}$/)
    assert.deepEqual(action.asset, { symbol: 'TRX', network: 'TRON', name: 'TRON' })
    assert.equal(action.uri, `tron:${action.address}?amount=${action.amount}`)
    assert.equal(typeof action.quote?.rate, 'string')
    assert.equal(created.status, 'pending')
  })

  it('is paid by isTransferComplete and by nothing else', async () => {
    const paid = await updateAfter('pay')
    assert.equal(paid?.status, 'paid')
    assert.equal(paid.assurance, 'provider-api')
  })

  for (const [actions, status, reason] of [
    [[], 'pending', undefined],
    [['pay-part'], 'processing', 'underpaid'],
    [['pay-part', 'pay'], 'paid', undefined],
    [['overpay'], 'paid', 'overpaid'],
    [['timeout'], 'expired', undefined],
    [['timeout', 'pay'], 'paid', undefined],
    [['pay-part', 'timeout'], 'review', 'underpaid'],
    [['manual-check'], 'review', undefined],
    [['cancel'], 'canceled', undefined],
    [['converting'], 'processing', undefined],
    [['converted'], 'processing', undefined],
    [['wallet-charged'], 'processing', undefined],
    [['done'], 'processing', undefined],
  ] as const) {
    it(`${actions.join(', then ') || 'nothing'}: ${status}${reason ? `, ${reason}` : ''}`, async () => {
      const update = await updateAfter(...actions)
      assert.deepEqual([update?.status, update?.reason], [status, reason])
    })
  }

  it('says how much of a partial transfer arrived, in the coin', async () => {
    const { ref } = await bench.make()
    await play(ref.ref, 'pay-part', '1.5')
    const update = await bench.provider.getPayment?.(ref)
    assert.deepEqual(update?.received, { amount: '1.5', currency: 'TRX' })
  })

  it('takes a status that nobody documented for unfinished, never for paid', async () => {
    const { ref } = await bench.make()
    await bench.control('POST', '/faults', {
      provider: 'cryptom',
      operation: 'detail',
      kind: 'unknown-status',
    })
    assert.equal((await bench.provider.getPayment?.(ref))?.status, 'processing')
  })

  for (const kind of ['wrong-amount', 'wrong-coin', 'wrong-network', 'bad-address']) {
    it(`refuses a payment that is not what was asked for: ${kind}`, async () => {
      await bench.control('POST', '/faults', { provider: 'cryptom', operation: 'create', kind })
      await assert.rejects(bench.make(), (error: unknown) => {
        assert.ok(error instanceof ProviderError)
        assert.deepEqual([error.code, error.mayHaveHappened], ['provider_bad_response', true])
        return true
      })
    })
  }

  it('stops at an address that changed after it was shown', async () => {
    const { ref } = await bench.make()
    await bench.control('POST', '/faults', {
      provider: 'cryptom',
      operation: 'detail',
      kind: 'change-address',
    })
    const update = await bench.provider.getPayment?.(ref)
    assert.deepEqual([update?.status, update?.reason], ['review', 'conflict'])
  })

  it('cancels at the provider', async () => {
    const { ref } = await bench.make()
    assert.equal((await bench.provider.cancelPayment?.(ref))?.status, 'canceled')
    assert.equal((await bench.provider.getPayment?.(ref))?.status, 'canceled')
  })

  it('logs in once for many calls at the same time', async () => {
    const own = await openBench(SPEC)
    await Promise.all(Array.from({ length: 20 }, () => own.make()))
    const {
      cryptom: { calls },
    } = await own.control<Ledger>('GET', '/ledger')
    assert.equal(calls.filter(({ operation }) => operation === 'auth').length, 1)
    await own.sandbox.close()
  })

  it('logs in again after the hour that expiresIn names, not the 41 days inside the token', async () => {
    await bench.make()
    const before = await countCalls('auth')
    bench.clock.advance(59 * 60_000)
    await bench.make()
    assert.equal(await countCalls('auth'), before)
    bench.clock.advance(2 * 60_000)
    await bench.make()
    assert.equal(await countCalls('auth'), before + 1)
  })

  it('logs in again, once, when a token is refused before its time', async () => {
    await bench.make()
    const before = await countCalls('auth')
    await bench.control('POST', '/cryptom/expire-tokens')
    await Promise.all(Array.from({ length: 5 }, () => bench.make()))
    assert.ok((await countCalls('auth')) <= before + 2)
  })

  it('says so when the password is wrong, and does not try again', async () => {
    const own = await openBench({
      ...SPEC,
      connect: (urls) =>
        cryptom({
          baseUrl: urls['cryptom'] ?? '',
          email: 'merchant@shop.example',
          password: 'not-the-one',
          assets: 'TRX@TRX',
        }),
    })
    await assert.rejects(own.make(), (error: unknown) => {
      return error instanceof ProviderError && error.code === 'provider_auth'
    })
    const {
      cryptom: { calls },
    } = await own.control<Ledger>('GET', '/ledger')
    assert.equal(calls.length, 1)
    await own.sandbox.close()
  })

  it('sends the price as the literal it was given, and our id to find it by', async () => {
    const bodies: string[] = []
    const provider = SPEC.connect(bench.sandbox.urls)(
      testContext(bench.clock.now, {
        fetch: (url, init) => {
          if (String(url).endsWith('/create')) bodies.push(String(init?.body))
          return fetch(url, init)
        },
      }),
    )
    const [method] = await provider.listMethods()
    assert.ok(method)
    await provider.createPayment({
      paymentId: 'a'.repeat(32),
      orderId: 'A-1',
      description: null,
      price: { amount: '100.00', currency: 'TRY' },
      method: { ...method, price: SPEC.price, limits: null },
      fields: {},
      customer: {},
      locale: null,
      returnUrl: 'http://localhost/',
      webhookUrl: 'http://localhost/',
      secret: '',
    })
    assert.deepEqual(bodies, [
      `{"currency":"TRY","currencyAmount":100.00,"coin":"TRX","network":"TRX","statusNote":"${'a'.repeat(32)}"}`,
    ])
  })

  const sentBy = (more: object, run: (bench: Bench) => Promise<unknown>) =>
    spyOn(
      {
        ...SPEC,
        connect: (urls) =>
          cryptom({
            baseUrl: urls['cryptom'] ?? '',
            email: SANDBOX_CREDENTIALS.cryptom.email,
            password: SANDBOX_CREDENTIALS.cryptom.password,
            assets: 'TRX@TRX',
            ...more,
          }),
      },
      (own) => run(own).catch(() => undefined),
    )

  it('sends the shopper’s telephone number as userMobile, without blanks', async () => {
    const sent = await sentBy({}, ({ make }) => make({ customer: { phone: '+90 (555) 000-0001' } }))
    assert.match(sent.at(-1)?.body ?? '', /"userMobile":"\+905550000001"/)
  })

  it('expires when `timeout` says, in seconds', async () => {
    const { created } = await bench.make()
    const record = await bench.control<{ details: { timeout?: string } }>(
      'GET',
      `/payments/cryptom/${created.ref}`,
    )
    const lifetime = created.expiresAt - bench.clock.now()
    assert.ok(lifetime > 16 * 3_600_000 && lifetime < 17 * 3_600_000, JSON.stringify(record))
  })

  it('sends the token in the header, and behind the word, that are configured', async () => {
    const sent = await sentBy({ authHeader: 'X-Token', authScheme: 'Key ' }, ({ make }) => make())
    const [, create] = sent
    assert.match(create?.headers.get('x-token') ?? '', /^Key \S+/)
    assert.equal(create?.headers.get('authorization'), null)
  })

  it('sends paging under the names that are configured', async () => {
    const sent = await sentBy({ pageParam: 'p', limitParam: 'n' }, async ({ provider }) =>
      provider.listPayments?.({ filters: { page: '2', limit: '5' }, withPersonalData: false }),
    )
    assert.equal(sent.at(-1)?.url.search, '?p=2&n=5')
  })

  it('refuses what cannot be a header, before the first call', () => {
    for (const more of [
      { authHeader: 'X Token' },
      { authHeader: 'X-Token:' },
      { authScheme: 'Ş ' },
    ]) {
      const account = { baseUrl: 'https://c.example', email: 'a@b.example', password: 'pw-1' }
      assert.throws(() => cryptom({ ...account, assets: 'TRX@TRX', ...more }), /header/)
    }
  })

  it('refuses an asset that we have no row for', () => {
    assert.throws(
      () =>
        cryptom({
          baseUrl: 'https://c.example',
          email: 'a@b.example',
          password: 'pw-1',
          assets: 'DOGE@DOGE',
        }),
      /no row for/,
    )
  })
})
