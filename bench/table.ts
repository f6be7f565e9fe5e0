/**
 * Measurements as Markdown. Pure functions: the same measurements are the same text.
 * @module
 */
import { isMissed, ratioOf, round } from './figures.ts'
import type { Figure } from './figures.ts'
import type { Measurement, Recorded } from './record.ts'

const HEAD = ['what', 'measured', 'beside it', 'ratio', 'budget']

/** One table of all parts. */
export function renderTable(recorded: Recorded): string {
  const rows = Object.entries(recorded).flatMap(([part, { groups }]) =>
    groups.flatMap(({ title, figures }) => [
      [`**${title}** (\`${part}\`)`, '', '', '', ''],
      ...figures.map(toRow),
    ]),
  )
  return toTable(HEAD, rows)
}

/** When, on what, and how it is made again. */
export function renderMachine(recorded: Recorded): string {
  const all = Object.entries(recorded)
  const quick = all.filter(([, { isQuick }]) => isQuick).map(([part]) => `\`${part}\``)
  const machines = [...new Set(all.map(([, measured]) => describe(measured)))]
  const note =
    quick.length > 0
      ? `\n\nShort runs, on a machine that others used meanwhile, good for a look and no more: ${quick.join(', ')}.`
      : ''
  return `${machines.join('; ')}. Made by \`npm run bench -- --write\`.${note}`
}

const describe = ({ date, cores, memoryGb, node }: Measurement): string =>
  `${cores} cores, ${memoryGb} GB, Node ${node}, ${date}`

export function toTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const rule = head.map((_, column) => (column === 0 ? '---' : '---:'))
  return [line(head), line(rule), ...rows.map(line)].join('\n')
}

function toRow(figure: Figure): readonly string[] {
  const { what, value, unit, beside, atMost, atLeast } = figure
  const bound = atMost ?? atLeast
  const missed = isMissed(figure) ? ' **missed**' : ''
  return [
    what,
    write(value, unit),
    beside ? `${write(beside.value, unit)}, ${beside.what}` : '',
    beside ? `${ratioOf(figure)}` : '',
    bound === undefined ? '' : `${atMost === undefined ? '≥' : '≤'} ${write(bound, unit)}${missed}`,
  ]
}

/** With its unit, and thousands apart. */
export function write(value: number, unit: string): string {
  const text = round(value)
  const digits = Math.abs(value) >= 1000 ? Number(text).toLocaleString('en-US') : text
  return `${digits} ${unit}`.trim()
}
