/**
 * What the merchant decides by hand: the end of a review, and taking an order back. Each is a fact, with
 * its reason.
 * @module
 */
import { hasMoneyUnderWay } from './aggregate.ts'
import { ProxyError } from './errors.ts'
import type { Observer, Services } from './observe.ts'
import type { Payments } from './payments.ts'

export interface ReviewOptions extends Pick<Services, 'store' | 'now' | 'log'> {
  readonly observer: Observer
  readonly payments: Payments
}

export interface Resolution {
  readonly status: 'paid' | 'failed' | 'canceled' | 'refunded'
  /** Who decided it, and why. */
  readonly note: string
}

export interface Reviews {
  /** Ends the review of a checkout. Throws `not_in_review` where there is none. */
  resolve(checkoutId: string, resolution: Resolution): Promise<void>
  /** Takes the order back: cancels what is under way, and nothing new can be started. */
  cancel(checkoutId: string): Promise<void>
}

export function createReviews({ store, now, log, observer, payments }: ReviewOptions): Reviews {
  return {
    async resolve(checkoutId, { status, note }) {
      const aggregate = await store.read(checkoutId)
      if (!aggregate) throw new ProxyError('not_found')
      const payment = aggregate.payments.findLast(
        ({ isShown, state }) => isShown && state.status === 'review',
      )
      if (!payment) throw new ProxyError('not_in_review', 'no payment of it waits for a decision')
      log('info', 'review.resolved', { checkout: checkoutId, payment: payment.id, status, note })
      await observer.observe({ checkoutId, paymentId: payment.id }, 'resolved', {
        status,
        note,
        assurance: 'merchant',
        providerStatus: payment.providerStatus ?? '',
      })
    },

    async cancel(checkoutId) {
      await payments.cancel(checkoutId)
      await store.change(checkoutId, now(), ({ checkout, payments: attempts }) => {
        if (checkout.isCanceled) return undefined
        if (attempts.some(hasMoneyUnderWay)) throw new ProxyError('payment_in_progress')
        return { isCanceled: true }
      })
      log('info', 'checkout.canceled', { checkout: checkoutId })
    },
  }
}
