import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { fuzzAnswers } from './answers.ts'
import { fuzzRequests } from './requests.ts'

/** What fits beside all the other tests; `run.ts` does as many as goal G12 wants. */
const SECONDS = 12
const ENOUGH = 200

describe('what was valid, and spoilt on the way', () => {
  const seed = Math.trunc(Math.random() * 2 ** 31)

  it('requests: refused or answered, never an error of ours, and nothing is paid', async (context) => {
    const { tries, violations } = await fuzzRequests({ tries: 4000, seed, seconds: SECONDS })
    context.diagnostic(`${tries} requests, seed ${seed}`)
    assert.deepEqual(violations, [])
    assert.ok(tries >= ENOUGH, `only ${tries} were tried`)
  })

  it('answers of providers: read or refused, and never believed to be paid', async (context) => {
    const { tries, violations } = await fuzzAnswers({ tries: 4000, seed, seconds: SECONDS })
    context.diagnostic(`${tries} answers, seed ${seed}`)
    assert.deepEqual(violations, [])
    assert.ok(tries >= ENOUGH, `only ${tries} were tried`)
  })
})
