/**
 * Where providers send the shopper back to. What the browser brings is a claim: it is kept, the provider is
 * asked, and the shopper goes on to the merchant's page with nothing but the checkout's id.
 * @module
 */
import { visiblePayment } from './aggregate.ts'
import { ProxyError } from './errors.ts'
import { hashToken, isToken } from './ids.ts'
import type { Observer } from './look.ts'
import type { Services } from './services.ts'
import type { ReturnVisit } from './provider.ts'
import type { Aggregate, PaymentRecord } from './records.ts'

/** Where to go, and for whom; `page` is null where the merchant named none. */
export interface ReturnTarget {
  readonly checkoutId: string
  readonly page: string | null
}

/** Verifies a return and says where the browser goes next. Throws `not_found` for an unknown token. */
export type CompleteReturn = (token: string, visit: ReturnVisit) => Promise<ReturnTarget>

export function createReturns({
  store,
  providers,
  observer,
}: Pick<Services, 'store' | 'providers'> & { readonly observer: Observer }): CompleteReturn {
  return async (token, visit) => {
    const key = isToken(token) ? await store.findByReturn(hashToken(token)) : undefined
    const before = key && (await store.read(key.checkoutId))
    const payment = before?.payments.find(({ id }) => id === key?.paymentId)
    if (!key || !before || !payment) throw new ProxyError('not_found')
    const provider = providers.get(payment.provider)
    if (provider?.parseReturn) {
      const ref = provider.parseReturn(visit)
      if (ref !== undefined) await observer.bring(key, payment, ref)
    } else {
      // What the page put into the URL is nobody's word: the return is a reason to ask.
      await observer.look(key, 0)
    }
    const after = (await store.read(key.checkoutId)) ?? before
    return { checkoutId: key.checkoutId, page: choosePage(after, payment) }
  }
}

/** The page that the shopper left from; else the one the order names for how it went. */
function choosePage(aggregate: Aggregate, payment: PaymentRecord): string | null {
  const { urls, status } = aggregate.checkout
  const attempt = visiblePayment(aggregate)?.state.status
  const byStatus =
    status === 'paid'
      ? urls.success
      : attempt === 'failed'
        ? urls.fail
        : attempt === 'canceled'
          ? urls.cancel
          : urls.pending
  return payment.returnPage ?? byStatus ?? null
}
