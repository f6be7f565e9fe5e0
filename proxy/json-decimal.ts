/**
 * JSON whose decimals stand as they were written: `"100.00"` becomes the number literal `100.00`, and
 * back. A float in between would lose the zeros, and for some amounts more.
 * @module
 */
import { isDecimal } from '../protocol/money.ts'
import { ProviderError } from './errors.ts'

/**
 * Compact JSON of `body`, with the text of the `decimals` members as number literals. Throws
 * `payment_refused` for a text that is no amount.
 */
export function withDecimals(
  body: Readonly<Record<string, unknown>>,
  decimals: readonly string[],
): string {
  const members = Object.entries(body)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${JSON.stringify(key)}:${literal(key, value, decimals)}`)
  return `{${members.join(',')}}`
}

function literal(key: string, value: unknown, decimals: readonly string[]): string {
  if (!decimals.includes(key)) return JSON.stringify(value)
  if (isDecimal(value)) return value
  throw new ProviderError('payment_refused', `${key} is not a decimal amount`)
}
