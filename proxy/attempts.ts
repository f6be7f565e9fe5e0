/**
 * Making a payment at a provider: the intent is written down first, then the provider is called, then
 * its answer is shown. Of several picks the last one wins, in whatever order the answers come.
 * @module
 */
import type { StartPaymentBody } from '../protocol/api.ts'
import type { Method } from '../protocol/payment.ts'
import { isOpen, isPaidFor } from '../protocol/status.ts'
import { hasMoneyUnderWay, isLive } from './aggregate.ts'
import { checkAttempts } from './attempt-limit.ts'
import { ProviderError, ProxyError } from './errors.ts'
import { hashToken, mintFactId, mintPaymentId, mintToken } from './ids.ts'
import type { Observer } from './look.ts'
import { CREATE_MS, INTENT_MS, isLost, nextCheck } from './schedule.ts'
import type { Services } from './services.ts'
import { tellFailure } from './provider-calls.ts'
import type { CreatedPayment, Provider } from './provider.ts'
import type { Aggregate, PaymentRecord } from './records.ts'

export interface AttemptOptions extends Services {
  readonly observer: Observer
  readonly publicUrl: string
  /** How many live payments a checkout may have begun within 15 minutes. */
  readonly maxAttempts: number
}

export interface Attempts {
  /**
   * Writes `intent` down, before the provider hears of it. Where the checkout is paid, or this method
   * is under way already, that payment is returned instead, and nothing new is made.
   * Throws `checkout_expired`, `payment_in_progress` and `too_many_attempts`.
   */
  reserve(intent: PaymentRecord): Promise<PaymentRecord | undefined>
  /** Calls the provider. Throws a `ProxyError` with the provider's code when it did not work out. */
  create(intent: PaymentRecord, provider: Provider, input: AttemptInput): Promise<void>
}

export interface AttemptInput {
  readonly fields: NonNullable<StartPaymentBody['fields']>
  readonly tokens: IntentTokens
}

/** What only this attempt's URLs know; the store has their hashes. */
export interface IntentTokens {
  readonly returnToken: string
  readonly webhookToken: string
  /** Given to providers that want a secret per order; stored sealed. */
  readonly secret: string
}

export function createAttempts(options: AttemptOptions): Attempts {
  const { store, vault, now, log, observer, reached } = options

  /** The answer becomes what the shopper sees, unless another method was picked meanwhile. */
  async function show(intent: PaymentRecord, provider: Provider, created: CreatedPayment) {
    const at = now()
    const known = await vault.open(intent.private)
    const sealed = created.private
      ? await vault.seal({ ...known, ...created.private })
      : intent.private
    let replaced: readonly PaymentRecord[] = []
    const aggregate = await store.change(intent.checkoutId, at, async (before, inside) => {
      const owner = created.ref && (await inside.ownerOfRef(provider.id, created.ref))
      if (owner && owner !== intent.id) {
        throw new ProviderError('provider_bad_response', 'gave an id that it had given before', {
          mayHaveHappened: true,
        })
      }
      const place = before.payments.findIndex(({ id }) => id === intent.id)
      const current = before.payments[place] ?? intent
      // A clock that was set, or one that is ahead, may have given it up before its time, and found it.
      const isGivenUp = isLost(current) || current.ref !== null
      const isOutdated = isGivenUp || isOvertaken(current, before)
      const shown = {
        ...current,
        ref: created.ref ?? current.ref,
        nextAction: isGivenUp ? null : created.nextAction,
        isShown: !isOutdated,
        isSuperseded: isOutdated,
        isCancelable: Boolean(provider.cancelPayment),
        providerStatus: created.providerStatus,
        expiresAt: created.expiresAt,
        isWebhookExposed: created.isWebhookExposed ?? false,
        private: sealed,
      }
      const canAsk = Boolean(provider.getPayment) && shown.ref !== null
      const nextCheckAt = nextCheck({ payment: shown, now: at, changedAt: at, canAsk })
      const older = isOutdated ? [] : before.payments.slice(0, place).filter(isCurrent)
      replaced = isOutdated ? [shown] : older.filter(({ state }) => state.status === 'pending')
      return {
        payments: [
          ...older.map((payment) => ({ ...payment, isSuperseded: true })),
          { ...shown, nextCheckAt },
        ],
        facts: [createdFact(intent.id, at, created)],
      }
    })
    reached('payment_shown')
    log('info', 'payment.created', {
      checkout: intent.checkoutId,
      payment: intent.id,
      provider: provider.id,
    })
    await Promise.all(replaced.map(observer.dismiss))
    // A notification was faster than the answer: there is something to ask now.
    const isHinted = aggregate?.payments.some(({ id, hintedAt }) => id === intent.id && hintedAt)
    if (isHinted) await observer.look({ checkoutId: intent.checkoutId, paymentId: intent.id }, 0)
  }

  return {
    async reserve(intent) {
      let standing: PaymentRecord | undefined
      await store.change(intent.checkoutId, now(), (aggregate) => {
        standing = standingPayment(aggregate, intent)
        if (standing) {
          const later = aggregate.payments.slice(aggregate.payments.indexOf(standing) + 1)
          const picked = later.filter((payment) => isLive(payment) && !payment.isShown)
          if (picked.length === 0) return undefined
          return { payments: picked.map((payment) => ({ ...payment, isSuperseded: true })) }
        }
        const { isCanceled, expiresAt } = aggregate.checkout
        if (isCanceled) throw new ProxyError('checkout_settled', 'the order was canceled')
        if (now() >= expiresAt) throw new ProxyError('checkout_expired')
        if (aggregate.payments.some(hasMoneyUnderWay)) throw new ProxyError('payment_in_progress')
        checkAttempts(aggregate, options.maxAttempts, now())
        return { payments: [intent], facts: [createdFact(intent.id, now())] }
      })
      if (!standing) reached('intent_stored')
      return standing
    },

    async create(intent, provider, { fields, tokens }) {
      const aggregate = await store.read(intent.checkoutId)
      if (!aggregate) throw new ProxyError('not_found')
      const { orderId, description, customer, locale } = aggregate.checkout
      try {
        const created = await within(
          CREATE_MS,
          provider.createPayment({
            paymentId: intent.id,
            orderId,
            description,
            price: intent.price,
            method: intent.method,
            fields,
            customer,
            locale,
            returnUrl: `${options.publicUrl}/v1/returns/${tokens.returnToken}`,
            webhookUrl: `${options.publicUrl}/v1/webhooks/${provider.id}/${tokens.webhookToken}`,
            secret: tokens.secret,
          }),
        )
        reached('payment_created')
        await show(intent, provider, created)
      } catch (error) {
        if (!(error instanceof ProviderError)) throw error
        const call = { provider: provider.id, operation: 'createPayment', payment: intent }
        tellFailure(log, call, error)
        const key = { checkoutId: intent.checkoutId, paymentId: intent.id }
        await observer.observe(key, 'created', {
          providerStatus: error.code,
          ...(error.mayHaveHappened
            ? { status: 'review', reason: 'unconfirmed' }
            : { status: 'failed' }),
        })
        throw new ProxyError(error.code, 'the payment could not be made this way', {
          ...(error.retryAfterMs && { retryAfterMs: error.retryAfterMs }),
          cause: error,
        })
      }
    },
  }
}

