/**
 * Decimal text and BigInt minor units: the sandbox never computes money with floats.
 *
 * @module
 */

/** Minor units of a plain decimal text, or undefined if it has more than `scale` decimals. */
export function parseDecimal(text: string, scale: number): bigint | undefined {
  const match = /^(\d{1,30})(?:\.(\d{1,30}))?$/.exec(text)
  if (!match) return undefined
  const decimals = (match[2] ?? '').replace(/0+$/, '')
  if (decimals.length > scale) return undefined
  return BigInt(match[1] + decimals.padEnd(scale, '0'))
}

/** The shortest decimal text: `148874000n` at scale 6 is `148.874`. */
export function formatDecimal(minor: bigint, scale: number): string {
  const digits = minor.toString().padStart(scale + 1, '0')
  const whole = digits.slice(0, digits.length - scale)
  const decimals = digits.slice(digits.length - scale).replace(/0+$/, '')
  return decimals === '' ? whole : `${whole}.${decimals}`
}

/** Division of positive integers that rounds up. */
export function divideUp(dividend: bigint, divisor: bigint): bigint {
  return (dividend + divisor - 1n) / divisor
}
