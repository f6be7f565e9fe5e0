/**
 * The table of goal G11: what was attacked, by which rule, with how many requests, and what came of it.
 * @module
 */
import type { Outcome } from './attack.ts'
import type { Result } from './corpus.ts'

export interface Line {
  readonly target: string
  readonly threat: string
  readonly rule: string
  readonly attacks: number
  readonly changes: number
  readonly answers: number
}

/** One line for each rule of each provider. */
function toLines(outcomes: readonly Outcome[]): readonly Line[] {
  const groups = Map.groupBy(outcomes, ({ target, threat, rule }) =>
    JSON.stringify([target, threat, rule]),
  )
  return [...groups.values()]
    .map((group) => {
      const [{ target, threat, rule }] = group as [Outcome]
      return {
        target,
        threat,
        rule,
        attacks: group.length,
        changes: group.filter(({ changes }) => changes.length > 0).length,
        answers: group.filter(({ faults }) => faults.length > 0).length,
      }
    })
    .toSorted(
      (a, b) =>
        a.target.localeCompare(b.target) ||
        a.threat.localeCompare(b.threat, 'en', { numeric: true }),
    )
}

/** Every attack that did something, in words. */
export const describeBad = ({ outcomes, broken, unpaid }: Result): readonly string[] => [
  ...outcomes.flatMap(({ family, rule, name, changes, faults }) =>
    [...changes, ...faults].map((what) => `${family} | ${rule} | ${name}: ${what.slice(0, 300)}`),
  ),
  ...broken.map((what) => `the genuine one did not work: ${what}`),
  ...unpaid.map((what) => `the audit: ${what}`),
]

export function renderTable(result: Result): string {
  const lines = toLines(result.outcomes)
  const rows = lines.map(({ target, threat, rule, attacks, changes, answers }) =>
    [target, threat, rule, attacks, changes, answers].map(String),
  )
  const head = ['provider', 'threat', 'rule', 'attacks', 'changes', 'wrong answers']
  const widths = head.map((_, column) =>
    Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)),
  )
  const draw = (row: readonly string[]): string =>
    row
      .map((cell, column) =>
        column < 3 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd()
  const { outcomes, controls, broken, unpaid, requests, tookMs } = result
  const changed = outcomes.filter(({ changes }) => changes.length > 0).length
  const wrong = outcomes.filter(({ faults }) => faults.length > 0).length
  return [
    'G11 forged and ill-bound requests',
    draw(head),
    ...rows.map(draw),
    '',
    `attacks               ${outcomes.length} (${requests} requests)`,
    `state changes         ${changed}`,
    `wrong answers         ${wrong}`,
    `genuine requests      ${controls}, ${broken.length} did not work`,
    `paid without money    ${unpaid.length}`,
    `took                  ${(tookMs / 1000).toFixed(1)} s`,
    '',
  ].join('\n')
}
