import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Checkout } from '../../../protocol/payment.ts'
import { ProviderError } from '../../../proxy/errors.ts'
import { startFullStack } from '../support.ts'
import type { Stack } from '../support.ts'
import {
  OTHER_TRON_ADDRESS,
  PAYMENT_ID,
  TRON_ADDRESS,
  askFor,
  newPayment,
  paymentRef,
  scripted,
  usualAnswer,
  withMember,
} from './order-samples.ts'
import type { ProviderName, Script } from './order-samples.ts'

const EVM = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'

/** The usual answers, with one member of one of them replaced. */
const spoiled =
  (name: ProviderName, word: string, path: string, value: unknown): Script =>
  ({ url }) =>
    url.pathname.includes(word)
      ? withMember(usualAnswer(name, url.pathname), path, value)
      : undefined

/** One member of the answer to a create that is not what was asked for. */
const OTHER_THAN_ASKED: readonly (readonly [ProviderName, string, string, unknown])[] = [
  ['cryptom', '/create', 'data.currencyAmount', '200'],
  ['cryptom', '/create', 'data.currencyAmount', '300.01'],
  ['cryptom', '/create', 'data.currency', 'USD'],
  ['cryptom', '/create', 'data.coin', 'TRX'],
  ['cryptom', '/create', 'data.network', 'ETH'],
  ['cryptom', '/create', 'data.wallet.coin', 'TRX'],
  ['cryptom', '/create', 'data.wallet.network', 'ETH'],
  ['cryptom', '/create', 'data.wallet.address', TRON_ADDRESS.replace('x', 'y')],
  ['cryptom', '/create', 'data.wallet.address', EVM],
  ['cryptom', '/create', 'data.wallet.address', `${TRON_ADDRESS} `],
  ['cryptom', '/create', 'data.wallet.address', ''],
  ['cryptom', '/create', 'data.coinAmount', '0'],
  ['cryptom', '/create', 'data.coinAmount', '8.1234567'],
  ['cryptom', '/create', 'data._id', '../../admin'],
  ['lincoln', '/order/create/', 'data.inAmount', '250.51'],
  ['lincoln', '/order/get/', 'data.order.inAmount', '25.05'],
  ['lincoln', '/order/get/', 'data.order.route.from.xml', 'TRX'],
  ['lincoln', '/order/get/', 'data.order.route.from.xml', 'USDTERC20'],
  ['lincoln', '/order/get/', 'data.order.route.from.xml', 'CARDUAH'],
  ['lipaykripto', '/external-payment-request', 'paymentId', 'b2'.repeat(16)],
  ['lipaykripto', '/external-payment-request', 'clientId', 'client-43'],
]

describe('what is made must be what was asked for', () => {
  for (const name of ['cryptom', 'lincoln'] as const) {
    it(`${name}: it is, and its address is shown`, async () => {
      const { nextAction } = await scripted(name).provider.createPayment(newPayment(name))
      assert.equal(nextAction.type, 'transfer')
      assert.equal(nextAction.address, TRON_ADDRESS)
    })
  }

  for (const [name, word, path, value] of OTHER_THAN_ASKED) {
    it(`${name}, ${path} ${JSON.stringify(value)}: refused, and no address comes out`, async () => {
      const { provider } = scripted(name, spoiled(name, word, path, value))
      await assert.rejects(provider.createPayment(newPayment(name)), (error: unknown) => {
        assert.ok(error instanceof ProviderError, String(error))
        assert.deepEqual([error.code, error.mayHaveHappened], ['provider_bad_response', true])
        return !error.message.includes(String(value)) || String(value) === ''
      })
    })
  }

  it('lincoln: an address of another network, or two of them: its page instead', async () => {
    const path = 'data.order.route.from.paymentDetails.account'
    for (const text of [EVM, `${TRON_ADDRESS}##${OTHER_TRON_ADDRESS}`, 'pay to our card', '']) {
      const { provider } = scripted('lincoln', spoiled('lincoln', '/order/get/', path, text))
      const { nextAction } = await provider.createPayment(newPayment('lincoln'))
      assert.equal(nextAction.type, 'redirect', text)
    }
  })
})

