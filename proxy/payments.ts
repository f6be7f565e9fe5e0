/**
 * What a shopper does to a checkout: start paying, cancel, say "I have paid", come back.
 * @module
 */
import type { StartPaymentBody } from '../protocol/api.ts'
import type { Method } from '../protocol/payment.ts'
import { isOpen, isPaidFor } from '../protocol/status.ts'
import { activePayment } from './aggregate.ts'
import { ProviderError, ProxyError } from './errors.ts'
import { hashToken, mintFactId, mintPaymentId, mintToken } from './ids.ts'
import { INTENT_MS, toPaymentRef } from './observe.ts'
import type { Observer, Services } from './observe.ts'
import { nextCheck } from './policy.ts'
import type { CreatedPayment, Provider } from './provider.ts'
import type { Aggregate, PaymentRecord } from './records.ts'

export interface PaymentOptions extends Services {
  readonly observer: Observer
  readonly publicUrl: string
  /** Pages that a shopper may be sent back to, by origin. */
  readonly returnUrlOrigins: readonly string[]
}

export interface Payments {
  /** Makes a payment by a method, or gives the one that is already there. */
  start(checkoutId: string, body: StartPaymentBody): Promise<void>
  cancel(checkoutId: string): Promise<void>
  /** Asks the provider at once. */
  sent(checkoutId: string): Promise<void>
}

const SENT_GAP_MS = 1000
const WAIT_STEP_MS = 150

