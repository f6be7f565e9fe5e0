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

const statusOf = (...attempts: Attempt[]) => projectCheckout(attempts, null).status

describe('a checkout', () => {
  it('is pending before any attempt, and expired after its time', () => {
    assert.equal(projectCheckout([], null).status, 'pending')
    assert.equal(projectCheckout([], 'expired').status, 'expired')
    assert.equal(projectCheckout([attempt('failed')], 'canceled').status, 'canceled')
  })

  it('is paid if any attempt is, superseded or not', () => {
    assert.equal(statusOf(attempt('paid', { isSuperseded: true }), attempt('pending')), 'paid')
    assert.equal(statusOf(attempt('failed'), attempt('paid')), 'paid')
  })

  it('stays paid when the same order is paid twice', () => {
    const state = projectCheckout([attempt('paid', { reason: 'duplicate' }), attempt('paid')], null)
    assert.deepEqual(state, { status: 'paid', reason: null })
  })

  it('stays refunded when money came on top, whichever attempt was older', () => {
    const [gone, second] = [attempt('refunded'), attempt('paid', { reason: 'duplicate' })]
    assert.equal(statusOf(gone, second), 'refunded')
    assert.equal(statusOf(second, gone), 'refunded')
  })

  it('is pending again after an attempt that ended', () => {
    for (const end of ['failed', 'canceled', 'expired'] as const) {
      assert.equal(statusOf(attempt(end)), 'pending', end)
    }
  })

  it('does not count an attempt that nobody saw', () => {
    const lost = attempt('review', { isShown: false, reason: 'unconfirmed' })
    assert.equal(statusOf(lost), 'pending')
  })

  it('does not forget money on an attempt that was replaced', () => {
    assert.equal(statusOf(attempt('review', { isSuperseded: true }), attempt('failed')), 'review')
    assert.equal(statusOf(attempt('pending', { isSuperseded: true }), attempt('failed')), 'pending')
  })

  it('is what its active attempt is', () => {
    assert.equal(statusOf(attempt('canceled'), attempt('processing')), 'processing')
    assert.equal(statusOf(attempt('refunding')), 'refunding')
  })

  it('does not expire while an attempt is under way', () => {
    assert.equal(projectCheckout([attempt('processing')], 'expired').status, 'processing')
  })
})
