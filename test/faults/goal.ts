/**
 * What a goal is: a run of some scale that ends in figures, and in everything that was violated.
 * @module
 */
import type { Audit } from './auditor.ts'

/** `short` runs with the tests; `long` is the goal as it is written down. */
export type Scale = 'short' | 'long'

export interface Figures {
  /** In the order in which they are printed. */
  readonly rows: readonly (readonly [what: string, figure: string | number])[]
  /** Empty: the goal is met. */
  readonly violations: readonly string[]
}

export interface Goal {
  readonly title: string
  run(options: { readonly scale: Scale }): Promise<Figures>
}

const SHOWN = 20

/** A table, and under it what was violated. */
export function renderFigures(title: string, { rows, violations }: Figures): string {
  const width = Math.max(...rows.map(([what]) => what.length))
  const table = rows.map(([what, figure]) => `  ${what.padEnd(width)}  ${figure}`)
  const shown = violations.slice(0, SHOWN).map((sentence) => `  ! ${sentence}`)
  const more = violations.length > SHOWN ? [`  ! … and ${violations.length - SHOWN} more`] : []
  const verdict = violations.length === 0 ? 'met' : `violated ${violations.length} times`
  return [`${title}: ${verdict}`, ...table, ...shown, ...more, ''].join('\n')
}

/** The auditor's own figures. */
export const auditRows = ({ counts, violations }: Audit): Figures['rows'] => [
  ['payments at the providers', counts.there],
  ['payments here', counts.payments],
  ['paid there', counts.paidThere],
  ['paid here', counts.paidHere],
  ['facts', counts.facts],
  ['violations', violations.length],
]

export const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`
