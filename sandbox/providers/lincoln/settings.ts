/**
 * What nobody knows of Lincoln's server, as switches: `POST /lincoln/settings` of the control server.
 *
 * @module
 */
import { createSettings, oneOf, SWITCH } from '../../settings.ts'
import type { Settings } from '../../settings.ts'

const TIME_TYPES = ['string', 'number'] as const
const AMOUNT_TYPES = ['number', 'string'] as const
const HASH_PLACES = ['body', 'query', 'header', 'none'] as const
const HASH_NAMES = ['hash', 'sign', 'signature', 'checksum'] as const
const CALLBACK_WAYS = ['append', 'query'] as const

/** The settings of one stand-in. */
export interface LincolnSettings {
  /** How `time` of a query string is hashed: as the text it is, or as a JSON number. */
  readonly timeAs: (typeof TIME_TYPES)[number]
  /** The engine of 2022: every method is POST, with its parameters in the body. */
  readonly legacyPost: boolean
  /** Errors with an HTTP status of their own instead of 200. */
  readonly httpErrors: boolean
  /** The JSON type of `inAmount` and `outAmount`. */
  readonly amountsAs: (typeof AMOUNT_TYPES)[number]
  /** Whether create wants a captcha that no server can solve. */
  readonly captcha: boolean
  /** Where an IPN carries its hash. */
  readonly ipnHashIn: (typeof HASH_PLACES)[number]
  /** What it is called there. */
  readonly ipnHashName: (typeof HASH_NAMES)[number]
  /** `?status=` stuck on to clientCallbackUrl as it is, or added to its query. */
  readonly callbackAs: (typeof CALLBACK_WAYS)[number]
}

export function createLincolnSettings(): Settings<LincolnSettings> {
  return createSettings<LincolnSettings>(
    {
      timeAs: oneOf(TIME_TYPES),
      legacyPost: SWITCH,
      httpErrors: SWITCH,
      amountsAs: oneOf(AMOUNT_TYPES),
      captcha: SWITCH,
      ipnHashIn: oneOf(HASH_PLACES),
      ipnHashName: oneOf(HASH_NAMES),
      callbackAs: oneOf(CALLBACK_WAYS),
    },
    {
      timeAs: 'string',
      legacyPost: false,
      httpErrors: false,
      amountsAs: 'number',
      captcha: false,
      ipnHashIn: 'body',
      ipnHashName: 'hash',
      callbackAs: 'append',
    },
  )
}
