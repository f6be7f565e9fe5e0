/**
 * What the merchant decides by hand: how a payment ended that only a person can tell, and taking an order
 * back. Each is a fact, with its reason.
 * @module
 */
import { TRANSITIONS, isOpen, isPaidFor } from '../protocol/status.ts'
import type { PaymentStatus } from '../protocol/status.ts'
import { hasMoneyUnderWay } from './aggregate.ts'
import { ProxyError } from './errors.ts'
import type { Observer } from './look.ts'
import type { Payments } from './payments.ts'
import type { PaymentRecord } from './records.ts'
import type { Services } from './services.ts'

export interface ReviewOptions extends Pick<Services, 'store' | 'now' | 'log'> {
  readonly observer: Observer
  readonly payments: Payments
}

export interface Resolution {
  readonly status: 'paid' | 'failed' | 'canceled' | 'refunded'
  /** Who decided it, and why. */
  readonly note: string
  /**
   * Which attempt; absent, the last one that waits for a person. One that ended without money can be
   * named as `paid`, too: it was paid when nobody was watching any more.
   */
  readonly paymentId?: string
}

export interface Reviews {
  /** Says how a payment ended. Throws `not_in_review` where none waits for it, or not for that. */
  resolve(checkoutId: string, resolution: Resolution): Promise<void>
  /** Takes the order back: cancels what is under way, and nothing new can be started. */
  cancel(checkoutId: string): Promise<void>
}

export function createReviews({ store, now, log, observer, payments }: ReviewOptions): Reviews {
  return {
    async resolve(checkoutId, { status, note, paymentId }) {
      const aggregate = await store.read(checkoutId)
      if (!aggregate) throw new ProxyError('not_found')
      const payment = aggregate.payments.findLast((each) =>
        paymentId === undefined
          ? needsPerson(each)
          : each.id === paymentId && (needsPerson(each) || (status === 'paid' && isOver(each))),
      )
      if (!payment) throw new ProxyError('not_in_review', 'no payment of it waits for a decision')
      const before = payment.state.status
      const end = endOf(payment, status)
      if (!canBecome(before, end)) {
        throw new ProxyError('not_in_review', `what is ${before} cannot be resolved as ${status}`)
      }
      await observer.observe({ checkoutId, paymentId: payment.id }, 'resolved', {
        status: end,
        note,
        ...(isPaidFor(status) && { assurance: 'merchant' }),
        providerStatus: payment.providerStatus ?? '',
      })
      log('info', 'review.resolved', { checkout: checkoutId, payment: payment.id, status, note })
    },

    async cancel(checkoutId) {
      await payments.cancel(checkoutId)
      await store.change(checkoutId, now(), ({ checkout, payments: attempts }) => {
        if (checkout.isCanceled) return undefined
        if (attempts.some(hasMoneyUnderWay)) throw new ProxyError('payment_in_progress')
        return { isCanceled: true }
      })
      // From here on nothing is shown any more; what was shown in between goes as well.
      await payments.cancel(checkoutId)
      log('info', 'checkout.canceled', { checkout: checkoutId })
    },
  }
}

/** Of what ended without money a person says that it was paid before he says that it went back. */
function canBecome(before: PaymentStatus, end: PaymentStatus): boolean {
  const isGone = end === 'refunded' && !isOpen(before) && !isPaidFor(before)
  return end === before || (TRANSITIONS[before].includes(end) && !isGone)
}

/** The same as the list's `needsPerson`. */
export function needsPerson({ isShown, state: { status, reason } }: PaymentRecord): boolean {
  if (reason === 'duplicate' || reason === 'conflict' || reason === 'refund_failed') return true
  return status === 'review' ? isShown : status === 'expired' && reason === 'unconfirmed'
}

/** The shopper knew where to pay, and it ended without money. */
const isOver = ({ isShown, state: { status } }: PaymentRecord): boolean =>
  isShown && (status === 'expired' || status === 'canceled' || status === 'failed')

/** What came to an end without money stays that end; now somebody has said so. */
const endOf = (
  { state }: PaymentRecord,
  status: Resolution['status'],
): Resolution['status'] | 'expired' =>
  state.status === 'expired' && !isPaidFor(status) ? 'expired' : status
