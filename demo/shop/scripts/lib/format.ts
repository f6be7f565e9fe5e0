/**
 * Prices as whole numbers: sums are made of these.
 * @module
 */

/** `"249.90"` is 24990. */
export const toKurus = (lira: string): number => Number(lira.replace('.', ''))
