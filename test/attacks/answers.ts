/**
 * How attacks are refused. The answers of one name are alike to the letter, whatever was wrong: else they
 * would tell an attacker how far he got.
 * @module
 */
import type { Answer } from './send.ts'

export interface Expected {
  readonly status: number | readonly number[]
  readonly code?: string
  readonly detail?: string
  /** Status, headers and body are the same for every attack of this name. */
  readonly isUniform?: true
}

export const ANSWERS: Readonly<Record<string, Expected>> = {
  'notification refused': { status: 404, isUniform: true },
  'not found': { status: 404, code: 'not_found', isUniform: true },
  /** The same to a page, with what a page must be told. */
  'not found for pages': { status: 404, code: 'not_found', isUniform: true },
  unauthorized: { status: 401, code: 'unauthorized', isUniform: true },
  /** A token that this merchant did not sign. */
  'no order token': {
    status: 401,
    code: 'invalid_order_token',
    detail: 'the order token is not valid',
    isUniform: true,
  },
  /** A text that is none, whoever wrote it. */
  'not a token': {
    status: 401,
    code: 'invalid_order_token',
    detail: 'is no token',
    isUniform: true,
  },
  /** A token that this merchant signed, and that is not good any more, or not for this. */
  'bad order token': { status: 401, code: 'invalid_order_token' },
  'foreign page': { status: 403, code: 'forbidden_origin' },
  invalid: { status: 400, code: 'invalid_request' },
  'not JSON': { status: 415, code: 'unsupported_media_type', isUniform: true },
  'refused for being doubled': { status: 400 },
  'too large for a notification': { status: 413 },
  'too large': { status: 413, code: 'body_too_large' },
  conflict: { status: 409, code: 'order_conflict' },
  'not offered': { status: 422, code: 'method_not_available', isUniform: true },
  'no product': { status: 422, code: 'product_not_found', isUniform: true },
  'not unsigned': { status: 422, code: 'unsigned_orders_not_allowed' },
  'not a request': { status: [0, 400, 404, 405, 411, 413, 414, 417, 431, 501] },
  /** By the router, by a handler, or by the server before both. */
  'not found in any way': { status: [400, 404] },
  'not supported': { status: [404, 405, 501] },
  /** Taken, and worth nothing by itself. */
  taken: { status: 200 },
  'heard or refused': { status: [200, 404] },
  /** Refused, or answered without doing anything. */
  'looked at': { status: [200, 303, 404, 405] },
  'over or as it was': { status: [200, 409] },
  'closed in any way': { status: [400, 401, 404, 405] },
  'no content': { status: 204 },
  'goes on': { status: [200, 303] },
  unchanged: { status: 304 },
  settled: { status: 409 },
  'no payout': { status: 403, code: 'payouts_not_allowed' },
  'payout conflict': { status: 409, code: 'payout_conflict' },
  'not in review': { status: 409, code: 'not_in_review' },
}

/** What differs from one answer to the next by its nature. */
const VOLATILE =
  /^(date|vary|x-request-id|connection|keep-alive|access-control-.*|x-?ratelimit.*|ratelimit.*|retry-after)$/

/** What is wrong with an answer; `seen` remembers the first of each uniform kind. */
export function checkAnswer(
  answer: Answer,
  name: string,
  seen: Map<string, readonly string[]>,
): string[] {
  const expected = ANSWERS[name]
  if (!expected) return [`no answer is called ${name}`]
  const faults: string[] = []
  const { status, code, detail } = expected
  if (![status].flat().includes(answer.status)) {
    faults.push(
      `answered ${answer.status} instead of ${String(status)}: ${answer.text.slice(0, 200)}`,
    )
  }
  const problem = readProblem(answer.text)
  if (code !== undefined && problem['code'] !== code) {
    faults.push(`said ${String(problem['code'])} instead of ${code}`)
  }
  if (detail !== undefined && problem['detail'] !== detail) {
    faults.push(`said “${String(problem['detail'])}” instead of “${detail}”`)
  }
  if (expected.isUniform && faults.length === 0) {
    const shape = shapeOf(answer)
    const first = seen.get(name) ?? shape
    seen.set(name, first)
    const differs = shape.findIndex((line, index) => line !== first[index])
    if (differs >= 0) faults.push(`is an oracle: ${shape[differs]} instead of ${first[differs]}`)
  }
  return faults
}

/** Line by line: the status, the body, each header. */
function shapeOf({ status, headers, text }: Answer): readonly string[] {
  const kept = Object.entries(headers)
    .filter(([name]) => !VOLATILE.test(name))
    .map(([name, value]) => `${name}: ${value}`)
  const body = text.replace(/"requestId":"[\w-]+"/, '"requestId":"…"')
  return [String(status), body, ...kept.toSorted(), '']
}

function readProblem(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}
