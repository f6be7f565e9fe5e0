import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { renderFigures } from './goal.ts'
import { GOALS } from './goals/index.ts'

/** They wait as much as they work; more of them at a time, and proxies would not live long enough. */
const AT_A_TIME = 2

describe('goals, in their short form', { concurrency: AT_A_TIME }, () => {
  for (const goal of Object.values(GOALS)) {
    it(goal.title, async (context) => {
      const figures = await goal.run({ scale: 'short' })
      context.diagnostic(renderFigures(goal.title, figures))
      assert.deepEqual(figures.violations, [])
    })
  }
})
