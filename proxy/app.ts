/**
 * Every route of the proxy, on one screen.
 * @module
 */
import { Hono } from 'hono'
import { PROBLEMS } from '../protocol/api.ts'
import { readJson, readText } from './body.ts'
import type { Checkouts } from './checkouts.ts'
import { ProxyError } from './errors.ts'
import {
  allowOrigins,
  answerErrors,
  answerNothing,
  explicitVerbs,
  reply,
  replyJson,
  plainPaths,
  secureHeaders,
} from './guard.ts'
import type { ProxyContext, ProxyEnv } from './guard.ts'
import { isCheckoutId } from './ids.ts'
import type { Limits } from './limits.ts'
import type { Log } from './log.ts'
import { openApiDocument } from './openapi.ts'
import { readOrder } from './orders.ts'
import type { OrderSources } from './orders.ts'
import type { Payments } from './payments.ts'
import { stampOn } from './requests.ts'
import { returnPage } from './return-page.ts'
import type { CompleteReturn } from './returns.ts'
import { emptyBodySchema, parse, sentSchema, startPaymentSchema } from './schemas.ts'
import type { TakeWebhook } from './webhooks.ts'

/** What the routes call. */
export interface AppParts {
  readonly publicUrl: string
  readonly allowedOrigins: readonly string[]
  readonly orders: OrderSources
  readonly checkouts: Checkouts
  readonly payments: Payments
  readonly completeReturn: CompleteReturn
  readonly takeWebhook: TakeWebhook
  readonly limits: Limits
  /** The keys that verify receipts. */
  readonly jwks: object
  readonly isReady: () => Promise<boolean>
  readonly log: Log
  /** The widget's script and languages, for pages to load, by name; none where it was not built. */
  readonly widgetFiles?: WidgetFiles
  /** The page behind a payment link, where the widget's script is there. */
  readonly hostedPage?: Hono<ProxyEnv>
  /** The merchant's routes, where they are served on this port. */
  readonly merchantApi?: Hono<ProxyEnv>
  /** Prometheus' numbers, likewise. */
  readonly metricsApi?: Hono<ProxyEnv>
}

/** By the name of the file. */
export type WidgetFiles = Readonly<Record<string, string>>

const JSON_TYPE = { 'content-type': 'application/json' }
const PLAIN_TYPE = { 'content-type': 'text/plain' }
const PUBLIC_HEADERS = {
  'cache-control': 'public, max-age=300',
  'access-control-allow-origin': '*',
}
/** Providers wait as long as they do. */
const RETRY = { 'retry-after': '60' }
const MAX_WEBHOOK_BYTES = 64 * 1024

