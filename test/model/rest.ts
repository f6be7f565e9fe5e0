/**
 * The end of a run: everything is whole again, a day goes by, and what then stands is compared with what
 * really happened (I17).
 * @module
 */
import { isPaidFor } from '../../protocol/status.ts'
import type { PaymentRecord } from '../../proxy/records.ts'
import { deliveryRules } from '../faults/rules/deliveries.ts'
import { PROVIDER_NAMES } from '../faults/sandbox-control.ts'
import type { Scene } from './invariants.ts'
import type { Memory, Proof } from './memory.ts'
import { payAtProvider } from './payers.ts'
import type { World } from './world.ts'

const HOUR_MS = 60 * 60_000
const SECONDS = [5, 16, 16, 31, 61, 121, 301, 901, 1801, 3601, 7201, 14_401, 28_801, 36_001, 61]

/** All lines are whole, nothing stays half done at a provider, and a day and a bit goes by. */
export async function heal(world: World): Promise<void> {
  if (!world.isUp) await world.start()
  world.killAt(undefined)
  world.failStore(false)
  world.network.heal()
  world.network.release()
  await world.settle()
  endWhatIsHalfDone(world)
  for (const seconds of SECONDS) await world.tick(seconds * 1000)
}

/** A provider that has money in its hands makes up its mind within the day. */
function endWhatIsHalfDone(world: World): void {
  const all = PROVIDER_NAMES.flatMap((name) => world.fakes.running[name].listPayments())
  for (const [index, { status }] of all.entries()) {
    if (HALF_DONE.has(status)) payAtProvider(world, index, 0, 0)
  }
}

const HALF_DONE = new Set([
  'TRANSFERRED',
  'CONVERTING',
  'CONVERTED',
  'WALLET_CHARGED',
  'DONE',
  'confirming',
  'inProgress',
  'inProgressPayout',
  'refunding',
])

/** What is wrong at rest. */
export function judgeRest({ ledgers, entries, memory, settings }: Scene): readonly string[] {
  const { payments, checkouts, deliveries } = ledgers.proxy
  const open = payments
    .filter(({ state }) => state.status === 'pending' || state.status === 'processing')
    .map(({ provider, id, state }) => `I17: ${provider} ${id.slice(0, 6)} is still ${state.status}`)
  const waiting = checkouts
    .filter(({ status }) => status === 'pending' || status === 'processing')
    .map(({ id, status }) => `I17: checkout ${id} is still ${status}`)
  const untold = deliveries
    .filter(({ status }) => status === 'pending')
    .map(({ id }) => `I17: delivery ${id} was never made`)
  const resolved = new Set(
    ledgers.proxy.facts.filter(({ kind }) => kind === 'resolved').map(({ paymentId }) => paymentId),
  )
  // What a provider took back before anybody looked is where it was.
  const stillThere = new Set(
    entries.filter(({ isPaid }) => isPaid).map(({ payment }) => payment.id),
  )
  const byId = new Map(payments.map((payment) => [payment.id, payment]))
  const lost = [...memory.proofs.values()].flatMap((proof) => {
    const owner = byId.get(proof.owner)
    if (
      !owner ||
      resolved.has(owner.id) ||
      !canBeKnown(proof, owner, memory, settings.hasLipayStatus)
    )
      return []
    const { status } = owner.state
    const isHeard =
      !stillThere.has(proof.id) ||
      isPaidFor(status) ||
      status === 'review' ||
      owner.state.reason === 'conflict'
    return isHeard
      ? []
      : [`I17: ${proof.provider} ${proof.id} was paid, and its payment is ${status}`]
  })
  const newest = deliveryRules['the newest is told']?.(ledgers, entries) ?? []
  return [
    ...open,
    ...waiting,
    ...untold,
    ...lost,
    ...newest.map((sentence) => `I8 newest: ${sentence}`),
  ]
}

/** Whether the proxy had any way to hear of it: what nobody tells, nobody knows. */
function canBeKnown(
  proof: Proof,
  owner: PaymentRecord,
  memory: Memory,
  hasLipayStatus: boolean,
): boolean {
  const isWatched = ['pending', 'processing', 'review', 'expired', 'canceled'].includes(
    proof.statusThen,
  )
  const isYoung = proof.at - proof.changedThen < 23 * HOUR_MS
  if (proof.provider === 'redoya') return memory.returned.has(proof.id) && owner.ref === proof.id
  if (proof.provider === 'lipaykripto') return hasLipayStatus && isWatched && isYoung
  return isWatched && isYoung && (proof.provider !== 'lincoln' || owner.ref !== null)
}
