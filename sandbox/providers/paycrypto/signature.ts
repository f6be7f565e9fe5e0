/**
 * PayCrypto's two signatures, both base64( HMAC-SHA256 ), over UTF-8, with nothing between the
 * parts ("HMAC Authentication"; the webhook's is not in the document but in the Java SDK):
 *
 *     1760000000001POST00112233445566778899aabbccddeeff/api/v1/paymentamount=12.50&currency=…
 *     1760000100001ORDER_RESULTaction=order_result&events=["{\"id\":\"ev-1\",…}"]
 *
 * @module
 */
import { createHmac } from 'node:crypto'
import { isObject } from '../../json.ts'
import { NumberLiteral } from '../../json-literals.ts'

/** What is signed of a request. */
export interface SignedRequest {
  readonly timestamp: string
  readonly method: string
  readonly apiKey: string
  readonly path: string
  /** Without the `?`, as it stands in the URL. */
  readonly query: string
  /** With `NumberLiteral` for numbers; undefined: no body. */
  readonly body: Readonly<Record<string, unknown>> | undefined
}

/** Throws a `URIError` where the query cannot be decoded. */
export function requestSigningString(request: SignedRequest): string {
  const { timestamp, method, apiKey, path, query, body = {} } = request
  const decoded = query === '' ? '' : `?${decodeQuery(query)}`
  return `${timestamp}${method.toUpperCase()}${apiKey}${path}${decoded}${bodyString(body)}`
}

/** What is signed of a webhook. `events` are JSON texts. */
export function webhookSigningString(
  timestamp: string,
  action: string,
  events: readonly string[],
): string {
  return `${timestamp}${action.toUpperCase()}${bodyString({ action, events })}`
}

/** The secret is text: it is not decoded. */
export function sign(text: string, secret: string): string {
  return createHmac('sha256', secret).update(text, 'utf8').digest('base64')
}

/** As Java's URLDecoder: a plus is a blank. */
function decodeQuery(query: string): string {
  return decodeURIComponent(query.replaceAll('+', ' '))
}

/** `key=value` by code units of the keys, joined by `&`; nothing is URL-encoded. */
function bodyString(body: Readonly<Record<string, unknown>>): string {
  return sortedKeys(body)
    .map((key) => `${key}=${valueText(body[key])}`)
    .join('&')
}

function valueText(value: unknown): string {
  return typeof value === 'string' ? value : compact(value, true)
}

/** Compact JSON, as fastjson: keys sorted in maps reached through maps, members of null dropped. */
function compact(value: unknown, isSorted: boolean): string {
  if (value instanceof NumberLiteral) return value.text
  if (Array.isArray(value)) return `[${value.map((each) => compact(each, false)).join(',')}]`
  if (!isObject(value)) return JSON.stringify(value)
  const keys = isSorted ? sortedKeys(value) : Object.keys(value)
  const members = keys
    .filter((key) => value[key] !== null)
    .map((key) => `${JSON.stringify(key)}:${compact(value[key], isSorted)}`)
  return `{${members.join(',')}}`
}

function sortedKeys(value: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(value).toSorted()
}