export function createApp(parts: AppParts): Hono<ProxyEnv> {
  const { checkouts, payments, limits } = parts
  const app = new Hono<ProxyEnv>({ strict: true })
  let openApi: object | undefined
  const ownOrigin = new URL(parts.publicUrl).origin
  const acting = [limits.byAddress, limits.byCheckout] as const
  const forPages = allowOrigins([...parts.allowedOrigins, ownOrigin])

  app.onError(answerErrors(parts.log))
  app.notFound(answerNothing(app, parts.log))
  app.use(secureHeaders, plainPaths)

  app.get('/healthz', (c) => replyJson(c, { status: 'ok' }))
  app.get('/readyz', async (c) =>
    (await parts.isReady())
      ? replyJson(c, { status: 'ok' })
      : replyJson(c, { status: 'unavailable' }, 503),
  )
  for (const [name, text] of Object.entries(parts.widgetFiles ?? {}))
    app.get(`/${name}`, (c) => reply(c, text, 200, widgetHeaders(name)))
  app.get('/.well-known/jwks.json', (c) =>
    reply(c, JSON.stringify(parts.jwks), 200, { ...JSON_TYPE, ...PUBLIC_HEADERS }),
  )
  app.get('/openapi.json', (c) => replyJson(c, (openApi ??= openApiDocument(parts.publicUrl))))

  app.use('/v1/checkouts/*', forPages)
  app.post('/v1/checkouts', limits.byAddress, async (c) => {
    const order = await readOrder(await readJson(c), parts.orders)
    const { id, isNew } = await checkouts.open(order)
    return answer(c, id, isNew ? 201 : 200)
  })
  app.get('/v1/checkouts/:id', async (c) => {
    await limits.manyReaders(c)
    const reading = await checkouts.read(idOf(c))
    if (!reading) throw new ProxyError('not_found')
    const etag = `"${reading.version}"`
    const headers = { etag, 'cache-control': 'private, no-cache' }
    if (c.req.header('if-none-match') === etag) return reply(c, null, 304, headers)
    return reply(c, reading.body, 200, { ...headers, ...JSON_TYPE })
  })
  app.post('/v1/checkouts/:id/payments', ...acting, async (c) => {
    await payments.start(idOf(c), parse(startPaymentSchema, await readJson(c)))
    return answer(c, idOf(c), 200)
  })
  app.post('/v1/checkouts/:id/cancel', ...acting, async (c) => {
    parse(emptyBodySchema, await readJson(c))
    await payments.cancel(idOf(c))
    return answer(c, idOf(c), 200)
  })
  app.post('/v1/checkouts/:id/sent', ...acting, async (c) => {
    const { paid = false } = parse(sentSchema, await readJson(c))
    await payments.sent(idOf(c), paid)
    return answer(c, idOf(c), 200)
  })

  app.get('/v1/checkouts/:id/qr', ...acting, async (c) => {
    const { type, body } = await payments.getQrImage(idOf(c))
    return reply(c, body, 200, { 'content-type': type })
  })

  app.post('/v1/webhooks/:provider', (c) => takeIn(c, undefined))
  app.post('/v1/webhooks/:provider/:token', (c) => takeIn(c, c.req.param('token')))

  app.use('/v1/returns/:token/*', explicitVerbs, limits.byAddress, limits.byReturn)
  app.get('/v1/returns/:token', (c) => goOn(c, c.req.param('token'), ''))
  app.get('/v1/returns/:token/:path', (c) => goOn(c, c.req.param('token'), c.req.param('path')))

  if (parts.hostedPage) app.route('/', parts.hostedPage)
  if (parts.merchantApi) app.route('/v1/merchant', parts.merchantApi)
  if (parts.metricsApi) app.route('/metrics', parts.metricsApi)
  return app

  /** The checkout that the path names; nothing else is looked up. */
  function idOf(c: ProxyContext): string {
    const id = c.req.param('id') ?? ''
    if (!isCheckoutId(id)) throw new ProxyError('not_found')
    return id
  }

  /** A provider's notification. What goes wrong is told in plain text: JSON could look like a receipt. */
  async function takeIn(c: ProxyContext, token: string | undefined): Promise<Response> {
    const query = new URL(c.req.url).searchParams
    const { headers } = c.req.raw
    const provider = c.req.param('provider') ?? ''
    try {
      await limits.notification(c, token)
      const body = await readText(c.req.raw, MAX_WEBHOOK_BYTES)
      return stampOn(c, await parts.takeWebhook({ provider, token, body, headers, query }))
    } catch (error) {
      const status = error instanceof ProxyError ? PROBLEMS[error.code] : 503
      if (status === 429) return reply(c, 'try again later', status, { ...PLAIN_TYPE, ...RETRY })
      parts.log(status === 503 ? 'error' : 'info', 'webhook.refused', {
        provider,
        status,
        detail: error instanceof Error ? error.message : String(error),
      })
      return reply(c, status === 503 ? 'try again later' : 'refused', status, PLAIN_TYPE)
    }
  }

  /** The shopper is back from a payment page: verify, and go on to the merchant's. */
  async function goOn(c: ProxyContext, token: string, path: string): Promise<Response> {
    const query = new URL(c.req.url).searchParams
    const { checkoutId, page } = await parts.completeReturn(token, { path, query })
    if (page === null) {
      const text = returnPage(c.req.header('accept-language'))
      return reply(c, text, 200, { 'content-type': 'text/html', vary: 'accept-language' })
    }
    const target = new URL(page)
    target.searchParams.set('checkout', checkoutId)
    return reply(c, null, 303, { location: target.href })
  }

  async function answer(c: ProxyContext, id: string, status: 200 | 201): Promise<Response> {
    const reading = await checkouts.read(id, { isFresh: true })
    if (!reading) throw new ProxyError('not_found')
    return reply(c, reading.body, status, { etag: `"${reading.version}"`, ...JSON_TYPE })
  }
}

/** Any page may load it, with `integrity` too. */
function widgetHeaders(name: string): Record<string, string> {
  const type = name.endsWith('.js') ? 'text/javascript' : 'text/plain'
  return {
    ...PUBLIC_HEADERS,
    'content-type': `${type}; charset=utf-8`,
    'cross-origin-resource-policy': 'cross-origin',
  }
}
