/**
 * Where orders and their prices come from. The shopper's browser is never trusted with a price: it
 * brings a signed token, or names a product; a bare amount only where that was switched on.
 * @module
 */
import { randomUUID } from 'node:crypto'
import type { Order } from '../protocol/api.ts'
import { compareDecimal, multiplyDecimal } from '../protocol/money.ts'
import type { PriceSource } from '../protocol/payment.ts'
import type { Config } from './config.ts'
import { ProxyError } from './errors.ts'
import { createOrderTokenVerifier } from './order-token.ts'
import type { OrderClaims, VerifyOrderToken } from './order-token.ts'
import {
  catalogueOrderSchema,
  merchantOrderSchema,
  orderClaimsSchema,
  parse,
  tokenOrderSchema,
  unsignedOrderSchema,
} from './schemas.ts'
import type { Catalogue } from './schemas.ts'

export interface OrderSources {
  readonly verifyToken?: VerifyOrderToken
  readonly catalogue?: Catalogue
  /** Orders that nobody signed, up to this amount in any currency. Off when absent. */
  readonly unsigned?: { readonly maxAmount: string }
}

type OrderSettings = Pick<
  Config,
  | 'orderSecrets'
  | 'orderJwksUrl'
  | 'orderIssuer'
  | 'orderTokenMaxLifetime'
  | 'catalogue'
  | 'unsigned'
>

/** The sources that are configured. */
export function createOrderSources(settings: OrderSettings, now: () => number): OrderSources {
  const { orderSecrets, orderJwksUrl, orderIssuer, catalogue, unsigned } = settings
  const hasKey = orderSecrets.length > 0 || orderJwksUrl !== undefined
  const verifyToken = createOrderTokenVerifier({
    secrets: orderSecrets,
    ...(orderJwksUrl !== undefined && { jwksUrl: orderJwksUrl }),
    ...(orderIssuer !== undefined && { issuer: orderIssuer }),
    maxLifetime: settings.orderTokenMaxLifetime,
    schema: orderClaimsSchema,
    now,
  })
  return {
    ...(hasKey && { verifyToken }),
    ...(catalogue && { catalogue }),
    ...(unsigned && { unsigned }),
  }
}

/** The order in a browser's request. */
export async function readOrder(body: unknown, sources: OrderSources): Promise<Order> {
  if (!isObject(body)) throw new ProxyError('invalid_request', 'a JSON object is expected')
  if ('orderToken' in body) return tokenOrder(body, sources)
  if ('product' in body) return catalogueOrder(body, sources)
  if ('amount' in body || 'currency' in body) return unsignedOrder(body, sources)
  throw new ProxyError('invalid_request', 'needs orderToken, product, or amount and currency', {
    field: 'orderToken',
  })
}

/** The order in a request of the merchant's backend. */
export function readMerchantOrder(body: unknown): Order {
  return fromClaims(parse(merchantOrderSchema, body), 'merchant')
}

async function tokenOrder(body: object, { verifyToken }: OrderSources): Promise<Order> {
  const { orderToken } = parse(tokenOrderSchema, body)
  if (!verifyToken) {
    throw new ProxyError('invalid_order_token', 'order tokens are not configured here')
  }
  return fromClaims(await verifyToken(orderToken), 'token')
}

function catalogueOrder(body: object, { catalogue }: OrderSources): Order {
  const { product, quantity = 1, orderId = randomUUID() } = parse(catalogueOrderSchema, body)
  const item = catalogue && Object.hasOwn(catalogue, product) ? catalogue[product] : undefined
  if (!item) {
    throw new ProxyError('product_not_found', 'no such product', { field: 'product' })
  }
  if (quantity > (item.maxQuantity ?? Infinity)) {
    throw new ProxyError('invalid_request', 'more than can be bought at once', {
      field: 'quantity',
    })
  }
  const name = item.description ?? product
  return {
    source: 'catalogue',
    orderId,
    prices: [{ amount: multiplyDecimal(item.amount, quantity), currency: item.currency }],
    description: quantity > 1 ? `${quantity} × ${name}` : name,
  }
}

function unsignedOrder(body: object, { unsigned }: OrderSources): Order {
  const { amount, currency, orderId = randomUUID() } = parse(unsignedOrderSchema, body)
  if (!unsigned) {
    throw new ProxyError('unsigned_orders_not_allowed', 'this shop takes signed orders only')
  }
  if (compareDecimal(amount, unsigned.maxAmount) > 0) {
    throw new ProxyError('unsigned_orders_not_allowed', 'more than an unsigned order may be', {
      field: 'amount',
    })
  }
  return { source: 'unsigned', orderId, prices: [{ amount, currency }] }
}

function fromClaims(
  claims: Omit<OrderClaims, 'iat' | 'exp'> & { iat?: number; exp?: number },
  source: PriceSource,
): Order {
  const { amount, currency, alternatives = [], iat: _iat, exp: _exp, ...details } = claims
  return { ...details, source, prices: [{ amount, currency }, ...alternatives] }
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
