/**
 * Every event of the element.
 * @module
 */
import type { CheckoutEventDetails } from '../../../../widget/events.ts'

type EventName = keyof CheckoutEventDetails

/** By name; the compiler finds one that is missing. */
const ALL: Readonly<Record<EventName, true>> = {
  'cc-ready': true,
  'cc-select': true,
  'cc-redirect': true,
  'cc-return': true,
  'cc-state': true,
  'cc-partial': true,
  'cc-paid': true,
  'cc-expired': true,
  'cc-canceled': true,
  'cc-failed': true,
  'cc-error': true,
  'cc-close': true,
}

export const CHECKOUT_EVENTS = Object.keys(ALL) as readonly EventName[]
