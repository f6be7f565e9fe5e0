/**
 * G8: one provider is down. It is left alone after five failures, but for one call every ten seconds;
 * the other four notice nothing; and half a minute after it is back, so is everything that was paid
 * meanwhile.
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { isPaidFor } from '../../../protocol/status.ts'
import type { FaultKind } from '../../../sandbox/index.ts'
import { METHODS, orderOf, showPayment } from '../flows.ts'
import type { Shown } from '../flows.ts'
import type { Figures, Goal, Scale } from '../goal.ts'
import { createPayer } from '../payer.ts'
import { PROVIDER_NAMES } from '../sandbox-control.ts'
import type { ProviderName } from '../sandbox-control.ts'
import { createShoppers } from '../shopper.ts'
import { startWorld } from '../world.ts'
import type { World } from '../world.ts'

interface Outage {
  readonly provider: ProviderName
  readonly kind: FaultKind
  /** A failure is known after this, by the world's clock; until then more calls set out. */
  readonly knownMs?: number
}

const OUTAGES: Readonly<Record<Scale, readonly Outage[]>> = {
  short: [{ provider: 'cryptom', kind: 'status-503' }],
  long: [
    ...PROVIDER_NAMES.map((provider) => ({ provider, kind: 'status-503' as const })),
    { provider: 'paycrypto', kind: 'reset' },
    { provider: 'cryptom', kind: 'hang', knownMs: 15_000 },
  ],
}
const OUTAGE_MS = 60_000
/** A widget's pace, by the world's clock. */
const STEP_MS = 2500
const HEAL_MS = 30_000
const PROBE_MS = 10_000
const MAX_FAILURES = 5
const KNOWN_MS = 100
/** How often each of the other four is looked at in a step. */
const LOOKS = 5
/** Some payments are older: the worker asks about them less often. */
const OLD_MS = 5 * 60_000
const EACH = 3
/** A worker's round is a second, whatever the world's clock says. */
const ROUND_MS = 1100

