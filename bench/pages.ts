/**
 * The parts of documents that are made of measurements: each stands between `<!-- made: name -->` and
 * `<!-- end -->`.
 * @module
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { format, resolveConfig } from 'prettier'
import { CONCURRENT, MAX_BUSY, STAY_S, computeNeed, valueOf } from './capacity.ts'
import type { Need } from './capacity.ts'
import type { Recorded } from './record.ts'
import { renderMachine, renderTable, toTable, write } from './table.ts'

const ROOT = new URL('../', import.meta.url)
const RECORDED = 'bench/recorded.json'
/** What stands where; a part that cannot be made yet keeps what is there. */
const MADE: Readonly<
  Record<string, readonly (readonly [string, (recorded: Recorded) => string])[]>
> = {
  'docs/performance.md': [
    ['machine', renderMachine],
    ['measurements', renderTable],
  ],
  'docs/capacity.md': [
    ['needs', renderNeeds],
    ['measured', renderInputs],
  ],
}

/** The files that are written, with what stands in them then. */
export async function makePages(recorded: Recorded): Promise<ReadonlyMap<string, string>> {
  const made = new Map<string, string>()
  for (const [file, parts] of Object.entries(MADE)) {
    const text = readFileSync(new URL(file, ROOT), 'utf8')
    const whole = parts.reduce((page, [name, make]) => put(page, name, make(recorded)), text)
    made.set(file, await formatAs(file, whole))
  }
  return made
}

/** Keeps the measurements, whatever comes, and writes what is made of them. */
export async function writePages(recorded: Recorded): Promise<void> {
  const kept = await formatAs(RECORDED, JSON.stringify(recorded))
  writeFileSync(new URL(RECORDED, ROOT), kept)
  for (const [file, text] of await makePages(recorded)) writeFileSync(new URL(file, ROOT), text)
}

/** As the project formats it. */
async function formatAs(file: string, text: string): Promise<string> {
  const filepath = fileURLToPath(new URL(file, ROOT))
  return format(text, { ...(await resolveConfig(filepath)), filepath })
}

function put(text: string, name: string, part: string): string {
  const begin = `<!-- made: ${name} -->`
  const from = text.indexOf(begin)
  const to = text.indexOf('<!-- end -->', from)
  if (from < 0 || to < 0) throw new Error(`there is no place for ${name}`)
  return `${text.slice(0, from + begin.length)}\n\n${part}\n\n${text.slice(to)}`
}

/** A column for each number of checkouts. */
export function renderNeeds(recorded: Recorded): string {
  const needs = CONCURRENT.map((checkouts) => computeNeed(recorded, checkouts))
  const row = (what: string, cell: (need: Need) => string): string[] => [what, ...needs.map(cell)]
  return toTable(
    ['concurrent checkouts', ...needs.map(({ checkouts }) => checkouts.toLocaleString('en-US'))],
    [
      row('setup', describeSetup),
      row('polls a second', (need) => write(need.pollsPerSecond, '')),
      row('calls of providers a second', (need) => write(need.callsPerSecond, '')),
      row('orders a second', (need) => write(need.ordersPerSecond, '')),
      row('busy cores, proxies', (need) => write(need.proxyCores, '')),
      row('busy cores, database', (need) =>
        need.setup === 'SQLite' ? 'in the proxy' : write(need.databaseCores, ''),
      ),
      row('memory, proxies', (need) => writeBytes(need.memory)),
      row('rows written a second', (need) => write(need.rowsPerSecond, '')),
      row('stored a day', (need) => writeBytes(need.storagePerDay)),
      row('tried', (need) => (need.isBeyond ? 'no: computed' : 'within what was measured')),
    ],
  )
}

/** Each figure that the formulas use. */
export function renderInputs(recorded: Recorded): string {
  const widgets = valueOf(recorded, 'widgets')
  const polls = (store: string): number => valueOf(recorded, `${store}.many.polls`)
  const rows = (
    [
      ['polls of a widget', 'sqlite.one.polls', '/s', widgets],
      ['calls of a provider for a poll, SQLite', 'sqlite.calls', '', polls('sqlite') / widgets],
      [
        'calls of a provider for a poll, PostgreSQL',
        'postgres.calls',
        '',
        polls('postgres') / widgets,
      ],
      ['processor for a poll and its look, SQLite', 'sqlite.many.cpu', 'ms', polls('sqlite') / 10],
      [
        'processor for a poll and its look, PostgreSQL',
        'postgres.many.cpu',
        'ms',
        polls('postgres') / 10,
      ],
      ['processor of the database for it', 'postgres.many.database', 'ms', polls('postgres') / 10],
      ['processor for opening a checkout, SQLite', 'create.cpu', 'µs', 1],
      ['processor for opening a checkout, PostgreSQL', 'postgres.create.1', 'µs', 1],
      ['processor of the database for opening', 'database.create.1', 'µs', 1],
      ['processor for a notification and what follows', 'notification.cpu', 'µs', 1],
      ['memory of a proxy at its start, SQLite', 'sqlite.start', 'MB', 1],
      ['… with all widgets', 'sqlite.memory', 'MB', 1],
      ['memory of a proxy at its start, PostgreSQL', 'postgres.start', 'MB', 1],
      ['… with all widgets', 'postgres.memory', 'MB', 1],
      ['widgets', 'widgets', '', 1],
      ['rows written for an order', 'order.rows', '', 1],
      ['an order in SQLite', 'order.kB.SQLite', 'kB', 1],
      ['an order in PostgreSQL', 'order.kB.PostgreSQL', 'kB', 1],
    ] as const
  ).map(([what, key, unit, of]) => [what, `${fine(valueOf(recorded, key) / of)} ${unit}`.trim()])
  return toTable(
    ['measured', ''],
    [
      ...rows,
      ['assumed: how long a shopper stands there', `${STAY_S} s`],
      ['planned: no core busier than', `${MAX_BUSY * 100} %`],
    ],
  )
}

const describeSetup = ({ setup, proxies }: Need): string =>
  setup === 'SQLite'
    ? 'one machine, SQLite'
    : `PostgreSQL, ${proxies} ${proxies === 1 ? 'proxy' : 'proxies'}, one region`

function writeBytes(bytes: number): string {
  return bytes < 1e9 ? write(bytes / 1e6, 'MB') : write(bytes / 1e9, 'GB')
}

/** What is small is not rounded away. */
const fine = (value: number): string => String(Number(value.toPrecision(3)))
