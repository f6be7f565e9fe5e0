/**
 * Order tokens: a merchant's backend signs the order, so that the shopper's browser cannot choose the
 * price (DESIGN 7). The key comes from our configuration alone; nothing in the token can name one.
 * @module
 */
import { createRemoteJWKSet, errors, jwtVerify } from 'jose'
import type { JWTPayload, JWTVerifyGetKey, JWTVerifyOptions } from 'jose'
import type { ZodType } from 'zod'
import type { Order } from '../protocol/api.ts'
import { ProxyError } from './errors.ts'
import { inspectJson } from './json-text.ts'

export interface OrderTokenOptions {
  /** HS256 secrets, at least 32 bytes each; two are valid at once while one is being replaced. */
  readonly secrets?: readonly string[]
  /** Or a key set, for ES256 and EdDSA. */
  readonly jwksUrl?: string
  /** Who must have issued them, where a key set signs for several. */
  readonly issuer?: string
  /** The longest life a token may have been given, seconds. */
  readonly maxLifetime: number
  readonly schema: ZodType<OrderClaims>
  readonly now: () => number
}

/** The claims after checking: an order, and what we drop. */
export interface OrderClaims extends Omit<Order, 'source' | 'prices'> {
  readonly amount: string
  readonly currency: string
  readonly alternatives?: readonly { readonly amount: string; readonly currency: string }[]
  readonly iat: number
  readonly exp: number
}

const TYPE = 'cc-order+jwt'
const AUDIENCE = 'crypto-checkout'
const CLOCK_TOLERANCE_S = 30
const MIN_SECRET_BYTES = 32
/**
 * RFC 7515, 7.1: three parts of base64url. Decoders take more than RFC 4648 writes (padding, blanks, the
 * other alphabet, bits that are left over), and one token would have many texts.
 */
const isCompact = (token: string): boolean => {
  const parts = token.split('.')
  const isExact = (part: string): boolean =>
    part !== '' && Buffer.from(part, 'base64url').toString('base64url') === part
  return parts.length === 3 && parts.every(isExact)
}

/**
 * Checks a token and returns its claims; throws `invalid_order_token` with what is wrong, never the token, and
 * `provider_unavailable` where the keys cannot be read now.
 */
export type VerifyOrderToken = (token: string) => Promise<OrderClaims>

/** Throws a `RangeError` for a secret that could be guessed. */
export function createOrderTokenVerifier(options: OrderTokenOptions): VerifyOrderToken {
  const encode = (secret: string): Uint8Array => new TextEncoder().encode(secret)
  const secrets = (options.secrets ?? []).map(encode)
  if (secrets.some(({ length }) => length < MIN_SECRET_BYTES)) {
    throw new RangeError(`an order secret must be at least ${MIN_SECRET_BYTES} bytes`)
  }
  const keySet = options.jwksUrl ? createRemoteJWKSet(new URL(options.jwksUrl)) : undefined
  return async (token) => {
    if (!isCompact(token)) throw new ProxyError('invalid_order_token', 'is no token')
    const rules: JWTVerifyOptions = {
      typ: TYPE,
      audience: AUDIENCE,
      ...(options.issuer !== undefined && { issuer: options.issuer }),
      requiredClaims: ['orderId', 'amount', 'currency', 'iat', 'exp'],
      maxTokenAge: options.maxLifetime,
      clockTolerance: CLOCK_TOLERANCE_S,
      currentDate: new Date(options.now()),
      algorithms: keySet ? ['ES256', 'EdDSA'] : ['HS256'],
    }
    const payload = keySet
      ? await verifyByKeySet(token, keySet, rules)
      : await verifyWithAny(token, secrets, rules)
    if (inspectJson(payloadOf(token)).hasRepeatedMember) {
      throw new ProxyError('invalid_order_token', 'a claim is there twice')
    }
    return checkClaims(payload, options)
  }
}

/** The claims as text, of a token that was verified. */
const payloadOf = (token: string): string =>
  Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()

/** The newest secret first; only a wrong signature is tried with the next. */
async function verifyWithAny(
  token: string,
  secrets: readonly Uint8Array[],
  rules: JWTVerifyOptions,
): Promise<JWTPayload> {
  for (const [index, secret] of secrets.entries()) {
    try {
      return (await jwtVerify(token, secret, rules)).payload
    } catch (error) {
      const isLast = index === secrets.length - 1
      if (isLast || !(error instanceof errors.JWSSignatureVerificationFailed)) throw refusal(error)
    }
  }
  throw new ProxyError('invalid_order_token', 'order tokens are not configured here')
}

async function verifyByKeySet(
  token: string,
  keySet: JWTVerifyGetKey,
  rules: JWTVerifyOptions,
): Promise<JWTPayload> {
  try {
    return (await jwtVerify(token, keySet, rules)).payload
  } catch (error) {
    if (error instanceof errors.JOSEError && !KEYS_UNREADABLE.has(error.code)) throw refusal(error)
    throw new ProxyError('provider_unavailable', 'the keys of order tokens cannot be read now', {
      cause: error,
    })
  }
}

/** What jose says of a key set that it could not have; what is not jose's word is the network's. */
const KEYS_UNREADABLE: ReadonlySet<string> = new Set([
  'ERR_JOSE_GENERIC',
  'ERR_JWKS_INVALID',
  'ERR_JWKS_TIMEOUT',
])

/** jose's messages are fixed texts and claim names; the token itself never stands in them. */
function refusal(error: unknown): ProxyError {
  if (error instanceof errors.JWTExpired) {
    return new ProxyError('invalid_order_token', 'the order token has expired', { field: 'exp' })
  }
  if (error instanceof errors.JWTClaimValidationFailed) {
    return new ProxyError('invalid_order_token', 'a claim is missing or wrong', {
      field: error.claim,
    })
  }
  return new ProxyError('invalid_order_token', 'the order token is not valid')
}

function checkClaims(payload: JWTPayload, options: OrderTokenOptions): OrderClaims {
  const result = options.schema.safeParse(payload)
  if (!result.success) {
    const [issue] = result.error.issues
    const unknownKey = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined
    const field = unknownKey ?? (issue?.path.join('.') || 'orderToken')
    throw new ProxyError('invalid_order_token', 'a claim is not as it must be', { field })
  }
  if (result.data.exp - result.data.iat > options.maxLifetime) {
    throw new ProxyError('invalid_order_token', 'it was given too long a life', { field: 'exp' })
  }
  return result.data
}
