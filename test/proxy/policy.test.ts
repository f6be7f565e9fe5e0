import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Money } from '../../protocol/money.ts'
import type { Method } from '../../protocol/payment.ts'
import type { PaymentState } from '../../protocol/projection.ts'
import { judge, offer, settle, weigh } from '../../proxy/policy.ts'
import type { Limits, PaymentUpdate } from '../../proxy/provider.ts'
import type { Aggregate, PaymentRecord } from '../../proxy/records.ts'

const METHOD: Method = {
  id: 'paycrypto:USDT:TRON',
  flow: 'redirect',
  asset: null,
  label: 'Tether',
  price: { amount: '12.50', currency: 'USDT' },
  limits: null,
  fields: [],
  consent: null,
  fee: null,
}

const STATE: PaymentState = {
  status: 'pending',
  reason: null,
  received: null,
  assurance: null,
  paidAt: null,
}

const payment = (state: Partial<PaymentState> = {}, more: Partial<PaymentRecord> = {}) =>
  ({
    id: 'p1',
    checkoutId: 'c1',
    provider: 'paycrypto',
    method: METHOD,
    price: METHOD.price,
    state: { ...STATE, ...state },
    expiresAt: 1_000_000,
    isShown: true,
    ...more,
  }) as PaymentRecord

const aggregate = (...payments: PaymentRecord[]) => ({ payments }) as unknown as Aggregate

const paid = (received?: Money): PaymentUpdate => ({
  status: 'paid',
  providerStatus: '1',
  assurance: 'provider-api',
  ...(received && { received }),
})

const verdict = (update: PaymentUpdate, others: PaymentRecord[] = [], isRefTaken = false) => {
  const own = payment()
  const { status, reason } = judge(update, own, aggregate(own, ...others), isRefTaken)
  return [status, reason]
}

describe('what an update is worth', () => {
  for (const [amount, currency, status, reason] of [
    ['12.50', 'USDT', 'paid', undefined],
    ['12.5', 'USDT', 'paid', undefined],
    ['12.499999', 'USDT', 'review', 'underpaid'],
    ['0', 'USDT', 'review', 'underpaid'],
    ['12.500001', 'USDT', 'paid', 'overpaid'],
    ['1', 'TRX', 'paid', undefined],
  ] as const) {
    it(`"paid" with ${amount} ${currency} received: ${status}${reason ? `, ${reason}` : ''}`, () => {
      assert.deepEqual(verdict(paid({ amount, currency })), [status, reason])
    })
  }

  it('"paid" that does not say what came is the provider’s own word', () => {
    assert.deepEqual(verdict(paid()), ['paid', undefined])
  })

  it('money for an order that is paid already is a duplicate', () => {
    for (const status of ['paid', 'refunding', 'refunded'] as const) {
      assert.deepEqual(verdict(paid(), [payment({ status }, { id: 'p2' })]), ['paid', 'duplicate'])
    }
    assert.deepEqual(verdict(paid(), [payment({ status: 'failed' }, { id: 'p2' })]), [
      'paid',
      undefined,
    ])
  })

  for (const status of ['refunding', 'refunded'] as const) {
    it(`${status}: of money that came, or on the provider’s own word; else nothing came`, () => {
      const update: PaymentUpdate = { status, providerStatus: 'returned' }
      assert.deepEqual(verdict(update), ['canceled', undefined])
      assert.deepEqual(verdict({ ...update, assurance: 'provider-api' }), [status, undefined])
      const own = payment({ status: 'paid' })
      assert.equal(judge(update, own, aggregate(own), false).status, status)
    })
  }

  it('an id that another payment owns proves nothing', () => {
    assert.deepEqual(verdict(paid(), [], true), ['review', 'conflict'])
  })

  it('anything but "paid" is taken as it is', () => {
    const update: PaymentUpdate = { status: 'failed', reason: 'declined', providerStatus: 'x' }
    assert.deepEqual(verdict(update), ['failed', 'declined'])
  })
})

