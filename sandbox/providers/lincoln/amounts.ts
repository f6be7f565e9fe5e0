/**
 * The amount of an order: what is given, what comes out, and the limits of both.
 *
 * @module
 */
import { formatDecimal, parseDecimal } from '../../decimal.ts'
import { LincolnError, wrong } from './errors.ts'
import { isMore, outAmount } from './routes.ts'
import type { Route } from './routes.ts'

/** What is given and what comes out, as decimal texts. */
export interface Amounts {
  readonly amount: string
  readonly outAmount: string
}

/**
 * A JSON number with no more decimals than the currency has. Throws a `LincolnError`; a negative
 * number, by which the engine's own page means the sum that comes out, is refused.
 */
export function readAmount(value: unknown, route: Route): Amounts {
  if (typeof value !== 'number') throw wrong('amount', 'type')
  const written = value.toFixed(route.from.currency.decimal)
  if (Number(written) !== value) throw wrong('amount')
  return formatAmount(written, route)
}

/** The same as a text, as a form has it. */
export function formatAmount(value: unknown, route: Route): Amounts {
  const { decimal } = route.from.currency
  const minor = typeof value === 'string' ? parseDecimal(value, decimal) : undefined
  if (minor === undefined || minor === 0n) throw wrong('amount')
  const amount = formatDecimal(minor, decimal)
  const { verifyAbove, from, to } = route
  if (verifyAbove !== undefined && isMore(amount, verifyAbove)) {
    throw new LincolnError('identityCheck')
  }
  checkLimits(amount, from)
  const out = outAmount(route, amount)
  if (out === undefined) throw new LincolnError('amountTooSmall')
  checkLimits(out, to)
  if (isMore(out, to.currency.reserveAmount)) throw new LincolnError('noReserve')
  return { amount, outAmount: out }
}

/** "0" is no bound. */
function checkLimits(amount: string, { min, max }: { min: string; max: string }): void {
  if (min !== '0' && isMore(min, amount)) throw new LincolnError('amountTooSmall')
  if (max !== '0' && isMore(amount, max)) throw new LincolnError('amountTooLarge')
}
