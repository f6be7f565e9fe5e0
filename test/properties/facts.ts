/**
 * Any history a payment can have, and any set of attempts, made of small numbers so that a hundred
 * thousand of them take no time.
 * @module
 */
import fc from 'fast-check'
import type { Attempt } from '../../protocol/checkout-status.ts'
import type { Money } from '../../protocol/money.ts'
import type { Fact, FactKind } from '../../protocol/projection.ts'
import { PAYMENT_STATUSES } from '../../protocol/status.ts'
import type { Assurance, Reason } from '../../protocol/status.ts'

const KINDS: readonly FactKind[] = [
  'polled',
  'created',
  'notified',
  'returned',
  'canceled',
  'expired',
  'resolved',
]

const REASONS: readonly (Reason | undefined)[] = [
  undefined,
  'underpaid',
  'overpaid',
  'late',
  'declined',
  'unconfirmed',
  'duplicate',
  'conflict',
  'refund_failed',
]

const ASSURANCES: readonly (Assurance | undefined)[] = [
  undefined,
  'provider-api',
  'signed-webhook',
  'unsigned-webhook',
  'merchant',
]

const RECEIVED: readonly (Money | undefined)[] = [
  undefined,
  { amount: '1', currency: 'TRX' },
  { amount: '2.5', currency: 'TRX' },
  { amount: '2.50', currency: 'TRX' },
  { amount: '0', currency: 'TRX' },
  { amount: '9999999999999.000000000000000001', currency: 'TRX' },
  { amount: '9', currency: 'TRY' },
  { amount: 'x', currency: 'TRX' },
  { amount: '-1', currency: 'TRX' },
]

/** Several facts in the same millisecond: then the id says which came first. */
const TIMES = 6

/** Reads a number digit by digit, each digit a choice. */
export function choices(code: number): <T>(from: readonly T[]) => T {
  let rest = code
  return (from) => {
    const chosen = from[rest % from.length]
    rest = Math.floor(rest / from.length)
    return chosen as (typeof from)[number]
  }
}

const FACTS =
  PAYMENT_STATUSES.length *
  KINDS.length *
  REASONS.length *
  RECEIVED.length *
  ASSURANCES.length *
  TIMES

function toFact(code: number, index: number): Fact {
  const choose = choices(code)
  const status = choose(PAYMENT_STATUSES)
  const reason = choose(REASONS)
  const received = choose(RECEIVED)
  const kind = choose(KINDS)
  const assurance = choose(ASSURANCES)
  const at = choose([0, 1, 2, 3, 4, 5])
  return {
    // Not in the order in which they are given.
    id: `f${(index * 7) % 16}`,
    at,
    kind,
    status,
    ...(reason && { reason }),
    ...(received && { received }),
    ...(assurance && { assurance }),
  }
}

/** Up to ten facts, each id once. */
export const anyFacts: fc.Arbitrary<readonly Fact[]> = fc
  .array(fc.nat(FACTS - 1), { maxLength: 10 })
  .map((codes) => codes.map(toFact))

/** The order of observation, said once more: time, then id. */
export const inOrder = (facts: readonly Fact[]): readonly Fact[] =>
  facts.toSorted((a, b) => (a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at - b.at))

const toAttempt = (code: number): Attempt => {
  const choose = choices(code)
  return {
    status: choose(PAYMENT_STATUSES),
    reason: choose(REASONS) ?? null,
    isShown: choose([true, false]),
    isSuperseded: choose([false, true]),
  }
}

/** Up to six attempts, oldest first. */
export const anyAttempts: fc.Arbitrary<readonly Attempt[]> = fc
  .array(fc.nat(PAYMENT_STATUSES.length * REASONS.length * 4 - 1), { maxLength: 6 })
  .map((codes) => codes.map(toAttempt))

export const anyEnd = fc.constantFrom(null, 'expired' as const, 'canceled' as const)
