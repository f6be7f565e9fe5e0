/**
 * Notifications as the proxy sends them, for tests. The signer is an independent library.
 * @module
 */
import { Webhook } from 'standardwebhooks'
import type { DeliveredCheckout } from '../../merchant/index.ts'

/** 32 bytes, 0 to 31; and 24 bytes, 100 to 123. */
export const SECRET = 'whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8='
export const OLD_SECRET = 'whsec_ZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXp7'
/** 2026-05-01T12:00:00Z, in milliseconds. */
export const NOW = 1_777_636_800_000
export const ID = 'msg_3q2-7wAAAAAAAAAAAAAAAA'

export const CHECKOUT: DeliveredCheckout = {
  id: 'Zb3kTq0h1nX9c2v4m6p8sA',
  orderId: 'A-1001',
  price: { amount: '620.00', currency: 'TRY' },
  description: 'Harbour Blend – ₺620',
  status: 'paid',
  reason: null,
  testMode: false,
  priceSource: 'token',
  methods: [],
  payment: null,
  expiresAt: '2026-05-02T11:50:00.000Z',
  receipt: 'eyJhbGciOiJFUzI1NiJ9.e30.AA',
  version: 7,
  metadata: { cart: '42' },
  payments: [
    {
      id: 'pay_1',
      provider: 'cryptom',
      methodId: 'cryptom:USDT:TRON',
      ref: '9001',
      price: { amount: '620.00', currency: 'TRY' },
      status: 'paid',
      reason: null,
      received: null,
      assurance: 'provider-api',
      paidAt: '2026-05-01T11:59:58.000Z',
    },
  ],
}

export const bodyOf = (checkout: object, type = 'checkout.paid'): string =>
  JSON.stringify({ type, timestamp: '2026-05-01T11:59:58.000Z', data: checkout })

export const BODY = bodyOf(CHECKOUT)

export interface Signing {
  readonly body?: string
  readonly id?: string
  readonly seconds?: number
  readonly secret?: string
}

/** `v1,<base64>`, by the independent library. */
export function signatureOf({ body = BODY, id = ID, seconds = NOW / 1000, secret }: Signing) {
  return new Webhook(secret ?? SECRET).sign(id, new Date(seconds * 1000), body)
}

/** The three headers of a delivery. */
export function headersOf(signing: Signing = {}): Record<string, string> {
  return {
    'webhook-id': signing.id ?? ID,
    'webhook-timestamp': String(signing.seconds ?? NOW / 1000),
    'webhook-signature': signatureOf(signing),
  }
}
