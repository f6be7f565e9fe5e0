import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { withDecimals } from '../../proxy/json-decimal.ts'

describe('an amount in a JSON', () => {
  it('stands as it was written', () => {
    assert.equal(
      withDecimals({ amount: '100.00', id: 'a"b', fee: '0.10' }, ['amount']),
      '{"amount":100.00,"id":"a\\"b","fee":"0.10"}',
    )
    const long = '9007199254740993.123456789012345678'.slice(3)
    assert.equal(withDecimals({ amount: long }, ['amount']), `{"amount":${long}}`)
  })

  it('is left out where there is none, with any other member', () => {
    assert.equal(
      withDecimals({ a: undefined, b: null, c: [1], d: { e: 2 } }, []),
      '{"b":null,"c":[1],"d":{"e":2}}',
    )
    assert.equal(withDecimals({}, ['amount']), '{}')
  })

  it('is never anything else', () => {
    for (const amount of ['1e3', '', '1,5', '1}, "admin": {', 5, null]) {
      assert.throws(() => withDecimals({ amount }, ['amount']), {
        code: 'payment_refused',
        message: 'amount is not a decimal amount',
      })
    }
  })
})
