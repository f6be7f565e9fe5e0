/**
 * The merchant's server, the same for every example: it makes orders, takes the form with the receipt,
 * and serves the page, built or plain, under its policy.
 * @module
 */
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { createOrders } from './orders.ts'
import type { OpenOrder } from './orders.ts'
import { contentSecurityPolicy, isPlain } from './policy.ts'
import type { ExampleName } from './policy.ts'

export interface ShopOptions {
  readonly name: ExampleName
  readonly port: number
  readonly proxyUrl: string
  readonly orderSecret: string
  /** Names of policies; default: those that the example needs. */
  readonly trustedTypes?: readonly string[]
}

export interface Shop {
  readonly url: string
  close(): Promise<void>
}

/** Starts it on `localhost`. */
export async function startShop(options: ShopOptions): Promise<Shop> {
  const { fetch } = createShop(options)
  const listener = getRequestListener(fetch)
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

function createShop(options: ShopOptions): Hono {
  const { name, proxyUrl, trustedTypes } = options
  const orders = createOrders(options)
  const folder = folderOf(name)
  const app = new Hono()

  app.use(async (c, next) => {
    await next()
    c.header('content-security-policy', contentSecurityPolicy(name, proxyUrl, trustedTypes))
    c.header('x-content-type-options', 'nosniff')
    c.header('referrer-policy', 'same-origin')
  })

  app.post('/api/orders', async (c) => {
    const { quantity } = (await c.req.json().catch(() => ({}))) as { quantity?: unknown }
    try {
      return c.json(await orders.place(quantity), 201)
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      return c.json({ message: error.message }, 400)
    }
  })

  app.post('/orders', async (c) => {
    const form = new URLSearchParams(await c.req.text())
    const isPaid = await orders.isPaid(form.get('order') ?? '', form.get('receipt') ?? '')
    return isPaid ? c.html(page('thanks')) : c.html(page('refused'), 400)
  })

  app.get('/favicon.ico', (c) => c.body(null, 204))
  if (isPlain(name)) {
    app.get('/', async (c) => {
      const order = await orders.open(c.req.query('order') ?? '')
      if (order) return c.html(fill(page('index'), order))
      const { orderId } = await orders.place(1)
      return c.redirect(`/?order=${orderId}`, 303)
    })
  }
  if (existsSync(folder)) app.get('*', serveStatic({ root: folder }))
  else app.get('*', (c) => c.text(`Not built: npm run build -w example-${name}`, 404))
  return app

  function page(file: string): string {
    return readFileSync(join(folder, `${file}.html`), 'utf8')
  }
}

/** What any template engine does. The values need no escaping: an URL, an id, a token. */
const fill = (html: string, { proxy, orderId, orderToken }: OpenOrder): string =>
  html
    .replaceAll('{{proxy}}', proxy)
    .replaceAll('{{orderId}}', orderId)
    .replaceAll('{{orderToken}}', orderToken)

/** A plain page is served as it is; Angular puts its browser's files into a folder of their own. */
function folderOf(name: ExampleName): string {
  const folder = join(import.meta.dirname, '..', name)
  if (isPlain(name)) return folder
  return join(folder, 'dist', name === 'angular' ? 'browser' : '')
}
