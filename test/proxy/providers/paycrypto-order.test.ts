import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Method } from '../../../protocol/payment.ts'
import type { PaymentRef } from '../../../proxy/provider.ts'
import type { OrderRecord } from '../../../proxy/providers/paycrypto-answer.ts'
import { toUpdate } from '../../../proxy/providers/paycrypto-order.ts'
import { askFor, scripted, usualAnswer, withMember } from './order-samples.ts'

const RECORD: OrderRecord = {
  currency: 'USDT-TRC20',
  amount: '12.5',
  paid_currency: 'USDT-TRC20',
  paid_amount: '12.5',
  order_id: 'P-77',
  cust_order_id: 'a1'.repeat(16),
  status: '1',
  reason: '',
  create_time: '1767268800000',
  update_time: '1767268800000',
}
const METHOD: Method = {
  id: 'paycrypto:USDT:TRON',
  flow: 'redirect',
  asset: { symbol: 'USDT', network: 'TRON', name: 'Tether' },
  label: 'Tether',
  price: { amount: '12.50', currency: 'USDT' },
  limits: null,
  fields: [],
  consent: null,
  fee: null,
}

const IN_COIN: PaymentRef = {
  paymentId: RECORD.cust_order_id,
  ref: 'P-77',
  claim: null,
  expiresAt: null,
  price: METHOD.price,
  method: METHOD,
  nextAction: null,
  createdAt: 0,
  private: {},
  secret: 'per-order-secret-0123456789-abcdef',
  isWebhookExposed: false,
}
/** A price in money of a state, which may be paid in any coin. */
const IN_DOLLARS: PaymentRef = {
  ...IN_COIN,
  price: { amount: '12.50', currency: 'USD' },
  method: { ...METHOD, id: 'paycrypto:USD', asset: null },
}

const inCoin = (record: Partial<OrderRecord>, payment: Partial<PaymentRef> = {}) =>
  toUpdate({ ...RECORD, ...record }, { ...IN_COIN, ...payment })
const inDollars = (record: Partial<OrderRecord>) =>
  toUpdate({ ...RECORD, currency: 'USD', ...record }, IN_DOLLARS)

describe('paycrypto: a price in a coin', () => {
  for (const [what, record] of [
    ['of another coin', { paid_currency: 'BTC', paid_amount: '12.5' }],
    ['of money of a state', { paid_currency: 'TRY', paid_amount: '12.5' }],
    ['of less of another coin', { paid_currency: 'trx', paid_amount: '0.01' }],
  ] as const) {
    it(`paid with a sum ${what} is for a person, and says what came`, () => {
      assert.deepEqual(inCoin(record), {
        status: 'review',
        reason: 'conflict',
        providerStatus: '1',
        note: 'it was paid in another coin',
        received: { amount: record.paid_amount, currency: record.paid_currency.toUpperCase() },
      })
    })
  }

  it('is paid in that coin on whatever network they name', () => {
    for (const paid_currency of ['USDT', 'usdt-erc20', 'USDT-TRC20']) {
      const { status, received } = inCoin({ paid_currency })
      assert.deepEqual([status, received], ['paid', { amount: '12.5', currency: 'USDT' }])
    }
  })

  it('tells of another coin before it is paid without a conflict', () => {
    assert.deepEqual(inCoin({ status: '2', paid_currency: 'BTC', paid_amount: '1' }), {
      ref: 'P-77',
      status: 'processing',
      providerStatus: '2',
      received: { amount: '1', currency: 'BTC' },
    })
  })

  it('is paid where they say nothing of what came', () => {
    for (const record of [{ paid_amount: '' }, { paid_amount: '0.00' }, { paid_currency: '' }]) {
      assert.deepEqual(inCoin(record), {
        ref: 'P-77',
        status: 'paid',
        providerStatus: '1',
        assurance: 'provider-api',
      })
    }
  })
})

describe('paycrypto: a price in money of a state', () => {
  it('may be paid in any coin, which is named with its network', () => {
    assert.deepEqual(inDollars({}), {
      ref: 'P-77',
      status: 'paid',
      providerStatus: '1',
      assurance: 'provider-api',
      received: { amount: '12.5', currency: 'USDT-TRC20' },
    })
  })

  it('or in itself', () => {
    const { received } = inDollars({ paid_currency: 'usd' })
    assert.deepEqual(received, { amount: '12.5', currency: 'USD' })
  })
})

describe('paycrypto: an order that is another one', () => {
  const conflict = (what: string) => ({
    status: 'review',
    reason: 'conflict',
    providerStatus: '1',
    note: `the order has another ${what}`,
  })

  it('is named by the first thing that differs', () => {
    assert.deepEqual(inCoin({ order_id: 'P-78' }), conflict('order_id'))
    assert.deepEqual(inCoin({ order_id: 'P-78' }, { ref: null }).ref, 'P-78')
    assert.deepEqual(inCoin({ currency: 'USDT-ERC20' }), conflict('currency'))
    assert.deepEqual(inCoin({ amount: '12.51' }), conflict('amount'))
    assert.deepEqual(inCoin({ amount: '1', currency: 'BTC' }), conflict('currency'))
  })

  it('is every order in a currency that we have no row for', () => {
    for (const currency of ['USDT-XYZ', 'USDT-', '', 'USDT-TRON', 'constructor']) {
      assert.deepEqual(inCoin({ currency }), conflict('currency'))
    }
  })
})

describe('paycrypto: an order in the answer to a question', () => {
  /** It is paid, with these members beside what the document has. */
  const asked = async (record: object, options: object = {}) => {
    const { provider } = scripted(
      'paycrypto',
      ({ url }) =>
        Object.entries({ status: 1, ...record }).reduce(
          (answer, [name, value]) => withMember(answer, `result.records.0.${name}`, value),
          usualAnswer('paycrypto', url.pathname),
        ),
      options,
    )
    return askFor('paycrypto', provider)
  }

  it('is paid, though its currency was taken out of the configuration since', async () => {
    assert.equal((await asked({}, { currencies: 'USD' }))?.status, 'paid')
  })

  it('is paid, though what is only shown of it cannot be read', async () => {
    const words = { reason: null, create_time: null, update_time: undefined, currency_rate: [] }
    assert.equal((await asked(words))?.status, 'paid')
  })
})

describe('paycrypto: its limits', () => {
  it('are read without the currencies beside them, which decide nothing', async () => {
    for (const fiat_list of [undefined, null, 'USD', [1]]) {
      const { provider } = scripted('paycrypto', () => ({
        code: 0,
        result: { min_limit: 1, max_limit: 10, fiat_list },
      }))
      const [limits] = (await provider.getLimits?.()) ?? []
      assert.deepEqual([limits?.min, limits?.max], ['1', '10'])
    }
  })
})
