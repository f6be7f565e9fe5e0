/**
 * Redoya's "public" identifier: a JWT that every shopper can read.
 * @module
 */
import { decodeJwt } from 'jose'
import { reveals } from '../leak.ts'

/** So long before an identifier's end its owner is warned: a new one has to be asked for. */
export const EXPIRY_WARNING_MS = 14 * 24 * 60 * 60_000

/** Identifiers live for a time (90 days in the samples), epoch milliseconds. */
export function expiryOf(identifier: string): number | undefined {
  try {
    const { exp } = decodeJwt(identifier)
    return exp === undefined ? undefined : exp * 1000
  } catch {
    return undefined
  }
}

/** A shorter text stands in any noise. */
const LONG = 8

/** The identifier is a JWT that anybody can read: a secret in it is nobody's secret. */
export function isLeaky({ identifier, secret }: { identifier: string; secret: string }): boolean {
  if (identifier.includes(secret) || (secret.length >= LONG && reveals(identifier, secret)))
    return true
  try {
    const payload = JSON.stringify(decodeJwt(identifier))
    return (
      payload.includes(JSON.stringify(secret).slice(1, -1)) || /"[^"]*secret[^"]*":/i.test(payload)
    )
  } catch {
    return false
  }
}
