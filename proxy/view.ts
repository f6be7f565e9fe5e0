/**
 * A checkout as a browser may see it, and its attempts as the merchant may: allow-lists of fields, written once
 * per version.
 * @module
 */
import { subtractDecimal } from '../protocol/money.ts'
import type { Money } from '../protocol/money.ts'
import type { Checkout, NextAction, Payment } from '../protocol/payment.ts'
import { isOpen } from '../protocol/status.ts'
import { visiblePayment } from './aggregate.ts'
import type { Aggregate, PaymentRecord } from './records.ts'

/** The part of a `Checkout` that only changes with its version; the rest is added on reading. */
export type CheckoutView = Omit<Checkout, 'serverNow' | 'pollAfterMs'>

/** What is stored beside the version, ready to be sent. */
export function renderCheckout(aggregate: Aggregate): CheckoutView {
  const { checkout } = aggregate
  const [price = { amount: '0', currency: '' }] = checkout.prices
  const visible = visiblePayment(aggregate)
  return {
    id: checkout.id,
    orderId: checkout.orderId,
    price,
    description: checkout.description,
    status: checkout.status,
    reason: checkout.reason,
    testMode: checkout.isTest,
    priceSource: checkout.source,
    methods: checkout.methods,
    payment: visible ? renderPayment(visible) : null,
    expiresAt: iso(checkout.expiresAt),
    receipt: checkout.receipt,
  }
}

function renderPayment(payment: PaymentRecord): Payment {
  const { state, nextAction, isSuperseded } = payment
  return {
    id: payment.id,
    methodId: payment.method.id,
    status: state.status,
    reason: state.reason,
    cancelable: payment.isCancelable && state.status === 'pending',
    // What another one replaced is not to be paid any more, though its money is still awaited.
    nextAction: isOpen(state.status) && !isSuperseded ? nextAction : null,
    received: state.received,
    remaining: remaining(nextAction, state.received),
    createdAt: iso(payment.createdAt),
    expiresAt: isoOrNull(payment.expiresAt),
  }
}

/** One attempt, as the merchant is told it. */
export const renderAttempt = ({ id, provider, method, ref, price, state }: PaymentRecord) => ({
  id,
  provider,
  methodId: method.id,
  ref,
  price,
  ...state,
  paidAt: isoOrNull(state.paidAt),
})

/** Only where the provider counts in the coin that the shopper sends. */
function remaining(action: NextAction | null, received: Money | null): Money | null {
  if (action?.type !== 'transfer' || received?.currency !== action.asset.symbol) return null
  return { ...received, amount: subtractDecimal(action.amount, received.amount) }
}

/** A time as the API writes it. */
export const iso = (time: number): string => new Date(time).toISOString()

export const isoOrNull = (time: number | null): string | null => (time === null ? null : iso(time))
