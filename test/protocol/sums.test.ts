import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  addDecimal,
  compareDecimal,
  decimalPlaces,
  fromMinor,
  isSameMoney,
  shortest,
  multiplyDecimal,
  subtractDecimal,
  toMinor,
} from '../../protocol/money.ts'

describe('sums of amounts', () => {
  it('are exact where a float is not', () => {
    assert.equal(addDecimal('0.1', '0.2'), '0.3')
    assert.equal(
      addDecimal('9999999999999', '0.000000000000000001'),
      '9999999999999.000000000000000001',
    )
    assert.equal(subtractDecimal('1', '0.999999999999999999'), '0.000000000000000001')
    assert.equal(multiplyDecimal('4.35', 100), '435.00')
  })

  it('of what is equal leave nothing, and are never less', () => {
    assert.equal(subtractDecimal('2.50', '2.5'), '0')
    assert.equal(subtractDecimal('2', '2.5'), '0')
  })

  it('compare by value', () => {
    assert.equal(compareDecimal('1.50', '1.5'), 0)
    assert.equal(compareDecimal('0.30000000000000001', '0.3'), 1)
    assert.equal(compareDecimal('0.3', '0.30000000000000001'), -1)
  })
})

describe('the smallest unit', () => {
  it('has as many digits as are asked for, whatever zeros were written', () => {
    assert.equal(toMinor('12.5000', 2), 1250n)
    assert.equal(toMinor('12', 0), 12n)
    assert.equal(toMinor('0.010', 2), 1n)
    assert.equal(fromMinor(1n, 2), '0.01')
    assert.equal(fromMinor(1250n, 2), '12.5')
    assert.equal(fromMinor(1200n, 2), '12')
    assert.equal(fromMinor(7n, 0), '7')
  })

  it('is refused for what is no amount, and for what it cannot express', () => {
    assert.throws(() => toMinor('1e3', 2), { name: 'RangeError', message: 'not a decimal amount' })
    assert.throws(() => toMinor('', 2), { message: 'not a decimal amount' })
    assert.throws(() => toMinor('1.005', 2), {
      name: 'RangeError',
      message: 'more than 2 decimals',
    })
    assert.throws(() => addDecimal('1', '-1'), RangeError)
  })
})

describe('money', () => {
  it('is the same by value and currency', () => {
    assert.equal(
      isSameMoney({ amount: '1.50', currency: 'TRY' }, { amount: '1.5', currency: 'TRY' }),
      true,
    )
    assert.equal(
      isSameMoney({ amount: '1.5', currency: 'TRY' }, { amount: '1.5', currency: 'USD' }),
      false,
    )
    assert.equal(
      isSameMoney({ amount: '1.5', currency: 'TRY' }, { amount: '1.51', currency: 'TRY' }),
      false,
    )
  })

  it('is written shortest without zeros at its end, and the same', () => {
    const written = ['100', '100.00', '12.50', '0.10', '0.0', '10', '1.05', '1.0001000']
    const short = ['100', '100', '12.5', '0.1', '0', '10', '1.05', '1.0001']
    assert.deepEqual(written.map(shortest), short)
  })

  it('has the decimals that were written', () => {
    assert.deepEqual(['1', '1.0', '0.123', '10.50'].map(decimalPlaces), [0, 1, 3, 2])
  })
})
