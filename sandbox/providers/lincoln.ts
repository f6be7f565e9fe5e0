/**
 * Lincoln.money (BoxExchanger engine), the stand-in: routes, orders, the payment page, one IPN for
 * every change of a status.
 *
 * From the document: the parameters of create, the statuses, the IPN and its hash, the addresses of
 * the pages, the button back. From the engine's own front end: the authorization, the other methods
 * with their parameters, the envelope, the shapes of routes and orders.
 *
 * Ours, where the sources are silent:
 * - every method wants the key; all error codes but two (`errors.ts`); the answer of update-status;
 * - of the query only `time` may become a number when it is hashed (`timeAs`);
 * - parameters are refused where they do not belong: a POST has only `time` in its query;
 * - an unknown secret is answered as an unknown order; `type` changes nothing but `TYPE`;
 * - an order lives 30 minutes, and nothing happens to it when they are over;
 * - hideOutData empties `toValues` for those who hold the secret, not in the IPN;
 * - no IPN for a new order, none without ipnUrl, no hash without ipnSecret.
 *
 * Quirks kept: min and max are texts and "0" is no bound; error codes beyond 2^53; errors are HTTP
 * 200; `account` is not always an address; a template that must not be evaluated; inProgress says
 * only that somebody with the secret said so. The rest is a setting (`lincoln/settings.ts`).
 *
 * @module
 */
import { Hono } from 'hono'
import type { Context } from 'hono'
import type { Outgoing } from '../notifier.ts'
import { ProblemError } from '../problem.ts'
import type { ProviderDefinition, SandboxEnv } from '../provider.ts'
import { ACTIONS } from './lincoln/actions.ts'
import { createAuthorization } from './lincoln/authorization.ts'
import type { LincolnCredentials } from './lincoln/authorization.ts'
import { parseCreate } from './lincoln/create-request.ts'
import { envelope, LincolnError, wrong } from './lincoln/errors.ts'
import { createIpn, forgeIpn } from './lincoln/ipn.ts'
import { METHODS } from './lincoln/methods.ts'
import type { Method } from './lincoln/methods.ts'
import { STATUSES } from './lincoln/order.ts'
import type { Order, Status } from './lincoln/order.ts'
import { toCreatedJson, toOrderJson } from './lincoln/order-answers.ts'
import { createOrders, toPaid, toPayment } from './lincoln/orders.ts'
import { addPages } from './lincoln/page-routes.ts'
import { checkNames, mergeParameters, readParameters } from './lincoln/parameters.ts'
import { listRoutes, listRoutesV2, showRoute } from './lincoln/route-answers.ts'
import { ROUTES } from './lincoln/routes.ts'
import { createLincolnSettings } from './lincoln/settings.ts'

export type { LincolnCredentials } from './lincoln/authorization.ts'

