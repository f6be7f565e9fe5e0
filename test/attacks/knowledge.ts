/**
 * What an attacker can make himself: every signature of the public documents, with keys of his own.
 * @module
 */
import { createHash, createHmac, randomBytes } from 'node:crypto'

/** As long as a real one, and not it. */
export const OWN_KEY = 'an-attackers-own-key-0123456789-abcdef'

/** A token as long as ours, that nobody was given. */
export const guessToken = (): string => randomBytes(32).toString('base64url')

export const swapCase = (text: string): string =>
  text.replace(/[a-zA-Z]/g, (c) => (c === c.toLowerCase() ? c.toUpperCase() : c.toLowerCase()))

export const hmacHex = (text: string, key: string): string =>
  createHmac('sha256', key).update(text).digest('hex')

export const hmacBase64 = (text: string, key: string): string =>
  createHmac('sha256', key).update(text).digest('base64')

export const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex')

type Json = Readonly<Record<string, unknown>>

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A compact JWS, `HS256` unless the header says otherwise; the signature is HMAC all the same. */
export function jwt(header: Json, claims: unknown, key: string | Buffer): string {
  const text = `${encode(header)}.${encode(claims)}`
  const hash = { HS384: 'sha384', HS512: 'sha512' }[String(header['alg'])] ?? 'sha256'
  return `${text}.${createHmac(hash, key).update(text).digest('base64url')}`
}

/** The parts of a compact JWS, read. */
export function readJwt(token: string): { header: Json; claims: Json; signature: string } {
  const [head = '', payload = '', signature = ''] = token.split('.')
  const read = (part: string): Json =>
    JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Json
  return { header: read(head), claims: read(payload), signature }
}

/** The same signature under other parts. */
export const rejoin = (header: Json, claims: unknown, signature: string): string =>
  `${encode(header)}.${encode(claims)}.${signature}`

/** LiPayKripto's newer notification, signed over its compact JSON. */
export function signLipay(members: Json, key: string): string {
  return JSON.stringify({ ...members, signature: hmacHex(JSON.stringify(members), key) })
}

/** PayCrypto's notification: headers and body. */
export function signPaycrypto(
  { timestamp, action = 'order_result' }: { timestamp: string; action?: string },
  events: readonly string[],
  key: string,
) {
  const text = `${timestamp}${action.toUpperCase()}action=${action}&events=${JSON.stringify(events)}`
  return {
    headers: { 'content-type': 'application/json', timestamp, signature: hmacBase64(text, key) },
    body: JSON.stringify({ action, events }),
  }
}

const HASHED = ['orderId', 'newStatus', 'inAmount', 'outAmount', 'xml_from', 'xml_to', 'timestamp']

/** The hash of Lincoln's notification over the fields of a form. */
export function hashLincoln(form: URLSearchParams, secret: string): string {
  return sha256Hex([...HASHED.map((name) => form.get(name) ?? ''), secret].join(':'))
}
