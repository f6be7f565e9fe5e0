/**
 * From the element's attributes to the order that the proxy is asked for.
 * @module
 */
import { isDecimal } from '../protocol/money.ts'
import type { OrderSource } from './core/state.ts'
import type { Memory } from './core/memory.ts'

/** The attributes that say what is bought. */
export interface OrderAttributes {
  readonly checkout: string | null
  readonly orderToken: string | null
  readonly product: string | null
  readonly quantity: number | null
  readonly amount: string | null
  readonly currency: string | null
  readonly orderId: string | null
}

/** Attributes that make another order when they change. */
export const ORDER_ATTRIBUTES = [
  'proxy',
  'checkout',
  'orderToken',
  'product',
  'quantity',
  'amount',
  'currency',
  'orderId',
] as const satisfies readonly ('proxy' | keyof OrderAttributes)[]

/** Which attributes are missing or wrong, by name. */
export function findMistakes(order: OrderAttributes): readonly string[] {
  const { checkout, orderToken, product, amount, currency } = order
  if (checkout || orderToken || product) return []
  if (!amount && !currency) return ['checkout, order-token, product or amount']
  return [isDecimal(amount) ? '' : 'amount', currency ? '' : 'currency'].filter(Boolean)
}

/** What tells this order from others on the same page and origin. */
export function orderKey(order: OrderAttributes): string {
  const { checkout, orderToken, product, quantity, amount, currency, orderId } = order
  if (orderToken && !checkout) return tokenOrderId(orderToken)
  return checkout ?? [product, quantity, amount, currency, orderId].join(':')
}

/** The same order id stands in a token that was minted anew; the token itself is never stored. */
function tokenOrderId(token: string): string {
  const { orderId } = claimsOf(token)
  return typeof orderId === 'string' ? orderId : 'token'
}

/** What a token says, whoever signed it; nothing where it cannot be read. */
export function claimsOf(token: string | null): Readonly<Record<string, unknown>> {
  const payload = token?.split('.')[1]?.replaceAll('-', '+').replaceAll('_', '/') ?? ''
  try {
    return Object(JSON.parse(atob(payload))) as Record<string, unknown>
  } catch {
    return {}
  }
}

/** The order to open. A checkout that the page's URL names is taken unless the page says another. */
export function readOrder(
  { checkout, orderToken, orderId, product, quantity, amount, currency }: OrderAttributes,
  memory: Memory,
  returned: string | null,
): OrderSource {
  const known = memory.read()
  const isReturn = known.isAway || (returned !== null && (!checkout || checkout === returned))
  const id = checkout ?? (orderToken ? known.checkoutId : (!known.checkoutId && returned) || null)
  if (checkout || (id && !orderToken)) return { body: null, id, isReturn }
  if (orderToken) return { body: { orderToken }, id, isReturn }
  const what = product
    ? { product, ...(quantity && { quantity }) }
    : { amount: amount ?? '', currency: currency ?? '' }
  return { body: { ...what, orderId: orderId ?? known.orderId }, id, isReturn }
}
