/**
 * One funnel for everything that is learnt about a payment: it is judged, written down as a fact, and
 * the checkout follows. Polls, webhooks, returns, cancels and the clock all end here.
 * @module
 */
import { project } from '../protocol/projection.ts'
import type { FactKind, PaymentState } from '../protocol/projection.ts'
import { isOpen } from '../protocol/status.ts'
import { ProviderError } from './errors.ts'
import { mintFactId } from './ids.ts'
import type { Log } from './log.ts'
import { judge, nextCheck } from './policy.ts'
import type { PaymentRef, PaymentUpdate, Provider } from './provider.ts'
import type { Aggregate, PaymentRecord, StoredFact } from './records.ts'
import type { PaymentKey, Store } from './store.ts'
import type { Vault } from './vault.ts'

/** What the services of the proxy share. */
export interface Services {
  readonly store: Store
  readonly providers: ReadonlyMap<string, Provider>
  readonly vault: Vault
  readonly now: () => number
  readonly log: Log
}

/** After this long without an answer, a create may have been lost with the process that made it. */
export const INTENT_MS = 30_000

export interface Observer {
  /** Writes an observation down. Nothing is written where it says nothing new. */
  observe(key: PaymentKey, kind: FactKind, update: PaymentUpdate): Promise<Aggregate | undefined>
  /**
   * Asks the provider, unless somebody did within `gapMs`, and lets the clock have its say. Never
   * throws because of the provider: what cannot be learnt now is learnt later.
   */
  look(key: PaymentKey, gapMs: number): Promise<void>
}

export function createObserver({ store, providers, vault, now, log }: Services): Observer {
  const looking = new Map<string, Promise<void>>()
  const quietUntil = new Map<string, number>()

  async function observe(
    { checkoutId, paymentId }: PaymentKey,
    kind: FactKind,
    update: PaymentUpdate,
  ): Promise<Aggregate | undefined> {
    const at = now()
    return store.change(checkoutId, at, async (aggregate, inside) => {
      const payment = aggregate.payments.find(({ id }) => id === paymentId)
      if (!payment) return undefined
      const owner = update.ref && (await inside.ownerOfRef(payment.provider, update.ref))
      const isRefTaken = Boolean(owner) && owner !== paymentId
      const judged = judge(update, payment, aggregate, isRefTaken)
      const fact = toFact(paymentId, kind, judged, at)
      const known = aggregate.facts.filter((each) => each.paymentId === paymentId)
      const state = project([...known, fact])
      const changed = {
        ...payment,
        ref: payment.ref ?? judged.ref ?? null,
        claim: isRefTaken ? null : (judged.claim ?? payment.claim),
        providerStatus: judged.providerStatus,
        state,
      }
      if (!saysSomethingNew(payment, changed)) return undefined
      report(payment, state, judged)
      const nextCheckAt = schedule(changed, at)
      return { payments: [{ ...changed, nextCheckAt }], facts: [fact] }
    })
  }

  function report(payment: PaymentRecord, state: PaymentState, update: PaymentUpdate): void {
    if (state.status === payment.state.status && state.reason === payment.state.reason) return
    const isAlarm = state.status === 'review' || state.reason === 'conflict'
    log(isAlarm ? 'warn' : 'info', 'payment.changed', {
      checkout: payment.checkoutId,
      payment: payment.id,
      provider: payment.provider,
      status: state.status,
      reason: state.reason,
      providerStatus: update.providerStatus,
      note: update.note,
    })
  }

  function schedule(payment: PaymentRecord, changedAt: number): number | null {
    const provider = providers.get(payment.provider)
    const canAsk = Boolean(provider?.getPayment) && isKnownThere(payment)
    return nextCheck({ payment, now: now(), changedAt, canAsk })
  }

  async function ask(payment: PaymentRecord, key: PaymentKey, gapMs: number): Promise<void> {
    const provider = providers.get(payment.provider)
    if (!provider?.getPayment || !isKnownThere(payment)) return
    if (now() < (quietUntil.get(provider.id) ?? 0)) return
    if (!(await store.claimCheck(payment.id, now(), gapMs))) return
    try {
      const update = await provider.getPayment(await toPaymentRef(payment, vault))
      if (update) await observe(key, 'polled', update)
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error
      if (error.retryAfterMs) quietUntil.set(provider.id, now() + error.retryAfterMs)
      log('warn', 'provider.failed', {
        provider: provider.id,
        operation: 'getPayment',
        code: error.code,
        detail: error.message,
      })
    }
  }

  /** What only the clock says: an attempt ran out, or the process that made it never came back. */
  async function expire(key: PaymentKey): Promise<void> {
    const aggregate = await store.read(key.checkoutId)
    const payment = aggregate?.payments.find(({ id }) => id === key.paymentId)
    if (!aggregate || !payment) return
    const update = clockSays(payment, now())
    if (update) {
      await observe(key, 'expired', update)
      return
    }
    const last = aggregate.facts.findLast((fact) => fact.paymentId === payment.id)
    await store.scheduleCheck(payment.id, schedule(payment, last?.at ?? payment.createdAt))
  }

  async function lookOnce(key: PaymentKey, gapMs: number): Promise<void> {
    const aggregate = await store.read(key.checkoutId)
    const payment = aggregate?.payments.find(({ id }) => id === key.paymentId)
    if (!payment) return
    await ask(payment, key, gapMs)
    await expire(key)
  }

  return {
    observe,
    look(key, gapMs) {
      const running = looking.get(key.paymentId)
      if (running) return running
      const run = lookOnce(key, gapMs).finally(() => looking.delete(key.paymentId))
      looking.set(key.paymentId, run)
      return run
    },
  }
}

/** The provider knows this payment under an id, proven or claimed. */
const isKnownThere = (payment: PaymentRecord): boolean =>
  payment.ref !== null || payment.claim !== null

function clockSays(payment: PaymentRecord, now: number): PaymentUpdate | undefined {
  const { state, isShown, expiresAt, createdAt } = payment
  if (!isShown && state.status === 'pending' && now - createdAt >= INTENT_MS) {
    return { status: 'review', reason: 'unconfirmed', providerStatus: 'no answer' }
  }
  if (!isOpen(state.status) || expiresAt === null || now < expiresAt) return undefined
  const providerStatus = payment.providerStatus ?? ''
  if (state.status === 'pending') return { status: 'expired', providerStatus }
  if (state.status === 'processing' && state.reason === 'underpaid') {
    return { status: 'review', reason: 'underpaid', providerStatus }
  }
  return undefined
}

function toFact(paymentId: string, kind: FactKind, update: PaymentUpdate, at: number): StoredFact {
  const { ref: _ref, claim, note, ...observed } = update
  const remark = note ?? (claim && `claimed ${claim}`)
  return { ...observed, id: mintFactId(at), paymentId, at, kind, ...(remark && { note: remark }) }
}

function saysSomethingNew(before: PaymentRecord, after: PaymentRecord): boolean {
  const essence = ({ state, ref, claim, providerStatus }: PaymentRecord): string =>
    JSON.stringify([state, ref, claim, providerStatus])
  return essence(before) !== essence(after)
}

/** What an adapter is told about a payment. */
export async function toPaymentRef(payment: PaymentRecord, vault: Vault): Promise<PaymentRef> {
  const { id: paymentId, ref, claim, price, method, nextAction, createdAt } = payment
  const { secret = '', ...data } = await vault.open(payment.private)
  return {
    paymentId,
    ref,
    claim,
    price,
    method,
    nextAction,
    createdAt,
    private: data,
    secret,
    isWebhookExposed: payment.isWebhookExposed,
  }
}
