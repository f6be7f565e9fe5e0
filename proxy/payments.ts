/**
 * What a shopper does to a checkout: start paying, cancel, say "I have paid".
 * @module
 */
import type { ProblemCode, StartPaymentBody } from '../protocol/api.ts'
import { isSameMoney } from '../protocol/money.ts'
import type { Method } from '../protocol/payment.ts'
import { isOpen } from '../protocol/status.ts'
import { activePayment, hasMoneyUnderWay } from './aggregate.ts'
import { newIntent } from './attempts.ts'
import type { AttemptInput, Attempts } from './attempts.ts'
import { ProviderError, ProxyError } from './errors.ts'
import type { Observer } from './look.ts'
import { toPaymentRef } from './payment-ref.ts'
import { INTENT_MS, WATCH_GAP_MS, isLost } from './schedule.ts'
import type { Services } from './services.ts'
import { tellFailure } from './provider-calls.ts'
import type { ProviderImage } from './provider.ts'
import type { Aggregate, PaymentRecord } from './records.ts'
import { checkAnswers, checkReturnUrl } from './shopper-input.ts'
import { runFor } from './trace.ts'

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
  /**
   * Asks the provider now, unless somebody just did; where the shopper says so, tells it first that the
   * payment was sent.
   */
  sent(checkoutId: string, isClaimed: boolean): Promise<void>
  /** The provider's own QR image of the active payment. Throws `not_found` where it has none. */
  getQrImage(checkoutId: string): Promise<ProviderImage>
}

const WAIT_STEP_MS = 150

export function createPayments(options: PaymentOptions): Payments {
  const { store, providers, vault, now, log, reached, observer, attempts } = options

  async function read(checkoutId: string): Promise<Aggregate> {
    const aggregate = await store.read(checkoutId)
    if (!aggregate) throw new ProxyError('not_found')
    return aggregate
  }

  async function start(checkoutId: string, body: StartPaymentBody): Promise<void> {
    const { checkout } = await read(checkoutId)
    const method = checkout.methods.find(({ id }) => id === body.methodId)
    if (!method) throw notOffered()
    await checkAnswers(method, body)
    const returnPage = checkReturnUrl(body.returnUrl, options.returnUrlOrigins)
    const alternatives = checkout.methods.filter((other) => canStandIn(other, method))
    for (const [index, candidate] of [method, ...alternatives].entries()) {
      try {
        await startBy(checkoutId, candidate, returnPage, body.fields ?? {})
        return
      } catch (error) {
        const isLast = index === alternatives.length
        if (isLast || !(error instanceof ProxyError) || !FALLS_OVER.has(error.code)) throw error
        log('warn', 'payment.fell_over', { checkout: checkoutId, from: candidate.id })
      }
    }
  }

  /** One method, one attempt; or the one that is there. */
  async function startBy(
    checkoutId: string,
    method: Method,
    returnPage: string | null,
    fields: AttemptInput['fields'],
  ): Promise<void> {
    const provider = providers.get(method.id.split(':', 1)[0] ?? '')
    if (!provider) throw notOffered()
    const { intent, tokens } = await newIntent(
      { checkoutId, provider, method, returnPage },
      { vault, now },
    )
    const standing = await attempts.reserve(intent)
    if (!standing) {
      const key = { checkoutId, paymentId: intent.id }
      await runFor(key, () => attempts.create(intent, provider, { fields, tokens }))
    } else if (!standing.isShown && (await isGivenUp(standing))) {
      await startBy(checkoutId, method, returnPage, fields)
    }
  }

  /** Another request is making it: wait until it has, or until it counts as lost. */
  async function isGivenUp({ id, checkoutId, createdAt }: PaymentRecord): Promise<boolean> {
    for (let waited = 0; waited < INTENT_MS; waited += WAIT_STEP_MS) {
      if (now() - createdAt >= INTENT_MS) break
      const payment = (await read(checkoutId)).payments.find((each) => each.id === id)
      if (!payment || payment.isShown || payment.state.status !== 'pending') return false
      await new Promise((resolve) => setTimeout(resolve, WAIT_STEP_MS))
    }
    await observer.look({ checkoutId, paymentId: id }, 0)
    const after = (await read(checkoutId)).payments.find((each) => each.id === id)
    return after !== undefined && isLost(after)
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
          ? await provider.cancelPayment(await toPaymentRef(active, vault))
          : ({ status: 'canceled', providerStatus: active.providerStatus ?? '' } as const)
        reached('payment_canceled')
        await observer.observe(key, 'canceled', update)
      } catch (error) {
        if (!(error instanceof ProviderError)) throw error
        const call = { provider: active.provider, operation: 'cancelPayment', payment: active }
        tellFailure(log, call, error)
        await observer.look(key, 0)
        // What was paid meanwhile is why, and the answer shows it.
        const after = activePayment(await read(checkoutId))
        if (!after || !isOpen(after.state.status)) return
        if (hasMoneyUnderWay(after)) throw new ProxyError('payment_in_progress')
        throw new ProxyError(error.code, 'the payment could not be canceled', { cause: error })
      }
    },

    async getQrImage(checkoutId) {
      const active = activePayment(await read(checkoutId))
      const getQrImage = active && providers.get(active.provider)?.getQrImage
      if (!getQrImage || active.ref === null) throw new ProxyError('not_found')
      try {
        return await getQrImage(await toPaymentRef(active, vault))
      } catch (error) {
        if (!(error instanceof ProviderError)) throw error
        throw new ProxyError(error.code, 'the image could not be had', { cause: error })
      }
    },

    async sent(checkoutId, isClaimed) {
      const active = activePayment(await read(checkoutId))
      if (!active) return
      const confirmSent = providers.get(active.provider)?.confirmSent
      if (isClaimed && confirmSent && active.state.status === 'pending') {
        await confirmSent(await toPaymentRef(active, vault)).catch((error: unknown) => {
          if (!(error instanceof ProviderError)) throw error
          const call = { provider: active.provider, operation: 'confirmSent', payment: active }
          tellFailure(log, call, error)
        })
      }
      await observer.look({ checkoutId, paymentId: active.id }, WATCH_GAP_MS)
    },
  }
}

/** What a create may fail with and another provider of the same coin may still do. */
const FALLS_OVER: ReadonlySet<ProblemCode> = new Set([
  'provider_unavailable',
  'provider_bad_response',
  'provider_rejected',
  'provider_auth',
])

/** The same coin on the same network at the same price, and nothing more to ask of the shopper. */
function canStandIn(other: Method, method: Method): boolean {
  return (
    other.id !== method.id &&
    method.asset !== null &&
    other.asset?.symbol === method.asset.symbol &&
    other.asset.network === method.asset.network &&
    isSameMoney(other.price, method.price) &&
    other.fields.length === 0 &&
    other.consent === null
  )
}

const notOffered = (): ProxyError =>
  new ProxyError('method_not_available', 'not offered here', { field: 'methodId' })
