/**
 * A shop for tests of what survives: all five providers, a store that outlives its proxy, and a merchant
 * who is told of every change.
 * @module
 */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeLincolnValues } from '../../demo/lincoln-values.ts'
import type { OrderToSign } from '../../merchant/index.ts'
import type { Checkout } from '../../protocol/payment.ts'
import type { ProxyOptions } from '../../proxy/create-proxy.ts'
import { startReceiver } from './receiver.ts'
import { fullEnvironment, startStack } from './support.ts'
import type { Answer } from './support.ts'

export const WEBHOOK_SECRET = `whsec_${Buffer.alloc(32, 'durability').toString('base64')}`

export const PROVIDERS = ['cryptom', 'redoya', 'lipaykripto', 'paycrypto', 'lincoln'] as const
export type ProviderName = (typeof PROVIDERS)[number]

/** What a shopper sends to start paying: the method, and what it asks for. */
const PICKS: Readonly<Record<ProviderName, { methodId: string; fields?: object; consent?: true }>> =
  {
    cryptom: { methodId: 'cryptom:USDT:TRON' },
    redoya: { methodId: 'redoya' },
    lipaykripto: { methodId: 'lipaykripto' },
    paycrypto: { methodId: 'paycrypto:USDT:TRON' },
    lincoln: {
      methodId: `lincoln:65a0${'1'.padStart(20, '0')}`,
      fields: { [`65f0${'1'.padStart(18, '0')}01`]: 'shopper@shop.example' },
      consent: true,
    },
  }

export interface DetailedPayment {
  readonly id: string
  readonly provider: string
  readonly ref: string | null
  readonly status: string
  readonly reason: string | null
  readonly assurance: string | null
  readonly paidAt: string | null
  readonly providerStatus: string | null
  readonly facts: readonly { readonly kind: string; readonly status: string }[]
}

/** A checkout as the merchant reads it. */
export interface Detail extends Checkout {
  readonly version: number
  readonly payments: readonly DetailedPayment[]
}

export interface Delivery {
  readonly id: string
  readonly checkoutId: string
  readonly version: number
  readonly type: string
  readonly status: string
  readonly attempts: number
  readonly nextAt: string | null
  readonly answer: string | null
  readonly createdAt: string
  readonly deliveredAt: string | null
}

/** A payment of the sandbox's own books. */
interface BookedPayment {
  readonly provider: string
  readonly id: string
  readonly status: string
  readonly reference: string | null
  readonly createdAt: string
}

