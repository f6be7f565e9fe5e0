/**
 * What Lincoln's pages show and do: whoever knows the secret sees the order, and may say that it is
 * paid. The document names the pages' addresses and the button back; the rest is ours.
 *
 * `POST /sandbox/order/open` `{lang, uid, secret}` tells the order, `/step` `{…, step}` moves it
 * first. Both answer an unknown order with 404 `{code, message}`.
 *
 * @module
 */
import type { Hono } from 'hono'
import QRCode from 'qrcode'
import { renderHostedPage } from '../../hosted-page.ts'
import { ProblemError } from '../../problem.ts'
import type { SandboxEnv } from '../../provider.ts'
import { readBody } from '../../request-body.ts'
import { LANGUAGES } from './create-request.ts'
import { CALLBACK_STATUS } from './order.ts'
import type { Order, Status } from './order.ts'
import type { Orders } from './orders.ts'
import { PAGE } from './page.ts'
import type { LincolnSettings } from './settings.ts'

/** What the pages work on. */
export interface PageOptions {
  readonly orders: Orders
  readonly now: () => number
  readonly getSettings: () => LincolnSettings
  /** Notes a step in the ledger: it is no call of the API. */
  readonly record: (step: string, details: Record<string, unknown>) => void
}

/** A button: the statuses it is shown in, and the one it leads to. */
interface Step {
  readonly from: readonly Status[]
  readonly to: Status
}

const UNPAID: readonly Status[] = ['waitPayment', 'inProgress', 'inProgressPayout', 'hold']

/** Confirm and paid are the shopper's; the others play the exchanger's part. */
const STEPS: ReadonlyMap<string, Step> = new Map<string, Step>([
  ['confirm', { from: ['new'], to: 'waitPayment' }],
  ['paid', { from: ['waitPayment'], to: 'inProgress' }],
  ['done', { from: UNPAID, to: 'done' }],
  ['fail', { from: UNPAID, to: 'errorPayment' }],
  ['hold', { from: UNPAID.filter((status) => status !== 'hold'), to: 'hold' }],
])

/** Adds the pages and what their script calls. */
export function addPages(app: Hono<SandboxEnv>, options: PageOptions): void {
  const { orders, record } = options
  const find = ({ uid, secret }: Record<string, unknown>): Order => {
    const isKey = typeof uid === 'string' && typeof secret === 'string'
    const order = isKey ? orders.find(uid, secret) : undefined
    if (!order) throw new ProblemError(404, 'unknown_order', 'There is no such order.')
    return order
  }

  app.get(`/:lang{${LANGUAGES.join('|')}}/:page{payment|order}/:uid{[0-9]+}/:secret`, (c) =>
    renderHostedPage(c, PAGE),
  )
  app.post('/sandbox/order/open', async (c) => {
    const body = await readBody(c)
    return c.json(await toView(find(body), body['lang'], options))
  })
  app.post('/sandbox/order/step', async (c) => {
    const body = await readBody(c)
    const order = find(body)
    const name = typeof body['step'] === 'string' ? body['step'] : ''
    const step = STEPS.get(name)
    if (!step?.from.includes(order.status)) {
      throw new ProblemError(409, 'step_not_possible', `Not possible in ${order.status}.`)
    }
    orders.setStatus(order, step.to)
    record(`page-${name}`, { id: order.id })
    return c.json(await toView(order, body['lang'], options))
  })
}

/** What the script shows; texts only, so that it needs no markup. */
async function toView(order: Order, language: unknown, { now, getSettings }: PageOptions) {
  const { uid, request, status, inAmount, outAmount, account, expiresMs } = order
  const { from, to, payBy } = request.route
  const isAddress = payBy === 'address' || payBy === 'template'
  return {
    uid,
    status,
    give: `${inAmount} ${from.currency.symbol}`,
    giveName: from.currency.name,
    get: `${outAmount} ${to.currency.symbol}`,
    getName: to.currency.name,
    receiver: request.hideOutData ? null : request.toValues.map(({ value }) => value).join(', '),
    account: pickLanguage(account, language),
    qr: isAddress ? await QRCode.toDataURL(account, { width: 320, margin: 2 }) : null,
    expiresAt: new Date(expiresMs).toISOString(),
    isOver: now() >= expiresMs,
    steps: [...STEPS].filter(([, { from: possible }]) => possible.includes(status)).map(([n]) => n),
    back: callbackUrl(order, getSettings()),
  }
}

/** `##uk##…##` blocks: the one of this language, else the English one; a plain text as it is. */
function pickLanguage(text: string, language: unknown): string {
  const blocks = new Map([...text.matchAll(/##(\w+)##(.*?)##/gs)].map(([, code, at]) => [code, at]))
  return blocks.get(typeof language === 'string' ? language : '') ?? blocks.get('en') ?? text
}

/** clientCallbackUrl, once the order has ended. */
function callbackUrl({ status, request }: Order, { callbackAs }: LincolnSettings): string | null {
  const ending = CALLBACK_STATUS[status]
  const { clientCallbackUrl: url } = request
  if (ending === undefined || url === undefined) return null
  const joint = callbackAs === 'query' && url.includes('?') ? '&' : '?'
  return `${url}${joint}status=${ending}`
}
