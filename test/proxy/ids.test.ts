import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  hashToken,
  isCheckoutId,
  isSameSecret,
  isToken,
  mintCheckoutId,
  mintFactId,
  mintPaymentId,
  mintToken,
} from '../../proxy/ids.ts'

/** Two of them have about half of their bits in common, over many: nothing in them is fixed or counted. */
function bitsThatDiffer(mint: () => Buffer): number {
  let total = 0
  const rounds = 200
  for (let round = 0; round < rounds; round += 1) {
    const [a, b] = [mint(), mint()]
    total += [...a].reduce((sum, byte, index) => sum + ones(byte ^ (b[index] ?? 0)), 0)
  }
  return total / rounds
}

const ones = (byte: number): number => byte.toString(2).replaceAll('0', '').length

describe('identifiers', () => {
  for (const [what, mint, encoding, bytes] of [
    ['a checkout’s id', mintCheckoutId, 'base64url', 16],
    ['a payment’s id', mintPaymentId, 'hex', 16],
    ['a token', mintToken, 'base64url', 32],
  ] as const) {
    it(`${what} is ${bytes * 8} random bits`, () => {
      assert.equal(Buffer.from(mint(), encoding).length, bytes)
      const differing = bitsThatDiffer(() => Buffer.from(mint(), encoding))
      assert.ok(Math.abs(differing - bytes * 4) < bytes, `${differing} of ${bytes * 8} bits`)
    })
  }

  it('of facts sort as they were made, and by the clock before all', () => {
    const made = Array.from({ length: 50 }, () => mintFactId(1000))
    assert.deepEqual(made.toSorted(), made)
    assert.equal(new Set(made).size, made.length)
    assert.ok(mintFactId(999) < mintFactId(1000))
    assert.ok(mintFactId(35) < mintFactId(36))
  })
})

describe('what could be an identifier', () => {
  for (const [what, isIt, mint] of [
    ['a checkout’s id', isCheckoutId, mintCheckoutId],
    ['a token', isToken, mintToken],
  ] as const) {
    it(`is ${what}, whole and of its own signs`, () => {
      const text = mint()
      assert.equal(isIt(text), true)
      for (const wrong of ['', text.slice(1), `${text}a`, `/${text}`, `${text}\n`]) {
        assert.equal(isIt(wrong), false, JSON.stringify(wrong))
      }
      assert.equal(isIt(`.${text.slice(1)}`), false)
      assert.equal(isIt('.'.repeat(text.length)), false)
      assert.equal(isIt('a'), false)
    })
  }
})

describe('secrets', () => {
  it('are the same only as a whole', () => {
    assert.equal(isSameSecret('0123456789abcdef', '0123456789abcdef'), true)
    assert.equal(isSameSecret('0123456789abcdef', '0123456789abcdeF'), false)
    assert.equal(isSameSecret('', ''), true)
  })

  it('of other lengths are others, without an error', () => {
    assert.equal(isSameSecret('0123456789abcdef', '0123456789abcde'), false)
    assert.equal(isSameSecret('0123456789abcdef', ''), false)
    assert.equal(isSameSecret('ü', 'u'), false)
  })

  it('are kept as their SHA-256', () => {
    assert.equal(hashToken('abc'), 'ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0')
  })
})
