/**
 * What a payment's facts and a checkout's attempts add up to (I1 to I4, I7).
 * @module
 */
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { projectCheckout } from '../../protocol/checkout-status.ts'
import type { Attempt } from '../../protocol/checkout-status.ts'
import type { Money } from '../../protocol/money.ts'
import { project } from '../../protocol/projection.ts'
import type { Fact, PaymentState } from '../../protocol/projection.ts'
import type { PaymentStatus } from '../../protocol/status.ts'
import { evolve } from '../../proxy/aggregate.ts'
import { anyAttempts, anyEnd, anyFacts, inOrder } from './facts.ts'
import { property } from './property.ts'
import type { Property } from './property.ts'
import { aggregateOf, paymentOf } from './records.ts'

/** The order's money arrived, said once more, past the code that is tested. */
const MONEY: readonly PaymentStatus[] = ['paid', 'refunding', 'refunded']
const hasMoney = (status: PaymentStatus): boolean => MONEY.includes(status)

/**
 * The exceptions to "an end is an end": late money, money after a cancel, a provider that corrects itself;
 * and such money that went back before anybody looked.
 */
const AFTER_AN_END: Partial<Record<PaymentStatus, readonly PaymentStatus[]>> = {
  expired: ['processing', 'review', ...MONEY],
  canceled: ['review', ...MONEY],
  failed: ['review', ...MONEY],
  paid: ['refunding', 'refunded'],
  refunding: ['refunded', 'paid'],
  refunded: [],
}

/** A history, and one observation that comes after all of it. */
const anyStep = anyFacts
  .filter((facts) => facts.length > 0)
  .map((facts) => {
    const ordered = inOrder(facts)
    const before = ordered.slice(0, -1)
    const fact = ordered.at(-1) as Fact
    return { before: project(before), fact, after: project(ordered) }
  })

const isStep = (before: PaymentState, fact: Fact, after: PaymentState): boolean => {
  if (after.status === before.status) return true
  if (after.status !== fact.status) return false
  return AFTER_AN_END[before.status]?.includes(after.status) ?? true
}

/** Integers of 18 decimals; undefined for a text that is no amount. */
function value(money: Money | null | undefined): bigint | undefined {
  if (!money || !/^\d+(\.\d+)?$/.test(money.amount)) return undefined
  const [whole = '', fraction = ''] = money.amount.split('.')
  return BigInt(whole + fraction.padEnd(18, '0'))
}

/** The sentence of `checkout-status.ts`, as a search over ranks. */
function oracle(attempts: readonly Attempt[], end: 'expired' | 'canceled' | null): PaymentStatus {
  const seen = attempts.filter(({ isShown, status }) => isShown || hasMoney(status))
  const ranks: ((attempt: Attempt) => boolean)[] = [
    ({ status, reason }) => status === 'paid' && reason !== 'duplicate',
    ({ status, reason }) => hasMoney(status) && reason !== 'duplicate',
    ({ status }) => hasMoney(status),
  ]
  for (const isOfRank of ranks) {
    for (const attempt of seen) if (isOfRank(attempt)) return attempt.status
  }
  const open: readonly PaymentStatus[] = ['pending', 'processing', 'review']
  for (const attempt of seen.toReversed()) {
    if (!attempt.isSuperseded && open.includes(attempt.status)) return attempt.status
  }
  for (const { status } of seen.toReversed()) {
    if (status === 'review' || status === 'processing') return status
  }
  return end ?? 'pending'
}

