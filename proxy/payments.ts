/**
 * What a shopper does to a checkout: start paying, cancel, say "I have paid".
 * @module
 */
import type { StartPaymentBody } from '../protocol/api.ts'
import { isOpen } from '../protocol/status.ts'
import { activePayment, hasMoneyUnderWay } from './aggregate.ts'
import { newIntent } from './attempts.ts'
import type { Attempts } from './attempts.ts'
import { ProviderError, ProxyError } from './errors.ts'
import { mintToken } from './ids.ts'
import { INTENT_MS, toPaymentRef } from './observe.ts'
import type { Observer, Services } from './observe.ts'
import type { Aggregate } from './records.ts'
import { checkAnswers, checkReturnUrl } from './shopper-input.ts'

export interface PaymentOptions extends Services {
  readonly observer: Observer
  readonly attempts: Attempts
  /** Pages that a shopper may be sent back to, by origin. */
  readonly returnUrlOrigins: readonly string[]
}

export interface Payments {
  /** Makes a payment by a method, or finds the one that is already there. */
  start(checkoutId: string, body: StartPaymentBody): Promise<void>
  /** Ends the active payment, at the provider where that is possible. */
  cancel(checkoutId: string): Promise<void>
  /** Asks the provider at once. */
  sent(checkoutId: string): Promise<void>
}

const SENT_GAP_MS = 1000
const WAIT_STEP_MS = 150

export function createPayments(options: PaymentOptions): Payments {
  const { store, providers, now, observer, attempts } = options

  async function read(checkoutId: string): Promise<Aggregate> {
    const aggregate = await store.read(checkoutId)
    if (!aggregate) throw new ProxyError('not_found')
    return aggregate
  }

  async function start(checkoutId: string, body: StartPaymentBody): Promise<void> {
    const { checkout } = await read(checkoutId)
    const method = checkout.methods.find(({ id }) => id === body.methodId)
    const provider = providers.get(body.methodId.split(':', 1)[0] ?? '')
    if (!method || !provider) {
      throw new ProxyError('method_not_available', 'not offered here', { field: 'methodId' })
    }
    checkAnswers(method, body)
    const returnPage = checkReturnUrl(body.returnUrl, options.returnUrlOrigins)
    const returnToken = mintToken()
    const intent = newIntent(checkoutId, provider, method, { returnPage, returnToken }, now())
    const standing = await attempts.reserve(intent)
    if (!standing) {
      await attempts.create(intent, provider, { fields: body.fields ?? {}, returnToken })
    } else if (!standing.isShown) {
      await waitFor(checkoutId, standing.id)
    }
  }

  /** Another request is making it: wait until it has. */
  async function waitFor(checkoutId: string, paymentId: string): Promise<void> {
    for (let waited = 0; waited < INTENT_MS; waited += WAIT_STEP_MS) {
      await new Promise((resolve) => setTimeout(resolve, WAIT_STEP_MS))
      const { payments } = await read(checkoutId)
      const payment = payments.find(({ id }) => id === paymentId)
      if (!payment || payment.isShown || payment.state.status !== 'pending') return
    }
  }

  return {
    start,

    async cancel(checkoutId) {
      const active = activePayment(await read(checkoutId))
      if (!active || !isOpen(active.state.status)) return
      if (hasMoneyUnderWay(active)) throw new ProxyError('payment_in_progress')
      const provider = providers.get(active.provider)
      const key = { checkoutId, paymentId: active.id }
      try {
        const update = provider?.cancelPayment
          ? await provider.cancelPayment(toPaymentRef(active))
          : ({ status: 'canceled', providerStatus: active.providerStatus ?? '' } as const)
        await observer.observe(key, 'canceled', update)
      } catch (error) {
        if (!(error instanceof ProviderError)) throw error
        await observer.look(key, 0)
        throw new ProxyError(error.code, 'the payment could not be canceled', { cause: error })
      }
    },

    async sent(checkoutId) {
      const active = activePayment(await read(checkoutId))
      if (active) await observer.look({ checkoutId, paymentId: active.id }, SENT_GAP_MS)
    },
  }
}
