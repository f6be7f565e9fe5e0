/**
 * Moments at which a crash would hurt most. The fault harness is told when one is reached, and ends the
 * process there; a proxy in service has nobody listening.
 * @module
 */

export const FAILPOINTS = [
  /** The intent is stored; the provider has not heard of it. */
  'intent_stored',
  /** The provider has answered a create; nothing of the answer is stored. */
  'payment_created',
  /** The shopper's instruction is stored; the browser has not got it. */
  'payment_shown',
  /** The provider has canceled; it is not stored. */
  'payment_canceled',
  /** A notification is proved; nothing of it is stored. */
  'webhook_verified',
  /** A notification is stored; the provider has not got its receipt. */
  'webhook_stored',
  /** An id that came back is stored; the provider was not asked about it. */
  'claim_kept',
  /** The provider was asked and has answered; nothing of it is stored. */
  'payment_asked',
  /** Inside the transaction: the fact is written, not committed. */
  'fact_written',
  /** A delivery is claimed; the merchant has heard nothing. */
  'delivery_claimed',
  /** The merchant has acknowledged a delivery; it is not stored. */
  'delivery_sent',
  /** A payout's intent is stored; the provider has not heard of it. */
  'payout_stored',
  /** The provider has answered a payout; it is not stored. */
  'payout_sent',
] as const

export type Failpoint = (typeof FAILPOINTS)[number]

/** Hears of a moment; the harness's does not return from the one it waits for. */
export type Reached = (point: Failpoint) => void
