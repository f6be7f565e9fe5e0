/**
 * What `POST /api/v1/order/verify/:orderId` answers, key by key in the order of the document
 * ("On successful payment", "On failed payment", "On error").
 *
 * @module
 */
import { divideUp, parseDecimal } from '../../decimal.ts'
import type { SemanticKind } from '../../faults.ts'
import type { Order } from './orders.ts'

/** The document's table, and what any server must have beside it (ours: NOT_FOUND, HTTP_…). */
const ERRORS: Readonly<Record<string, readonly [code: 400 | 404 | 429 | 500 | 503, string]>> = {
  NOT_CONFIRMED_YET: [400, 'The order is not end up yet.'],
  ORDER_TIMED_OUT: [400, "It's been a long time since the order was created."],
  UNKNOWN_ORDER: [404, 'Order with specified ID is not found.'],
  UNKNOWN_ERROR: [500, 'Unknown error! Contact the administrator.'],
  NOT_FOUND: [404, 'Not found.'],
  HTTP_429: [429, 'Too many requests.'],
  HTTP_503: [503, 'Service unavailable.'],
}

/** A refusal as the document shows it; the HTTP status is its `code`. */
export class RedoyaError extends Error {
  readonly status: 400 | 404 | 429 | 500 | 503
  readonly body: { name: string; message: string; code: number; type: string }

  constructor(type: string) {
    const [code, message] = ERRORS[type] ?? [500, 'Unknown error! Contact the administrator.']
    super(message)
    this.name = 'RedoyaError'
    this.status = code
    this.body = { name: 'MoleculerError', message, code, type }
  }
}

/** The answer for the order's vendor; counts the call. Throws a `RedoyaError`. */
export function verifyOrder(order: Order | undefined, fault: SemanticKind | undefined) {
  if (!order) throw new RedoyaError('UNKNOWN_ORDER')
  const uses = order.uses
  order.uses += 1
  if (order.state === 'timed-out') throw new RedoyaError('ORDER_TIMED_OUT')
  if (order.state === 'pending') throw new RedoyaError('NOT_CONFIRMED_YET')
  const answer = order.state === 'success' ? toSuccess(order, uses) : toFailure(order, uses)
  return fault === undefined ? answer : { ...answer, ...distortion(answer, fault) }
}

type Answer = ReturnType<typeof toSuccess> | ReturnType<typeof toFailure>

function toSuccess({ id, token, overrides, endedMs }: Order, uses: number) {
  const kurus = parseDecimal(String(token.price), 2) ?? 0n
  return {
    orderId: id,
    status: 'success',
    total_amount: String(kurus + divideUp(kurus * 3n, 100n)),
    payment_type: 'card',
    payment_amount: overrides.payment_amount ?? String(kurus),
    currency: overrides.currency ?? 'TL',
    testMode: overrides.testMode ?? String(token.isInTestMode),
    timestamp: Math.floor(endedMs / 1000),
    uses,
  }
}

function toFailure({ id, token, overrides, endedMs }: Order, uses: number) {
  return {
    orderId: id,
    status: 'failed',
    failed_reason_code: '10',
    failed_reason_msg: 'The card was declined by its bank.',
    total_amount: '0',
    payment_type: 'card',
    testMode: overrides.testMode ?? String(token.isInTestMode),
    timestamp: Math.floor(endedMs / 1000),
    uses,
  }
}

function distortion(answer: Answer, fault: SemanticKind): Record<string, string> {
  if (fault === 'unknown-status') return { status: 'settled_elsewhere' }
  if (!('payment_amount' in answer)) return {}
  if (fault === 'wrong-coin') return { currency: 'USD' }
  return { payment_amount: String(BigInt(answer.payment_amount) - 100n) }
}
