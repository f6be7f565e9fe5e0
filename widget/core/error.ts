/**
 * What can go wrong between the widget and the proxy, by a stable code.
 * @module
 */
import type { ProblemCode } from '../../protocol/api.ts'

/** The API's own codes, and those that only a browser can see. */
export type ErrorCode =
  | ProblemCode
  /** The browser has no network. */
  | 'offline'
  /** The proxy did not answer, or not in time. */
  | 'unreachable'
  /** Something answered, but not with a checkout. */
  | 'bad_answer'
  /** The address has a wrong checksum, or belongs to another coin than was picked. */
  | 'address_invalid'
  /** The same payment suddenly has another address. */
  | 'address_changed'

/** An error with a `code`; it never carries an answer's own words. */
export class CheckoutError extends Error {
  readonly code: ErrorCode
  /** The same request may succeed later without anybody changing anything. */
  readonly isTransient: boolean
  /** What the proxy asked to wait before the next request. */
  readonly retryAfterMs: number

  constructor(code: ErrorCode, isTransient = true, retryAfterMs = 0) {
    super(code)
    this.code = code
    this.isTransient = isTransient
    this.retryAfterMs = retryAfterMs
  }
}
