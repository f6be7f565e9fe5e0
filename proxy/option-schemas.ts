/**
 * The kinds of setting that the proxy and its adapters share.
 * @module
 */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { isDecimal } from '../protocol/money.ts'

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])
const PLACEHOLDER = /^(change[-_ ]?me|your[-_ ].*|placeholder|example|secret|password|x+|\.+)$/i

/** `http:` and `https:` URLs; plain `http:` on this machine only. */
export const httpsUrl = z
  .url({ protocol: /^https?$/, error: 'must be an https URL' })
  .refine(
    (url) =>
      !URL.canParse(url) ||
      new URL(url).protocol === 'https:' ||
      LOOPBACK.has(new URL(url).hostname),
    'must be https, except on this machine',
  )

/** An address to build others on: without a slash at its end. */
export const baseUrl = httpsUrl.transform((url) => url.replace(/\/+$/, ''))

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

const WEBHOOK_SECRET_FORM = 'must be whsec_ and the base64 of 24 to 64 bytes'

/** A secret of Standard Webhooks: `whsec_` and the base64 of 24 to 64 bytes. */
export const webhookSecret = z
  .string()
  .regex(/^whsec_([A-Za-z0-9+/]{4})+([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/, WEBHOOK_SECRET_FORM)
  .refine((text) => {
    const { length } = Buffer.from(text.slice('whsec_'.length), 'base64')
    return length >= 24 && length <= 64
  }, WEBHOOK_SECRET_FORM)

const privateKey = z.union([
  z.looseObject({
    kty: z.literal('EC'),
    crv: z.literal('P-256'),
    d: z.string(),
    x: z.string(),
    y: z.string(),
  }),
  z.looseObject({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), d: z.string(), x: z.string() }),
])

/** A private JWK, or a set of them (`{"keys": […]}`), as JSON text. */
export const receiptKeys = z
  .string()
  .transform((text): unknown => {
    try {
      return JSON.parse(text)
    } catch {
      return undefined
    }
  })
  .pipe(
    z.union(
      [
        z.object({ keys: z.array(privateKey).min(1) }).transform(({ keys }) => keys),
        privateKey.transform((key) => [key]),
      ],
      'must be a private JWK of P-256 or Ed25519, or a set of them',
    ),
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

/** A decimal amount, as text or as a number of JSON. */
export const decimalText = z
  .union([z.string(), z.number().transform(String)])
  .refine(isDecimal, 'must be a decimal amount')

/** This machine: a stand-in, no provider. */
export const isLoopback = (url: string): boolean => LOOPBACK.has(new URL(url).hostname)

/** A payment page: on the provider's own host or one that was named, and nothing a browser would run. */
export function pageUrl(base: string, hosts: readonly string[] = []) {
  const allowed = new Set([new URL(base).host, ...hosts])
  return httpsUrl.refine(
    (url) => !URL.canParse(url) || allowed.has(new URL(url).host),
    'is not on a host of the provider’s',
  )
}

/** A file of JSON, by its path; or the value itself, where the options are given in code. */
export function jsonFile<T extends z.ZodType>(schema: T) {
  return z.preprocess((value, context) => {
    if (typeof value !== 'string') return value
    try {
      return JSON.parse(readFileSync(value, 'utf8')) as unknown
    } catch {
      context.addIssue({ code: 'custom', message: 'is not a file of JSON that can be read' })
      return z.NEVER
    }
  }, schema)
}
