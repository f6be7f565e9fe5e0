/**
 * F12: the provider notifies that a payment is paid before its answer to the making of it has arrived.
 * It is paid once, and the shopper sees success instead of something to pay.
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { audit } from '../auditor.ts'
import { becomes, forAll } from '../crowd.ts'
import { METHODS, orderOf } from '../flows.ts'
import { auditRows, seconds } from '../goal.ts'
import type { Figures, Goal, Scale } from '../goal.ts'
import { collectLedgers } from '../ledgers.ts'
import { createShoppers } from '../shopper.ts'
import type { Answer } from '../shopper.ts'
import { startWorld } from '../world.ts'
import type { World } from '../world.ts'

/** The providers that notify, with the action that pays and how many at a time. */
const PROVIDERS = {
  lipaykripto: { action: 'confirm', crowd: 10 },
  paycrypto: { action: 'success', crowd: 10 },
  // One call at a time is all that it takes.
  lincoln: { action: 'done', crowd: 1 },
} as const

type Notifying = keyof typeof PROVIDERS

const SIZES: Readonly<Record<Scale, Readonly<Record<Notifying, number>>>> = {
  short: { lipaykripto: 10, paycrypto: 10, lincoln: 1 },
  long: { lipaykripto: 500, paycrypto: 480, lincoln: 20 },
}
/** How late answers are. Making a payment takes two of them at LiPayKripto and at Lincoln. */
const ANSWER_MS = 2000
const PATIENCE_MS = 10_000

export const f12: Goal = {
  title: 'F12 notified before the create is answered',
  async run({ scale }) {
    const world = await startWorld({ lines: ['lipaykripto', 'paycrypto', 'lincoln'] })
    try {
      return await notifyEarly(world, SIZES[scale])
    } finally {
      await world.close()
    }
  },
}

async function notifyEarly(
  world: World,
  size: Readonly<Record<Notifying, number>>,
): Promise<Figures> {
  const shoppers = createShoppers(world)
  const problems: string[] = []
  const begin = performance.now()
  let early = 0

  /** One order: the pick is under way, the payment is paid, and only then the pick is answered. */
  async function buy(provider: Notifying, orderId: string): Promise<void> {
    const checkout = await shoppers.open(orderOf(orderId, provider))
    let answer: Answer | undefined
    const pick = async (): Promise<void> => {
      answer = await shoppers.pick(checkout, METHODS[provider])
    }
    const picking = pick()
    let paid: string | undefined
    await becomes(async () => {
      paid ??= await findMade(world, provider, checkout.id)
      return paid !== undefined || answer !== undefined
    }, PATIENCE_MS)
    if (paid === undefined) {
      problems.push(`${orderId}: ${provider} made nothing`)
      return
    }
    await world.sandbox.act(provider, paid, PROVIDERS[provider].action)
    if (answer === undefined) early += 1
    await picking
    const status = answer?.checkout?.status ?? `${answer?.status} ${answer?.code}`
    const isPaid = status === 'paid' && answer?.checkout?.payment?.nextAction === null
    if (!isPaid) problems.push(`${orderId}: the shopper sees ${status} by ${provider}`)
  }

  const buyAll = async ([name, count]: readonly [string, number]): Promise<void> => {
    const provider = name as Notifying
    const orders = Array.from({ length: count }, (_, index) => `F12-${provider}-${index}`)
    // The methods are asked for once, at full speed.
    await shoppers.open(orderOf(`F12-${provider}`, provider))
    await world.line(provider).behave({ answerDelayMs: ANSWER_MS })
    await forAll(orders, PROVIDERS[provider].crowd, (orderId) => buy(provider, orderId))
    await world.line(provider).behave({})
  }
  await Promise.all(Object.entries(size).map(buyAll))
  await sleep(500)
  const { sightings } = shoppers
  const result = audit(await collectLedgers(world, { sightings }))
  const wanted = Object.values(size).reduce((sum, count) => sum + count, 0)
  return {
    rows: [
      ['orders', wanted],
      ['paid before the answer', early],
      ['took', seconds(performance.now() - begin)],
      ...auditRows(result),
    ],
    violations: [
      ...problems,
      ...result.violations,
      ...(early === wanted ? [] : [`only ${early} of ${wanted} were paid before the answer`]),
    ],
  }
}

/** The provider's id of the payment that it was just made to make. */
async function findMade(
  world: World,
  provider: Notifying,
  checkoutId: string,
): Promise<string | undefined> {
  const { payments } = await world.readRows()
  const row = payments.find((payment) => payment.checkoutId === checkoutId)
  if (!row) return undefined
  const { [provider]: ledger } = await world.sandbox.readLedgers()
  // Lincoln is not told our id; there is one of its orders at a time.
  if (provider === 'lincoln') return ledger.payments.find(({ status }) => status !== 'done')?.id
  return ledger.payments.find(({ reference }) => reference === row.id)?.id
}
