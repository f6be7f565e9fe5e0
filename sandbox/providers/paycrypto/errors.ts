/**
 * PayCrypto's error codes ("Error Codes"), with the document's descriptions as `msg`.
 *
 * 117008 is not in the document but in the provider's plugin. An error is HTTP 200, unless the
 * setting `httpErrors` is on: then it has the status beside it, which is ours.
 *
 * @module
 */

type Row = readonly [msg: string, status: 400 | 401 | 403 | 404 | 409 | 429 | 500 | 503]

const CODES = {
  111001: ['Request parameter error', 400],
  111002: ['This currency is not supported.', 400],
  111003: ['This order does not exist.', 404],
  111004: ['The time format is incorrect.', 400],
  111015: ['There is an exception in the push communication.', 500],
  112001: ['Request timed out', 401],
  112002: ['Illegal access privileges', 403],
  112003: ['Invalid IP address', 403],
  112004: ['Invalid timestamp', 401],
  112005: ['Verification failure', 401],
  112006: ['Invalid verification format', 401],
  112007: ['Invalid signature', 401],
  112008: ['Specified app key not found', 401],
  112009: ['Invalid app key secret', 401],
  112010: ['Invalid request header', 401],
  117008: ['Duplicate cust_order_id', 409],
  119001: ['Service unusable', 503],
  119002: ['Communication error', 500],
  119003: ['Data encryption error', 500],
  119004: ['Data decryption error', 500],
  119005: ['Too many API requests', 429],
  119006: ['Unauthorized API', 404],
  119007: ['Public key format error', 500],
} as const satisfies Record<number, Row>

/** A code of the document. */
export type PayCryptoCode = keyof typeof CODES

export const ERROR_CODES: readonly PayCryptoCode[] = Object.keys(CODES).map(
  (code) => Number(code) as PayCryptoCode,
)

/** A refusal: `{code, msg}`. */
export class PayCryptoError extends Error {
  readonly code: PayCryptoCode
  /** The status under `httpErrors`. */
  readonly status: Row[1]

  /** A field that is at fault is named behind the description: ours. */
  constructor(code: PayCryptoCode, field?: string) {
    const [msg, status] = CODES[code]
    super(field === undefined ? msg : `${msg}: ${field}`)
    this.name = 'PayCryptoError'
    this.code = code
    this.status = status
  }

  /** The body of the answer. */
  toJson(): { code: number; msg: string } {
    return { code: this.code, msg: this.message }
  }
}
