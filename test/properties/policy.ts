/**
 * What the proxy makes of an observation, and which method it offers (I1, I5, I12, T5).
 * @module
 */
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import type { Money } from '../../protocol/money.ts'
import { PAYMENT_STATUSES } from '../../protocol/status.ts'
import type { PaymentStatus } from '../../protocol/status.ts'
import { judge, offer } from '../../proxy/policy.ts'
import type { Limits, PaymentUpdate, ProviderMethod } from '../../proxy/provider.ts'
import { choices } from './facts.ts'
import { anyAmount } from './money.ts'
import { property } from './property.ts'
import type { Property } from './property.ts'
import { aggregateOf, paymentOf } from './records.ts'

const isPaidFor = (status: PaymentStatus): boolean =>
  status === 'paid' || status === 'refunding' || status === 'refunded'

/** Billionths of billionths, as whole numbers. */
function value(amount: string): bigint {
  const [whole = '', fraction = ''] = amount.split('.')
  return BigInt(whole + fraction.padEnd(18, '0'))
}

/** A price, what is said to have arrived, and how it stands with the other attempts. */
const anyCase = fc
  .tuple(anyAmount, anyAmount, fc.nat(9 * 4 * 2 * 2 * 9 - 1))
  .map(([amount, other, code]) => {
    const choose = choices(code)
    const status = choose(PAYMENT_STATUSES)
    const received = choose<Money | undefined>([
      { amount: other, currency: 'TRY' },
      { amount, currency: 'TRY' },
      undefined,
      { amount: other, currency: 'USDT' },
    ])
    const isRefTaken = choose([false, true])
    const isSelfPaid = choose([false, true])
    const elsewhere = choose(PAYMENT_STATUSES)
    const update: PaymentUpdate = {
      ref: 'r1',
      status,
      providerStatus: 'word',
      assurance: 'provider-api',
      ...(received && { received }),
    }
    const paid = { id: 'p', at: 1, kind: 'polled', status: 'paid' } as const
    const price = { amount, currency: 'TRY' }
    const own = paymentOf('a', isSelfPaid ? [paid] : [], { price })
    const another = paymentOf('b', [{ ...paid, status: elsewhere }])
    return { update, received, isRefTaken, elsewhere, own, another }
  })

const anyLimits: fc.Arbitrary<Limits> = fc
  .tuple(anyAmount, anyAmount, fc.nat(2 * 3 * 3 * 19 - 1))
  .map(([min, max, code]) => {
    const choose = choices(code)
    return {
      currency: choose(['TRY', 'USDT']),
      ...(choose([true, true, false]) && { min }),
      ...(choose([true, true, false]) && { max }),
      decimals: choose(Array.from({ length: 19 }, (_, decimals) => decimals)),
      isExclusive: code % 2 === 0,
    }
  })

const METHOD: Omit<ProviderMethod, 'limits'> = {
  id: 'm',
  flow: 'redirect',
  asset: null,
  label: 'M',
  fields: [],
  consent: null,
  fee: null,
}

function isAllowed(price: Money, { currency, min, max, decimals, isExclusive }: Limits): boolean {
  const asked = value(price.amount)
  const isAbove = min === undefined || (isExclusive ? asked > value(min) : asked >= value(min))
  const isBelow = max === undefined || (isExclusive ? asked < value(max) : asked <= value(max))
  const fits = asked % 10n ** BigInt(18 - decimals) === 0n
  return price.currency === currency && isAbove && isBelow && fits
}

export const policyProperties: readonly Property[] = [
  property(
    { rule: 'I1', title: 'paid stays paid only for the whole price, by an id that is its own' },
    anyCase,
    ({ update, received, isRefTaken, own, another }) => {
      const aggregate = aggregateOf([own, another])
      const judged = judge(update, own.payment, aggregate, isRefTaken)
      const { price } = own.payment
      const isShort = received?.currency === 'TRY' && value(received.amount) < value(price.amount)
      const isProved = update.status === 'paid' && !isRefTaken && !isShort
      return (judged.status === 'paid') === isProved
    },
  ),
  property(
    { rule: 'I5', title: 'an id that another payment owns gives neither ref, money nor end' },
    anyCase,
    ({ update, own, another }) => {
      const judged = judge(update, own.payment, aggregateOf([own, another]), true)
      return (
        judged.status === 'review' &&
        judged.reason === 'conflict' &&
        !('ref' in judged) &&
        !('received' in judged)
      )
    },
  ),
  property(
    { rule: 'I6', title: 'money for an order that another attempt paid is a duplicate, and kept' },
    anyCase,
    ({ update, elsewhere, own, another, received }) => {
      const judged = judge(update, own.payment, aggregateOf([own, another]), false)
      if (judged.status !== 'paid') return true
      const isKept = isDeepStrictEqual(judged.received, received)
      return isKept && (judged.reason === 'duplicate') === isPaidFor(elsewhere)
    },
  ),
  property(
    { rule: 'I1', title: 'a word that is not paid is never made better' },
    anyCase,
    ({ update, own, another }) =>
      update.status === 'paid' ||
      isDeepStrictEqual(judge(update, own.payment, aggregateOf([own, another]), false), update),
  ),
  property(
    {
      rule: 'T5',
      title: 'a method is offered for a price of the order that its limits allow, as it is',
    },
    fc.tuple(anyAmount, anyAmount, fc.array(anyLimits, { maxLength: 3 })),
    ([first, second, limits]) => {
      const prices = [
        { amount: first, currency: 'TRY' },
        { amount: second, currency: 'USDT' },
      ]
      const method = offer({ ...METHOD, limits }, prices)
      const allowed = prices.filter((price) => {
        const limit = limits.find(({ currency }) => currency === price.currency)
        return limit !== undefined && isAllowed(price, limit)
      })
      return isDeepStrictEqual(method?.price, allowed[0])
    },
  ),
]
