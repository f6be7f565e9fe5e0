/**
 * Blots secrets out of texts: by value, in every form in which they travel, and by shape where the value
 * is not ours to know.
 * @module
 */
const BLOT = '[redacted]'
/** Shorter ones would blot out words. */
const MIN_LENGTH = 4
/** Shorter ones are too little of a base64 text to be recognised in the middle of it. */
const MIN_INSIDE = 9

/** What somebody else's secret looks like: a header's value, the token in an address of ours. */
const SHAPES: readonly (readonly [shape: RegExp, instead: string])[] = [
  [
    /\b((?:proxy-)?authorization|(?:access|x)-(?:passphrase|key|sign|signature|api-key)|api-?key|passphrase|password|client-?secret)(\\*["']?\s*[:=]\s*\\*["']?)(?:(?:bearer|basic)\s+)?[^\s"'\\,;&]+/gi,
    `$1$2${BLOT}`,
  ],
  [/\b(bearer|basic)\s+[\w+/.~=-]{8,}/gi, `$1 ${BLOT}`],
  [/(\/v1\/(?:webhooks\/[\w-]{1,40}|returns)\/)[\w-]{20,}/g, `$1${BLOT}`],
]

export type Redact = (text: string) => string

/** Blots `secrets` out, and whatever has the shape of one. */
export function createRedact(secrets: readonly string[]): Redact {
  const forms = [...new Set(secrets)]
    .filter((secret) => secret.length >= MIN_LENGTH)
    .flatMap(spellings)
    .filter((form) => form.length >= MIN_LENGTH)
    .toSorted((a, b) => b.length - a.length)
  const known = forms.length > 0 ? new RegExp(forms.map(escapePattern).join('|'), 'g') : undefined
  return (text) =>
    SHAPES.reduce(
      (rest, [shape, instead]) => rest.replace(shape, instead),
      (known ? text.replace(known, BLOT) : text).replace(DOTTED, blotJwts),
    )
}

const DOTTED = /[\w.-]{15,}/g
const JWT_START = 'eyJ'
const MIN_PART = 5

/** A pattern for the whole of a JWT would take a text of many beginnings apart for minutes. */
function blotJwts(run: string): string {
  const parts = run.split('.')
  for (const [index, part] of parts.entries()) {
    const start = part.indexOf(JWT_START)
    const payload = parts[index + 1] ?? ''
    const isHeader = start >= 0 && part.length - start >= JWT_START.length + MIN_PART
    if (!isHeader || payload.length < MIN_PART || parts.length < index + 3) continue
    parts.splice(index, 3, part.slice(0, start) + BLOT)
  }
  return parts.join('.')
}

/** A secret as it stands in a URL, a form, JSON, base64, hex, or in the middle of base64. */
function spellings(secret: string): string[] {
  const bytes = Buffer.from(secret)
  const inUrl = encodeURIComponent(secret)
  const inJson = JSON.stringify(secret).slice(1, -1)
  const forms = [
    secret,
    inJson,
    JSON.stringify(inJson).slice(1, -1),
    asciiJson(secret),
    inUrl,
    inUrl.replace(/%[\dA-F]{2}/g, (code) => code.toLowerCase()),
    new URLSearchParams({ a: secret }).toString().slice(2),
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    ...inBase64(bytes),
  ]
  return [...new Set(forms)]
}

/** However many bytes stand before it: what is left of them when the ends, which depend on others, go. */
function inBase64(bytes: Buffer): string[] {
  const alone = [bytes.toString('base64').replace(/=+$/, ''), bytes.toString('base64url')]
  const inside = [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '')
    const bits = (shift + bytes.length) * 8
    return text.slice(shift === 0 ? 0 : shift + 1, Math.floor(bits / 6))
  })
  const long = bytes.length < MIN_INSIDE ? [] : inside
  const inUrls = long.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))
  const encoded = [...alone, ...long].map(encodeURIComponent)
  return [...alone, ...long, ...inUrls, ...encoded]
}

const asciiJson = (text: string): string =>
  JSON.stringify(text)
    .slice(1, -1)
    .replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)

const escapePattern = (text: string): string => text.replace(/[$()*+./?[\\\]^{|}-]/g, '\\$&')
