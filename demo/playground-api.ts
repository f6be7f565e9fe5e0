/**
 * What the playground asks of the shop's backend: orders of any price, and time. Demo tooling: a real
 * shop prices its orders itself.
 * @module
 */
import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import type { Context } from 'hono'
import { signOrder } from '../merchant/index.ts'
import type { DemoClock } from './clock.ts'
import { toAlternatives } from './prices.ts'
import { CURRENCY } from './products.ts'

export interface PlaygroundApiOptions {
  readonly merchantUrl: string
  readonly merchantKey: string
  readonly orderSecret: string
  readonly clock: DemoClock
}

/** Lira with kuruş. */
const AMOUNT = /^(?!0*\.?0*$)(?:0|[1-9]\d{0,6})(?:\.\d{1,2})?$/
const MAX_JUMP_MS = 24 * 60 * 60 * 1000

/** Mounted at `/playground/api`. */
export function createPlaygroundApi(options: PlaygroundApiOptions): Hono {
  const { merchantUrl, merchantKey, orderSecret, clock } = options
  const api = new Hono()

  // What another site can send without being asked about it is none of ours.
  api.on('POST', '*', async (c, next) => {
    const isJson = c.req.header('content-type') === 'application/json'
    return isJson ? next() : c.json({ message: 'The body is no JSON.' }, 415)
  })

  /** `{source, amount, methods}`: a signed order, or with the source `checkout` one that is open already. */
  api.post('/orders', async (c) => {
    const { source, amount, methods } = await readObject(c)
    if (typeof amount !== 'string' || !AMOUNT.test(amount))
      return c.json({ message: 'The amount is no decimal number above zero, such as 460.00.' }, 400)
    const order = {
      orderId: `PG-${randomUUID().slice(0, 13)}`,
      amount,
      currency: CURRENCY,
      alternatives: toAlternatives(amount),
      description: 'Playground',
      ...(Array.isArray(methods) && methods.length > 0 && { methods: methods.map(String) }),
    }
    if (source !== 'checkout') {
      const orderToken = await signOrder(order, { secret: orderSecret, now: clock.now() })
      return c.json({ orderId: order.orderId, orderToken }, 201)
    }
    const answer = await fetch(`${merchantUrl}/v1/merchant/checkouts`, {
      method: 'POST',
      headers: { authorization: `Bearer ${merchantKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(order),
    })
    const { id, detail } = (await answer.json()) as { id?: string; detail?: string }
    if (id === undefined) return c.json({ message: detail ?? 'The proxy refused the order.' }, 400)
    return c.json({ orderId: order.orderId, checkout: id }, 201)
  })

  api.get('/clock', (c) => c.json({ offsetMs: clock.offset() }))
  api.post('/clock', async (c) => {
    const { advanceMs } = await readObject(c)
    if (typeof advanceMs !== 'number' || !(advanceMs > 0 && advanceMs <= MAX_JUMP_MS))
      return c.json({ message: 'Time passes by up to a day at once, and never backwards.' }, 400)
    await clock.advance(advanceMs)
    return c.json({ offsetMs: clock.offset() })
  })
  return api
}

/** Empty where the body is none. */
async function readObject(c: Context): Promise<Readonly<Record<string, unknown>>> {
  const body: unknown = await c.req.json().catch(() => ({}))
  return { ...(body as object | null) }
}
