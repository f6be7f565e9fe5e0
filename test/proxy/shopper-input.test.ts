import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Method } from '../../protocol/payment.ts'
import { checkAnswers } from '../../proxy/shopper-input.ts'
import { METHODS } from './providers/order-samples.ts'

const asking = (pattern: string): Method => ({
  ...METHODS.lincoln,
  fields: [{ id: 'wallet', label: 'Wallet', required: true, pattern }],
})

const answer = (pattern: string, wallet: string) => (): void =>
  checkAnswers(asking(pattern), { methodId: 'x', fields: { wallet } })

describe('what a shopper answers', () => {
  it('is held against the whole of the provider’s pattern', () => {
    assert.doesNotThrow(answer('[a-z]{3}|\\d+', 'abc'))
    assert.doesNotThrow(answer('\\p{L}+', 'çöü'))
    for (const text of ['abcd', 'ab', '7a', 'abc\n']) {
      assert.throws(answer('[a-z]{3}|\\d+', text), {
        code: 'invalid_request',
        field: 'fields.wallet',
      })
    }
  })

  for (const pattern of ['(a+)+', '(a|a)*', '([a-z]+)*', '(.*a){20}']) {
    it(`to a pattern like ${pattern} comes to an end, and is the provider’s to refuse`, () => {
      const begin = performance.now()
      assert.doesNotThrow(answer(pattern, `${'a'.repeat(400)}!`))
      assert.ok(performance.now() - begin < 2000)
    })
  }

  it('is text to the pattern, and the pattern is no program', () => {
    const run = '`;globalThis.polluted=1;`${globalThis.polluted=1}'
    assert.throws(answer(`x${run}`, run), { code: 'invalid_request' })
    assert.throws(answer('(', 'x'), { code: 'invalid_request' })
    assert.equal('polluted' in globalThis, false)
  })
})
