/**
 * What a merchant's own backend needs.
 * @module
 */
export { signOrder } from './sign-order.ts'
export type { OrderToSign, SignOrderOptions } from './sign-order.ts'
export { verifyReceipt, ReceiptError } from './verify-receipt.ts'
export type {
  ExpectedOrder,
  ReceiptErrorCode,
  ReceiptRules,
  VerifyReceiptOptions,
} from './verify-receipt.ts'
export type { Receipt } from './receipt.ts'
export { verifyWebhook, WebhookError } from './verify-webhook.ts'
export type {
  HeaderSource,
  VerifyWebhookOptions,
  WebhookErrorCode,
  WebhookRequest,
} from './verify-webhook.ts'
export type { CheckoutEvent, DeliveredCheckout, DeliveredPayment } from './checkout-event.ts'
export type { Money } from '../protocol/money.ts'
