/**
 * Starts of payments as an outsider made them: with headers that name another host, with a page that names
 * another checkout, with one key for two orders.
 * @module
 */
import { get, post, unless } from '../combos.ts'
import type { Combo } from '../combos.ts'
import type { Request } from '../send.ts'

interface Opened {
  readonly id: string
  readonly orderId: string
  readonly payment: { readonly id: string; readonly nextAction: { readonly url?: string } } | null
}

const read = (text: string): Opened => JSON.parse(text) as Opened
const withHeaders = (request: Request, headers: Readonly<Record<string, string>>): Request => ({
  ...request,
  headers: { ...request.headers, ...headers },
})

/** Whoever names the host, providers are told the configured one. */
const foreignHost = (name: string, headers: Readonly<Record<string, string>>): Combo => ({
  name: `a start with ${name}`,
  target: 'redoya',
  threat: 'T19',
  rule: 'the addresses that a provider is given are the configured ones',
  requests: 1,
  async play(stage) {
    const { id } = await stage.shop.open({ methods: ['redoya'] })
    const start = post(`/v1/checkouts/${id}/payments`, { methodId: 'redoya' })
    const { status, text } = await stage.sender.send(withHeaders(start, headers))
    if (status !== 200) return [`answered ${status}`]
    const [, token = ''] = (read(text).payment?.nextAction.url ?? '').split('#')
    const claims = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()
    return unless(
      claims.includes(`${stage.shop.url}/v1/returns/`) && !claims.includes('evil'),
      `goes back to ${claims}`,
    )
  },
})

/** The page that a shopper left from already says which checkout it is for. */
const saysCheckout: Combo = {
  name: 'a return page that names two other checkouts already',
  target: 'paycrypto',
  threat: 'T19',
  rule: 'the shopper goes on with his own checkout’s id, and no other',
  requests: 2,
  async play(stage) {
    const { id } = await stage.shop.open({ methods: ['paycrypto'] })
    const returnUrl = 'https://shop.example/?checkout=AAAAAAAAAAAAAAAAAAAAAA&checkout=b&x=1'
    const methodId = 'paycrypto:USDT:TRON'
    await stage.sender.send(post(`/v1/checkouts/${id}/payments`, { methodId, returnUrl }))
    const back = stage.lastReturn()
    const { status, headers } = await stage.sender.send(get(back))
    const location = headers['location'] ?? ''
    const named = location ? new URL(location).searchParams.getAll('checkout') : []
    return unless(
      status === 303 && named.join() === id && location.startsWith('https://shop.example/?'),
      `answered ${status}, goes to ${location}`,
    )
  },
}

/** Nothing of the kind is supported: it must not make one of two. */
const oneKey: Combo = {
  name: 'one Idempotency-Key for two orders',
  target: 'proxy',
  threat: 'T3',
  rule: 'a header of the browser’s makes no two orders one',
  requests: 4,
  async play(stage) {
    const key = { 'idempotency-key': 'the-same-for-both' }
    const opened: Opened[] = []
    for (const amount of ['300.00', '310.00']) {
      const orderToken = await stage.shop.token({ amount })
      const { text } = await stage.sender.send(
        withHeaders(post('/v1/checkouts', { orderToken }), key),
      )
      const { id } = read(text)
      const start = post(`/v1/checkouts/${id}/payments`, { methodId: 'redoya' })
      opened.push(read((await stage.sender.send(withHeaders(start, key))).text))
    }
    const [ids, orders, payments] = [
      new Set(opened.map(({ id }) => id)),
      new Set(opened.map(({ orderId }) => orderId)),
      new Set(opened.map(({ payment }) => payment?.id)),
    ]
    return unless(
      [ids, orders, payments].every(({ size }) => size === 2),
      `${ids.size} checkouts, ${orders.size} orders, ${payments.size} payments`,
    )
  },
}

/** Two tabs, two pages to come back to, one payment. */
const twoTabs: Combo = {
  name: 'two tabs start at once, each with a page of its own',
  target: 'redoya',
  threat: 'T3',
  rule: 'one link to pay by',
  requests: 2,
  async play(stage) {
    const { id } = await stage.shop.open({ methods: ['redoya'] })
    const answers = await Promise.all(
      ['a', 'b'].map((page) =>
        stage.sender.send(
          post(`/v1/checkouts/${id}/payments`, {
            methodId: 'redoya',
            returnUrl: `https://shop.example/${page}`,
          }),
        ),
      ),
    )
    const links = new Set(answers.map(({ text }) => read(text).payment?.nextAction.url))
    return unless(links.size === 1 && !links.has(undefined), `${links.size} links`)
  },
}

export const OUTSIDER_STARTS: readonly Combo[] = [
  foreignHost('another host', { host: 'evil.example' }),
  foreignHost('another host behind', { 'x-forwarded-host': 'evil.example' }),
  foreignHost('another host in Forwarded', { forwarded: 'host=evil.example;proto=https' }),
  foreignHost('another page before', { referer: 'https://evil.example/' }),
  saysCheckout,
  oneKey,
  twoTabs,
]
