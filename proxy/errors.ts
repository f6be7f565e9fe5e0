/**
 * The two kinds of error that mean something here. Everything else is a bug, and answered as
 * `internal_error` without a word of it.
 * @module
 */
import type { ProblemCode } from '../protocol/api.ts'

/** What a caller of the HTTP API is told. `detail` is for people and never holds what they sent. */
export class ProxyError extends Error {
  override readonly name = 'ProxyError'
  readonly code: ProblemCode
  readonly field: string | undefined
  readonly retryAfterMs: number | undefined

  constructor(code: ProblemCode, detail?: string, options: ProxyErrorOptions = {}) {
    super(detail ?? code, { cause: options.cause })
    this.code = code
    this.field = options.field
    this.retryAfterMs = options.retryAfterMs
  }
}

export interface ProxyErrorOptions {
  /** The field at fault, as the caller named it. */
  readonly field?: string
  readonly retryAfterMs?: number
  readonly cause?: unknown
}

/** How a call to a provider can fail; a subset of the API's codes. */
export type ProviderErrorCode =
  | 'provider_unavailable'
  | 'provider_bad_response'
  | 'provider_rejected'
  | 'provider_auth'
  | 'payment_refused'
  | 'identity_check_required'

/** A provider did not do what it was asked. */
export class ProviderError extends Error {
  override readonly name = 'ProviderError'
  readonly code: ProviderErrorCode
  /** False only where the provider certainly did nothing; then the call may be made anew. */
  readonly mayHaveHappened: boolean
  readonly retryAfterMs: number | undefined
  /** The provider's own error code, for logs. */
  readonly providerCode: string | undefined

  constructor(code: ProviderErrorCode, detail: string, options: ProviderErrorOptions = {}) {
    super(detail, { cause: options.cause })
    this.code = code
    this.mayHaveHappened = options.mayHaveHappened ?? false
    this.retryAfterMs = options.retryAfterMs
    this.providerCode = options.providerCode
  }
}

export interface ProviderErrorOptions {
  readonly mayHaveHappened?: boolean
  readonly retryAfterMs?: number
  readonly providerCode?: string
  readonly cause?: unknown
}
