/**
 * What a change of a checkout makes beside itself, in the same transaction: a signed receipt once it is
 * paid, and what the merchant is to be told.
 * @module
 */
import { createHash } from 'node:crypto'
import { isPaidFor } from '../protocol/status.ts'
import { visiblePayment } from './aggregate.ts'
import type { Reached } from './failpoints.ts'
import type { Aggregate, DeliveryRecord, PaymentRecord } from './records.ts'
import type { Signer } from './signing-keys.ts'
import type { Publish } from './store.ts'
import { iso, renderAttempt, renderCheckout } from './view.ts'

export interface PublicationOptions {
  readonly publicUrl: string
  readonly signer: Signer
  /** Whether a payment through this provider moves no real money; undefined where it is not on any more. */
  readonly isTest: (provider: string) => boolean | undefined
  /** Somebody is to be told. */
  readonly hasReceiver: boolean
  readonly reached: Reached
}

/** How long a delivery is tried. */
export const DELIVERY_MS = 24 * 60 * 60_000

export function createPublish(options: PublicationOptions): Publish {
  return async (before, after) => {
    const receipt = after.checkout.receipt ?? (await signReceipt(after, options))
    options.reached('fact_written')
    if (!options.hasReceiver) return { receipt }
    const signed = { ...after, checkout: { ...after.checkout, receipt } }
    const delivery = toDelivery(before, signed)
    return { receipt, ...(delivery && { delivery }) }
  }
}

/** A JWS that proves the payment offline; null until the checkout is paid. */
async function signReceipt(
  { checkout, ...rest }: Aggregate,
  { publicUrl, signer, isTest }: PublicationOptions,
): Promise<string | null> {
  if (checkout.status !== 'paid') return null
  const payment = visiblePayment({ checkout, ...rest })
  const [price] = checkout.prices
  if (!payment || !price) return null
  const { state, method, provider, ref, id: paymentId } = payment
  const claims = {
    iss: publicUrl,
    iat: Math.floor(checkout.updatedAt / 1000),
    checkoutId: checkout.id,
    orderId: checkout.orderId,
    amount: price.amount,
    currency: price.currency,
    charged: payment.price,
    provider,
    methodId: method.id,
    paymentId,
    ref,
    paidAt: iso(state.paidAt ?? checkout.updatedAt),
    assurance: state.assurance,
    priceSource: checkout.source,
    testMode: isTest(provider) ?? checkout.isTest,
  }
  return signer.sign(claims, 'cc-receipt+jwt')
}

/** Undefined where the merchant would see no difference. */
function toDelivery(before: Aggregate, after: Aggregate): DeliveryRecord | undefined {
  const data = tell(after)
  if (JSON.stringify(tell(before)) === JSON.stringify(data)) return undefined
  const { id: checkoutId, version, status, updatedAt } = after.checkout
  const type = `checkout.${status}`
  const body = JSON.stringify({ type, timestamp: iso(updatedAt), data: { ...data, version } })
  const id = createHash('sha256').update(`${checkoutId}.${version}`).digest('base64url')
  return {
    id: `msg_${id}`,
    checkoutId,
    version,
    type,
    body,
    status: 'pending',
    attempts: 0,
    nextAt: updatedAt,
    expiresAt: updatedAt + DELIVERY_MS,
    answer: null,
    createdAt: updatedAt,
    deliveredAt: null,
  }
}

/** The checkout as the shopper sees it, and every attempt that somebody saw or that has money in it. */
function tell(aggregate: Aggregate): object {
  return {
    ...renderCheckout(aggregate),
    metadata: aggregate.checkout.metadata,
    payments: aggregate.payments.filter(matters).map(renderAttempt),
  }
}

const matters = ({ isShown, state }: PaymentRecord): boolean =>
  isShown || isPaidFor(state.status) || state.reason === 'conflict'
