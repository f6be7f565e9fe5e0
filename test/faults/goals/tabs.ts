/**
 * Orders that are opened in two tabs each, which pick at once, reload, and change their minds, while
 * creates fail and their answers are lost.
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Checkout } from '../../../protocol/payment.ts'
import type { Chance } from '../chance.ts'
import { becomes } from '../crowd.ts'
import { METHODS, orderOf } from '../flows.ts'
import { PROVIDER_NAMES } from '../sandbox-control.ts'
import type { ProviderName } from '../sandbox-control.ts'
import { mintToken } from '../shopper.ts'
import type { Shoppers } from '../shopper.ts'
import type { World } from '../world.ts'

export interface Tabs {
  readonly picks: number
  /** Orders of which at least one tab saw nothing. */
  readonly unseen: readonly Checkout[]
  /** One order, from its opening until both tabs have looked at what came of it. */
  use(orderId: string): Promise<void>
  /** One who saw nothing is back; true once something is shown. */
  comeBack(checkout: Checkout): Promise<boolean>
}

/** What the providers call the making of a payment. Redoya's is made by the shopper's browser. */
const CREATES: Readonly<Partial<Record<ProviderName, string>>> = {
  cryptom: 'create',
  lipaykripto: 'payment',
  paycrypto: 'create',
  lincoln: 'create',
}
/** Of all creates. */
const BROKEN = 0.05
const LOST = 0.1
/** Of all orders: both tabs want the same; one of them wants something else after all. */
const ALIKE = 0.5
const FICKLE = 0.5
const TABS = ['first', 'second'] as const
const RELOADS = 3
const BACK_MS = 20_000

export function createTabs(world: World, shoppers: Shoppers, chance: Chance): Tabs {
  const unseen: Checkout[] = []
  let picks = 0

  /** The provider's next create fails, or its answer is lost. */
  async function spoil(provider: ProviderName): Promise<void> {
    const operation = CREATES[provider]
    const isLost = chance.hits(LOST)
    const isBroken = chance.hits(BROKEN)
    if (operation === undefined || !(isLost || isBroken)) return
    const kind = isLost ? 'reset' : 'status-500'
    await world.sandbox.addFault({ provider, operation, kind, afterEffect: isLost })
  }

  async function pick(checkout: Checkout, provider: ProviderName, tab: string): Promise<boolean> {
    await spoil(provider)
    picks += 1
    const { checkout: picked } = await shoppers.pick(checkout, METHODS[provider], tab)
    return Boolean(picked?.payment?.nextAction)
  }

  /** One tab: opens the order, picks, and reloads until something is shown; true once it is. */
  async function show(orderToken: string, tab: string, provider: ProviderName): Promise<boolean> {
    for (let loads = 0; loads <= RELOADS; loads += 1) {
      const checkout = await shoppers.openToken(orderToken, tab)
      if (checkout.payment?.nextAction) return true
      if (await pick(checkout, provider, tab)) return true
    }
    return false
  }

  return {
    get picks() {
      return picks
    },
    unseen,
    async use(orderId) {
      const orderToken = await mintToken(orderOf(orderId), world.now())
      const [one = 'redoya', other = one, third = one] = chance.shuffle(PROVIDER_NAMES)
      const wanted = [one, chance.hits(ALIKE) ? one : other]
      const seen = await Promise.all(
        TABS.map((tab, place) => show(orderToken, tab, wanted[place] ?? one)),
      )
      const checkout = await shoppers.openToken(orderToken, TABS[0])
      if (chance.hits(FICKLE)) await pick(checkout, third, TABS[1])
      await Promise.all(TABS.map((tab) => shoppers.look(checkout.id, tab)))
      if (seen.includes(false)) unseen.push(checkout)
    },
    comeBack: (checkout) =>
      becomes(async () => {
        const { checkout: now } = await shoppers.look(checkout.id)
        if (now?.payment?.nextAction) return true
        const { checkout: picked } = await shoppers.pick(checkout, METHODS.redoya)
        await sleep(100)
        return Boolean(picked?.payment?.nextAction)
      }, BACK_MS),
  }
}
