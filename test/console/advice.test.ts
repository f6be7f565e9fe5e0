import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { adviceFor, payoutAdvice } from '../../console/advice.ts'
import { PAYMENT_STATUSES } from '../../protocol/status.ts'
import type { PaymentStatus, Reason } from '../../protocol/status.ts'
import { attempt, payout } from './samples.ts'

const advice = (status: PaymentStatus, reason: Reason | null, more = {}) =>
  adviceFor(attempt({ status, reason, ...more }))

describe('what a person should do', () => {
  for (const [status, reason, ways, words] of [
    ['paid', 'duplicate', ['refunded'], /second time.*Give the second payment back/],
    ['paid', 'refund_failed', ['refunded', 'paid'], /did not go through.*send it back/],
    ['review', 'conflict', ['paid', 'failed', 'refunded'], /not fit.*Ship only what is paid there/],
    ['review', 'underpaid', ['refunded', 'paid', 'failed'], /Less has arrived.*give it back/],
    ['expired', 'unconfirmed', ['failed', 'paid'], /Nobody knows.*Look for the amount/],
    ['review', 'unconfirmed', ['failed', 'paid'], /Nobody knows/],
    [
      'review',
      null,
      ['paid', 'failed', 'refunded'],
      /wants a person.*Ship only what is paid there/,
    ],
  ] as const)
    it(`${status}, ${reason ?? 'no reason'}: ${ways[0]} before anything else`, () => {
      const found = advice(status, reason)
      assert.deepEqual(found?.ways, ways)
      assert.match(`${found?.what} ${found?.todo}`, words)
    })

  it('says where to look: the provider’s dashboard, and its number where there is one', () => {
    assert.match(advice('review', null)?.todo ?? '', /cryptom's dashboard, 6b02/)
    assert.match(advice('review', null, { ref: null })?.todo ?? '', /cryptom's dashboard says/)
    for (const reason of ['duplicate', 'refund_failed', 'conflict', 'unconfirmed'] as const)
      assert.match(advice('review', reason)?.todo ?? '', /dashboard, 6b02/, reason)
  })

  for (const status of PAYMENT_STATUSES.filter((each) => each !== 'review'))
    it(`nobody has to do anything: ${status}`, () => {
      assert.equal(advice(status, null), null)
      assert.equal(advice(status, 'underpaid'), null)
    })
})

describe('what to know about a withdrawal', () => {
  it('one that nobody knows of is never sent with another number', () => {
    const text = payoutAdvice(payout({ status: 'unknown' }))
    assert.match(text ?? '', /whether lipaykripto has it.*never send it with another number/)
  })
  it('one that is handled by hand', () =>
    assert.match(
      payoutAdvice(payout({ status: 'review' })) ?? '',
      /lipaykripto handles it by hand/,
    ))
  for (const status of ['created', 'pending', 'confirmed', 'failed'] as const)
    it(`nothing: ${status}`, () => assert.equal(payoutAdvice(payout({ status })), null))
})
