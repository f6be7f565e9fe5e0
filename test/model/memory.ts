/**
 * What the model itself remembers: what was signed, what really happened at the providers, and how
 * everything stood one step ago.
 * @module
 */
import { readEntries } from '../faults/provider-books.ts'
import type { Entry } from '../faults/provider-books.ts'
import type { Ledgers } from '../faults/ledgers.ts'
import type { ProxyRows } from '../faults/proxy-rows.ts'
import { now } from './life.ts'
import type { World } from './world.ts'

/** A payment on Redoya's page, which only the shopper's browser can tell us of. */
export interface Card {
  readonly id: string
  readonly redirect: string
  /** Its answers are not the truth. */
  readonly isSpoilt: boolean
}

/** Money that really came, all of it, for a payment of ours. */
export interface Proof {
  readonly provider: string
  readonly id: string
  readonly owner: string
  /** The provider still says so; an exchanger moves its orders by hand, back too. */
  isThere: boolean
  /** When it came last, and what was known of that payment then. */
  at: number
  statusThen: string
  changedThen: number
}

export interface Memory {
  /** The amount that each order was signed with first; whatever else claims to be it, is not. */
  readonly orders: Map<string, { amount: string; tokens: string[] }>
  readonly checkouts: string[]
  readonly cards: Card[]
  /** Redoya's orders whose shopper came back, and was answered. */
  readonly returned: Set<string>
  readonly proofs: Map<string, Proof>
  before: ProxyRows
  /** How much of each list was looked at. */
  seenBodies: number
  seenAcknowledged: number
}

export const createMemory = (world: World): Memory => ({
  orders: new Map(),
  checkouts: [],
  cards: [],
  returned: new Set(),
  proofs: new Map(),
  before: world.rows(),
  seenBodies: 0,
  seenAcknowledged: 0,
})

/** Everything that anybody wrote down, as the auditor reads it. */
export function collect(world: World, memory: Memory): Ledgers {
  return {
    providers: world.fakes.readLedgers(),
    proxy: world.rows(),
    merchant: world.network.told.map((told) => ({
      ...told,
      manner: told.isAcknowledged ? 'acknowledge' : 'cut',
    })) as unknown as Ledgers['merchant'],
    sightings: world.sightings,
    acknowledged: [],
    returned: memory.returned,
    lincolnAddresses: world.fakes.lincolnAddresses(),
  }
}

/** Notes what has really been paid by now, and answers all that exists at the providers. */
export function witness(ledgers: Ledgers, memory: Memory): readonly Entry[] {
  const entries = readEntries(ledgers)
  const spoilt = new Set(memory.cards.filter(({ isSpoilt }) => isSpoilt).map(({ id }) => id))
  const changes = Map.groupBy(ledgers.proxy.facts, ({ paymentId }) => paymentId)
  for (const { provider, payment, owner, isPaid, differs } of entries) {
    const key = `${provider} ${payment.id}`
    const isProof = isPaid && owner && differs === undefined && !spoilt.has(payment.id)
    const known = memory.proofs.get(key)
    if (known && !isPaid) known.isThere = false
    if (!isProof || known?.isThere) continue
    memory.proofs.set(key, {
      provider,
      id: payment.id,
      owner: owner.id,
      isThere: true,
      at: now(),
      statusThen: owner.state.status,
      changedThen: changes.get(owner.id)?.at(-1)?.at ?? owner.createdAt,
    })
  }
  return entries
}
