/**
 * The routes of the merchant's own backend. Off until a key is set; no CORS, since no browser has any
 * business here.
 * @module
 */
import { Hono } from 'hono'
import { readJson } from './body.ts'
import type { Checkouts } from './checkouts.ts'
import { ProxyError } from './errors.ts'
import { explicitVerbs, replyJson } from './guard.ts'
import type { Guard, ProxyEnv } from './guard.ts'
import type { Limits } from './limits.ts'
import { requireKey } from './merchant-key.ts'
import { readMerchantOrder } from './orders.ts'
import type { Payouts } from './payouts.ts'
import type { ProviderDesk } from './provider-desk.ts'
import { DELIVERY_MS } from './publication.ts'
import type { Aggregate, CheckoutRecord, DeliveryRecord, PayoutRecord } from './records.ts'
import type { Reviews } from './reviews.ts'
import {
  emptyBodySchema,
  listCheckoutsSchema,
  listDeliveriesSchema,
  listPayoutsSchema,
  parse,
  payoutSchema,
  resolveSchema,
} from './schemas.ts'
import type { Store } from './store.ts'
import { cursorAfter } from './stores/cursor.ts'
import { iso, isoOrNull, renderAttempt, renderCheckout } from './view.ts'

export interface MerchantApiParts {
  /** Keys that open it; two while one is being replaced. */
  readonly keys: readonly string[]
  readonly limits: Pick<Limits, 'byKey' | 'wrongKey'>
  readonly publicUrl: string
  /** The console asks them, from their own port. */
  readonly hasConsole?: boolean
  readonly store: Store
  readonly now: () => number
  readonly checkouts: Checkouts
  readonly reviews: Reviews
  readonly payouts: Payouts
  readonly providers: ProviderDesk
}

/** Mounted at `/v1/merchant`. */
export function createMerchantApi(parts: MerchantApiParts): Hono<ProxyEnv> {
  const { keys, limits, publicUrl, store, now, checkouts, reviews, payouts, providers } = parts
  const api = new Hono<ProxyEnv>()

  api.use(explicitVerbs, requireKey(keys, limits, parts.hasConsole), storableIds)

  api.post('/checkouts', async (c) => {
    const { id, isNew } = await checkouts.open(readMerchantOrder(await readJson(c)))
    return replyJson(c, await readDetail(id), isNew ? 201 : 200)
  })
  api.get('/checkouts', async (c) => {
    const { needsPerson, ...query } = parse(listCheckoutsSchema, c.req.query())
    const found = await store.list({ ...query, needsPerson: needsPerson !== undefined })
    const last = found.length === query.limit ? found.at(-1) : undefined
    return replyJson(c, {
      checkouts: found.map(summary),
      cursor: last ? cursorAfter(last) : null,
    })
  })
  api.get('/checkouts/:id', async (c) => replyJson(c, await readDetail(c.req.param('id'))))
  api.post('/checkouts/:id/resolve', async (c) => {
    const id = c.req.param('id')
    await reviews.resolve(id, parse(resolveSchema, await readJson(c)))
    return replyJson(c, await readDetail(id))
  })
  api.post('/checkouts/:id/cancel', async (c) => {
    parse(emptyBodySchema, await readJson(c))
    await reviews.cancel(c.req.param('id'))
    return replyJson(c, await readDetail(c.req.param('id')))
  })

  api.get('/deliveries', async (c) => {
    const query = parse(listDeliveriesSchema, c.req.query())
    const found = await store.deliveries.list(query)
    const last = found.length === query.limit ? found.at(-1) : undefined
    return replyJson(c, {
      deliveries: found.map(renderDelivery),
      cursor: last ? cursorAfter(last) : null,
    })
  })
  api.post('/deliveries/:id/redeliver', async (c) => {
    parse(emptyBodySchema, await readJson(c))
    const delivery = await store.deliveries.redeliver(c.req.param('id'), now(), now() + DELIVERY_MS)
    if (!delivery) throw new ProxyError('not_found')
    return replyJson(c, renderDelivery(delivery), 202)
  })

  api.post('/payouts', async (c) => {
    const { payout, isNew } = await payouts.create(parse(payoutSchema, await readJson(c)))
    return replyJson(c, renderPayout(payout), isNew ? 201 : 200)
  })
  api.get('/payouts', async (c) => {
    const { limit } = parse(listPayoutsSchema, c.req.query())
    return replyJson(c, { payouts: (await store.payouts.list(limit)).map(renderPayout) })
  })
  api.get('/payouts/:requestId', async (c) =>
    replyJson(c, renderPayout(await payouts.get(c.req.param('requestId')))),
  )

  api.get('/providers', async (c) => replyJson(c, { providers: await providers.list() }))
  api.get('/providers/:id/methods', async (c) =>
    replyJson(c, { methods: await providers.listMethods(c.req.param('id')) }),
  )
  api.get('/providers/:id/payments', async (c) =>
    replyJson(c, await providers.listPayments(c.req.param('id'), c.req.query())),
  )
  api.get('/providers/:id/limits', async (c) =>
    replyJson(c, { limits: await providers.getLimits(c.req.param('id')) }),
  )
  api.post('/providers/:id/test-webhook', async (c) => {
    parse(emptyBodySchema, await readJson(c))
    await providers.testWebhook(c.req.param('id'))
    return replyJson(c, { requested: true }, 202)
  })
  return api

  async function readDetail(id: string): Promise<object> {
    const aggregate = await store.read(id)
    if (!aggregate) throw new ProxyError('not_found')
    return { ...detail(aggregate), url: `${publicUrl}/c/${id}` }
  }
}

/** No id has the character NUL, and PostgreSQL cannot even look for it. */
const storableIds: Guard = (c, next) => {
  if (c.req.url.split('?', 1)[0]?.includes('%00')) throw new ProxyError('not_found')
  return next()
}

/** A row of the list. */
function summary(checkout: CheckoutRecord): object {
  const { id, source, orderId, prices, status, reason, version, isTest } = checkout
  return {
    id,
    orderId,
    price: prices[0],
    status,
    reason,
    version,
    testMode: isTest,
    priceSource: source,
    createdAt: iso(checkout.createdAt),
    updatedAt: iso(checkout.updatedAt),
  }
}

/** What the widget sees, and behind it every payment with its facts. */
function detail(aggregate: Aggregate): object {
  const { checkout, payments, facts } = aggregate
  return {
    ...renderCheckout(aggregate),
    ...summary(checkout),
    metadata: checkout.metadata,
    payments: payments.map((payment) => ({
      ...renderAttempt(payment),
      providerStatus: payment.providerStatus,
      facts: facts
        .filter((fact) => fact.paymentId === payment.id)
        .map(({ paymentId: _paymentId, at, ...fact }) => ({ ...fact, at: iso(at) })),
    })),
  }
}

function renderDelivery(delivery: DeliveryRecord): object {
  const { body, ...rest } = delivery
  const { orderId } = (JSON.parse(body) as { data: { orderId: string } }).data
  return {
    ...rest,
    orderId,
    nextAt: isoOrNull(rest.nextAt),
    expiresAt: iso(rest.expiresAt),
    createdAt: iso(rest.createdAt),
    deliveredAt: isoOrNull(rest.deliveredAt),
  }
}

function renderPayout(payout: PayoutRecord): object {
  const { webhookHash: _hash, createdAt, updatedAt, ...rest } = payout
  return { ...rest, createdAt: iso(createdAt), updatedAt: iso(updatedAt) }
}
