/**
 * LiPayKripto's status call, of a payment or a withdrawal, with a key of its own. It is in a newer document of
 * the firm, and contradicts "POST only" of the older one.
 * @module
 */
import { z } from 'zod'
import { ProviderError } from '../errors.ts'
import { decimalText, statusWord } from '../option-schemas.ts'
import { expectShape } from '../provider-fetch.ts'
import type { ProviderFetch } from '../provider-fetch.ts'
import { accept } from './lipaykripto-answer.ts'

const statusShape = z.object({
  success: z.literal(true),
  data: z.object({ paymentId: z.string(), status: statusWord, tryAmount: decimalText }),
})

export type LipayStatus = z.infer<typeof statusShape>['data']

/** What became of `id`: our payment's, or the merchant's withdrawal's. */
export type AskStatus = (type: 'payment' | 'withdraw', id: string) => Promise<LipayStatus>

export const createStatusCall =
  (call: ProviderFetch, apiKey: string): AskStatus =>
  async (type, id) => {
    const query = new URLSearchParams({ type, paymentId: id })
    const answer = await call({
      method: 'GET',
      path: `/api/paymentcontroller?${query.toString()}`,
      headers: { 'x-api-key': apiKey },
      purpose: 'ask',
    })
    const { data } = expectShape(statusShape, accept(answer))
    if (data.paymentId === id) return data
    throw new ProviderError('provider_bad_response', `answered about another ${type}`)
  }
