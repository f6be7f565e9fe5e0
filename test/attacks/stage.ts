/**
 * Where attacks are played: the real proxy on a socket, the sandbox over HTTP behind it, a merchant who is
 * told of every change, and what an attacker may have got hold of. The clock stands still, so that
 * nothing happens but what an attack does.
 * @module
 */
import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { serve } from '@hono/node-server'
import type { OrderToSign } from '../../merchant/index.ts'
import type { Checkout } from '../../protocol/payment.ts'
import { pause, startShop, until } from '../proxy/shop.ts'
import type { DetailedPayment, ProviderName, Shop } from '../proxy/shop.ts'
import { startKeySet } from './key-set.ts'
import type { KeySet } from './key-set.ts'
import { createSender } from './send.ts'
import type { Request, Sender } from './send.ts'
import { buildTown } from './town.ts'
import type { Town } from './town.ts'
import { VARIANTS } from './variants.ts'
import type { Variant } from './variants.ts'

/** What an attack aims at, and the genuine request for it. */
export interface Mark {
  readonly request: Request
  /** Null where no checkout is attacked, or none exists yet. */
  readonly checkoutId: string | null
  readonly begun?: Begun
  /** What else the attacker knows. */
  readonly more: Readonly<Record<string, string>>
}

/** A payment that was begun, with the addresses that only its provider should know. */
export interface Begun {
  readonly provider: ProviderName
  readonly checkout: Checkout
  readonly payment: DetailedPayment
  /** `/v1/webhooks/<provider>/<token>`; empty where the provider is given none. */
  readonly webhook: string
  /** `/v1/returns/<token>`; empty where the provider is given none. */
  readonly back: string
}

export interface Stage {
  readonly shop: Shop
  readonly sender: Sender
  readonly variant: string
  readonly town: Town
  readonly keySet?: KeySet
  /** Calls of the proxy to providers, `POST /api/auth/token`; emptied by the oracle. */
  readonly calls: string[]
  begin(provider: ProviderName, order?: Partial<OrderToSign>): Promise<Begun>
  /** Plays an action at the provider, and catches what it would tell us. */
  catchNotice(begun: Begun, action: string, more?: object): Promise<Request>
  /** The address that a provider was last given for its notifications. */
  lastWebhook(): string
  /** The address that it was last given for the shopper. */
  lastReturn(): string
  /** Pays, or does not, on the card page; the id that the shopper comes back with. */
  payByCard(begun: Begun, outcome?: string, spoilt?: object): Promise<string>
  close(): Promise<void>
}

export const PRICE = { amount: '300.00', alternatives: [{ amount: '12.50', currency: 'USDT' }] }
export const CHEAP = { amount: '30.00', alternatives: [{ amount: '10.50', currency: 'USDT' }] }
export const DEAR = { amount: '900.00', alternatives: [{ amount: '90.00', currency: 'USDT' }] }

/** PayCrypto's list is read once a minute, whatever anybody does. */
const SWEEP = /^GET \/api\/v1\/orders\?start_time=/
const HELD = ['lipaykripto', 'paycrypto', 'lincoln'] as const

