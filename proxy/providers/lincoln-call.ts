/**
 * Calls to Lincoln's engine: signed, with a rising `time`, one at a time (facts: "Authorization").
 * @module
 */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { shortest } from '../../protocol/money.ts'
import { ProviderError } from '../errors.ts'
import type { ProviderErrorCode } from '../errors.ts'
import { withDecimals } from '../json-decimal.ts'
import { createProviderFetch, expectShape } from '../provider-fetch.ts'
import type { ProviderContext } from '../provider.ts'
import { signParams } from './lincoln-signing.ts'

export interface LincolnCallOptions {
  readonly baseUrl: string
  readonly apiKey: string
  readonly apiSecret: string
  readonly timeAs: 'string' | 'number'
  readonly legacyPost: boolean
}

export interface LincolnRequest {
  readonly method: 'GET' | 'POST' | 'PUT'
  /** `public/exchanger/order/get` */
  readonly name: string
  readonly query?: Readonly<Record<string, string>>
  /** A member `amount` is decimal text, and goes out as a number. */
  readonly body?: Readonly<Record<string, unknown>>
  readonly isCreate?: true
}

/** The `data` of the answer. Throws a `ProviderError` for everything else. */
export type LincolnCall = (request: LincolnRequest) => Promise<unknown>

/** Error codes are texts: some are larger than a number can hold. */
const ERRORS: Readonly<Record<string, ProviderErrorCode>> = {
  '5001670807585394': 'identity_check_required',
  '1601588666628861': 'provider_rejected',
}

/** What is no code could say anything, and would stand in the log. */
const errorCode = z
  .union([z.string(), z.number()])
  .transform(String)
  .pipe(z.string().regex(/^\d{1,20}$/))
  .optional()
  .catch(undefined)

const answerShape = z.object({
  success: z.boolean(),
  data: z.unknown().optional(),
  error: z.object({ errorCode }).nullish(),
})

export function createLincolnCall(
  options: LincolnCallOptions,
  context: ProviderContext,
): LincolnCall {
  const send = createProviderFetch({ ...context, baseUrl: options.baseUrl })
  // The same name in every proxy with this key, and nothing that tells the key.
  const turns = `lincoln:${createHash('sha256').update(options.apiKey).digest('hex').slice(0, 16)}`

  return (request) => context.inTurn(turns, (turn) => callOnce(request, turn))

  async function callOnce(request: LincolnRequest, turn: number): Promise<unknown> {
    const { name, isCreate = false } = request
    const wire = layOut(request, turn, options)
    const answer = await send({
      method: wire.method,
      path: `/service/api/v1/${name}/${wire.search}`,
      headers: {
        apikey: options.apiKey,
        hash: signParams(wire.signed, options.apiSecret),
        ...(wire.body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(wire.body !== undefined && { body: wire.body }),
      purpose: isCreate ? 'create' : 'ask',
    })
    const { success, data, error } = expectShape(answerShape, answer.body, isCreate)
    if (success && answer.status < 400) return data
    const code = error?.errorCode
    throw new ProviderError(ERRORS[code ?? ''] ?? 'provider_rejected', 'refused the call', {
      // An error of HTTP and a success in one: whichever is true.
      mayHaveHappened: isCreate && success,
      ...(code !== undefined && { providerCode: code }),
    })
  }
}

interface Wire {
  readonly method: LincolnRequest['method']
  readonly search: string
  readonly body: string | undefined
  /** The JSON of all parameters that the hash is made of. */
  readonly signed: string
}

/** Where each parameter travels, and the text that is signed: the same values in the same order. */
function layOut(
  { method, query = {}, body = {} }: LincolnRequest,
  turn: number,
  { timeAs, legacyPost }: LincolnCallOptions,
): Wire {
  const time = timeAs === 'string' ? String(turn) : turn
  const amounts = body['amount'] === undefined ? [] : ['amount']
  const exact =
    amounts.length > 0 ? { ...body, amount: asJsonNumber(String(body['amount'])) } : body
  const signed = withDecimals({ time, ...query, ...exact }, amounts)
  if (legacyPost) return { method: 'POST', search: '', body: signed, signed }
  const search = new URLSearchParams({ time: String(turn), ...query })
  return {
    method,
    search: `?${search.toString()}`,
    body: method === 'GET' ? undefined : withDecimals(exact, amounts),
    signed,
  }
}

/** As JSON writes the number, since the other side hashes what it parsed. */
function asJsonNumber(amount: string): string {
  const text = shortest(amount)
  if (String(Number(text)) !== text) {
    throw new ProviderError('payment_refused', 'an amount that its JSON cannot carry')
  }
  return text
}
