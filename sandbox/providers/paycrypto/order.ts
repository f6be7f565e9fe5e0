/**
 * One order of PayCrypto as the stand-in keeps it, its ten statuses, and what can happen to it.
 *
 * From the document: the statuses, `paid_currency`, `paid_amount`. Ours: which may follow which,
 * the reasons, and that money of an expired or cancelled order can still come (late money).
 *
 * @module
 */
import { formatDecimal, parseDecimal } from '../../decimal.ts'
import { ProblemError } from '../../problem.ts'
import { keysOf } from '../../tables.ts'
import { SCALE } from './create-request.ts'
import type { CreateRequest } from './create-request.ts'

/** By the code that is answered; `reason` is that of a record. */
export const STATUSES = [
  { name: 'processing', reason: '' },
  { name: 'success', reason: 'Approved' },
  { name: 'confirming', reason: '' },
  { name: 'abnormal', reason: 'Abnormal amount or time of payment' },
  { name: 'failed', reason: 'Payment failed' },
  { name: 'cancelled', reason: 'Cancelled by the user' },
  { name: 'expired', reason: 'Order expired' },
  { name: 'refunding', reason: 'Refund in progress' },
  { name: 'refunded', reason: 'Refunded' },
  { name: 'refund-failed', reason: 'Refund failed' },
] as const

export interface Order {
  readonly id: string
  readonly request: CreateRequest
  readonly createdMs: number
  readonly expireMs: number
  updatedMs: number
  /** An index of `STATUSES`. */
  status: number
  paidCurrency: string
  /** Seen by the provider, but not confirmed. */
  claimed: bigint
  /** Money that came, in units of 10^-6. */
  readonly transfers: { readonly at: string; readonly amount: bigint }[]
}

interface Action {
  readonly to: number
  readonly from: readonly number[]
  /** What it does to the money; `given` is the amount that was asked for. */
  readonly perform?: (order: Order, given: bigint | undefined, at: string) => void
}

const TABLE = {
  /** The rest, or `amount`: more than the rest overpays. */
  success: {
    to: 1,
    from: [0, 2, 3, 4, 5, 6],
    perform: (order, given, at) => {
      transfer(order, given ?? (order.claimed > 0n ? order.claimed : rest(order)), at)
    },
  },
  /** The money is seen and not yet safe. */
  confirming: {
    to: 2,
    from: [0],
    perform: (order, given) => void (order.claimed = given ?? rest(order)),
  },
  /** With `amount`, money came with it. */
  abnormal: {
    to: 3,
    from: [0, 2, 5, 6],
    perform: (order, given, at) => transfer(order, given ?? order.claimed, at),
  },
  /** `amount`, half of the rest by default: abnormal. */
  underpay: {
    to: 3,
    from: [0, 2, 3],
    perform: (order, given, at) => {
      const part = given ?? rest(order) / 2n
      if (part >= rest(order)) throw badAmount('underpay needs less than the rest.')
      transfer(order, part, at)
    },
  },
  fail: { to: 4, from: [0, 2], perform: (order) => void (order.claimed = 0n) },
  cancel: { to: 5, from: [0] },
  expire: { to: 6, from: [0] },
  refunding: { to: 7, from: [1, 3] },
  refunded: { to: 8, from: [7] },
  'refund-failed': { to: 9, from: [7] },
} as const satisfies Record<string, Action>

export const ACTIONS = keysOf(TABLE)

/** Every action that is possible now. */
export function listActions({ status }: Order): readonly string[] {
  return ACTIONS.filter((name) => {
    const { from }: Action = TABLE[name]
    return from.includes(status)
  })
}

/** What an action may be given. */
export interface ActionDetails {
  readonly amount: string | undefined
  /** `paid_currency`. */
  readonly currency: string | undefined
  readonly nowMs: number
}

/** Throws a `ProblemError`: 409 `action_not_possible`, 400 `invalid_amount`. */
export function performAction(order: Order, name: string, details: ActionDetails): void {
  const known = ACTIONS.find((each) => each === name)
  const legal = listActions(order)
  if (!known || !legal.includes(known)) {
    const detail = `${name} is not possible in ${STATUSES[order.status]?.name}.`
    throw new ProblemError(409, 'action_not_possible', detail, { legal })
  }
  const action: Action = TABLE[known]
  const given = readAmount(details.amount)
  action.perform?.(order, given, new Date(details.nowMs).toISOString())
  if (paidSum(order) > 0n) order.paidCurrency = details.currency ?? defaultCurrency(order)
  order.status = action.to
  order.updatedMs = details.nowMs
}

/** What is shown as `paid_amount`, in units of 10^-6. */
export function paidSum({ transfers, claimed }: Order): bigint {
  return transfers.reduce((sum, { amount }) => sum + amount, claimed)
}

/** The shortest decimal text. */
export function formatAmount(minor: bigint): string {
  return formatDecimal(minor, SCALE)
}

function transfer(order: Order, amount: bigint, at: string): void {
  order.claimed = 0n
  if (amount > 0n) order.transfers.push({ at, amount })
}

/** One unit of a fiat currency is one USDT: play money. */
function rest(order: Order): bigint {
  const came = order.transfers.reduce((sum, { amount }) => sum + amount, 0n)
  const left = (parseDecimal(order.request.amount, SCALE) ?? 0n) - came
  return left > 0n ? left : 0n
}

function defaultCurrency({ paidCurrency, request }: Order): string {
  if (paidCurrency !== '') return paidCurrency
  return request.currency.startsWith('USDT-') ? request.currency : 'USDT-TRC20'
}

function readAmount(amount: string | undefined): bigint | undefined {
  if (amount === undefined) return undefined
  const sum = parseDecimal(amount, SCALE)
  if (sum === undefined || sum === 0n) {
    throw badAmount('The amount is no decimal text above 0 with at most 6 decimals.')
  }
  return sum
}

function badAmount(detail: string): ProblemError {
  return new ProblemError(400, 'invalid_amount', detail)
}
