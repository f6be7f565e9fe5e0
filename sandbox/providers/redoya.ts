/**
 * Redoya Pay, the stand-in: a hosted card page that is told everything in its URL's fragment, and
 * one call that tells what became of an order.
 *
 * From the document: `GET /checkout#<orderToken>#<identifier>`, the rules of orderData, the
 * substitution of `{order_id}`, `POST /api/v1/order/verify/:orderId` with its two answers and four
 * errors. The identifier is taken as JSON or as a form, as the official examples send it.
 *
 * Ours, where the document is silent:
 * - `POST /sandbox/checkout/open` and `/pay`, which the page's own script calls: a fragment never
 *   reaches a server. Their errors are `{code, message}` with 400 or 404;
 * - an order is made when the page pays or declines; its fee is 3 %, its proof lasts 24 hours;
 * - `uses` counts the calls *before* this one (the official example wants 0 the first time), and
 *   NOT_CONFIRMED_YET counts as a call;
 * - an identifier that is another vendor's, unknown, expired or absent: UNKNOWN_ORDER; a body that
 *   cannot be read: UNKNOWN_ERROR; any other route: 404 with type NOT_FOUND;
 * - whether prices may have decimals is a switch, off as documented.
 *
 * @module
 */
import { Hono } from 'hono'
import type { Context } from 'hono'
import { renderHostedPage } from '../hosted-page.ts'
import { parseJsonObject } from '../json.ts'
import { invalidField, ProblemError, unknownWord } from '../problem.ts'
import type { ProviderDefinition, SandboxEnv } from '../provider.ts'
import { readBody } from '../request-body.ts'
import {
  createSandboxIdentifier,
  isKnownIdentifier,
  OrderTokenError,
  readOrderToken,
} from './redoya/order-token.ts'
import type { OrderToken, RedoyaCredentials } from './redoya/order-token.ts'
import { ACTIONS, createOrders, OUTCOMES, toPaid, toPayment } from './redoya/orders.ts'
import type { Overrides } from './redoya/orders.ts'
import { PAGE } from './redoya/page.ts'
import { RedoyaError, verifyOrder } from './redoya/verify.ts'

export type { RedoyaCredentials } from './redoya/order-token.ts'

/** The line in `providers/index.ts`. */
export const redoya: ProviderDefinition<RedoyaCredentials> = {
  credentials: {
    secret: 'sandbox-redoya-secret-0001',
    identifier: createSandboxIdentifier(Date.now()),
  },
  operations: { verify: ['wrong-amount', 'wrong-coin', 'unknown-status'] },
  actions: ACTIONS,
  errorBody: (status) => new RedoyaError(status === 500 ? 'UNKNOWN_ERROR' : `HTTP_${status}`).body,

  start(context, credentials) {
    const orders = createOrders(context.now)
    let acceptsFloats = false

    const read = (body: Record<string, unknown>): OrderToken =>
      readOrderToken(body, { credentials, acceptsFloats, nowMs: context.now() })
    const createOrder = (token: OrderToken, outcome: unknown, overrides: Overrides) => {
      const known = OUTCOMES.find((each) => each === outcome)
      if (!known) throw unknownWord('outcome', outcome, OUTCOMES)
      const { id, redirect } = orders.create(token, known, overrides)
      context.record('order', { id, outcome: known, price: token.price })
      return { orderId: id, redirect }
    }

    const app = new Hono<SandboxEnv>()
    app.get('/checkout', (c) => renderHostedPage(c, PAGE))

    app.post('/api/v1/order/verify/:orderId', context.operation('verify'), async (c) => {
      const id = c.req.param('orderId')
      c.set('details', { id })
      const { identifier } = await readVerifyBody(c)
      const isVendor = isKnownIdentifier(identifier, credentials, context.now())
      const order = isVendor ? orders.get(id) : undefined
      return c.json(verifyOrder(order, context.takeSemantic('verify')))
    })

    app.post('/sandbox/checkout/open', async (c) => {
      const { vendor, price, isInTestMode, exp } = read(await readBody(c))
      return c.json({ vendor, price, isInTestMode, exp: exp ?? null })
    })
    app.post('/sandbox/checkout/pay', async (c) => {
      const body = await readBody(c)
      return c.json(createOrder(read(body), body['outcome'], {}), 201)
    })

    app.notFound((c) => c.json(new RedoyaError('NOT_FOUND').body, 404))
    app.onError((error, c) => {
      if (error instanceof RedoyaError) return c.json(error.body, error.status)
      const internal = toInternalError(error)
      return c.json(internal.body, internal.status)
    })

    const control = new Hono()
    control.post('/orders', async (c) => {
      const body = await readBody(c)
      try {
        return c.json(createOrder(read(body), body['outcome'], readOverrides(body)), 201)
      } catch (error) {
        if (!(error instanceof OrderTokenError)) throw error
        throw new ProblemError(error.status, error.code, error.message)
      }
    })
    control.post('/float-prices', async (c) => {
      const { accepted } = await readBody(c)
      if (typeof accepted !== 'boolean') throw invalidField('accepted')
      acceptsFloats = accepted
      return c.body(null, 204)
    })

    return {
      app,
      control,
      listPayments: () => orders.list().map(toPayment),
      listPaid: () => orders.list().flatMap(toPaid),
      act: orders.act,
      reset: () => {
        acceptsFloats = false
        orders.reset()
      },
    }
  },
}

/** The identifier and nothing else, as JSON or as a form. */
async function readVerifyBody(c: Context): Promise<Record<string, unknown>> {
  const text = await c.req.text()
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(c.req.header('content-type') ?? '')
  const body = isForm ? Object.fromEntries(new URLSearchParams(text)) : parseJsonObject(text)
  if (!body) throw new RedoyaError('UNKNOWN_ERROR')
  return body
}

function readOverrides(body: Record<string, unknown>): Overrides {
  const overrides: Record<string, string> = {}
  for (const field of ['testMode', 'currency', 'payment_amount'] as const) {
    const value = body[field]
    if (value !== undefined && typeof value !== 'string') throw invalidField(field)
    if (value !== undefined) overrides[field] = value
  }
  return overrides
}

function toInternalError(error: Error) {
  if (!(error instanceof OrderTokenError) && !(error instanceof ProblemError)) throw error
  return { status: error.status, body: { code: error.code, message: error.message } }
}
