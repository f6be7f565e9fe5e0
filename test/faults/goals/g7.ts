/**
 * G7: however many widgets follow one order, and however many proxies answer them, its provider is asked
 * at most once in three seconds; and it is asked.
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { showPayment } from '../flows.ts'
import type { Shown } from '../flows.ts'
import type { Figures, Goal, Scale } from '../goal.ts'
import { createShoppers } from '../shopper.ts'
import { openWidget } from '../widget.ts'
import { startWorld } from '../world.ts'
import type { World } from '../world.ts'

interface Size {
  readonly widgets: number
  readonly watchMs: number
}

const SIZES: Readonly<Record<Scale, Size>> = {
  short: { widgets: 100, watchMs: 7000 },
  long: { widgets: 1000, watchMs: 60_000 },
}
/** Those that can be asked, with what their stand-ins call it. */
const QUESTIONS = { cryptom: 'detail', paycrypto: 'query', lincoln: 'order' } as const
const GAP_MS = 3000
/** Questions that were put three seconds apart arrive a little closer where the first met a crowd. */
const ON_THE_WAY_MS = 500
/** A widget that polls every 2.5 s finds a question due at every second poll, even alone. */
const LIVELY_MS = 6000

export const g7: Goal = {
  title: 'G7 one question for however many widgets',
  async run({ scale }) {
    const [one, two] = await Promise.all([1, 2].map((count) => watch(count as 1 | 2, SIZES[scale])))
    return {
      rows: [...(one?.rows ?? []), ...(two?.rows ?? [])],
      violations: [...(one?.violations ?? []), ...(two?.violations ?? [])],
    }
  },
}

async function watch(proxies: 1 | 2, size: Size): Promise<Figures> {
  // What many do to one checkout in ten seconds is limited otherwise: here each of them is to be heard.
  const world = await startWorld({ proxies, environment: { RATE_LIMIT: '0' } })
  try {
    const figures = await crowdAround(world, size)
    const where = proxies === 1 ? 'one proxy' : 'two proxies'
    return {
      rows: figures.rows.map(([what, figure]) => [`${where}, ${what}`, figure]),
      violations: figures.violations.map((sentence) => `${where}: ${sentence}`),
    }
  } finally {
    await world.close()
  }
}

async function crowdAround(world: World, { widgets, watchMs }: Size): Promise<Figures> {
  const shoppers = createShoppers(world)
  const names = Object.keys(QUESTIONS) as (keyof typeof QUESTIONS)[]
  const shown = await Promise.all(names.map((name) => showPayment(shoppers, `G7-${name}`, name)))
  const begin = world.now()
  let states = 0
  const open = Array.from({ length: widgets }, (_, index) =>
    openWidget(world.url, shown[index % shown.length]!.checkoutId, () => (states += 1)),
  )
  await sleep(watchMs / 4)
  // Everybody says "I have paid" at the same moment.
  await Promise.all([...open.map((widget) => widget.check()), sleep((watchMs * 3) / 4)])
  const failures = open.filter(({ state }) => state.error !== null).length
  for (const widget of open) widget.close()

  const asked = await Promise.all(shown.map((payment) => readQuestions(world, payment, begin)))
  const violations = shown.flatMap(({ provider }, index) => judge(provider, asked[index]!, watchMs))
  return {
    rows: [
      ['widgets, and what they were told', `${widgets}, ${states}`],
      ...shown.map(
        ({ provider }, index) =>
          [
            `questions to ${provider}, closest`,
            `${asked[index]!.length} in ${watchMs / 1000} s, ${closest(asked[index]!)} ms`,
          ] as const,
      ),
    ],
    violations: [...violations, ...(failures > 0 ? [`${failures} widgets show an error`] : [])],
  }
}

/** When the provider was asked about this payment, epoch milliseconds. */
async function readQuestions(
  world: World,
  { provider, paymentId }: Shown,
  since: number,
): Promise<readonly number[]> {
  const ledgers = await world.sandbox.readLedgers()
  const { payments } = await world.readRows()
  const ref = payments.find(({ id }) => id === paymentId)?.ref
  const operation = QUESTIONS[provider as keyof typeof QUESTIONS]
  return ledgers[provider].calls
    .filter((call) => call.operation === operation)
    .filter(({ details }) => Object.values(details).some((id) => id === ref || id === paymentId))
    .map(({ at }) => Date.parse(at))
    .filter((at) => at >= since)
}

const closest = (times: readonly number[]): number =>
  Math.min(...times.slice(1).map((at, index) => at - times[index]!))

function judge(provider: string, times: readonly number[], watchMs: number): readonly string[] {
  const tooClose = closest(times) < GAP_MS - ON_THE_WAY_MS
  const most = Math.floor(watchMs / GAP_MS) + 1
  const least = Math.floor(watchMs / LIVELY_MS)
  return [
    ...(tooClose ? [`${provider} was asked twice within ${closest(times)} ms`] : []),
    ...(times.length > most ? [`${provider} was asked ${times.length} times`] : []),
    ...(times.length < least ? [`${provider} was asked ${times.length} times only`] : []),
  ]
}
