/**
 * Figures of a measurement, and whether they keep their budgets. A budget that is missed ends the
 * process with 1, for whoever ran the command; no test ever waits for a time.
 * @module
 */
import { appendFileSync } from 'node:fs'

export interface Figure {
  readonly what: string
  readonly value: number
  readonly unit: string
  readonly atMost?: number
  readonly atLeast?: number
  /** What it is measured beside, in the same run and the same unit. */
  readonly beside?: { readonly what: string; readonly value: number }
  /** Its name, where something is computed from it: `capacity.ts`. */
  readonly key?: string
}

/** What one command printed. */
export interface Group {
  readonly title: string
  readonly figures: readonly Figure[]
}

/** Asked for something short: fewer of everything, and figures that are only good for a look. */
export const IS_QUICK = process.env['QUICK'] === '1'

/** The value that this share of all values does not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}

export const median = (values: readonly number[]): number => percentile(values, 0.5)

/** One line each; and for `npm run bench`, into the file that it names. */
export function printFigures(title: string, figures: readonly Figure[]): void {
  const width = Math.max(...figures.map(({ what }) => what.length))
  const lines = figures.map((figure) => {
    const value = `${round(figure.value)} ${figure.unit}`
    const rest = [compare(figure), verdict(figure)].filter(Boolean).join('; ')
    return `  ${figure.what.padEnd(width)}  ${value.padStart(12)}  ${rest}`.trimEnd()
  })
  process.stdout.write(`${[title, ...lines].join('\n')}\n`)
  const file = process.env['FIGURES_FILE']
  if (file !== undefined) appendFileSync(file, `${JSON.stringify({ title, figures })}\n`)
  if (figures.some(isMissed)) process.exitCode = 1
}

export const isMissed = ({ value, atMost = Infinity, atLeast = -Infinity }: Figure): boolean =>
  !(value <= atMost && value >= atLeast)

/** How many times what it is measured beside; undefined where there is nothing. */
export function ratioOf({ value, beside }: Figure): string | undefined {
  return beside && (value / beside.value).toFixed(2)
}

function compare(figure: Figure): string {
  const { beside, unit } = figure
  return beside ? `${ratioOf(figure)} × ${beside.what} (${round(beside.value)} ${unit})` : ''
}

function verdict(figure: Figure): string {
  const { atMost, atLeast, unit } = figure
  if (atMost === undefined && atLeast === undefined) return ''
  const bound =
    atMost === undefined ? `at least ${round(atLeast ?? 0)}` : `at most ${round(atMost)}`
  return `${bound} ${unit}${isMissed(figure) ? ': MISSED' : ''}`
}

export function round(value: number): string {
  const size = Math.abs(value)
  return value.toFixed(size === 0 || size >= 100 ? 0 : size < 1 ? 2 : 1)
}
