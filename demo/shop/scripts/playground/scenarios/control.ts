/**
 * The sandbox's control API and the proxy's view of an order, as scenarios need them.
 * @module
 */
import type { Checkout } from '../../../../../protocol/payment.ts'

/** The fetch that the journal does not hear. */
export type Ask = typeof fetch

export interface PlayedPayment {
  readonly id: string
  readonly provider: string
  readonly reference: string | null
}

export interface Control {
  /** The order as the shopper's page may read it. */
  read(checkoutId: string): Promise<Checkout>
  /** The order's payment at the company; waits until it is there. */
  find(orderId: string, provider: string): Promise<PlayedPayment>
  post(path: string, body: object): Promise<unknown>
  /** Takes all mishaps back. */
  calm(): Promise<void>
}

const LOOK_MS = 150
const PATIENCE_MS = 8000

export function createControl(ask: Ask, sandboxUrl: string, proxyUrl: string): Control {
  async function call(url: string, init?: RequestInit): Promise<unknown> {
    const answer = await ask(url, init)
    const said: unknown = answer.status === 204 ? null : await answer.json()
    if (answer.ok) return said
    throw new Error(
      (said as { detail?: string } | null)?.detail ?? `${url} answered ${answer.status}.`,
    )
  }
  const post = (path: string, body: object): Promise<unknown> =>
    call(sandboxUrl + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  return {
    post,
    read: async (id) => (await call(`${proxyUrl}/v1/checkouts/${id}`)) as Checkout,
    async find(orderId, provider) {
      const path = `/demo/payments?orderId=${encodeURIComponent(orderId)}`
      return waitFor('the payment at the company', PATIENCE_MS, async () => {
        const { payments } = (await call(path)) as {
          payments: { id: string; ref: string | null }[]
        }
        const all = (await call(`${sandboxUrl}/payments`)) as PlayedPayment[]
        return all.find(
          (each) =>
            each.provider === provider &&
            payments.some(({ id, ref }) => ref === each.id || id === each.reference),
        )
      })
    },
    async calm() {
      for (const path of ['/faults', '/notify']) await call(sandboxUrl + path, { method: 'DELETE' })
      await post('/clock', { skewMs: 0 })
    },
  }
}

/** Looks again and again. Throws with what it waited for. */
export async function waitFor<T>(
  what: string | (() => string),
  patienceMs: number,
  look: () => Promise<T | undefined>,
): Promise<T> {
  const end = performance.now() + patienceMs
  while (performance.now() < end) {
    const found = await look()
    if (found !== undefined) return found
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
  throw new Error(`Waited in vain for ${typeof what === 'string' ? what : what()}.`)
}
