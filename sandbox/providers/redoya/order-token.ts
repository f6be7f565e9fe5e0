/**
 * Redoya's two tokens: the identifier, which names the vendor, and the order token, which says
 * what is to be paid ("Variable Definitions", "orderData").
 *
 * Ours: an identifier is known if it is the configured one or was made by any sandbox and has not
 * expired, so that a sandbox and a proxy started on different days understand each other; the
 * return addresses must be http or https; of the registered claims `iat`, `exp`, `nbf`, `iss` are
 * allowed beside orderData's four.
 *
 * @module
 */
import { isEqualSecret } from '../../constant-time.ts'
import { JwtError, readJwt, signJwt, verifyJwt } from '../../jwt.ts'

/** The account of a vendor at the stand-in. */
export interface RedoyaCredentials {
  readonly secret: string
  /** Public: it travels in the shopper's URL. */
  readonly identifier: string
}

/** A checked order token. */
export interface OrderToken {
  readonly vendor: string
  /** Lira. */
  readonly price: number
  readonly isInTestMode: 0 | 1
  readonly successfulURL: string
  readonly failURL: string
  /** Epoch seconds. */
  readonly exp?: number
}

/** Why the page refuses a link. The message never contains a token. */
export class OrderTokenError extends Error {
  readonly status: 400 | 404
  readonly code: string

  constructor(status: 400 | 404, code: string, message: string) {
    super(message)
    this.name = 'OrderTokenError'
    this.status = status
    this.code = code
  }
}

interface Rules {
  readonly credentials: RedoyaCredentials
  readonly acceptsFloats: boolean
  readonly nowMs: number
}

/** Checks `{orderToken, identifier}`; throws an `OrderTokenError` that names the broken rule. */
export function readOrderToken(
  { orderToken, identifier }: Record<string, unknown>,
  { credentials, acceptsFloats, nowMs }: Rules,
): OrderToken {
  if (!isKnownIdentifier(identifier, credentials, nowMs)) {
    throw new OrderTokenError(404, 'unknown_identifier', 'The identifier names no vendor.')
  }
  const claims = verify(orderToken, credentials.secret, nowMs)
  const unknown = Object.keys(claims).find((claim) => !CLAIMS.includes(claim))
  if (unknown !== undefined) throw illegal(unknown)

  const { price, isInTestMode, successfulURL, failURL, exp } = claims
  if (typeof price !== 'number' || price < 3 || price > 1000) throw illegal('price')
  const decimals = acceptsFloats ? /^\d+(\.\d{1,2})?$/ : /^\d+$/
  if (!decimals.test(String(price))) throw illegal('price')
  if (isInTestMode !== 0 && isInTestMode !== 1) throw illegal('isInTestMode')
  if (!isReturnUrl(successfulURL)) throw illegal('successfulURL')
  if (!isReturnUrl(failURL)) throw illegal('failURL')
  const vendor = readVendor(identifier)
  const order = { vendor, price, isInTestMode, successfulURL, failURL } as const
  return typeof exp === 'number' ? { ...order, exp } : order
}

/** Whether the identifier is this vendor's, compared in constant time. */
export function isKnownIdentifier(
  identifier: unknown,
  credentials: RedoyaCredentials,
  nowMs: number,
): identifier is string {
  if (typeof identifier !== 'string') return false
  const exp = readJwt(identifier)?.['exp']
  if (typeof exp === 'number' && exp * 1000 <= nowMs) return false
  return isEqualSecret(identifier, credentials.identifier) || isSandboxIdentifier(identifier, nowMs)
}

/** A public identifier of the sandbox's own vendor: no secret claim, 90 days to live. */
export function createSandboxIdentifier(nowMs: number): string {
  const iat = Math.floor(nowMs / 1000)
  return signJwt({ ...VENDOR, iat, exp: iat + 90 * 86_400 }, PLATFORM_KEY)
}

const CLAIMS = ['price', 'isInTestMode', 'successfulURL', 'failURL', 'iat', 'exp', 'nbf', 'iss']
const VENDOR = { vendorId: 'sandbox-vendor', name: 'Sandbox Shop' }
/** Not secret: it tells sandbox identifiers from typing errors, nothing more. */
const PLATFORM_KEY = 'sandbox-redoya-platform-key'

function verify(token: unknown, secret: string, nowMs: number): Record<string, unknown> {
  try {
    return verifyJwt(typeof token === 'string' ? token : '', secret, nowMs)
  } catch (error) {
    if (!(error instanceof JwtError)) throw error
    throw new OrderTokenError(400, `order_token_${error.code}`, error.message)
  }
}

/** 10 to 1200 characters; the raw braces of `{order_id}` are legal in it. */
function isReturnUrl(value: unknown): value is string {
  if (typeof value !== 'string' || value.length < 10 || value.length > 1200) return false
  const url = URL.parse(value)
  return url?.protocol === 'https:' || url?.protocol === 'http:'
}

function isSandboxIdentifier(identifier: string, nowMs: number): boolean {
  try {
    return verifyJwt(identifier, PLATFORM_KEY, nowMs)['vendorId'] === VENDOR.vendorId
  } catch {
    return false
  }
}

function readVendor(identifier: string): string {
  const name = readJwt(identifier)?.['name']
  return typeof name === 'string' ? name : 'Sandbox vendor'
}

function illegal(claim: string): OrderTokenError {
  return new OrderTokenError(400, 'order_token_claim', `The claim ${claim} is not legal.`)
}
