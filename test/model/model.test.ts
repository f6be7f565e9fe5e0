import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { explore } from './explore.ts'
import { runModel } from './model.ts'
import { REGRESSIONS } from './regressions.ts'

/** What fits beside all the other tests; `run.ts` takes as many as it is told. */
const GATE = { runs: 300, maxSteps: 60, seconds: 45 }

describe('the proxy, against a model of everything that can happen to it', () => {
  for (const [title, run] of Object.entries(REGRESSIONS)) {
    it(title, async () => {
      const { violations } = await runModel(run)
      assert.deepEqual(violations, [])
    })
  }

  it('holds every invariant after every step', async (context) => {
    const seed = Math.trunc(Math.random() * 2 ** 31)
    const { runs, steps, ms, failure } = await explore({ ...GATE, seed })
    context.diagnostic(`seed ${seed}: ${runs} runs, ${steps} steps, ${Math.round(ms / 1000)} s`)
    assert.equal(failure, undefined)
    assert.ok(steps > 100, 'hardly anything was tried')
  })
})
