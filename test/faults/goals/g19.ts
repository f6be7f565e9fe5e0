/**
 * G19: the merchant's backend is away for an hour, in several ways, while orders are made and paid.
 * Two minutes after it is back it has heard everything, each change under one id, and nothing
 * again that it had acknowledged. Only what it called gone is not told.
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { audit } from '../auditor.ts'
import { forAll } from '../crowd.ts'
import { showPayment } from '../flows.ts'
import type { Shown } from '../flows.ts'
import { auditRows } from '../goal.ts'
import type { Figures, Goal, Scale } from '../goal.ts'
import { collectLedgers } from '../ledgers.ts'
import type { Manner } from '../merchant.ts'
import { createPayer } from '../payer.ts'
import type { ProxyRows } from '../proxy-rows.ts'
import { createShoppers } from '../shopper.ts'
import type { Shoppers } from '../shopper.ts'
import { startWorld } from '../world.ts'
import type { World } from '../world.ts'

interface Size {
  readonly orders: number
  readonly proxies: 1 | 2
  /** A proxy dies at the moment when the merchant comes back, and does not know that he was away. */
  readonly dies: boolean
}

const SIZES: Readonly<Record<Scale, readonly Size[]>> = {
  short: [{ orders: 44, proxies: 1, dies: false }],
  long: [
    { orders: 300, proxies: 1, dies: false },
    { orders: 300, proxies: 1, dies: true },
    { orders: 300, proxies: 2, dies: false },
  ],
}
/** How an hour goes by, in steps: what the merchant does, or that nobody is there. */
const HOUR: readonly (readonly [manner: Manner | 'away', steps: number])[] = [
  ['gone', 3],
  ['away', 3],
  ['redirect', 2],
  ['hang', 2],
  ['status-500', 2],
]
const STEP_MS = 5 * 60_000
/** The proxies look for work once a second. */
const STEP_TAKES_MS = 600
const GONE_ONE_OF = 3
const HEAL_MS = 2 * 60_000
const HEAL_STEP_MS = 5000
const HEAL_STEP_TAKES_MS = 600
const PROVIDERS = ['lipaykripto', 'redoya', 'cryptom'] as const
const CROWD = 10

export const g19: Goal = {
  title: 'G19 the merchant is away for an hour',
  async run({ scale }) {
    const all: Figures[] = []
    for (const size of SIZES[scale]) {
      const world = await startWorld({ proxies: size.proxies })
      try {
        all.push(await sellAlone(world, size))
      } finally {
        await world.close()
      }
    }
    return {
      rows: all.flatMap(({ rows }) => rows),
      violations: all.flatMap(({ violations }) => violations),
    }
  },
}

async function sellAlone(world: World, { orders, proxies, dies }: Size): Promise<Figures> {
  const { merchant } = world
  const shoppers = createShoppers(world)
  const selling = startSelling(world, shoppers, orders)
  for (const [manner, steps] of HOUR) {
    if (manner === 'away') await merchant.goDown()
    else merchant.behave(manner, manner === 'gone' ? GONE_ONE_OF : 1)
    for (let step = 0; step < steps; step += 1) {
      await selling.step()
      await world.advance(STEP_MS)
      await sleep(STEP_TAKES_MS)
    }
    // Whoever is still waiting for an answer is cut off.
    if (manner !== 'away') await merchant.goDown()
    await merchant.comeUp()
  }
  await merchant.goDown()
  merchant.behave('acknowledge')
  const gone = idsOf(world, 'gone')
  const isMissing = ({ deliveries }: ProxyRows): boolean =>
    deliveries.some(({ id, status }) => status !== 'delivered' && !gone.has(id))
  const missing = (await world.readRows()).deliveries.filter(({ status }) => status === 'pending')
  const tries = merchant.ledger.length

  await merchant.comeUp()
  if (dies) await world.proxies[0]?.kill()
  if (dies) await world.proxies[0]?.start()
  const backAt = world.now()
  while (isMissing(await world.readRows()) && world.now() - backAt < 4 * HEAL_MS) {
    await sleep(HEAL_STEP_TAKES_MS)
    await world.advance(HEAL_STEP_MS)
  }
  const healMs = world.now() - backAt
  await sleep(HEAL_STEP_TAKES_MS)

  const { sightings, returned } = { ...selling, sightings: shoppers.sightings }
  const result = audit(await collectLedgers(world, { sightings, returned }))
  const acknowledged = merchant.ledger.filter(({ manner }) => manner === 'acknowledge')
  const again = acknowledged.length - idsOf(world, 'acknowledge').size
  const where = [proxies === 1 ? 'one proxy' : 'two proxies', ...(dies ? ['killed'] : [])].join(
    ', ',
  )
  return {
    rows: [
      [`${where}: orders, tries within the hour`, `${orders}, ${tries}`],
      ['called gone', gone.size],
      ['waiting when he came back', missing.length],
      ['told after', `${healMs / 1000} s by the clock`],
      ['told again what he had acknowledged', again],
      ...auditRows(result),
    ],
    violations: [
      ...result.violations,
      ...(healMs > HEAL_MS ? [`told only after ${healMs / 1000} s`] : []),
      ...(again > (dies ? MOST_AT_ONCE : 0) ? [`${again} were told again`] : []),
      ...(missing.length < orders ? [`only ${missing.length} had to wait`] : []),
    ].map((sentence) => `${where}: ${sentence}`),
  }
}

/** What a proxy that dies may have in hand: acknowledged, and not yet written down. */
const MOST_AT_ONCE = 8

const idsOf = ({ merchant }: World, manner: Manner): ReadonlySet<string> =>
  new Set(merchant.ledger.flatMap((told) => (told.manner === manner ? [told.webhookId] : [])))

/** A part of the orders in every step; what was begun in one is paid in the next. */
function startSelling(world: World, shoppers: Shoppers, orders: number) {
  const payWith = createPayer(world.sandbox)
  const steps = HOUR.reduce((sum, [, each]) => sum + each, 0)
  const returned = new Set<string>()
  let begun = 0
  let waiting: Shown[] = []

  async function sell(): Promise<void> {
    const place = begun
    begun += 1
    const provider = PROVIDERS[place % PROVIDERS.length] ?? 'redoya'
    const shown = await showPayment(shoppers, `G19-${place}`, provider)
    waiting.push(shown)
  }

  async function end(payment: Shown): Promise<void> {
    const { payments } = await world.readRows()
    const row = payments.find(({ id }) => id === payment.paymentId)
    const page = await payWith({ ...payment, ref: row?.ref ?? null })
    if (payment.provider === 'redoya' && page !== undefined) {
      const { pathname } = new URL(page)
      await shoppers.insist(pathname)
      returned.add(pathname.split('/').at(-1) ?? '')
    }
    await shoppers.look(payment.checkoutId)
  }

  return {
    returned,
    async step() {
      const ending = waiting
      waiting = []
      const due = Math.min(orders - begun, Math.ceil(orders / (steps - 1)))
      await forAll(Array.from({ length: Math.max(0, due) }), CROWD, sell)
      await forAll(ending, CROWD, end)
    },
  }
}
