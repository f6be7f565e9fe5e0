/**
 * G1: notifications arrive shuffled and doubled, shoppers return and look, while the proxy is killed
 * every second. Nothing is lost, nothing counts twice.
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { isPaidFor } from '../../../protocol/status.ts'
import type { Notification } from '../../../sandbox/index.ts'
import { audit } from '../auditor.ts'
import { createChance } from '../chance.ts'
import { forAll } from '../crowd.ts'
import { showPayment } from '../flows.ts'
import type { Shown } from '../flows.ts'
import { auditRows, seconds } from '../goal.ts'
import type { Figures, Goal, Scale } from '../goal.ts'
import { heal, took } from '../heal.ts'
import { startKiller } from '../killer.ts'
import { collectLedgers } from '../ledgers.ts'
import { createPayer } from '../payer.ts'
import type { ProviderName } from '../sandbox-control.ts'
import { sendAll } from '../sender.ts'
import { createShoppers } from '../shopper.ts'
import type { Shoppers } from '../shopper.ts'
import { startWorld } from '../world.ts'
import type { World } from '../world.ts'

/** How many payments of each provider, how often the proxy dies, how fast notifications come. */
export interface NotifySize {
  readonly payments: Readonly<Record<ProviderName, number>>
  readonly everyMs: number
  readonly perSecond: number
}

const SIZES: Readonly<Record<Scale, NotifySize>> = {
  short: {
    payments: { lipaykripto: 200, paycrypto: 200, lincoln: 40, redoya: 20, cryptom: 20 },
    everyMs: 1000,
    perSecond: 100,
  },
  long: {
    payments: { lipaykripto: 4500, paycrypto: 4500, lincoln: 1000, redoya: 400, cryptom: 400 },
    everyMs: 1000,
    perSecond: 1000,
  },
}
const DOUBLED = 0.34
const CROWD = 16
const NOTIFYING = ['lipaykripto', 'paycrypto', 'lincoln'] as const
/** Between two shoppers. */
const STROLL_MS = 50

export const g1: Goal = {
  title: 'G1 notifications under SIGKILL',
  async run({ scale }) {
    const world = await startWorld()
    try {
      return await notifyUnderFire(world, SIZES[scale])
    } finally {
      await world.close()
    }
  },
}

/** The same with any number of proxies, killed in turn. */
export async function notifyUnderFire(world: World, size: NotifySize): Promise<Figures> {
  const chance = createChance(Date.now())
  const shoppers = createShoppers(world)
  const prepared = await prepare(world, shoppers, chance.shuffle(namesOf(size)))
  const { notifications, pages } = prepared

  const begin = performance.now()
  const killer = startKiller(world, size)
  const returned = new Set<string>()
  const [sent] = await Promise.all([
    sendAll(notifications, { now: world.now, chance, doubled: DOUBLED, crowd: CROWD, ...size }),
    comeBack(shoppers, pages, (orderId) => returned.add(orderId)),
    prepared.watch(),
  ])
  await killer.stop()
  const tookMs = performance.now() - begin

  const atOnce = audit(await collectLedgers(world, sent))
  const healed = await heal(
    world,
    ({ payments }) => payments.every(({ state }) => isPaidFor(state.status)),
    { patienceMs: 30_000 + notifications.length * 30 },
  )
  const { sightings } = shoppers
  const after = audit(await collectLedgers(world, { ...sent, sightings, returned }))
  return {
    rows: [
      ['seed', chance.seed],
      ['notifications', notifications.length],
      ['copies sent, tries', `${sent.copies}, ${sent.tries}`],
      ['acknowledged, given up', `${sent.acknowledged.length}, ${sent.refused}`],
      ['returns, checkouts watched', `${pages.length}, ${size.payments.cryptom}`],
      ['kills', `${killer.kills} in ${seconds(tookMs)}`],
      ['paid here when they ended', atOnce.counts.paidHere],
      ['healed after', took(healed)],
      ...auditRows(after),
    ],
    violations: [
      // What was acknowledged has to be there at once, not only when all is healed.
      ...atOnce.violations.filter((sentence) => sentence.startsWith('I9')),
      ...after.violations,
    ],
  }
}

const namesOf = ({ payments }: NotifySize): ProviderName[] =>
  Object.entries(payments).flatMap(([name, count]) =>
    Array.from({ length: count }, () => name as ProviderName),
  )

interface Prepared {
  /** Held back by the sandbox, and not sent by it any more. */
  readonly notifications: readonly Notification[]
  /** Where Redoya sends those back who have paid. */
  readonly pages: readonly string[]
  /** Cryptom's payments are paid while somebody looks at them. */
  watch(): Promise<void>
}

/** Shows every payment, and has all but Cryptom's paid. */
async function prepare(
  world: World,
  shoppers: Shoppers,
  names: readonly ProviderName[],
): Promise<Prepared> {
  const { sandbox } = world
  const shown: Shown[] = []
  await forAll([...names.entries()], CROWD, async ([index, name]) => {
    shown.push(await showPayment(shoppers, `G1-${index}`, name))
  })
  const pay = createPayer(sandbox)
  const refs = new Map((await world.readRows()).payments.map(({ id, ref }) => [id, ref]))
  const payNow = (payment: Shown): Promise<string | undefined> =>
    pay({ ...payment, ref: refs.get(payment.paymentId) ?? null })

  for (const provider of NOTIFYING) await sandbox.notify(provider, 'hold')
  const pages: string[] = []
  const [watched, others] = [true, false].map((isWatched) =>
    shown.filter(({ provider }) => (provider === 'cryptom') === isWatched),
  )
  await forAll(others ?? [], CROWD, async (payment) => {
    const page = await payNow(payment)
    if (payment.provider === 'redoya' && page !== undefined) pages.push(page)
  })
  return {
    notifications: await sandbox.listNotifications(),
    pages,
    watch: () =>
      forAll(watched ?? [], 2, async (payment) => {
        await shoppers.look(payment.checkoutId)
        await payNow(payment)
        await shoppers.look(payment.checkoutId)
        await sleep(STROLL_MS)
      }),
  }
}

/** Browsers that come back from a page try until they are answered. */
async function comeBack(
  shoppers: Shoppers,
  pages: readonly string[],
  onReturned: (orderId: string) => void,
): Promise<void> {
  await forAll(pages, 2, async (page) => {
    const { pathname } = new URL(page)
    await shoppers.insist(pathname)
    onReturned(pathname.split('/').at(-1) ?? '')
    await sleep(STROLL_MS)
  })
}
