/**
 * `node test/sabotage/run.ts [T7 T9/signature …] [--jobs 2]`: takes each control out in turn and says which
 * test turned red; ends with 1 where none did.
 * @module
 */
import process from 'node:process'
import { parseArgs } from 'node:util'
import { editsOf } from './mutant.ts'
import type { Mutant } from './mutant.ts'
import { MUTANTS } from './mutants/index.ts'
import { openWorkshop } from './workshop.ts'
import type { Workshop } from './workshop.ts'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { jobs: { type: 'string', default: '2' } },
})
const wanted = MUTANTS.filter(
  ({ id, threat }) =>
    positionals.length === 0 || positionals.includes(threat) || positionals.includes(id),
)
if (wanted.length === 0) {
  process.stderr.write(`No control ${positionals.join(', ')}; there are those of T1 to T35.\n`)
  process.exit(2)
}

const say = (line: string): boolean => process.stdout.write(`${line}\n`)
const workshops = Array.from({ length: Number(values.jobs) }, openWorkshop)
let isProven = false
try {
  isProven = await run()
} finally {
  for (const workshop of workshops) workshop.close()
}
process.exit(isProven ? 0 : 1)

type Verdict = readonly [word: 'killed' | 'SURVIVED' | 'NOT PROVED', detail: string]

async function run(): Promise<boolean> {
  const green = await runUnbroken()
  say('\nmutant: control taken out → test that turned red')
  const verdicts = new Map<string, Verdict>()
  await inParallel(wanted, async (mutant, workshop) => {
    const verdict = findUnfit(mutant, green) ?? (await sabotage(mutant, workshop))
    verdicts.set(mutant.id, verdict)
    const [word, detail] = verdict
    say(`${mutant.id}: ${mutant.control} → ${word === 'killed' ? '' : `${word}: `}${detail}`)
  })
  const others = wanted.filter(({ id }) => verdicts.get(id)?.[0] !== 'killed')
  const threats = new Set(wanted.map(({ threat }) => threat))
  say(`\n${wanted.length} controls of ${threats.size} threats were taken out, one at a time.`)
  say(`${wanted.length - others.length} times a test turned red; ${others.length} times none did.`)
  for (const { id, control } of others) say(`  ${verdicts.get(id)?.[0]}: ${id}, ${control}`)
  return others.length === 0
}

/** The names of the tests that are to notice something, by file, where all are green as it is. */
async function runUnbroken(): Promise<ReadonlyMap<string, readonly string[]>> {
  const names = [...new Set(wanted.flatMap(({ tests }) => tests))]
  const found = new Map<string, readonly string[]>()
  say(`${names.length} test files, with nothing broken:`)
  await inParallel(names, async (name, workshop) => {
    const { red, green, isWhole, lastWords } = await workshop.test(name, patternFor(name))
    if (isWhole && green.length > 0) found.set(name, green)
    else say(`  ${name}: ${red ?? lastWords}`)
  })
  say(`  ${found.size} are green`)
  return found
}

/** Of a file, what any mutant looks at; all of it where one looks at all. */
function patternFor(name: string): string | undefined {
  const patterns = wanted.filter(({ tests }) => tests.includes(name)).map(({ only }) => only)
  return patterns.includes(undefined) ? undefined : [...new Set(patterns)].join('|')
}

/** Why nothing can be proved with its tests. */
function findUnfit(
  { tests, only }: Mutant,
  green: ReadonlyMap<string, readonly string[]>,
): Verdict | undefined {
  for (const name of tests) {
    const known = green.get(name)
    if (!known) return ['NOT PROVED', `${name} is not green by itself`]
    const isThere = only === undefined || known.some((full) => new RegExp(only).test(full))
    if (!isThere && tests.length === 1) return ['NOT PROVED', `${name} has no test “${only}”`]
  }
  return undefined
}

async function sabotage(mutant: Mutant, workshop: Workshop): Promise<Verdict> {
  try {
    return await workshop.broken(editsOf(mutant), async () => {
      for (const name of mutant.tests) {
        const { red, isWhole, lastWords } = await workshop.test(name, mutant.only)
        if (red !== undefined) return ['killed', `${name}: ${red}`]
        // No test has noticed anything: the code does not run at all, which proves nothing.
        if (!isWhole) return ['NOT PROVED', lastWords]
      }
      return ['SURVIVED', mutant.tests.join(', ')]
    })
  } catch (error) {
    return ['NOT PROVED', String(error)]
  }
}

async function inParallel<T>(
  tasks: readonly T[],
  handle: (task: T, workshop: Workshop) => Promise<void>,
): Promise<void> {
  const left = [...tasks]
  await Promise.all(
    workshops.map(async (workshop) => {
      for (let task = left.shift(); task !== undefined; task = left.shift()) {
        await handle(task, workshop)
      }
    }),
  )
}
