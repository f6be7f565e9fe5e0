import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { PaymentUpdate } from '../../proxy/provider.ts'
import { cryptom } from '../../proxy/providers/index.ts'
import { NOW, connect, fails, newPayment, refOf } from './proof.ts'

const REF = 'c0ffee'.repeat(4)
const ADDRESS = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'
const OTHER_ADDRESS = 'TLa2f6VPqDgRE67v1736s7bJ8Ray5wYjU7'
const ETHEREUM_ADDRESS = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'
const PRICE = { amount: '300.00', currency: 'TRY' }
const WALLET = { address: ADDRESS, coin: 'USDT', network: 'TRX' }
const TRANSACTION = {
  _id: REF,
  status: 'PENDING',
  currency: 'TRY',
  currencyAmount: 300,
  coin: 'USDT',
  network: 'TRX',
  coinAmount: '7.5',
  isTransferComplete: false,
  timeout: String(NOW / 1000 + 900),
  wallet: WALLET,
}

const OPTIONS = {
  baseUrl: 'https://cryptom.example',
  email: 'shop@example.org',
  password: 'not-a-real-password',
  assets: 'USDT@TRX',
}

const bench = (transaction: object = {}) =>
  connect(cryptom(OPTIONS), (path) =>
    path === '/auth'
      ? { accessToken: 'token', expiresIn: { accessToken: NOW + 3_600_000 } }
      : { data: { ...TRANSACTION, ...transaction } },
  )

async function create(transaction: object = {}) {
  const { provider } = bench(transaction)
  return provider.createPayment(await newPayment(provider, PRICE))
}

async function told(transaction: object = {}): Promise<PaymentUpdate | undefined> {
  const { provider } = bench(transaction)
  const payment = await newPayment(provider, PRICE)
  const { nextAction } = await create()
  return provider.getPayment?.(refOf(payment, { ref: REF, nextAction }))
}

describe('what a transaction of Cryptom’s proves when it is made', () => {
  it('shows exactly what was asked for', async () => {
    const { ref, status, nextAction, expiresAt } = await create()
    assert.deepEqual([ref, status, expiresAt], [REF, 'pending', NOW + 900_000])
    assert.ok(nextAction.type === 'transfer')
    assert.deepEqual([nextAction.address, nextAction.amount], [ADDRESS, '7.5'])
  })

  for (const [what, transaction] of Object.entries({
    'another amount': { currencyAmount: 200 },
    'another currency': { currency: 'USD' },
    'another coin': { coin: 'TRX' },
    'another network': { network: 'ETH' },
    'a wallet of another coin': { wallet: { ...WALLET, coin: 'TRX' } },
    'a wallet on another network': { wallet: { ...WALLET, network: 'ETH' } },
    'an address with one wrong character': {
      wallet: { ...WALLET, address: ADDRESS.replace('q8Z', 'q9Z') },
    },
    'an address of another network': { wallet: { ...WALLET, address: ETHEREUM_ADDRESS } },
    'nothing to pay': { coinAmount: '0' },
    'more decimals than the coin has': { coinAmount: '7.1234567' },
    'an id that would climb out of a path': { _id: '../../admin' },
    'an amount that is none': { coinAmount: '7e9' },
    'a time that is none': { timeout: 'soon' },
  })) {
    it(`${what}: nothing is shown`, () => fails(create(transaction), 'provider_bad_response', true))
  }
})

describe('what a transaction of Cryptom’s proves later', () => {
  it('is paid by `isTransferComplete` and by nothing else', async () => {
    assert.equal(
      (await told({ isTransferComplete: true, totalTransferAmount: '7.5' }))?.status,
      'paid',
    )
    for (const status of ['DONE', 'CONVERTED', 'WALLET_CHARGED', 'TRANSFERRED', 'PAID']) {
      const update = await told({ status, totalTransferAmount: '7.5' })
      assert.equal(update?.status, 'processing', status)
      assert.equal(update?.assurance, undefined)
    }
    assert.equal(
      (await told({ status: 'DONE', isTransferComplete: 'true' }).catch(() => null))?.status,
      undefined,
    )
    await fails(told({ status: 'toString' }), 'provider_bad_response')
  })

  for (const [status, ours] of [
    ['PENDING', 'pending'],
    ['CONVERTING', 'processing'],
    ['MANUAL_CHECK', 'review'],
    ['TIMEOUT', 'expired'],
    ['CANCELLED', 'canceled'],
  ] as const) {
    it(`${status}: ${ours}`, async () => assert.equal((await told({ status }))?.status, ours))
  }

  it('says how much came, and that it was too much or too little', async () => {
    const whole = { isTransferComplete: true, totalTransferAmount: '7.50' }
    assert.deepEqual(await told(whole), {
      status: 'paid',
      assurance: 'provider-api',
      providerStatus: 'PENDING',
      received: { amount: '7.50', currency: 'USDT' },
    })
    assert.equal((await told({ ...whole, totalTransferAmount: '7.51' }))?.reason, 'overpaid')
    assert.equal((await told({ isTransferComplete: true }))?.received, undefined)
    const part = await told({ status: 'TRANSFERRED', totalTransferAmount: '1' })
    assert.deepEqual(
      [part?.status, part?.reason, part?.received],
      ['processing', 'underpaid', { amount: '1', currency: 'USDT' }],
    )
  })

  for (const status of ['TIMEOUT', 'CANCELLED', 'MANUAL_CHECK']) {
    it(`${status} with a part of the money is for a person`, async () => {
      const update = await told({ status, totalTransferAmount: '1' })
      assert.deepEqual([update?.status, update?.reason], ['review', 'underpaid'])
    })
  }

  it('another address than the one that was shown is for a person, complete or not', async () => {
    const wallet = { ...WALLET, address: OTHER_ADDRESS }
    for (const isTransferComplete of [true, false]) {
      const update = await told({ wallet, isTransferComplete })
      assert.deepEqual([update?.status, update?.reason], ['review', 'conflict'])
    }
  })

  for (const [what, transaction] of Object.entries({
    amount: { currencyAmount: 3 },
    currency: { currency: 'USD' },
    coin: { coin: 'TRX' },
    network: { network: 'ETH' },
    'wallet’s coin': { wallet: { ...WALLET, coin: 'TRX' } },
  })) {
    it(`another ${what} than at first is for a person, never paid`, async () => {
      const update = await told({ ...transaction, isTransferComplete: true })
      assert.deepEqual([update?.status, update?.reason], ['review', 'conflict'])
    })
  }

  it('an answer about another transaction proves nothing', () =>
    fails(told({ _id: 'bad'.repeat(8), isTransferComplete: true }), 'provider_bad_response'))
})
