/**
 * Errors as RFC 9457 problem details. What is not a known error says nothing about itself.
 * @module
 */
import { PROBLEMS } from '../protocol/api.ts'
import type { Problem, ProblemCode } from '../protocol/api.ts'
import { ProxyError } from './errors.ts'

export interface DescribedProblem {
  readonly status: number
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
  /** For the log, as it stands in the body. */
  readonly code: ProblemCode
}

/** The answer for an error: its code, a request id to find it by in the logs, and the field at fault. */
export function describeProblem(error: unknown, requestId: string): DescribedProblem {
  const unknown = isStoreFailure(error) ? 'store_unavailable' : 'internal_error'
  const known = error instanceof ProxyError ? error : new ProxyError(unknown)
  const { code, field, retryAfterMs } = known
  const problem: Problem = {
    type: `urn:crypto-checkout:problem:${code}`,
    title: titleOf(code),
    status: PROBLEMS[code],
    code,
    ...(known.message !== code && { detail: known.message }),
    ...(field !== undefined && { field }),
    requestId,
  }
  const headers: Record<string, string> = {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
  }
  if (retryAfterMs !== undefined) headers['retry-after'] = String(Math.ceil(retryAfterMs / 1000))
  return { status: problem.status, body: JSON.stringify(problem), headers, code }
}

/** SQLite's errors, PostgreSQL's (those have a severity), and a line to it that is down. */
function isStoreFailure(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code = '', severity } = error as { code?: unknown; severity?: unknown }
  const isCut = /connection terminated|(connection|read) timeout|timeout exceeded/i.test(
    error.message,
  )
  return severity !== undefined || isCut || /SQLITE|^E[A-Z]+$/.test(String(code))
}

const titleOf = (code: ProblemCode): string => {
  const words = code.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
