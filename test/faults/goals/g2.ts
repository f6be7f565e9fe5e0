/**
 * G2: orders are paid while the proxy is killed every second and the merchant's backend dies after
 * processing, refuses, redirects or is away. Every change that is to be told arrives at least once, under
 * one id, and not too often.
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { isPaidFor } from '../../../protocol/status.ts'
import { audit, auditRest } from '../auditor.ts'
import { forAll } from '../crowd.ts'
import { tryPayment } from '../flows.ts'
import { auditRows, seconds } from '../goal.ts'
import type { Figures, Goal, Scale } from '../goal.ts'
import { heal, took } from '../heal.ts'
import { startKiller } from '../killer.ts'
import { collectLedgers } from '../ledgers.ts'
import type { Manner } from '../merchant.ts'
import { createPayer } from '../payer.ts'
import { createShoppers } from '../shopper.ts'
import { startWorld } from '../world.ts'
import type { World } from '../world.ts'

interface Size {
  readonly orders: number
  readonly everyMs: number
}

const SIZES: Readonly<Record<Scale, Size>> = {
  short: { orders: 80, everyMs: 1000 },
  long: { orders: 4000, everyMs: 1000 },
}
const PROVIDERS = ['redoya', 'paycrypto'] as const
/** Its turns outlive the proxy that held them, and are no part of this goal. */
const WITHOUT_LINCOLN = {
  LINCOLN_BASE_URL: '',
  LINCOLN_API_KEY: '',
  LINCOLN_API_SECRET: '',
  LINCOLN_VALUES: '',
}
const CROWD = 8
/** A shopper who sees nothing for this long comes back when the fire is over. */
const WAIT_MS = 2000
/** Then a create that was not answered counts as lost, once the workers have looked at it. */
const UNTIL_LOST_MS = 31_000
const WORKERS_MS = 2000
/** Of all requests: more would be the receiver's doing, not ours. */
const MOST_REPEATED = 0.25
/** One manner after the other, each for a while. */
const MANNERS: readonly Manner[] = ['die-after', 'status-500', 'redirect', 'acknowledge']
const ONE_OF = 12
const MANNER_MS = 700
const AWAY_MS = 500

export const g2: Goal = {
  title: 'G2 what the merchant is told, under SIGKILL',
  async run({ scale }) {
    const world = await startWorld({ environment: WITHOUT_LINCOLN })
    try {
      return await tellUnderFire(world, SIZES[scale])
    } finally {
      await world.close()
    }
  },
}

async function tellUnderFire(world: World, size: Size): Promise<Figures> {
  const shoppers = createShoppers(world, { timeoutMs: WAIT_MS })
  const pay = createPayer(world.sandbox)
  const returned = new Set<string>()

  /** False where a create was lost, and its shopper gave up. */
  async function buy(index: number): Promise<boolean> {
    const provider = PROVIDERS[index % PROVIDERS.length] ?? 'redoya'
    const shown = await tryPayment(shoppers, `G2-${index}`, provider, WAIT_MS)
    if (!shown) return false
    const page = await pay({ ...shown, ref: null })
    const { pathname } = new URL(page ?? '')
    await shoppers.insist(pathname)
    if (provider === 'redoya') returned.add(pathname.split('/').at(-1) ?? '')
    return true
  }

  const later: number[] = []
  const begin = performance.now()
  const killer = startKiller(world, size)
  const trouble = troubleMerchant(world)
  await forAll(
    Array.from({ length: size.orders }, (_, index) => index),
    CROWD,
    async (index) => {
      if (!(await buy(index))) later.push(index)
    },
  )
  await killer.stop()
  const underFire = world.merchant.ledger.length
  const tookMs = performance.now() - begin

  await world.advance(UNTIL_LOST_MS)
  await sleep(WORKERS_MS)
  const never: number[] = []
  for (const index of later) if (!(await buy(index))) never.push(index)
  await trouble.stop()
  const healed = await heal(
    world,
    ({ checkouts, deliveries }) =>
      checkouts.every(({ status }) => isPaidFor(status)) &&
      deliveries.every(({ status }) => status === 'delivered'),
    { patienceMs: 30_000 + size.orders * 20 },
  )
  const ledgers = await collectLedgers(world, { sightings: shoppers.sightings, returned })
  const result = audit(ledgers)
  const { told, toldDistinct, deliveries } = result.counts
  const refused = ledgers.merchant.filter(({ manner }) => manner !== 'acknowledge').length
  const repeated = (told - toldDistinct) / Math.max(1, told)
  return {
    rows: [
      ['orders', size.orders],
      ['kills', `${killer.kills} in ${seconds(tookMs)}`],
      ['changes to be told', deliveries],
      ['told under fire', underFire],
      ['told, different ones', `${told}, ${toldDistinct}`],
      ['orders that came back later', later.length],
      ['answered badly by the merchant', refused],
      ['repeated', `${(repeated * 100).toFixed(1)} %`],
      ['healed after', took(healed)],
      ...auditRows(result),
    ],
    violations: [
      ...result.violations,
      ...auditRest(ledgers).filter((sentence) => sentence.includes('delivery')),
      ...(underFire > 0 ? [] : ['nothing was told while the proxy was being killed']),
      ...never.map((index) => `stuck: order G2-${index} cannot be paid any more`),
      ...(toldDistinct === deliveries ? [] : [`told ${toldDistinct} of ${deliveries} changes`]),
      ...(repeated <= MOST_REPEATED ? [] : [`${(repeated * 100).toFixed(1)} % were repeated`]),
    ],
  }
}

/** The receiver's day: each manner for a while, and away now and then. */
function troubleMerchant({ merchant }: World): { stop(): Promise<void> } {
  const stopping = new AbortController()
  const run = async (): Promise<void> => {
    for (let turn = 0; !stopping.signal.aborted; turn += 1) {
      const manner = MANNERS[turn % MANNERS.length] ?? 'acknowledge'
      merchant.behave(manner, ONE_OF)
      await sleep(MANNER_MS)
      if (manner !== 'acknowledge') continue
      await merchant.goDown()
      await sleep(AWAY_MS)
      await merchant.comeUp()
    }
    merchant.behave('acknowledge')
  }
  const running = run()
  return {
    async stop() {
      stopping.abort()
      await running
    },
  }
}
