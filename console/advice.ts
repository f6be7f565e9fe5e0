/**
 * What a person should do about a payment that waits for one: docs/operations.md, in short.
 * @module
 */
import type { PaymentStatus } from '../protocol/status.ts'
import type { Attempt, Payout } from './types.ts'

export interface Advice {
  readonly what: string
  readonly todo: string
  /** How it can be ended, the likeliest first. */
  readonly ways: readonly Extract<PaymentStatus, 'paid' | 'failed' | 'canceled' | 'refunded'>[]
}

/** Null where nobody has to do anything. */
export function adviceFor({ status, reason, provider, ref }: Attempt): Advice | null {
  const where = ref === null ? `${provider}'s dashboard` : `${provider}'s dashboard, ${ref}`
  if (reason === 'duplicate')
    return {
      what: 'The order was paid a second time.',
      todo: `Give the second payment back by ${where}, then say so here.`,
      ways: ['refunded'],
    }
  if (reason === 'refund_failed')
    return {
      what: 'A refund did not go through.',
      todo: `The money is still there: send it back by ${where}, then say so here.`,
      ways: ['refunded', 'paid'],
    }
  if (reason === 'conflict')
    return {
      what: 'What the provider says does not fit together.',
      todo: `Compare amount and order number in ${where}. Ship only what is paid there.`,
      ways: ['paid', 'failed', 'refunded'],
    }
  if (reason === 'underpaid' && status === 'review')
    return {
      what: 'Less has arrived than the price.',
      todo: 'Ask the shopper for the rest, or give it back; or be content with it.',
      ways: ['refunded', 'paid', 'failed'],
    }
  if (reason === 'unconfirmed')
    return {
      what: 'Nobody knows whether this payment was made at the provider.',
      todo: `Look for the amount and the time in ${where}.`,
      ways: ['failed', 'paid'],
    }
  if (status === 'review')
    return {
      what: 'The provider wants a person to look at this.',
      todo: `See what ${where} says. Ship only what is paid there.`,
      ways: ['paid', 'failed', 'refunded'],
    }
  return null
}

/** What to know about a withdrawal that somebody has to look after; null where nobody has to. */
export function payoutAdvice({ status, provider }: Payout): string | null {
  if (status === 'unknown')
    return `Nobody knows whether ${provider} has it. Ask them, or look into their dashboard; never send it with another number.`
  return status === 'review' ? `${provider} handles it by hand: ask them how it went.` : null
}
