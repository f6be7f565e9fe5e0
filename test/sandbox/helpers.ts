/**
 * What the sandbox's tests share: requests, a look into JSON of unknown shape, a log-in.
 *
 * @module
 */
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { SANDBOX_CREDENTIALS } from '../../sandbox/index.ts'
import type { Sandbox } from '../../sandbox/index.ts'

/** An answer, read. `body` is undefined where the text is no JSON. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly body: unknown
}

/** Sends JSON when there is a body, and follows no redirect. */
export async function send(
  method: string,
  url: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, body: parse(text) }
}

/** The value at a path in parsed JSON. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  let found = value
  for (const key of path) {
    assert.ok(typeof found === 'object' && found !== null, `nothing at ${path.join('.')}`)
    found = Object.entries(found).find(([name]) => name === String(key))?.[1]
  }
  return found
}

/** The text at a path in parsed JSON. */
export function textAt(value: unknown, ...path: readonly (string | number)[]): string {
  const found = at(value, ...path)
  assert.ok(typeof found === 'string', `no text at ${path.join('.')}`)
  return found
}

/** The keys of the object at a path, sorted. */
export function keysAt(value: unknown, ...path: readonly (string | number)[]): string[] {
  const found = at(value, ...path)
  assert.ok(typeof found === 'object' && found !== null)
  return Object.keys(found).toSorted()
}

/** Cryptom with a token: the headers of every call but the log-in. */
export async function logIn(sandbox: Sandbox): Promise<Record<string, string>> {
  const { body } = await send('POST', `${sandbox.urls.cryptom}/auth`, SANDBOX_CREDENTIALS.cryptom)
  return { authorization: `Bearer ${textAt(body, 'accessToken')}` }
}

/** A legal body of Cryptom's create. */
export const CREATE = {
  currency: 'TRY',
  currencyAmount: 300,
  coin: 'TRX',
  network: 'TRX',
  userMobile: '+900000000000',
  statusNote: 'A-1001',
}

/** Claims of Redoya's order token, as in the document's example. */
export const CLAIMS = {
  price: 15,
  successfulURL: 'https://shop.example/ok/{order_id}?invoiceId=123',
  failURL: 'https://shop.example/fail/{order_id}?invoiceId=123',
  isInTestMode: 1,
}

/** The example as an orderToken, some claims replaced; undefined takes one away. */
export function orderToken(
  claims: Record<string, unknown> = {},
  header: Record<string, unknown> = { alg: 'HS256', typ: 'JWT' },
  secret: string = SANDBOX_CREDENTIALS.redoya.secret,
): string {
  const input = [header, { ...CLAIMS, ...claims }].map(encode).join('.')
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
