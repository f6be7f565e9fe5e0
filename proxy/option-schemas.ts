/**
 * The kinds of setting that the proxy and its adapters share.
 * @module
 */
import { z } from 'zod'

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])
const PLACEHOLDER = /^(change[-_ ]?me|your[-_ ].*|placeholder|example|secret|password|x+|\.+)$/i

/** `http:` and `https:` URLs; plain `http:` on this machine only. */
export const baseUrl = z
  .url({ protocol: /^https?$/, error: 'must be an https URL' })
  .refine(
    (url) =>
      !URL.canParse(url) ||
      new URL(url).protocol === 'https:' ||
      LOOPBACK.has(new URL(url).hostname),
    'must be https, except on this machine',
  )
  .transform((url) => url.replace(/\/+$/, ''))

/** A provider's secret: not empty, not what stood in an example. */
export const secretText = z
  .string()
  .min(1, 'is empty')
  .refine((text) => !PLACEHOLDER.test(text), 'is a placeholder, not a secret')

/** A secret of our own: 32 bytes or more, or its signatures could be guessed. */
export const ownSecret = secretText.refine(
  (text) => Buffer.byteLength(text) >= 32,
  'must be at least 32 bytes',
)

/** `a,b,c`, or an array. */
export function list<T extends z.ZodType>(item: T) {
  const split = (value: unknown): unknown =>
    typeof value === 'string'
      ? value
          .split(',')
          .map((part) => part.trim())
          .filter(Boolean)
      : value
  return z.preprocess(split, z.array(item).min(1, 'is empty'))
}

/** `true`, `1`, `false`, `0`. */
export const flag = z.preprocess(
  (value) =>
    value === 'true' || value === '1' ? true : value === 'false' || value === '0' ? false : value,
  z.boolean({ error: 'must be true or false' }),
)
