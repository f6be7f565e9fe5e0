import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { judge, offer } from '../../proxy/policy.ts'
import type { Limits, PaymentUpdate, ProviderMethod } from '../../proxy/provider.ts'
import type { Aggregate, PaymentRecord } from '../../proxy/records.ts'

const PRICE = { amount: '12.50', currency: 'USDT' }

const payment = (id: string, status = 'pending') =>
  ({ id, price: PRICE, state: { status } }) as unknown as PaymentRecord

const aggregate = (...payments: PaymentRecord[]) => ({ payments }) as unknown as Aggregate

const OWN = payment('own')

const verdict = (
  update: Partial<PaymentUpdate>,
  others: PaymentRecord[] = [],
  isRefTaken = false,
) =>
  judge(
    { status: 'paid', providerStatus: '1', assurance: 'provider-api', ...update },
    OWN,
    aggregate(OWN, ...others),
    isRefTaken,
  )

describe('the verdict on an update', () => {
  it('leaves what is right as it is', () => {
    assert.deepEqual(verdict({ received: PRICE }), {
      status: 'paid',
      providerStatus: '1',
      assurance: 'provider-api',
      received: PRICE,
    })
  })

  it('leaves what is not “paid” as it is, whatever was received', () => {
    for (const status of ['pending', 'processing', 'failed', 'refunded'] as const) {
      const received = { amount: '1', currency: 'USDT' }
      assert.deepEqual(verdict({ status, received }, [payment('other', 'paid')]), {
        status,
        providerStatus: '1',
        assurance: 'provider-api',
        received,
      })
    }
  })

  it('takes nothing from an id that another payment owns, and says whose', () => {
    assert.deepEqual(verdict({ ref: 'R-1', received: PRICE }, [], true), {
      status: 'review',
      reason: 'conflict',
      providerStatus: '1',
      assurance: 'provider-api',
      note: 'order R-1 pays another',
    })
  })

  it('knows a duplicate by another payment that has money, and not by its own', () => {
    assert.equal(verdict({}, [payment('other', 'paid')]).reason, 'duplicate')
    assert.equal(verdict({}, [payment('other', 'refunded')]).reason, 'duplicate')
    assert.equal(verdict({}, [payment('other', 'processing')]).reason, undefined)
    const again = payment('own', 'paid')
    const update = { status: 'paid', providerStatus: '1' } as const
    assert.equal(judge(update, again, aggregate(again), false).reason, undefined)
  })

  it('believes less than the price even less than a duplicate', () => {
    const received = { amount: '12.49', currency: 'USDT' }
    const { status, reason } = verdict({ received }, [payment('other', 'paid')])
    assert.deepEqual([status, reason], ['review', 'underpaid'])
    const more = { amount: '12.51', currency: 'USDT' }
    assert.equal(verdict({ received: more }, [payment('other', 'paid')]).reason, 'duplicate')
    assert.equal(verdict({ received: more }).reason, 'overpaid')
  })
})

describe('an offer', () => {
  const method = (limits: readonly Limits[]): ProviderMethod => ({
    id: 'm',
    flow: 'redirect',
    asset: null,
    label: 'M',
    fields: [],
    consent: null,
    fee: null,
    limits,
  })
  const offered = (amount: string, limit: Partial<Limits>) =>
    offer(method([{ currency: 'TRY', decimals: 2, ...limit }]), [{ amount, currency: 'TRY' }])

  it('is the method, its price, and the limits that there are', () => {
    const { limits: _limits, ...rest } = method([])
    assert.deepEqual(offered('5', {}), {
      ...rest,
      price: { amount: '5', currency: 'TRY' },
      limits: null,
    })
    assert.deepEqual(offered('5', { min: '1' })?.limits, { min: '1', max: null })
    assert.deepEqual(offered('5', { max: '9' })?.limits, { min: null, max: '9' })
    assert.deepEqual(offered('5', { min: '1', max: '9' })?.limits, { min: '1', max: '9' })
  })

  it('is within its limits, which may be refused themselves', () => {
    for (const [amount, isIn, isInside] of [
      ['1', true, false],
      ['9', true, false],
      ['5', true, true],
      ['0.99', false, false],
      ['9.01', false, false],
    ] as const) {
      assert.equal(offered(amount, { min: '1', max: '9' }) !== undefined, isIn, amount)
      const exclusive = { min: '1', max: '9', isExclusive: true }
      assert.equal(offered(amount, exclusive) !== undefined, isInside, amount)
    }
  })

  it('is of a price that can be expressed, however many zeros it has', () => {
    assert.ok(offered('5.10000', {}))
    assert.ok(offered('5.000', { decimals: 0 }))
    assert.ok(offered('100', { decimals: 0 }))
    assert.equal(offered('5.101', {}), undefined)
    assert.equal(offered('5.5', { decimals: 0 }), undefined)
  })

  it('is of the first price that suits it, and of none in another currency', () => {
    const limits = [
      { currency: 'USD', decimals: 2, max: '1' },
      { currency: 'TRY', decimals: 2 },
    ]
    const usd = { amount: '7', currency: 'USD' }
    const lira = { amount: '300', currency: 'TRY' }
    assert.deepEqual(offer(method(limits), [usd, lira])?.price, lira)
    assert.equal(offer(method(limits), [usd]), undefined)
    assert.equal(offer(method(limits), []), undefined)
  })
})
