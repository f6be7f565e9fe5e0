/**
 * Prices as whole numbers of kuruş: sums are made of these, never of floating point.
 * @module
 */

/** `"249.90"` is 24990. */
export const toKurus = (lira: string): number => Number(lira.replace('.', ''))

export const toLira = (kurus: number): string =>
  `${Math.floor(kurus / 100)}.${String(kurus % 100).padStart(2, '0')}`
