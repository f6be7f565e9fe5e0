import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { decodeJwt } from 'jose'
import { ProviderError } from '../../../proxy/errors.ts'
import { offer } from '../../../proxy/policy.ts'
import {
  METHODS,
  PROVIDER_NAMES,
  askFor,
  newPayment,
  scripted,
  usualAnswer,
} from './order-samples.ts'
import type { Asked, ProviderName } from './order-samples.ts'

const CREATES: Readonly<Record<ProviderName, string>> = {
  cryptom: '/api/transaction/create',
  redoya: 'nothing is called',
  lipaykripto: '/api/external-payment-request',
  paycrypto: '/api/v1/payment',
  lincoln: '/order/create/',
}

/** What leaves for this amount; the answer does not matter here. */
async function leaving(
  name: ProviderName,
  amount: string,
  currency = METHODS[name].price.currency,
) {
  const { provider, asked } = scripted(name)
  const price = { amount, currency }
  const made = await provider.createPayment(newPayment(name, { price })).catch((e: unknown) => e)
  const create = asked.find(({ url }) => url.pathname.includes(CREATES[name]))
  return { made, create }
}

async function literal(name: ProviderName, amount: string): Promise<string | undefined> {
  const { made, create } = await leaving(name, amount)
  if (name !== 'redoya') return /"(?:\w*[aA]mount)":("?[^,"}]+"?)/.exec(create?.body ?? '')?.[1]
  const { nextAction } = made as { nextAction: { url: string } }
  return JSON.stringify(decodeJwt(nextAction.url.split('#')[1] ?? '')['price'])
}

describe('an amount, as it leaves', () => {
  const GOLDEN: readonly (readonly [ProviderName, string, string])[] = [
    ['cryptom', '300', '300'],
    ['cryptom', '300.00', '300.00'],
    ['cryptom', '0.10', '0.10'],
    ['cryptom', '4.35', '4.35'],
    ['cryptom', '9999999999999.99', '9999999999999.99'],
    ['lipaykripto', '300', '300'],
    ['lipaykripto', '100.00', '100.00'],
    ['lipaykripto', '19.99', '19.99'],
    ['lipaykripto', '9999999999999.99', '9999999999999.99'],
    ['paycrypto', '1.30', '"1.30"'],
    ['paycrypto', '12.5', '"12.5"'],
    ['paycrypto', '9999.99', '"9999.99"'],
    ['lincoln', '250.50', '250.5'],
    ['lincoln', '100', '100'],
    ['lincoln', '0.00001', '0.00001'],
    ['redoya', '3', '3'],
    ['redoya', '3.00', '3'],
    ['redoya', '300.0', '300'],
    ['redoya', '1000', '1000'],
  ]
  for (const [name, amount, expected] of GOLDEN) {
    it(`${name}: ${amount} is ${expected}`, async () => {
      assert.equal(await literal(name, amount), expected)
    })
  }
})

/** No amount anywhere. */
const NONSENSE = [
  'NaN',
  'Infinity',
  '1e3',
  '1E3',
  '1e-7',
  '1００',
  '１００',
  '٣٠٠',
  '1,00',
  '1.000,00',
  '-0',
  '-5',
  '+5',
  '0',
  '0.00',
  '01',
  '.5',
  '5.',
  '0x10',
  '1_000',
  ' 300',
  '300 ',
  '300\n',
  '',
  '9007199254740993',
  '1'.repeat(40),
  '\ud800',
  '300\ud800',
  '300\u0000',
  'null',
  '{}',
]

/** Amounts that one of them cannot express, and must not be given another one for. */
const INEXPRESSIBLE: readonly (readonly [ProviderName, string])[] = [
  ['cryptom', '1.001'],
  ['lipaykripto', '1.001'],
  ['paycrypto', '1.001'],
  ['lincoln', '0.0000001'],
  ['lincoln', '9007199254740.9931'],
  ['redoya', '2'],
  ['redoya', '2.99'],
  ['redoya', '12.50'],
  ['redoya', '300.01'],
  ['redoya', '999.99'],
  ['redoya', '1000.01'],
  ['redoya', '1001'],
  ['redoya', '9999'],
]

async function isRefused(name: ProviderName, amount: string, currency?: string): Promise<void> {
  const { made, create } = await leaving(name, amount, currency)
  assert.ok(made instanceof ProviderError, String(made))
  assert.deepEqual([made.code, made.mayHaveHappened], ['payment_refused', false])
  assert.equal(create, undefined, 'nothing left')
}

describe('an amount that must not leave', () => {
  for (const name of PROVIDER_NAMES) {
    for (const amount of NONSENSE) {
      it(`${name}: ${JSON.stringify(amount)} is refused`, () => isRefused(name, amount))
    }
  }

  for (const [name, amount] of INEXPRESSIBLE) {
    it(`${name}: ${amount} is refused, not rounded`, () => isRefused(name, amount))
  }

  for (const name of ['cryptom', 'redoya', 'lipaykripto', 'paycrypto'] as const) {
    it(`${name}: the right figure in another currency is refused`, () =>
      isRefused(name, '300', 'USD'))
  }

  it('paycrypto: its limits themselves are not offered', async () => {
    const { provider } = scripted('paycrypto')
    const [method] = await provider.listMethods()
    assert.ok(method)
    const isOffered = (amount: string) =>
      offer(method, [{ amount, currency: 'USDT' }]) !== undefined
    assert.deepEqual(['1', '1.00', '1.01', '9999.99', '10000', '10000.00'].map(isOffered), [
      false,
      false,
      true,
      true,
      false,
      false,
    ])
  })
})

/** An amount that a provider says, and that no reader of ours may take for a number. */
const UNREADABLE = [
  'NaN',
  '1e3',
  '１００',
  '1,00',
  '-0',
  '1e-7',
  '9007199254740993',
  '\ud800',
  null,
  {},
  [1],
]

describe('an amount, as it comes back', () => {
  const member: Readonly<Record<string, readonly [ProviderName, string]>> = {
    currencyAmount: ['cryptom', 'create'],
    coinAmount: ['cryptom', 'create'],
    inAmount: ['lincoln', 'create'],
    tryAmount: ['lipaykripto', 'status'],
    amount: ['paycrypto', 'orders'],
    paid_amount: ['paycrypto', 'orders'],
    payment_amount: ['redoya', 'verify'],
  }
  for (const [field, [name, word]] of Object.entries(member)) {
    for (const value of UNREADABLE) {
      it(`${name}, ${field} ${JSON.stringify(value)}: a typed error, nothing paid`, async () => {
        const isCreate = word === 'create'
        const { provider } = scripted(name, (asked: Asked) => {
          const usual = JSON.stringify(usualAnswer(name, asked.url.pathname) ?? {})
          if (!isCreate && field === 'paid_amount') {
            return new Response(
              usual.replace('"amount"', `"paid_amount":${JSON.stringify(value)},"amount"`),
            )
          }
          return new Response(
            usual.replace(
              new RegExp(`"${field}":("[^"]*"|[\\d.]+)`),
              `"${field}":${JSON.stringify(value)}`,
            ),
          )
        })
        await assert.rejects(
          isCreate ? provider.createPayment(newPayment(name)) : askFor(name, provider),
          (error: unknown) => {
            assert.ok(error instanceof ProviderError, String(error))
            return error.code === 'provider_bad_response'
          },
        )
      })
    }
  }
})
