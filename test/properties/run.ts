/**
 * `node test/properties/run.ts [--runs 100000] [--seed 1] [words of a title]`: tries every property and
 * prints runs and seconds of each; ends with 1 where one does not hold. Without `--runs`, as the tests do.
 * @module
 */
import process from 'node:process'
import { parseArgs } from 'node:util'
import { PROPERTIES } from './index.ts'

const { values, positionals } = parseArgs({
  options: { runs: { type: 'string' }, seed: { type: 'string' } },
  allowPositionals: true,
})
const seed = values.seed === undefined ? Math.trunc(Math.random() * 2 ** 31) : Number(values.seed)
const wanted = positionals.join(' ').toLowerCase()
const named = PROPERTIES.filter(({ rule, title }) =>
  `${rule} ${title}`.toLowerCase().includes(wanted),
)
const print = (line: string): void => void process.stdout.write(`${line}\n`)

print(`seed ${seed}`)
print(
  `${'rule'.padEnd(6)}${'runs'.padStart(9)}${'seconds'.padStart(9)}${'cpu'.padStart(7)}  property`,
)
let seconds = 0
let cpu = 0
let isHeld = true
for (const { rule, title, gateRuns, check } of named) {
  const { runs, ms, cpuMs, failure } = await check(Number(values.runs ?? gateRuns), seed)
  seconds += ms / 1000
  cpu += cpuMs / 1000
  const row = [rule.padEnd(6), String(runs).padStart(9), (ms / 1000).toFixed(2).padStart(9)]
  print(
    `${row.join('')}${(cpuMs / 1000).toFixed(2).padStart(7)}  ${failure === undefined ? title : `BROKEN: ${title}`}`,
  )
  if (failure === undefined) continue
  isHeld = false
  print(failure)
}
print(
  `${named.length} properties, ${seconds.toFixed(1)} s, cpu ${cpu.toFixed(1)} s, ${isHeld ? 'all hold' : 'NOT ALL HOLD'}`,
)
process.exitCode = isHeld ? 0 : 1
