/**
 * G18: the proxies' clocks are up to ten minutes wrong, each by its own, and jump to and fro while orders
 * are opened, paid, notified and returned from. Once they are right again nothing is lost, and nothing
 * has ended otherwise than its provider says.
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { audit } from '../auditor.ts'
import { createChance } from '../chance.ts'
import type { Chance } from '../chance.ts'
import { forAll } from '../crowd.ts'
import { orderOf, showPayment } from '../flows.ts'
import { auditRows, seconds } from '../goal.ts'
import type { Figures, Goal, Scale } from '../goal.ts'
import { heal } from '../heal.ts'
import { collectLedgers } from '../ledgers.ts'
import type { Ledgers } from '../ledgers.ts'
import { createPayer } from '../payer.ts'
import { readEntries } from '../provider-books.ts'
import { PROVIDER_NAMES } from '../sandbox-control.ts'
import type { ProviderName } from '../sandbox-control.ts'
import { createShoppers } from '../shopper.ts'
import { startWorld } from '../world.ts'
import type { World } from '../world.ts'

interface Size {
  /** Of each provider. */
  readonly orders: number
  readonly proxies: 1 | 2
}

const SIZES: Readonly<Record<Scale, readonly Size[]>> = {
  short: [{ orders: 8, proxies: 1 }],
  long: [
    { orders: 200, proxies: 1 },
    { orders: 100, proxies: 2 },
  ],
}
const CROWD = 10
const MOST_MS = 10 * 60_000
/** How long a clock goes wrong by the same before it jumps. */
const JUMP_MS = 700
/** Shorter than the life of any payment; with a clock that is ahead it is longer. */
const PASSING_MS = 9 * 60_000
/** A clock that was set back leaves things for later: up to both jumps. */
const STEP_MS = 2 * 60_000
/** These compare our clock with another's, and ours was wrong. */
const BY_THE_CLOCK = /^genuine:|was written down after/
/** A card's proof counts in its own time alone (T11): it is kept, and asked about no more. */
const FOR_A_PERSON = /of redoya is review \(conflict\)/

export const g18: Goal = {
  title: 'G18 clocks that are wrong, and jump',
  async run({ scale }) {
    const all: Figures[] = []
    for (const size of SIZES[scale]) {
      const world = await startWorld({ proxies: size.proxies })
      try {
        all.push(await buyAgainstTime(world, size))
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

async function buyAgainstTime(world: World, { orders, proxies }: Size): Promise<Figures> {
  const chance = createChance(Date.now())
  const shoppers = createShoppers(world)
  const payWith = createPayer(world.sandbox)
  const returned = new Set<string>()
  const wanted = chance.shuffle(
    PROVIDER_NAMES.flatMap((name) => Array.from({ length: orders }, () => name)),
  )

  const problems: string[] = []
  let runOut = 0
  // What the providers offer is asked for in time.
  for (const index of [1, 2, 3, 4]) await shoppers.open(orderOf(`G18-first-${index}`))
  const begin = performance.now()
  const clocks = startJumping(world, chance)
  await forAll([...wanted.entries()], CROWD, (entry) =>
    buy(...entry).catch((error: unknown) => {
      // Signed by a clock that was behind: the page takes nobody's money any more.
      if (String(error).includes('order_token_expired')) runOut += 1
      else problems.push(String(error))
    }),
  )
  const tookMs = performance.now() - begin
  await clocks.stop()

  async function buy(index: number, name: ProviderName): Promise<void> {
    const shown = await showPayment(shoppers, `G18-${index}`, name)
    await sleep(chance.next() * JUMP_MS)
    const { payments } = await world.readRows()
    const ref = payments.find(({ id }) => id === shown.paymentId)?.ref ?? null
    const page = await payWith({ ...shown, ref })
    if (name === 'redoya' && page !== undefined) {
      const { pathname } = new URL(page)
      await shoppers.insist(pathname)
      returned.add(pathname.split('/').at(-1) ?? '')
    }
    await shoppers.look(shown.checkoutId)
  }

  const healed = await heal(
    world,
    ({ payments }) =>
      payments.every(({ state }) => state.status !== 'pending' && state.status !== 'processing'),
    { stepMs: STEP_MS, patienceMs: 20_000 + wanted.length * 30 },
  )
  const ledgers = await collectLedgers(world, { sightings: shoppers.sightings, returned })
  const result = audit(ledgers)
  const told = result.violations.filter((sentence) => !BY_THE_CLOCK.test(sentence))
  const late = ledgers.proxy.facts.filter(({ note }) => note?.endsWith('another time'))
  const violations = told.filter(
    (sentence) =>
      !FOR_A_PERSON.test(sentence) || !late.some(({ paymentId }) => sentence.includes(paymentId)),
  )
  const where = proxies === 1 ? 'one proxy' : 'two proxies'
  return {
    rows: [
      ['seed', chance.seed],
      [`${where}, orders`, wanted.length],
      ['jumps of a clock', `${clocks.jumps} in ${seconds(tookMs)}`],
      ['healed after', `${seconds(healed.realMs)} (${seconds(healed.worldMs)} by the clock)`],
      ['links that had run out, and nobody paid', runOut],
      ['left to a person: Redoya, a proof out of its time', told.length - violations.length],
      ...auditRows({ ...result, violations }),
    ],
    violations: [...problems, ...violations, ...wrongEnds(ledgers)].map(
      (sentence) => `${where}: ${sentence}`,
    ),
  }
}

/** No provider lets anything fail here: nobody is to be told so, not even for a while. */
function wrongEnds(ledgers: Ledgers): readonly string[] {
  const failed = ledgers.proxy.facts.filter(({ status }) => status === 'failed')
  const ids = new Set(failed.map(({ paymentId }) => paymentId))
  return readEntries(ledgers).flatMap(({ owner, provider }) =>
    owner && ids.has(owner.id)
      ? [`payment ${owner.id} was failed, and ${provider} says nothing of the kind`]
      : [],
  )
}

/** Sets each proxy's clock to another time, over and over: right, or wrong by up to ten minutes. */
function startJumping(world: World, chance: Chance) {
  const over = new AbortController()
  let jumps = 0

  async function jump(): Promise<void> {
    while (!over.signal.aborted) {
      // Time goes by for all the others, too.
      await world.advance(chance.hits(0.5) ? PASSING_MS : 0)
      for (const proxy of world.proxies) {
        const error = chance.hits(0.3) ? 0 : (chance.next() * 2 - 1) * MOST_MS
        await proxy.setOffset(world.now() - Date.now() + Math.round(error))
        jumps += 1
      }
      await sleep(JUMP_MS)
    }
    // The right time, for everybody.
    await world.advance(0)
  }

  const running = jump()
  return {
    get jumps() {
      return jumps
    },
    async stop() {
      over.abort()
      await running
    },
  }
}
