/**
 * What stands before the handlers. Each piece sets its headers before the handler runs and reads no
 * body: stock middleware that touches the response afterwards costs most of the throughput
 * (`docs/decisions/0005-own-guards.md`).
 * @module
 */
import { randomUUID } from 'node:crypto'
import type { Context, MiddlewareHandler } from 'hono'
import { ProxyError } from './errors.ts'
import { problemResponse } from './problem.ts'
import type { Log } from './log.ts'

/** What the handlers know of a request beside itself. */
export interface ProxyEnv {
  Variables: { requestId: string }
}

type Guard = MiddlewareHandler<ProxyEnv>

/** Headers that every answer carries. */
export const secureHeaders: Guard = (c, next) => {
  c.header('x-content-type-options', 'nosniff')
  c.header('referrer-policy', 'no-referrer')
  c.header('strict-transport-security', 'max-age=31536000')
  c.header('content-security-policy', "default-src 'none'; frame-ancestors 'none'")
  c.header('cache-control', 'no-store')
  return next()
}

/**
 * Lets through requests of allowed pages, and those that no page made. A foreign `Origin` is refused
 * before the handler runs: a CORS header alone stops nothing.
 */
export function allowOrigins(origins: readonly string[]): Guard {
  const allowed = new Set(origins)
  return async (c, next) => {
    const origin = c.req.header('origin')
    c.header('vary', 'Origin')
    if (origin === undefined) return next()
    if (!allowed.has(origin)) throw new ProxyError('forbidden_origin', 'this page is not allowed')
    c.header('access-control-allow-origin', origin)
    c.header('access-control-expose-headers', 'etag, retry-after, date')
    if (c.req.method !== 'OPTIONS') return next()
    c.header('access-control-allow-methods', 'GET, POST')
    c.header('access-control-allow-headers', 'content-type, if-none-match, idempotency-key')
    c.header('access-control-max-age', '7200')
    return c.body(null, 204)
  }
}

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

async function readText(request: Request, limit: number): Promise<string> {
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
  return (error: unknown, c: Context): Response => {
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
    const response = problemResponse(error, requestId)
    for (const [name, value] of c.res.headers) {
      if (!response.headers.has(name)) response.headers.set(name, value)
    }
    return response
  }
}
