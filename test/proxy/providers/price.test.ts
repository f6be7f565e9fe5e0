import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ProviderError } from '../../../proxy/errors.ts'
import { chargeableAmount } from '../../../proxy/providers/price.ts'

const LIRAS = { currency: 'TRY', decimals: 2, min: '3', max: '1000.50' }
const WHOLE = { currency: 'TRY', decimals: 0 }
const COIN = { currency: 'USDT', decimals: 18 }

describe('an amount that a provider can charge', () => {
  for (const [amount, rule] of [
    ['3', LIRAS],
    ['3.00', LIRAS],
    ['1000.50', LIRAS],
    ['19.9', LIRAS],
    ['19.9900', LIRAS],
    ['1', WHOLE],
    ['100.00', WHOLE],
    ['9999999999999', WHOLE],
    ['0.000000000000000001', COIN],
  ] as const) {
    it(`${amount} ${rule.currency} of ${rule.decimals} decimals is sent as it was written`, () => {
      assert.equal(chargeableAmount({ amount, currency: rule.currency }, rule), amount)
    })
  }
})

describe('an amount that it cannot', () => {
  for (const [what, amount, currency, rule] of [
    ['less than the least', '2.99', 'TRY', LIRAS],
    ['more than the most', '1000.51', 'TRY', LIRAS],
    ['of another currency', '100', 'USD', LIRAS],
    ['of the currency in other letters', '100', 'try', LIRAS],
    ['with a third digit', '19.999', 'TRY', LIRAS],
    ['with a part of one', '1.5', 'TRY', WHOLE],
    ['of nothing', '0', 'TRY', WHOLE],
    ['of nothing, written long', '0.00', 'TRY', { ...LIRAS, min: '0' }],
    ['below nothing', '-5', 'TRY', WHOLE],
    ['in words', 'ten', 'TRY', WHOLE],
    ['with an exponent', '1e2', 'TRY', WHOLE],
  ] as const) {
    it(`${what} (${amount} ${currency}) is refused, and never made another`, () => {
      assert.throws(
        () => chargeableAmount({ amount, currency }, rule),
        (error) => {
          assert.ok(error instanceof ProviderError)
          assert.deepEqual([error.code, error.mayHaveHappened], ['payment_refused', false])
          assert.match(error.message, /not a price/)
          return true
        },
      )
    })
  }
})