/** Starts everything. `close()` ends it and forgets the store. */
export async function startShop(
  overrides: Record<string, string | undefined> = {},
  options: Partial<ProxyOptions> = {},
) {
  const directory = mkdtempSync(join(tmpdir(), 'cc-shop-'))
  const file = join(directory, 'checkout.db')
  const receiver = await startReceiver()
  const settings = {
    DATABASE_URL: `file:${file}`,
    MERCHANT_WEBHOOK_URL: receiver.url,
    MERCHANT_WEBHOOK_SECRET: WEBHOOK_SECRET,
    LINCOLN_VALUES: writeLincolnValues(directory),
    ...overrides,
  }
  const stack = await startStack(settings, options, fullEnvironment)

  /** An order that every provider can charge. */
  const open = (order: Partial<OrderToSign> = {}): Promise<Checkout> =>
    stack.openCheckout({ alternatives: [{ amount: '12.50', currency: 'USDT' }], ...order })

  const pick = ({ id }: Checkout, provider: ProviderName): Promise<Answer<Checkout>> =>
    stack.request('POST', `/v1/checkouts/${id}/payments`, PICKS[provider])

  const read = async ({ id }: Checkout): Promise<Checkout> =>
    (await stack.request<Checkout>('GET', `/v1/checkouts/${id}`)).body

  const detail = async ({ id }: Checkout): Promise<Detail> =>
    (await stack.merchant<Detail>('GET', `/checkouts/${id}`)).body

  /** Opens an order and starts paying it; only this provider can take over for itself. */
  async function begin(provider: ProviderName, order: Partial<OrderToSign> = {}) {
    const { methodId } = PICKS[provider]
    const { status, body: checkout } = await pick(
      await open({ methods: [methodId], ...order }),
      provider,
    )
    assert.equal(status, 200, JSON.stringify(checkout))
    const payment = (await detail(checkout)).payments.at(-1) ?? assert.fail()
    return { checkout, payment }
  }

  /** All that a provider has in its books, newest first. */
  const booked = async (provider: ProviderName): Promise<readonly BookedPayment[]> => {
    const all = await stack.control<readonly BookedPayment[]>('GET', '/payments')
    return all.filter((each) => each.provider === provider)
  }

  /** Plays an action on a payment by the provider's id of it. */
  const play = (provider: ProviderName, ref: string | null, action: string, more: object = {}) =>
    stack.control('POST', `/payments/${provider}/${ref}`, { action, ...more })

  /** The shopper pays, whichever way it is; a card's shopper comes back as well. */
  async function pay(checkout: Checkout, { id, provider, ref }: DetailedPayment): Promise<void> {
    if (provider === 'cryptom') await play('cryptom', ref, 'pay')
    if (provider === 'paycrypto') await play('paycrypto', ref, 'success')
    if (provider === 'lincoln') await play('lincoln', ref, 'done')
    if (provider === 'lipaykripto') await play('lipaykripto', id, 'confirm')
    if (provider === 'redoya') await comeBack(await payByCard(checkout))
  }

  /** What the card page does; answers the address that it sends the browser to. */
  async function payByCard(checkout: Checkout, outcome = 'success'): Promise<string> {
    const action = checkout.payment?.nextAction
    assert.equal(action?.type, 'redirect')
    const [, orderToken = '', identifier = ''] = action.url.split('#')
    const order = { orderToken, identifier, outcome }
    return (await stack.control<{ redirect: string }>('POST', '/redoya/orders', order)).redirect
  }

  async function comeBack(redirect: string): Promise<void> {
    const { pathname, search } = new URL(redirect)
    await stack.request('GET', pathname + search)
  }

  /** How often a provider was called, and what for. */
  async function countCalls(provider: ProviderName, operation?: string): Promise<number> {
    const ledger = await stack.control<
      Record<string, { calls: readonly { readonly operation: string }[] }>
    >('GET', '/ledger')
    const { calls = [] } = ledger[provider] ?? {}
    return calls.filter((call) => operation === undefined || call.operation === operation).length
  }

  const breakNext = (provider: ProviderName, operation: string, kind: string, more: object = {}) =>
    stack.control('POST', '/faults', { provider, operation, kind, ...more })

  const becomes = (checkout: Checkout, status: string): Promise<Detail> =>
    until(`the order is ${status}`, async () => {
      const now = await detail(checkout)
      return now.status === status ? now : undefined
    })

  /** Its payment of this place, once it is like this. */
  const paymentBecomes = (
    checkout: Checkout,
    place: number,
    status: string,
    reason: string | null = null,
  ): Promise<DetailedPayment> =>
    until(`payment ${place} is ${status}/${reason}`, async () => {
      const payment = (await detail(checkout)).payments.at(place)
      return payment?.status === status && payment.reason === reason ? payment : undefined
    })

  const deliveries = async (query = ''): Promise<readonly Delivery[]> => {
    const { body } = await stack.merchant<{ deliveries: readonly Delivery[] }>(
      'GET',
      `/deliveries${query}`,
    )
    return body.deliveries
  }

  return {
    ...stack,
    get proxy() {
      return stack.proxy
    },
    file,
    /** What its proxy is told beyond the environment of every proxy here. */
    settings,
    receiver,
    open,
    pick,
    read,
    detail,
    begin,
    booked,
    play,
    pay,
    payByCard,
    comeBack,
    countCalls,
    breakNext,
    becomes,
    paymentBecomes,
    deliveries,
    async close() {
      await receiver.close()
      await stack.close().catch(() => undefined)
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

export type Shop = Awaited<ReturnType<typeof startShop>>

/** Waits for something to become true: workers go their rounds by themselves. */
export async function until<T>(what: string, look: () => T | Promise<T>): Promise<NonNullable<T>> {
  for (let tries = 0; tries < 100; tries += 1) {
    const found = await look()
    if (found !== undefined && found !== null && found !== false) return found
    await pause(50)
  }
  return assert.fail(`did not happen: ${what}`)
}

export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, ms))
