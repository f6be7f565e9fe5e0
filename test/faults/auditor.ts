/**
 * The auditor: after a run it compares what providers, proxy, merchant and shoppers wrote down, and says
 * what does not fit together, each in a sentence. It is the oracle of every goal.
 * @module
 */
import type { Ledgers } from './ledgers.ts'
import { readEntries } from './provider-books.ts'
import type { Entry } from './provider-books.ts'
import { deliveryRules } from './rules/deliveries.ts'
import { historyRules } from './rules/history.ts'
import { moneyRules } from './rules/money.ts'
import { payoutRules } from './rules/payouts.ts'
import { shownRules } from './rules/shown.ts'
import { isOpen, isPaidFor } from '../../protocol/status.ts'

/** What is wrong, one sentence for each case. */
export type Rule = (ledgers: Ledgers, entries: readonly Entry[]) => readonly string[]

export interface Audit {
  readonly violations: readonly string[]
  readonly counts: Counts
}

export interface Counts {
  readonly checkouts: number
  readonly payments: number
  /** Payments that exist at a provider. */
  readonly there: number
  /** Paid at a provider, paid here. */
  readonly paidThere: number
  readonly paidHere: number
  /** Payments here that may still change. */
  readonly open: number
  readonly facts: number
  readonly deliveries: number
  /** Requests that the merchant got, and different ones among them. */
  readonly told: number
  readonly toldDistinct: number
}

/** By the invariant that each holds the run to (SECURITY.md, section 3). */
const RULES: Readonly<Record<string, Rule>> = {
  ...moneyRules,
  ...historyRules,
  ...shownRules,
  ...deliveryRules,
  ...payoutRules,
}

export const RULE_NAMES: readonly string[] = Object.keys(RULES)

/** Holds a run to every rule. */
export function audit(ledgers: Ledgers): Audit {
  const entries = readEntries(ledgers)
  const violations = Object.entries(RULES).flatMap(([name, rule]) =>
    rule(ledgers, entries).map((sentence) => `${name}: ${sentence}`),
  )
  return { violations, counts: count(ledgers, entries) }
}

/** With everything healed and enough time gone by, nothing is left open but what waits for a person. */
export function auditRest({ proxy }: Ledgers): readonly string[] {
  const waiting = proxy.payments
    .filter(({ state }) => state.status === 'pending' || state.status === 'processing')
    .map(({ id, provider, state }) => `rest: payment ${id} of ${provider} is ${state.status}`)
  const untold = proxy.deliveries
    .filter(({ status }) => status !== 'delivered')
    .map(({ id, status }) => `rest: delivery ${id} is ${status}`)
  return [...waiting, ...untold]
}

function count({ proxy, merchant }: Ledgers, entries: readonly Entry[]): Counts {
  const { payments } = proxy
  return {
    checkouts: proxy.checkouts.length,
    payments: payments.length,
    there: entries.length,
    paidThere: entries.filter(({ isPaid, isSecret }) => isPaid && !isSecret).length,
    paidHere: payments.filter(({ state }) => isPaidFor(state.status)).length,
    open: payments.filter(({ state }) => isOpen(state.status)).length,
    facts: proxy.facts.length,
    deliveries: proxy.deliveries.length,
    told: merchant.length,
    toldDistinct: new Set(merchant.map(({ webhookId }) => webhookId)).size,
  }
}