export function createPayments(options: PaymentOptions): Payments {
  const { store, providers, now, log, observer } = options
  const starting = new Map<string, Promise<void>>()

  async function read(checkoutId: string): Promise<Aggregate> {
    const aggregate = await store.read(checkoutId)
    if (!aggregate) throw new ProxyError('not_found')
    return aggregate
  }

  async function startOnce(checkoutId: string, body: StartPaymentBody): Promise<void> {
    const { checkout } = await read(checkoutId)
    const method = checkout.methods.find(({ id }) => id === body.methodId)
    const provider = providers.get(body.methodId.split(':', 1)[0] ?? '')
    if (!method || !provider) {
      throw new ProxyError('method_not_available', 'not offered here', { field: 'methodId' })
    }
    checkAnswers(method, body)
    const returnPage = checkReturnUrl(body.returnUrl, options.returnUrlOrigins)
    const token = mintToken()
    const intent = newPayment(checkoutId, provider, method, returnPage, token, now())
    const { standing, replaced } = await reserve(checkoutId, intent)
    if (standing) return standing.isShown ? undefined : waitFor(checkoutId, standing.id)
    await create(intent, provider, body, token)
    if (replaced) await dismiss(replaced)
  }

  /** Writes the intent down, before the provider hears of it; or finds the payment that is there. */
  async function reserve(
    checkoutId: string,
    intent: PaymentRecord,
  ): Promise<{ standing?: PaymentRecord; replaced?: PaymentRecord }> {
    let found: { standing?: PaymentRecord; replaced?: PaymentRecord } = {}
    await store.change(checkoutId, now(), (aggregate) => {
      found = {}
      const active = activePayment(aggregate)
      const decisive = standingPayment(aggregate, active, intent)
      if (decisive) {
        found = { standing: decisive }
        return undefined
      }
      if (now() >= aggregate.checkout.expiresAt) throw new ProxyError('checkout_expired')
      if (aggregate.payments.some(hasMoneyUnderWay)) throw new ProxyError('payment_in_progress')
      if (active?.isShown && active.state.status === 'pending') found = { replaced: active }
      return {
        payments: [...(active ? [{ ...active, isSuperseded: true }] : []), intent],
        facts: [
          {
            id: mintFactId(now()),
            paymentId: intent.id,
            at: now(),
            kind: 'created',
            status: 'pending',
          },
        ],
      }
    })
    return found
  }

  async function create(
    intent: PaymentRecord,
    provider: Provider,
    body: StartPaymentBody,
    token: string,
  ): Promise<void> {
    const { checkout } = await read(intent.checkoutId)
    const key = { checkoutId: intent.checkoutId, paymentId: intent.id }
    try {
      const created = await provider.createPayment({
        paymentId: intent.id,
        orderId: checkout.orderId,
        description: checkout.description,
        price: intent.price,
        method: intent.method,
        fields: body.fields ?? {},
        customer: checkout.customer,
        locale: checkout.locale,
        returnUrl: `${options.publicUrl}/v1/returns/${token}`,
      })
      await show(intent, provider, created)
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error
      log('warn', 'provider.failed', {
        provider: provider.id,
        operation: 'createPayment',
        payment: intent.id,
        code: error.code,
        detail: error.message,
        mayHaveHappened: error.mayHaveHappened,
      })
      await observer.observe(
        key,
        'created',
        error.mayHaveHappened
          ? { status: 'review', reason: 'unconfirmed', providerStatus: error.code }
          : { status: 'failed', providerStatus: error.code },
      )
      throw new ProxyError(error.code, 'the payment could not be made this way', {
        ...(error.retryAfterMs && { retryAfterMs: error.retryAfterMs }),
        cause: error,
      })
    }
  }

  /** The provider's answer becomes what the shopper sees, unless another method was picked meanwhile. */
  async function show(
    intent: PaymentRecord,
    provider: Provider,
    created: CreatedPayment,
  ): Promise<void> {
    const at = now()
    const after = await store.change(intent.checkoutId, at, async (aggregate, inside) => {
      const current = aggregate.payments.find(({ id }) => id === intent.id) ?? intent
      if (created.ref && (await inside.ownerOfRef(provider.id, created.ref))) {
        throw new ProviderError('provider_bad_response', 'gave an id that it had given before', {
          mayHaveHappened: true,
        })
      }
      const shown: PaymentRecord = {
        ...current,
        ref: created.ref ?? null,
        nextAction: created.nextAction,
        isShown: !current.isSuperseded,
        isCancelable: Boolean(provider.cancelPayment),
        providerStatus: created.providerStatus,
        expiresAt: created.expiresAt,
      }
      const canAsk = Boolean(provider.getPayment) && shown.ref !== null
      const nextCheckAt = nextCheck({ payment: shown, now: at, changedAt: at, canAsk })
      return {
        payments: [{ ...shown, nextCheckAt }],
        facts: [
          {
            id: mintFactId(at),
            paymentId: intent.id,
            at,
            kind: 'created',
            status: created.status,
            providerStatus: created.providerStatus,
          },
        ],
      }
    })
    const payment = after?.payments.find(({ id }) => id === intent.id)
    log('info', 'payment.created', { payment: intent.id, provider: provider.id })
    if (payment?.isSuperseded) await dismiss(payment)
  }

  /** Another proxy is making it: wait until it has. */
  async function waitFor(checkoutId: string, paymentId: string): Promise<void> {
    for (let waited = 0; waited < INTENT_MS; waited += WAIT_STEP_MS) {
      await new Promise((resolve) => setTimeout(resolve, WAIT_STEP_MS))
      const { payments } = await read(checkoutId)
      const payment = payments.find(({ id }) => id === paymentId)
      if (!payment || payment.isShown || payment.state.status !== 'pending') return
    }
  }

  /** Tells the provider that nobody will pay this any more. Failing to is no harm: it is still watched. */
  async function dismiss(payment: PaymentRecord): Promise<void> {
    const provider = providers.get(payment.provider)
    if (!provider?.cancelPayment || payment.ref === null) return
    const key = { checkoutId: payment.checkoutId, paymentId: payment.id }
    try {
      await observer.observe(key, 'canceled', await provider.cancelPayment(toPaymentRef(payment)))
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error
      log('warn', 'provider.failed', {
        provider: provider.id,
        operation: 'cancelPayment',
        payment: payment.id,
        code: error.code,
        detail: error.message,
      })
    }
  }

  return {
    start(checkoutId, body) {
      const key = `${checkoutId} ${body.methodId}`
      const running = starting.get(key)
      if (running) return running
      const run = startOnce(checkoutId, body).finally(() => starting.delete(key))
      starting.set(key, run)
      return run
    },

    async cancel(checkoutId) {
      const active = activePayment(await read(checkoutId))
      if (!active?.isShown || !isOpen(active.state.status)) return
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

/** The payment that makes a new one needless: the order is paid, or this method is under way already. */
function standingPayment(
  { payments }: Aggregate,
  active: PaymentRecord | undefined,
  intent: PaymentRecord,
): PaymentRecord | undefined {
  const paid = payments.find(({ state }) => isPaidFor(state.status))
  if (paid) return paid
  const isSame = active?.method.id === intent.method.id && isOpen(active.state.status)
  const isLost = active?.state.reason === 'unconfirmed' && !active.isShown
  return isSame && !isLost ? active : undefined
}

const hasMoneyUnderWay = ({ isShown, state }: PaymentRecord): boolean =>
  isShown && (state.status === 'processing' || state.status === 'review')

function newPayment(
  checkoutId: string,
  provider: Provider,
  method: Method,
  returnPage: string | null,
  returnToken: string,
  now: number,
): PaymentRecord {
  return {
    id: mintPaymentId(),
    checkoutId,
    provider: provider.id,
    method,
    price: method.price,
    ref: null,
    claim: null,
    nextAction: null,
    isCancelable: false,
    isShown: false,
    isSuperseded: false,
    state: { status: 'pending', reason: null, received: null, assurance: null, paidAt: null },
    providerStatus: null,
    returnHash: hashToken(returnToken),
    returnPage,
    expiresAt: null,
    checkedAt: null,
    nextCheckAt: now + INTENT_MS,
    createdAt: now,
  }
}

/** What a method asks of the shopper must be answered, as it asks for it. */
function checkAnswers(method: Method, { fields = {}, consent = false }: StartPaymentBody): void {
  const unknown = Object.keys(fields).find((id) => !method.fields.some((field) => field.id === id))
  if (unknown !== undefined) {
    throw new ProxyError('invalid_request', 'this method has no such field', {
      field: `fields.${unknown}`,
    })
  }
  for (const { id, required, pattern } of method.fields) {
    const value = Object.hasOwn(fields, id) ? fields[id] : undefined
    const isWrong = value ? pattern && !new RegExp(`^(?:${pattern})$`, 'u').test(value) : required
    if (isWrong) throw new ProxyError('invalid_request', 'is needed', { field: `fields.${id}` })
  }
  if (method.consent && !consent) {
    throw new ProxyError('invalid_request', 'must be accepted first', { field: 'consent' })
  }
}

/** Only pages of the merchant's own, so that our return is no open redirect. */
export function checkReturnUrl(
  url: string | undefined,
  origins: readonly string[],
  field = 'returnUrl',
): string | null {
  if (url === undefined) return null
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  if (!parsed || !origins.includes(parsed.origin) || parsed.username || parsed.password) {
    throw new ProxyError('invalid_request', 'is not a page of an allowed origin', { field })
  }
  parsed.hash = ''
  return parsed.href
}
