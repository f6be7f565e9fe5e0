/**
 * The shop: its pages, and the backend that prices carts, signs orders, and asks the proxy how they
 * stand.
 * @module
 */
import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { WebhookError } from '../merchant/index.ts'
import type { DemoClock } from './clock.ts'
import { createGalleryApi } from './gallery/api.ts'
import { readFont } from './gallery/fonts.ts'
import { galleryPage, readView } from './gallery/page.ts'
import { createHosts, outsideOf } from './hosts/routes.ts'
import { WEBHOOK_PATH, createNotifications } from './notifications.ts'
import { createOrders } from './orders.ts'
import type { Order, OrdersOptions, Standing } from './orders.ts'
import { cartPage, homePage } from './pages/home.ts'
import { checkoutPage } from './pages/checkout.ts'
import { productPage, sandboxPage, unsignedPage } from './pages/embed.ts'
import { messagePage, orderPage } from './pages/order.ts'
import type { Markup } from './pages/layout.ts'
import { playgroundPage } from './pages/playground.ts'
import { createPanelApi } from './panel-api.ts'
import { createPlaygroundApi } from './playground-api.ts'
import { PRODUCTS } from './products.ts'
import { loadAssets } from './shop-assets.ts'
import type { Assets } from './shop-assets.ts'
import { isLanguage, speechFor } from './texts/languages.ts'
import type { Speech } from './texts/languages.ts'

export interface ShopOptions extends Omit<OrdersOptions, 'now' | 'shopUrl'> {
  readonly port: number
  readonly proxyUrl: string
  /** Verifies what the proxy tells. */
  readonly webhookSecret: string
  /** The sandbox's control server, for the panel. */
  readonly sandboxUrl: string
  readonly clock: DemoClock
  /** Kills the proxy, for the panel; it comes back by itself. Absent: no such button. */
  readonly killProxy?: () => Promise<void>
}

export interface Shop {
  readonly url: string
  close(): Promise<void>
}

