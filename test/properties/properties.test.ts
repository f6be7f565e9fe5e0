import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { PROPERTIES } from './index.ts'

describe('properties, as often as fits', () => {
  const seed = Math.trunc(Math.random() * 2 ** 31)

  for (const { rule, title, gateRuns, check } of PROPERTIES) {
    it(`${rule}: ${title}`, async (context) => {
      const { runs, ms, failure } = await check(gateRuns, seed)
      context.diagnostic(`${runs} runs in ${Math.round(ms)} ms, seed ${seed}`)
      assert.equal(failure, undefined)
    })
  }
})
