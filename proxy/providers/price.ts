/**
 * The last check of a price before it leaves: what is offered was checked before, and an adapter that is
 * asked for something else refuses all the same. Nothing is ever rounded.
 * @module
 */
import { compareDecimal, decimalPlaces, isDecimal, shortest } from '../../protocol/money.ts'
import type { Money } from '../../protocol/money.ts'
import { ProviderError } from '../errors.ts'

/** What a provider can be asked to charge. */
export interface Chargeable {
  readonly currency: string
  /** Digits after the point that it can express. */
  readonly decimals: number
  readonly min?: string
  readonly max?: string
}

/** The amount, as it was written. Throws `payment_refused` where the provider cannot express it. */
export function chargeableAmount({ amount, currency }: Money, rule: Chargeable): string {
  if (currency !== rule.currency || !isChargeable(amount, rule)) {
    throw new ProviderError('payment_refused', 'not a price that can be charged there')
  }
  return amount
}

function isChargeable(amount: string, { decimals, min = '0', max }: Chargeable): boolean {
  if (!isDecimal(amount) || compareDecimal(amount, '0') <= 0) return false
  const isInside = compareDecimal(amount, min) >= 0 && (!max || compareDecimal(amount, max) <= 0)
  return isInside && hasAtMost(amount, decimals)
}

const hasAtMost = (amount: string, decimals: number): boolean =>
  decimalPlaces(shortest(amount)) <= decimals
