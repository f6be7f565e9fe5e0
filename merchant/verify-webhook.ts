/**
 * Checks a notification of the proxy (Standard Webhooks, version 1), then reads it. Web APIs only, so
 * that it runs wherever the merchant's backend does.
 * @module
 */
import type { CheckoutEvent, DeliveredCheckout } from './checkout-event.ts'

export interface WebhookRequest {
  /** The body as it arrived: no JSON parser may have touched it. */
  readonly body: string | Uint8Array
  readonly headers: HeaderSource
}

/** A `Headers`, or a record such as Node's `request.headers`; names in any case. */
export type HeaderSource =
  | { get(name: string): string | null }
  | Readonly<Record<string, string | readonly string[] | undefined>>

export interface VerifyWebhookOptions {
  /** The proxy's `MERCHANT_WEBHOOK_SECRET`: `whsec_…`; several, or comma-separated, while one is replaced. */
  readonly secret: string | readonly string[]
  /** How far the time of sending may lie from now, either way, seconds; default 300. */
  readonly tolerance?: number
  /** Epoch milliseconds; default: now. */
  readonly now?: number
}

export type WebhookErrorCode =
  'missing_header' | 'invalid_secret' | 'too_old' | 'wrong_signature' | 'invalid_body'

/** The notification must not be acted on. Its message holds nothing of what was sent. */
export class WebhookError extends Error {
  override readonly name = 'WebhookError'
  readonly code: WebhookErrorCode

  constructor(code: WebhookErrorCode, message: string) {
    super(message)
    this.code = code
  }
}

const DEFAULT_TOLERANCE_S = 300
const SECRET = /^whsec_([\d+/=A-Za-z]+)$/
const BASE64 = /^(?:[\d+/A-Za-z]{4})*(?:[\d+/A-Za-z]{2}==|[\d+/A-Za-z]{3}=)?$/
const EPOCH_SECONDS = /^\d{1,12}$/
/** More than any replacement of secrets needs: each one costs an HMAC of the body. */
const MAX_SIGNATURES = 8

/**
 * The change that was notified. Throws a `WebhookError`:
 * - `invalid_secret`: not `whsec_` and the base64 of 24 to 64 bytes;
 * - `missing_header`: one of the three is not there, or the time is no number;
 * - `too_old`: sent too long ago, or by a clock that is ahead;
 * - `wrong_signature`: none is made with one of the secrets;
 * - `invalid_body`: authentic, but no change of a checkout; or a body that was parsed before.
 *
 * @example
 * ```ts
 * const { checkout } = await verifyWebhook(
 *   { body: await request.text(), headers: request.headers },
 *   { secret: process.env.MERCHANT_WEBHOOK_SECRET },
 * )
 * ```
 */
export async function verifyWebhook(
  { body, headers }: WebhookRequest,
  { secret, tolerance = DEFAULT_TOLERANCE_S, now = Date.now() }: VerifyWebhookOptions,
): Promise<CheckoutEvent> {
  const secrets = readSecrets(secret)
  const bytes = toBytes(body)
  const id = readHeader(headers, 'webhook-id')
  const timestamp = readHeader(headers, 'webhook-timestamp')
  const signatures = readSignatures(readHeader(headers, 'webhook-signature'))
  checkTime(timestamp, tolerance, now)
  const message = joinBytes(new TextEncoder().encode(`${id}.${timestamp}.`), bytes)
  if (!(await isSigned(message, signatures, secrets))) {
    throw new WebhookError('wrong_signature', 'no signature is made with this secret')
  }
  return readEvent(id, bytes)
}

type Bytes = Uint8Array<ArrayBuffer>

function readSecrets(secret: string | readonly string[] | undefined): readonly Bytes[] {
  const texts = [secret].flat().join(',').split(',')
  return texts.map((text) => {
    const key = decodeBase64(SECRET.exec(text.trim())?.[1] ?? '')
    if (key && key.length >= 24 && key.length <= 64) return key
    throw new WebhookError('invalid_secret', 'it must be whsec_ and the base64 of 24 to 64 bytes')
  })
}

function toBytes(body: unknown): Uint8Array {
  if (typeof body === 'string') return new TextEncoder().encode(body)
  if (body instanceof Uint8Array) return body
  throw new WebhookError('invalid_body', 'give the raw body, before any JSON parser')
}

function readHeader(headers: HeaderSource, name: string): string {
  const value = isHeaders(headers)
    ? headers.get(name)
    : Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1]
  const text = [value ?? ''].flat().join(' ').trim()
  if (!text) throw new WebhookError('missing_header', `${name} is missing`)
  return text
}

const isHeaders = (headers: HeaderSource): headers is { get(name: string): string | null } =>
  typeof headers['get'] === 'function'

/** `v1,<base64> v1,<base64>`; other versions are not ours to judge. */
function readSignatures(header: string): readonly Bytes[] {
  const texts = header.split(/\s+/).map((each) => /^v1,(.+)$/.exec(each)?.[1] ?? '')
  const readable = texts.map(decodeBase64).filter((each) => each !== undefined)
  return readable.slice(0, MAX_SIGNATURES)
}

function checkTime(timestamp: string, tolerance: number, now: number): void {
  if (!EPOCH_SECONDS.test(timestamp)) {
    throw new WebhookError('missing_header', 'webhook-timestamp is not a number of seconds')
  }
  const age = Math.floor(now / 1000) - Number(timestamp)
  // A tolerance that is no number refuses everything.
  if (Math.abs(age) <= tolerance) return
  throw new WebhookError(
    'too_old',
    age < 0 ? 'it comes from the future' : 'it was sent too long ago',
  )
}

async function isSigned(
  message: Bytes,
  signatures: readonly Bytes[],
  secrets: readonly Bytes[],
): Promise<boolean> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  for (const secret of secrets) {
    const key = await crypto.subtle.importKey('raw', secret, algorithm, false, ['verify'])
    for (const signature of signatures) {
      // Compares in constant time.
      if (await crypto.subtle.verify('HMAC', key, signature, message)) return true
    }
  }
  return false
}

function readEvent(id: string, bytes: Uint8Array): CheckoutEvent {
  const message = parse(bytes)
  if (!isMessage(message)) throw new WebhookError('invalid_body', 'not a change of a checkout')
  const { type, timestamp, data } = message
  return { id, type, timestamp, checkout: data }
}

interface Message {
  readonly type: CheckoutEvent['type']
  readonly timestamp: string
  readonly data: DeliveredCheckout
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
}

/** What everybody goes by; the rest is as the proxy says. */
function isMessage(value: unknown): value is Message {
  const { type, timestamp, data } = (value ?? {}) as Partial<Message>
  const { id, orderId, status, version } = (data ?? {}) as Partial<DeliveredCheckout>
  return (
    [timestamp, id, orderId].every((each) => typeof each === 'string') &&
    status !== undefined &&
    type === `checkout.${status}` &&
    Number.isSafeInteger(version)
  )
}

function decodeBase64(text: string): Bytes | undefined {
  if (!text || !BASE64.test(text)) return undefined
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
}

function joinBytes(first: Uint8Array, second: Uint8Array): Bytes {
  const joined = new Uint8Array(first.length + second.length)
  joined.set(first)
  joined.set(second, first.length)
  return joined
}
