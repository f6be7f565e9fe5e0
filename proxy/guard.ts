/**
 * What stands before the handlers, and how they answer. The guards only collect headers; the answer is
 * made once, with all of them: middleware that touches a response afterwards costs most of the
 * throughput (`docs/decisions/0005-own-guards.md`).
 * @module
 */
import type { Context, Hono, MiddlewareHandler } from 'hono'
import type { Connection } from './client-address.ts'
import { ProxyError } from './errors.ts'
import { isCheckoutId } from './ids.ts'
import { describeProblem } from './problem.ts'
import type { Log } from './log.ts'
import { requestIdNow, stamp } from './requests.ts'

/** What the handlers know of a request beside itself. */
export interface ProxyEnv {
  /** The line that it came by, where whoever took it in says so. */
  Bindings: Connection
  Variables: {
    /** What the guards want on the answer; `reply` puts it there. */
    headers: HeaderRecord
  }
}

export type Guard = MiddlewareHandler<ProxyEnv>
export type ProxyContext = Context<ProxyEnv>
type HeaderRecord = Readonly<Record<string, string>>

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
  return (c, next) => {
    const origin = c.req.header('origin')
    const headers = origin === undefined ? withoutOrigin : forOrigin.get(origin)
    // A foreign page may read its refusal, and nothing else: it would take silence for a dead line.
    c.set('headers', headers ?? corsHeaders(withoutOrigin, origin ?? ''))
    if (c.req.method === 'HEAD') return Promise.resolve(c.notFound())
    if (c.req.method === 'OPTIONS') return Promise.resolve(reply(c, null, 204, PREFLIGHT_HEADERS))
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

/** Dots as parts of a path, encoded or not, and backslashes: `new URL` has resolved them before we see it. */
const RESOLVED = /\\|\/(?:\.|%2e){1,2}(?:\/|$)/i

/** A path leads where it says: whoever filters paths in front of us must see the one that we take. */
export const plainPaths: Guard = (c, next) => {
  const sent = c.env?.incoming?.url?.split('?', 1)[0]
  if (sent !== undefined && RESOLVED.test(sent)) throw new ProxyError('not_found')
  return next()
}

/** Hono answers HEAD by running the GET handler, and ours ask providers: it is nobody's verb here. */
export const explicitVerbs: Guard = async (c, next) => {
  if (c.req.method === 'HEAD') return c.notFound()
  return next()
}

/** An answer with what the guards want on it. One plain object of headers: the adapter's fast path. */
export function reply(
  c: Context<ProxyEnv>,
  body: string | ReadableStream | Uint8Array<ArrayBuffer> | null,
  status = 200,
  headers: HeaderRecord = {},
): Response {
  return new Response(body, { status, headers: stamp(c, { ...c.get('headers'), ...headers }) })
}

/** `value` as JSON. */
export const replyJson = (c: Context<ProxyEnv>, value: unknown, status = 200): Response =>
  reply(c, JSON.stringify(value), status, { 'content-type': 'application/json' })

/** Turns every error into an answer that says no more than it should, and logs what it was. */
export function answerErrors(log: Log) {
  return (error: unknown, c: Context<ProxyEnv>): Response => {
    const { status, body, headers, code } = describeProblem(error, requestIdNow())
    const isKnown = error instanceof ProxyError
    const checkout = c.req.param('id') ?? ''
    // Whoever asks too often does not fill the log as well: the limit itself said so, once.
    if (code !== 'rate_limited') {
      log(isKnown ? 'info' : 'error', 'request.failed', {
        ...(isCheckoutId(checkout) && { checkout }),
        method: c.req.method,
        route: c.req.routePath,
        status,
        code,
        field: isKnown ? error.field : undefined,
        detail: error instanceof Error ? error.message : String(error),
        stack: isKnown || !(error instanceof Error) ? undefined : error.stack,
      })
    }
    return reply(c, body, status, headers)
  }
}

/** What no route answers: 405 where the path knows another verb, else 404. */
export function answerNothing(app: Hono<ProxyEnv>, log: Log) {
  const answerError = answerErrors(log)
  return (c: ProxyContext): Response => {
    const allow = ['GET', 'POST'].filter((verb) => hasRoute(app, verb, c.req.path)).join(', ')
    if (allow === '') return answerError(new ProxyError('not_found'), c)
    c.set('headers', { ...c.get('headers'), allow })
    return answerError(new ProxyError('method_not_allowed'), c)
  }
}

/** A route of its own: guards answer to every verb. */
function hasRoute({ router }: Hono<ProxyEnv>, verb: string, path: string): boolean {
  return router.match(verb, path)[0].some(([[, { method }]]) => method === verb)
}
