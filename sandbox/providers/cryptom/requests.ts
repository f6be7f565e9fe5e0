/**
 * Reads Cryptom's request bodies, field by field ("POST /auth", "POST /api/transaction/create").
 *
 * @module
 */
import { isOffered } from './quotes.ts'

/** A refusal as the stand-in answers it: `{status: false, message}`. The shape is ours. */
export class CryptomError extends Error {
  readonly status: 400 | 401 | 404 | 409

  constructor(status: CryptomError['status'], message: string) {
    super(message)
    this.name = 'CryptomError'
    this.status = status
  }
}

/** A legal body of create. */
export interface CreateRequest {
  readonly currency: string
  /** Decimal text of the JSON number that was sent. */
  readonly currencyAmount: string
  readonly coin: string
  readonly network: string
  readonly userMobile?: string
  readonly statusNote?: string
}

/** Throws a `CryptomError` (400) that names the field. */
export function parseLogin(body: Record<string, unknown>): { email: string; password: string } {
  refuseUnknown(body, ['email', 'password'])
  return { email: text(body, 'email'), password: text(body, 'password') }
}

/** Throws a `CryptomError` (400) that names the field. */
export function parseCreate(body: Record<string, unknown>): CreateRequest {
  refuseUnknown(body, CREATE_FIELDS)
  const currency = text(body, 'currency')
  const coin = text(body, 'coin')
  const network = text(body, 'network')
  if (currency !== 'TRY') throw invalid('currency')
  const currencyAmount = amount(body)
  if (!isOffered(coin, network)) {
    throw new CryptomError(400, `coin ${coin} is not offered on network ${network}`)
  }
  const request = { currency, currencyAmount, coin, network }
  const mobile = optionalText(body, 'userMobile', /^\+\d{8,15}$/)
  const note = optionalText(body, 'statusNote', /^[\s\S]{1,1000}$/)
  return {
    ...request,
    ...(mobile === undefined ? {} : { userMobile: mobile }),
    ...(note === undefined ? {} : { statusNote: note }),
  }
}

const CREATE_FIELDS = ['currency', 'currencyAmount', 'coin', 'network', 'userMobile', 'statusNote']

function refuseUnknown(body: Record<string, unknown>, known: readonly string[]): void {
  const unknown = Object.keys(body).find((field) => !known.includes(field))
  if (unknown !== undefined) throw new CryptomError(400, `${unknown} is not a known field`)
}

function text(body: Record<string, unknown>, field: string): string {
  const value = body[field]
  if (typeof value !== 'string' || value === '') throw invalid(field)
  return value
}

function optionalText(
  body: Record<string, unknown>,
  field: string,
  pattern: RegExp,
): string | undefined {
  if (body[field] === undefined) return undefined
  const value = text(body, field)
  if (!pattern.test(value)) throw invalid(field)
  return value
}

/** A JSON number above 0 with at most two decimals: lira have kurus and nothing smaller. */
function amount(body: Record<string, unknown>): string {
  const value = body['currencyAmount']
  const shown = typeof value === 'number' && value > 0 ? String(value) : ''
  if (!/^\d{1,12}(\.\d{1,2})?$/.test(shown)) throw invalid('currencyAmount')
  return shown
}

function invalid(field: string): CryptomError {
  return new CryptomError(400, `${field} is missing or not legal`)
}
