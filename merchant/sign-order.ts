/**
 * Signs the order for a checkout, in the merchant's own backend: the shopper's browser then carries the
 * price without being able to change it.
 * @module
 */
import { SignJWT } from 'jose'

/** The order. `amount` is decimal text, `currency` an ISO 4217 code or an asset's symbol. */
export interface OrderToSign {
  readonly orderId: string
  readonly amount: string
  readonly currency: string
  /** The same order priced in other currencies. */
  readonly alternatives?: readonly { readonly amount: string; readonly currency: string }[]
  readonly description?: string
  /** Only these providers or methods. */
  readonly methods?: readonly string[]
  readonly locale?: string
  readonly customer?: { readonly email?: string; readonly phone?: string; readonly name?: string }
  readonly successUrl?: string
  readonly failUrl?: string
  readonly cancelUrl?: string
  readonly pendingUrl?: string
  readonly metadata?: Readonly<Record<string, string>>
}

export interface SignOrderOptions {
  /** The proxy's `ORDER_SECRET`, at least 32 bytes. */
  readonly secret: string
  /** How long the page may take to open the checkout, seconds; default 3600. */
  readonly expiresIn?: number
  /** Epoch milliseconds; default: now. */
  readonly now?: number
}

const MIN_SECRET_BYTES = 32

/**
 * An order token for the element's `order-token` attribute: a JWT, `HS256`, `typ: "cc-order+jwt"`.
 * Throws a `RangeError` for a secret that could be guessed.
 *
 * @example
 * ```ts
 * const token = await signOrder(
 *   { orderId: 'A-1001', amount: '100.00', currency: 'TRY' },
 *   { secret: process.env.ORDER_SECRET },
 * )
 * ```
 */
export async function signOrder(order: OrderToSign, options: SignOrderOptions): Promise<string> {
  const key = new TextEncoder().encode(options.secret)
  if (key.length < MIN_SECRET_BYTES) {
    throw new RangeError(`the secret must be at least ${MIN_SECRET_BYTES} bytes`)
  }
  const issuedAt = Math.floor((options.now ?? Date.now()) / 1000)
  return new SignJWT({ ...order })
    .setProtectedHeader({ alg: 'HS256', typ: 'cc-order+jwt' })
    .setAudience('crypto-checkout')
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + (options.expiresIn ?? 3600))
    .sign(key)
}
