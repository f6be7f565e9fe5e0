import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Method, NextAction } from '../../../protocol/payment.ts'
import type { NewPayment, PaymentRef } from '../../../proxy/provider.ts'
import {
  depositAddress,
  findOther,
  orderShape,
  toTime,
  toTransfer,
  toUpdate,
} from '../../../proxy/providers/lincoln-order.ts'
import type { Details, Order } from '../../../proxy/providers/lincoln-order.ts'

const TRON = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'
const OTHER_TRON = 'TLa2f6VPqDgRE67v1736s7bJ8Ray5wYjU7'
const ETHEREUM = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'
const USDT = { symbol: 'USDT', network: 'TRON', name: 'Tether' } as const
const EXPIRES_AT = Date.parse('2026-01-01T12:30:00Z')

const methodOf = (asset: Method['asset']): Method => ({
  id: 'lincoln:route',
  flow: 'transfer',
  asset,
  label: 'Tether',
  price: { amount: '250.50', currency: 'USDT' },
  limits: null,
  fields: [],
  consent: null,
  fee: null,
})
const METHOD = methodOf(USDT)
const NO_ASSET = methodOf(null)
const PRICE = { amount: '250.50', currency: 'USDT' }

const NEW: NewPayment = {
  paymentId: 'a1'.repeat(16),
  orderId: 'A-1',
  description: null,
  price: PRICE,
  method: METHOD,
  fields: {},
  customer: {},
  locale: null,
  returnUrl: 'https://pay.shop.example/r',
  webhookUrl: 'https://pay.shop.example/w',
  secret: 'per-order-secret-0123456789-abcdef',
}

const SHOWN: NextAction = {
  type: 'transfer',
  address: TRON,
  amount: '250.50',
  asset: USDT,
  uri: null,
  expiresAt: '2026-01-01T12:30:00.000Z',
}

const ref = (more: Partial<PaymentRef> = {}): PaymentRef => ({
  paymentId: NEW.paymentId,
  ref: null,
  claim: null,
  expiresAt: null,
  price: PRICE,
  method: METHOD,
  nextAction: SHOWN,
  createdAt: 0,
  private: {},
  secret: NEW.secret,
  isWebhookExposed: false,
  ...more,
})

const order = (status: string, xml?: string, account?: string, inAmount = '250.5'): Order => ({
  status,
  inAmount,
  route: { from: { xml, paymentDetails: { account } } },
})

const templateOf = (walletAddr: string): Details => ({
  merchant: { data: { merchantData: { walletAddr } } },
})

describe('lincoln: where the engine puts an address', () => {
  for (const [what, details, texts] of [
    ['nowhere', null, []],
    ['nowhere, in an empty object', {}, []],
    ['in a text', { account: TRON }, [TRON]],
    ['in several', { account: `${TRON}##${OTHER_TRON}` }, [TRON, OTHER_TRON]],
    ['among words', { account: `send  to\n${TRON} now` }, ['send', 'to', TRON, 'now']],
    ['in a template', templateOf(TRON), [TRON]],
    ['in both', { account: OTHER_TRON, ...templateOf(`to ${TRON}`) }, [OTHER_TRON, 'to', TRON]],
  ] as const) {
    it(what, () => assert.deepEqual(depositAddress(details), texts))
  }
})

describe('lincoln: what a shopper is to send', () => {
  it('goes to the one address of the coin’s network', () => {
    assert.deepEqual(toTransfer(NEW, ['send', ETHEREUM, TRON, TRON], EXPIRES_AT), SHOWN)
  })

  it('has a link where a wallet understands one', () => {
    const asset = { symbol: 'TRX', network: 'TRON', name: 'TRON' } as const
    const transfer = toTransfer({ ...NEW, method: methodOf(asset) }, [TRON], EXPIRES_AT)
    assert.ok(transfer?.type === 'transfer')
    assert.equal(transfer.uri, `tron:${TRON}?amount=250.5`)
    const unknown = { symbol: 'NEW', network: 'TRON', name: 'New' } as const
    const bare = toTransfer({ ...NEW, method: methodOf(unknown) }, [TRON], EXPIRES_AT)
    assert.ok(bare?.type === 'transfer')
    assert.equal(bare.uri, null)
  })

  it('is not known without one, with two, with another network’s, or without a coin', () => {
    for (const texts of [[], [ETHEREUM], [TRON, OTHER_TRON], [`${TRON}x`]]) {
      assert.equal(toTransfer(NEW, texts, EXPIRES_AT), undefined)
    }
    assert.equal(toTransfer({ ...NEW, method: NO_ASSET }, [TRON], EXPIRES_AT), undefined)
  })
})

