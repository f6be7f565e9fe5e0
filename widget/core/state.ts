/**
 * What the engine is asked to follow, and what it knows.
 * @module
 */
import type { CreateCheckoutBody } from '../../protocol/api.ts'
import type { Checkout } from '../../protocol/payment.ts'
import type { CheckoutError, ErrorCode } from './error.ts'

/** Which checkout to follow: made or found by `body`, else read by `id`. */
export interface OrderSource {
  readonly body: CreateCheckoutBody | null
  readonly id: string | null
  /** The shopper just came back from a payment page: ask the provider before showing anything. */
  readonly isReturn: boolean
}

/** What there is to show. */
export interface EngineState {
  readonly checkout: Checkout | null
  /** What is being done for the shopper right now; `wake` is not asked for, and not shown. */
  readonly busy: 'connect' | 'start' | 'cancel' | 'sent' | 'wake' | null
  /** The last thing that went wrong and still matters. */
  readonly error: CheckoutError | null
  /** What was being done when it went wrong. */
  readonly failedStep: EngineState['busy']
  /** Why the payment's address was refused. The checkout's `nextAction` is then null. */
  readonly alarm: ErrorCode | null
  readonly isOffline: boolean
  /** Back from a payment page, and nothing known yet. */
  readonly isChecking: boolean
}

/** Nothing known yet. */
export const NO_STATE: EngineState = {
  checkout: null,
  busy: null,
  error: null,
  failedStep: null,
  alarm: null,
  isOffline: false,
  isChecking: false,
}
