/**
 * What a provider's notifications are to an adapter. What they prove depends on how they came: most are
 * only a reason to ask.
 * @module
 */
import type { PaymentRef, PaymentUpdate } from './provider.ts'

/** One notification as it came in, its text untouched. */
export interface WebhookRequest {
  readonly body: string
  readonly headers: Headers
  readonly query: URLSearchParams
  /** The payment whose own address it came to; null for the provider's common address. */
  readonly payment: PaymentRef | null
}

/** What one notification says about one payment. */
export interface WebhookEvent {
  /** Ours, or the provider's: which payment it speaks of. Not needed at a payment's own address. */
  readonly paymentId?: string
  readonly ref?: string
  /** The provider's id of the event, only where it is proved: the same one has one effect. */
  readonly eventId?: string
  /** What it says, to the letter: the same id with other words is an alarm. */
  readonly content?: string
  /** Taken as it is only where the adapter could prove it; absent, the provider is asked. */
  readonly update?: PaymentUpdate
}

export interface WebhookReceiver {
  /** Whether its notifications can be proved by themselves. */
  readonly authenticity: 'signed' | 'unsigned'
  /** As documented, it sends again what was not acknowledged. Otherwise what cannot be stored is logged. */
  readonly isRepeated: boolean
  /** Checks the raw text first, then reads it. Throws a `ProxyError` (`not_found`) for what is not the provider's. */
  verify(request: WebhookRequest): Promise<readonly WebhookEvent[]>
  /** What the provider wants to hear when it was stored. */
  acknowledge(): Response
}
