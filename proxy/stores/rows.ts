/**
 * Between records and rows. What a row holds was written by us, so it is read without being checked.
 * @module
 */
import type { Insertable } from 'kysely'
import type { Money } from '../../protocol/money.ts'
import { mayChange } from '../../protocol/status.ts'
import type {
  Aggregate,
  CheckoutRecord,
  Claim,
  PaymentRecord,
  PayoutRecord,
  StoredFact,
} from '../records.ts'
import { renderCheckout } from '../view.ts'
import type { CheckoutRow, FactRow, PaymentRow, PayoutRow } from './schema.ts'

/** A checkout's row, with its view rendered. */
export function toCheckoutRow(aggregate: Aggregate): Insertable<CheckoutRow> {
  const { checkout } = aggregate
  return {
    id: checkout.id,
    source: checkout.source,
    order_id: checkout.orderId,
    prices: JSON.stringify(checkout.prices),
    description: checkout.description,
    locale: checkout.locale,
    customer: JSON.stringify(checkout.customer),
    urls: JSON.stringify(checkout.urls),
    metadata: JSON.stringify(checkout.metadata),
    methods: JSON.stringify(checkout.methods),
    is_test: Number(checkout.isTest),
    status: checkout.status,
    reason: checkout.reason,
    is_canceled: Number(checkout.isCanceled),
    receipt: checkout.receipt,
    version: checkout.version,
    view: JSON.stringify(renderCheckout(aggregate)),
    is_watched: Number(aggregate.payments.some(isWatched)),
    expires_at: checkout.expiresAt,
    created_at: checkout.createdAt,
    updated_at: checkout.updatedAt,
  }
}

/** A payment that may change while nobody here does anything. */
function isWatched({ isShown, state: { status } }: PaymentRecord): boolean {
  return isShown && mayChange(status)
}

export function fromCheckoutRow(row: CheckoutRow): CheckoutRecord {
  return {
    id: row.id,
    source: row.source,
    orderId: row.order_id,
    prices: JSON.parse(row.prices),
    description: row.description,
    locale: row.locale,
    customer: JSON.parse(row.customer),
    urls: JSON.parse(row.urls),
    metadata: JSON.parse(row.metadata),
    methods: JSON.parse(row.methods),
    isTest: row.is_test === 1,
    status: row.status,
    reason: row.reason,
    isCanceled: row.is_canceled === 1,
    receipt: row.receipt,
    version: row.version,
    expiresAt: row.expires_at,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}

export function toPaymentRow(payment: PaymentRecord): Insertable<PaymentRow> {
  const { state } = payment
  return {
    id: payment.id,
    checkout_id: payment.checkoutId,
    provider: payment.provider,
    method: JSON.stringify(payment.method),
    price_amount: payment.price.amount,
    price_currency: payment.price.currency,
    ref: payment.ref,
    next_action: payment.nextAction && JSON.stringify(payment.nextAction),
    is_cancelable: Number(payment.isCancelable),
    is_shown: Number(payment.isShown),
    is_superseded: Number(payment.isSuperseded),
    status: state.status,
    reason: state.reason,
    received_amount: state.received?.amount ?? null,
    received_currency: state.received?.currency ?? null,
    assurance: state.assurance,
    paid_at: state.paidAt,
    provider_status: payment.providerStatus,
    return_hash: payment.returnHash,
    webhook_hash: payment.webhookHash,
    is_webhook_exposed: Number(payment.isWebhookExposed),
    private: payment.private,
    return_page: payment.returnPage,
    expires_at: payment.expiresAt,
    checked_at: payment.checkedAt,
    hinted_at: payment.hintedAt,
    next_check_at: payment.nextCheckAt,
    created_at: payment.createdAt,
  }
}

export function fromPaymentRow(row: PaymentRow, claims: readonly Claim[]): PaymentRecord {
  return {
    id: row.id,
    checkoutId: row.checkout_id,
    provider: row.provider,
    method: JSON.parse(row.method),
    price: { amount: row.price_amount, currency: row.price_currency },
    ref: row.ref,
    claims,
    nextAction: row.next_action === null ? null : JSON.parse(row.next_action),
    isCancelable: row.is_cancelable === 1,
    isShown: row.is_shown === 1,
    isSuperseded: row.is_superseded === 1,
    state: {
      status: row.status,
      reason: row.reason,
      received: toMoney(row.received_amount, row.received_currency),
      assurance: row.assurance,
      paidAt: row.paid_at,
    },
    providerStatus: row.provider_status,
    returnHash: row.return_hash,
    webhookHash: row.webhook_hash,
    isWebhookExposed: row.is_webhook_exposed === 1,
    private: row.private,
    returnPage: row.return_page,
    expiresAt: row.expires_at,
    checkedAt: row.checked_at,
    hintedAt: row.hinted_at,
    nextCheckAt: row.next_check_at,
    createdAt: row.created_at,
  }
}

export function toFactRow(fact: StoredFact): Insertable<FactRow> {
  return {
    id: fact.id,
    payment_id: fact.paymentId,
    at: fact.at,
    kind: fact.kind,
    status: fact.status,
    reason: fact.reason ?? null,
    received_amount: fact.received?.amount ?? null,
    received_currency: fact.received?.currency ?? null,
    assurance: fact.assurance ?? null,
    provider_status: fact.providerStatus ?? null,
    note: fact.note ?? null,
  }
}

export function fromFactRow(row: FactRow): StoredFact {
  const received = toMoney(row.received_amount, row.received_currency)
  return {
    id: row.id,
    paymentId: row.payment_id,
    at: row.at,
    kind: row.kind,
    status: row.status,
    ...(row.reason && { reason: row.reason }),
    ...(received && { received }),
    ...(row.assurance && { assurance: row.assurance }),
    ...(row.provider_status && { providerStatus: row.provider_status }),
    ...(row.note && { note: row.note }),
  }
}

export function toPayoutRow(payout: PayoutRecord): Insertable<PayoutRow> {
  return {
    request_id: payout.requestId,
    provider: payout.provider,
    amount: payout.amount,
    currency: payout.currency,
    asset: payout.asset,
    address: payout.address,
    status: payout.status,
    ref: payout.ref,
    provider_status: payout.providerStatus,
    webhook_hash: payout.webhookHash,
    created_at: payout.createdAt,
    updated_at: payout.updatedAt,
  }
}

export function fromPayoutRow(row: PayoutRow): PayoutRecord {
  return {
    requestId: row.request_id,
    provider: row.provider,
    amount: row.amount,
    currency: row.currency,
    asset: row.asset,
    address: row.address,
    status: row.status,
    ref: row.ref,
    providerStatus: row.provider_status,
    webhookHash: row.webhook_hash,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}

function toMoney(amount: string | null, currency: string | null): Money | null {
  return amount === null || currency === null ? null : { amount, currency }
}
