/**
 * Redoya's orders in memory, and what can happen to them.
 *
 * An order begins when the shopper pays on the hosted page; its id is only ever told in the
 * redirect. States and actions are ours; what they answer is `verify.ts`.
 *
 * @module
 */
import { randomInt } from 'node:crypto'
import { ProblemError } from '../../problem.ts'
import type { Paid, SandboxPayment } from '../../provider.ts'
import { keysOf } from '../../tables.ts'
import type { OrderToken } from './order-token.ts'

/** How the hosted page can end. */
export const OUTCOMES = ['success', 'failed', 'pending'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** The actions of `POST /payments/redoya/:id`, and the state each leads to. */
const STATE_AFTER = {
  confirm: 'success',
  fail: 'failed',
  'time-out': 'timed-out',
  delay: 'pending',
} as const satisfies Record<string, Outcome | 'timed-out'>

export const ACTIONS = keysOf(STATE_AFTER)

/** What verify shall answer instead of the truth. */
export type Overrides = Partial<Record<'testMode' | 'currency' | 'payment_amount', string>>

/** An order as the stand-in keeps it. */
export interface Order {
  /** 16 letters and digits. */
  readonly id: string
  readonly token: OrderToken
  readonly redirect: string
  readonly overrides: Overrides
  readonly createdMs: number
  /** When it was paid or failed. */
  endedMs: number
  state: Outcome | 'timed-out'
  /** Verify calls so far. */
  uses: number
}

/** The orders of one stand-in. */
export interface Orders {
  readonly create: (token: OrderToken, outcome: Outcome, overrides: Overrides) => Order
  readonly get: (id: string) => Order | undefined
  readonly list: () => readonly Order[]
  /** Throws a `ProblemError`: 404 `unknown_payment`, 409 `action_not_possible`. */
  readonly act: (id: string, action: string) => void
  readonly reset: () => void
}

/** "It's been a long time since the order was created": the document does not say how long. */
const PROOF_MS = 24 * 3_600_000

export function createOrders(now: () => number): Orders {
  const orders = new Map<string, Order>()
  const settle = (order: Order): Order => {
    if (now() - order.createdMs >= PROOF_MS) order.state = 'timed-out'
    return order
  }
  const get = (id: string): Order | undefined => {
    const order = orders.get(id)
    return order && settle(order)
  }

  return {
    create: (token, outcome, overrides) => {
      const id = randomOrderId()
      const target = outcome === 'failed' ? token.failURL : token.successfulURL
      const redirect = target.replaceAll('{order_id}', id)
      const createdMs = now()
      const times = { createdMs, endedMs: createdMs }
      const order: Order = { id, token, redirect, overrides, ...times, state: outcome, uses: 0 }
      orders.set(id, order)
      return order
    },
    get,
    list: () => [...orders.values()].map(settle),
    act: (id, action) => {
      const order = get(id)
      const known = ACTIONS.find((each) => each === action)
      if (!order || !known) {
        throw new ProblemError(404, 'unknown_payment', 'No such order or action.')
      }
      const legal = listActions(order)
      if (!legal.includes(known)) {
        const detail = `${action} is not possible in ${order.state}.`
        throw new ProblemError(409, 'action_not_possible', detail, { legal })
      }
      order.state = STATE_AFTER[known]
      order.endedMs = now()
    },
    reset: () => orders.clear(),
  }
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

function randomOrderId(): string {
  return Array.from({ length: 16 }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('')
}

/** All that would change something. */
function listActions({ state }: Order): (keyof typeof STATE_AFTER)[] {
  return ACTIONS.filter((action) => STATE_AFTER[action] !== state)
}

/** An order as `GET /payments` shows it. */
export function toPayment(order: Order): SandboxPayment {
  const { id, token, redirect, state, uses, createdMs } = order
  return {
    id,
    status: state,
    amount: String(token.price),
    currency: 'TRY',
    reference: null,
    createdAt: new Date(createdMs).toISOString(),
    actions: listActions(order),
    details: { isInTestMode: token.isInTestMode, uses, redirect },
  }
}

/** An order's money as `GET /ledger` shows it. */
export function toPaid({ id, token, state, endedMs }: Order): Paid[] {
  if (state !== 'success') return []
  const at = new Date(endedMs).toISOString()
  return [{ id, amount: String(token.price), currency: 'TRY', at }]
}
