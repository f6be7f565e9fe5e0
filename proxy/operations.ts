/**
 * Every operation of the API, described: what `/openapi.json` is made of.
 * @module
 */
import type { z } from 'zod'
import type { ProblemCode } from '../protocol/api.ts'
import {
  catalogueOrderSchema,
  emptyBodySchema,
  listCheckoutsSchema,
  listDeliveriesSchema,
  listPayoutsSchema,
  merchantOrderSchema,
  payoutSchema,
  resolveSchema,
  sentSchema,
  startPaymentSchema,
  tokenOrderSchema,
  unsignedOrderSchema,
} from './schemas.ts'

export interface Operation {
  readonly summary: string
  readonly body?: z.ZodType | readonly z.ZodType[]
  readonly query?: z.ZodType
  readonly answers: string
  readonly problems?: readonly ProblemCode[]
  readonly isMerchant?: true
}

/** By `METHOD /path`. */
export const OPERATIONS: Readonly<Record<string, Operation>> = {
  'GET /healthz': { summary: 'The process is alive', answers: 'Status' },
  'GET /readyz': { summary: 'The store can be reached', answers: 'Status' },
  'GET /crypto-checkout.js': {
    summary: 'The widget’s script',
    answers: 'Script',
    problems: ['not_found'],
  },
  'GET /crypto-checkout.{language}.txt': {
    summary: 'The texts of the widget in one language',
    answers: 'Text',
    problems: ['not_found'],
  },
  'GET /.well-known/jwks.json': {
    summary: 'The keys that verify receipts: a JSON Web Key Set',
    answers: 'KeySet',
  },
  'GET /openapi.json': { summary: 'This document', answers: 'Document' },
  'POST /v1/checkouts': {
    summary: 'Open the checkout of an order, or find it',
    body: [tokenOrderSchema, catalogueOrderSchema, unsignedOrderSchema],
    answers: 'Checkout',
    problems: [
      'invalid_request',
      'invalid_order_token',
      'order_conflict',
      'currency_not_supported',
      'product_not_found',
      'unsigned_orders_not_allowed',
      'provider_unavailable',
    ],
  },
  'GET /v1/checkouts/{id}': {
    summary: 'A checkout as of now; ETag is its version',
    answers: 'Checkout',
    problems: ['not_found'],
  },
  'POST /v1/checkouts/{id}/payments': {
    summary: 'Start paying by a method',
    body: startPaymentSchema,
    answers: 'Checkout',
    problems: [
      'invalid_request',
      'not_found',
      'payment_in_progress',
      'checkout_expired',
      'method_not_available',
      'too_many_attempts',
      'provider_rejected',
      'provider_bad_response',
      'provider_unavailable',
    ],
  },
  'POST /v1/checkouts/{id}/cancel': {
    summary: 'Cancel the active payment',
    body: emptyBodySchema,
    answers: 'Checkout',
    problems: ['not_found', 'payment_in_progress', 'provider_unavailable'],
  },
  'POST /v1/checkouts/{id}/sent': {
    summary: 'Ask the provider at once; with paid, tell it that the shopper says "I have paid"',
    body: sentSchema,
    answers: 'Checkout',
    problems: ['not_found'],
  },
  'GET /v1/checkouts/{id}/qr': {
    summary: 'The provider’s own QR image of the active payment, where it has one',
    answers: 'Image',
    problems: ['not_found', 'provider_unavailable'],
  },
  'POST /v1/webhooks/{provider}': {
    summary: 'Notifications that a provider sends to one address for all payments',
    answers: 'Acknowledgement',
  },
  'POST /v1/webhooks/{provider}/{token}': {
    summary: 'Notifications of one payment or payout, at its own address',
    answers: 'Acknowledgement',
  },
  'GET /v1/returns/{token}': {
    summary: 'The same, for providers that send nothing of their own in the path',
    answers: 'Redirect',
    problems: ['not_found'],
  },
  'GET /v1/returns/{token}/{path}': {
    summary: 'Where providers send the shopper back to; answers 303 to the merchant’s page',
    answers: 'Redirect',
    problems: ['not_found'],
  },
  'GET /metrics': {
    summary:
      'Prometheus’ numbers, with METRICS_KEY or the merchant’s; where the merchant’s routes are',
    answers: 'Text',
    problems: ['unauthorized'],
    isMerchant: true,
  },
  'POST /v1/merchant/checkouts': {
    summary: 'Open the checkout of an order from the merchant’s backend',
    body: merchantOrderSchema,
    answers: 'MerchantCheckout',
    problems: ['invalid_request', 'unauthorized', 'order_conflict', 'currency_not_supported'],
    isMerchant: true,
  },
  'GET /v1/merchant/checkouts': {
    summary: 'List checkouts, newest first',
    query: listCheckoutsSchema,
    answers: 'MerchantCheckouts',
    problems: ['invalid_request', 'unauthorized'],
    isMerchant: true,
  },
  'GET /v1/merchant/checkouts/{id}': {
    summary: 'A checkout with its payments and their facts',
    answers: 'MerchantCheckout',
    problems: ['unauthorized', 'not_found'],
    isMerchant: true,
  },
  'POST /v1/merchant/checkouts/{id}/resolve': {
    summary: 'End a review by hand',
    body: resolveSchema,
    answers: 'MerchantCheckout',
    problems: ['invalid_request', 'unauthorized', 'not_found', 'not_in_review'],
    isMerchant: true,
  },
  'POST /v1/merchant/checkouts/{id}/cancel': {
    summary: 'Take an order back',
    body: emptyBodySchema,
    answers: 'MerchantCheckout',
    problems: ['unauthorized', 'not_found', 'payment_in_progress'],
    isMerchant: true,
  },
  'GET /v1/merchant/deliveries': {
    summary: 'What the merchant’s webhook was told, newest first',
    query: listDeliveriesSchema,
    answers: 'Deliveries',
    problems: ['invalid_request', 'unauthorized'],
    isMerchant: true,
  },
  'POST /v1/merchant/deliveries/{id}/redeliver': {
    summary: 'Send a notification again, with the same id and content',
    body: emptyBodySchema,
    answers: 'Delivery',
    problems: ['unauthorized', 'not_found'],
    isMerchant: true,
  },
  'POST /v1/merchant/payouts': {
    summary: 'Pay out to a wallet; one provider call for each requestId, ever',
    body: payoutSchema,
    answers: 'Payout',
    problems: ['invalid_request', 'unauthorized', 'payouts_not_allowed', 'payout_conflict'],
    isMerchant: true,
  },
  'GET /v1/merchant/payouts': {
    summary: 'List payouts, newest first',
    query: listPayoutsSchema,
    answers: 'Payouts',
    problems: ['unauthorized'],
    isMerchant: true,
  },
  'GET /v1/merchant/payouts/{requestId}': {
    summary: 'A payout as of now',
    answers: 'Payout',
    problems: ['unauthorized', 'not_found'],
    isMerchant: true,
  },
  'GET /v1/merchant/providers': {
    summary: 'The providers that are on, what they can do, whether they are down',
    answers: 'Providers',
    problems: ['unauthorized'],
    isMerchant: true,
  },
  'GET /v1/merchant/providers/{id}/methods': {
    summary: 'What a provider offers now; Lincoln’s routes',
    answers: 'Methods',
    problems: ['unauthorized', 'not_found', 'provider_unavailable'],
    isMerchant: true,
  },
  'GET /v1/merchant/providers/{id}/payments': {
    summary:
      'The provider’s own history, by its own filters, and which of it is ours; personalData=true keeps people in',
    answers: 'History',
    problems: [
      'invalid_request',
      'unauthorized',
      'not_found',
      'not_supported',
      'provider_unavailable',
    ],
    isMerchant: true,
  },
  'GET /v1/merchant/providers/{id}/limits': {
    summary: 'The provider’s own thresholds',
    answers: 'Limits',
    problems: ['unauthorized', 'not_found', 'not_supported', 'provider_unavailable'],
    isMerchant: true,
  },
  'POST /v1/merchant/providers/{id}/test-webhook': {
    summary: 'Ask the provider for a test notification',
    body: emptyBodySchema,
    answers: 'Requested',
    problems: ['unauthorized', 'not_found', 'not_supported', 'provider_unavailable'],
    isMerchant: true,
  },
}
