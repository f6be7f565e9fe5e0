/**
 * PayCrypto-Checkout, the stand-in: signed calls that create, query and list orders, tell the
 * limits and test the webhook; a hosted page; signed webhooks in batches.
 *
 * From the document: the routes, fields, answers, codes and statuses. How exactly a request and a
 * webhook are signed is that of the Java SDK (`signature.ts`). Which of the document's
 * contradictions is played is a setting (`settings.ts`).
 *
 * Ours, where the document is silent:
 * - an error is HTTP 200 with `{code, msg}`, and `msg` names the field; other routes: 404, 119006;
 * - what leads to which code: `authenticate.ts`, `create-request.ts`, `records.ts`;
 * - `id` of `redirect_url` is the order's; the page is on the same host;
 * - a list's records have the keys of its sample, which are not those of its table;
 * - the test webhook is sent at once; without a URL in the dashboard it is 111015.
 *
 * @module
 */
import { Hono } from 'hono'
import type { Context } from 'hono'
import { parseDecimal } from '../decimal.ts'
import { rawNumber } from '../json.ts'
import { parseJsonLiterals } from '../json-literals.ts'
import type { ProviderDefinition, SandboxEnv } from '../provider.ts'
import { authenticate } from './paycrypto/authenticate.ts'
import type { PayCryptoCredentials } from './paycrypto/authenticate.ts'
import { parseCreate, SCALE } from './paycrypto/create-request.ts'
import { PayCryptoError } from './paycrypto/errors.ts'
import { ACTIONS } from './paycrypto/order.ts'
import { createOrders, toPaid, toPayment } from './paycrypto/orders.ts'
import { createPageRoutes } from './paycrypto/page-routes.ts'
import { findOrder, isSingle, listOrders, toRecord } from './paycrypto/records.ts'
import { createPayCryptoSettings } from './paycrypto/settings.ts'
import { createWebhooks } from './paycrypto/webhooks.ts'

export type { PayCryptoCredentials } from './paycrypto/authenticate.ts'

const RECORD_FAULTS = ['wrong-amount', 'wrong-coin', 'unknown-status'] as const

