/**
 * Identifiers and tokens: random, and stored only as a hash where knowing one is a right.
 * @module
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** A checkout's id: 128 random bits, 22 characters that need no escaping in a URL. */
export const mintCheckoutId = (): string => randomBytes(16).toString('base64url')

/** Whether it could be one: what could not is looked up nowhere. */
export const isCheckoutId = (text: string): boolean => /^[\w-]{22}$/.test(text)

/** A payment's id: 32 hex characters, which every provider accepts as an order number. */
export const mintPaymentId = (): string => randomBytes(16).toString('hex')

/** Whether it could be one. */
export const isPaymentId = (text: string): boolean => /^[0-9a-f]{32}$/.test(text)

/** A token that is a right by itself (a callback URL): 256 random bits, 43 characters. */
export const mintToken = (): string => randomBytes(32).toString('base64url')

export const isToken = (text: string): boolean => /^[\w-]{43}$/.test(text)

/** Facts sort by their id where they were observed in the same millisecond. */
export function mintFactId(now: number): string {
  sequence = (sequence + 1) % 0x1000000
  const order = `${now.toString(36).padStart(9, '0')}${sequence.toString(36).padStart(5, '0')}`
  return `${order}${randomBytes(6).toString('hex')}`
}
let sequence = 0

/** What is stored of a token. */
export const hashToken = (token: string): string =>
  createHash('sha256').update(token).digest('base64url')

/** Compares secrets in constant time, whatever their lengths. */
export function isSameSecret(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}
