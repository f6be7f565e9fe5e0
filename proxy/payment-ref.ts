/**
 * A payment as its adapter is told of it, and whether the adapter can be asked about it.
 * @module
 */
import { mintToken } from './ids.ts'
import type { PaymentRef, Provider } from './provider.ts'
import type { Claim, PaymentRecord } from './records.ts'
import type { PrivateData, Vault } from './vault.ts'

/**
 * What an adapter is told about a payment. What was sealed with a `PROXY_SECRET` that is gone is gone: who
 * needs none of it is asked all the same, and the secret is one that nobody knows. `claim` is the id that
 * the question is about, where it came back with a browser.
 */
export async function toPaymentRef(
  payment: PaymentRecord,
  vault: Vault,
  claim?: Claim,
): Promise<PaymentRef> {
  const { id: paymentId, ref, price, method, nextAction, createdAt, expiresAt } = payment
  const sealed = await vault.open(payment.private).catch((): PrivateData => ({}))
  const { secret = mintToken(), ...data } = sealed
  return {
    paymentId,
    ref,
    claim: claim?.ref ?? null,
    ...(claim && { claimedAt: claim.createdAt }),
    price,
    method,
    nextAction,
    createdAt,
    expiresAt,
    private: data,
    secret,
    isWebhookExposed: payment.isWebhookExposed,
  }
}

/** How the provider can be asked about a payment: by its id there, or, where that was lost, by ours. */
export function questionFor(
  payment: PaymentRecord,
  provider: Provider | undefined,
): 'getPayment' | 'findPayment' | undefined {
  const isKnownThere = payment.ref !== null || payment.claims.length > 0
  if (isKnownThere) return provider?.getPayment && 'getPayment'
  return wasNeverAnswered(payment) && provider?.findPayment ? 'findPayment' : undefined
}

/** The answer to its making never came, and will not come any more: whatever was made of it since. */
const wasNeverAnswered = ({ nextAction, state }: PaymentRecord): boolean =>
  nextAction === null && state.status !== 'pending'
