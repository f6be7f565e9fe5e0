import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Method } from '../../protocol/payment.ts'
import { checkAnswers } from '../../proxy/shopper-input.ts'
import { METHODS } from './providers/order-samples.ts'

const asking = (pattern: string): Method => ({
  ...METHODS.lincoln,
  fields: [{ id: 'wallet', label: 'Wallet', required: true, pattern }],
})

const answer = (pattern: string, wallet: string) => (): Promise<void> =>
  checkAnswers(asking(pattern), { methodId: 'x', fields: { wallet } })

const REFUSED = { code: 'invalid_request', field: 'fields.wallet' }

describe('what a shopper answers', () => {
  it('is held against the whole of the provider’s pattern', async () => {
    await assert.doesNotReject(answer('[a-z]{3}|\\d+', 'abc'))
    await assert.doesNotReject(answer('\\p{L}+', 'çöü'))
    await assert.doesNotReject(answer('^\\d{2}$', '12'))
    for (const text of ['abcd', 'ab', '7a', 'abc\n']) {
      await assert.rejects(answer('[a-z]{3}|\\d+', text), REFUSED)
    }
  })

  for (const pattern of ['(a+)+', '(a|a)*', '([a-z]+)*', '(.*a){20}']) {
    it(`to a pattern like ${pattern} is judged at once`, async () => {
      const begin = performance.now()
      await assert.rejects(answer(pattern, `${'a'.repeat(400)}!`), REFUSED)
      assert.ok(performance.now() - begin < 2000)
    })
  }

  for (const pattern of ['(', '(?=a)b', '(a)\\1', '[\\p{Nothing}]', 'a{5000}']) {
    it(`to a pattern like ${pattern} is the provider’s to judge`, async () => {
      await assert.doesNotReject(answer(pattern, 'x'))
    })
  }

  it('is text to the pattern, and the pattern is no program', async () => {
    const run = '`;globalThis.polluted=1;`${globalThis.polluted=1}'
    await assert.rejects(answer(`x${run}`, run), REFUSED)
    assert.equal('polluted' in globalThis, false)
  })
})
