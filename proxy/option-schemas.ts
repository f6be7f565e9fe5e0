/**
 * The kinds of setting that the proxy and its adapters share.
 * @module
 */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { isDecimal } from '../protocol/money.ts'

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])
/** What stands in examples where a value belongs, with or without brackets around it. */
const PLACEHOLDER =
  /^\W*(change[-_ ]?(me|this|it)|replace[-_ ]?(me|this|with)|your[-_ ])|^\W*(place[-_ ]?holder|example|secret|password|passphrase|api[-_ ]?key|token|todo|tbd|null|undefined|none|x*)\W*$/i

/** `http:` and `https:` URLs; plain `http:` on this machine only. No `fetch` takes a password in one. */
export const httpsUrl = z
  .url({ protocol: /^https?$/, error: 'must be an https URL' })
  .refine(
    (url) =>
      !URL.canParse(url) ||
      new URL(url).protocol === 'https:' ||
      LOOPBACK.has(new URL(url).hostname),
    'must be https, except on this machine',
  )
  .refine(
    (url) => !URL.canParse(url) || new URL(url).username + new URL(url).password === '',
    'must not hold a user name or a password',
  )

/** An address to build others on: nothing but host and path, and no slash at its end. */
export const baseUrl = httpsUrl
  .refine(
    (url) => /^[!-~]+$/.test(url) && !/[?#&@\\]/.test(url),
    'must be a host and a path, and nothing else',
  )
  .transform((url) => url.replace(/\/+$/, ''))

const isFilledIn = (text: string): boolean => !PLACEHOLDER.test(text)

/** A provider's secret: not empty, not what stood in an example, nothing around it. */
export const secretText = z
  .string()
  .min(1, 'is empty')
  .refine((text) => text.trim() === text, 'has blanks around it')
  .refine(isFilledIn, 'is a placeholder, not a secret')

/** A provider's name for an account, of this form: not what stood in an example. */
export const accountText = (form: RegExp, message: string) =>
  z.string().regex(form, message).refine(isFilledIn, 'is a placeholder')

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

/** A provider's word for a status: shown to people, so no novel; looked up in tables, so no `toString`. */
export const statusWord = z
  .string()
  .max(100)
  .refine((word) => !(word in {}), 'must be a status')

/** A provider's id of something: safe in a path, a log and an index. */
export const providerId = z
  .union([z.string(), z.number()])
  .transform(String)
  .pipe(z.string().regex(/^[\w-][\w.-]{0,99}$/))

/** Names of hosts, with a port where there is one. */
export const hostNames = list(z.string().regex(/^[a-z\d.-]+(:\d+)?$/, 'must be names of hosts'))

/** This machine: a stand-in, no provider. */
export const isLoopback = (url: string): boolean => LOOPBACK.has(new URL(url).hostname)

/**
 * A payment page: on the provider's own host or one that was named, and nothing a browser would run. What
 * was checked is what is shown: the address as it was parsed.
 */
export function pageUrl(base: string, hosts: readonly string[] = []) {
  const allowed = new Set([new URL(base).host, ...hosts])
  return httpsUrl
    .max(MAX_PAGE_URL)
    .refine((url) => isPageOf(url, allowed), 'is not on a host of the provider’s')
    .transform((url) => new URL(url).href)
}

const MAX_PAGE_URL = 8000

/** Printable ASCII without the backslash: what else a browser drops or reads as a slash. */
function isPageOf(text: string, hosts: ReadonlySet<string>): boolean {
  if (!/^[!-[\]-~]+$/.test(text) || !URL.canParse(text)) return false
  const { host, username, password } = new URL(text)
  return hosts.has(host) && username === '' && password === ''
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

/** A file of text, by its path. */
export const textFile = z
  .string()
  .min(1)
  .transform((file, context) => {
    try {
      return readFileSync(file, 'utf8')
    } catch {
      context.addIssue({ code: 'custom', message: 'cannot be read' })
      return z.NEVER
    }
  })
