/**
 * Many runs of the model, and the shortest one that breaks something.
 * @module
 */
import fc from 'fast-check'
import { runModel } from './model.ts'
import type { Run } from './model.ts'
import { anyStepOf } from './steps.ts'
import type { Step } from './steps.ts'

export interface Exploration {
  readonly runs: number
  readonly maxSteps: number
  readonly seed: number
  /** No further run is begun after so long. */
  readonly seconds?: number
  /** Only these steps: to look for one thing. */
  readonly only?: readonly string[]
  /** The first run that breaks something is enough: it is not made shorter. */
  readonly isFirst?: boolean
}

export interface Found {
  readonly runs: number
  readonly steps: number
  readonly ms: number
  /** Summed over all runs. */
  readonly counts: Readonly<Record<string, number>>
  /** How many runs it took. */
  readonly foundAfter: number | undefined
  /** What broke, with the run to play again; undefined: nothing. */
  readonly failure: string | undefined
}

/** Making a found run shorter takes this long at most. */
const SHRINK_MS = 120_000

export async function explore(options: Exploration): Promise<Found> {
  const { runs, maxSteps, seed, seconds, isFirst = false, only } = options
  const anyStep = anyStepOf(only)
  const counts: Record<string, number> = {}
  const begin = performance.now()
  let played = 0
  let steps = 0
  let foundAfter: number | undefined
  let broken: { run: Run; violations: readonly string[]; at: number } | undefined
  const anyRun: fc.Arbitrary<Run> = fc.record(
    {
      hasLipayStatus: fc.boolean(),
      // Without an order that somebody wants to pay, nothing happens.
      steps: fc
        .tuple(anyStep, fc.noBias(fc.array(anyStep, { maxLength: maxSteps - 2, size: 'max' })))
        .map(([[, a, b, c], steps]): Step[] => [['open', a, b, c], ['pick', a, b, c], ...steps]),
    },
    { noNullPrototype: true },
  )
  await fc.check(
    fc.asyncProperty(anyRun, async (run) => {
      const verdict = await runModel(run).catch((error: unknown) => ({
        violations: [`broke off: ${error instanceof Error ? error.stack : String(error)}`],
        at: run.steps.length,
        counts: {},
      }))
      played += 1
      steps += run.steps.length
      for (const [what, count] of Object.entries(verdict.counts)) {
        counts[what] = (counts[what] ?? 0) + count
      }
      if (verdict.violations.length === 0) return true
      broken = { run, ...verdict }
      foundAfter ??= played
      return false
    }),
    {
      seed,
      numRuns: runs,
      endOnFailure: isFirst,
      ...(seconds !== undefined && { interruptAfterTimeLimit: seconds * 1000 }),
      ...(seconds === undefined && { interruptAfterTimeLimit: runs * 2000 + SHRINK_MS }),
    },
  )
  const failure =
    broken &&
    [
      `NOT HELD, found after ${foundAfter} runs; the shortest breaks after step ${broken.at}:`,
      ...broken.violations,
      `--replay '${JSON.stringify(broken.run)}'`,
    ].join('\n')
  return { runs: played, steps, ms: performance.now() - begin, counts, foundAfter, failure }
}
