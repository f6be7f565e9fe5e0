/**
 * What the doctor finds, and what a check is.
 * @module
 */
import type { Subject } from './subject.ts'

/** `error`: shoppers, money or secrets suffer. `warning`: they may. `note`: good to know. */
export type Severity = 'error' | 'warning' | 'note'

export interface Finding {
  readonly severity: Severity
  /** Stable, for programs. */
  readonly code: string
  /** The variable, file or address that it is about. Never a value. */
  readonly about: string
  /** What is so. */
  readonly what: string
  /** Why it matters. */
  readonly why: string
  /** What to do, in one line. */
  readonly fix: string
}

export interface Check {
  /** What is looked at, in a word or two. */
  readonly title: string
  /** It asks other machines. */
  readonly isRemote?: true
  look(subject: Subject): readonly Finding[] | Promise<readonly Finding[]>
}

/** The findings whose condition holds. */
export const found = (
  ...cases: readonly (readonly [condition: boolean, finding: Finding])[]
): readonly Finding[] => cases.flatMap(([condition, finding]) => (condition ? [finding] : []))
