/**
 * Everything that anybody wrote down in a run: what the auditor compares.
 * @module
 */
import { PROVIDER_NAMES } from './sandbox-control.ts'
import type { ProviderLedgers } from './sandbox-control.ts'
import type { Told } from './merchant.ts'
import type { ProxyRows } from './proxy-rows.ts'
import type { Acknowledged } from './sender.ts'
import type { Sighting } from './shopper.ts'
import type { World } from './world.ts'

export interface Ledgers {
  readonly providers: ProviderLedgers
  readonly proxy: ProxyRows
  readonly merchant: readonly Told[]
  /** What browsers were shown. */
  readonly sightings: readonly Sighting[]
  /** Notifications that the proxy acknowledged. */
  readonly acknowledged: readonly Acknowledged[]
  /** Redoya's orders whose shopper came back to the proxy, and was answered. */
  readonly returned: ReadonlySet<string>
  /** Where Lincoln notifies of its orders, by the order's id: all that ties some of them to us. */
  readonly lincolnAddresses: ReadonlyMap<string, string>
}

/** What the drivers of the run wrote down. */
export type Witnessed = Partial<Pick<Ledgers, 'sightings' | 'acknowledged' | 'returned'>>

/** Reads all three ledgers; the run has to be at rest. */
export async function collectLedgers(world: World, witnessed: Witnessed = {}): Promise<Ledgers> {
  const { sandbox } = world
  const providers = await sandbox.readLedgers()
  const addresses = await findLincolnAddresses(world, providers)
  return {
    providers,
    proxy: await world.readRows(),
    merchant: [...world.merchant.ledger],
    sightings: witnessed.sightings ?? [],
    acknowledged: witnessed.acknowledged ?? [],
    returned: witnessed.returned ?? new Set(),
    lincolnAddresses: addresses,
  }
}

/** Asked only of orders that the proxy does not know by their id: those whose making was not answered. */
async function findLincolnAddresses(
  world: World,
  providers: ProviderLedgers,
): Promise<ReadonlyMap<string, string>> {
  const { payments } = await world.readRows()
  const known = new Set(payments.map(({ ref }) => ref))
  const found = new Map<string, string>()
  for (const { id } of providers.lincoln.payments) {
    const url = known.has(id) ? undefined : await world.sandbox.findAddress('lincoln', id)
    if (url !== undefined) found.set(id, url)
  }
  return found
}

/** Ledgers in which nothing has happened: where tests of the auditor begin. */
export function emptyLedgers(): Ledgers {
  const nothing = { calls: [], payments: [], paid: [] }
  return {
    providers: Object.fromEntries(
      PROVIDER_NAMES.map((name) => [name, nothing]),
    ) as unknown as ProviderLedgers,
    proxy: { checkouts: [], payments: [], facts: [], deliveries: [], events: [], payouts: [] },
    merchant: [],
    sightings: [],
    acknowledged: [],
    returned: new Set(),
    lincolnAddresses: new Map(),
  }
}
