/**
 * What must hold after every step (I1 to I16, I19, I20), each against the model's own memory or against
 * the rules of the auditor that hold at any time.
 * @module
 */
import { isDeepStrictEqual } from 'node:util'
import { compareDecimal } from '../../protocol/money.ts'
import { isPaidFor } from '../../protocol/status.ts'
import type { PaymentRecord } from '../../proxy/records.ts'
import type { Ledgers } from '../faults/ledgers.ts'
import type { Entry } from '../faults/provider-books.ts'
import { hashOf } from '../faults/provider-books.ts'
import { deliveryRules } from '../faults/rules/deliveries.ts'
import { historyRules } from '../faults/rules/history.ts'
import { moneyRules } from '../faults/rules/money.ts'
import { payoutRules } from '../faults/rules/payouts.ts'
import { shownRules } from '../faults/rules/shown.ts'
import { now } from './life.ts'
import type { Memory } from './memory.ts'
import { leaks } from './public.ts'
import type { Settings, World } from './world.ts'

/** What one step is judged by. */
export interface Scene {
  readonly world: World
  readonly settings: Settings
  readonly memory: Memory
  readonly ledgers: Ledgers
  readonly entries: readonly Entry[]
}

type Invariant = (scene: Scene) => readonly string[]

const DAY_MS = 24 * 60 * 60_000
const name = ({ provider, id }: PaymentRecord): string => `${provider} ${id.slice(0, 6)}`

/** Pairs of what a payment was one step ago and what it is. */
function* changes({ memory, ledgers }: Scene): Generator<[PaymentRecord, PaymentRecord]> {
  const now = new Map(ledgers.proxy.payments.map((payment) => [payment.id, payment]))
  for (const before of memory.before.payments) {
    const after = now.get(before.id)
    if (after) yield [before, after]
  }
}

const FIXED = ['checkoutId', 'provider', 'price', 'createdAt', 'returnHash', 'webhookHash'] as const

const INVARIANTS: Readonly<Record<string, Invariant>> = {
  'I1 paid has money behind it': ({ ledgers, memory }) => {
    const proofs = [...memory.proofs.values()]
    return ledgers.proxy.payments
      .filter(({ state }) => state.status === 'paid' && state.assurance !== 'merchant')
      .filter((payment) => !proofs.some((proof) => isProofOf(proof, payment)))
      .map((payment) => `${name(payment)} is paid, and no such money came`)
  },

  'I2 paid is absorbing': (scene) => [
    ...[...changes(scene)]
      .filter(([{ state }, after]) => isPaidFor(state.status) && !isPaidFor(after.state.status))
      .map(([{ state }, after]) => `${name(after)} was ${state.status}, is ${after.state.status}`),
    ...scene.memory.before.checkouts.flatMap(({ id, status }) => {
      const after = scene.ledgers.proxy.checkouts.find((each) => each.id === id)
      const isKept = !isPaidFor(status) || (after && isPaidFor(after.status))
      return isKept ? [] : [`checkout ${id} was ${status}, is ${after?.status}`]
    }),
  ],

  'I3 received only grows, and paid has one time': (scene) =>
    [...changes(scene)].flatMap(([{ state: from }, after]) => {
      const { state: to } = after
      const isLess =
        from.received &&
        (!to.received ||
          to.received.currency !== from.received.currency ||
          compareDecimal(to.received.amount, from.received.amount) < 0)
      const isMoved = from.paidAt !== null && from.paidAt !== to.paidAt
      return isLess || isMoved ? [`${name(after)} has less, or another time of payment`] : []
    }),

  'I5 what an attempt is, it stays': (scene) =>
    [...changes(scene)].flatMap(([before, after]) =>
      [
        ...FIXED.filter((field) => !isDeepStrictEqual(before[field], after[field])),
        ...(['ref', 'nextAction'] as const).filter(
          (field) => before[field] !== null && !isDeepStrictEqual(before[field], after[field]),
        ),
      ].map((field) => `${name(after)} has another ${field}`),
    ),

  // Late money can bring an attempt back to `review` or `processing`: then nobody is told to pay it.
  'I6 one payment to be paid': ({ ledgers }) => {
    const payable = ledgers.proxy.payments.filter(
      ({ isShown, isSuperseded, state }) => isShown && !isSuperseded && state.status === 'pending',
    )
    return [...Map.groupBy(payable, ({ checkoutId }) => checkoutId)]
      .filter(([, all]) => all.length > 1)
      .map(([id, all]) => `checkout ${id} has ${all.map(name).join(' and ')} to be paid`)
  },

  'I16 one payment of a method at a time': ({ memory, ledgers }) => {
    const known = new Set(memory.before.payments.map(({ id }) => id))
    const fresh = ledgers.proxy.payments.filter(
      ({ id, state }) => !known.has(id) && state.status === 'pending',
    )
    const isPayable = ({ isShown, isSuperseded, state }: PaymentRecord): boolean =>
      isShown && !isSuperseded && state.status === 'pending'
    return fresh.flatMap((payment) => {
      const same = [...memory.before.payments.filter(isPayable), ...fresh].filter(
        ({ id, checkoutId, method }) =>
          id !== payment.id && checkoutId === payment.checkoutId && method.id === payment.method.id,
      )
      return same.length > 0 ? [`${name(payment)} was made beside one of the same method`] : []
    })
  },

  // A person can bring back what was said before; never twice in a row.
  'I8 a change is told once': ({ ledgers }) =>
    ledgers.proxy.deliveries.flatMap((row, index, rows) => {
      const before = rows[index - 1]
      if (before?.checkout_id !== row.checkout_id) return []
      const isSame = said(row.body) === said(before.body) || row.version === before.version
      return isSame ? [`version ${row.version} of ${row.checkout_id} says nothing new`] : []
    }),

  'I9 acknowledged is stored': ({ world, memory, ledgers, settings }) => {
    const byHash = new Map(ledgers.proxy.payments.map((each) => [each.webhookHash, each]))
    const events = new Set(ledgers.proxy.events.map(({ event_id }) => event_id))
    const fresh = world.acknowledged.slice(memory.seenAcknowledged)
    return fresh.flatMap(({ mail, isForged, at }) => {
      const { provider, url, body } = mail.outgoing
      const payment = byHash.get(hashOf(new URL(url).pathname.split('/').at(-1) ?? ''))
      if (isForged || !payment) return []
      const isHint = payment.hintedAt !== null || (payment.checkedAt ?? 0) >= at
      const isKnown = payment.state.status !== 'pending' && payment.state.status !== 'processing'
      const isStored =
        provider === 'paycrypto'
          ? eventsOf(body).every((id) => events.has(id))
          : provider === 'lincoln' || settings.hasLipayStatus
            ? isHint || payment.state.reason === 'conflict'
            : isKnown
      return isStored ? [] : [`${name(payment)}: acknowledged, and nothing left of it`]
    })
  },

  'I11 a hint changes nothing by itself': ({ ledgers, settings }) => {
    const providers = new Map(ledgers.proxy.payments.map(({ id, provider }) => [id, provider]))
    return ledgers.proxy.facts.flatMap(({ kind, paymentId, status, reason }) => {
      const provider = providers.get(paymentId)
      if (kind !== 'notified') return []
      const isWord = provider === 'lipaykripto' && !settings.hasLipayStatus
      const isForPerson = status === 'review' && reason === 'conflict'
      return isWord || isForPerson ? [] : [`a notification of ${provider} alone made it ${status}`]
    })
  },

  'I12 the price is the one that was signed': ({ ledgers, memory }) => {
    const orders = new Map(ledgers.proxy.checkouts.map(({ id, orderId }) => [id, orderId]))
    return ledgers.proxy.payments.flatMap((payment) => {
      const signed = memory.orders.get(orders.get(payment.checkoutId) ?? '')?.amount
      const due = payment.price.currency === 'TRY' ? signed : '12.50'
      return payment.price.amount === due ? [] : [`${name(payment)} asks ${payment.price.amount}`]
    })
  },

  'I14 watched until its grace is over': ({ ledgers, settings }) => {
    const last = new Map(ledgers.proxy.facts.map(({ paymentId, at }) => [paymentId, at]))
    return ledgers.proxy.payments.flatMap((payment) => {
      const { provider, state, ref, nextCheckAt, id } = payment
      const canAsk =
        provider !== 'redoya' && (provider !== 'lipaykripto' || settings.hasLipayStatus)
      const mayChange = ['pending', 'processing', 'review', 'expired', 'canceled'].includes(
        state.status,
      )
      const isYoung = now() - (last.get(id) ?? 0) < DAY_MS - 60_000
      const isForgotten = canAsk && ref !== null && mayChange && isYoung && nextCheckAt === null
      return isForgotten ? [`${name(payment)} is ${state.status}, and nobody will look`] : []
    })
  },

  'I15 nothing private is public': ({ world, memory }) =>
    leaks(world.bodies.slice(memory.seenBodies), world.fakes.mail),
}

