/**
 * The order as a backend says it, to sign it or to create its checkout; amounts are text.
 * @module
 */
import type { Embedding } from './embedding.ts'

export interface MerchantOrder {
  readonly orderId: string
  readonly amount: string
  readonly currency: string
  readonly description?: string
  readonly methods?: readonly string[]
}

export function orderOf({ order, methods }: Embedding): MerchantOrder {
  const { orderId, amount, currency, description } = order
  return {
    orderId,
    amount,
    currency,
    ...(description && { description }),
    ...(methods.length > 0 && { methods }),
  }
}

/** `name: 'value'` of each, as a language writes it. */
export const orderItems = (
  embedding: Embedding,
  write: (name: string, value: string) => string,
  text: (value: string) => string,
): readonly string[] =>
  Object.entries(orderOf(embedding)).map(([name, value]: [string, string | readonly string[]]) =>
    write(name, typeof value === 'string' ? text(value) : `[${value.map(text).join(', ')}]`),
  )

/** Where a backend creates checkouts, and asks about them. */
export const checkoutsUrl = ({ merchantUrl }: Embedding): string =>
  `${merchantUrl.replace(/\/+$/, '')}/v1/merchant/checkouts`

/** What to look at before anything is shipped, by who named the price. */
export const shippingHint = ({ source }: Embedding): string =>
  source === 'amount'
    ? 'Nobody signed the amount: compare `price` with your books before you ship.'
    : 'docs/merchant.md says what else to look at before you ship.'
