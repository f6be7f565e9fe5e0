/**
 * Prices as the server's pages write them.
 * @module
 */
const LIRA = new Intl.NumberFormat('en', {
  style: 'currency',
  currency: 'TRY',
  currencyDisplay: 'narrowSymbol',
})

/** `₺1,250.00`, of kuruş: sums are made of whole numbers. */
export const liraOf = (kurus: number): string => LIRA.format(kurus / 100)

/** `"249.90"` is 24990. */
export const toKurus = (lira: string): number => Number(lira.replace('.', ''))
