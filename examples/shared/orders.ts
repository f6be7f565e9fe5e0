/**
 * The merchant's orders: priced here, signed so that the page cannot change the price, and paid when a
 * receipt of the proxy says so.
 * @module
 */
import { randomUUID } from 'node:crypto'
import { ReceiptError, signOrder, verifyReceipt } from 'crypto-checkout/merchant'

/** What a page gets of an order. */
export interface OpenOrder {
  readonly orderId: string
  readonly proxy: string
  readonly orderToken: string
}

export interface Orders {
  /** Throws a `RangeError` for a quantity that is none. */
  place(quantity: unknown): Promise<OpenOrder>
  /** The same order again, for a page that is loaded again. */
  open(orderId: string): Promise<OpenOrder | undefined>
  /** Whether that receipt pays that order in full. */
  isPaid(orderId: string, receipt: string): Promise<boolean>
}

export interface OrdersOptions {
  readonly proxyUrl: string
  readonly orderSecret: string
}

const PRICE_KURUS = 24_550
const MAX_QUANTITY = 9
const CURRENCY = 'TRY'

export function createOrders({ proxyUrl, orderSecret }: OrdersOptions): Orders {
  const amounts = new Map<string, string>()

  async function open(orderId: string): Promise<OpenOrder | undefined> {
    const amount = amounts.get(orderId)
    if (amount === undefined) return undefined
    const order = { orderId, amount, currency: CURRENCY, description: 'Lamp Mug' }
    const orderToken = await signOrder(order, { secret: orderSecret })
    return { orderId, proxy: proxyUrl, orderToken }
  }

  return {
    open,
    async place(quantity) {
      const orderId = `EX-${randomUUID()}`
      amounts.set(orderId, price(quantity))
      return (await open(orderId)) as OpenOrder
    },
    async isPaid(orderId, receipt) {
      const amount = amounts.get(orderId)
      if (amount === undefined) return false
      const order = { orderId, amount, currency: CURRENCY }
      // The sandbox moves no money; a real shop leaves `allowTest` out.
      return verifyReceipt(receipt, { issuer: proxyUrl, allowTest: true, ...order }).then(
        () => true,
        (error: unknown) => {
          if (error instanceof ReceiptError) return false
          throw error
        },
      )
    },
  }
}

/** What the page says is how many; what they cost is the shop's business. */
function price(quantity: unknown): string {
  if (!Number.isInteger(quantity)) throw new RangeError('How many?')
  const count = Number(quantity)
  if (count < 1 || count > MAX_QUANTITY) throw new RangeError(`From 1 to ${MAX_QUANTITY}.`)
  const kurus = String(count * PRICE_KURUS)
  return `${kurus.slice(0, -2)}.${kurus.slice(-2)}`
}
