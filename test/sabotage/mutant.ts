/**
 * What a mutant is: one control taken out of the code, and the tests that must notice.
 * @module
 */

/** A place in a file, and what stands there instead. */
export interface Edit {
  readonly file: string
  /** Must be found exactly once. */
  readonly find: string
  readonly replace: string
}

/** The code without one control. It still runs; only the control is gone. */
export interface Mutant extends Edit {
  readonly id: string
  /** `T7`: a row of the threat model. */
  readonly threat: string
  /** What was taken out, in plain words. */
  readonly control: string
  /** Where a control stands twice, the other place. */
  readonly also?: readonly Edit[]
  /** Test files, below `test/` and without `.test.ts`: one of them must turn red. */
  readonly tests: readonly string[]
  /** Of those files, only tests whose whole name holds this (a regular expression). */
  readonly only?: string
}

/** What the mutants of one threat in one file have in common. */
export type Common = Pick<Mutant, 'threat' | 'file' | 'tests'> & Partial<Pick<Mutant, 'only'>>

/** A mutant without what it has in common with its neighbours; `id` without the threat. */
export type Row = Pick<Mutant, 'id' | 'control' | 'find' | 'replace'> &
  Partial<Pick<Mutant, 'also' | 'tests' | 'only' | 'file'>>

/** Mutants of one threat, in one file, noticed by the same tests. */
export const group = (common: Common, rows: readonly Row[]): readonly Mutant[] =>
  rows.map((row) => ({ ...common, ...row, id: `${common.threat}/${row.id}` }))

export const editsOf = (mutant: Mutant): readonly Edit[] => [mutant, ...(mutant.also ?? [])]

/** `text` without the control. Throws where the place is not there exactly once. */
export function applyEdit(text: string, { find, replace }: Edit): string {
  const count = text.split(find).length - 1
  if (count !== 1) throw new RangeError(`${count} places where there must be one: ${find}`)
  return text.replace(find, () => replace)
}

/** `proxy/webhooks` is `test/proxy/webhooks.test.ts`; `scripts/check-rules` is a check of its own. */
export const testFile = (name: string): string =>
  isCheck(name) ? `${name}.mjs` : `test/${name}.test.ts`

export const isCheck = (name: string): boolean => name.startsWith('scripts/')
