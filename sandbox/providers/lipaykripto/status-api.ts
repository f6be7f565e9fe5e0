/**
 * `GET /api/paymentcontroller`, which is not in the document: it comes from the provider's public
 * repository STATUS-CHECK (`providers/lipaykripto.md`, "Status API").
 *
 * From there: the parameters, `X-API-KEY`, the answer's keys, and `error: {code, message}` with
 * 400, 401, 404 and 500. Ours: the words of the codes; a movement that has not ended is `pending`.
 *
 * @module
 */
import { isEqualSecret } from '../../constant-time.ts'
import type { SemanticKind } from '../../faults.ts'
import type { Movement, Movements } from './movements.ts'

/** `{success: false, error: {code, message}}`. */
export class StatusApiError extends Error {
  readonly status: 400 | 401 | 404
  readonly code: string

  constructor(status: StatusApiError['status'], code: string, message: string) {
    super(message)
    this.name = 'StatusApiError'
    this.status = status
    this.code = code
  }
}

/** What was asked. */
export interface StatusQuery {
  readonly given: string | undefined
  readonly apiKey: string
  readonly query: URLSearchParams
}

const KINDS = { payment: 'payment', withdraw: 'withdrawal' } as const

/** The movement that is asked for. Throws a `StatusApiError`. */
export function findMovement(
  { given, apiKey, query }: StatusQuery,
  movements: Movements,
): Movement {
  if (!isEqualSecret(given ?? '', apiKey)) {
    throw new StatusApiError(401, 'UNAUTHORIZED', 'Invalid API key')
  }
  const type = query.get('type')
  if (type !== 'payment' && type !== 'withdraw') {
    throw new StatusApiError(400, 'INVALID_TYPE', 'type must be payment or withdraw')
  }
  const paymentId = query.get('paymentId') ?? ''
  if (paymentId === '') throw new StatusApiError(400, 'INVALID_ID', 'paymentId is required')
  const movement = movements.find(KINDS[type], paymentId)
  if (!movement) throw new StatusApiError(404, 'NOT_FOUND', 'Payment not found')
  return movement
}

/** The answer, or one with a lie in it. */
export function toStatusJson(
  { reference, status, tryAmount }: Movement,
  fault: SemanticKind | undefined,
) {
  const isEnded = status === 'confirmed' || status === 'failed'
  const data = { paymentId: reference, status: isEnded ? status : 'pending', tryAmount }
  return { success: true, data: { ...data, ...distortion(data, fault) } }
}

function distortion(data: { tryAmount: string }, fault: SemanticKind | undefined): object {
  if (fault === 'unknown-status') return { status: 'settled_elsewhere' }
  if (fault === 'wrong-amount') return { tryAmount: `9${data.tryAmount}` }
  return {}
}
