/**
 * What an order costs in other currencies: some payment companies charge no lira.
 * @module
 */
import { fromMinor, toMinor } from '../protocol/money.ts'
import type { Money } from '../protocol/money.ts'

/** Lira for one unit. Demo rates, fixed; a real shop asks whoever sets its prices. */
const RATES = { USDT: '41.35', USD: '41.3', UAH: '0.99' } as const

const DECIMALS = 2

/** The same price in every currency of the table, rounded up to a cent. */
export function toAlternatives(lira: string): readonly Money[] {
  const kurus = toMinor(lira, DECIMALS)
  return Object.entries(RATES).map(([currency, rate]) => {
    const divisor = toMinor(rate, DECIMALS)
    const cents = (kurus * 10n ** BigInt(DECIMALS) + divisor - 1n) / divisor
    return { amount: fromMinor(cents, DECIMALS), currency }
  })
}