/** What a new attempt begins with. */
export interface IntentInput {
  readonly checkoutId: string
  readonly provider: Provider
  readonly method: Method
  readonly returnPage: string | null
}

/** A payment that was not made yet, and the tokens that belong to it. */
export async function newIntent(
  { checkoutId, provider, method, returnPage }: IntentInput,
  { vault, now }: Pick<Services, 'vault' | 'now'>,
): Promise<{ intent: PaymentRecord; tokens: IntentTokens }> {
  const tokens = { returnToken: mintToken(), webhookToken: mintToken(), secret: mintToken() }
  const createdAt = now()
  const intent: PaymentRecord = {
    id: mintPaymentId(),
    checkoutId,
    provider: provider.id,
    method,
    price: method.price,
    ref: null,
    claims: [],
    nextAction: null,
    isCancelable: false,
    isShown: false,
    isSuperseded: false,
    state: { status: 'pending', reason: null, received: null, assurance: null, paidAt: null },
    providerStatus: null,
    returnHash: hashToken(tokens.returnToken),
    webhookHash: hashToken(tokens.webhookToken),
    isWebhookExposed: false,
    private: await vault.seal({ secret: tokens.secret }),
    returnPage,
    expiresAt: null,
    checkedAt: null,
    hintedAt: null,
    nextCheckAt: createdAt + INTENT_MS,
    createdAt,
  }
  return { intent, tokens }
}

/** What has not answered by then counts as lost, so that nothing is shown after it was given up. */
function within<T>(ms: number, answer: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => {
    const options = { mayHaveHappened: true }
    reject(new ProviderError('provider_unavailable', 'took too long', options))
  }, ms)
  return Promise.race([answer, late]).finally(() => clearTimeout(timer))
}

/** Another way was picked meanwhile, or nothing more is to be paid. */
function isOvertaken(attempt: PaymentRecord, { checkout, payments }: Aggregate): boolean {
  const later = payments.slice(payments.findIndex(({ id }) => id === attempt.id) + 1)
  const isPaid = payments.some(({ id, state }) => id !== attempt.id && isPaidFor(state.status))
  return attempt.isSuperseded || checkout.isCanceled || isPaid || later.some(isLive)
}

const isCurrent = (payment: PaymentRecord): boolean =>
  !payment.isSuperseded && isOpen(payment.state.status)

/** The payment that makes a new one needless: the order is paid, or this method is under way already. */
function standingPayment(
  { payments }: Aggregate,
  intent: PaymentRecord,
): PaymentRecord | undefined {
  return (
    payments.find(({ state }) => isPaidFor(state.status)) ??
    payments.findLast((payment) => isLive(payment) && payment.method.id === intent.method.id)
  )
}

const createdFact = (paymentId: string, at: number, created?: CreatedPayment) => ({
  id: mintFactId(at),
  paymentId,
  at,
  kind: 'created' as const,
  status: created?.status ?? ('pending' as const),
  ...(created && { providerStatus: created.providerStatus }),
})