/** The order says that it is paid, and one thing of it is another order's. */
const PAID: Readonly<Record<'cryptom' | 'paycrypto' | 'lincoln', (answer: unknown) => unknown>> = {
  cryptom: (answer) => withMember(answer, 'data.isTransferComplete', true),
  paycrypto: (answer) => withMember(answer, 'result.records.0.status', 1),
  lincoln: (answer) => withMember(answer, 'data.order.status', 'done'),
}

const ANOTHER_ORDER: readonly (readonly [keyof typeof PAID, string, unknown])[] = [
  ['cryptom', 'data.currencyAmount', '3'],
  ['cryptom', 'data.currency', 'USD'],
  ['cryptom', 'data.coin', 'TRX'],
  ['cryptom', 'data.network', 'ETH'],
  ['cryptom', 'data.wallet.coin', 'TRX'],
  ['cryptom', 'data.wallet.network', 'ETH'],
  ['cryptom', 'data.wallet.address', OTHER_TRON_ADDRESS],
  ['paycrypto', 'result.records.0.amount', '1.25'],
  ['paycrypto', 'result.records.0.currency', 'USD'],
  ['paycrypto', 'result.records.0.order_id', 'p2612'],
  ['lincoln', 'data.order.inAmount', '2.505'],
  ['lincoln', 'data.order.route.from.xml', 'TRX'],
  ['lincoln', 'data.order.route.from.paymentDetails.account', `to ${OTHER_TRON_ADDRESS} please`],
]

const shown = { type: 'transfer', address: TRON_ADDRESS, amount: '8.5', uri: null, expiresAt: null }

describe('what is paid must be what was shown', () => {
  const update = async (name: keyof typeof PAID, path = '', value?: unknown) => {
    const { provider } = scripted(name, ({ url }) => {
      const paid = PAID[name](usualAnswer(name, url.pathname))
      return url.pathname === '/auth' ? undefined : path ? withMember(paid, path, value) : paid
    })
    const asset = { symbol: 'USDT', network: 'TRON', name: 'Tether' } as const
    const nextAction = name === 'paycrypto' ? null : { ...shown, type: 'transfer' as const, asset }
    return askFor(name, provider, { nextAction })
  }

  for (const name of ['cryptom', 'paycrypto', 'lincoln'] as const) {
    it(`${name}: it is, and is paid`, async () => {
      assert.equal((await update(name))?.status, 'paid')
    })
  }

  for (const [name, path, value] of ANOTHER_ORDER) {
    it(`${name}, ${path} ${JSON.stringify(value)}: for a person, never paid`, async () => {
      const { status, reason, ref, isAddressChanged } = (await update(name, path, value)) ?? {}
      assert.deepEqual([status, reason, ref], ['review', 'conflict', undefined])
      assert.equal(isAddressChanged, /address|account/.test(path) ? true : undefined)
    })
  }

  it('lincoln: an address that is not told any more has not changed', async () => {
    const path = 'data.order.route.from.paymentDetails.account'
    assert.equal((await update('lincoln', path, ''))?.status, 'paid')
  })

  for (const [name, path, value] of [
    ['cryptom', 'data._id', 'cd'.repeat(12)],
    ['lincoln', 'data.order.uid', 1410],
    ['lipaykripto', 'data.paymentId', 'b2'.repeat(16)],
    ['redoya', 'orderId', 'B'.repeat(16)],
  ] as const) {
    it(`${name}: an answer about another one (${path}) is no answer`, async () => {
      const { provider } = scripted(name, ({ url }) =>
        url.pathname === '/auth'
          ? undefined
          : withMember(usualAnswer(name, url.pathname), path, value),
      )
      await assert.rejects(askFor(name, provider), { code: 'provider_bad_response' })
    })
  }

  for (const [currency, amount, status] of [
    ['USDT', '12.50', 'paid'],
    ['USDT-BEP20', '12.50', 'paid'],
    ['', '', 'paid'],
    ['USDT', '0', 'paid'],
    ['TRX', '12.50', 'review'],
    ['BTC', '0.01', 'review'],
    ['TRY', '12.50', 'review'],
  ] as const) {
    it(`paycrypto: a price in USDT, paid with ${amount} ${currency}: ${status}`, async () => {
      const { provider } = scripted('paycrypto', ({ url }) => {
        const usual = PAID.paycrypto(usualAnswer('paycrypto', url.pathname))
        const record = 'result.records.0'
        return withMember(
          withMember(usual, `${record}.paid_currency`, currency),
          `${record}.paid_amount`,
          amount,
        )
      })
      assert.equal((await askFor('paycrypto', provider))?.status, status)
    })
  }

  it('cryptom: an id of the history that is a path is not asked about', async () => {
    for (const _id of ['..', '../..', '.', 'a/b', '?x', '#', '%2e%2e', '']) {
      const { provider, asked } = scripted('cryptom', ({ url }) =>
        url.pathname === '/api/transaction'
          ? { data: { results: [{ _id, statusNote: PAYMENT_ID }], totalPages: 1 } }
          : undefined,
      )
      const lost = paymentRef('cryptom', { ref: null })
      await assert.rejects(async () => provider.findPayment?.(lost), {
        code: 'provider_bad_response',
      })
      assert.deepEqual(
        asked.map(({ url }) => url.pathname),
        ['/auth', '/api/transaction'],
      )
    }
  })

  it('paycrypto: an order of another id of ours is not looked at', async () => {
    const path = 'result.records.0.cust_order_id'
    const { provider } = scripted(
      'paycrypto',
      spoiled('paycrypto', '/orders', path, 'c3'.repeat(16)),
    )
    assert.equal(await askFor('paycrypto', provider), undefined)
  })

  it('paycrypto: a currency in small letters is compared all the same', async () => {
    const { provider } = scripted('paycrypto', ({ url }) =>
      withMember(usualAnswer('paycrypto', url.pathname), 'result.records.0', {
        currency: 'usdt-trc20',
        amount: '12.50',
        paid_currency: 'usdt',
        paid_amount: '0.01',
        order_id: 'p2611',
        cust_order_id: PAYMENT_ID,
        status: '1',
        create_time: 1,
        update_time: 1,
      }),
    )
    const { received } = (await askFor('paycrypto', provider)) ?? {}
    assert.deepEqual(received, { amount: '0.01', currency: 'USDT' })
  })
})

