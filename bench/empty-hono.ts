/**
 * A baseline: Hono on Node with a route to read and one to write, and nothing else.
 * @module
 */
import { serve } from '@hono/node-server'
import { Hono } from 'hono'

const app = new Hono()
app.get('/v1/checkouts/:id', (c) => c.json({ id: c.req.param('id') }))
app.post('*', async (c) => c.json({ fields: Object.keys(await c.req.json<object>()).length }))
serve({ fetch: app.fetch, port: 0 }, ({ port }) => {
  process.stdout.write(`${JSON.stringify({ port })}\n`)
})