describe('what is offered', () => {
  const limits = (more: Partial<Limits> = {}): Limits[] => [
    { currency: 'TRY', min: '3', max: '1000', decimals: 2, ...more },
  ]
  const isOffered = (amount: string, more: Partial<Limits> = {}, currency = 'TRY'): boolean => {
    const { price: _price, limits: _limits, ...method } = METHOD
    return offer({ ...method, limits: limits(more) }, [{ amount, currency }]) !== undefined
  }

  it('is within the limits, which are allowed themselves', () => {
    assert.deepEqual(
      ['2.99', '3', '3.00', '500', '1000', '1000.01'].map((amount) => isOffered(amount)),
      [false, true, true, true, true, false],
    )
  })

  it('or are not', () => {
    const exclusive = { isExclusive: true }
    assert.deepEqual(
      ['3', '3.01', '999.99', '1000'].map((amount) => isOffered(amount, exclusive)),
      [false, true, true, false],
    )
  })

  it('is never rounded', () => {
    assert.equal(isOffered('12.50', { decimals: 0 }), false)
    assert.equal(isOffered('12.00', { decimals: 0 }), true)
    assert.equal(isOffered('100', { decimals: 0 }), true)
    assert.equal(isOffered('12.505'), false)
  })

  it('is never converted: USD is not USDT', () => {
    assert.equal(isOffered('12.50', { currency: 'USD' }, 'USDT'), false)
  })
})

describe('what the word about one of several ids is worth', () => {
  const claims = (...refs: string[]) => refs.map((ref) => ({ ref, createdAt: 1 }))
  const price = { amount: '12.50', currency: 'USDT' }
  const word = (
    update: PaymentUpdate,
    state: Partial<PaymentState>,
    more: Partial<PaymentRecord> = {},
  ) => weigh(update, 'A', payment(state, { ref: null, claims: claims('A'), ...more }))
  const refused = { status: 'failed', reason: 'declined', providerStatus: 'failed' } as const

  it('a refusal ends what waits, if it is the only answer', () => {
    assert.equal(word(refused, {}), refused)
    assert.equal(word(refused, {}, { claims: claims('A', 'B') }), undefined)
    for (const status of ['review', 'processing', 'expired', 'failed', 'paid'] as const) {
      assert.equal(word(refused, { status }), undefined, status)
    }
  })

  it('money is money, whatever waits beside it', () => {
    for (const status of ['pending', 'failed', 'expired', 'review'] as const) {
      const update = paid(price)
      assert.equal(word(update, { status }, { claims: claims('A', 'B') }), update, status)
    }
  })

  it('on what is paid, only money of another id says anything: it came twice', () => {
    for (const status of ['paid', 'refunding', 'refunded'] as const) {
      const by = (ref: string | null) => word(paid(price), { status, received: price }, { ref })
      assert.equal(by('A'), undefined, 'it is the one that paid')
      assert.deepEqual(by(null), paid(price), 'a person said so, and this is why')
      const { reason, note, received } = by('B') ?? {}
      assert.deepEqual([reason, received?.amount], ['duplicate', '25'])
      assert.match(note ?? '', /order A /)
      const conflict = { status: 'review', reason: 'conflict', providerStatus: 'x' } as const
      assert.equal(word(conflict, { status }, { ref: 'B' }), undefined)
    }
  })

  it('money that came twice is added up only in one currency', () => {
    const other = { amount: '3.00', currency: 'TRY' }
    const by = (received: Money | null) =>
      word(paid(price), { status: 'paid', received }, { ref: 'B' })?.received
    assert.deepEqual(by(other), price)
    assert.deepEqual(by(null), price)
  })

  it('of several ids, the one that was answered is', () => {
    const several = payment({}, { claims: claims('B', 'A', 'C') })
    const answered = settle({ status: 'paid', providerStatus: 'x' }, 'A', several)
    assert.deepEqual(answered, [{ paymentId: several.id, ref: 'A', becomes: 'settled' }])
  })

  it('an id is asked about on, or this payment’s, or nobody’s', () => {
    const becomes = (update: Pick<PaymentUpdate, 'status' | 'reason'>) =>
      settle({ providerStatus: 'x', ...update }, 'A', payment({}, { claims: claims('A') }))[0]
        ?.becomes
    assert.equal(becomes({ status: 'pending' }), undefined)
    assert.equal(becomes({ status: 'paid' }), 'settled')
    assert.equal(becomes(refused), 'settled')
    assert.equal(becomes({ status: 'review', reason: 'unconfirmed' }), 'settled')
    assert.equal(becomes({ status: 'review', reason: 'conflict' }), 'released')
    assert.deepEqual(settle(refused, 'B', payment({}, { claims: claims('A') })), [])
  })
})
