/**
 * `npm run bench`: measures everything and prints one table; `npm run bench -- sizes growth` measures two parts.
 * `--quick` makes each short, for a look. `--write` keeps the figures in `bench/recorded.json` and writes the
 * documents that are made of them; with `--write` and the part `pages`, nothing is measured.
 * @module
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Group } from './figures.ts'
import { readRecorded, toMeasurement } from './record.ts'
import type { Measurement, Recorded } from './record.ts'
import { renderTable } from './table.ts'
import { writePages } from './pages.ts'

/** Each is a script of this folder; what it is given for a short run. */
const PARTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  sizes: {},
  paint: {},
  memory: {},
  requests: {},
  status: {},
  pollers: { POLLERS: '200', DURATION_MS: '3000' },
  widgets: {},
  signing: {},
  growth: {},
  proxies: {},
  ack: { SCALE: '0.5' },
  ready: { STARTS: '4', PAYMENTS: '20' },
  latency: { COUNT: '5' },
}
const NO_PART = 'pages'

const words = process.argv.slice(2)
const isQuick = words.includes('--quick')
const wanted = words.filter((word) => !word.startsWith('--'))
const unknown = wanted.filter((name) => !Object.hasOwn(PARTS, name) && name !== NO_PART)
if (unknown.length > 0) {
  process.stderr.write(
    `${unknown.join(', ')}: no part; there are ${Object.keys(PARTS).join(', ')}\n`,
  )
  process.exit(2)
}

const names = Object.keys(PARTS).filter((name) => wanted.length === 0 || wanted.includes(name))
const measured: Record<string, Measurement> = {}
const failed: string[] = []
for (const name of names) {
  const { groups, isWell } = measure(name)
  if (groups.length > 0) measured[name] = toMeasurement(groups, isQuick)
  if (!isWell) failed.push(name)
}
if (names.length > 0) process.stdout.write(`\n${renderTable(measured)}\n`)
if (words.includes('--write')) await writePages(inOrder({ ...readRecorded(), ...measured }))
if (failed.length > 0) {
  process.stderr.write(`missed a budget, or did not come to its end: ${failed.join(', ')}\n`)
  process.exitCode = 1
}

/** In a process of its own, which prints its figures as it does alone. */
function measure(name: string): { groups: Group[]; isWell: boolean } {
  process.stdout.write(`\n${new Date().toISOString().slice(11, 19)} ${name}\n`)
  const folder = mkdtempSync(join(tmpdir(), 'checkout-bench-figures-'))
  const file = join(folder, 'figures')
  const { status } = spawnSync(process.execPath, [`bench/${name}.ts`], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      FIGURES_FILE: file,
      ...(isQuick && { QUICK: '1', ...PARTS[name] }),
    },
  })
  const groups = readLines(file).map((line) => JSON.parse(line) as Group)
  rmSync(folder, { recursive: true })
  return { groups, isWell: status === 0 }
}

/** As the parts stand above, whichever were measured last. */
function inOrder(recorded: Recorded): Recorded {
  return Object.fromEntries(
    Object.keys(PARTS).flatMap((name) => {
      const found = recorded[name]
      return found ? [[name, found]] : []
    }),
  )
}

function readLines(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8').split('\n').filter(Boolean)
  } catch {
    return []
  }
}
