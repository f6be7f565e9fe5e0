/**
 * Where a provider lists its payments, the list is compared with what we know, once a minute and by one
 * proxy: whatever differs is asked about. An outage of its notifications costs a minute, no payment.
 * @module
 */
import { randomUUID } from 'node:crypto'
import { ProviderError } from './errors.ts'
import { tellFailure } from './provider-calls.ts'
import type { Provider } from './provider.ts'
import { WATCHED_MS } from './schedule.ts'
import type { Services } from './services.ts'

/** Looks at every list; a provider without one costs nothing. */
export type Sweep = () => Promise<void>

const EVERY_MS = 60_000

export function createSweep({ store, providers, now, log }: Services): Sweep {
  const holder = randomUUID()

  async function sweepOne(provider: Provider): Promise<void> {
    const to = now()
    const from = to - WATCHED_MS
    // The lease is not given back: it is what makes this once a minute, over all proxies.
    const turn = await store.takeLease(`sweep:${provider.id}`, holder, to, EVERY_MS)
    if (turn === undefined) return
    const known = await store.checks.listKnown(provider.id, from)
    if (known.length === 0) return
    const listed = await provider.listRecent?.(from, to)
    const statuses = new Map(listed?.map((each) => [each.paymentId, each.providerStatus]))
    const differing = known.filter(({ paymentId, providerStatus }) => {
      const status = statuses.get(paymentId)
      return status !== undefined && status !== providerStatus
    })
    for (const { paymentId, checkoutId } of differing) {
      await store.checks.hint(paymentId, now())
      log('info', 'sweep.found', {
        checkout: checkoutId,
        payment: paymentId,
        provider: provider.id,
        providerStatus: statuses.get(paymentId),
      })
    }
  }

  return async () => {
    for (const provider of providers.values()) {
      if (!provider.listRecent) continue
      try {
        await sweepOne(provider)
      } catch (error) {
        if (!(error instanceof ProviderError)) throw error
        tellFailure(log, { provider: provider.id, operation: 'listRecent' }, error)
      }
    }
  }
}
