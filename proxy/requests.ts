/**
 * Every request gets an id: its answer carries it (`x-request-id`), and so does every line that is logged
 * on the way. A caller's own id is not taken: it could be anything.
 * @module
 */
import { randomUUID } from 'node:crypto'
import type { Context } from 'hono'
import { routePath } from 'hono/route'
import { currentTrace, runAs } from './trace.ts'
import type { Trace } from './trace.ts'

export interface AnsweredRequest {
  readonly method: string
  /** A pattern (`/v1/checkouts/:id`), never a path. */
  readonly route: string
  readonly status: number
  readonly seconds: number
}

export const REQUEST_ID = 'x-request-id'

/**
 * `handle`, each request with an id of its own; `answered`, where somebody counts, hears how it went.
 * This is on the way of every poll: it makes no promise that nobody asked for.
 */
export function traceRequests<Line>(
  handle: (request: Request, line?: Line) => Response | Promise<Response>,
  answered?: (request: AnsweredRequest) => void,
): (request: Request, line?: Line) => Response | Promise<Response> {
  const begin = (): RequestTrace => ({ requestId: randomUUID(), context: undefined })
  if (!answered) return (request, line) => runAs(begin(), handle, request, line)
  return async (request, line) => {
    const from = performance.now()
    const trace = begin()
    const response = await runAs(trace, handle, request, line)
    answered({
      method: request.method,
      route: trace.context ? routePath(trace.context) : '',
      status: response.status,
      seconds: (performance.now() - from) / 1000,
    })
    return response
  }
}

interface RequestTrace extends Trace {
  readonly requestId: string
  /** Who makes the answer, and with the id in it. */
  context: Context | undefined
}

/** Puts the request's id into the headers of its answer, and notes who makes it. */
export function stamp(c: Context, headers: Record<string, string>): Record<string, string> {
  const trace = currentTrace() as RequestTrace | undefined
  if (trace?.requestId !== undefined) {
    trace.context = c
    headers[REQUEST_ID] = trace.requestId
  }
  return headers
}

/** The same for an answer that a provider's adapter made: its own, as it documents it. */
export function stampOn(c: Context, response: Response): Response {
  for (const [name, value] of Object.entries(stamp(c, {}))) response.headers.set(name, value)
  return response
}

/** The id of the request that is being answered. */
export const requestIdNow = (): string => currentTrace()?.requestId ?? randomUUID()
