/**
 * A shop on Hono with the proxy mounted in it: one process, one port, and no other origin for the page.
 * @module
 */
import { serve } from '@hono/node-server'
import type { HttpBindings } from '@hono/node-server'
import { WebhookError } from 'crypto-checkout/merchant'
import { Hono } from 'hono'
import { MOUNT_PATH, POLICY, SHOP_PAGE, openShop, orderPage } from '../shared/mounted-shop.ts'

const shop = await openShop(process.env)
const app = new Hono<{ Bindings: HttpBindings }>()

// `c.env` is the line that the request came by: the proxy's limits count by its address.
app.mount(MOUNT_PATH, shop.proxy.fetch, { optionHandler: (c) => [c.env] })

app.use(async (c, next) => {
  await next()
  c.header('content-security-policy', POLICY)
})
app.get('/', (c) => c.html(SHOP_PAGE))
app.post('/orders', async (c) => {
  const { orderId } = await shop.place(1)
  return c.redirect(`/orders/${orderId}`, 303)
})
app.get('/orders/:id', async (c) => {
  const order = await shop.open(c.req.param('id'))
  if (!order) return c.notFound()
  const { orderId, orderToken } = order
  return c.html(orderPage(orderId, orderToken, shop.isShipped(orderId)))
})
app.post('/told', async (c) => {
  try {
    await shop.hear({ body: await c.req.text(), headers: c.req.raw.headers })
    return c.body(null, 204)
  } catch (error) {
    if (!(error instanceof WebhookError)) throw error
    return c.body(null, 400)
  }
})

const server = serve({ fetch: app.fetch, port: Number(process.env['PORT']), hostname: 'localhost' })
process.on('SIGTERM', () => {
  const closed = new Promise((resolve) => server.close(resolve))
  if ('closeIdleConnections' in server) server.closeIdleConnections()
  void shop.proxy.close(closed).then(() => process.exit())
})
