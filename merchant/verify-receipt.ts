/**
 * Checks a receipt without asking anybody: that the proxy signed it, that it is for this order, and
 * that it is for the whole price.
 * @module
 */
import { createLocalJWKSet, createRemoteJWKSet, errors, jwtVerify } from 'jose'
import type { JSONWebKeySet, JWTVerifyGetKey } from 'jose'
import { compareDecimal, isDecimal } from '../protocol/money.ts'
import { isReceipt } from './receipt.ts'
import type { Receipt } from './receipt.ts'

/** What is believed, and what is taken at the merchant's own risk. */
export interface ReceiptRules {
  /** The proxy's `PUBLIC_URL`, from your configuration and never from the receipt. */
  readonly issuer: string
  /** The proxy's keys; default: asked of `<issuer>/.well-known/jwks.json`, and kept for ten minutes. */
  readonly jwks?: JSONWebKeySet
  /** Take receipts of a test, for which no money came. */
  readonly allowTest?: boolean
  /** Take payments of which only an unsigned notification told. */
  readonly allowUnsignedWebhook?: boolean
  /** Take prices that nobody but the shopper's page named. */
  readonly allowUnsignedPrice?: boolean
}

/** The order as your own books have it. A genuine receipt for another one is worth nothing. */
export interface ExpectedOrder {
  readonly orderId: string
  /** Decimal text; `100` and `100.00` are the same. */
  readonly amount: string
  readonly currency: string
}

/** The order is compared; who wants to compare it himself has to say so. */
export type VerifyReceiptOptions = ReceiptRules &
  (
    | (ExpectedOrder & { readonly allowAnyOrder?: false })
    | (Partial<ExpectedOrder> & { readonly allowAnyOrder: true })
  )

const MESSAGES = {
  invalid_receipt: 'this is no receipt',
  wrong_signature: 'it was signed by somebody else, or changed',
  unknown_key: 'it was signed with a key that the issuer does not have',
  keys_unavailable: 'the keys of the issuer cannot be read now',
  wrong_issuer: 'it was issued by another proxy',
  wrong_order: 'it is for another order',
  wrong_amount: 'it is for another amount',
  wrong_currency: 'it is for another currency',
  test_mode: 'it is for a test',
  unsigned_webhook: 'only an unsigned notification says that it was paid',
  unsigned_price: 'nobody vouches for its price',
} as const

export type ReceiptErrorCode = keyof typeof MESSAGES

/** The receipt proves nothing here. Only `keys_unavailable` is worth another try. */
export class ReceiptError extends Error {
  override readonly name = 'ReceiptError'
  readonly code: ReceiptErrorCode

  constructor(code: ReceiptErrorCode, cause?: unknown) {
    super(MESSAGES[code], { cause })
    this.code = code
  }
}

/**
 * What the receipt says, once everything about it holds. Throws a `ReceiptError` where something does
 * not, and a `RangeError` for options that leave a check out by mistake.
 *
 * @example
 * ```ts
 * const receipt = await verifyReceipt(String(form.get('receipt')), {
 *   issuer: 'https://pay.shop.example',
 *   orderId: order.id,
 *   amount: order.total,
 *   currency: 'TRY',
 * })
 * ```
 */
export async function verifyReceipt(
  receipt: string,
  options: VerifyReceiptOptions,
): Promise<Receipt> {
  const issuer = readIssuer(options.issuer)
  checkExpected(options)
  const claims = await readClaims(receipt, issuer, options.jwks)
  if (!isReceipt(claims)) throw new ReceiptError('invalid_receipt')
  const objection = findObjection(claims, options)
  if (objection) throw new ReceiptError(objection)
  return claims
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Keys that travel unprotected could be anybody's. */
function readIssuer(issuer: string): string {
  const url = URL.canParse(issuer) ? new URL(issuer) : undefined
  const isHere = url?.protocol === 'http:' && LOOPBACK.has(url.hostname)
  if (url?.protocol !== 'https:' && !isHere) throw new RangeError('issuer must be an https URL')
  return issuer.replace(/\/+$/, '')
}

/** An order's id that happens to be undefined must not be a check less. */
function checkExpected(options: VerifyReceiptOptions): void {
  const { orderId, amount, currency, allowAnyOrder } = options
  for (const [name, value] of Object.entries({ orderId, amount, currency })) {
    if (allowAnyOrder === true && value === undefined) continue
    if (typeof value !== 'string' || value === '') throw new RangeError(`${name} must be text`)
  }
  if (amount !== undefined && !isDecimal(amount)) {
    throw new RangeError('amount must be decimal text such as "100.00"')
  }
}

async function readClaims(receipt: string, issuer: string, jwks?: JSONWebKeySet): Promise<object> {
  try {
    const { payload } = await jwtVerify(receipt, jwks ? createLocalJWKSet(jwks) : keysOf(issuer), {
      algorithms: ['ES256', 'EdDSA'],
      typ: 'cc-receipt+jwt',
      issuer,
      requiredClaims: ['iat'],
    })
    return payload
  } catch (error) {
    throw refusal(error)
  }
}

const remoteKeys = new Map<string, JWTVerifyGetKey>()

/** One key set for each issuer: kept, and asked anew for a key that it does not have. */
function keysOf(issuer: string): JWTVerifyGetKey {
  const known = remoteKeys.get(issuer)
  if (known) return known
  const keys = createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks.json`))
  remoteKeys.set(issuer, keys)
  return keys
}

const CODES: Readonly<Record<string, ReceiptErrorCode>> = {
  ERR_JWS_SIGNATURE_VERIFICATION_FAILED: 'wrong_signature',
  ERR_JWKS_NO_MATCHING_KEY: 'unknown_key',
  ERR_JWKS_MULTIPLE_MATCHING_KEYS: 'unknown_key',
  ERR_JWS_INVALID: 'invalid_receipt',
  ERR_JWT_INVALID: 'invalid_receipt',
  ERR_JWT_EXPIRED: 'invalid_receipt',
  ERR_JWT_CLAIM_VALIDATION_FAILED: 'invalid_receipt',
  ERR_JOSE_ALG_NOT_ALLOWED: 'invalid_receipt',
  ERR_JOSE_NOT_SUPPORTED: 'invalid_receipt',
}

/** jose's errors carry the claims: none of them is passed on. What is not jose's word is the network's. */
function refusal(error: unknown): ReceiptError {
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'iss') {
    return new ReceiptError('wrong_issuer')
  }
  const code = error instanceof errors.JOSEError ? CODES[error.code] : undefined
  return code ? new ReceiptError(code) : new ReceiptError('keys_unavailable', error)
}

/** The first thing that speaks against a receipt that is authentic. */
function findObjection(
  receipt: Receipt,
  options: VerifyReceiptOptions,
): ReceiptErrorCode | undefined {
  const { orderId, amount, currency } = options
  const objections: readonly (readonly [boolean, ReceiptErrorCode])[] = [
    [orderId !== undefined && receipt.orderId !== orderId, 'wrong_order'],
    [currency !== undefined && receipt.currency !== currency, 'wrong_currency'],
    [amount !== undefined && compareDecimal(receipt.amount, amount) !== 0, 'wrong_amount'],
    [receipt.testMode && options.allowTest !== true, 'test_mode'],
    [
      receipt.assurance === 'unsigned-webhook' && options.allowUnsignedWebhook !== true,
      'unsigned_webhook',
    ],
    [receipt.priceSource === 'unsigned' && options.allowUnsignedPrice !== true, 'unsigned_price'],
  ]
  return objections.find(([applies]) => applies)?.[1]
}
