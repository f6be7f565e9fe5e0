import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { projectCheckout } from '../../protocol/checkout-status.ts'
import type { Attempt } from '../../protocol/checkout-status.ts'

const attempt = (status: Attempt['status'], more: Partial<Attempt> = {}): Attempt => ({
  status,
  reason: null,
  isShown: true,
  isSuperseded: false,
  ...more,
})

const decide = (...attempts: Attempt[]) => {
  const { status, reason } = projectCheckout(attempts, null)
  return [status, reason]
}

describe('the attempt that decides', () => {
  const isSuperseded = true
  const underpaid = { reason: 'underpaid' } as const

  it('is the paid one, and rather not the one that is a duplicate', () => {
    const duplicate = attempt('paid', { reason: 'duplicate' })
    assert.deepEqual(decide(duplicate, attempt('paid', { reason: 'late' })), ['paid', 'late'])
    // refunded is never paid again, whichever attempt the money on top came by
    assert.deepEqual(decide(duplicate, attempt('refunded')), ['refunded', null])
    assert.deepEqual(decide(duplicate), ['paid', 'duplicate'])
    assert.deepEqual(decide(attempt('refunding'), duplicate), ['refunding', null])
  })

  it('is the active one, rather than an older one with money under way', () => {
    const older = attempt('processing', { isSuperseded, ...underpaid })
    assert.deepEqual(decide(older, attempt('pending')), ['pending', null])
    assert.deepEqual(
      decide(attempt('review', { isSuperseded }), attempt('processing', underpaid)),
      ['processing', 'underpaid'],
    )
  })

  it('is the last of those that were not replaced', () => {
    assert.deepEqual(decide(attempt('processing'), attempt('review', underpaid)), [
      'review',
      'underpaid',
    ])
  })

  it('is an older one with money under way, where none is active', () => {
    const older = attempt('processing', { isSuperseded, ...underpaid })
    assert.deepEqual(decide(older, attempt('failed')), ['processing', 'underpaid'])
    assert.deepEqual(decide(attempt('review', { isSuperseded }), attempt('expired')), [
      'review',
      null,
    ])
    assert.deepEqual(decide(attempt('pending', { isSuperseded }), attempt('failed')), [
      'pending',
      null,
    ])
  })

  it('is none that nobody saw, unless there is money in it', () => {
    const unseen = { isShown: false }
    assert.deepEqual(decide(attempt('processing', { ...unseen, ...underpaid })), ['pending', null])
    assert.deepEqual(decide(attempt('paid', { ...unseen, reason: 'late' })), ['paid', 'late'])
  })

  it('is none after the end, and the end is what was said', () => {
    assert.deepEqual(projectCheckout([attempt('failed', underpaid)], 'expired'), {
      status: 'expired',
      reason: null,
    })
    assert.deepEqual(projectCheckout([attempt('paid')], 'canceled'), {
      status: 'paid',
      reason: null,
    })
  })
})
