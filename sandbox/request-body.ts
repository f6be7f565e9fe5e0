/**
 * Bodies of our own routes: the control server's, and those that the hosted pages call.
 *
 * @module
 */
import type { Context } from 'hono'
import { isObject } from './json.ts'
import { ProblemError } from './problem.ts'

/** The JSON object that was sent, or a `ProblemError` (400 `invalid_body`). */
export async function readBody(c: Context): Promise<Record<string, unknown>> {
  const body: unknown = await c.req.json().catch(() => undefined)
  if (!isObject(body)) throw new ProblemError(400, 'invalid_body', 'The body is no JSON object.')
  return body
}
