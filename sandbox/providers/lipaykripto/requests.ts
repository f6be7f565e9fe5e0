/**
 * Reads LiPayKripto's request bodies: JSON with the numbers as they are written.
 *
 * The texts of the errors are those of the document's table ("7. Error Codes"); where it has none
 * they are ours, and so is the order in which fields are looked at: the document's.
 *
 * @module
 */
import { parseDecimal } from '../../decimal.ts'
import { NumberLiteral } from '../../json-literals.ts'
import { isHttpUrl } from '../../settings.ts'
import { isCoin } from './coins.ts'
import type { Coin } from './coins.ts'
import type { WithdrawalFields } from './signature.ts'

/** A refusal: `{success: false, error}`. Its `details` go with withdrawals only. */
export class LipaykriptoError extends Error {
  readonly status: 400 | 401 | 404 | 405 | 429 | 500 | 503
  readonly details: readonly string[]

  constructor(
    status: LipaykriptoError['status'],
    message: string,
    details: readonly string[] = [],
  ) {
    super(message)
    this.name = 'LipaykriptoError'
    this.status = status
    this.details = details
  }
}

/** A legal body of `POST /api/external-payment-request`. */
export interface PaymentRequest {
  /** Lira, with two decimals. */
  readonly tryAmount: string
  readonly paymentId: string
  readonly webhookUrl: string
}

/** Throws a `LipaykriptoError` (400). Whether the id is unique is not seen here. */
export function parsePayment(body: Record<string, unknown>): PaymentRequest {
  refuseUnknown(body, ['tryAmount', 'paymentId', 'webhookUrl'])
  const { paymentId, webhookUrl } = body
  const tryAmount = readAmount(body['tryAmount'])
  if (tryAmount === undefined) throw new LipaykriptoError(400, 'Invalid amount', ['tryAmount'])
  if (!isId(paymentId)) throw new LipaykriptoError(400, 'Invalid paymentId', ['paymentId'])
  if (!isHttpUrl(webhookUrl)) throw new LipaykriptoError(400, WEBHOOK_REQUIRED, ['webhookUrl'])
  return { tryAmount, paymentId, webhookUrl }
}

/** A legal body of `POST /api/withdraw`; `signed` are the texts as they were sent. */
export interface WithdrawalRequest {
  readonly signed: WithdrawalFields & { readonly coinType: Coin }
  readonly signature: string
  /** Lira, with two decimals. */
  readonly tryAmount: string
}

/** Throws a `LipaykriptoError` (400). Neither account nor signature are looked at here. */
export function parseWithdrawal(body: Record<string, unknown>): WithdrawalRequest {
  refuseUnknown(body, WITHDRAWAL_FIELDS)
  const { try_amount: literal, webhook_url: webhookUrl, created_at: createdAt } = body
  const tryAmount = readAmount(literal)
  if (tryAmount === undefined || !(literal instanceof NumberLiteral)) {
    throw new LipaykriptoError(400, 'Invalid amount', ['try_amount'])
  }
  const coinType = body['coin_type']
  if (!isCoin(coinType)) throw invalid('coin_type')
  const walletAddress = text(body, 'wallet_address')
  if (!/^[A-Za-z0-9]{1,128}$/.test(walletAddress)) throw invalid('wallet_address')
  if (!isHttpUrl(webhookUrl)) throw new LipaykriptoError(400, WEBHOOK_REQUIRED, ['webhook_url'])
  if (typeof createdAt !== 'string' || !isIsoTime(createdAt)) throw invalid('created_at')
  const clientId = text(body, 'clientId')
  const requestId = text(body, 'requestId')
  if (!isId(requestId)) throw invalid('requestId')
  const ids = { clientId, requestId, walletAddress, coinType }
  return {
    signed: { tryAmount: literal.text, ...ids, webhookUrl, createdAt },
    signature: text(body, 'signature'),
    tryAmount,
  }
}

const WEBHOOK_REQUIRED = 'Webhook URL required'
const WITHDRAWAL_FIELDS = [
  'try_amount',
  'clientId',
  'requestId',
  'wallet_address',
  'coin_type',
  'signature',
  'webhook_url',
  'created_at',
]

/** A JSON number above 0 in plain notation; lira have kurus and nothing smaller. */
function readAmount(value: unknown): string | undefined {
  const kurus = value instanceof NumberLiteral ? parseDecimal(value.text, 2) : undefined
  if (kurus === undefined || kurus <= 0n) return undefined
  const digits = kurus.toString().padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && /^\S(.{0,126}\S)?$/.test(value)
}

/** ISO 8601 as the document and the SDKs write it: a fraction and a zone may be there or not. */
function isIsoTime(value: string): boolean {
  const form = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})?$/
  return form.test(value) && !Number.isNaN(Date.parse(value))
}

function text(body: Record<string, unknown>, field: string): string {
  const value = body[field]
  if (typeof value !== 'string' || value === '') throw invalid(field)
  return value
}

function refuseUnknown(body: Record<string, unknown>, known: readonly string[]): void {
  const unknown = Object.keys(body).find((field) => !known.includes(field))
  if (unknown !== undefined) throw new LipaykriptoError(400, 'Unknown field', [unknown])
}

function invalid(field: string): LipaykriptoError {
  return new LipaykriptoError(400, `Invalid ${field}`, [field])
}