export const g8: Goal = {
  title: 'G8 one provider is down',
  async run({ scale }) {
    const all: Figures[] = []
    for (const outage of OUTAGES[scale]) {
      const world = await startWorld()
      try {
        all.push(await breakOne(world, outage))
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

async function breakOne(
  world: World,
  { provider, kind, knownMs = KNOWN_MS }: Outage,
): Promise<Figures> {
  const shoppers = createShoppers(world)
  const payWith = createPayer(world.sandbox)
  const others = PROVIDER_NAMES.filter((name) => name !== provider)
  let orders = 0
  const show = (name: ProviderName): Promise<Shown> =>
    showPayment(shoppers, `G8-${(orders += 1)}`, name)
  const showSome = (): Promise<readonly Shown[]> =>
    Promise.all(Array.from({ length: EACH }, () => show(provider)))

  const old = await showSome()
  await world.advance(OLD_MS)
  const fresh = await showSome()
  const watched = await showSome()
  const elsewhere = await Promise.all(others.map(show))

  /** One order of a shopper, from nothing to something to pay. */
  async function buy(name: ProviderName): Promise<boolean> {
    const opened = await shoppers.open(orderOf(`G8-${(orders += 1)}`, name)).catch(() => undefined)
    const answer = opened && (await shoppers.pick(opened, METHODS[name]))
    return Boolean(answer?.checkout?.payment?.nextAction)
  }

  /** What goes on at the other providers: how long looks took, and what did not work. */
  async function goOn(): Promise<{ readonly times: number[]; readonly failures: number }> {
    const times: number[] = []
    let failures = 0
    for (const { checkoutId } of Array.from({ length: LOOKS }, () => elsewhere).flat()) {
      const begin = performance.now()
      const { status } = await shoppers.look(checkoutId)
      times.push(performance.now() - begin)
      if (status !== 200) failures += 1
    }
    for (const name of others) if (!(await buy(name))) failures += 1
    return { times, failures }
  }

  async function live(ms: number, isDown: boolean): ReturnType<typeof goOn> {
    const times: number[] = []
    let failures = 0
    for (const end = world.now() + ms; world.now() < end; await world.advance(STEP_MS)) {
      for (const { checkoutId } of watched) await shoppers.look(checkoutId)
      if (isDown) await buy(provider)
      const went = await goOn()
      times.push(...went.times)
      failures += went.failures
    }
    return { times, failures }
  }

  const calm = await live(OUTAGE_MS / 4, false)
  const refs = new Map((await world.readRows()).payments.map(({ id, ref }) => [id, ref]))
  await world.sandbox.addFault({ provider, operation: '*', kind, times: 0 })
  if (provider !== 'redoya') await world.sandbox.notify(provider, 'lose')
  const downAt = world.now()
  // Nobody hears of it: it is down. Redoya's shoppers come back.
  for (const payment of [...old, ...fresh, ...watched]) {
    const page = await payWith({ ...payment, ref: refs.get(payment.paymentId) ?? null })
    if (provider === 'redoya' && page !== undefined) await shoppers.insist(new URL(page).pathname)
  }
  const during = await live(OUTAGE_MS, true)
  await world.sandbox.clearFaults()
  const backAt = world.now()
  const tried = (await world.sandbox.readLedgers())[provider].calls
    .filter(({ fault }) => fault !== null)
    .map(({ at }) => Date.parse(at))
    .filter((at) => at >= downAt && at < backAt)

  let isBack = false
  let waiting = await countWaiting(world, provider)
  while (world.now() - backAt < 3 * HEAL_MS && !(isBack && waiting === 0)) {
    await world.advance(STEP_MS)
    for (const { checkoutId } of watched) await shoppers.look(checkoutId)
    isBack ||= await buy(provider)
    await sleep(ROUND_MS)
    waiting = await countWaiting(world, provider)
  }
  const healMs = world.now() - backAt
  const { opening, probes } = part(tried, knownMs)
  const closest = Math.min(...probes.slice(1).map((at, index) => at - (probes[index] ?? at)))
  const failures = calm.failures + during.failures
  const what = `${provider}, ${kind}`
  return {
    rows: [
      [`${what}: failures until it is left alone`, opening.length],
      [
        `${what}: probes in ${OUTAGE_MS / 1000} s, closest`,
        `${probes.length}, ${closest / 1000} s`,
      ],
      [`${what}: what failed at the other four`, failures],
      [`${what}: their p99 before, meanwhile`, `${p99(calm.times)} ms, ${p99(during.times)} ms`],
      [`${what}: healed after`, `${healMs / 1000} s by the clock`],
    ],
    violations: [
      ...(closest < PROBE_MS ? [`${what}: probed again after ${closest} ms`] : []),
      ...(probes.length === 0 ? [`${what}: never probed`] : []),
      ...(failures > 0 ? [`${what}: ${failures} failures at the other four`] : []),
      ...(waiting > 0 || !isBack ? [`${what}: ${waiting} payments never healed`] : []),
      ...(healMs > HEAL_MS ? [`${what}: healed only after ${healMs / 1000} s`] : []),
    ],
  }
}

/** Of those that failed: the first five with what was under way beside them, and what came after. */
function part(tried: readonly number[], knownMs: number) {
  const openAt = (tried[MAX_FAILURES - 1] ?? Infinity) + knownMs
  return {
    opening: tried.filter((at) => at <= openAt),
    probes: tried.filter((at) => at > openAt),
  }
}

/** Paid there, not yet here. LiPayKripto cannot be asked, and what it says was lost. */
async function countWaiting(world: World, provider: ProviderName): Promise<number> {
  if (provider === 'lipaykripto') return 0
  const { [provider]: ledger } = await world.sandbox.readLedgers()
  const { payments } = await world.readRows()
  const paidHere = payments.filter(
    (payment) => payment.provider === provider && isPaidFor(payment.state.status),
  )
  return ledger.paid.length - paidHere.length
}

function p99(times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b)
  return (sorted[Math.ceil(sorted.length * 0.99) - 1] ?? Number.NaN).toFixed(0)
}
