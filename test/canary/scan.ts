/**
 * The canary scan (SECURITY G14): looks for every secret, in every spelling, in everything that a run of the
 * tests said, kept and built. `node test/canary/scan.ts <folder> <places> [dist]`; in each of the places
 * something must have been heard, and no secret may be where it does not belong.
 * @module
 */
import process from 'node:process'
import { COMMON_HALVES, isAllowed } from './allowed.ts'
import { readHeard, readSecrets } from './heard.ts'
import type { Heard } from './heard.ts'
import type { Secret } from './recorder.ts'
import { createSearch } from './search.ts'
import type { Found } from './search.ts'
import { halvesOf, spellingsOf } from './spellings.ts'

export interface ScanOptions {
  /** Where the run was recorded. */
  readonly folder: string
  /** Rows of the table that may not be empty. */
  readonly places: readonly string[]
  /** What was built. */
  readonly dist?: string | undefined
}

export interface Scanned {
  readonly isClean: boolean
  /** A table, and what is wrong. */
  readonly lines: readonly string[]
}

interface Row {
  texts: number
  bytes: number
  /** Where they belong: a provider's key on its way to the provider. */
  known: number
  hits: number
}

interface Spelled {
  readonly secret: Secret
  readonly spelling: string
}

const SHORTEST = 12
const MOST_LINES = 40
const AROUND = 40
const CONTROL = 'to providers'
/** A private key that nobody declared: one of a JWK, or PEM. */
const PRIVATE_KEY = /\\*"d\\*"\s*:\s*\\*"[\w-]{40,}|PRIVATE KEY-----(?:\\n|\s)*[A-Za-z\d+/]{40}/

export function scan({ folder, places, dist }: ScanOptions): Scanned {
  const secrets = collect(folder)
  const search = createSearch(spell(secrets))
  const rows = new Map<string, Row>()
  const leaks = new Map<string, number>()
  const meant = new Map<string, number>()
  for (const heard of readHeard(folder, dist)) {
    const name = rowOf(heard)
    const row = rows.get(name) ?? { texts: 0, bytes: 0, known: 0, hits: 0 }
    rows.set(name, row)
    row.texts += 1
    row.bytes += heard.text.length
    if (PRIVATE_KEY.test(heard.text)) {
      row.hits += 1
      count(leaks, `${name}: a private key, in ${heard.from}`)
    }
    for (const found of search(heard.text).filter(isWhole)) {
      const { secret, spelling } = found.value
      const allowed = heard.kind !== 'bundle' && isAllowed(secret, spelling, heard)
      if (allowed === true) row.known += 1
      else if (allowed === false) {
        row.hits += 1
        count(leaks, describe(name, heard, found))
      } else count(meant, allowed.why)
    }
  }
  const problems = [
    ...misfits(secrets),
    ...places.filter((name) => !rows.get(name)?.bytes).map((name) => `${name}: nothing was heard`),
    ...(secrets.length > 0 ? [] : ['no secret was configured']),
    // Keys do go to their providers: a search that does not see them there sees nothing.
    ...(rows.get(CONTROL)?.known === 0 ? [`${CONTROL}: not even the keys that belong there`] : []),
    ...[...leaks].map(([leak, times]) => (times > 1 ? `${leak} (${times} times)` : leak)),
  ]
  const made = secrets.filter(({ name }) => /^[a-z]/.test(name)).length
  return {
    isClean: problems.length === 0,
    lines: [
      `canaries: ${secrets.length - made} configured, ${made} made`,
      ...table(rows),
      ...[...meant].map(([why, times]) => `  (${times} on purpose: ${why})`),
      ...problems.slice(0, MOST_LINES).map((problem) => `  LEAK ${problem}`),
      ...(problems.length > MOST_LINES ? [`  … and ${problems.length - MOST_LINES} more`] : []),
    ],
  }
}

/** Each value once, whoever declared it first. */
function collect(folder: string): readonly Secret[] {
  const byValue = new Map<string, Secret>()
  for (const secret of readSecrets(folder)) {
    if (!byValue.has(secret.value)) byValue.set(secret.value, secret)
  }
  return [...byValue.values()]
}

/** By spelling. Of a half that two secrets share nobody could say whose it is. */
function spell(secrets: readonly Secret[]): ReadonlyMap<string, Spelled> {
  const halves = new Map<string, number>()
  for (const half of secrets.flatMap(({ value }) => halvesOf(value))) count(halves, half)
  const needles = new Map<string, Spelled>()
  for (const secret of secrets) {
    if (secret.value.length < SHORTEST) continue
    for (const [text, spelling] of spellingsOf(secret.value)) {
      if (COMMON_HALVES.has(text) || (halves.get(text) ?? 0) > 1) continue
      needles.set(text, { secret, spelling })
    }
  }
  return needles
}

/** Not one that is a part of another that was found: a half of what stands there as it is. */
function isWhole(
  { needle, at }: Found<Spelled>,
  _index: number,
  all: readonly Found<Spelled>[],
): boolean {
  const end = at + needle.length
  return !all.some(
    (other) =>
      other.needle.length > needle.length &&
      other.at <= at &&
      other.at + other.needle.length >= end,
  )
}

function rowOf({ kind, to }: Heard): string {
  if (kind !== 'outbound') return kind
  return to === 'merchant' || to === 'unknown' ? `to ${to}` : CONTROL
}

function describe(row: string, heard: Heard, { at, needle, value }: Found<Spelled>): string {
  const { secret, spelling } = value
  const before = heard.text.slice(Math.max(0, at - AROUND), at)
  const after = heard.text.slice(at + needle.length, at + needle.length + AROUND)
  const place = `${before}█${after}`.replace(/[\s\p{Cc}]+/gu, ' ')
  return `${row}: ${secret.owner} ${secret.name}, ${spelling}, in ${heard.from}: ${place}`
}

/** Secrets that could not be found, or not be told from ordinary text. */
const misfits = (secrets: readonly Secret[]): readonly string[] =>
  secrets
    .filter(({ value }) => value.length < SHORTEST)
    .map(({ owner, name, value }) => `${owner} ${name}: ${value.length} characters are no marker`)

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1)
}

function table(rows: ReadonlyMap<string, Row>): readonly string[] {
  const toLine = (name: string, cells: readonly (number | string)[]): string =>
    `  ${name.padEnd(14)}${cells.map((cell) => String(cell).padStart(9)).join('')}`
  return [
    toLine('where', ['texts', 'KiB', 'known', 'hits']),
    ...[...rows]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, { texts, bytes, known, hits }]) =>
        toLine(name, [texts, Math.ceil(bytes / 1024), known, hits]),
      ),
  ]
}

if (import.meta.main) {
  const [folder = '', places = '', dist] = process.argv.slice(2)
  const { isClean, lines } = scan({ folder, places: places.split(','), dist })
  process.stdout.write(`${lines.join('\n')}\n`)
  process.exitCode = isClean ? 0 : 1
}
