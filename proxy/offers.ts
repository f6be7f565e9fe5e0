/**
 * Which methods an order is offered: those of every provider that can charge it, in the merchant's
 * order, those of a provider that is down at the end.
 * @module
 */
import type { Order } from '../protocol/api.ts'
import type { Method } from '../protocol/payment.ts'
import type { Services } from './services.ts'
import { offer } from './policy.ts'
import { tellFailure } from './provider-calls.ts'
import type { Provider, ProviderMethod } from './provider.ts'

export interface OfferOptions extends Pick<Services, 'providers' | 'now' | 'log'> {
  /** Providers or methods, in the order in which they are offered; the rest follows. */
  readonly methodOrder: readonly string[]
  /** Whether a provider's calls are failing now. */
  readonly isDown: (providerId: string) => boolean
}

export type ListOffers = (order: Pick<Order, 'prices' | 'methods'>) => Promise<readonly Method[]>

const FRESH_MS = 5 * 60_000
/** A shopper waits this long for a provider's list, and then goes without it. */
const PATIENCE_MS = 2000

interface Known {
  readonly methods: readonly ProviderMethod[]
  readonly until: number
}

export function createOffers(options: OfferOptions): ListOffers {
  const { providers, now, log } = options
  const known = new Map<string, Known>()
  const asking = new Map<string, Promise<void>>()

  /** What is known at once; asked again behind the shopper's back when it is old. */
  async function methodsOf(provider: Provider): Promise<readonly ProviderMethod[]> {
    const cached = known.get(provider.id)
    if (cached && now() < cached.until) return cached.methods
    const refresh = asking.get(provider.id) ?? ask(provider)
    asking.set(provider.id, refresh)
    if (cached) return cached.methods
    await Promise.race([
      refresh,
      new Promise((resolve) => setTimeout(resolve, PATIENCE_MS).unref()),
    ])
    return known.get(provider.id)?.methods ?? []
  }

  async function ask(provider: Provider): Promise<void> {
    try {
      known.set(provider.id, { methods: await provider.listMethods(), until: now() + FRESH_MS })
    } catch (error) {
      tellFailure(log, { provider: provider.id, operation: 'listMethods' }, error)
    } finally {
      asking.delete(provider.id)
    }
  }

  return async ({ prices, methods: wanted }) => {
    const perProvider = await Promise.all([...providers.values()].map(methodsOf))
    const offered = perProvider
      .flat()
      .flatMap((method) => offer(method, prices) ?? [])
      .filter(({ id }) => !wanted || wanted.some((name) => isNamedBy(id, name)))
    const rank = ({ id }: Method): number => {
      const index = options.methodOrder.findIndex((name) => isNamedBy(id, name))
      const place = index < 0 ? options.methodOrder.length : index
      return options.isDown(id.split(':', 1)[0] ?? '') ? place + LAST : place
    }
    return offered.toSorted((a, b) => rank(a) - rank(b))
  }
}

const LAST = 1_000_000

/** `cryptom` names all its methods, `cryptom:USDT` those of a coin, `cryptom:USDT:TRON` one. */
const isNamedBy = (id: string, name: string): boolean => id === name || id.startsWith(`${name}:`)
