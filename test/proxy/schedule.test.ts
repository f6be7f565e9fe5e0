import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { PaymentState } from '../../protocol/projection.ts'
import type { PaymentRecord } from '../../proxy/records.ts'
import { INTENT_MS, afterItsTime, clockSays, nextCheck, pollAfter } from '../../proxy/schedule.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const NOW = 1_760_000_000_000

const payment = (state: Partial<PaymentState> = {}, more: Partial<PaymentRecord> = {}) =>
  ({
    state: { status: 'pending', reason: null, ...state },
    nextAction: { type: 'redirect', url: 'https://pay.example/1' },
    isShown: true,
    claims: [],
    hintedAt: null,
    expiresAt: null,
    createdAt: NOW,
    providerStatus: 'x',
    ...more,
  }) as PaymentRecord

const UNANSWERED = { nextAction: null, isShown: false }

const next = (
  age: number,
  state: Partial<PaymentState> = {},
  more: Partial<PaymentRecord> & { canAsk?: boolean; hasFailed?: boolean } = {},
) => {
  const { canAsk = true, hasFailed = false, ...record } = more
  const own = payment(state, record)
  return nextCheck({ payment: own, now: NOW, changedAt: NOW - age, canAsk, hasFailed })
}
const gap = (...args: Parameters<typeof next>) => (next(...args) ?? 0) - NOW

describe('when to look again', () => {
  it('often at first, then less and less, for a day', () => {
    const gaps = [0, 5 * MINUTE, 30 * MINUTE, 3 * HOUR, 23 * HOUR].map((age) => gap(age))
    assert.deepEqual(gaps, [15_000, 30_000, 60_000, 300_000, 300_000])
    assert.equal(next(24 * HOUR), null)
  })

  it('whatever it is, while an id that came back has no final answer', () => {
    const claims = [{ ref: 'A', createdAt: NOW }]
    for (const status of ['pending', 'paid', 'failed', 'expired', 'refunded'] as const) {
      assert.equal(gap(0, { status }, { claims }), 15_000, status)
    }
    assert.equal(gap(2 * 24 * HOUR, {}, { claims, expiresAt: NOW + MINUTE }), 24 * HOUR + MINUTE)
  })

  it('after an expiry or a cancel too: money may be late', () => {
    assert.equal(gap(0, { status: 'expired' }), 15_000)
    assert.equal(gap(0, { status: 'canceled' }), 15_000)
  })

  it('while a refund is under way: its end may be told to nobody', () => {
    assert.equal(gap(0, { status: 'refunding' }), 15_000)
    assert.equal(gap(3 * HOUR, { status: 'refunding' }), 300_000)
  })

  it('not after an end', () => {
    for (const status of ['paid', 'failed', 'refunded'] as const) {
      assert.equal(next(0, { status }), null)
    }
  })

  it('after an end too, once the provider says that something happened, until it was asked', () => {
    assert.equal(gap(0, { status: 'paid' }, { hintedAt: NOW - SECOND }), 15_000)
    assert.equal(gap(23 * HOUR, { status: 'paid' }, { hintedAt: NOW - SECOND }), 15_000)
    assert.equal(next(0, { status: 'paid' }, { hintedAt: NOW - 24 * HOUR, canAsk: false }), null)
  })

  it('sooner where the last question got no answer, however old the payment', () => {
    assert.equal(gap(3 * HOUR, {}, { hasFailed: true }), 30_000)
    assert.equal(gap(0, {}, { hasFailed: true }), 15_000)
  })

  it('at the time it expires, and not in the past', () => {
    assert.equal(next(0, {}, { expiresAt: NOW + 5000 }), NOW + 5000)
    assert.equal(next(0, {}, { expiresAt: 5 }), NOW + 1000)
  })

  it('what is on its way past its time is not asked about any more often', () => {
    const ended = { expiresAt: NOW - 1 }
    assert.equal(gap(HOUR, { status: 'processing' }, ended), 300_000)
    const found = { ...UNANSWERED, canAsk: false }
    assert.equal(gap(0, { status: 'processing', reason: 'underpaid' }, found), 24 * HOUR)
    const day = { expiresAt: NOW - 24 * HOUR + MINUTE }
    assert.equal(gap(HOUR, { status: 'processing' }, day), MINUTE)
  })

  it('when a create counts as lost, and when a lost one is given up', () => {
    assert.equal(next(0, {}, { ...UNANSWERED, canAsk: false }), NOW + INTENT_MS)
    const lost = { status: 'review', reason: 'unconfirmed' } as const
    assert.equal(next(0, lost, { ...UNANSWERED, canAsk: false }), NOW + 24 * HOUR)
    assert.equal(gap(0, lost, UNANSWERED), 15_000)
  })
})

