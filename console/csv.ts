/**
 * Rows as CSV (RFC 4180). A cell that a spreadsheet would calculate is written as text.
 * @module
 */

export function toCsv(
  heads: readonly string[],
  rows: readonly (readonly (string | null)[])[],
): string {
  return [heads, ...rows].map((row) => row.map((cell) => cellOf(cell ?? '')).join(',')).join('\r\n')
}

function cellOf(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
