/**
 * How a checkout changes: new facts and attempts in, a new version out. Pure.
 * @module
 */
import { projectCheckout } from '../protocol/checkout-status.ts'
import { project } from '../protocol/projection.ts'
import { isOpen, isPaidFor } from '../protocol/status.ts'
import type { Aggregate, PaymentRecord, StoredFact } from './records.ts'
import { isLost } from './schedule.ts'

/** What is to be added. A payment given replaces the one of its id; its `state` is derived here. */
export interface Change {
  readonly payments?: readonly PaymentRecord[]
  readonly facts?: readonly StoredFact[]
  /** The merchant takes the order back. */
  readonly isCanceled?: true
  /** What becomes of ids that came back. Alone it is no change that anybody sees: the version stays. */
  readonly claims?: readonly ClaimChange[]
}

export interface ClaimChange {
  readonly paymentId: string
  readonly ref: string
  /**
   * To be asked about; answered, and this payment's for ever; to be asked about once more; answered, and
   * nobody's.
   */
  readonly becomes: 'kept' | 'settled' | 'reopened' | 'released'
}

/** Nothing but what is asked about. */
export const isQuiet = (change: Change): boolean =>
  change.claims !== undefined && Object.keys(change).length === 1

/** The payments with what `changes` make of their claims. */
export const withClaims = (
  payments: readonly PaymentRecord[],
  changes: readonly ClaimChange[],
  now: number,
): readonly PaymentRecord[] =>
  payments.map((payment) => {
    const own = changes.filter(({ paymentId }) => paymentId === payment.id)
    if (own.length === 0) return payment
    const others = payment.claims.filter(({ ref }) => own.every((change) => change.ref !== ref))
    const kept = own.filter(({ becomes }) => becomes === 'kept' || becomes === 'reopened')
    return { ...payment, claims: [...others, ...kept.map(({ ref }) => ({ ref, createdAt: now }))] }
  })

/** The checkout after `change`, its statuses projected anew from all facts. */
export function evolve(before: Aggregate, change: Change, now: number): Aggregate {
  const facts = [...before.facts, ...(change.facts ?? [])]
  const merged = merge(before.payments, change.payments ?? [])
  const payments = withClaims(merged, change.claims ?? [], now).map((payment) => ({
    ...payment,
    state: project(facts.filter((fact) => fact.paymentId === payment.id)),
  }))
  const attempts = payments.map(({ state, isShown, isSuperseded }) => ({
    status: state.status,
    reason: state.reason,
    isShown,
    isSuperseded,
  }))
  const isCanceled = before.checkout.isCanceled || change.isCanceled === true
  const end = isCanceled ? 'canceled' : now >= before.checkout.expiresAt ? 'expired' : null
  const { status, reason } = projectCheckout(attempts, end)
  return {
    checkout: {
      ...before.checkout,
      status,
      reason,
      isCanceled,
      version: before.checkout.version + 1,
      updatedAt: now,
    },
    payments,
    facts,
  }
}

/** Ends a checkout whose time is over, where nothing of it is under way any more. */
export const endIfOver =
  (now: number) =>
  (aggregate: Aggregate): Change | undefined =>
    evolve(aggregate, {}, now).checkout.status === aggregate.checkout.status ? undefined : {}

/** The attempt that the shopper is at: the newest that was shown and that no other replaced. */
export function activePayment({ payments }: Aggregate): PaymentRecord | undefined {
  return payments.findLast((payment) => payment.isShown && !payment.isSuperseded)
}

/** It is being made or can be paid. A create whose answer was lost is not: nobody saw it. */
export function isLive(payment: PaymentRecord): boolean {
  return !payment.isSuperseded && !isLost(payment) && isOpen(payment.state.status)
}

/** Money was seen, or a person has to look: no time to pick something else. */
export const hasMoneyUnderWay = ({ isShown, state }: PaymentRecord): boolean =>
  isShown && (state.status === 'processing' || state.status === 'review')

/**
 * The attempt that is shown: the one that `projectCheckout` has the status from; where that is none, the
 * active one, else the last that was shown.
 */
export function visiblePayment({ payments }: Aggregate): PaymentRecord | undefined {
  const paid = payments.filter(({ state }) => isPaidFor(state.status))
  const shown = payments.filter(({ isShown }) => isShown)
  return (
    paid.find(({ state }) => state.status === 'paid' && state.reason !== 'duplicate') ??
    paid.find(({ state }) => state.reason !== 'duplicate') ??
    paid[0] ??
    shown.findLast(({ isSuperseded, state }) => !isSuperseded && isOpen(state.status)) ??
    shown.findLast(hasMoneyUnderWay) ??
    shown.findLast(({ isSuperseded }) => !isSuperseded) ??
    shown.at(-1)
  )
}

function merge(
  known: readonly PaymentRecord[],
  changed: readonly PaymentRecord[],
): readonly PaymentRecord[] {
  const byId = new Map([...known, ...changed].map((payment) => [payment.id, payment]))
  return [...byId.values()].toSorted((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))
}
