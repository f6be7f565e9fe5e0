/**
 * Code is written line by line; what was not configured leaves no line.
 * @module
 */

export type Line = string | false | null | readonly Line[]

/** What prettier, and this project, hold a line to. */
export const WIDTH = 100

/** The code. `false` and `null` are no line, `''` an empty one; a list is lines. */
export const write = (...lines: readonly Line[]): string => `${flatten(lines).join('\n')}\n`

/** Those lines further to the right. */
export const indent = (depth: number, ...lines: readonly Line[]): readonly string[] =>
  flatten(lines).map((line) => (line === '' ? '' : ' '.repeat(depth) + line))

/** `open`, items and `close`: on one line where they fit with `room` to spare, else each item on its own. */
export function list(
  [open, close]: readonly [open: string, close: string],
  items: readonly string[],
  { room = 0, gap = '', depth = 2 } = {},
): readonly string[] {
  const line = `${open}${gap}${items.join(', ')}${gap}${close}`
  if (line.length + room <= WIDTH) return [line]
  return [
    open,
    ...indent(
      depth,
      items.map((item) => `${item},`),
    ),
    close,
  ]
}

const flatten = (lines: readonly Line[]): string[] =>
  lines.flatMap((line) => (typeof line === 'string' ? [line] : line ? flatten(line) : []))
