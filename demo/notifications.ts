/**
 * What the proxy tells the shop. A shop that posts coffee goes by this, not by what a page says: each
 * notification is verified, and an older version than the one that is known is passed over.
 * @module
 */
import { verifyReceipt, verifyWebhook } from '../merchant/index.ts'
import type { WebhookRequest } from '../merchant/index.ts'
import { isOurWord } from './orders.ts'

/** Where the proxy sends them. */
export const WEBHOOK_PATH = '/webhooks/crypto-checkout'

/** The last thing the shop was told of an order. */
export interface Notice {
  readonly type: string
  readonly version: number
  /** The signed receipt was verified against the shop's own books; null before there is one. */
  readonly isReceiptGood: boolean | null
}

export interface Notifications {
  /** Takes one in. Throws a `WebhookError` for what is not the proxy's. */
  take(request: WebhookRequest): Promise<void>
  find(orderId: string): Notice | undefined
}

export interface NotificationOptions {
  readonly proxyUrl: string
  readonly webhookSecret: string
  /** Epoch milliseconds. */
  readonly now: () => number
  /** What the shop's books say an order costs. */
  readonly findPrice: (orderId: string) => { amount: string; currency: string } | undefined
}

export function createNotifications(options: NotificationOptions): Notifications {
  const { proxyUrl, webhookSecret, now, findPrice } = options
  const notices = new Map<string, Notice>()

  async function isGood(receipt: string, orderId: string): Promise<boolean> {
    const price = findPrice(orderId)
    if (!price) return false
    // The demo's providers are stand-ins; a real shop leaves `allowTest` out.
    const rules = { issuer: proxyUrl, allowTest: true }
    return verifyReceipt(receipt, { ...rules, orderId, ...price }).then(
      () => true,
      () => false,
    )
  }

  return {
    async take(request) {
      const { type, checkout } = await verifyWebhook(request, {
        secret: webhookSecret,
        now: now(),
      })
      const { orderId, version, receipt } = checkout
      if (!isOurWord(checkout) || (notices.get(orderId)?.version ?? 0) >= version) return
      const isReceiptGood = receipt === null ? null : await isGood(receipt, orderId)
      notices.set(orderId, { type, version, isReceiptGood })
    },
    find: (orderId) => notices.get(orderId),
  }
}
