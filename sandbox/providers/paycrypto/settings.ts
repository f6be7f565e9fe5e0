/**
 * What PayCrypto's document leaves open or contradicts itself about, as switches, and what a
 * merchant sets in its dashboard.
 *
 * @module
 */
import { parseDecimal } from '../../decimal.ts'
import { createSettings, INTEGER, oneOf, SWITCH, TEXT, URL_OR_NONE } from '../../settings.ts'
import type { Field, Settings } from '../../settings.ts'
import { ERROR_CODES } from './errors.ts'
import type { PayCryptoCode } from './errors.ts'

/** `POST /paycrypto/settings`. */
export interface PayCryptoSettings {
  /** Errors with a status of their own instead of 200. */
  readonly httpErrors: boolean
  /** A code that every call of the API is answered with; null: none. */
  readonly refuseWith: PayCryptoCode | null
  /** Whether the caller's address is on the key's list. */
  readonly isIpAllowed: boolean
  /** The spelling of the sample, or of the table. */
  readonly limitSpelling: 'min_limit' | 'min_limt'
  /** Times and status as in the samples, numbers; or as in the tables, texts. */
  readonly recordTypes: 'sample' | 'table'
  /** Of every order, exclusive; decimal texts. */
  readonly minLimit: string
  readonly maxLimit: string
  readonly fiatList: readonly string[]
  readonly merchantName: string
  /** The dashboard's; an order's `notify_url` wins over it. */
  readonly webhookUrl: string | null
  /** `flat`: the unsigned body of the FAQ. */
  readonly shape: 'batch' | 'flat'
  /** Collect events until `POST /paycrypto/flush`. */
  readonly batch: boolean
  /** How far the provider's clock is ahead. */
  readonly clockSkewMs: number
}

const DEFAULTS: PayCryptoSettings = {
  httpErrors: false,
  refuseWith: null,
  isIpAllowed: true,
  limitSpelling: 'min_limit',
  recordTypes: 'sample',
  minLimit: '1',
  maxLimit: '10000',
  fiatList: ['USD'],
  merchantName: 'Sandbox Shop',
  webhookUrl: null,
  shape: 'batch',
  batch: false,
  clockSkewMs: 0,
}

const CODE: Field<PayCryptoCode | null> = {
  legal: 'a code of the document or null',
  is: (value): value is PayCryptoCode | null =>
    value === null || ERROR_CODES.some((code) => code === value),
}

const AMOUNT: Field<string> = {
  legal: 'a decimal text with at most 6 decimals',
  is: (value): value is string => typeof value === 'string' && parseDecimal(value, 6) !== undefined,
}

const CURRENCIES: Field<readonly string[]> = {
  legal: 'a list of currency codes',
  is: (value): value is readonly string[] =>
    Array.isArray(value) && value.every((each) => /^[A-Z]{3}$/.test(String(each))),
}

export function createPayCryptoSettings(): Settings<PayCryptoSettings> {
  return createSettings<PayCryptoSettings>(
    {
      httpErrors: SWITCH,
      refuseWith: CODE,
      isIpAllowed: SWITCH,
      limitSpelling: oneOf(['min_limit', 'min_limt'] as const),
      recordTypes: oneOf(['sample', 'table'] as const),
      minLimit: AMOUNT,
      maxLimit: AMOUNT,
      fiatList: CURRENCIES,
      merchantName: TEXT,
      webhookUrl: URL_OR_NONE,
      shape: oneOf(['batch', 'flat'] as const),
      batch: SWITCH,
      clockSkewMs: INTEGER,
    },
    DEFAULTS,
  )
}
