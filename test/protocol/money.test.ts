import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import {
  compareDecimal,
  fromMinor,
  isDecimal,
  multiplyDecimal,
  subtractDecimal,
  toMinor,
} from '../../protocol/money.ts'

const WRONG = [
  '',
  '-0',
  '-1',
  '+1',
  '1e3',
  '1,00',
  '1 000',
  '１００',
  '.5',
  '5.',
  '01',
  '0x10',
  'NaN',
  'Infinity',
  '1'.repeat(40),
  `0.${'1'.repeat(19)}`,
  ' 1',
  '1\n',
  '\ud800',
]

describe('decimal text', () => {
  for (const text of WRONG) {
    it(`refuses ${JSON.stringify(text)}`, () => assert.equal(isDecimal(text), false))
  }

  it('takes amounts as people write them', () => {
    for (const text of ['0', '1', '12.50', '1000000000000', '0.000000000000000001']) {
      assert.equal(isDecimal(text), true, text)
    }
  })

  it('refuses what is no text', () => {
    for (const value of [1, null, undefined, {}, ['1'], 1n]) assert.equal(isDecimal(value), false)
  })
})

describe('minor units', () => {
  it('gives known answers', () => {
    assert.equal(toMinor('12.50', 6), 12_500_000n)
    assert.equal(toMinor('4.35', 2), 435n)
    assert.equal(toMinor('12.50', 18), 12_500_000_000_000_000_000n)
    assert.equal(fromMinor(1999n, 2), '19.99')
    assert.equal(fromMinor(5n, 2), '0.05')
    assert.equal(fromMinor(0n, 2), '0')
    assert.equal(fromMinor(7n, 0), '7')
  })

  it('never rounds', () => {
    assert.throws(() => toMinor('1.001', 2), RangeError)
    assert.equal(toMinor('1.000', 2), 100n)
  })

  it('goes there and back for every amount', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 13n - 1n }),
        fc.integer({ min: 0, max: 18 }),
        (minor, decimals) => {
          assert.equal(toMinor(fromMinor(minor, decimals), decimals), minor)
        },
      ),
      { numRuns: 20_000 },
    )
  })
})

describe('arithmetic', () => {
  it('compares by value, not by text', () => {
    assert.equal(compareDecimal('1.50', '1.5'), 0)
    assert.equal(compareDecimal('9', '10'), -1)
    assert.equal(compareDecimal('0.1', '0.09'), 1)
  })

  it('subtracts to zero and no further', () => {
    assert.equal(subtractDecimal('148.874', '100'), '48.874')
    assert.equal(subtractDecimal('1', '2'), '0')
    assert.equal(subtractDecimal('0.3', '0.1'), '0.2')
  })

  it('multiplies a price by a quantity', () => {
    assert.equal(multiplyDecimal('19.99', 3), '59.97')
    assert.equal(multiplyDecimal('0.1', 3), '0.3')
    assert.equal(multiplyDecimal('245.50', 1), '245.50')
    assert.equal(multiplyDecimal('245.50', 2), '491.00')
    assert.equal(multiplyDecimal('0.05', 1), '0.05')
    assert.equal(multiplyDecimal('180', 2), '360')
  })
})
