/**
 * PayCrypto-Checkout's orders as its queries tell them, and what each is worth (document, "Order status").
 * @module
 */
import { compareDecimal } from '../../protocol/money.ts'
import { isPaidFor } from '../../protocol/status.ts'
import type { PaymentStatus, Reason } from '../../protocol/status.ts'
import type { PaymentRef, PaymentUpdate } from '../provider.ts'
import type { OrderRecord } from './paycrypto-answer.ts'
import { readCurrency } from './paycrypto-query.ts'

/** "Order status". A number that is not here is `processing`: never final. */
const STATUSES: Readonly<Record<string, readonly [PaymentStatus, Reason?]>> = {
  '0': ['pending'],
  '1': ['paid'],
  '2': ['processing'],
  '3': ['review'],
  '4': ['failed'],
  '5': ['canceled'],
  '6': ['expired'],
  '7': ['refunding'],
  '8': ['refunded'],
  '9': ['paid', 'refund_failed'],
}

/** The order's own word, once it is the order that we made, of the price that we asked. */
export function toUpdate(record: OrderRecord, payment: PaymentRef): PaymentUpdate {
  const differs = [
    payment.ref !== null && record.order_id !== payment.ref && 'order_id',
    readCurrency(record.currency.toUpperCase())?.id !== payment.method.id && 'currency',
    compareDecimal(record.amount, payment.price.amount) !== 0 && 'amount',
  ].find((field) => field !== false)
  const providerStatus = record.status
  if (differs) {
    const note = `the order has another ${differs}`
    return { status: 'review', reason: 'conflict', providerStatus, note }
  }
  const [status, reason] = STATUSES[record.status] ?? ['processing']
  const money = received(record, payment)
  // A price in a coin is paid in that coin; one in a currency may be paid in any.
  const coin = payment.method.asset?.symbol
  if (status === 'paid' && coin && money.received && money.received.currency !== coin) {
    const note = 'it was paid in another coin'
    return { status: 'review', reason: 'conflict', providerStatus, note, ...money }
  }
  return {
    ref: record.order_id,
    status,
    providerStatus,
    ...(reason && { reason }),
    ...(isPaidFor(status) && { assurance: 'provider-api' }),
    ...money,
  }
}

/** What was paid, where the provider says it; its own sample of a paid order says "0" and means nothing. */
function received(
  { paid_amount: amount, paid_currency: currency }: OrderRecord,
  payment: PaymentRef,
): Pick<PaymentUpdate, 'received'> {
  if (amount === '' || compareDecimal(amount, '0') === 0 || currency === '') return {}
  // Their sample has a currency in lower case, too: that must not keep it from being compared.
  const word = currency.toUpperCase()
  const symbol = word.split('-')[0] ?? word
  const unit = payment.method.asset || symbol === payment.price.currency ? symbol : word
  return { received: { amount, currency: unit } }
}