/** The line in `providers/index.ts`. */
export const paycrypto: ProviderDefinition<PayCryptoCredentials> = {
  credentials: {
    apiKey: '5a4db0c05a4db0c05a4db0c05a4db0c0',
    apiSecret: '5a4db0c0-0000-4000-8000-0000000000a1',
    passphrase: 'sandbox-passphrase',
    webhookSecret: '5a4db0c0000000000000000000000b02',
  },
  operations: {
    create: ['bad-address', 'change-address'],
    query: RECORD_FAULTS,
    list: RECORD_FAULTS,
    limit: [],
    test: [],
  },
  actions: ACTIONS,
  errorBody: (status) => new PayCryptoError(status === 429 ? 119005 : 119001).toJson(),

  start(context, credentials) {
    const settings = createPayCryptoSettings()
    const now = (): number => context.now() + settings.get().clockSkewMs
    const { notifier } = context
    const secret = credentials.webhookSecret
    const webhooks = createWebhooks({ now, notifier, secret, settings: settings.get })
    const orders = createOrders({ now, onChange: webhooks.push })

    /** The body of a call that may be made. Throws a `PayCryptoError`. */
    const admit = async (c: Context<SandboxEnv>): Promise<Record<string, unknown>> => {
      const [path = '', query = ''] = splitUrl(c.env.incoming.url ?? '')
      const body = readJson(c, await c.req.text())
      const { isIpAllowed, refuseWith } = settings.get()
      authenticate(
        {
          authorization: c.req.header('authorization'),
          passphrase: c.req.header('access-passphrase'),
          request: { method: c.req.method, path, query, body },
        },
        { credentials, nowMs: now(), isIpAllowed },
      )
      if (refuseWith !== null) throw new PayCryptoError(refuseWith)
      return body
    }

    const app = new Hono<SandboxEnv>()
    app.post('/api/v1/payment', context.operation('create'), async (c) => {
      const request = parseCreate(await admit(c), settings.get(), now())
      const { custOrderId, amount, currency } = request
      c.set('details', { cust_order_id: custOrderId, amount, currency })
      const order = orders.create(request)
      if (!order) throw new PayCryptoError(117008)
      const created = order.createdMs
      return answer(c, {
        order_id: order.id,
        redirect_url: `${new URL(c.req.url).origin}/?id=${order.id}`,
        create_time: settings.get().recordTypes === 'table' ? String(created) : created,
        ...ADDRESS_FAULTS[context.takeSemantic('create') ?? ''],
      })
    })

    app.get(
      '/api/v1/orders',
      (c, next) => context.operation(isSingle(queryOf(c)) ? 'query' : 'list')(c, next),
      async (c) => {
        await admit(c)
        const query = queryOf(c)
        c.set('details', Object.fromEntries(query))
        const kind = isSingle(query) ? 'single' : 'list'
        const page =
          kind === 'list'
            ? listOrders(orders.list(), query, now())
            : { ...ONE_PAGE, records: [findOrder(orders.list(), query)] }
        const fault = context.takeSemantic(kind === 'single' ? 'query' : 'list')
        const { recordTypes } = settings.get()
        const records = page.records.map((order) => toRecord(order, kind, recordTypes, fault))
        const result = { ...page, records }
        return answer(c, kind === 'list' ? result : { ...SUCCESS, result })
      },
    )

    app.get('/api/v1/merchant/limit', context.operation('limit'), async (c) => {
      await admit(c)
      const { merchantName, minLimit, maxLimit, fiatList, limitSpelling } = settings.get()
      return answer(c, {
        cust_name: merchantName,
        [limitSpelling]: sixDecimals(minLimit),
        max_limit: sixDecimals(maxLimit),
        fiat_list: fiatList,
      })
    })

    app.post('/api/v1/events/test', context.operation('test'), async (c) => {
      const body = await admit(c)
      if (Object.keys(body).length > 0) throw new PayCryptoError(111001)
      webhooks.test()
      return c.json(SUCCESS)
    })

    app.route('/', createPageRoutes({ orders, settings }))
    app.notFound((c) => c.json(new PayCryptoError(119006).toJson(), 404))
    app.onError((error, c) => {
      if (!(error instanceof PayCryptoError)) throw error
      return c.json(error.toJson(), settings.get().httpErrors ? error.status : 200)
    })

    settings.control.post('/flush', (c) => c.json({ sent: webhooks.flush() }))
    return {
      app,
      control: settings.control,
      listPayments: () => orders.list().map(toPayment),
      listPaid: () => orders.list().flatMap(toPaid),
      act: (id, action, amount, currency) => void orders.act(id, action, amount, currency),
      notification: (id, url) => {
        const order = orders.get(id)
        return order && webhooks.toOutgoing(order, url)
      },
      reset: () => {
        settings.reset()
        webhooks.reset()
        orders.reset()
      },
    }
  },
}

const SUCCESS = { code: 0, msg: 'SUCCESS' } as const
const ONE_PAGE = { page_num: 1, page_size: 10, total: 1, pages: 1 } as const

/** What the faults of the content say. */
const ADDRESS_FAULTS: Readonly<Record<string, object>> = {
  'bad-address': { redirect_url: 'javascript:alert(1)' },
  'change-address': { redirect_url: 'https://pay.stranger.example/?id=p1' },
}

/** Not `c.json`: a limit is a literal with six decimals, whose type Hono cannot know. */
function answer(c: Context, result: object): Response {
  const body = JSON.stringify({ ...SUCCESS, result })
  return c.body(body, 200, { 'content-type': 'application/json; charset=utf-8' })
}

/** As it was sent: what is signed must not be normalised. */
function splitUrl(url: string): readonly string[] {
  const at = url.indexOf('?')
  return at === -1 ? [url] : [url.slice(0, at), url.slice(at + 1)]
}

function queryOf(c: Context): URLSearchParams {
  return new URL(c.req.url).searchParams
}

function readJson(c: Context, text: string): Record<string, unknown> {
  if (text === '') return {}
  const isJson = /^application\/json\b/i.test(c.req.header('content-type') ?? '')
  const body = isJson ? parseJsonLiterals(text) : undefined
  if (!body) throw new PayCryptoError(111001)
  return body
}

/** A number literal as in the sample: `1.000000`. */
function sixDecimals(amount: string): unknown {
  const digits = (parseDecimal(amount, SCALE) ?? 0n).toString().padStart(SCALE + 1, '0')
  return rawNumber(`${digits.slice(0, -SCALE)}.${digits.slice(-SCALE)}`)
}
