/**
 * The proxy's HTTP API: one function per route, each answering with the checkout and the server's
 * time, or throwing a {@link CheckoutError}.
 * @module
 */
import type { CreateCheckoutBody, StartPaymentBody } from '../../protocol/api.ts'
import type { Checkout } from '../../protocol/payment.ts'
import { isCheckout } from './answer.ts'
import type { Environment } from './environment.ts'
import { CheckoutError } from './error.ts'
import type { ErrorCode } from './error.ts'

/** A checkout, and when it was so by the server's clock (epoch milliseconds). */
export interface Answer {
  readonly checkout: Checkout
  readonly asOf: number
}

/** A request that is ready to be sent. */
export type Call = (signal: AbortSignal) => Promise<Answer>

/** The routes, each as a function that prepares a {@link Call}. */
export interface Api {
  create(body: CreateCheckoutBody): Call
  read(id: string): Call
  start(id: string, body: StartPaymentBody): Call
  cancel(id: string): Call
  /** `isClaimed`: the shopper says so; else the proxy is only asked to look. */
  sent(id: string, isClaimed?: boolean): Call
}

/** `base` is the proxy's URL, with or without a path. */
export function createApi(base: string, environment: Environment): Api {
  const root = `${base.replace(/\/+$/, '')}/v1/checkouts`
  const ask = async (path: string, init: RequestInit): Promise<Answer> => {
    const response = await environment
      .fetch(root + path, { credentials: 'omit', redirect: 'error', ...init })
      .catch(() => {
        throw new CheckoutError(environment.isOnline() ? 'unreachable' : 'offline')
      })
    const body: unknown = await response.json().catch(() => null)
    if (!response.ok) throw problem(response, body)
    if (!isCheckout(body)) throw new CheckoutError('bad_answer')
    // after a 304 the body's time is as old as the body; the header is fresh
    const times = [body.serverNow, response.headers.get('date') ?? ''].map(Date.parse)
    return { checkout: body, asOf: Math.max(...times.filter(Number.isFinite)) }
  }
  const post =
    (path: string, body: object = {}): Call =>
    (signal) =>
      ask(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        signal,
      })
  const at = (id: string) => `/${encodeURIComponent(id)}`
  return {
    create: (body) => post('', body),
    // the browser revalidates by itself: a hand-made If-None-Match would cost a preflight per poll
    read: (id) => (signal) => ask(at(id), { cache: 'no-cache', signal }),
    start: (id, body) => post(`${at(id)}/payments`, body),
    cancel: (id) => post(`${at(id)}/cancel`),
    sent: (id, isClaimed = false) => post(`${at(id)}/sent`, isClaimed ? { paid: true } : {}),
  }
}

function problem({ status, headers }: Response, body: unknown): CheckoutError {
  const code = (body as { code?: unknown } | null)?.code
  const fallback = status === 404 ? 'not_found' : 'unreachable'
  const isTransient = status === 429 || status >= 500
  // what stands between may answer with a code of its own, a number
  const known = typeof code === 'string' ? (code as ErrorCode) : fallback
  return new CheckoutError(known, isTransient, retryAfterMs(headers))
}

/** Seconds or a date (by the server's own clock), kept between a second and five minutes. */
function retryAfterMs(headers: Headers): number {
  const value = headers.get('retry-after')
  if (!value) return 0
  const dates = Date.parse(value) - Date.parse(headers.get('date') ?? '')
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : dates
  return Math.min(300_000, Math.max(1000, ms || 0))
}
