/**
 * What the control server can do to an order. Everything is possible at any time: an exchanger moves
 * its orders by hand, back too.
 *
 * Every action but `expire` takes an amount: another inAmount than was asked for, outAmount at the
 * same rate.
 *
 * @module
 */
import { formatDecimal, parseDecimal } from '../../decimal.ts'
import { ProblemError } from '../../problem.ts'
import { keysOf } from '../../tables.ts'
import type { Order, Status } from './order.ts'
import { outAmount } from './routes.ts'

/** The status each action leads to. */
const STATUS_AFTER = {
  'wait-payment': 'waitPayment',
  'in-progress': 'inProgress',
  'payout-queue': 'inProgressPayout',
  done: 'done',
  hold: 'hold',
  'error-payment': 'errorPayment',
  'error-payout': 'errorPayout',
  returned: 'returned',
  delete: 'deleted',
  /** Only the amounts; no status changes, so nobody is told. */
  'change-amount': undefined,
  /** Its time is over; the document does not say that a status follows. */
  expire: undefined,
} as const satisfies Record<string, Status | undefined>

export type ActionName = keyof typeof STATUS_AFTER

/** Every action there is. */
export const ACTIONS: readonly ActionName[] = keysOf(STATUS_AFTER)

/** All that would change something. */
export function listActions(order: Order): readonly ActionName[] {
  return ACTIONS.filter((name) => STATUS_AFTER[name] !== order.status)
}

interface Performance {
  readonly amount: string | undefined
  readonly nowMs: number
  readonly setStatus: (order: Order, status: Status) => void
}

/** Throws a `ProblemError`: 409 `action_not_possible`, 400 `invalid_amount`. */
export function perform(order: Order, action: ActionName, performance: Performance): void {
  const { amount, nowMs, setStatus } = performance
  const legal = listActions(order)
  if (!legal.includes(action)) {
    const detail = `${action} is not possible in ${order.status}.`
    throw new ProblemError(409, 'action_not_possible', detail, { legal })
  }
  if (action === 'expire') {
    if (amount !== undefined) throw badAmount('expire takes no amount.')
    order.expiresMs = Math.min(order.expiresMs, nowMs)
    return
  }
  if (amount !== undefined) changeAmount(order, amount)
  else if (action === 'change-amount') throw badAmount('change-amount needs an amount.')
  const status = STATUS_AFTER[action]
  if (status !== undefined) setStatus(order, status)
}

function changeAmount(order: Order, amount: string): void {
  const { route } = order.request
  const { decimal } = route.from.currency
  const minor = parseDecimal(amount, decimal)
  if (minor === undefined || minor === 0n) {
    throw badAmount(`The amount is no decimal text above 0 with at most ${decimal} decimals.`)
  }
  order.inAmount = formatDecimal(minor, decimal)
  order.outAmount = outAmount(route, order.inAmount) ?? '0'
}

function badAmount(detail: string): ProblemError {
  return new ProblemError(400, 'invalid_amount', detail)
}
