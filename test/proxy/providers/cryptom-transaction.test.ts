import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Method, NextAction } from '../../../protocol/payment.ts'
import type { PaymentRef } from '../../../proxy/provider.ts'
import {
  createdShape,
  findAccountAsset,
  toTransfer,
  toUpdate,
} from '../../../proxy/providers/cryptom-transaction.ts'
import type { NewTransaction } from '../../../proxy/providers/cryptom-transaction.ts'

const ID = 'c0ffee'.repeat(4)
const ADDRESS = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'
const USDT = { symbol: 'USDT', network: 'TRON', name: 'Tether' } as const
const PRICE = { amount: '300.00', currency: 'TRY' }
const TRANSACTION: NewTransaction = {
  _id: ID,
  status: 'PENDING',
  currency: 'TRY',
  currencyAmount: '300',
  coin: 'USDT',
  network: 'TRX',
  coinAmount: '7.5',
  timeout: '1767268800',
  wallet: { address: ADDRESS, coin: 'USDT', network: 'TRX' },
}
const METHOD: Method = {
  id: 'cryptom:USDT:TRON',
  flow: 'transfer',
  asset: USDT,
  label: 'Tether',
  price: PRICE,
  limits: null,
  fields: [],
  consent: null,
  fee: null,
}
const SHOWN: NextAction = {
  type: 'transfer',
  address: ADDRESS,
  amount: '7.5',
  asset: USDT,
  uri: null,
  expiresAt: '2026-01-01T12:00:00.000Z',
}

const payment = (more: Partial<PaymentRef> = {}): PaymentRef => ({
  paymentId: 'a1'.repeat(16),
  ref: ID,
  claim: null,
  expiresAt: null,
  price: PRICE,
  method: METHOD,
  nextAction: SHOWN,
  createdAt: 0,
  private: {},
  secret: 'per-order-secret-0123456789-abcdef',
  isWebhookExposed: false,
  ...more,
})

const told = (transaction: Partial<NewTransaction>, more: Partial<PaymentRef> = {}) =>
  toUpdate({ ...TRANSACTION, ...transaction }, payment(more))

describe('cryptom: a coin on a network, in their words', () => {
  for (const [word, symbol, network] of [
    ['USDT@TRX', 'USDT', 'TRON'],
    ['TRX@TRON', 'TRX', 'TRON'],
    ['ETH@ETH', 'ETH', 'ETHEREUM'],
    ['USDT@BSC', 'USDT', 'BSC'],
    ['BNB@BNB', 'BNB', 'BSC'],
    ['SOL@SOL', 'SOL', 'SOLANA'],
    ['BTC@BTC', 'BTC', 'BITCOIN'],
  ] as const) {
    it(`${word}: ${symbol} on ${network}`, () => {
      const found = findAccountAsset(word)
      assert.deepEqual([found?.asset.symbol, found?.asset.network], [symbol, network])
      assert.equal(`${found?.coin}@${found?.network}`, word)
    })
  }

  for (const word of [
    '',
    'USDT',
    '@TRX',
    'USDT@',
    'USDT@tron',
    'BTC@TRX',
    'USDT@toString',
    'TRX@@TRX',
  ]) {
    it(`${JSON.stringify(word)}: none that we know`, () => {
      assert.equal(findAccountAsset(word), undefined)
    })
  }
})

describe('cryptom: a transaction on the wire', () => {
  const isOne = (more: object): boolean =>
    createdShape.safeParse({ data: { ...TRANSACTION, ...more } }).success

  it('is one with what it must have, and the words about the price short', () => {
    assert.ok(isOne({}))
    assert.ok(isOne({ conversionRate: '1 USDT = 40 TRY', exchangeFee: 'x'.repeat(100) }))
  })

  for (const wrong of [
    { _id: `${ID}0` },
    { _id: `0${ID}` },
    { _id: ID.toUpperCase() },
    { timeout: '17672688000' },
    { timeout: 'x1767268800' },
    { timeout: '1767268800x' },
    { conversionRate: 'x'.repeat(101) },
    { exchangeFee: 'x'.repeat(101) },
    { totalTransferAmount: '-1' },
    { isTransferComplete: 1 },
  ]) {
    it(`is none with ${JSON.stringify(wrong).slice(0, 50)}`, () =>
      assert.equal(isOne(wrong), false))
  }
})

