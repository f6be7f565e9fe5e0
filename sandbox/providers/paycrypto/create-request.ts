/**
 * Reads the body of `POST /api/v1/payment` ("POST Create Payment Order").
 *
 * Ours: an amount outside the limits is 111001; at most 6 decimals, 2 of a fiat currency; ids of 64
 * characters at most; `expire` that is no 13-digit number is 111004, one that has passed 111001;
 * unknown fields and null are refused; `customer` may have the fields of the document's tables and
 * of its signing example.
 *
 * @module
 */
import { parseDecimal } from '../../decimal.ts'
import { isObject } from '../../json.ts'
import { NumberLiteral } from '../../json-literals.ts'
import { isHttpUrl } from '../../settings.ts'
import { PayCryptoError } from './errors.ts'
import type { PayCryptoSettings } from './settings.ts'

/** A legal body. */
export interface CreateRequest {
  readonly currency: string
  /** As it was sent: `1.30` stays `1.30`. */
  readonly amount: string
  readonly custOrderId: string
  readonly returnUrl: string | undefined
  readonly notifyUrl: string | undefined
  readonly companyName: string | undefined
  /** Epoch milliseconds. */
  readonly expire: number | undefined
}

/** Coins, some on a network; fiat currencies are a setting. */
export const COINS = ['USDT', 'USDT-BEP20', 'USDT-TRC20', 'USDT-SPL']

/** Of every amount. */
export const SCALE = 6

/** Throws a `PayCryptoError`: 111001 that names the field, 111002, 111004. */
export function parseCreate(
  body: Readonly<Record<string, unknown>>,
  settings: PayCryptoSettings,
  nowMs: number,
): CreateRequest {
  const unknown = Object.keys(body).find((field) => !FIELDS.includes(field))
  if (unknown !== undefined) throw wrong(unknown)
  const currency = text(body, 'currency', /^\S{1,20}$/)
  const isFiat = settings.fiatList.includes(currency)
  if (!isFiat && !COINS.includes(currency)) throw new PayCryptoError(111002)
  const amount = readAmount(body['amount'], isFiat ? 2 : SCALE, settings)
  checkCustomer(body['customer'])
  optionalText(body, 'company_email', /^\S+@\S+$/)
  return {
    currency,
    amount,
    custOrderId: text(body, 'cust_order_id', /^[\x21-\x7e]{1,64}$/),
    returnUrl: readUrl(body, 'return_url'),
    notifyUrl: readUrl(body, 'notify_url'),
    companyName: optionalText(body, 'company_name', /^[\s\S]{1,128}$/),
    expire: readExpire(body['expire'], nowMs),
  }
}

const FIELDS = [
  'currency',
  'amount',
  'cust_order_id',
  'return_url',
  'notify_url',
  'company_name',
  'company_email',
  'expire',
  'customer',
]

const CUSTOMER_FIELDS = [
  'notify_email',
  'email',
  'first_name',
  'last_name',
  'phone',
  'country',
  'state',
  'city',
  'address',
  'zipcode',
]

function readAmount(value: unknown, scale: number, limits: PayCryptoSettings): string {
  const minor = typeof value === 'string' ? parseDecimal(value, SCALE) : undefined
  if (typeof value !== 'string' || minor === undefined) throw wrong('amount')
  if (parseDecimal(value, scale) === undefined) throw wrong('amount')
  const min = parseDecimal(limits.minLimit, SCALE) ?? 0n
  const max = parseDecimal(limits.maxLimit, SCALE) ?? 0n
  if (minor <= min || minor >= max) throw wrong('amount')
  return value
}

function readExpire(value: unknown, nowMs: number): number | undefined {
  if (value === undefined) return undefined
  if (!(value instanceof NumberLiteral) || !/^\d{13}$/.test(value.text)) {
    throw new PayCryptoError(111004, 'expire')
  }
  const expire = Number(value.text)
  if (expire <= nowMs) throw wrong('expire')
  return expire
}

function checkCustomer(value: unknown): void {
  if (value === undefined) return
  if (!isObject(value)) throw wrong('customer')
  for (const [field, member] of Object.entries(value)) {
    const isKnown = CUSTOMER_FIELDS.includes(field)
    if (!isKnown || typeof member !== 'string') throw wrong(`customer.${field}`)
  }
}

function readUrl(body: Readonly<Record<string, unknown>>, field: string): string | undefined {
  const value = body[field]
  if (value === undefined) return undefined
  if (!isHttpUrl(value)) throw wrong(field)
  return value
}

function text(body: Readonly<Record<string, unknown>>, field: string, pattern: RegExp): string {
  const value = body[field]
  if (typeof value !== 'string' || !pattern.test(value)) throw wrong(field)
  return value
}

function optionalText(
  body: Readonly<Record<string, unknown>>,
  field: string,
  pattern: RegExp,
): string | undefined {
  return body[field] === undefined ? undefined : text(body, field, pattern)
}

function wrong(field: string): PayCryptoError {
  return new PayCryptoError(111001, field)
}
