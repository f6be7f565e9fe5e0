/**
 * One funnel for everything that is learnt about a payment: it is judged, written down as a fact, and
 * the checkout follows. Polls, webhooks, returns, cancels and the clock all end here.
 * @module
 */
import { project } from '../protocol/projection.ts'
import type { FactKind, PaymentState } from '../protocol/projection.ts'
import { isOpen, isPaidFor } from '../protocol/status.ts'
import { ALARMS, alarmOf } from './alarms.ts'
import { mintFactId } from './ids.ts'
import { questionFor } from './payment-ref.ts'
import { judge } from './policy.ts'
import type { PaymentUpdate } from './provider.ts'
import type { Aggregate, PaymentRecord, StoredFact } from './records.ts'
import { afterItsTime, nextCheck } from './schedule.ts'
import type { Services } from './services.ts'
import type { PaymentKey } from './store.ts'

/** Writes an observation down. Nothing is written where it says nothing new. */
export type Observe = (
  key: PaymentKey,
  kind: FactKind,
  update: PaymentUpdate,
) => Promise<Aggregate | undefined>

export function createObserve({ store, providers, now, log }: Services): Observe {
  function report({ payment, state, update }: Noted): void {
    if (state.status === payment.state.status && state.reason === payment.state.reason) return
    const alarm = alarmOf(payment, state, update)
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

  return async ({ checkoutId, paymentId }, kind, update) => {
    let noted: Noted | undefined
    const after = await store.change(checkoutId, now(), async (aggregate, inside) => {
      // It may run again, and what it decided before did not happen.
      noted = undefined
      const payment = aggregate.payments.find(({ id }) => id === paymentId)
      if (!payment) return undefined
      // Only the clock says so, and somebody with news was faster.
      if (kind === 'expired' && !isOpen(payment.state.status)) return undefined
      const owner = update.ref && (await inside.ownerOfRef(payment.provider, update.ref))
      const isRefTaken = Boolean(owner) && owner !== paymentId
      // What is paid and resolved was looked at by a person: nothing is left to judge.
      const isSeen = kind === 'resolved' && isPaidFor(payment.state.status)
      const timely = afterItsTime(update, payment, now())
      const judged = isSeen ? update : judge(timely, payment, aggregate, isRefTaken)
      const known = aggregate.facts.filter((each) => each.paymentId === paymentId)
      if (kind !== 'resolved' && isDecided(known, judged)) return undefined
      // Facts are ordered as they were observed, even if the clock was set back in between.
      const at = Math.max(now(), ...known.map((fact) => fact.at + 1))
      const fact = toFact(paymentId, kind, judged, at)
      const state = project([...known, fact])
      const changed = {
        ...payment,
        ref: payment.ref ?? judged.ref ?? null,
        claim: isRefTaken ? null : (judged.claim ?? payment.claim),
        providerStatus: judged.providerStatus,
        state,
      }
      if (!saysSomethingNew(payment, changed)) return undefined
      noted = { payment, state, update: judged }
      const canAsk = questionFor(changed, providers.get(payment.provider)) !== undefined
      const nextCheckAt = nextCheck({ payment: changed, now: now(), changedAt: now(), canAsk })
      return { payments: [{ ...changed, nextCheckAt }], facts: [fact] }
    })
    if (noted) report(noted)
    return after
  }
}

/** A change that is to be told once it is on the disk. */
interface Noted {
  readonly payment: PaymentRecord
  readonly state: PaymentState
  readonly update: PaymentUpdate
}

function toFact(paymentId: string, kind: FactKind, update: PaymentUpdate, at: number): StoredFact {
  const { ref: _ref, claim, note, isAddressChanged: _isChanged, ...observed } = update
  const remark = note ?? (claim && `claimed ${claim}`)
  return { ...observed, id: mintFactId(at), paymentId, at, kind, ...(remark && { note: remark }) }
}

/** A person has decided what this very word means. */
function isDecided(known: readonly StoredFact[], update: PaymentUpdate): boolean {
  if (known.at(-1)?.kind !== 'resolved') return false
  const word = (said: PaymentUpdate | StoredFact | undefined): string =>
    JSON.stringify([said?.status, said?.reason ?? null, said?.received ?? null])
  return word(known.findLast(({ kind }) => kind !== 'resolved')) === word(update)
}

function saysSomethingNew(before: PaymentRecord, after: PaymentRecord): boolean {
  const essence = ({ state, ref, claim, providerStatus }: PaymentRecord): string =>
    JSON.stringify([state, ref, claim, providerStatus])
  return essence(before) !== essence(after)
}
