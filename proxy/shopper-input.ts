/**
 * What a shopper's browser says when it starts paying, checked against what the method asks.
 * @module
 */
import { runInNewContext } from 'node:vm'
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
    const isWrong = value ? pattern && !isLike(pattern, value) : required
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

const PATTERN_MS = 50

/**
 * The pattern is the provider's, and the text the shopper's: together they may never come to an end. Where
 * the time is over the provider decides, who checks it as well: a machine may only be busy.
 */
function isLike(pattern: string, value: string): boolean {
  try {
    const test = "new RegExp(`^(?:${pattern})$`, 'u').test(value)"
    return runInNewContext(test, { pattern, value }, { timeout: PATTERN_MS }) === true
  } catch (error) {
    return (error as { code?: unknown }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
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
