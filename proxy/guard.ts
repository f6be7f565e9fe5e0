/**
 * What stands before the handlers, and how they answer. The guards only collect headers; the answer is
 * made once, with all of them: middleware that touches a response afterwards costs most of the
 * throughput (`docs/decisions/0005-own-guards.md`).
 * @module
 */
import { randomUUID } from 'node:crypto'
import type { Context, MiddlewareHandler } from 'hono'
import { ProxyError } from './errors.ts'
import { describeProblem } from './problem.ts'
import type { Log } from './log.ts'

/** What the handlers know of a request beside itself. */
export interface ProxyEnv {
  Variables: {
    /** What the guards want on the answer; `reply` puts it there. */
    headers: HeaderRecord
  }
}

type HeaderRecord = Readonly<Record<string, string>>
type Guard = MiddlewareHandler<ProxyEnv>

const SECURE_HEADERS: HeaderRecord = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
}

/** Headers that every answer carries. */
export const secureHeaders: Guard = (c, next) => {
  c.set('headers', SECURE_HEADERS)
  return next()
}

/**
 * Lets through requests of allowed pages, and those that no page made. A foreign `Origin` is refused
 * before the handler runs: a CORS header alone stops nothing.
 */
export function allowOrigins(origins: readonly string[]): Guard {
  const withoutOrigin = { ...SECURE_HEADERS, vary: 'Origin' }
  const forOrigin = new Map(origins.map((origin) => [origin, corsHeaders(withoutOrigin, origin)]))
  return async (c, next) => {
    const origin = c.req.header('origin')
    const headers = origin === undefined ? withoutOrigin : forOrigin.get(origin)
    // A foreign page may read its refusal, and nothing else: it would take silence for a dead line.
    c.set('headers', headers ?? corsHeaders(withoutOrigin, origin ?? ''))
    if (c.req.method === 'OPTIONS') return reply(c, null, 204, PREFLIGHT_HEADERS)
    if (!headers) throw new ProxyError('forbidden_origin', 'this page is not allowed')
    return next()
  }
}

const corsHeaders = (base: HeaderRecord, origin: string): HeaderRecord => ({
  ...base,
  'access-control-allow-origin': origin,
  'access-control-expose-headers': 'etag, retry-after, date',
})

const PREFLIGHT_HEADERS: HeaderRecord = {
  'access-control-allow-methods': 'GET, POST',
  'access-control-allow-headers': 'content-type, if-none-match, idempotency-key',
  'access-control-max-age': '7200',
}

/** An answer with what the guards want on it. One plain object of headers: the adapter's fast path. */
export function reply(
  c: Context<ProxyEnv>,
  body: string | null,
  status = 200,
  headers: HeaderRecord = {},
): Response {
  return new Response(body, { status, headers: { ...c.get('headers'), ...headers } })
}

/** `value` as JSON. */
export const replyJson = (c: Context<ProxyEnv>, value: unknown, status = 200): Response =>
  reply(c, JSON.stringify(value), status, { 'content-type': 'application/json' })

const MAX_BODY_BYTES = 16 * 1024

/** The JSON body, within 16 KiB whether its length was declared or not. */
export async function readJson(c: Context): Promise<unknown> {
  const type = c.req.header('content-type')?.split(';', 1)[0]?.trim().toLowerCase()
  if (type !== 'application/json') {
    throw new ProxyError('unsupported_media_type', 'send application/json')
  }
  const text = await readText(c.req.raw, MAX_BODY_BYTES)
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw new ProxyError('invalid_request', 'the body is not JSON')
  }
}

/** The body's text, within `limit` bytes whether its length was declared or not. */
export async function readText(request: Request, limit: number): Promise<string> {
  const tooLarge = new ProxyError('body_too_large', `more than ${limit} bytes`)
  const declared = request.headers.get('content-length')
  if (declared !== null) {
    if (!(Number(declared) <= limit)) throw tooLarge
    return request.text()
  }
  const decoder = new TextDecoder()
  let size = 0
  let text = ''
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength
    if (size > limit) throw tooLarge
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

/** Turns every error into an answer that says no more than it should, and logs what it was. */
export function answerErrors(log: Log) {
  return (error: unknown, c: Context<ProxyEnv>): Response => {
    const requestId = randomUUID()
    const isKnown = error instanceof ProxyError
    log(isKnown ? 'info' : 'error', 'request.failed', {
      requestId,
      method: c.req.method,
      route: c.req.routePath,
      code: isKnown ? error.code : 'internal_error',
      detail: error instanceof Error ? error.message : String(error),
      stack: isKnown || !(error instanceof Error) ? undefined : error.stack,
    })
    const { status, body, headers } = describeProblem(error, requestId)
    return reply(c, body, status, headers)
  }
}
