/**
 * Lincoln's authorization (the cabinet page of the engine's own template): the headers `apikey` and
 * `hash`, and a `time` in every request that never repeats and never goes back.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import { isEqualSecret } from '../../constant-time.ts'
import { LincolnError } from './errors.ts'

/** The account of a merchant at the stand-in. */
export interface LincolnCredentials {
  readonly apiKey: string
  readonly apiSecret: string
}

/** What a request says of itself: headers, and what its hash covers. */
export interface Claim {
  readonly apiKey: string | undefined
  readonly hash: string | undefined
  /** `{...GET, ...POST}`: one object, the query's parameters first. */
  readonly parameters: Readonly<Record<string, unknown>>
}

/**
 * `sha256hex(sha256hex(JSON.stringify({...GET, ...POST})) + secret)`: plain SHA-256 twice, no HMAC.
 * The prose of that page says SHA-512; its example is SHA-256.
 */
export function signParameters(parameters: unknown, secret: string): string {
  return sha256hex(sha256hex(JSON.stringify(parameters)) + secret)
}

/** The gate of one account. Its checks come in the order: key, hash, time. */
export interface Authorization {
  /** Throws a `LincolnError`. Only a request with a good hash moves the time on. */
  readonly check: (claim: Claim) => void
  readonly reset: () => void
}

export function createAuthorization(credentials: LincolnCredentials): Authorization {
  let lastTime = 0n
  return {
    check: ({ apiKey, hash, parameters }) => {
      if (apiKey === undefined || !isEqualSecret(apiKey, credentials.apiKey)) {
        throw new LincolnError('accessDenied')
      }
      const expected = signParameters(parameters, credentials.apiSecret)
      if (hash === undefined || !isEqualSecret(hash, expected)) throw new LincolnError('wrongHash')
      const time = readTime(parameters['time'])
      if (time === undefined || time <= lastTime) throw new LincolnError('wrongTime')
      lastTime = time
    },
    reset: () => {
      lastTime = 0n
    },
  }
}

/** A whole number as JSON number or as text. */
function readTime(value: unknown): bigint | undefined {
  const text = typeof value === 'number' ? String(value) : value
  return typeof text === 'string' && /^[1-9]\d{0,15}$/.test(text) ? BigInt(text) : undefined
}

function sha256hex(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
