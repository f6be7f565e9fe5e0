import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { project } from '../../protocol/projection.ts'
import type { Fact, PaymentState } from '../../protocol/projection.ts'
import { PAYMENT_STATUSES, TRANSITIONS, isOpen, isPaidFor } from '../../protocol/status.ts'

/** Facts in the order in which they are given. */
const after = (...facts: readonly Partial<Fact>[]): PaymentState =>
  project(
    facts.map((fact, index) => ({
      id: `f${index}`,
      at: 1000 + index,
      kind: 'polled',
      status: 'pending',
      ...fact,
    })),
  )

const outcome = (...facts: readonly Partial<Fact>[]): readonly [string, string | null] => {
  const { status, reason } = after(...facts)
  return [status, reason]
}

const TRY = (amount: string) => ({ amount, currency: 'TRY' })

describe('facts that contradict what is paid', () => {
  it('never undo it, and call for a person', () => {
    assert.deepEqual(outcome({ status: 'paid' }, { status: 'failed' }), ['paid', 'conflict'])
    assert.deepEqual(outcome({ status: 'paid' }, { status: 'canceled' }), ['paid', 'conflict'])
    assert.deepEqual(outcome({ status: 'paid' }, { status: 'review', reason: 'conflict' }), [
      'paid',
      'conflict',
    ])
    assert.deepEqual(outcome({ status: 'refunded' }, { status: 'failed' }), [
      'refunded',
      'conflict',
    ])
  })

  it('are no more than late words where they only say less', () => {
    for (const status of ['pending', 'processing', 'review', 'expired'] as const) {
      assert.deepEqual(outcome({ status: 'paid' }, { status }), ['paid', null], status)
    }
  })

  it('are no contradiction in the mouth of the clock, or of the making', () => {
    for (const kind of ['expired', 'created'] as const) {
      assert.deepEqual(outcome({ status: 'paid' }, { status: 'failed', kind }), ['paid', null])
    }
  })

  it('contradict nothing before it is paid', () => {
    assert.deepEqual(outcome({ status: 'failed', reason: 'declined' }, { status: 'canceled' }), [
      'failed',
      'declined',
    ])
  })

  it('stay a conflict until a person has looked', () => {
    const conflict = [{ status: 'paid' }, { status: 'failed' }] as const
    assert.deepEqual(outcome(...conflict, { status: 'paid' }), ['paid', 'conflict'])
    assert.deepEqual(outcome(...conflict, { status: 'paid', reason: 'overpaid' }), [
      'paid',
      'conflict',
    ])
    assert.deepEqual(outcome(...conflict, { status: 'paid', kind: 'resolved' }), ['paid', null])
    const resolved = { status: 'paid', kind: 'resolved', reason: 'duplicate' } as const
    assert.deepEqual(outcome(...conflict, resolved), ['paid', 'duplicate'])
  })
})

describe('the reason', () => {
  it('of money is added by a repeated word, and never cleared by one', () => {
    assert.deepEqual(outcome({ status: 'paid' }, { status: 'paid', reason: 'overpaid' }), [
      'paid',
      'overpaid',
    ])
    assert.deepEqual(outcome({ status: 'paid', reason: 'overpaid' }, { status: 'paid' }), [
      'paid',
      'overpaid',
    ])
  })

  it('of anything else is what was said last', () => {
    const underpaid = { status: 'processing', reason: 'underpaid' } as const
    assert.deepEqual(outcome(underpaid, { status: 'processing' }), ['processing', null])
    assert.deepEqual(outcome({ status: 'processing' }, underpaid), ['processing', 'underpaid'])
  })

  it('of money after an end is that it came late; of a refund that did not happen, that', () => {
    for (const status of ['expired', 'canceled'] as const) {
      assert.deepEqual(outcome({ status }, { status: 'paid' }), ['paid', 'late'])
      assert.deepEqual(outcome({ status }, { status: 'review' }), ['review', null])
    }
    assert.deepEqual(outcome({ status: 'refunding' }, { status: 'paid' }), [
      'paid',
      'refund_failed',
    ])
    assert.deepEqual(outcome({ status: 'failed' }, { status: 'paid' }), ['paid', null])
    assert.deepEqual(outcome({ status: 'expired' }, { status: 'paid', reason: 'overpaid' }), [
      'paid',
      'overpaid',
    ])
  })
})

