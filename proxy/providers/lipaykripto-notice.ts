/**
 * LiPayKripto's notifications: four shapes exist, two of them may be signed.
 * Source: the document, sections 4 and 8; the SDK's README; the newer webhook document.
 * @module
 */
import { createHmac } from 'node:crypto'
import { z } from 'zod'
import { isSameSecret } from '../ids.ts'
import { decimalText, statusWord } from '../option-schemas.ts'

/** What they all say. `paymentId` holds the withdrawal's id in some shapes. */
export interface LipayNotice {
  readonly clientId: string
  readonly paymentId: string
  readonly status: string
  readonly tryAmount: string
}

const snakeShape = z
  .object({
    try_amount: decimalText,
    client_id: z.string(),
    payment_id: z.string(),
    status: statusWord,
  })
  .transform(({ try_amount: tryAmount, client_id: clientId, payment_id: paymentId, status }) => ({
    tryAmount,
    clientId,
    paymentId,
    status,
  }))

const camelShape = z
  .object({
    tryAmount: decimalText,
    clientId: z.string(),
    paymentId: z.string().optional(),
    requestId: z.string().optional(),
    status: statusWord,
  })
  .transform(({ paymentId, requestId, ...rest }) => ({
    ...rest,
    paymentId: paymentId ?? requestId ?? '',
  }))

const noticeShape = z.union([snakeShape, camelShape])

/** A notification as we read it; undefined where it is none, or a signature is wanted and not right. */
export function readLipayNotice(
  body: string,
  webhookSecret: string | undefined,
): LipayNotice | undefined {
  const json = parse(body)
  if (!json) return undefined
  if (webhookSecret !== undefined && !isSigned(body, json, webhookSecret)) return undefined
  const result = noticeShape.safeParse(json)
  return result.success ? result.data : undefined
}

type Json = Readonly<Record<string, unknown>>

/** What is no object has no signature, and none of the fields. */
function parse(body: string): Json | null | undefined {
  try {
    return JSON.parse(body) as Json | null
  } catch {
    return undefined
  }
}

/**
 * Signed is the JSON without its `signature` member, HMAC-SHA256, lower hex:
 * `{"success":true,"clientId":"…","status":"confirmed","tryAmount":"100.00","paymentId":"…"}`.
 * How the firm writes that JSON is not documented; any of three ways is accepted: the bytes that came, a
 * compact JSON, and PHP's (which escapes slashes and everything that is not ASCII).
 */
function isSigned(body: string, json: Json, secret: string): boolean {
  const { signature, ...signed } = json
  if (typeof signature !== 'string' || !/^[a-f\d]{64}$/.test(signature)) return false
  const compact = JSON.stringify(signed)
  const candidates = [cutSignature(body), compact, toPhpJson(compact)]
  return candidates.some((text) =>
    isSameSecret(createHmac('sha256', secret).update(text).digest('hex'), signature),
  )
}

/** The text that came, with the member cut out together with one comma. */
function cutSignature(body: string): string {
  return body
    .replace(/,\s*"signature"\s*:\s*"[a-f\d]*"/, '')
    .replace(/"signature"\s*:\s*"[a-f\d]*"\s*,?\s*/, '')
}

/** How PHP's `json_encode` writes the same. */
function toPhpJson(compact: string): string {
  return compact
    .replaceAll('/', '\\/')
    .replace(/[\u0080-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
