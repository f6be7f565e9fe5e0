/**
 * Lincoln's errors: `{success: false, error, latency_ms, requestId}`, with HTTP 200 unless a setting
 * says otherwise.
 *
 * Two codes and their meaning are known from the engine's own front end (captcha, identityCheck);
 * that codes go beyond 2^53 is known, too. The other codes and all messages are ours.
 *
 * @module
 */
import { rawNumber } from '../../json.ts'

/** By name: the code's digits, the HTTP status if errors have one, type and message. */
const ERRORS = {
  identityCheck: ['5001670807585394', 403, 'verification', 'Identity verification is required'],
  captcha: ['1601588666628861', 403, 'captcha', 'Captcha is not passed'],
  accessDenied: ['1591705385112007', 401, 'access', 'Access denied: the key is unknown'],
  wrongHash: ['9951545348963164', 401, 'access', 'Access denied: the hash is wrong'],
  wrongTime: ['9120033471940027', 401, 'access', 'time is missing or not greater than before'],
  wrongMethod: ['1590000000000405', 405, 'api', 'The HTTP method is wrong'],
  unknownApi: ['1590000000000404', 404, 'api', 'The api method is unknown'],
  wrongBody: ['1590000000000400', 400, 'api', 'The body cannot be read'],
  unknownParameter: ['9230117465500093', 400, 'validation', 'The parameter is unknown'],
  wrongParameter: ['1592304401130072', 400, 'validation', 'The parameter is missing or wrong'],
  routeNotFound: ['1593417720150404', 404, 'exchanger', 'The route is not found'],
  agreement: ['1593417720150011', 400, 'exchanger', 'The agreement must be accepted'],
  wrongField: ['9412276500318851', 400, 'exchanger', 'A field is missing or wrong'],
  amountTooSmall: ['1593417720150021', 400, 'exchanger', 'The amount is below the minimum'],
  amountTooLarge: ['1593417720150022', 400, 'exchanger', 'The amount is above the maximum'],
  noReserve: ['1593417720150023', 400, 'exchanger', 'The reserve is not sufficient'],
  orderNotFound: ['1594022310170404', 404, 'exchanger', 'The order is not found'],
  wrongStatus: ['9654401123340017', 409, 'exchanger', 'The status cannot be changed to this'],
  broken: ['1590000000000500', 500, 'api', 'Internal error'],
} as const satisfies Record<string, readonly [string, number, string, string]>

export type ErrorName = keyof typeof ERRORS
export type ErrorStatus = (typeof ERRORS)[ErrorName][1]

/** What a field did wrong, as `error.object` tells it. */
export interface ErrorObject {
  readonly fieldId?: string
  readonly nameField: string
  readonly err: string
  readonly type: string
}

/** A refusal. Its message never holds a value that was sent. */
export class LincolnError extends Error {
  readonly error: ErrorName
  readonly object: ErrorObject | undefined

  constructor(error: ErrorName, object?: ErrorObject) {
    const message = ERRORS[error][3]
    super(object ? `${message}: ${object.nameField}` : message)
    this.name = 'LincolnError'
    this.error = error
    this.object = object
  }

  get status(): ErrorStatus {
    return ERRORS[this.error][1]
  }

  /** `error` of the envelope. The code is a raw literal: some are no JS number. */
  toJson() {
    const [digits, , errorType] = ERRORS[this.error]
    return {
      apiError: true,
      message: this.message,
      errorType,
      object: this.object ?? {},
      level: 'warning',
      errorCode: rawNumber(digits),
      stack: '',
    }
  }
}

/** A parameter that is not there or not as it must be. */
export function wrong(nameField: string, err = 'wrong'): LincolnError {
  return new LincolnError('wrongParameter', { nameField, err, type: 'parameter' })
}

/** Every answer: `{success, data | error, latency_ms, requestId}`. */
export function envelope(content: { data: unknown } | { error: unknown }, nowMs: number) {
  serial = (serial + 1) % 36 ** 5
  const requestId = `${nowMs}-${serial.toString(36).padStart(7, '0')}`
  return { success: 'data' in content, ...content, latency_ms: 3, requestId }
}

let serial = 0
