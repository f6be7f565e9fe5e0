/**
 * The element's events. All bubble and cross shadow roots; each change is told once; none carries
 * anything about the shopper.
 * @module
 */
import type { Money } from '../protocol/money.ts'
import type { Checkout } from '../protocol/payment.ts'
import type { PaymentStatus, Reason } from '../protocol/status.ts'
import type { ErrorCode } from './core/error.ts'
import { progressOf } from './core/transitions.ts'

/** Which checkout an event is about. */
export interface CheckoutDetail {
  readonly checkoutId: string
  readonly orderId: string
  readonly status: PaymentStatus
  readonly reason: Reason | null
}

/** The details of each event, by its name. */
export interface CheckoutEventDetails {
  'cc-ready': CheckoutDetail
  'cc-select': { readonly methodId: string; readonly flow: 'transfer' | 'redirect' }
  'cc-redirect': { readonly checkoutId: string; readonly url: string; readonly isPopup: boolean }
  'cc-return': CheckoutDetail
  'cc-state': CheckoutDetail & { readonly previous: PaymentStatus | null }
  'cc-partial': CheckoutDetail & {
    readonly received: Money | null
    readonly remaining: Money | null
  }
  'cc-paid': CheckoutDetail & { readonly receipt: string | null }
  'cc-expired': CheckoutDetail
  'cc-canceled': CheckoutDetail
  'cc-failed': CheckoutDetail
  /** The dialog is about to close; cancelable. Null where no checkout is known yet. */
  'cc-close': CheckoutDetail | null
  'cc-error': { readonly code: ErrorCode | 'misconfigured' }
}

type CheckoutEvents = {
  [Name in keyof CheckoutEventDetails]: CustomEvent<CheckoutEventDetails[Name]>
}

declare global {
  interface GlobalEventHandlersEventMap extends CheckoutEvents {}
}

const CANCELABLE: readonly string[] = ['cc-redirect', 'cc-expired', 'cc-close']

/** Tells the page. False where the page said that it takes over (`preventDefault`). */
export function emit<Name extends keyof CheckoutEventDetails>(
  target: EventTarget,
  name: Name,
  detail: CheckoutEventDetails[Name],
): boolean {
  const cancelable = CANCELABLE.includes(name)
  return target.dispatchEvent(
    new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable }),
  )
}

/** What most events say. */
export function detailOf(checkout: Checkout): CheckoutDetail {
  return { checkoutId: checkout.id, orderId: checkout.orderId, ...progressOf(checkout) }
}
