/**
 * `node test/model/run.ts [--runs 300] [--steps 60] [--seed 1] [--seconds 60]`: runs the model against the
 * real proxy and prints what the runs came across; ends with 1, and with the shortest run that was found,
 * where something did not hold (`--first`: with the first one). `--only pick,tick`: these steps alone. `--replay '<json>'` plays one run again.
 * @module
 */
import process from 'node:process'
import { parseArgs } from 'node:util'
import { explore } from './explore.ts'
import { runModel } from './model.ts'
import type { Run } from './model.ts'

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '300' },
    steps: { type: 'string', default: '60' },
    seed: { type: 'string' },
    seconds: { type: 'string' },
    first: { type: 'boolean' },
    only: { type: 'string' },
    replay: { type: 'string' },
  },
})
const print = (line: string): void => void process.stdout.write(`${line}\n`)

if (values.replay === undefined) {
  const seed = values.seed === undefined ? Math.trunc(Math.random() * 2 ** 31) : Number(values.seed)
  const { runs, steps, ms, counts, failure } = await explore({
    runs: Number(values.runs),
    maxSteps: Number(values.steps),
    seed,
    isFirst: values.first ?? false,
    ...(values.only !== undefined && { only: values.only.split(',') }),
    ...(values.seconds !== undefined && { seconds: Number(values.seconds) }),
  })
  print(`seed ${seed}: ${runs} runs, ${steps} steps, ${(ms / 1000).toFixed(1)} s`)
  for (const [what, count] of Object.entries(counts).toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    print(`  ${what.padEnd(28)}${String(count).padStart(8)}`)
  }
  print(failure === undefined ? 'everything held' : failure)
  process.exitCode = failure === undefined ? 0 : 1
} else {
  const { violations, at } = await runModel(JSON.parse(values.replay) as Run)
  print(violations.length === 0 ? 'everything held' : `after step ${at}:\n${violations.join('\n')}`)
  process.exitCode = violations.length === 0 ? 0 : 1
}
