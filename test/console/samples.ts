/**
 * What the merchant's routes answer, for tests of the console.
 * @module
 */
import type { Attempt, CheckoutDetail, Delivery, Payout } from '../../console/types.ts'

const AT = '2026-05-01T12:00:00.000Z'
const PRICE = { amount: '300.00', currency: 'TRY' }

export const attempt = (more: Partial<Attempt> = {}): Attempt => ({
  id: '520cbb678cfa28b92643842803ff42c3',
  provider: 'cryptom',
  methodId: 'cryptom:USDT:TRON',
  status: 'review',
  reason: null,
  price: PRICE,
  received: null,
  ref: '6b023e2cf380f272a2e4ddf3',
  assurance: null,
  providerStatus: 'MANUAL_CHECK',
  paidAt: null,
  facts: [],
  ...more,
})

export const detail = (more: Partial<CheckoutDetail> = {}): CheckoutDetail => ({
  id: 'Zb3kTq0h1nX9c2v4m6p8sA',
  orderId: 'A-1001',
  price: PRICE,
  status: 'review',
  reason: null,
  testMode: false,
  priceSource: 'token',
  createdAt: AT,
  updatedAt: AT,
  description: null,
  metadata: {},
  expiresAt: AT,
  receipt: null,
  url: 'https://pay.shop.example/c/Zb3kTq0h1nX9c2v4m6p8sA',
  payments: [attempt()],
  ...more,
})

export const delivery = (more: Partial<Delivery> = {}): Delivery => ({
  id: 'msg_1',
  checkoutId: 'Zb3kTq0h1nX9c2v4m6p8sA',
  orderId: 'A-1001',
  type: 'checkout.paid',
  status: 'delivered',
  attempts: 1,
  answer: '204',
  nextAt: null,
  createdAt: AT,
  deliveredAt: AT,
  ...more,
})

export const payout = (more: Partial<Payout> = {}): Payout => ({
  requestId: 'W-1',
  provider: 'lipaykripto',
  amount: '100.00',
  currency: 'TRY',
  asset: 'TRX',
  address: 'TXaxqXSZkZAsXmnFWYc6MPFdSXkUP1H3gq',
  status: 'pending',
  ref: '501',
  providerStatus: 'pending',
  createdAt: AT,
  updatedAt: AT,
  ...more,
})