/** Starts the shop on `localhost`. */
export async function startShop(options: ShopOptions): Promise<Shop> {
  const app = createShop(options, await loadAssets())
  const listener = getRequestListener(app.fetch)
  const server = createServer((incoming, outgoing) => void listener(incoming, outgoing))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, 'localhost', resolve)
  })
  return {
    url: `http://localhost:${options.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Every route of the shop. */
export function createShop(options: ShopOptions, assets: Assets): Hono {
  const { proxyUrl, sandboxUrl, port } = options
  const { now } = options.clock
  const shopUrl = `http://localhost:${port}`
  const orders = createOrders({ ...options, now, shopUrl })
  const notifications = createNotifications({
    ...options,
    now,
    findPrice: (orderId) => {
      const order = orders.find(orderId)
      return order && { amount: order.total, currency: order.currency }
    },
  })
  const headers = pageHeaders(proxyUrl, sandboxUrl)
  const app = new Hono()

  const standingOf = async ({ orderId }: Order): Promise<Standing> => {
    const notice = notifications.find(orderId)
    return { ...(await orders.ask(orderId)), ...(notice && { notice }) }
  }
  const outsideHost = new URL(outsideOf(shopUrl)).host
  const isOutside = (c: Context): boolean =>
    c.req.header('host') === outsideHost && /^\/(hosts|styles)\//.test(c.req.path)
  const page = (c: Context, body: Markup, status: 200 | 404 = 200): Response | Promise<Response> =>
    c.html(body, status, headers)
  const noSuch = (c: Context): Response | Promise<Response> => {
    const speech = speechIn(c)
    const { notFound, noSuchPage } = speech.t
    return page(c, messagePage(notFound, noSuchPage, speech), 404)
  }

  // One address only: the proxy answers that origin and no other.
  app.use(async (c, next) => {
    if (c.req.header('host') === `localhost:${port}`) return next()
    // But for a page that frames ours: it has to be another site's.
    if (isOutside(c)) return next()
    return c.redirect(`${shopUrl}${c.req.path}`)
  })

  app.get('/', (c) => page(c, homePage(speechIn(c))))
  app.get('/cart', (c) => page(c, cartPage(speechIn(c))))
  app.get('/checkout/:id', async (c) => {
    const order = orders.find(c.req.param('id'))
    if (!order) return noSuch(c)
    const orderToken = await orders.sign(order)
    return page(c, checkoutPage({ speech: speechIn(c), order, orderToken, proxyUrl, sandboxUrl }))
  })
  app.get('/orders/:id', async (c) => {
    const order = orders.find(c.req.param('id'))
    if (!order) return noSuch(c)
    return page(c, orderPage(order, await orders.ask(order.orderId), speechIn(c)))
  })
  app.get('/embed/product', (c) => page(c, productPage({ proxyUrl, sandboxUrl })))
  app.get('/embed/unsigned', (c) => page(c, unsignedPage({ proxyUrl, sandboxUrl })))
  app.get('/sandbox', (c) => page(c, sandboxPage(sandboxUrl)))

  app.get('/api/products', (c) => c.json(PRODUCTS))
  app.post('/api/orders', async (c) => {
    const { cart } = (await c.req.json().catch(() => ({}))) as { cart?: unknown }
    try {
      const order = orders.place(cart, speechIn(c).t)
      const orderToken = await orders.sign(order)
      return c.json({ ...order, orderToken, checkoutUrl: `/checkout/${order.orderId}` }, 201)
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      return c.json({ message: error.message }, 400)
    }
  })
  app.get('/api/orders/:id', async (c) => {
    const order = orders.find(c.req.param('id'))
    if (!order) return c.json({ message: 'No such order.' }, 404)
    return c.json({ ...order, ...(await standingOf(order)) })
  })
  app.post('/api/orders/:id/link', async (c) => {
    const order = orders.find(c.req.param('id'))
    if (!order) return c.json({ message: 'No such order.' }, 404)
    const url = await orders.link(order)
    return url === undefined ? c.json({ message: 'No answer.' }, 502) : c.json({ url })
  })
  app.post(WEBHOOK_PATH, async (c) => {
    try {
      // The raw text: a parsed and rewritten body would not match its signature.
      await notifications.take({ body: await c.req.text(), headers: c.req.raw.headers })
      return c.body(null, 204)
    } catch (error) {
      if (!(error instanceof WebhookError)) throw error
      return c.text(error.code, 400)
    }
  })
  app.route('/demo', createPanelApi(options))

  app.get('/playground', (c) => c.html(playgroundPage(options), 200, playgroundHeaders(headers)))
  app.route('/playground/api', createPlaygroundApi(options))

  app.get('/gallery', (c) =>
    c.html(galleryPage(readView(c.req.query())), 200, galleryHeaders(headers)),
  )
  app.route('/gallery/api', createGalleryApi())
  const widget = assets.get('/crypto-checkout.js')?.body ?? ''
  app.route('/hosts', createHosts({ shopUrl, proxyUrl, orders, widget, headers }))
  app.get('/fonts/:file', (c) => {
    const font = readFont(c.req.param('file'))
    return font ? c.body(font.body, 200, { ...COMMON, 'content-type': font.type }) : noSuch(c)
  })

  app.get('*', (c) => {
    const asset = assets.get(c.req.path)
    if (!asset) return noSuch(c)
    const { type, body } = asset
    return c.body(body, 200, { ...COMMON, 'content-type': type, 'cache-control': 'no-cache' })
  })
  return app
}

/** The language of a page; one that was just chosen is kept. */
function speechIn(c: Context): Speech {
  const wanted = c.req.query('lang')
  if (isLanguage(wanted))
    setCookie(c, 'lang', wanted, { path: '/', sameSite: 'Lax', maxAge: YEAR_SECONDS })
  return speechFor(wanted, getCookie(c, 'lang'), c.req.header('accept-language'))
}

const YEAR_SECONDS = 365 * 24 * 60 * 60

const COMMON = { 'x-content-type-options': 'nosniff', 'referrer-policy': 'same-origin' } as const

/** As strict as a policy can be with the widget on the page: nothing inline, nothing from elsewhere. */
function pageHeaders(proxyUrl: string, sandboxUrl: string): Record<string, string> {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `connect-src 'self' ${proxyUrl} ${sandboxUrl}`,
    "img-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types crypto-checkout',
  ]
  return {
    ...COMMON,
    'content-security-policy': policy.join('; '),
    'cache-control': 'no-store',
  }
}

/** The same, but that the page draws with Lit as it comes. */
function playgroundHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const policy = headers['content-security-policy'] ?? ''
  return { ...headers, 'content-security-policy': `${policy} lit-html` }
}

/** The same, but that the gallery's frames show the gallery, and that its pictures have their own fonts. */
function galleryHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const policy = headers['content-security-policy'] ?? ''
  const own = policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
  return { ...headers, 'content-security-policy': `${own}; frame-src 'self'; font-src 'self'` }
}
