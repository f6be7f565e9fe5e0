/**
 * A table in Markdown.
 * @module
 */

/** One row for each item, one cell for each of `cells`. */
export function table<Item>(
  heads: readonly string[],
  items: readonly Item[],
  cells: readonly ((item: Item) => string)[],
): string {
  const rows = items.map((item) => cells.map((cell) => cell(item).replaceAll('|', '\\|')))
  return [heads, heads.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')
}
