import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { project } from '../../protocol/projection.ts'
import type { Fact } from '../../protocol/projection.ts'
import { PAYMENT_STATUSES, TRANSITIONS, isPaidFor } from '../../protocol/status.ts'

let next = 0
const fact = (status: Fact['status'], more: Partial<Fact> = {}): Fact => {
  next += 1
  return { id: `f${String(next).padStart(4, '0')}`, at: next, kind: 'polled', status, ...more }
}

const anyFact: fc.Arbitrary<Fact> = fc
  .record({
    id: fc.integer({ min: 0, max: 12 }).map((n) => `f${n}`),
    at: fc.integer({ min: 0, max: 5 }),
    kind: fc.constantFrom('created', 'polled', 'notified', 'returned', 'canceled', 'expired'),
    status: fc.constantFrom(...PAYMENT_STATUSES),
    reason: fc.constantFrom(undefined, 'underpaid', 'conflict', 'overpaid', 'refund_failed'),
    received: fc.constantFrom(
      undefined,
      { amount: '1', currency: 'TRX' },
      { amount: '2.5', currency: 'TRX' },
      { amount: '9', currency: 'TRY' },
      { amount: 'x', currency: 'TRX' },
    ),
  })
  .map((each) => JSON.parse(JSON.stringify(each)) as Fact)

/** Facts as a store has them: one per id. */
const anyHistory = fc.uniqueArray(anyFact, { maxLength: 12, selector: ({ id }) => id })

describe('projection', () => {
  it('is pending before anything is known', () => {
    assert.deepEqual(project([]), {
      status: 'pending',
      reason: null,
      received: null,
      assurance: null,
      paidAt: null,
    })
  })

  it('says late when money comes after an expiry or a cancel', () => {
    for (const end of ['expired', 'canceled'] as const) {
      const state = project([fact('pending'), fact(end), fact('paid')])
      assert.equal(state.status, 'paid')
      assert.equal(state.reason, 'late')
    }
  })

  it('stays paid when the provider takes it back, and says conflict', () => {
    const state = project([fact('paid'), fact('failed')])
    assert.deepEqual([state.status, state.reason], ['paid', 'conflict'])
  })

  it('keeps a conflict until a person looked', () => {
    assert.equal(project([fact('paid'), fact('failed'), fact('paid')]).reason, 'conflict')
  })

  it('passes over a stale pending after paid', () => {
    const state = project([fact('paid'), fact('pending')])
    assert.deepEqual([state.status, state.reason], ['paid', null])
  })

  it('is paid again, with a reason, when a refund fails', () => {
    const state = project([fact('paid'), fact('refunding'), fact('paid')])
    assert.deepEqual([state.status, state.reason], ['paid', 'refund_failed'])
  })

  it('never lets what arrived shrink', () => {
    const received = (amount: string) => ({ received: { amount, currency: 'TRX' } })
    const state = project([fact('processing', received('50')), fact('processing', received('20'))])
    assert.deepEqual(state.received, { amount: '50', currency: 'TRX' })
  })

  it('lets a failed payment be corrected with proof, and an expired one be processed', () => {
    assert.equal(project([fact('failed'), fact('paid')]).status, 'paid')
    assert.equal(project([fact('expired'), fact('processing')]).status, 'processing')
    assert.equal(project([fact('canceled'), fact('processing')]).status, 'canceled')
  })

  it('never throws, whatever the facts', () => {
    fc.assert(
      fc.property(fc.array(anyFact), (facts) => void project(facts)),
      { numRuns: 20_000 },
    )
  })

  it('does not depend on the order or the number of times facts are given', () => {
    fc.assert(
      fc.property(anyHistory, fc.infiniteStream(fc.nat()), (facts, random) => {
        const shuffled = [...facts, ...facts.slice(0, 3)]
          .map((each) => ({ each, key: random.next().value }))
          .toSorted((a, b) => Number(a.key) - Number(b.key))
          .map(({ each }) => each)
        assert.deepEqual(project(shuffled), project(facts))
      }),
      { numRuns: 20_000 },
    )
  })

  it('only ever makes the transitions that a reader may see', () => {
    fc.assert(
      fc.property(anyHistory, (facts) => {
        const ordered = facts.toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
        let before = project([]).status
        for (let count = 1; count <= ordered.length; count += 1) {
          const { status } = project(ordered.slice(0, count))
          if (status !== before)
            assert.ok(TRANSITIONS[before].includes(status), `${before} → ${status}`)
          before = status
        }
      }),
      { numRuns: 20_000 },
    )
  })

  it('never takes paid back', () => {
    fc.assert(
      fc.property(anyHistory, (facts) => {
        const last = Math.max(0, ...facts.map(({ at }) => at)) + 1
        const paid: Fact = { id: 'p', at: -1, kind: 'polled', status: 'paid' }
        assert.ok(isPaidFor(project([paid, ...facts]).status))
        assert.ok(isPaidFor(project([paid, ...facts, fact('failed', { at: last })]).status))
      }),
      { numRuns: 20_000 },
    )
  })
})
