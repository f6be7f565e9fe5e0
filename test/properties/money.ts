/**
 * Money as text: nothing is rounded, nothing goes through a float (I18, T5).
 * @module
 */
import fc from 'fast-check'
import {
  addDecimal,
  compareDecimal,
  fromMinor,
  isDecimal,
  isSameMoney,
  multiplyDecimal,
  subtractDecimal,
  toMinor,
} from '../../protocol/money.ts'
import { withDecimals } from '../../proxy/json-decimal.ts'
import { property } from './property.ts'
import type { Property } from './property.ts'

/** Any text that an amount can be: 1 to 13 digits before the point, 0 to 18 after it. */
export const anyAmount: fc.Arbitrary<string> = fc
  .tuple(fc.bigInt(0n, 10n ** 31n - 1n), fc.nat(18), fc.nat(13))
  .map(([digits, places, wholes]) => {
    const whole = digits % 10n ** BigInt(Math.max(1, wholes))
    if (places === 0) return String(whole)
    const fraction = (digits / 10n ** 13n) % 10n ** BigInt(places)
    return `${whole}.${String(fraction).padStart(places, '0')}`
  })

/** The value as a fraction, found without the code that is tested. */
function fraction(amount: string): readonly [numerator: bigint, denominator: bigint] {
  const [whole = '', after = ''] = amount.split('.')
  return [BigInt(whole + after), 10n ** BigInt(after.length)]
}

const isEqual = (amount: string, [numerator, denominator]: readonly [bigint, bigint]): boolean => {
  const [own, scale] = fraction(amount)
  return own * denominator === numerator * scale
}

/** As a person would write it shortest. */
function shortest(amount: string): string {
  let text = amount
  while (text.includes('.') && (text.endsWith('0') || text.endsWith('.'))) text = text.slice(0, -1)
  return text
}

/** As near as an amount can be: a float would not tell the two apart. */
const nextTo = (amount: string): string =>
  amount.slice(0, -1) + (amount.endsWith('9') ? '8' : String(Number(amount.at(-1)) + 1))

/** An amount, an amount with one character changed, or what people and programs send instead of one. */
const anyText: fc.Arbitrary<string> = fc.oneof(
  anyAmount,
  fc.constantFrom(
    '',
    '.',
    '1.',
    '.5',
    '01',
    '00',
    '-0',
    '-1',
    '+1',
    '1e3',
    '1E-7',
    'NaN',
    'Infinity',
    '1,00',
    '1 000',
    '１００',
    '٣',
    '0x10',
    '9007199254740993.0',
    '1.0000000000000000001',
    '\ud800',
    ' 1',
    '1\n',
    '1\0',
  ),
  fc
    .tuple(anyAmount, fc.nat(40), fc.constantFrom('0', '-', '.', 'e', ',', ' ', '\n', '９', ''))
    .map(([amount, at, sign]) => amount.slice(0, at) + sign + amount.slice(at + 1)),
)

/** What an amount is, as a walk over characters. */
function isAmount(text: string): boolean {
  const [whole = '', after, ...more] = text.split('.')
  const isDigits = (part: string, most: number): boolean =>
    part.length > 0 &&
    part.length <= most &&
    Array.from(part).every((c) => '0123456789'.includes(c))
  if (more.length > 0 || !isDigits(whole, 13)) return false
  if (whole.length > 1 && whole.startsWith('0')) return false
  return after === undefined || isDigits(after, 18)
}

const throws = (run: () => unknown, kind: typeof Error = RangeError): boolean => {
  try {
    run()
    return false
  } catch (error) {
    return error instanceof kind
  }
}

export const moneyProperties: readonly Property[] = [
  property(
    { rule: 'I18', title: 'decimal → minor → decimal is the same amount, written shortest' },
    anyAmount,
    (amount) => fromMinor(toMinor(amount, 18), 18) === shortest(amount),
  ),
  property(
    { rule: 'I18', title: 'minor → decimal → minor is the same number, for any count of decimals' },
    fc.tuple(fc.bigInt(0n, 10n ** 13n - 1n), fc.nat(18)),
    ([minor, decimals]) => toMinor(fromMinor(minor, decimals), decimals) === minor,
  ),
  property(
    { rule: 'I18', title: 'an amount of more decimals than asked for is refused, never rounded' },
    fc.tuple(anyAmount, fc.nat(18)),
    ([amount, decimals]) => {
      const places = (shortest(amount).split('.')[1] ?? '').length
      if (places > decimals) return throws(() => toMinor(amount, decimals))
      return isEqual(amount, [toMinor(amount, decimals), 10n ** BigInt(decimals)])
    },
  ),
  property(
    { rule: 'I18', title: 'compare and sameness are those of exact fractions' },
    fc.tuple(anyAmount, anyAmount, fc.constantFrom('far', 'near', 'same')),
    ([a, other, distance]) => {
      const b = { far: other, near: nextTo(a), same: shortest(a) }[distance] ?? other
      const [x, y] = [fraction(a), fraction(b)]
      const difference = x[0] * y[1] - y[0] * x[1]
      const sign = difference < 0n ? -1 : difference > 0n ? 1 : 0
      const [left, right] = [a, b].map((amount) => ({ amount, currency: 'TRY' }))
      return (
        compareDecimal(a, b) === sign &&
        left !== undefined &&
        right !== undefined &&
        isSameMoney(left, right) === (sign === 0) &&
        !isSameMoney(left, { ...right, currency: 'USD' })
      )
    },
  ),
  property(
    { rule: 'I18', title: 'sums, differences and products are those of exact fractions' },
    fc.tuple(anyAmount, anyAmount, fc.nat(1000)),
    ([a, b, times]) => {
      const [x, y] = [fraction(a), fraction(b)]
      const scale = x[1] * y[1]
      const difference = x[0] * y[1] - y[0] * x[1]
      return (
        isEqual(addDecimal(a, b), [x[0] * y[1] + y[0] * x[1], scale]) &&
        isEqual(subtractDecimal(a, b), [difference < 0n ? 0n : difference, scale]) &&
        isEqual(multiplyDecimal(a, times), [x[0] * BigInt(times), x[1]])
      )
    },
  ),
  property(
    { rule: 'T5', title: 'what is no decimal text is refused everywhere' },
    anyText,
    (text) => {
      const isGood = isAmount(text)
      if (isDecimal(text) !== isGood) return false
      return isGood || (throws(() => toMinor(text, 18)) && throws(() => compareDecimal(text, '1')))
    },
  ),
  property(
    { rule: 'T5', title: 'an amount stands in JSON to the letter, and everything else as it was' },
    fc.tuple(anyAmount, fc.string({ maxLength: 12 }), fc.integer()),
    ([amount, text, number]) => {
      const body = { text, amount, number, absent: undefined }
      const json = withDecimals(body, ['amount'])
      let literal: string | undefined
      const parsed = JSON.parse(json, (key, value: unknown, context?: { source?: string }) => {
        if (key === 'amount') literal = context?.source
        return value
      }) as Record<string, unknown>
      const isRest = parsed['text'] === text && parsed['number'] === number
      return literal === amount && isRest && Object.keys(parsed).length === 3
    },
  ),
  property(
    { rule: 'T5', title: 'what is no amount never becomes a number literal' },
    anyText,
    (text) => isAmount(text) || throws(() => withDecimals({ amount: text }, ['amount']), Error),
  ),
]