describe('cryptom: what a shopper is to send', () => {
  const [usdt, trx] = ['USDT@TRX', 'TRX@TRX'].map((word) => findAccountAsset(word)?.asset)

  it('is their numbers as they are, and the words about the price', () => {
    assert.ok(usdt && trx)
    const at = Date.parse('2026-01-01T12:15:00Z')
    const transfer = {
      type: 'transfer',
      address: ADDRESS,
      amount: '7.5',
      asset: USDT,
      uri: null,
      expiresAt: '2026-01-01T12:15:00.000Z',
      quote: { rate: null, fee: null },
    }
    assert.deepEqual(toTransfer(TRANSACTION, usdt, at), transfer)
    const quoted = { ...TRANSACTION, conversionRate: '1 USDT = 40 TRY', exchangeFee: '1%' }
    assert.deepEqual(toTransfer(quoted, usdt, at), {
      ...transfer,
      quote: { rate: '1 USDT = 40 TRY', fee: '1%' },
    })
    assert.deepEqual(toTransfer(TRANSACTION, trx, at), {
      ...transfer,
      asset: { symbol: 'TRX', network: 'TRON', name: 'TRON' },
      uri: `tron:${ADDRESS}?amount=7.5`,
    })
  })
})

describe('cryptom: what was changed after it was shown', () => {
  for (const [what, transaction] of [
    ['currencyAmount', { currencyAmount: '30' }],
    ['currency', { currency: 'USD' }],
    ['coin', { coin: 'TRX' }],
    ['coin', { network: 'ETH' }],
    ['coin', { coin: 'DOGE' }],
    ['wallet', { wallet: { ...TRANSACTION.wallet, coin: 'TRX' } }],
    ['wallet', { wallet: { ...TRANSACTION.wallet, network: 'ETH' } }],
  ] as const) {
    it(`${JSON.stringify(transaction)}: a conflict that names the ${what}`, () => {
      assert.deepEqual(told({ ...transaction, isTransferComplete: true }), {
        status: 'review',
        reason: 'conflict',
        providerStatus: 'PENDING',
        note: `the provider changed the ${what}`,
      })
    })
  }

  it('an address: a conflict, and the shopper must not go on', () => {
    const wallet = { ...TRANSACTION.wallet, address: 'TLa2f6VPqDgRE67v1736s7bJ8Ray5wYjU7' }
    assert.deepEqual(told({ wallet }), {
      status: 'review',
      reason: 'conflict',
      providerStatus: 'PENDING',
      note: 'the provider changed the address',
      isAddressChanged: true,
    })
    // What was never shown cannot have changed.
    assert.equal(told({ wallet }, { nextAction: null }).status, 'pending')
    const page = { type: 'redirect', url: 'https://cryptom.example' } as const
    assert.equal(told({ wallet }, { nextAction: page }).status, 'pending')
  })

  it('a coin of a method that has none: a conflict', () => {
    assert.equal(told({}, { method: { ...METHOD, asset: null } }).reason, 'conflict')
  })
})

describe('cryptom: what has arrived', () => {
  it('of all of it is no part, as long as it is not complete', () => {
    for (const totalTransferAmount of ['7.5', '7.50', '8']) {
      assert.deepEqual(told({ status: 'CONFIRMING', totalTransferAmount }), {
        status: 'processing',
        providerStatus: 'CONFIRMING',
        received: { amount: totalTransferAmount, currency: 'USDT' },
      })
    }
  })

  it('of nothing is nothing', () => {
    assert.deepEqual(told({ totalTransferAmount: '0.00' }), {
      status: 'pending',
      providerStatus: 'PENDING',
    })
  })
})
