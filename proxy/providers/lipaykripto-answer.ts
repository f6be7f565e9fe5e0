/**
 * LiPayKripto's errors (document, section 7): a text in two calls, an object in the status call, and in
 * the token call without `success`.
 * @module
 */
import { z } from 'zod'
import { ProviderError } from '../errors.ts'
import type { ProviderErrorCode } from '../errors.ts'
import type { ProviderAnswer } from '../provider-fetch.ts'

/** Section 7, by the text of the error; the status decides where the text is new. */
const ERRORS: Readonly<Record<string, ProviderErrorCode>> = {
  'Invalid amount': 'payment_refused',
  'Invalid paymentId': 'payment_refused',
  'Invalid amount or paymentId': 'payment_refused',
  'Webhook URL required': 'provider_rejected',
  'Invalid token': 'provider_auth',
  'Invalid credentials': 'provider_auth',
  'Too many requests': 'provider_unavailable',
  'Server error': 'provider_unavailable',
}

const errorShape = z.object({ error: z.union([z.string(), z.object({ message: z.string() })]) })

/**
 * What does not say that nothing was made. A `paymentId` "must be unique and not empty": ours is used once, so
 * it is this very payment that is there already.
 */
const UNCLEAR: ReadonlySet<string> = new Set(['Server error', 'Invalid paymentId'])

/** The body of an answer that is no error. */
export function accept({ status, body }: ProviderAnswer, isCreate = false): unknown {
  const failed = errorShape.safeParse(body)
  if (status < 400 && !failed.success) return body
  const error = failed.data?.error
  const text = typeof error === 'string' ? error : (error?.message ?? '')
  const known = Object.hasOwn(ERRORS, text) ? ERRORS[text] : undefined
  const code = known ?? (status === 401 ? 'provider_auth' : 'provider_rejected')
  const isUnclear = UNCLEAR.has(text) || (status < 400 && known === undefined)
  throw new ProviderError(code, `answered ${status}`, {
    mayHaveHappened: isCreate && isUnclear,
    ...(known && { providerCode: text }),
  })
}
