/**
 * A shop on Express with the proxy mounted in it: one process, one port, and no other origin for the page.
 * @module
 */
import { getRequestListener } from '@hono/node-server'
import { WebhookError } from 'crypto-checkout/merchant'
import express from 'express'
import { MOUNT_PATH, POLICY, SHOP_PAGE, openShop, orderPage } from '../shared/mounted-shop.ts'

const shop = await openShop(process.env)
const app = express()
const listener = getRequestListener(shop.proxy.fetch)

// Before anything that reads bodies: what a provider signed is checked as it came.
app.use(MOUNT_PATH, (request, response) => void listener(request, response))

app.use((_request, response, next) => {
  response.set('content-security-policy', POLICY)
  next()
})
app.get('/', (_request, response) => {
  response.send(SHOP_PAGE)
})
app.post('/orders', async (_request, response) => {
  const { orderId } = await shop.place(1)
  response.redirect(303, `/orders/${orderId}`)
})
app.get('/orders/:id', async (request, response) => {
  const order = await shop.open(request.params.id)
  if (!order) response.sendStatus(404)
  else {
    const { orderId, orderToken } = order
    response.send(orderPage(orderId, orderToken, shop.isShipped(orderId)))
  }
})
app.post('/told', express.raw({ type: 'application/json' }), async (request, response) => {
  try {
    await shop.hear({ body: request.body as Uint8Array, headers: request.headers })
    response.sendStatus(204)
  } catch (error) {
    if (!(error instanceof WebhookError)) throw error
    response.sendStatus(400)
  }
})

const server = app.listen(Number(process.env['PORT']), 'localhost')
process.on('SIGTERM', () => {
  const closed = new Promise((resolve) => server.close(resolve))
  server.closeIdleConnections()
  void shop.proxy.close(closed).then(() => process.exit())
})
