/**
 * What a shop that mounts the proxy has besides its framework: the proxy, the orders, and two pages.
 * @module
 */
import { builtFiles, createProxy, readConfig } from 'crypto-checkout/proxy'
import type { Proxy } from 'crypto-checkout/proxy'
import { verifyWebhook } from 'crypto-checkout/merchant'
import type { DeliveredCheckout, WebhookRequest } from 'crypto-checkout/merchant'
import { createOrders } from './orders.ts'
import type { Orders } from './orders.ts'

export interface MountedShop extends Orders {
  /** Answers everything below `MOUNT_PATH`. */
  readonly proxy: Proxy
  /** Takes in a notification of the proxy. Throws a `WebhookError` for any other. */
  hear(request: WebhookRequest): Promise<void>
  /** Whether it was to be shipped, by the word of a notification. */
  isShipped(orderId: string): boolean
}

/** Where the proxy is in the shop; `PUBLIC_URL` ends with it. */
export const MOUNT_PATH = '/pay'

export async function openShop(environment: NodeJS.ProcessEnv): Promise<MountedShop> {
  const config = readConfig(environment)
  const proxy = await createProxy({ ...config, ...builtFiles() })
  const [orderSecret = ''] = config.orderSecrets
  const orders = createOrders({ proxyUrl: config.publicUrl, orderSecret })
  const shipped = new Set<string>()
  return {
    ...orders,
    proxy,
    async hear(request) {
      const secret = config.receiver?.secrets ?? []
      const { checkout } = await verifyWebhook(request, { secret })
      const { orderId, receipt } = checkout
      if (receipt === null || !isSettled(checkout)) return
      if (await orders.isPaid(orderId, receipt)) shipped.add(orderId)
    },
    isShipped: (orderId) => shipped.has(orderId),
  }
}

/** Paid, and nothing asks for a person. A receipt says that it was paid, not what became of it since. */
export const isSettled = ({
  status,
  reason,
}: Pick<DeliveredCheckout, 'status' | 'reason'>): boolean =>
  status === 'paid' && reason !== 'conflict' && reason !== 'refund_failed'

/** The policy of both pages: everything is the shop's own, the proxy too. */
export const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "connect-src 'self'",
  "style-src 'self'",
  // For the page's own icon: the checkout loads no picture.
  "img-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types crypto-checkout',
].join('; ')

/** What is sold. */
export const SHOP_PAGE = page(`
    <h1>Lamp Mug</h1>
    <form method="post" action="/orders"><button>Buy for ₺245.50</button></form>`)

/** An order, to be paid or paid. The values need no escaping: an id, a token. */
export const orderPage = (orderId: string, orderToken: string, isShipped: boolean): string =>
  page(`
    <h1>Your order</h1>
    <p>Order <output>${orderId}</output></p>
    ${
      isShipped
        ? '<p role="status">Thank you! It is on its way.</p>'
        : `<crypto-checkout proxy="${MOUNT_PATH}" order-token="${orderToken}"></crypto-checkout>
    <script src="${MOUNT_PATH}/crypto-checkout.js"></script>`
    }`)

function page(body: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Lamp Mug</title>
  </head>
  <body>${body}
  </body>
</html>
`
}
