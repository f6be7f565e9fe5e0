/**
 * G3: orders in two tabs each, which pick, reload and pick again, while answers are lost and the proxy is
 * killed every second; then a day goes by. No provider has a payment that we do not know, no order shows
 * two things to pay, and nothing is left open.
 * @module
 */
import { isOpen, isPaidFor } from '../../../protocol/status.ts'
import type { PaymentRecord } from '../../../proxy/records.ts'
import { audit, auditRest } from '../auditor.ts'
import { createChance } from '../chance.ts'
import { forAll } from '../crowd.ts'
import { auditRows, seconds } from '../goal.ts'
import type { Figures, Goal, Scale } from '../goal.ts'
import { heal, took } from '../heal.ts'
import { startKiller } from '../killer.ts'
import { collectLedgers } from '../ledgers.ts'
import type { ProxyRows } from '../proxy-rows.ts'
import { createShoppers } from '../shopper.ts'
import { startWorld } from '../world.ts'
import type { World } from '../world.ts'
import { createTabs } from './tabs.ts'

export interface CreateSize {
  readonly orders: number
  readonly everyMs: number
  /** How far the clock moves at once while the day goes by. */
  readonly stepMs: number
}

const HOUR_MS = 60 * 60_000
const DAY_MS = 24 * HOUR_MS
const SIZES: Readonly<Record<Scale, CreateSize>> = {
  short: { orders: 60, everyMs: 1000, stepMs: 8 * HOUR_MS },
  long: { orders: 2000, everyMs: 1000, stepMs: HOUR_MS },
}
const CROWD = 8
/** A shopper who sees nothing for this long reloads, and in the end comes back later. */
const WAIT_MS = 2500
/** Longer than the turn of a dead proxy is kept for it. */
const DOWN_MS = 10_000
/** Longer than a create may take, and than the proxy waits for one. */
const UNTIL_LOST_MS = 31_000
/** Providers that can be asked for a payment whose making was not answered. */
const CAN_FIND: ReadonlySet<string> = new Set(['cryptom', 'paycrypto'])

export const g3: Goal = {
  title: 'G3 creates under SIGKILL, with lost answers',
  async run({ scale }) {
    const world = await startWorld()
    try {
      return await createUnderFire(world, SIZES[scale])
    } finally {
      await world.close()
    }
  },
}

/** The same with any number of proxies, killed in turn. */
export async function createUnderFire(world: World, size: CreateSize): Promise<Figures> {
  const chance = createChance(Date.now())
  const shoppers = createShoppers(world, { timeoutMs: WAIT_MS })
  const tabs = createTabs(world, shoppers, chance)
  const begin = performance.now()
  const killer = startKiller(world, { ...size, downMs: DOWN_MS })
  await forAll(
    Array.from({ length: size.orders }, (_, index) => `G3-${index}`),
    CROWD,
    tabs.use,
  )
  await killer.stop()
  await world.sandbox.clearFaults()
  const tookMs = performance.now() - begin
  const targets = new Set(
    shoppers.sightings
      .filter(({ instruction }) => instruction !== null)
      .map((seen) => seen.paymentId),
  )

  const lost = (await world.readRows()).payments.filter(({ nextAction }) => nextAction === null)
  await world.advance(UNTIL_LOST_MS)
  const stuck: string[] = []
  await forAll(tabs.unseen, CROWD, async (checkout) => {
    if (!(await tabs.comeBack(checkout))) stuck.push(checkout.orderId)
  })
  const patienceMs = 5000 + size.orders * 60
  const found = await heal(world, (rows) => unfound(rows).length === 0, {
    stepMs: UNTIL_LOST_MS,
    patienceMs,
  })
  const early = await collectLedgers(world, shoppers)
  const rested = await heal(world, isOver, { ...size, patienceMs })
  const ledgers = await collectLedgers(world, shoppers)
  const late = audit(ledgers)
  return {
    rows: [
      ['seed', chance.seed],
      ['orders, picks', `${size.orders}, ${tabs.picks}`],
      ['kills', `${killer.kills} in ${seconds(tookMs)}`],
      ['targets shown under fire', targets.size],
      ['creates without an answer', lost.length],
      ['orders that came back later', tabs.unseen.length],
      ['lost creates found after', took(found)],
      ['over after', took(rested)],
      ...auditRows(late),
    ],
    violations: [
      ...(targets.size > 0 ? [] : ['nothing was shown while the proxy was being killed']),
      ...stuck.map((orderId) => `stuck: order ${orderId} cannot be paid any more`),
      ...unfound(early.proxy).map(
        ({ id, provider }) => `lost: ${id} of ${provider} is not resolved`,
      ),
      ...audit(early).violations,
      ...late.violations,
      ...auditRest(ledgers),
      ...ledgers.proxy.payments
        .filter(({ state }) => state.status === 'review')
        .map(({ id }) => `rest: payment ${id} waits for a person, and nobody has paid it`),
    ],
  }
}

/** Creates without an answer that the provider could be asked about, and nobody knows yet. */
const unfound = ({ payments }: ProxyRows): readonly PaymentRecord[] =>
  payments.filter(
    ({ provider, nextAction, ref, state }) =>
      CAN_FIND.has(provider) && nextAction === null && ref === null && isOpen(state.status),
  )

/** Nothing is under way, and a day has made an end of what was lost. */
function isOver({ payments, checkouts, deliveries }: ProxyRows): boolean {
  const isTold = deliveries.every(({ status }) => status === 'delivered')
  const isEnded = checkouts.every(
    ({ status, updatedAt, createdAt }) => isPaidFor(status) || updatedAt - createdAt >= DAY_MS,
  )
  return isTold && isEnded && !payments.some(({ state }) => isOpen(state.status))
}
