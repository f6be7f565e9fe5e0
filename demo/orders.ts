/**
 * The shop's orders: priced from its own table, signed for the proxy, kept in memory. Whether one is
 * paid, only the proxy says.
 * @module
 */
import { randomInt } from 'node:crypto'
import { signOrder } from '../merchant/index.ts'
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
  readonly merchantUrl: string
  readonly orderSecret: string
  readonly merchantKey: string
}

export interface Orders {
  /** Throws a `RangeError` for a cart that is no cart. */
  place(cart: unknown, texts?: Pick<ShopTexts, 'andMore'>): Order
  find(orderId: string): Order | undefined
  /** A token for the element's `order-token`. Minting it again for the same order changes nothing. */
  sign(order: Order): Promise<string>
  /** Asks the proxy. `open` where nobody has opened the checkout yet, `unknown` without an answer. */
  ask(orderId: string): Promise<Standing>
}

const MAX_LINES = 20
const MAX_QUANTITY = 20
const ASK_MS = 5000

export function createOrders({ merchantUrl, orderSecret, merchantKey }: OrdersOptions): Orders {
  const orders = new Map<string, Order>()
  return {
    place(cart, { andMore } = en) {
      const lines = readCart(cart).map(priceLine)
      const order: Order = {
        orderId: mintOrderId(),
        lines,
        description: describe(lines, andMore),
        total: toLira(lines.reduce((sum, { total }) => sum + toKurus(total), 0)),
        currency: CURRENCY,
        placedAt: new Date().toISOString(),
      }
      orders.set(order.orderId, order)
      return order
    },

    find: (orderId) => orders.get(orderId),

    sign: ({ orderId, total, currency, description }) =>
      signOrder(
        {
          orderId,
          amount: total,
          currency,
          alternatives: toAlternatives(total),
          description,
        },
        { secret: orderSecret },
      ),

    async ask(orderId) {
      try {
        const response = await fetch(
          `${merchantUrl}/v1/merchant/checkouts?orderId=${encodeURIComponent(orderId)}`,
          {
            headers: { authorization: `Bearer ${merchantKey}` },
            signal: AbortSignal.timeout(ASK_MS),
          },
        )
        if (!response.ok) return UNKNOWN
        const { checkouts } = (await response.json()) as { checkouts: (Standing & Sourced)[] }
        const ours = checkouts.find(({ priceSource }) => priceSource === 'token')
        return ours
          ? { status: ours.status, reason: ours.reason }
          : { status: 'open', reason: null }
      } catch {
        return UNKNOWN
      }
    },
  }
}

interface Sourced {
  readonly priceSource: string
}

const UNKNOWN: Standing = { status: 'unknown', reason: null }

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

/** Whole numbers of kuruş: prices are never floating point. */
const toKurus = (lira: string): number => Number(lira.replace('.', ''))
const toLira = (kurus: number): string =>
  `${Math.floor(kurus / 100)}.${String(kurus % 100).padStart(2, '0')}`

const LETTERS = 'ABCDEFGHJKMNPQRSTVWXYZ23456789'

/** Not to be guessed: whoever knows it sees how the order stands. */
function mintOrderId(): string {
  const letters = Array.from({ length: 12 }, () => LETTERS.charAt(randomInt(LETTERS.length)))
  return `LC-${letters.join('')}`
}
