/**
 * Options that are whole numbers: ports, seconds, status codes.
 * @module
 */
import type { Option } from 'commander'
import { z } from 'zod'
import { readOption } from './usage.ts'

/** From `min` to `max`. */
export const numberOption = (
  flags: string,
  description: string,
  [min, max]: readonly [number, number],
): Option => {
  const number = z
    .string()
    .regex(/^\d{1,9}$/)
    .pipe(z.coerce.number<string>().min(min).max(max))
  const must = `be a whole number from ${min} to ${max}`
  return readOption(flags, description, (text) => number.safeParse(text).data, must)
}
