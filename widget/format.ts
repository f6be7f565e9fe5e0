/**
 * Amounts and durations as text. Amounts stay decimal strings: what is shown is what was said.
 * @module
 */
import { isAssetSymbol } from '../protocol/assets.ts'
import { decimalPlaces } from '../protocol/money.ts'
import type { Money } from '../protocol/money.ts'

/** A price for reading: `₺1,250.00`. Coins keep their plain digits, as they are typed into a wallet. */
export function formatMoney({ amount, currency }: Money, language: string): string {
  if (isAssetSymbol(currency)) return `${amount} ${currency}`
  const places = decimalPlaces(amount)
  try {
    const format = new Intl.NumberFormat(language, {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
      minimumFractionDigits: places,
      maximumFractionDigits: places,
    })
    // `US$` stays together, also from right to left
    return format.format(amount as `${number}`).replace(/\w[$£]$/, '$&\u200e')
  } catch {
    return `${amount} ${currency}`
  }
}

/** `1:05:09` or `4:59`. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000))
  const two = (n: number) => String(n).padStart(2, '0')
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
}

/** As it is spoken: `3 minutes`, and `60 seconds` for the last of them. */
export function spellDuration(seconds: number, language: string): string {
  const [unit, value] =
    seconds > 60 ? (['minute', Math.round(seconds / 60)] as const) : (['second', seconds] as const)
  return value.toLocaleString(language, { style: 'unit', unit, unitDisplay: 'long' })
}

/** A moment as people of that language write it; nothing where it is none. */
export function formatDate(iso: string, language: string): string | null {
  const date = new Date(iso)
  return Number.isNaN(date.getTime())
    ? null
    : date.toLocaleString(language, { dateStyle: 'medium', timeStyle: 'short' })
}
