/**
 * What a shopper's browser says when it starts paying, checked against what the method asks.
 * @module
 */
import type { StartPaymentBody } from '../protocol/api.ts'
import type { Method } from '../protocol/payment.ts'
import { ProxyError } from './errors.ts'

/** What a method asks of the shopper must be answered, as it asks for it. */
export async function checkAnswers(
  method: Method,
  { fields = {}, consent = false }: StartPaymentBody,
): Promise<void> {
  const unknown = Object.keys(fields).find((id) => !method.fields.some((field) => field.id === id))
  if (unknown !== undefined) {
    throw new ProxyError('invalid_request', 'this method has no such field', {
      field: `fields.${unknown}`,
    })
  }
  for (const { id, required, pattern } of method.fields) {
    const value = Object.hasOwn(fields, id) ? fields[id] : undefined
    const isWrong = value ? pattern && !(await isLike(pattern, value)) : required
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

/**
 * The pattern is the provider's, and the text the shopper's: as a `RegExp` the two together may never come
 * to an end, so it is read by an engine that takes linear time. What that one does not know (a look-ahead)
 * is left to the provider, who checks it as well.
 */
async function isLike(pattern: string, value: string): Promise<boolean> {
  const { RE2JS } = await import('re2js')
  try {
    return RE2JS.compile(pattern).matches(value)
  } catch {
    return true
  }
}

/** In full, of printable ASCII, without the backslash, which browsers and servers read differently. */
const URL_TEXT = /^https?:\/\/[!-[\]-~]+$/i

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
