/**
 * Errors of the control server (ours, no provider's): RFC 9457 problem documents.
 *
 * @module
 */

/** Thrown anywhere below the control server; `control.ts` answers it as `problem+json`. */
export class ProblemError extends Error {
  readonly status: 400 | 404 | 409
  readonly code: string
  readonly extra: Readonly<Record<string, unknown>>

  constructor(
    status: 400 | 404 | 409,
    code: string,
    detail: string,
    extra: Readonly<Record<string, unknown>> = {},
  ) {
    super(detail)
    this.name = 'ProblemError'
    this.status = status
    this.code = code
    this.extra = extra
  }

  /** The body of the answer. */
  toProblem(): Record<string, unknown> {
    const { status, code, message, extra } = this
    return { type: 'about:blank', title: TITLES[status], status, code, detail: message, ...extra }
  }
}

const TITLES = { 400: 'Bad Request', 404: 'Not Found', 409: 'Conflict' } as const

/** A 400 that names a word outside a list, with the list. */
export function unknownWord(what: string, word: unknown, legal: readonly string[]): ProblemError {
  const shown = typeof word === 'string' ? `"${word}"` : 'none'
  const detail = `Unknown ${what}: ${shown}. Legal: ${legal.join(', ')}.`
  return new ProblemError(400, `unknown_${what}`, detail, { legal })
}

/** A 400 for a field with a value that is not legal. */
export function invalidField(field: string): ProblemError {
  return new ProblemError(400, 'invalid_field', `The field ${field} is not legal.`, { field })
}