describe('what has arrived', () => {
  it('only grows, and never into another currency', () => {
    const { received } = after(
      { received: TRY('5') },
      { received: TRY('3') },
      { received: { amount: '900', currency: 'USD' } },
      { received: TRY('5.00') },
    )
    assert.deepEqual(received, TRY('5'))
    assert.deepEqual(after({ received: TRY('5') }, { received: TRY('5.01') }).received, TRY('5.01'))
    assert.deepEqual(after({ received: TRY('5') }, {}).received, TRY('5'))
  })

  it('is nothing where the text is no amount', () => {
    assert.equal(after({ received: TRY('1e3') }).received, null)
    assert.deepEqual(after({ received: TRY('5') }, { received: TRY('much') }).received, TRY('5'))
    assert.deepEqual(after({ received: TRY('0') }).received, TRY('0'))
  })

  it('counts whatever the fact is worth otherwise', () => {
    assert.deepEqual(
      after({ status: 'paid' }, { status: 'pending', received: TRY('9') }).received,
      TRY('9'),
    )
  })
})

describe('facts', () => {
  it('count once each, as they were told last', () => {
    const told = [
      { id: 'a', status: 'pending' },
      { id: 'b', status: 'paid', at: 2 },
      { id: 'b', status: 'review', at: 2 },
    ] as const
    assert.equal(after(...told).status, 'review')
  })

  it('of one moment count in the order of their ids', () => {
    const [first, second] = [
      { id: 'a', at: 7, status: 'failed' },
      { id: 'b', at: 7, status: 'canceled' },
    ] as const
    assert.equal(after(first, second).status, 'failed')
    assert.equal(after(second, first).status, 'failed')
  })

  it('begin with nothing', () => {
    assert.deepEqual(after(), {
      status: 'pending',
      reason: null,
      received: null,
      assurance: null,
      paidAt: null,
    })
  })

  it('say on whose word it is paid, and since when, for ever', () => {
    const state = after(
      { status: 'processing', assurance: 'signed-webhook' },
      { status: 'paid', assurance: 'provider-api', at: 5000 },
      { status: 'refunding', at: 6000 },
      { status: 'paid', at: 7000 },
    )
    assert.deepEqual([state.assurance, state.paidAt], ['provider-api', 5000])
    assert.equal(after({ status: 'processing', assurance: 'signed-webhook' }).assurance, null)
    assert.equal(after({ status: 'processing', at: 4000 }).paidAt, null)
    assert.equal(after({ status: 'refunded', at: 4000 }).paidAt, 4000)
  })
})

describe('what may follow what', () => {
  it('is as it is written down', () => {
    const allowed: Record<string, string> = {
      pending: 'processing review paid failed expired canceled refunding refunded',
      processing: 'review paid failed expired canceled refunding refunded',
      review: 'processing paid failed expired canceled refunding refunded',
      expired: 'processing review paid refunding refunded',
      canceled: 'review paid refunding refunded',
      failed: 'review paid refunding refunded',
      paid: 'refunding refunded',
      refunding: 'refunded paid',
      refunded: '',
    }
    for (const from of PAYMENT_STATUSES) {
      assert.equal(TRANSITIONS[from].join(' '), allowed[from], from)
    }
    assert.equal(PAYMENT_STATUSES.length, Object.keys(allowed).length)
  })

  it('says where money is, and what is open', () => {
    assert.deepEqual(PAYMENT_STATUSES.filter(isPaidFor), ['paid', 'refunding', 'refunded'])
    assert.deepEqual(PAYMENT_STATUSES.filter(isOpen), ['pending', 'processing', 'review'])
  })
})