describe('behind the proxy', () => {
  let stack: Stack
  before(async () => {
    stack = await startFullStack()
  })
  after(() => stack.close())

  const fault = (operation: string, kind: string, times = 0) =>
    stack.control('POST', '/faults', { provider: 'cryptom', operation, kind, times })

  const read = async ({ id }: Checkout): Promise<Checkout> =>
    (await stack.request<Checkout>('GET', `/v1/checkouts/${id}`)).body

  for (const kind of ['wrong-amount', 'wrong-coin', 'wrong-network', 'bad-address']) {
    it(`${kind}: the browser gets an error and no address, not even a bad one`, async () => {
      await fault('create', kind, 1)
      const checkout = await stack.openCheckout({ methods: ['cryptom'] })
      const { status, body } = await stack.start(checkout, 'cryptom:USDT:TRON')
      assert.deepEqual([status, (body as { code?: string }).code], [502, 'provider_bad_response'])
      const after = JSON.stringify(await read(checkout))
      assert.ok(!/T[1-9A-HJ-NP-Za-km-z]{33}/.test(after) && after.includes('"payment":null'), after)
    })
  }

  it('an address that changes later: the alarm, and the first one stays', async () => {
    const checkout = await stack.openCheckout()
    const { body: first } = await stack.start(checkout, 'cryptom:USDT:TRON')
    assert.equal(first.payment?.nextAction?.type, 'transfer')
    await fault('detail', 'change-address')
    try {
      const after = await stack.refreshed(checkout)
      assert.deepEqual([after.status, after.reason], ['review', 'conflict'])
      assert.deepEqual(after.payment?.nextAction, first.payment.nextAction)
      const alarms = stack.logs.filter((line) => line.includes('"alarm":"address_changed"'))
      assert.equal(alarms.length, 1)
      assert.match(alarms[0] ?? '', /"level":"error"/)
    } finally {
      await stack.control('DELETE', '/faults')
    }
  })
})
