/**
 * How a checkout is found: made, found again, or read.
 * @module
 */
import type { Api, Call } from './api.ts'
import type { CheckoutError } from './error.ts'
import type { OrderSource } from './state.ts'

/** The first call for an order. After a return from a payment page the provider is asked, too. */
export function connectBy(api: Api, { body, id, isReturn }: OrderSource): Call {
  return async (signal) => {
    const found = !body
      ? await api.read(id ?? '')(signal)
      : await api
          .create(body)(signal)
          .catch((error: CheckoutError) => {
            // the token has run out, but what it began goes on
            if (id && error.code === 'invalid_order_token') return api.read(id)(signal)
            throw error
          })
    if (!isReturn) return found
    return api
      .sent(found.checkout.id)(signal)
      .catch(() => found)
  }
}
