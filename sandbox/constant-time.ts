/**
 * Comparison of secrets that takes the same time whatever they are.
 *
 * @module
 */
import { createHash, timingSafeEqual } from 'node:crypto'

/** Whether two texts are equal; hashed first, so that their lengths do not show either. */
export function isEqualSecret(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
