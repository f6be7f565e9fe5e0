/**
 * Facts in, status out. Every observation of a payment is a fact, appended and never changed; what a
 * payment is now is a pure function of its facts. So a repeated, reordered or late message is
 * harmless by construction, and the history explains every status.
 * @module
 */
import { compareDecimal, isDecimal } from './money.ts'
import type { Money } from './money.ts'
import { TRANSITIONS, isPaidFor } from './status.ts'
import type { Assurance, PaymentStatus, Reason } from './status.ts'

/** Where an observation came from. */
export type FactKind =
  'created' | 'polled' | 'notified' | 'returned' | 'canceled' | 'expired' | 'resolved'

/** One observation of a payment. */
export interface Fact {
  readonly id: string
  /** When it was observed, epoch milliseconds. */
  readonly at: number
  readonly kind: FactKind
  readonly status: PaymentStatus
  readonly reason?: Reason
  /** All that has arrived so far, not the difference. */
  readonly received?: Money
  readonly assurance?: Assurance
  /** The provider's own word, for the history. */
  readonly providerStatus?: string
  /** Who or what, in words: the note of a resolve, the ref that was claimed. Never a secret. */
  readonly note?: string
}

/** What the facts amount to. */
export interface PaymentState {
  readonly status: PaymentStatus
  readonly reason: Reason | null
  readonly received: Money | null
  readonly assurance: Assurance | null
  /** When the first proof of payment was observed. */
  readonly paidAt: number | null
}

const START: PaymentState = {
  status: 'pending',
  reason: null,
  received: null,
  assurance: null,
  paidAt: null,
}

/**
 * The state that a payment's facts add up to. Never throws; the order in which the facts are given
 * and how often each is given do not matter: they are taken in the order they were observed.
 */
export function project(facts: readonly Fact[]): PaymentState {
  const distinct = new Map(facts.map((fact) => [fact.id, fact]))
  return [...distinct.values()].toSorted(byObservation).reduce(step, START)
}

/** No two have the same id. */
function byObservation(a: Fact, b: Fact): number {
  return a.at - b.at || (a.id < b.id ? -1 : 1)
}

function step(state: PaymentState, fact: Fact): PaymentState {
  const next = { ...state, received: more(state.received, fact.received) }
  if (fact.status === state.status) {
    return {
      ...next,
      reason: isPaidFor(state.status) ? sticky(state, fact) : (fact.reason ?? null),
    }
  }
  if (!TRANSITIONS[state.status].includes(fact.status)) {
    return contradicts(state, fact) ? { ...next, reason: 'conflict' } : next
  }
  return {
    ...next,
    status: fact.status,
    reason: fact.reason ?? reasonOf(state.status, fact.status),
    assurance: fact.status === 'paid' ? (fact.assurance ?? state.assurance) : state.assurance,
    paidAt: state.paidAt ?? (isPaidFor(fact.status) ? fact.at : null),
  }
}

/** Once paid, a repeated word adds a reason but never clears one; only a person does. */
function sticky(state: PaymentState, fact: Fact): Reason | null {
  if (fact.kind === 'resolved') return fact.reason ?? null
  return state.reason === 'conflict' ? 'conflict' : (fact.reason ?? state.reason)
}

/** Money after the end of an attempt is late; a refund that did not happen says so. */
function reasonOf(from: PaymentStatus, to: PaymentStatus): Reason | null {
  if (to !== 'paid') return null
  if (from === 'refunding') return 'refund_failed'
  return from === 'expired' || from === 'canceled' ? 'late' : null
}

/** The provider takes back what it had confirmed: paid stays, and somebody must look. */
function contradicts(state: PaymentState, fact: Fact): boolean {
  if (!isPaidFor(state.status) || fact.kind === 'expired' || fact.kind === 'created') return false
  return fact.status === 'failed' || fact.status === 'canceled' || fact.reason === 'conflict'
}

/** What has arrived only ever grows; a text that is no amount, or of another currency, is passed over. */
function more(known: Money | null, seen: Money | undefined): Money | null {
  if (!seen || !isDecimal(seen.amount)) return known
  if (!known) return seen
  if (known.currency !== seen.currency) return known
  return compareDecimal(seen.amount, known.amount) > 0 ? seen : known
}
