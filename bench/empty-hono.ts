/**
 * The baseline: Hono on Node with one route and nothing else.
 * @module
 */
import { serve } from '@hono/node-server'
import { Hono } from 'hono'

const app = new Hono()
app.get('/v1/checkouts/:id', (c) => c.json({ id: c.req.param('id') }))
serve({ fetch: app.fetch, port: 0 }, ({ port }) => {
  process.stdout.write(`${JSON.stringify({ port })}\n`)
})