/** The auditor's, as far as they hold in the middle of everything. */
const AUDITED = {
  'I10 intent before call': moneyRules['I10 intent before call'],
  'I5 one ref, one payment': moneyRules['I5 one ref, one payment'],
  'I4 status from facts': historyRules['status from facts'],
  'I6 one target on the screens': shownRules['one target on the screens'],
  'I5 shown is stored, and stays': shownRules['shown is stored, and stays'],
  'I19 versions rise': shownRules['I19 versions rise'],
  'I8 one body for an id': deliveryRules['I8 one body for an id'],
  'I8 genuine': deliveryRules['genuine'],
  'I8 delivered is received': deliveryRules['delivered is received'],
  'I20 paid out once': payoutRules['I20 paid out once'],
}

/** Everything that does not hold after this step, each in a sentence. */
export function judge(scene: Scene): readonly string[] {
  const own = Object.entries(INVARIANTS).flatMap(([rule, check]) =>
    check(scene).map((sentence) => `${rule}: ${sentence}`),
  )
  const audited = Object.entries(AUDITED).flatMap(([rule, check]) =>
    (check?.(scene.ledgers, scene.entries) ?? []).map((sentence) => `${rule}: ${sentence}`),
  )
  return [...own, ...audited]
}

/** Redoya's orders are bound to nothing of ours: whoever brings a paid one of the price first has it. */
const isProofOf = (
  proof: { provider: string; owner: string; id: string },
  payment: PaymentRecord,
) =>
  proof.provider === payment.provider &&
  (proof.owner === payment.id || (proof.provider === 'redoya' && proof.id === payment.ref))

/** What a notification says, but for its own number and time. */
function said(body: string): string {
  const { type, data } = JSON.parse(body) as { type: string; data: Record<string, unknown> }
  return JSON.stringify([type, { ...data, version: 0 }])
}

function eventsOf(body: string): readonly string[] {
  const { events = [] } = JSON.parse(body) as { events?: readonly string[] }
  return events.map((event) => (JSON.parse(event) as { id: string }).id)
}
