/**
 * Words that no body of a browser may hold.
 * @module
 */
import type { Group } from '../attack.ts'
import { each, json } from '../change.ts'

export const WORDS: Group = {
  threat: 'T1',
  rule: 'it says nothing of how it went',
  answer: 'invalid',
  tries: each(
    ['status', 'amount', 'ref', 'providerStatus', 'reason', 'received', 'paymentId', 'assurance'],
    (name) => json({ [name]: 'paid' }),
  ),
}
