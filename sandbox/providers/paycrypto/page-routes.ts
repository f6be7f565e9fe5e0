/**
 * PayCrypto's hosted page, `GET /?id=<order_id>`, and the endpoints its script calls. Of the page
 * the document says: it shows `company_name`, the shopper pays there and is redirected to
 * `return_url?id=…&status=…`, also when an order that ended is opened again. The endpoints are ours;
 * their errors are `{code, message}`.
 *
 * | route | does |
 * |---|---|
 * | `POST /sandbox/checkout/open` `{id}` | what is to be paid and what became of it |
 * | `POST /sandbox/checkout/end` `{id, action, coin}` | success, confirming, cancel or fail |
 *
 * Ours: a `return_url` that has a query is joined with `&`.
 *
 * @module
 */
import { Hono } from 'hono'
import { renderHostedPage } from '../../hosted-page.ts'
import { ProblemError, unknownWord } from '../../problem.ts'
import type { SandboxEnv } from '../../provider.ts'
import { readBody } from '../../request-body.ts'
import type { Settings } from '../../settings.ts'
import type { Order } from './order.ts'
import type { Orders } from './orders.ts'
import { PAGE } from './page.ts'
import type { PayCryptoSettings } from './settings.ts'

/** What the page works on. */
export interface PageRoutesOptions {
  readonly orders: Orders
  readonly settings: Settings<PayCryptoSettings>
}

const NETWORK_COINS = ['USDT-TRC20', 'USDT-BEP20', 'USDT-SPL'] as const
const PAGE_ACTIONS = ['success', 'confirming', 'cancel', 'fail'] as const

export function createPageRoutes({ orders, settings }: PageRoutesOptions): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>()
  const find = ({ id }: Record<string, unknown>): Order => {
    const order = typeof id === 'string' ? orders.get(id) : undefined
    if (!order) throw new ProblemError(404, 'unknown_payment', 'There is no such order.')
    return order
  }
  const show = (order: Order): object => {
    const { amount, currency, companyName } = order.request
    return {
      orderId: order.id,
      amount,
      currency,
      company: companyName ?? settings.get().merchantName,
      expire: order.expireMs,
      status: order.status,
      coins: listCoins(currency),
      redirect: order.status === 0 ? null : redirectUrl(order),
    }
  }

  app.get('/', (c) => renderHostedPage(c, PAGE))
  app.post('/sandbox/checkout/open', async (c) => c.json(show(find(await readBody(c)))))
  app.post('/sandbox/checkout/end', async (c) => {
    const body = await readBody(c)
    const order = find(body)
    const action = PAGE_ACTIONS.find((each) => each === body['action'])
    if (!action) throw unknownWord('action', body['action'], PAGE_ACTIONS)
    const coins = listCoins(order.request.currency)
    const coin = coins.find((each) => each === body['coin'])
    if (coin === undefined) throw unknownWord('coin', body['coin'], coins)
    if (order.status !== 0) {
      throw new ProblemError(409, 'action_not_possible', 'This payment has ended.')
    }
    return c.json(show(orders.act(order.id, action, undefined, coin)))
  })
  app.onError((error, c) => {
    if (!(error instanceof ProblemError)) throw error
    return c.json({ code: error.code, message: error.message }, error.status)
  })
  return app
}

/** An order in a coin on a network is paid in that; any other in each of them. */
function listCoins(currency: string): readonly string[] {
  return NETWORK_COINS.some((coin) => coin === currency) ? [currency] : NETWORK_COINS
}

function redirectUrl({ id, status, request }: Order): string | null {
  if (request.returnUrl === undefined) return null
  const [address = '', ...fragment] = request.returnUrl.split('#')
  const target = `${address}${address.includes('?') ? '&' : '?'}id=${id}&status=${status}`
  return [target, ...fragment].join('#')
}
