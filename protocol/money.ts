/**
 * Money as decimal text: what a merchant, a provider and a shopper read is the same string, and no
 * float ever touches it. Arithmetic goes through integers of the smallest unit.
 * @module
 */

/** An amount in one currency: an ISO 4217 code (`TRY`) or an asset's symbol (`USDT`), never a network. */
export interface Money {
  readonly amount: string
  readonly currency: string
}

/** Decimal text: no sign, no exponent, no leading zeros, 1 to 13 digits before the point, 18 after. */
export const DECIMAL = /^(?:0|[1-9]\d{0,12})(?:\.\d{1,18})?$/

/** Whether `text` is an amount that can be calculated with. ASCII digits only. */
export function isDecimal(text: unknown): text is string {
  return typeof text === 'string' && DECIMAL.test(text)
}

/** How many digits stand after the point. */
export function decimalPlaces(amount: string): number {
  const point = amount.indexOf('.')
  return point < 0 ? 0 : amount.length - point - 1
}

/**
 * `'12.50'` with 6 decimals is `12500000n`.
 * Throws a `RangeError` for text that is not decimal, or that has more decimals than asked for: an
 * amount is never rounded silently.
 */
export function toMinor(amount: string, decimals: number): bigint {
  if (!isDecimal(amount)) throw new RangeError('not a decimal amount')
  const [whole = '0', fraction = ''] = amount.split('.')
  const significant = fraction.replace(/0+$/, '')
  if (significant.length > decimals) throw new RangeError(`more than ${decimals} decimals`)
  return BigInt(whole + significant.padEnd(decimals, '0'))
}

/** `12500000n` with 6 decimals is `'12.5'`: the shortest text, no trailing zeros. */
export function fromMinor(minor: bigint, decimals: number): string {
  const digits = minor.toString().padStart(decimals + 1, '0')
  const whole = digits.slice(0, digits.length - decimals)
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '')
  return fraction ? `${whole}.${fraction}` : whole
}

/** The same amount without zeros at its end: `12.50` is `12.5`, and `100.00` is `100`. */
export function shortest(amount: string): string {
  return amount.includes('.') ? amount.replace(/\.?0+$/, '') : amount
}

const SCALE = 18

/** Negative when `a < b`, 0 when equal in value (`1.50` and `1.5`), positive when `a > b`. */
export function compareDecimal(a: string, b: string): -1 | 0 | 1 {
  const difference = toMinor(a, SCALE) - toMinor(b, SCALE)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

/** `a + b` */
export function addDecimal(a: string, b: string): string {
  return fromMinor(toMinor(a, SCALE) + toMinor(b, SCALE), SCALE)
}

/** `a - b`, and `'0'` where that would be negative. */
export function subtractDecimal(a: string, b: string): string {
  const difference = toMinor(a, SCALE) - toMinor(b, SCALE)
  return fromMinor(difference < 0n ? 0n : difference, SCALE)
}

/** `a * times`, with the decimals that `a` was written with, for a catalogue price and a quantity. */
export function multiplyDecimal(a: string, times: number): string {
  const decimals = decimalPlaces(a)
  const digits = String(toMinor(a, decimals) * BigInt(times)).padStart(decimals + 1, '0')
  const point = digits.length - decimals
  return decimals ? `${digits.slice(0, point)}.${digits.slice(point)}` : digits
}

/** Same currency and same value. */
export function isSameMoney(a: Money, b: Money): boolean {
  return a.currency === b.currency && compareDecimal(a.amount, b.amount) === 0
}
