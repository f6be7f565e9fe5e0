/**
 * One funnel for everything that is learnt about a payment: it is judged, written down as a fact, and
 * the checkout follows. Polls, webhooks, returns, cancels and the clock all end here.
 * @module
 */
import { project } from '../protocol/projection.ts'
import type { FactKind, PaymentState } from '../protocol/projection.ts'
import { isPaidFor } from '../protocol/status.ts'
import { hasMoneyUnderWay, withClaims } from './aggregate.ts'
import { ALARMS, alarmOf } from './alarms.ts'
import { mintFactId } from './ids.ts'
import { questionFor } from './payment-ref.ts'
import { judge, settle, weigh } from './policy.ts'
import type { PaymentUpdate } from './provider.ts'
import type { Aggregate, PaymentRecord, StoredFact } from './records.ts'
import { afterItsTime, clockSays, nextCheck } from './schedule.ts'
import type { Services } from './services.ts'
import type { Inside, PaymentKey } from './store.ts'

/**
 * Writes an observation down. Nothing is written where it says nothing new. `claim` is the id that it is
 * about, where that came back with a browser: it is answered in the same transaction.
 */
export type Observe = (
  key: PaymentKey,
  kind: FactKind,
  update: PaymentUpdate,
  claim?: string,
) => Promise<Aggregate | undefined>

export function createObserve({ store, providers, now, log }: Services): Observe {
  function report({ payment, state, update, isAgain }: Noted): void {
    const isSame = state.status === payment.state.status && state.reason === payment.state.reason
    if (isSame && !isAgain) return
    const alarm = isAgain ? 'duplicate' : alarmOf(payment, state, update)
    const level = state.status === 'review' ? 'warn' : 'info'
    log(alarm ? ALARMS[alarm] : level, 'payment.changed', {
      checkout: payment.checkoutId,
      payment: payment.id,
      provider: payment.provider,
      from: payment.state.status,
      status: state.status,
      reason: state.reason,
      assurance: state.assurance,
      providerStatus: update.providerStatus,
      note: update.note,
      alarm,
    })
  }

  /** Only the clock says so, or the shopper whom no provider asks, and somebody with news was faster. */
  function isOvertaken(kind: FactKind, update: PaymentUpdate, payment: PaymentRecord): boolean {
    const provider = providers.get(payment.provider)
    if (kind === 'canceled') return !provider?.cancelPayment && hasMoneyUnderWay(payment)
    const canAsk = questionFor(payment, provider) !== undefined
    return kind === 'expired' && clockSays(payment, now(), canAsk)?.status !== update.status
  }

  return async ({ checkoutId, paymentId }, kind, update, claim) => {
    let noted: Noted | undefined
    let refused: { readonly payment: PaymentRecord; readonly note: string | undefined } | undefined
    const after = await store.change(checkoutId, now(), async (aggregate, inside) => {
      // It may run again, and what it decided before did not happen.
      noted = refused = undefined
      const payment = aggregate.payments.find(({ id }) => id === paymentId)
      if (!payment) return undefined
      if (isOvertaken(kind, update, payment)) return undefined
      const isRefTaken = await isTaken(update.ref, payment, inside)
      // What is paid and resolved was looked at by a person: nothing is left to judge.
      const isSeen = kind === 'resolved' && isPaidFor(payment.state.status)
      const timely = afterItsTime(update, payment, now())
      const word = isSeen ? update : judge(timely, payment, aggregate, isRefTaken)
      // Somebody else asked about it too, and was faster.
      const isAsked = payment.claims.some(({ ref }) => ref === claim)
      if (claim !== undefined && !isAsked && !isRefTaken) return undefined
      const judged = claim === undefined ? word : weigh(word, claim, payment)
      const claims = claim === undefined ? [] : settle(word, claim, payment)
      const answered = claims.length > 0 ? { claims } : undefined
      if (!judged) {
        refused = word.reason === 'conflict' ? { payment, note: word.note } : undefined
        return answered
      }
      const known = aggregate.facts.filter((each) => each.paymentId === paymentId)
      if (kind !== 'resolved' && isDecided(known, judged)) return answered
      // Facts are ordered as they were observed, even if the clock was set back in between.
      const at = Math.max(now(), ...known.map((fact) => fact.at + 1))
      const note = judged.note ?? (claim && `claimed ${claim}`)
      const fact = toFact(paymentId, kind, { ...judged, ...(note && { note }) }, at)
      const state = project([...known, fact])
      const [current = payment] = withClaims([payment], claims, now())
      const changed = {
        ...current,
        ref: payment.ref ?? judged.ref ?? null,
        providerStatus: judged.providerStatus,
        state,
      }
      if (!saysSomethingNew(payment, changed)) return answered
      const isAgain = judged !== word && judged.reason === 'duplicate'
      noted = { payment, state, update: judged, isAgain }
      const canAsk = questionFor(changed, providers.get(payment.provider)) !== undefined
      const nextCheckAt = nextCheck({ payment: changed, now: now(), changedAt: now(), canAsk })
      return { payments: [{ ...changed, nextCheckAt }], facts: [fact], ...answered }
    })
    if (noted) report(noted)
    if (refused) {
      const { checkoutId: checkout, id, provider } = refused.payment
      log('warn', 'claim.refused', { checkout, payment: id, provider, note: refused.note })
    }
    return after
  }
}

/** The id is another payment's. */
async function isTaken(
  ref: string | undefined,
  payment: PaymentRecord,
  inside: Inside,
): Promise<boolean> {
  if (ref === undefined || ref === payment.ref) return false
  const owner = await inside.ownerOfRef(payment.provider, ref)
  return owner !== undefined && owner !== payment.id
}

/** A change that is to be told once it is on the disk. */
interface Noted {
  readonly payment: PaymentRecord
  readonly state: PaymentState
  readonly update: PaymentUpdate
  /** It was paid before, by another id. */
  readonly isAgain: boolean
}

function toFact(paymentId: string, kind: FactKind, update: PaymentUpdate, at: number): StoredFact {
  const { ref: _ref, isAddressChanged: _isChanged, ...observed } = update
  return { ...observed, id: mintFactId(at), paymentId, at, kind }
}

/** A person has decided what this very word means. */
function isDecided(known: readonly StoredFact[], update: PaymentUpdate): boolean {
  if (known.at(-1)?.kind !== 'resolved') return false
  const word = (said: PaymentUpdate | StoredFact | undefined): string =>
    JSON.stringify([said?.status, said?.reason ?? null, said?.received ?? null])
  return word(known.findLast(({ kind }) => kind !== 'resolved')) === word(update)
}

function saysSomethingNew(before: PaymentRecord, after: PaymentRecord): boolean {
  const essence = ({ state, ref, providerStatus }: PaymentRecord): string =>
    JSON.stringify([state, ref, providerStatus])
  return essence(before) !== essence(after)
}