describe('what the clock says', () => {
  const says = (
    age: number,
    state: Partial<PaymentState>,
    more: Partial<PaymentRecord>,
    canAsk = true,
  ) => {
    const update = clockSays(payment(state, more), NOW + age, canAsk)
    return update && [update.status, update.reason]
  }

  it('a create without an answer is unconfirmed after half a minute, and over after a day', () => {
    assert.equal(says(INTENT_MS - 1, {}, UNANSWERED), undefined)
    assert.deepEqual(says(INTENT_MS, {}, UNANSWERED), ['review', 'unconfirmed'])
    assert.equal(says(23 * HOUR, { status: 'review' }, UNANSWERED), undefined)
    assert.deepEqual(says(24 * HOUR, { status: 'review' }, UNANSWERED), ['expired', undefined])
  })

  it('an attempt ends with its time, and says so where nobody can be asked', () => {
    const ends = { expiresAt: NOW + MINUTE }
    assert.equal(says(MINUTE - 1, {}, ends), undefined)
    assert.deepEqual(says(MINUTE, {}, ends), ['expired', undefined])
    assert.deepEqual(says(MINUTE, {}, ends, false), ['expired', 'unconfirmed'])
  })

  it('not while an id that came back has no final answer, for a day', () => {
    const ends = { expiresAt: NOW + MINUTE, claims: [{ ref: 'A', createdAt: NOW }] }
    assert.equal(says(MINUTE, {}, ends), undefined)
    assert.equal(says(24 * HOUR + MINUTE - 1, {}, ends), undefined)
    assert.deepEqual(says(24 * HOUR + MINUTE, {}, ends), ['expired', 'unconfirmed'])
  })

  it('a part of the money stays for a person, whatever the provider goes on to call it', () => {
    const part = { status: 'processing', reason: 'underpaid', providerStatus: 'x' } as const
    const all = { status: 'processing', providerStatus: 'x' } as const
    const own = payment({}, { expiresAt: NOW })
    assert.equal(afterItsTime(part, own, NOW - 1).status, 'processing')
    assert.equal(afterItsTime(part, own, NOW).status, 'review')
    assert.equal(afterItsTime(all, own, NOW).status, 'processing')
  })

  it('a part of the money is for a person, and all of it is not ended by a clock', () => {
    const ends = { expiresAt: NOW + MINUTE }
    const part = { status: 'processing', reason: 'underpaid' } as const
    assert.deepEqual(says(MINUTE, part, ends), ['review', 'underpaid'])
    for (const status of ['processing', 'review', 'paid'] as const) {
      assert.equal(says(HOUR, { status }, ends), undefined)
    }
  })

  it('what is on its way for a day is for a person, and stays so', () => {
    const ends = { expiresAt: NOW + MINUTE }
    const way = { status: 'processing', providerStatus: 'x' } as const
    assert.equal(says(24 * HOUR, way, ends), undefined)
    assert.deepEqual(says(24 * HOUR + MINUTE, way, ends), ['review', 'unconfirmed'])
    assert.deepEqual(says(24 * HOUR, way, {}), ['review', 'unconfirmed'])
    const { status, reason } = afterItsTime(way, payment({}, ends), NOW + 24 * HOUR + MINUTE)
    assert.deepEqual([status, reason], ['review', 'unconfirmed'])
    assert.equal(
      afterItsTime({ ...way, status: 'paid' }, payment(), NOW + 48 * HOUR).status,
      'paid',
    )
  })
})

describe('when a browser asks again', () => {
  it('soon, then later, and not at all once it is over', () => {
    assert.equal(pollAfter('pending', 0), 2500)
    assert.equal(pollAfter('processing', 10 * MINUTE), 5000)
    assert.equal(pollAfter('pending', HOUR), 15_000)
    assert.equal(pollAfter('expired', 0), 30_000)
    assert.equal(pollAfter('paid', 0), null)
  })
})
