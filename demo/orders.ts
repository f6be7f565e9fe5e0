/**
 * The shop's orders: priced from its own table, signed for the proxy, kept in memory. Whether one is
 * paid, only the proxy says.
 * @module
 */
import { randomInt } from 'node:crypto'
import { signOrder } from '../merchant/index.ts'
import type { OrderToSign } from '../merchant/index.ts'
import { toKurus, toLira } from './kurus.ts'
import type { Notice } from './notifications.ts'
import { toAlternatives } from './prices.ts'
import { CURRENCY, findProduct } from './products.ts'
import { fill } from '../widget/locales/fill.ts'
import { en } from './texts/en.ts'
import type { ShopTexts } from './texts/en.ts'

/** What a browser may say about its cart: what, and how many. Never what it costs. */
export interface CartLine {
  readonly product: string
  readonly quantity: number
}

export interface OrderLine extends CartLine {
  readonly name: string
  /** For all of them, in lira. */
  readonly total: string
}

export interface Order {
  readonly orderId: string
  readonly lines: readonly OrderLine[]
  /** What it is, in the language that it was placed in. */
  readonly description: string
  readonly total: string
  readonly currency: string
  readonly placedAt: string
}

/** How an order stands, by the proxy's word. */
export interface Standing {
  readonly status: string
  readonly reason: string | null
  /** What the proxy told last by itself. */
  readonly notice?: Notice
}

export interface OrdersOptions {
  /** The shop's own, which a payment leads back to. */
  readonly shopUrl: string
  readonly merchantUrl: string
  readonly orderSecret: string
  readonly merchantKey: string
  /** Epoch milliseconds. */
  readonly now: () => number
}

export interface Orders {
  /** Throws a `RangeError` for a cart that is no cart. */
  place(cart: unknown, texts?: Pick<ShopTexts, 'andMore'>): Order
  find(orderId: string): Order | undefined
  /** A token for the element's `order-token`. Minting it again for the same order changes nothing. */
  sign(order: Order): Promise<string>
  /** A page of the proxy's on which the order can be paid: the same checkout, whichever way it is opened. */
  link(order: Order): Promise<string | undefined>
  /** Asks the proxy. `open` where nobody has opened the checkout yet, `unknown` without an answer. */
  ask(orderId: string): Promise<Standing>
}

const MAX_LINES = 20
const MAX_QUANTITY = 20
const ASK_MS = 5000

export function createOrders(options: OrdersOptions): Orders {
  const { shopUrl, merchantUrl, orderSecret, merchantKey, now } = options
  const orders = new Map<string, Order>()

  /** What the proxy is told of an order, in a token or by itself. */
  const claimsOf = ({ orderId, total, currency, description }: Order): OrderToSign => ({
    orderId,
    amount: total,
    currency,
    alternatives: toAlternatives(total),
    description,
    successUrl: `${shopUrl}/orders/${orderId}`,
  })

  /** The proxy's answer on the merchant's route; undefined where there is none, or a refusal. */
  async function askProxy<T>(path: string, body?: object): Promise<T | undefined> {
    try {
      const response = await fetch(`${merchantUrl}/v1/merchant/checkouts${path}`, {
        headers: { authorization: `Bearer ${merchantKey}`, 'content-type': 'application/json' },
        signal: AbortSignal.timeout(ASK_MS),
        ...(body && { method: 'POST', body: JSON.stringify(body) }),
      })
      return response.ok ? ((await response.json()) as T) : undefined
    } catch {
      return undefined
    }
  }

  return {
    place(cart, { andMore } = en) {
      const lines = readCart(cart).map(priceLine)
      const order: Order = {
        orderId: mintOrderId(),
        lines,
        description: describe(lines, andMore),
        total: toLira(lines.reduce((sum, { total }) => sum + toKurus(total), 0)),
        currency: CURRENCY,
        placedAt: new Date(now()).toISOString(),
      }
      orders.set(order.orderId, order)
      return order
    },

    find: (orderId) => orders.get(orderId),
    sign: (order) => signOrder(claimsOf(order), { secret: orderSecret, now: now() }),
    link: async (order) => (await askProxy<{ url: string }>('', claimsOf(order)))?.url,

    async ask(orderId) {
      const path = `?orderId=${encodeURIComponent(orderId)}`
      const found = await askProxy<{ checkouts: (Standing & Sourced)[] }>(path)
      if (!found) return { status: 'unknown', reason: null }
      const ours = found.checkouts.find(isOurWord)
      return ours ? { status: ours.status, reason: ours.reason } : { status: 'open', reason: null }
    },
  }
}

interface Sourced {
  readonly priceSource: string
}

/** Only what this shop signed or sent is its own: any browser may name an order in the catalogue's space. */
export const isOurWord = ({ priceSource }: Sourced): boolean =>
  priceSource === 'token' || priceSource === 'merchant'

function readCart(cart: unknown): CartLine[] {
  if (!Array.isArray(cart) || cart.length === 0 || cart.length > MAX_LINES) {
    throw new RangeError('The cart is empty.')
  }
  return cart.map((line: unknown) => {
    const { product, quantity } = (line ?? {}) as Partial<Record<keyof CartLine, unknown>>
    if (typeof product !== 'string' || typeof quantity !== 'number') {
      throw new RangeError('The cart cannot be read.')
    }
    if (!Number.isInteger(quantity) || quantity < 1 || quantity > MAX_QUANTITY) {
      throw new RangeError(`At most ${MAX_QUANTITY} of each.`)
    }
    return { product, quantity }
  })
}

function priceLine({ product, quantity }: CartLine): OrderLine {
  const found = findProduct(product)
  if (!found) throw new RangeError('We do not sell that.')
  return { product, quantity, name: found.name, total: toLira(toKurus(found.price) * quantity) }
}

function describe(lines: readonly OrderLine[], andMore: string): string {
  const [first, ...more] = lines
  const name = first ? (first.quantity > 1 ? `${first.quantity} × ${first.name}` : first.name) : ''
  return more.length === 0 ? name : fill(andMore, name, more.length)
}

const LETTERS = 'ABCDEFGHJKMNPQRSTVWXYZ23456789'

/** Not to be guessed: whoever knows it sees how the order stands. */
function mintOrderId(): string {
  const letters = Array.from({ length: 12 }, () => LETTERS.charAt(randomInt(LETTERS.length)))
  return `LC-${letters.join('')}`
}
