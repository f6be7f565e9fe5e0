/**
 * The world of one test file: the real proxy as a process of its own, the sandbox and the shop, and
 * what a merchant and a payer can see and do in it.
 * @module
 */
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CartLine } from '../../demo/orders.ts'
import { startStack } from '../../demo/stack.ts'
import type { Stack } from '../../demo/stack.ts'
import type { SandboxPayment } from '../../sandbox/index.ts'

/** An order of the shop, ready to be paid. */
export interface PlacedOrder {
  readonly orderId: string
  readonly orderToken: string
  readonly checkoutUrl: string
}

/** What the merchant's route says of a payment. */
export interface MerchantPayment {
  readonly id: string
  readonly provider: string
  readonly ref: string | null
  readonly status: string
  readonly reason: string | null
}

/** What it says of an order. */
export interface MerchantCheckout {
  readonly id: string
  readonly status: string
  readonly reason: string | null
  readonly priceSource: string
  readonly payments: readonly MerchantPayment[]
}

/** A webhook that a payment company sent, or would have. */
export interface Notified {
  readonly provider: string
  readonly paymentId: string
  readonly state: string
  readonly isForged: boolean
  readonly attempts: readonly { readonly status: number | null }[]
}

export type Played = SandboxPayment & { readonly provider: string }

export interface World {
  readonly stack: Stack
  /** Places an order as the shop's own page does. */
  place(cart: readonly CartLine[]): Promise<PlacedOrder>
  /** The order by the merchant's route; undefined where nobody has opened its checkout. */
  merchant(orderId: string): Promise<MerchantCheckout | undefined>
  /** Waits until the merchant is told that the order's last payment stands so. */
  paymentIs(orderId: string, status: string): Promise<MerchantPayment>
  /** Waits until the merchant is told this status. */
  merchantSees(orderId: string, status: string): Promise<MerchantCheckout>
  /** What the payment company has of this order's payments. */
  played(orderId: string): Promise<readonly Played[]>
  /** Plays the payer, or the payment company, on the order's last payment. */
  play(orderId: string, action: string, amount?: string): Promise<void>
  /** The next answer of this operation goes wrong. */
  mishap(operation: `${string}/${string}`, kind: string): Promise<void>
  /** Something happens to this company's next notification: `lose`, `forge`, `double`, … */
  notify(provider: string, kind: string): Promise<void>
  /** What the company notified of this order's payments, oldest first. */
  notified(orderId: string): Promise<readonly Notified[]>
  /** What the proxy's log holds of errors. */
  complaints(): readonly string[]
  close(): Promise<void>
}

const WAIT_MS = 20_000

/** `origins` are pages outside of the shop that may embed the checkout. */
export async function startWorld(origins: readonly string[] = []): Promise<World> {
  const dataDir = mkdtempSync(join(tmpdir(), 'checkout-e2e-'))
  const stack = await startStack({ dataDir, hasUsualPorts: false, origins })
  const { shopUrl, merchantUrl, sandboxUrls, secrets } = stack

  const ask = async <T>(path: string): Promise<T> => {
    const headers = { authorization: `Bearer ${secrets.merchantKey}` }
    return read(await fetch(`${merchantUrl}/v1/merchant/checkouts${path}`, { headers }))
  }
  const control = (path: string, body?: object): Promise<Response> =>
    fetch(sandboxUrls.control + path, body && { method: 'POST', ...json(body) })

  const merchant: World['merchant'] = async (orderId) => {
    const { checkouts } = await ask<{ checkouts: { id: string }[] }>(`?orderId=${orderId}`)
    assert.ok(checkouts.length <= 1, 'one order, one checkout')
    return checkouts[0] && ask<MerchantCheckout>(`/${checkouts[0].id}`)
  }
  const played: World['played'] = async (orderId) => {
    const all = await read<Played[]>(await control('/payments'))
    const { payments = [] } = (await merchant(orderId)) ?? {}
    return all.filter(({ id, reference }) =>
      payments.some((payment) => payment.ref === id || payment.id === reference),
    )
  }

  return {
    stack,
    place: async (cart) =>
      read(await fetch(`${shopUrl}/api/orders`, { method: 'POST', ...json({ cart }) })),
    merchant,
    merchantSees: (orderId, status) =>
      until(`the merchant sees ${status}`, async () => {
        const checkout = await merchant(orderId)
        return checkout?.status === status ? checkout : undefined
      }),
    played,
    paymentIs: (orderId, status) =>
      until(`the payment is ${status}`, async () => {
        const payment = (await merchant(orderId))?.payments.at(-1)
        return payment?.status === status ? payment : undefined
      }),
    async play(orderId, action, amount) {
      const [latest] = await played(orderId)
      assert.ok(latest, 'the payment company knows the payment')
      const path = `/payments/${latest.provider}/${latest.id}`
      await read(await control(path, { action, ...(amount !== undefined && { amount }) }))
    },
    async mishap(operation, kind) {
      const [provider, name] = operation.split('/')
      await read(await control('/faults', { provider, operation: name, kind }))
    },
    async notify(provider, kind) {
      await read(await control('/notify', { provider, kind }))
    },
    async notified(orderId) {
      const [all, own] = [
        await read<Notified[]>(await control('/notifications')),
        await played(orderId),
      ]
      return all.filter(({ paymentId }) => own.some(({ id }) => id === paymentId))
    },
    complaints: () =>
      readFileSync(stack.proxyLog, 'utf8')
        .split('\n')
        .filter((line) => /"level":"error"|internal_error/.test(line)),
    async close() {
      await stack.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** Asks again and again until there is an answer. */
export async function until<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  const end = Date.now() + WAIT_MS
  while (Date.now() < end) {
    const found = await look()
    if (found !== undefined) return found
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new assert.AssertionError({ message: `did not come about: ${what}` })
}

async function read<T>(answer: Response): Promise<T> {
  const text = await answer.text()
  assert.ok(answer.ok, `${answer.url} answered ${answer.status}: ${text}`)
  return JSON.parse(text) as T
}

const json = (body: object) => ({
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})
