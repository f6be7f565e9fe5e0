/**
 * Structured logs: one JSON object a line, with every configured secret blotted out by value.
 * @module
 */
export type LogLevel = 'info' | 'warn' | 'error'
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>

/** `event` is a stable name (`payment.created`); fields are flat. */
export type Log = (level: LogLevel, event: string, fields?: LogFields) => void

export interface LogOptions {
  /** Values that must never appear, in any of the forms they travel in. */
  readonly secrets: readonly string[]
  readonly write?: (line: string) => void
  readonly now?: () => number
}

const JWT_SHAPED = /eyJ[\w-]{5,}\.[\w-]{5,}\.[\w-]*/g
const BLOT = '[redacted]'

/** A log that writes lines to standard output, or to `write`. */
export function createLog(options: LogOptions): Log {
  const forms = options.secrets.filter((secret) => secret.length > 3).flatMap(spellings)
  const write = options.write ?? ((line) => process.stdout.write(`${line}\n`))
  const now = options.now ?? Date.now
  return (level, event, fields = {}) => {
    const head = { time: new Date(now()).toISOString(), level, event }
    const line = JSON.stringify({ ...head, ...fields, ...head })
    const clean = forms.reduce((text, form) => text.replaceAll(form, BLOT), line)
    write(clean.replace(JWT_SHAPED, BLOT))
  }
}

/** A secret as it stands in a URL, in JSON, in base64, in hex. */
function spellings(secret: string): string[] {
  const bytes = Buffer.from(secret)
  const forms = [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
    bytes.toString('hex'),
  ]
  return [...new Set(forms)].toSorted((a, b) => b.length - a.length)
}
