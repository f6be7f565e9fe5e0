/**
 * Looking at a payment: the provider is asked, the clock has its say, and the next look is set. What
 * cannot be learnt now is learnt later.
 * @module
 */
import { isOpen } from '../protocol/status.ts'
import { createClaims } from './claims.ts'
import type { Claims } from './claims.ts'
import { ProviderError } from './errors.ts'
import { createObserve } from './observe.ts'
import type { Observe } from './observe.ts'
import { questionFor, toPaymentRef } from './payment-ref.ts'
import { tellFailure } from './provider-calls.ts'
import type { PaymentUpdate, Provider } from './provider.ts'
import type { Aggregate, PaymentRecord } from './records.ts'
import { WATCH_GAP_MS, clockSays, isLost, nextCheck } from './schedule.ts'
import type { Services } from './services.ts'
import type { PaymentKey } from './store.ts'
import { runFor } from './trace.ts'

export interface Observer {
  readonly observe: Observe
  /** Keeps the id that a returning browser brought, and asks about it. */
  readonly bring: Claims['bring']
  /**
   * Asks the provider, unless somebody did within `gapMs`, and lets the clock have its say. A look that
   * is under way is shared by those who watch; whoever has news (a shorter gap) gets one of its own,
   * afterwards. `seen` is the checkout as it was read just now. Never throws because of the provider.
   */
  look(key: PaymentKey, gapMs: number, seen?: Aggregate): Promise<void>
  /** Tells the provider that nobody will pay this any more. Failing to is no harm: it is watched on. */
  dismiss(payment: PaymentRecord): Promise<void>
  /** Resolves when the looks that are under way have ended. */
  settle(): Promise<void>
}

/** What came of a question. */
interface Answer {
  /** The provider answered, whatever it said. */
  readonly isAnswered: boolean
  /** The checkout with it. */
  readonly after?: Aggregate | undefined
}

const NO_ANSWER: Answer = { isAnswered: false }

/** A create may take this long to show up in a provider's list. */
const NOT_THERE_MS = 60_000

export function createObserver(services: Services): Observer {
  const { store, providers, vault, now, log, reached } = services
  const observe = createObserve(services)
  const claims = createClaims(services, observe)
  const looks = new Map<string, Promise<void>>()

  function report(provider: Provider, operation: string, payment: PaymentRecord, error: unknown) {
    if (!(error instanceof ProviderError)) throw error
    tellFailure(log, { provider: provider.id, operation, payment }, error)
  }

  async function ask(payment: PaymentRecord, key: PaymentKey, gapMs: number): Promise<Answer> {
    const provider = providers.get(payment.provider)
    const question = questionFor(payment, provider)
    if (!provider || !question) return NO_ANSWER
    if (!(await store.checks.claimQuestion(payment.id, now(), gapMs))) return NO_ANSWER
    if (payment.claims.length > 0) {
      const asked = payment.claims.map(({ ref }) => claims.ask(key, ref, 'polled'))
      return { isAnswered: (await Promise.all(asked)).every(Boolean) }
    }
    try {
      const found = await provider[question]?.(await toPaymentRef(payment, vault))
      reached('payment_asked')
      const update = found === null ? notThere(payment) : found
      const after = update && (await observe(key, 'polled', update))
      if (question === 'getPayment') return { isAnswered: true, after }
    } catch (error) {
      report(provider, question, payment, error)
      return NO_ANSWER
    }
    await dismissFound(key)
    return { isAnswered: true }
  }

  function notThere({ createdAt }: PaymentRecord): PaymentUpdate | undefined {
    if (now() - createdAt < NOT_THERE_MS) return undefined
    return { status: 'failed', providerStatus: 'not there', note: 'the provider never made it' }
  }

  /** A create whose answer was lost turned up: nobody was shown it, so nobody is to pay it. */
  async function dismissFound(key: PaymentKey): Promise<void> {
    const found = paymentOf(await store.read(key.checkoutId), key)
    if (found && found.ref !== null && isLost(found)) await dismiss(found)
  }

  async function dismiss(payment: PaymentRecord): Promise<void> {
    const provider = providers.get(payment.provider)
    if (!provider?.cancelPayment || payment.ref === null || !isOpen(payment.state.status)) return
    const key = { checkoutId: payment.checkoutId, paymentId: payment.id }
    try {
      const update = await provider.cancelPayment(await toPaymentRef(payment, vault))
      reached('payment_canceled')
      await observe(key, 'canceled', update)
    } catch (error) {
      report(provider, 'cancelPayment', payment, error)
    }
  }

  const canAsk = (payment: PaymentRecord): boolean =>
    questionFor(payment, providers.get(payment.provider)) !== undefined

  /** What only the clock says, and when to look again. */
  async function plan(key: PaymentKey, seenHint: number | null, { isAnswered, after }: Answer) {
    let aggregate = after ?? (await store.read(key.checkoutId))
    const before = paymentOf(aggregate, key)
    if (!before) return
    const update = clockSays(before, now(), canAsk(before))
    if (update) aggregate = await observe(key, 'expired', update)
    const payment = paymentOf(aggregate, key) ?? before
    const last = aggregate?.facts.findLast((fact) => fact.paymentId === payment.id)
    const lastClaim = payment.claims.at(-1)
    const isHintDone = isAnswered && payment.hintedAt === seenHint
    const nextCheckAt = nextCheck({
      payment: isHintDone ? { ...payment, hintedAt: null } : payment,
      now: now(),
      changedAt: Math.max(last?.at ?? payment.createdAt, lastClaim?.createdAt ?? 0),
      canAsk: canAsk(payment),
      hasFailed: !isAnswered,
    })
    const seenClaims = payment.claims.length
    await store.checks.finish(payment.id, {
      nextCheckAt,
      seenHint,
      seenClaims,
      seenStatus: payment.state.status,
      isAnswered,
    })
  }

  async function lookOnce(key: PaymentKey, gapMs: number, seen?: Aggregate): Promise<void> {
    const payment = paymentOf(seen ?? (await store.read(key.checkoutId)), key)
    if (!payment) return
    await plan(key, payment.hintedAt, await ask(payment, key, gapMs))
  }

  return {
    observe,
    bring: claims.bring,
    look(key, gapMs, seen) {
      const running = looks.get(key.paymentId)
      if (running && gapMs >= WATCH_GAP_MS) return running
      const begin = (known?: Aggregate) => runFor(key, () => lookOnce(key, gapMs, known))
      // What was seen before the other look is old by then.
      const again = (): Promise<void> => begin()
      const look = (running ? running.then(again, again) : begin(seen)).finally(() => {
        if (looks.get(key.paymentId) === look) looks.delete(key.paymentId)
      })
      looks.set(key.paymentId, look)
      return look
    },
    dismiss,
    settle: async () => {
      await Promise.allSettled(looks.values())
    },
  }
}

const paymentOf = (
  aggregate: Aggregate | undefined,
  { paymentId }: PaymentKey,
): PaymentRecord | undefined => aggregate?.payments.find(({ id }) => id === paymentId)
