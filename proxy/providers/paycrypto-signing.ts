/**
 * PayCrypto-Checkout's signatures, of requests and of notifications.
 *
 * A request signs, with nothing between the parts (document, "HMAC Authentication"; the vendor's SDKs):
 * `timestampMs + METHOD + apiKey + path [+ "?" + decoded query] + body`
 * where the body is its members sorted by name, `name=value` joined by `&`, values as they are, objects as
 * compact JSON sorted at every depth. Base64 of HMAC-SHA256 with the API secret.
 *
 * A notification signs `Timestamp + ACTION` and its body in the same way, with the dashboard's webhook
 * secret: `1585810920287ORDER_RESULTaction=order_result&events=["{\\"id\\":…}"]`
 * @module
 */
import { createHmac } from 'node:crypto'

export interface SignedRequest {
  readonly timestamp: number
  readonly method: 'GET' | 'POST'
  readonly apiKey: string
  readonly path: string
  /** As it is sent, without the question mark. */
  readonly query: string
  readonly body: Readonly<Record<string, unknown>>
}

/** The text that a request signs. */
export function signingString(request: SignedRequest): string {
  const { timestamp, method, apiKey, path, query, body } = request
  const asked = query === '' ? '' : `?${decodeQuery(query)}`
  return `${timestamp}${method}${apiKey}${path}${asked}${bodyString(body)}`
}

export function signRequest(request: SignedRequest, apiSecret: string): string {
  return hmac(apiSecret, signingString(request))
}

/** A notification's body, as it was parsed: what we do not read is signed as well. */
export type WebhookBody = Readonly<Record<string, unknown>> & { readonly action: string }

/** The text that a notification signs. */
export function webhookString(timestamp: string, body: WebhookBody): string {
  return `${timestamp}${body.action.toUpperCase()}${bodyString(body)}`
}

export function signWebhook(timestamp: string, body: WebhookBody, secret: string): string {
  return hmac(secret, webhookString(timestamp, body))
}

const hmac = (key: string, text: string): string =>
  createHmac('sha256', key).update(text).digest('base64')

/** The server decodes what it gets: a plus is a space. */
const decodeQuery = (query: string): string => decodeURIComponent(query.replaceAll('+', ' '))

function bodyString(body: Readonly<Record<string, unknown>>): string {
  return sortedEntries(body)
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : compact(value)}`)
    .join('&')
}

/** Objects sorted at every depth; arrays keep their order, and objects inside them theirs. */
function compact(value: unknown): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return JSON.stringify(value)
  }
  const members = sortedEntries(value).map(
    ([name, member]) => `${JSON.stringify(name)}:${compact(member)}`,
  )
  return `{${members.join(',')}}`
}

/** By code unit, upper case before lower; no two names are the same. */
const sortedEntries = (object: object): [string, unknown][] =>
  Object.entries(object).toSorted(([a], [b]) => (a < b ? -1 : 1))