describe('lincoln: an order that is another one', () => {
  for (const [what, made, payment, differs] of [
    ['the same', order('new', 'USDTTRC20', TRON), ref(), undefined],
    ['the same, in another word', order('new', 'USDTTRC', TRON), ref(), undefined],
    ['without a word', order('new', undefined, TRON), ref(), undefined],
    ['one more', order('new', 'USDTTRC20', TRON, '250.51'), ref(), 'amount'],
    ['one less', order('new', 'USDTTRC20', TRON, '250.49'), ref(), 'amount'],
    ['another coin', order('new', 'TRX', TRON), ref(), 'currency'],
    ['another network', order('new', 'USDTBEP20', TRON), ref(), 'currency'],
    ['a coin that nobody knows', order('new', 'XYZ', TRON), ref(), 'currency'],
    ['a coin, for money of a state', order('new', 'BTC'), ref({ method: NO_ASSET }), 'currency'],
    ['money of a state', order('new', 'SBERRUB'), ref({ method: NO_ASSET }), undefined],
    [
      'money of a state, as in the beginning',
      order('new', 'SBERRUB'),
      ref({ method: NO_ASSET, private: { xml: 'SBERRUB' } }),
      undefined,
    ],
    [
      'money of another state than in the beginning',
      order('new', 'CARDUAH'),
      ref({ method: NO_ASSET, private: { xml: 'SBERRUB' } }),
      'currency',
    ],
  ] as const) {
    it(`${what}: ${differs ?? 'none'}`, () => assert.equal(findOther(made, payment), differs))
  }

  it('is for a person, and says what differs', () => {
    const conflict = (note: string) => ({
      status: 'review',
      reason: 'conflict',
      providerStatus: 'done',
      note,
    })
    assert.deepEqual(
      toUpdate(order('done', 'TRX', TRON), ref(), 'done'),
      conflict('the order has another currency'),
    )
    assert.deepEqual(
      toUpdate(order('done', 'USDTTRC20', TRON, '1'), ref(), 'done'),
      conflict('the order has another amount'),
    )
    assert.deepEqual(toUpdate(order('done', 'USDTTRC20', OTHER_TRON), ref(), 'done'), {
      ...conflict('the order has another address'),
      isAddressChanged: true,
    })
  })

  it('has another address only where it names one, and not the one that was shown', () => {
    const statusOf = (account: string | undefined, more: Partial<PaymentRef> = {}) =>
      toUpdate(order('hold', 'USDTTRC20', account), ref(more), 'done').reason
    for (const account of [undefined, 'ask us', ETHEREUM, `${OTHER_TRON} ${TRON}`]) {
      assert.equal(statusOf(account), undefined, account)
    }
    const page = { type: 'redirect', url: 'https://lincoln.example' } as const
    assert.equal(statusOf(OTHER_TRON, { nextAction: page }), undefined)
    assert.equal(statusOf(OTHER_TRON, { nextAction: null }), undefined)
    const rubles = toUpdate(order('hold', 'SBERRUB', OTHER_TRON), ref({ method: NO_ASSET }), 'done')
    assert.equal(rubles.reason, undefined)
    assert.equal(statusOf(OTHER_TRON), 'conflict')
  })
})

describe('lincoln: an order that is done', () => {
  it('is paid, wherever else the merchant says that one is', () => {
    for (const paidAt of ['done', 'inProgressPayout']) {
      assert.deepEqual(toUpdate(order('done', 'USDTTRC20', TRON), ref(), paidAt), {
        status: 'paid',
        assurance: 'provider-api',
        providerStatus: 'done',
        received: { amount: '250.5', currency: 'USDT' },
      })
    }
  })
})

describe('lincoln: an order on the wire', () => {
  const isOne = (more: object): boolean =>
    orderShape.safeParse({ order: { ...order('new', 'BTC', TRON), ...more } }).success
  const fromSide = (from: object): object => ({ route: { from } })

  it('may leave out what is not needed', () => {
    for (const more of [
      {},
      { expiresAt: null },
      { expiresAt: 7 },
      { uid: 1409 },
      fromSide({}),
      fromSide({ paymentDetails: null }),
      fromSide({ paymentDetails: { account: null, showIPaidBtn: null, merchant: null } }),
      fromSide({ paymentDetails: { merchant: { data: 'of another template' } } }),
      fromSide({ xml: 'X'.repeat(30), paymentDetails: { account: 'x'.repeat(10_000) } }),
    ]) {
      assert.ok(isOne(more), JSON.stringify(more).slice(0, 60))
    }
  })

  it('is none with a text without end, or with words for numbers', () => {
    for (const more of [
      { inAmount: 'much' },
      { expiresAt: {} },
      { uid: '../x' },
      { status: 7 },
      fromSide({ xml: 'X'.repeat(31) }),
      fromSide({ paymentDetails: { account: 'x'.repeat(10_001) } }),
      fromSide({ paymentDetails: { showIPaidBtn: 'yes' } }),
    ]) {
      assert.equal(isOne(more), false, JSON.stringify(more).slice(0, 60))
    }
  })

  it('keeps a template’s address up to the same length', () => {
    const read = (length: number) => {
      const paymentDetails = templateOf('x'.repeat(length))
      const data = { order: { ...order('new'), ...fromSide({ paymentDetails }) } }
      return orderShape.parse(data).order.route.from.paymentDetails?.merchant
    }
    assert.ok(read(10_000))
    assert.equal(read(10_001), null)
  })
})

describe('lincoln: when an order ends', () => {
  const time = Date.parse('2026-01-01T00:00:00Z')

  for (const value of [
    time,
    time / 1000,
    String(time),
    String(time / 1000),
    '2026-01-01T00:00:00Z',
  ]) {
    it(`${JSON.stringify(value)} is that time`, () => assert.equal(toTime(value), time))
  }

  it('is in milliseconds from a million million on', () => {
    assert.equal(toTime(1e12), 1e12)
    assert.equal(toTime(Date.parse('2099-12-31T23:59:59Z')), 4_102_444_799_000)
  })

  for (const value of [
    null,
    undefined,
    '',
    'soon',
    0,
    -1,
    '-5',
    NaN,
    4_102_444_800_000,
    1e12 - 1,
    '9'.repeat(30),
  ]) {
    it(`${String(value)} is none`, () => assert.equal(toTime(value), undefined))
  }
})