interface Held {
  readonly paymentId: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export async function startStage(variant: string): Promise<Stage> {
  const setup = VARIANTS[variant] ?? assert.fail(`no variant ${variant}`)
  const calls: string[] = []
  let lastBody = ''
  const keySet = setup.hasKeySet && (await startKeySet())
  const environment = { ...setup.environment, ...(keySet && { ORDER_JWKS_URL: keySet.url }) }
  const shop = await startShop(environment, {
    fetch: (url, init) => {
      const { pathname, search } = new URL(url instanceof Request ? url.url : url)
      const call = `${init?.method ?? 'GET'} ${pathname}${search}`
      const isOfNobody = pathname === new URL(shop.receiver.url).pathname || SWEEP.test(call)
      if (!isOfNobody) calls.push(call)
      const body = typeof init?.body === 'string' ? init.body : ''
      if (/webhook_?url|notify_url|ipnUrl/i.test(body)) lastBody = body
      return fetch(url, init)
    },
  })
  const server = await listen(shop)
  const sender = createSender(server.url)

  async function begin(provider: ProviderName, order: Partial<OrderToSign> = {}): Promise<Begun> {
    lastBody = ''
    const { checkout, payment } = await shop.begin(provider, { ...PRICE, ...order })
    const action = checkout.payment?.nextAction
    const told = action?.type === 'redirect' ? lastBody + readFragment(action.url) : lastBody
    return {
      provider,
      checkout,
      payment,
      webhook: /\/v1\/webhooks\/[a-z]+\/[\w-]{43}/.exec(told)?.[0] ?? '',
      back: /\/v1\/returns\/[\w-]{43}/.exec(told)?.[0] ?? '',
    }
  }

  async function catchNotice(begun: Begun, action: string, more: object = {}): Promise<Request> {
    const { provider, payment } = begun
    const id = provider === 'lipaykripto' ? payment.id : payment.ref
    await shop.play(provider, id, action, more)
    const all = await shop.control<readonly Held[]>('GET', '/notifications')
    const notice = all.findLast(({ paymentId }) => paymentId === id)
    assert.ok(notice, `${provider} said nothing`)
    const { pathname, search } = new URL(notice.url)
    const headers = Object.fromEntries(
      Object.entries(notice.headers).map(([name, text]) => [name.toLowerCase(), text]),
    )
    return { method: 'POST', path: pathname + search, headers, body: notice.body }
  }

  async function payByCard(begun: Begun, outcome = 'success', spoilt = {}): Promise<string> {
    const action = begun.checkout.payment?.nextAction
    assert.equal(action?.type, 'redirect')
    const [, orderToken = '', identifier = ''] = action.url.split('#')
    const order = { orderToken, identifier, outcome, ...spoilt }
    const { orderId } = await shop.control<{ orderId: string }>('POST', '/redoya/orders', order)
    return orderId
  }

  async function close(): Promise<void> {
    sender.close()
    server.close()
    if (keySet) keySet.close()
    await shop.close()
  }

  const lastWebhook = (): string => /\/v1\/webhooks\/[a-z]+\/[\w-]{43}/.exec(lastBody)?.[0] ?? ''
  const lastReturn = (): string => /\/v1\/returns\/[\w-]{43}/.exec(lastBody)?.[0] ?? ''
  const bare = {
    shop,
    sender,
    variant,
    calls,
    begin,
    catchNotice,
    lastWebhook,
    lastReturn,
    payByCard,
  }
  try {
    await prepareSandbox(shop, setup)
    const town = setup.hasTown ? await buildTown(bare) : {}
    shop.clock.freeze()
    await comeToRest(shop)
    return { ...bare, town, ...(keySet && { keySet }), close }
  } catch (error) {
    await close()
    throw error
  }
}

/** As the proxy listens by itself: it knows the line that a request came by. It may be started again. */
function listen(shop: Shop): Promise<{ url: string; close(): void }> {
  return new Promise((resolve) => {
    const fetch = (...incoming: Parameters<Shop['proxy']['fetch']>) => shop.proxy.fetch(...incoming)
    const server = serve({ fetch, port: 0 }, ({ port }) =>
      resolve({
        url: `http://localhost:${port}`,
        close() {
          server.close()
          if ('closeAllConnections' in server) server.closeAllConnections()
        },
      }),
    )
  })
}

/** Notifications are held back, so that the attacker has them first. */
async function prepareSandbox({ control }: Shop, { sandbox = {} }: Variant): Promise<void> {
  for (const provider of HELD) {
    await control('POST', '/notify', { provider, kind: 'hold', times: 0 })
  }
  for (const [path, settings] of Object.entries(sandbox)) await control('POST', path, settings)
}

/** The worker has looked at everything that was due; from now on nothing ever is. */
async function comeToRest({ file, clock }: Shop): Promise<void> {
  const database = new DatabaseSync(file, { readOnly: true })
  const due = database.prepare('select count(*) as n from payments where next_check_at <= ?')
  await until('nothing is due', () => due.get(clock.now())?.['n'] === 0)
  database.close()
  await pause(100)
}

/** Redoya's order token stands in the fragment: our return address is in it. */
function readFragment(url: string): string {
  const [, token = ''] = url.split('#')
  return Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')
}
