/**
 * Figures of a measurement, and whether they keep their budgets. A budget that is missed ends the
 * process with 1, for whoever ran the command; no test ever waits for a time.
 * @module
 */

export interface Figure {
  readonly what: string
  readonly value: number
  readonly unit: string
  readonly atMost?: number
  readonly atLeast?: number
}

/** The value that this share of all values does not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}

/** One line each. */
export function printFigures(title: string, figures: readonly Figure[]): void {
  const width = Math.max(...figures.map(({ what }) => what.length))
  const lines = figures.map((figure) => {
    const value = `${round(figure.value)} ${figure.unit}`
    return `  ${figure.what.padEnd(width)}  ${value.padStart(12)}  ${verdict(figure)}`.trimEnd()
  })
  process.stdout.write(`${[title, ...lines].join('\n')}\n`)
  if (figures.some(isMissed)) process.exitCode = 1
}

const isMissed = ({ value, atMost = Infinity, atLeast = -Infinity }: Figure): boolean =>
  !(value <= atMost && value >= atLeast)

function verdict(figure: Figure): string {
  const { atMost, atLeast, unit } = figure
  if (atMost === undefined && atLeast === undefined) return ''
  const bound = atMost === undefined ? `at least ${atLeast}` : `at most ${atMost}`
  return `${bound} ${unit}${isMissed(figure) ? ': MISSED' : ''}`
}

const round = (value: number): string => (value < 10 ? value.toFixed(1) : value.toFixed(0))
