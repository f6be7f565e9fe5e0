/**
 * What a shopper's browser says when it starts paying, checked against what the method asks.
 * @module
 */
import type { StartPaymentBody } from '../protocol/api.ts'
import type { Method } from '../protocol/payment.ts'
import { ProxyError } from './errors.ts'

/** What a method asks of the shopper must be answered, as it asks for it. */
export function checkAnswers(
  method: Method,
  { fields = {}, consent = false }: StartPaymentBody,
): void {
  const unknown = Object.keys(fields).find((id) => !method.fields.some((field) => field.id === id))
  if (unknown !== undefined) {
    throw new ProxyError('invalid_request', 'this method has no such field', {
      field: `fields.${unknown}`,
    })
  }
  for (const { id, required, pattern } of method.fields) {
    const value = Object.hasOwn(fields, id) ? fields[id] : undefined
    const isWrong = value ? pattern && !new RegExp(`^(?:${pattern})$`, 'u').test(value) : required
    if (isWrong) {
      throw new ProxyError('invalid_request', 'is needed, as the method describes it', {
        field: `fields.${id}`,
      })
    }
  }
  if (method.consent && !consent) {
    throw new ProxyError('invalid_request', 'must be accepted first', { field: 'consent' })
  }
}

/** Printable ASCII without the backslash, which browsers and servers read differently. */
const URL_TEXT = /^[!-[\]-~]+$/

/** Only pages of the merchant's own, so that our return is no open redirect. */
export function checkReturnUrl(
  url: string | undefined,
  origins: readonly string[],
  field = 'returnUrl',
): string | null {
  if (url === undefined) return null
  const parsed = URL_TEXT.test(url) && URL.canParse(url) ? new URL(url) : undefined
  if (!parsed || !origins.includes(parsed.origin) || parsed.username || parsed.password) {
    throw new ProxyError('invalid_request', 'is not a page of an allowed origin', { field })
  }
  parsed.hash = ''
  return parsed.href
}
