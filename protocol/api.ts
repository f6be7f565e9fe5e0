/**
 * The bodies of the HTTP API. The schemas that check them live in the proxy.
 * @module
 */
import type { Money } from './money.ts'
import type { PriceSource } from './payment.ts'

/** `POST /v1/checkouts`: exactly one of the three ways to say what is bought. */
export type CreateCheckoutBody =
  | { readonly orderToken: string }
  | { readonly product: string; readonly quantity?: number; readonly orderId?: string }
  | { readonly amount: string; readonly currency: string; readonly orderId?: string }

/** `POST /v1/checkouts/:id/payments` */
export interface StartPaymentBody {
  readonly methodId: string
  readonly fields?: Readonly<Record<string, string>>
  readonly consent?: boolean
  /** The page to come back to; its origin must be allowed. */
  readonly returnUrl?: string
}

/** RFC 9457. `code` is stable, `field` names the culprit where one field is at fault. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: ProblemCode
  readonly detail?: string
  readonly field?: string
  readonly requestId: string
}

/** Every error the API can answer with, and its HTTP status. */
export const PROBLEMS = {
  invalid_request: 400,
  invalid_order_token: 401,
  unauthorized: 401,
  forbidden_origin: 403,
  payouts_not_allowed: 403,
  not_found: 404,
  method_not_allowed: 405,
  order_conflict: 409,
  payment_in_progress: 409,
  checkout_settled: 409,
  not_in_review: 409,
  checkout_expired: 409,
  payout_conflict: 409,
  body_too_large: 413,
  unsupported_media_type: 415,
  currency_not_supported: 422,
  method_not_available: 422,
  unsigned_orders_not_allowed: 422,
  product_not_found: 422,
  not_supported: 422,
  payment_refused: 422,
  identity_check_required: 422,
  rate_limited: 429,
  too_many_attempts: 429,
  internal_error: 500,
  provider_bad_response: 502,
  provider_rejected: 502,
  provider_auth: 502,
  provider_unavailable: 503,
  store_unavailable: 503,
} as const

export type ProblemCode = keyof typeof PROBLEMS

/** An order, however it was said: what a price source yields. */
export interface Order {
  readonly source: PriceSource
  readonly orderId: string
  /** The price; further ones are the same order in other currencies. */
  readonly prices: readonly [Money, ...Money[]]
  readonly description?: string
  readonly methods?: readonly string[]
  readonly locale?: string
  readonly customer?: { readonly email?: string; readonly phone?: string; readonly name?: string }
  readonly successUrl?: string
  readonly failUrl?: string
  readonly cancelUrl?: string
  readonly pendingUrl?: string
  readonly metadata?: Readonly<Record<string, string>>
}
