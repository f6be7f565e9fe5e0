/**
 * The oldest Node that will do, as `engines` of package.json says. Imports nothing: an older one reads it, too.
 * @module
 */

export const NEEDED_NODE = '24'

/** Older ones lack SQLite and exact numbers in JSON, and say so in words that help nobody. */
export const isTooOld = (version: string): boolean =>
  version.localeCompare(NEEDED_NODE, 'en', { numeric: true }) < 0
