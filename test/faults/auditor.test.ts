import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { audit, auditRest, RULE_NAMES } from './auditor.ts'
import { BROKEN, pendingRows, withPayouts, withRows } from './broken-ledgers.ts'
import { CLEAN } from './clean-ledgers.ts'

const [there] = CLEAN.providers.paycrypto.payments
const [delivery] = CLEAN.proxy.deliveries
assert.ok(there && delivery)

describe('auditor', () => {
  it('has nothing to say of a clean run', () => {
    const { violations, counts } = audit(CLEAN)
    assert.deepEqual(violations, [])
    assert.deepEqual([counts.paidThere, counts.paidHere, counts.toldDistinct], [1, 1, 1])
  })

  for (const [what, ledgers, sentence] of BROKEN) {
    it(`reports ${what}`, () => {
      const { violations } = audit(ledgers)
      assert.ok(
        violations.some((violation) => sentence.test(violation)),
        violations.join('\n') || 'nothing was reported',
      )
    })
  }

  it('has a broken ledger for each of its rules', () => {
    const tested = (name: string): boolean =>
      /paid out/.test(name) ||
      BROKEN.some(([, , { source }]) =>
        `${name} `.startsWith(`${source.slice(1).split(/ \.|:/, 1)[0]} `),
      )
    assert.deepEqual(
      RULE_NAMES.filter((name) => !tested(name)),
      [],
    )
  })

  it('has nothing to say of a payout that was made once', () => {
    assert.deepEqual(audit(withPayouts('confirmed', ['W-1'])).violations, [])
  })

  for (const [what, ledgers, sentence] of [
    ['asked for twice', withPayouts('confirmed', ['W-1'], ['W-1', 'W-1']), /^I20 .* asked for 2/],
    ['that nobody knows', withPayouts('confirmed', ['W-1', 'W-2']), /^I20 .* nobody here knows/],
    ['confirmed here alone', withPayouts('confirmed', []), /^paid out there.* not made there/],
    ['confirmed there alone', withPayouts('pending', ['W-1']), /^paid out there.* pending here/],
  ] as const) {
    it(`reports a payout ${what}`, () => {
      const { violations } = audit(ledgers)
      assert.ok(
        violations.some((each) => sentence.test(each)),
        violations.join('\n') || 'nothing',
      )
    })
  }

  it('does not ask for what nobody can know: paid on a page, and never came back', () => {
    const order = { ...there, id: 'r'.repeat(16), status: 'success', details: {} }
    const ledgers = {
      ...CLEAN,
      providers: { ...CLEAN.providers, redoya: { calls: [], payments: [order], paid: [] } },
    }
    const unknown = audit(ledgers).violations
    assert.ok(
      unknown.every((sentence) => sentence.startsWith('I10')),
      unknown.join('\n'),
    )
  })

  it('wants nothing to be left open when time is over', () => {
    assert.deepEqual(auditRest(CLEAN), [])
    assert.match(auditRest(withRows(pendingRows))[0] ?? '', /payment .* is pending/)
    const waiting = withRows({ deliveries: [{ ...delivery, status: 'pending' }] })
    assert.match(auditRest(waiting)[0] ?? '', /delivery .* is pending/)
  })
})
