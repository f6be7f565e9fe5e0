/**
 * Lincoln's orders in memory.
 *
 * @module
 */
import { randomBytes, randomInt } from 'node:crypto'
import { isEqualSecret } from '../../constant-time.ts'
import { ProblemError } from '../../problem.ts'
import type { Paid, SandboxPayment } from '../../provider.ts'
import { ACTIONS, listActions, perform } from './actions.ts'
import type { CreateRequest } from './create-request.ts'
import type { Order, Status } from './order.ts'
import { makeAccount } from './payment-details.ts'

/** The orders of one stand-in. */
export interface Orders {
  readonly create: (request: CreateRequest) => Order
  /** Both must fit. */
  readonly find: (uid: string, secret: string) => Order | undefined
  readonly list: () => readonly Order[]
  /** Every change of a status goes through here. */
  readonly setStatus: (order: Order, status: Status) => void
  /** Throws a `ProblemError`: 404 `unknown_payment`, 409 `action_not_possible`, 400 `invalid_amount`. */
  readonly act: (id: string, action: string, amount: string | undefined) => void
  readonly reset: () => void
}

interface Options {
  readonly now: () => number
  /** Called after every change of a status, never for a new order. */
  readonly onStatus: (order: Order) => void
}

/** Ours; the document names no lifetime. */
const ORDER_TTL_MS = 30 * 60_000

export function createOrders({ now, onStatus }: Options): Orders {
  const orders = new Map<string, Order>()
  /** Counted on from the time, so that two sandboxes after one another give no uid twice. */
  let uid = Math.floor(now() / 1000)

  const setStatus = (order: Order, status: Status): void => {
    if (order.status === status) return
    order.status = status
    if (status === 'inProgressPayout' || status === 'done') order.paidMs ??= now()
    onStatus(order)
  }

  return {
    create: (request) => {
      const id = mintId(now())
      const order: Order = {
        id,
        uid,
        rid: randomText(11, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'),
        secret: randomText(24, ALPHANUMERIC),
        request,
        account: makeAccount(request.route, id),
        createdMs: now(),
        expiresMs: now() + ORDER_TTL_MS,
        status: request.skipPreview ? 'waitPayment' : 'new',
        inAmount: request.amount,
        outAmount: request.outAmount,
        paidMs: undefined,
      }
      uid += 1
      orders.set(id, order)
      return order
    },
    find: (wantedUid, secret) => {
      const order = [...orders.values()].find((each) => String(each.uid) === wantedUid)
      return order && isEqualSecret(secret, order.secret) ? order : undefined
    },
    list: () => [...orders.values()],
    setStatus,
    act: (id, action, amount) => {
      const order = orders.get(id)
      const known = ACTIONS.find((each) => each === action)
      if (!order || !known) {
        throw new ProblemError(404, 'unknown_payment', 'No such order or action.')
      }
      perform(order, known, { amount, nowMs: now(), setStatus })
    },
    reset: () => orders.clear(),
  }
}

/** An order as `GET /payments` shows it; its secret stays with the one who made it. */
export function toPayment(order: Order): SandboxPayment {
  const { id, uid, request, status, inAmount, createdMs, expiresMs } = order
  const { route } = request
  return {
    id,
    status,
    amount: inAmount,
    currency: route.from.currency.symbol,
    reference: String(uid),
    createdAt: new Date(createdMs).toISOString(),
    actions: listActions(order),
    details: {
      routeId: route.routeId,
      xmlFrom: route.from.currency.xml,
      xmlTo: route.to.currency.xml,
      askedAmount: request.amount,
      outAmount: order.outAmount,
      account: order.account,
      expiresAt: new Date(expiresMs).toISOString(),
    },
  }
}

/** An order's money as `GET /ledger` shows it. */
export function toPaid({ id, request, inAmount, paidMs }: Order): Paid[] {
  if (paidMs === undefined) return []
  const currency = request.route.from.currency.symbol
  return [{ id, amount: inAmount, currency, at: new Date(paidMs).toISOString() }]
}

const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

function randomText(length: number, alphabet: string): string {
  return Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join('')
}

/** An ObjectId: the time in seconds, then chance. */
function mintId(nowMs: number): string {
  const seconds = Math.floor(nowMs / 1000).toString(16)
  return seconds.padStart(8, '0').slice(-8) + randomBytes(8).toString('hex')
}
