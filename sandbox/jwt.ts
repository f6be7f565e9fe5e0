/**
 * JSON Web Tokens with HS256 (RFC 7515, RFC 7519), by `node:crypto` alone: the sandbox must not
 * share code with what it checks. The secret is UTF-8 text.
 *
 * @module
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { parseJsonObject } from './json.ts'

/** Why a token was refused. The message never contains the token. */
export class JwtError extends Error {
  readonly code: 'malformed' | 'algorithm' | 'signature' | 'expired' | 'not_yet_valid'

  constructor(code: JwtError['code'], message: string) {
    super(message)
    this.name = 'JwtError'
    this.code = code
  }
}

/** Signs the claims. */
export function signJwt(claims: Readonly<Record<string, unknown>>, secret: string): string {
  const input = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`
  return `${input}.${sign(input, secret).toString('base64url')}`
}

/** The claims of a token with a true signature and, where present, legal `exp` and `nbf`. */
export function verifyJwt(token: string, secret: string, nowMs: number): Record<string, unknown> {
  const parts = token.split('.')
  const [header = '', payload = '', signature = ''] = parts
  if (parts.length !== 3 || !parts.every((part) => BASE64URL.test(part))) throw malformed()

  if (decode(header)?.['alg'] !== 'HS256') {
    throw new JwtError('algorithm', 'The token is not signed with HS256.')
  }
  const expected = sign(`${header}.${payload}`, secret)
  const given = Buffer.from(signature, 'base64url')
  const isCanonical = given.toString('base64url') === signature
  if (!isCanonical || given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new JwtError('signature', 'The signature of the token is wrong.')
  }
  const claims = decode(payload)
  if (!claims) throw malformed()
  checkTimes(claims, Math.floor(nowMs / 1000))
  return claims
}

/** The claims of a token as anyone can read them, or undefined. Proves nothing. */
export function readJwt(token: string): Record<string, unknown> | undefined {
  const parts = token.split('.')
  return parts.length === 3 ? decode(parts[1] ?? '') : undefined
}

const BASE64URL = /^[A-Za-z0-9_-]+$/

function sign(input: string, secret: string): Buffer {
  return createHmac('sha256', secret).update(input).digest()
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

function decode(part: string): Record<string, unknown> | undefined {
  return parseJsonObject(Buffer.from(part, 'base64url').toString('utf8'))
}

function checkTimes(claims: Record<string, unknown>, nowSeconds: number): void {
  const { exp, nbf, iat } = claims
  for (const time of [exp, nbf, iat]) {
    if (time !== undefined && !Number.isFinite(time)) throw malformed()
  }
  if (typeof exp === 'number' && nowSeconds >= exp) {
    throw new JwtError('expired', 'The token has expired.')
  }
  if (typeof nbf === 'number' && nowSeconds < nbf) {
    throw new JwtError('not_yet_valid', 'The token is not valid yet.')
  }
}

function malformed(): JwtError {
  return new JwtError('malformed', 'The token is no JSON Web Token.')
}
