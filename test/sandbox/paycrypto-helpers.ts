/**
 * What the tests of PayCrypto's stand-in share: a client that signs by itself, a legal order, the
 * vectors.
 *
 * @module
 */
import { createHmac } from 'node:crypto'
import { SANDBOX_CREDENTIALS } from '../../sandbox/index.ts'
import type { Sandbox } from '../../sandbox/index.ts'
import { at, textAt } from './helpers.ts'
import type { Answer } from './helpers.ts'

const { apiKey, apiSecret, passphrase } = SANDBOX_CREDENTIALS.paycrypto

export const CREATE = {
  currency: 'USD',
  amount: '12.50',
  cust_order_id: 'ord-1001',
}

/** One call; what is `signed` may differ from what is sent. */
export interface Call {
  readonly body?: Readonly<Record<string, unknown>>
  /** The text that is sent in place of the body. */
  readonly text?: string
  /** As it stands in the URL. */
  readonly query?: string
  readonly timestamp?: number | string
  readonly headers?: Readonly<Record<string, string | null>>
  readonly signed?: Partial<Record<'method' | 'path' | 'query' | 'bodyString' | 'apiKey', string>>
  readonly secret?: string
}

export type Client = (method: string, path: string, call?: Call) => Promise<Answer>

/** Signs as `providers/paycrypto.md` says, for bodies of texts and one level of objects. */
export function createClient(sandbox: Sandbox, now: () => number): Client {
  return async (method, path, call = {}) => {
    const { body, query = '', timestamp = now(), secret = apiSecret } = call
    const signed = {
      method,
      path,
      query,
      apiKey,
      bodyString: bodyString(body ?? {}),
      ...call.signed,
    }
    const decoded =
      signed.query === '' ? '' : `?${decodeURIComponent(signed.query.replaceAll('+', ' '))}`
    const text = `${timestamp}${signed.method}${signed.apiKey}${signed.path}${decoded}${signed.bodyString}`
    const signature = createHmac('sha256', secret).update(text).digest('base64')
    const headers = {
      'content-type': 'application/json',
      authorization: `Inst:${signed.apiKey}:${timestamp}:${signature}`,
      'access-passphrase': passphrase,
      ...call.headers,
    }
    const kept = Object.entries(headers).filter(
      (entry): entry is [string, string] => entry[1] !== null,
    )
    const content = call.text ?? (body === undefined ? undefined : JSON.stringify(body))
    const url = `${sandbox.urls.paycrypto}${path}${query === '' ? '' : `?${query}`}`
    const response = await fetch(url, {
      method,
      headers: Object.fromEntries(kept),
      ...(content === undefined ? {} : { body: content }),
    })
    const answered = await response.text()
    const parsed: unknown = JSON.parse(answered)
    return { status: response.status, headers: response.headers, text: answered, body: parsed }
  }
}

/** Creates an order and tells its id. */
export async function create(client: Client, fields: Record<string, unknown> = {}) {
  const { body } = await client('POST', '/api/v1/payment', { body: { ...CREATE, ...fields } })
  return textAt(body, 'result', 'order_id')
}

/** The records of a list or of a single order. */
export function recordsOf(body: unknown): readonly unknown[] {
  const result = at(body, 'result')
  const inner = typeof result === 'object' && result && 'result' in result ? result.result : result
  const records = at(inner, 'records')
  return Array.isArray(records) ? records : []
}

function bodyString(body: Readonly<Record<string, unknown>>): string {
  return Object.entries(body)
    .filter(([, value]) => value !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}=${typeof value === 'string' ? value : sortedJson(value)}`)
    .join('&')
}

function sortedJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  return JSON.stringify(
    Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))),
  )
}
