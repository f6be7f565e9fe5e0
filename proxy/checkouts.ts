/**
 * Opening a checkout for an order, and reading it.
 * @module
 */
import type { Order } from '../protocol/api.ts'
import { isSameMoney } from '../protocol/money.ts'
import type { Method } from '../protocol/payment.ts'
import { endIfOver, visiblePayment } from './aggregate.ts'
import { ProxyError } from './errors.ts'
import { mintCheckoutId } from './ids.ts'
import type { Observer } from './look.ts'
import type { Services } from './services.ts'
import type { ListOffers } from './offers.ts'
import type { CheckoutRecord, PageUrls } from './records.ts'
import { WATCH_GAP_MS, pollAfter } from './schedule.ts'
import { checkReturnUrl } from './shopper-input.ts'
import type { CheckoutSnapshot } from './store.ts'

export interface CheckoutOptions extends Services {
  readonly observer: Observer
  readonly returnUrlOrigins: readonly string[]
  readonly listOffers: ListOffers
}

export interface Checkouts {
  /** The order's checkout: made, or found. Throws `order_conflict` where its price differs. */
  open(order: Order): Promise<{ id: string; isNew: boolean }>
  /** The checkout as of now, as JSON text, or undefined. A look at the provider may be taken first. */
  read(id: string, options?: { readonly isFresh?: boolean }): Promise<CheckoutReading | undefined>
}

export interface CheckoutReading {
  readonly version: number
  readonly body: string
}

const CHECKOUT_LIFETIME_MS = 24 * 60 * 60 * 1000
/** A browser that asks is made to wait this long for the provider's word, and no longer. */
const PATIENCE_MS = 1200
const REMEMBERED_LOOKS = 10_000

export function createCheckouts(options: CheckoutOptions): Checkouts {
  const { store, providers, now, log, observer } = options
  const lookedAt = new Map<string, number>()

  /** Looks at the provider where one more look is due, with bounded patience. */
  async function lookIfDue(id: string, snapshot: CheckoutSnapshot): Promise<boolean> {
    const time = now()
    const isDue = snapshot.isWatched && Math.abs(time - (lookedAt.get(id) ?? 0)) >= WATCH_GAP_MS
    if (!isDue) return false
    if (lookedAt.size >= REMEMBERED_LOOKS) lookedAt.clear()
    lookedAt.set(id, time)
    const aggregate = await store.read(id)
    const visible = aggregate && visiblePayment(aggregate)
    if (!visible) return false
    const look = observer
      .look({ checkoutId: id, paymentId: visible.id }, WATCH_GAP_MS, aggregate)
      .catch((error: unknown) => {
        log('error', 'look.failed', { checkout: id, payment: visible.id, detail: String(error) })
      })
    await Promise.race([look, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS).unref())])
    return true
  }

  /** A checkout that ran out is written down as expired by whoever looks first. */
  async function expireIfDue(id: string, snapshot: CheckoutSnapshot): Promise<boolean> {
    if (snapshot.status !== 'pending' || now() < snapshot.expiresAt) return false
    await store.change(id, now(), endIfOver(now()))
    return true
  }

  async function create(order: Order) {
    const fresh = newCheckout(order, await options.listOffers(order), options, now())
    return store.findOrCreateCheckout(fresh)
  }

  return {
    async open(order) {
      const known = await store.findByOrder(order.source, order.orderId)
      const { checkout, isNew } = known ? { checkout: known, isNew: false } : await create(order)
      const [asked] = order.prices
      const [agreed] = checkout.prices
      if (!agreed || !isSameMoney(agreed, asked)) {
        throw new ProxyError('order_conflict', 'this order already has another price', {
          field: 'amount',
        })
      }
      if (isNew) log('info', 'checkout.created', { checkout: checkout.id, source: order.source })
      return { id: checkout.id, isNew }
    },

    async read(id, { isFresh = false } = {}) {
      let snapshot = await store.readSnapshot(id)
      if (!snapshot) return undefined
      const hasLooked = !isFresh && (await lookIfDue(id, snapshot))
      if ((await expireIfDue(id, snapshot)) || hasLooked) {
        snapshot = (await store.readSnapshot(id)) ?? snapshot
      }
      const pollAfterMs = pollAfter(snapshot.status, now() - snapshot.updatedAt)
      const serverNow = new Date(now()).toISOString()
      const rest = `"serverNow":"${serverNow}","pollAfterMs":${pollAfterMs}}`
      return { version: snapshot.version, body: `${snapshot.view.slice(0, -1)},${rest}` }
    },
  }

  function newCheckout(
    order: Order,
    methods: readonly Method[],
    { returnUrlOrigins }: CheckoutOptions,
    createdAt: number,
  ): CheckoutRecord {
    const urls = checkUrls(order, returnUrlOrigins)
    if (methods.length === 0) {
      throw new ProxyError('currency_not_supported', 'nothing here can charge this order')
    }
    const offering = new Set(methods.map(({ id }) => id.split(':', 1)[0]))
    return {
      id: mintCheckoutId(),
      source: order.source,
      orderId: order.orderId,
      prices: order.prices,
      description: order.description ?? null,
      locale: order.locale ?? null,
      customer: { ...order.customer },
      urls,
      metadata: order.metadata ?? {},
      methods,
      isTest: [...providers.values()].some(({ id, isTest }) => isTest && offering.has(id)),
      status: 'pending',
      reason: null,
      isCanceled: false,
      receipt: null,
      version: 1,
      expiresAt: createdAt + CHECKOUT_LIFETIME_MS,
      createdAt,
      updatedAt: createdAt,
    }
  }
}

function checkUrls(order: Order, origins: readonly string[]): PageUrls {
  const pages = {
    success: checkReturnUrl(order.successUrl, origins, 'successUrl'),
    fail: checkReturnUrl(order.failUrl, origins, 'failUrl'),
    cancel: checkReturnUrl(order.cancelUrl, origins, 'cancelUrl'),
    pending: checkReturnUrl(order.pendingUrl, origins, 'pendingUrl'),
  }
  return Object.fromEntries(Object.entries(pages).filter(([, page]) => page !== null))
}
