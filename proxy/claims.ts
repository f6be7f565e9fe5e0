/**
 * Ids that come back with a shopper's browser. Each is kept before the provider is asked, so that none is
 * lost, and is asked about until there is a final answer, however many others come. The payment that an
 * id came back to first has it.
 * @module
 */
import { isPaidFor } from '../protocol/status.ts'
import { ProviderError } from './errors.ts'
import type { Observe } from './observe.ts'
import { toPaymentRef } from './payment-ref.ts'
import { tellFailure } from './provider-calls.ts'
import type { PaymentRecord } from './records.ts'
import type { Services } from './services.ts'
import type { PaymentKey } from './store.ts'

export interface Claims {
  /** Keeps the id that a browser brought, and asks about it. Never throws because of the provider. */
  bring(key: PaymentKey, payment: PaymentRecord, ref: string): Promise<void>
  /** Asks about one that is kept; a question that is under way is shared. True where it was answered. */
  ask(key: PaymentKey, ref: string, kind: 'returned' | 'polled'): Promise<boolean>
}

/** Of one payment, without a final answer. */
export const MAX_CLAIMS = 8

/** What became of an id that came back. */
type Kept = 'fresh' | 'open' | 'answered' | 'taken' | 'full'

export function createClaims(services: Services, observe: Observe): Claims {
  const { store, providers, vault, now, log, reached } = services
  const questions = new Map<string, Promise<boolean>>()

  async function keep({ checkoutId, paymentId }: PaymentKey, ref: string): Promise<Kept> {
    let kept: Kept = 'answered'
    await store.change(checkoutId, now(), async ({ payments }, inside) => {
      const payment = payments.find(({ id }) => id === paymentId)
      if (!payment) return undefined
      const owner = await inside.ownerOfRef(payment.provider, ref)
      kept = standing(payment, ref, owner)
      if (kept !== 'fresh') return undefined
      return { claims: [{ paymentId, ref, becomes: owner ? 'reopened' : 'kept' }] }
    })
    return kept
  }

  async function askOnce(key: PaymentKey, ref: string, kind: 'returned' | 'polled') {
    const aggregate = await store.read(key.checkoutId)
    const payment = aggregate?.payments.find(({ id }) => id === key.paymentId)
    const claim = payment?.claims.find((each) => each.ref === ref)
    if (!payment || !claim) return true
    const provider = providers.get(payment.provider)
    if (!provider?.getPayment) return false
    try {
      const update = await provider.getPayment(await toPaymentRef(payment, vault, claim))
      reached('payment_asked')
      if (update) await observe(key, kind, update, ref)
      else await release(key, ref)
      return true
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error
      tellFailure(log, { provider: provider.id, operation: 'getPayment', payment }, error)
      return false
    }
  }

  /** Not known there, or somebody else's that failed: nothing to wait for. */
  async function release({ checkoutId, paymentId }: PaymentKey, ref: string): Promise<void> {
    await store.change(checkoutId, now(), () => ({
      claims: [{ paymentId, ref, becomes: 'released' }],
    }))
  }

  function ask(key: PaymentKey, ref: string, kind: 'returned' | 'polled'): Promise<boolean> {
    const name = `${key.paymentId} ${ref}`
    const question =
      questions.get(name) ?? askOnce(key, ref, kind).finally(() => questions.delete(name))
    questions.set(name, question)
    return question
  }

  return {
    ask,
    async bring(key, payment, ref) {
      const kept = await keep(key, ref)
      if (kept === 'fresh' || kept === 'open') {
        reached('claim_kept')
        await ask(key, ref, 'returned')
      } else if (kept === 'taken') {
        const providerStatus = payment.providerStatus ?? ''
        await observe(key, 'returned', { ref, status: 'pending', providerStatus }, ref)
      } else if (kept === 'full') {
        const note = `${MAX_CLAIMS} others are not answered yet`
        log('warn', 'claim.refused', { provider: payment.provider, note })
      }
    },
  }
}

function standing(payment: PaymentRecord, ref: string, owner: string | undefined): Kept {
  if (owner && owner !== payment.id) return 'taken'
  if (payment.claims.some((claim) => claim.ref === ref)) return 'open'
  // What was refused may have been put right over there; what paid was counted.
  if (owner && isPaidFor(payment.state.status)) return 'answered'
  return payment.claims.length < MAX_CLAIMS ? 'fresh' : 'full'
}
