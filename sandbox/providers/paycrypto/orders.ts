/**
 * PayCrypto's orders in memory. An order that is not paid expires at `expire`, 100 minutes after it
 * was made by default; it does so when it is next looked at.
 *
 * @module
 */
import { randomInt } from 'node:crypto'
import { ProblemError } from '../../problem.ts'
import type { Paid, SandboxPayment } from '../../provider.ts'
import type { CreateRequest } from './create-request.ts'
import { formatAmount, listActions, paidSum, performAction, STATUSES } from './order.ts'
import type { Order } from './order.ts'

/** The orders of one stand-in. */
export interface Orders {
  /** Undefined if the `cust_order_id` is taken. */
  readonly create: (request: CreateRequest) => Order | undefined
  readonly get: (id: string) => Order | undefined
  /** In the order in which they were made. */
  readonly list: () => readonly Order[]
  /** Throws a `ProblemError`: 404 `unknown_payment`, and those of `performAction`. */
  readonly act: (id: string, action: string, amount?: string, currency?: string) => Order
  readonly reset: () => void
}

export interface OrdersOptions {
  readonly now: () => number
  /** Called after every change of a status. */
  readonly onChange: (order: Order) => void
}

const EXPIRE_MS = 100 * 60_000

export function createOrders({ now, onChange }: OrdersOptions): Orders {
  const orders = new Map<string, Order>()
  const taken = new Set<string>()
  const settle = (order: Order): Order => {
    if (order.status === 0 && now() >= order.expireMs) {
      performAction(order, 'expire', { amount: undefined, currency: undefined, nowMs: now() })
      onChange(order)
    }
    return order
  }
  const get = (id: string): Order | undefined => {
    const order = orders.get(id)
    return order && settle(order)
  }
  const mintId = (): string => {
    const time = new Date(now()).toISOString().replaceAll(/\D/g, '').slice(2, 14)
    const id = `p${time}${String(randomInt(100_000)).padStart(5, '0')}`
    return orders.has(id) ? mintId() : id
  }

  return {
    create: (request) => {
      const { custOrderId, expire } = request
      if (taken.has(custOrderId)) return undefined
      taken.add(custOrderId)
      const createdMs = now()
      const order: Order = {
        id: mintId(),
        request,
        createdMs,
        updatedMs: createdMs,
        expireMs: expire ?? createdMs + EXPIRE_MS,
        status: 0,
        paidCurrency: '',
        claimed: 0n,
        transfers: [],
      }
      orders.set(order.id, order)
      return order
    },
    get,
    list: () => [...orders.values()].map(settle),
    act: (id, action, amount, currency) => {
      const order = get(id)
      if (!order) throw new ProblemError(404, 'unknown_payment', 'There is no such order.')
      performAction(order, action, { amount, currency, nowMs: now() })
      onChange(order)
      return order
    },
    reset: () => {
      orders.clear()
      taken.clear()
    },
  }
}

/** An order as `GET /payments` shows it. */
export function toPayment(order: Order): SandboxPayment {
  const { id, request, createdMs, expireMs, status, paidCurrency } = order
  return {
    id,
    status: STATUSES[status]?.name ?? String(status),
    amount: request.amount,
    currency: request.currency,
    reference: request.custOrderId,
    createdAt: new Date(createdMs).toISOString(),
    actions: listActions(order),
    details: {
      code: status,
      paidAmount: formatAmount(paidSum(order)),
      paidCurrency,
      expiresAt: new Date(expireMs).toISOString(),
    },
  }
}

/** An order's money as `GET /ledger` shows it. */
export function toPaid({ id, transfers, paidCurrency }: Order): Paid[] {
  return transfers.map(({ at, amount }) => ({
    id,
    amount: formatAmount(amount),
    currency: paidCurrency,
    at,
  }))
}