/** The line in `providers/index.ts`. */
export const lincoln: ProviderDefinition<LincolnCredentials> = {
  credentials: { apiKey: 'EX_SANDBOX0000000000000001', apiSecret: 'sandbox-lincoln-secret-0001' },
  operations: {
    routes: [],
    'routes-v2': [],
    route: [],
    create: ['wrong-amount', 'wrong-coin', 'unknown-status'],
    order: [
      'wrong-amount',
      'wrong-coin',
      'wrong-network',
      'unknown-status',
      'bad-address',
      'change-address',
    ],
    'update-status': [],
  },
  actions: ACTIONS,
  errorBody: () => envelope({ error: new LincolnError('broken').toJson() }, Date.now()),

  start(context, credentials) {
    const settings = createLincolnSettings()
    const authorization = createAuthorization(credentials)
    const orders = createOrders({ now: context.now, onStatus: (order) => notify(order) })

    function toOutgoing(order: Order, url = order.request.ipnUrl): Outgoing | undefined {
      if (url === undefined) return undefined
      return {
        provider: 'lincoln',
        paymentId: order.id,
        ...createIpn(order, url, context.now(), settings.get()),
        isAcknowledged: (status) => status >= 200 && status < 300,
        retryDelaysMs: [],
        forge: () => forgeIpn(order, context.now(), settings.get()),
      }
    }
    function notify(order: Order): void {
      const outgoing = toOutgoing(order)
      if (outgoing) context.notifier.send(outgoing)
    }

    const app = new Hono<SandboxEnv>({ strict: false })

    /** One method of the API, under its path with and without a slash at the end. */
    const api = ({ operation, method, path, names }: Method, run: Run): void => {
      app.all(`/service/api/v1/${path}`, context.operation(operation), async (c) => {
        if (c.req.method !== (settings.get().legacyPost ? 'POST' : method)) {
          throw new LincolnError('wrongMethod')
        }
        const parameters = readParameters(await readRaw(c), settings.get())
        const merged = mergeParameters(parameters)
        const { apikey: apiKey, hash } = c.req.header()
        authorization.check({ apiKey, hash, parameters: merged })
        checkNames(parameters, names, method === 'GET' && !settings.get().legacyPost)
        const data = run(merged, { c, isForm: parameters.isForm })
        return json(c, envelope({ data }, context.now()))
      })
    }
    const find = ({ orderUID, orderSecret }: Record<string, unknown>, c: Context<SandboxEnv>) => {
      const uid = typeof orderUID === 'number' ? String(orderUID) : orderUID
      if (typeof uid !== 'string' || !/^\d{1,11}$/.test(uid)) throw wrong('orderUID')
      if (typeof orderSecret !== 'string' || orderSecret.length > 50) throw wrong('orderSecret')
      const order = orders.find(uid, orderSecret)
      if (!order) throw new LincolnError('orderNotFound')
      c.set('details', { id: order.id })
      return order
    }

    api(METHODS.routes, (parameters) => listRoutes(parameters))
    api(METHODS.routesV2, () => listRoutesV2())
    api(METHODS.routeById, ({ id }) => showRoute(ROUTES.find(({ routeId }) => routeId === id)))
    api(METHODS.routeByXml, ({ xmlIn, xmlOut }) =>
      showRoute(
        ROUTES.find(({ from, to }) => from.currency.xml === xmlIn && to.currency.xml === xmlOut),
      ),
    )
    api(METHODS.routeByUrl, ({ friendlyURL }) =>
      showRoute(ROUTES.find((route) => route.friendlyURL === friendlyURL)),
    )
    api(METHODS.create, (parameters, { c, isForm }) => {
      if (settings.get().captcha) throw new LincolnError('captcha')
      const order = orders.create(parseCreate(parameters, isForm))
      const { routeId } = order.request.route
      c.set('details', { id: order.id, routeId, inAmount: order.inAmount })
      return toCreatedJson(order, context.takeSemantic('create'), settings.get())
    })
    api(METHODS.order, (parameters, { c }) => {
      const { type = 'order' } = parameters
      if (type !== 'order' && type !== 'payment') throw wrong('type')
      return toOrderJson(find(parameters, c), type, context.takeSemantic('order'), settings.get())
    })
    api(METHODS.updateStatus, (parameters, { c }) => {
      const order = find(parameters, c)
      orders.setStatus(order, readNextStatus(order, parameters['status']))
      return { success: true }
    })

    const { now, record } = context
    addPages(app, { orders, now, record, getSettings: settings.get })

    app.notFound((c) => answerError(c, new LincolnError('unknownApi')))
    app.onError((error, c) => {
      if (error instanceof LincolnError) return answerError(c, error)
      if (!(error instanceof ProblemError)) throw error
      return c.json({ code: error.code, message: error.message }, error.status)
    })
    const answerError = (c: Context, error: LincolnError): Response => {
      const status = settings.get().httpErrors ? error.status : 200
      return json(c, envelope({ error: error.toJson() }, context.now()), status)
    }

    return {
      app,
      control: settings.control,
      listPayments: () => orders.list().map(toPayment),
      listPaid: () => orders.list().flatMap(toPaid),
      act: orders.act,
      notification: (id, url) => {
        const order = orders.list().find((each) => each.id === id)
        return order && toOutgoing(order, url)
      },
      reset: () => {
        settings.reset()
        authorization.reset()
        orders.reset()
      },
    }
  },
}

type Run = (
  parameters: Record<string, unknown>,
  request: { readonly c: Context<SandboxEnv>; readonly isForm: boolean },
) => unknown

/** Only from new and waitPayment, never to what only the exchanger may say. */
function readNextStatus(order: Order, status: unknown): Status {
  const next = STATUSES.find((each) => each === status)
  if (!next) throw wrong('status')
  const isOpen = order.status === 'new' || order.status === 'waitPayment'
  const isReserved = ['inProgressPayout', 'done', 'hold', order.status].includes(next)
  if (!isOpen || isReserved) throw new LincolnError('wrongStatus')
  return next
}

async function readRaw(c: Context) {
  const query = new URL(c.req.url).search.slice(1)
  return { query, contentType: c.req.header('content-type'), body: await c.req.text() }
}

/** Not `c.json`: raw number literals, whose type Hono cannot know. */
function json(c: Context, body: unknown, status: 200 | LincolnError['status'] = 200): Response {
  return c.body(JSON.stringify(body), status, { 'content-type': 'application/json; charset=utf-8' })
}
