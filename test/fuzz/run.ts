/**
 * `node --expose-gc test/fuzz/run.ts [--requests 50000] [--answers 20000] [--seed 1]`: goal G12 as it is
 * written down, printed as tables; ends with 1 where something was violated.
 * @module
 */
import process from 'node:process'
import { parseArgs } from 'node:util'
import { fuzzAnswers } from './answers.ts'
import { MOST_GROWTH_MIB, renderFuzz } from './count.ts'
import { fuzzRequests } from './requests.ts'

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '50000' },
    answers: { type: 'string', default: '20000' },
    seed: { type: 'string' },
  },
})
const seed = values.seed === undefined ? Math.trunc(Math.random() * 2 ** 31) : Number(values.seed)
process.stdout.write(`seed ${seed}\n`)
let isMet = true
for (const [fuzz, tries] of [
  [fuzzRequests, Number(values.requests)],
  [fuzzAnswers, Number(values.answers)],
] as const) {
  if (tries === 0) continue
  const measured = await fuzz({ tries, seed })
  // What the memory of a short run does says nothing, so the tests leave it to this.
  const grew = `memory grew by more than ${MOST_GROWTH_MIB} MiB`
  const isMore = measured.growthMib > MOST_GROWTH_MIB
  const figures = { ...measured, violations: [...measured.violations, ...(isMore ? [grew] : [])] }
  process.stdout.write(renderFuzz(figures))
  if (figures.violations.length > 0) isMet = false
}
process.exit(isMet ? 0 : 1)
