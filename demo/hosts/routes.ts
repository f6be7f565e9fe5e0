/**
 * `/hosts` and what is below it: the pages, what their browsers report of them, and where a form goes.
 * @module
 */
import { createHash, randomBytes } from 'node:crypto'
import { Hono } from 'hono'
import type { Context } from 'hono'
import { ReceiptError, verifyReceipt } from '../../merchant/index.ts'
import type { Orders } from '../orders.ts'
import { hostPage, hostsIndex, orderedPage } from './page.ts'
import { policyText, smallestPolicy, without } from './policy.ts'
import type { HostOrder, Situation } from './situation.ts'
import { SITUATIONS } from './situations.ts'

export interface HostsOptions {
  readonly shopUrl: string
  readonly proxyUrl: string
  readonly orders: Orders
  /** The script-tag file. */
  readonly widget: string
  /** For pages that are about no policy. */
  readonly headers: Readonly<Record<string, string>>
}

/** The same shop by another name, which browsers take for another site. */
export const outsideOf = (shopUrl: string): string => shopUrl.replace('//', '//outside.')

const CART = [{ product: 'first-light', quantity: 2 }]
const MAX_REPORTS = 1000

export function createHosts(options: HostsOptions): Hono {
  const { shopUrl, proxyUrl, orders, headers } = options
  const outsideUrl = outsideOf(shopUrl)
  const integrity = `sha384-${createHash('sha384').update(options.widget).digest('base64')}`
  let reports: unknown[] = []
  const app = new Hono()

  const orderOf = async (orderId: string | undefined): Promise<HostOrder | undefined> => {
    const order = orders.find(orderId ?? '')
    return order && { orderId: order.orderId, orderToken: await orders.sign(order) }
  }
  const show = async (c: Context, situation: Situation): Promise<Response> => {
    const query = c.req.query()
    const [order, other] = [await orderOf(query['order']), await orderOf(query['other'])]
    if (!order || !other) return c.redirect(withOrders(c))
    const nonce = randomBytes(16).toString('base64url')
    const given = { shopUrl, proxyUrl, outsideUrl, integrity, nonce, order, other, query }
    const icon = { 'img-src': `${shopUrl}/art/icon.svg` }
    const policy = { ...smallestPolicy(proxyUrl), ...icon, ...situation.policy?.(given) }
    const allowed = without(policy, query['without'])
    return c.html(hostPage(situation, given), 200, {
      'content-security-policy': policyText({ ...allowed, 'report-uri': '/hosts/reports' }),
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      ...situation.headers,
    })
  }
  /** An order of its own for who comes without; whoever comes back, or reloads, has the same. */
  const withOrders = (c: Context): string => {
    const query = new URLSearchParams(c.req.query())
    for (const name of ['order', 'other']) query.set(name, orders.place(CART).orderId)
    return `${c.req.path}?${query}`
  }

  app.get('/', (c) => c.html(hostsIndex(), 200, headers))
  for (const situation of SITUATIONS) {
    app.get(`/${situation.name}`, async (c) => {
      const isOutside = new URL(c.req.url).host === new URL(outsideUrl).host
      if (isOutside === (situation.isOutside ?? false)) return show(c, situation)
      return c.redirect((isOutside ? shopUrl : outsideUrl) + withOrders(c))
    })
  }

  app.post('/reports', async (c) => {
    reports = [...reports, await c.req.json().catch(() => 'unreadable')].slice(-MAX_REPORTS)
    return c.body(null, 204)
  })
  app.get('/reports', (c) => c.json(reports))

  app.post('/ordered', async (c) => {
    const { order: id, receipt } = await c.req.parseBody<{ order?: string; receipt?: string }>()
    const order = orders.find(id ?? '')
    if (!order) return c.html(orderedPage('No such order'), 404, headers)
    const { orderId, total: amount, currency } = order
    try {
      await verifyReceipt(receipt ?? '', {
        issuer: proxyUrl,
        orderId,
        amount,
        currency,
        allowTest: true,
      })
      return c.html(orderedPage('Ordered, and paid'), 200, headers)
    } catch (error) {
      if (!(error instanceof ReceiptError)) throw error
      return c.html(orderedPage(`Not paid: ${error.message}`), 400, headers)
    }
  })
  return app
}
