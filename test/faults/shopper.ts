/**
 * Shoppers' browsers: they open checkouts, pick methods and look again, through a proxy that dies under
 * their hands; and what each was shown is written down.
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { signOrder } from '../../merchant/index.ts'
import type { OrderToSign } from '../../merchant/index.ts'
import type { Checkout, Method } from '../../protocol/payment.ts'
import { ORDER_SECRET } from '../proxy/support.ts'
import type { World } from './world.ts'

/** What one tab had on its screen at one time. */
export interface Sighting {
  readonly tab: string
  readonly at: number
  readonly checkoutId: string
  /** The checkout's version, as its ETag says. */
  readonly version: number
  readonly status: string
  readonly paymentId: string | null
  /** What the shopper was told to do, as JSON; null where nothing. */
  readonly instruction: string | null
}

export interface Answer {
  readonly status: number
  readonly checkout: Checkout | undefined
  /** The problem's code, where it is one. */
  readonly code: string | undefined
}

export interface Shoppers {
  readonly sightings: readonly Sighting[]
  /** Signs an order and opens its checkout, in as many tries as it takes. */
  open(order: OrderToSign): Promise<Checkout>
  /** The same from a token that is there already: two tabs of one order. */
  openToken(orderToken: string, tab: string): Promise<Checkout>
  /** One request to pay by a method; status 0 where the line broke. */
  pick(checkout: Checkout, methodId: string, tab?: string): Promise<Answer>
  /** Looks at the checkout; status 0 where the line broke. */
  look(checkoutId: string, tab?: string): Promise<Answer>
  /** Any request, until something answers it. */
  insist(path: string): Promise<number>
}

const PATIENCE_MS = 60_000
const AGAIN_MS = 50
const TIMEOUT_MS = 45_000

/** `timeoutMs`: how long a browser waits for an answer; by default longer than the proxy ever takes. */
export function createShoppers(
  world: Pick<World, 'url' | 'now'>,
  { timeoutMs = TIMEOUT_MS }: { readonly timeoutMs?: number } = {},
): Shoppers {
  const sightings: Sighting[] = []

  async function ask(path: string, tab: string, body?: object): Promise<Answer> {
    const answer = await fetch(world.url + path, {
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
      ...(body && {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    })
    const text = await answer.text()
    const isJson = answer.headers.get('content-type')?.includes('json')
    const json = isJson ? (JSON.parse(text) as Checkout & { code?: string }) : undefined
    const isCheckout = answer.ok && json?.methods !== undefined
    if (isCheckout) note(json, tab, answer.headers.get('etag') ?? '')
    return {
      status: answer.status,
      checkout: isCheckout ? json : undefined,
      code: answer.ok ? undefined : json?.code,
    }
  }

  function note({ id, status, payment }: Checkout, tab: string, etag: string): void {
    sightings.push({
      tab,
      at: world.now(),
      checkoutId: id,
      version: Number(etag.replaceAll('"', '')),
      status,
      paymentId: payment?.id ?? null,
      instruction: payment?.nextAction ? JSON.stringify(payment.nextAction) : null,
    })
  }

  /** The line breaks whenever the proxy dies: a browser says so and is asked to try again. */
  const once = (path: string, tab: string, body?: object): Promise<Answer> =>
    ask(path, tab, body).catch(() => ({ status: 0, checkout: undefined, code: undefined }))

  async function openToken(orderToken: string, tab: string): Promise<Checkout> {
    const end = performance.now() + PATIENCE_MS
    for (;;) {
      const { checkout, status, code } = await once('/v1/checkouts', tab, { orderToken })
      if (checkout) return checkout
      if (performance.now() > end) throw new Error(`no checkout: ${status} ${code}`)
      await sleep(AGAIN_MS)
    }
  }

  return {
    sightings,
    openToken,
    open: async (order) => openToken(await mintToken(order, world.now()), 'first'),
    pick(checkout, methodId, tab = 'first') {
      const method = checkout.methods.find(({ id }) => id === methodId)
      if (!method) throw new Error(`${methodId} is not offered`)
      const body = { methodId, ...answersTo(method) }
      return once(`/v1/checkouts/${checkout.id}/payments`, tab, body)
    },
    look: (checkoutId, tab = 'first') => once(`/v1/checkouts/${checkoutId}`, tab),
    async insist(path) {
      const end = performance.now() + PATIENCE_MS
      for (;;) {
        const { status } = await once(path, 'first')
        if (status > 0 && status < 500) return status
        if (performance.now() > end) throw new Error(`${path} is not answered`)
        await sleep(AGAIN_MS)
      }
    },
  }
}

export const mintToken = (order: OrderToSign, now: number): Promise<string> =>
  signOrder(order, { secret: ORDER_SECRET, now })

/** What the providers of the sandbox ask of a shopper: an address of e-mail, and a tick. */
function answersTo({ fields, consent }: Method): object {
  const required = fields.filter(({ required }) => required)
  return {
    ...(required.length > 0 && {
      fields: Object.fromEntries(required.map(({ id }) => [id, 'shopper@shop.example'])),
    }),
    ...(consent && { consent: true }),
  }
}