export const projectionProperties: readonly Property[] = [
  property(
    { rule: 'I4', title: 'facts in any order, each any number of times, add up to the same' },
    fc.tuple(anyFacts, fc.array(fc.nat(31), { maxLength: 16 })),
    ([facts, picks]) => {
      const again = picks.flatMap((pick) => facts[pick % (facts.length || 1)] ?? [])
      return isDeepStrictEqual(project([...again, ...facts.toReversed()]), project(facts))
    },
  ),
  property(
    { rule: 'I2', title: 'paid is absorbing, and an end changes only along the exceptions' },
    anyStep,
    ({ before, fact, after }) =>
      isStep(before, fact, after) && (!hasMoney(before.status) || hasMoney(after.status)),
  ),
  property(
    {
      rule: 'I2',
      title: 'what a provider takes back after paid is a conflict until a person looked',
    },
    anyStep,
    ({ before, fact, after }) => {
      const isBack = fact.status === 'failed' || fact.status === 'canceled'
      const isWord = fact.kind !== 'expired' && fact.kind !== 'created'
      if (before.status === 'paid' && isBack && isWord) return after.reason === 'conflict'
      const wasConflict = before.status === 'paid' && before.reason === 'conflict'
      return !wasConflict || after.status !== 'paid' || fact.kind === 'resolved'
        ? true
        : after.reason === 'conflict'
    },
  ),
  property(
    { rule: 'I3', title: 'received only grows, is never negative, and keeps its currency' },
    anyStep,
    ({ before, after }) => {
      const [from, to] = [value(before.received), value(after.received)]
      if (after.received && to === undefined) return false
      if (from === undefined) return before.received === null
      return (
        to !== undefined && to >= from && before.received?.currency === after.received?.currency
      )
    },
  ),
  property(
    { rule: 'I3', title: 'received is the most that was seen in the first currency, never a sum' },
    anyFacts,
    (facts) => {
      const seen = inOrder(facts).flatMap(({ received }) =>
        received && value(received) !== undefined ? [received] : [],
      )
      const own = seen.filter(({ currency }) => currency === seen[0]?.currency)
      const most = own.reduce<bigint | undefined>(
        (best, each) => ((value(each) ?? 0n) > (best ?? -1n) ? value(each) : best),
        undefined,
      )
      return value(project(facts).received) === most
    },
  ),
  property(
    { rule: 'I1', title: 'paid has a fact that says paid, with its time and its assurance' },
    anyFacts,
    (facts) => {
      const { status, paidAt, assurance } = project(facts)
      const money = facts.filter((fact) => hasMoney(fact.status))
      if (!hasMoney(status)) return paidAt === null && assurance === null
      const proofs = money.filter((fact) => fact.status === 'paid')
      return (
        money.some(({ at }) => at === paidAt) &&
        (assurance === null || proofs.some((fact) => fact.assurance === assurance))
      )
    },
  ),
  property(
    {
      rule: 'I7',
      title: 'facts of one attempt leave every other attempt as it is',
      gateRuns: 5000,
    },
    fc.tuple(anyFacts, anyFacts, anyFacts),
    ([first, second, more]) => {
      const before = aggregateOf([paymentOf('a', first), paymentOf('b', second)])
      // Whatever is observed is later than all that was.
      const facts = more.map((fact) => ({
        ...fact,
        at: fact.at + 6,
        id: `m${fact.id}`,
        paymentId: 'b',
      }))
      const after = evolve(before, { facts }, before.checkout.createdAt)
      const isSame = isDeepStrictEqual(before.payments[0]?.state, after.payments[0]?.state)
      return isSame && (!hasMoney(before.checkout.status) || hasMoney(after.checkout.status))
    },
  ),
  property(
    { rule: 'I7', title: 'a checkout is what its attempts say, and paid as soon as one is' },
    fc.tuple(anyAttempts, anyEnd),
    ([attempts, end]) => projectCheckout(attempts, end).status === oracle(attempts, end),
  ),
  property(
    { rule: 'I6', title: 'an attempt that nobody saw counts for nothing, unless money came to it' },
    fc.tuple(anyAttempts, anyAttempts, anyEnd),
    ([attempts, others, end]) => {
      const unseen = others
        .filter(({ status }) => !hasMoney(status))
        .map((attempt) => ({ ...attempt, isShown: false }))
      const mixed = [...unseen, ...attempts, ...unseen]
      return isDeepStrictEqual(projectCheckout(mixed, end), projectCheckout(attempts, end))
    },
  ),
]
