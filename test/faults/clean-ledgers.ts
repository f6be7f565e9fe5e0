/**
 * The ledgers of a run in which one order was paid and everything went as it should: what the tests of
 * the auditor break, one thing each.
 * @module
 */
import { randomBytes } from 'node:crypto'
import type { RedirectAction } from '../../protocol/payment.ts'
import type { CheckoutRecord, PaymentRecord, StoredFact } from '../../proxy/records.ts'
import type { DeliveryRow, PayoutRow } from '../../proxy/stores/schema.ts'
import type { SandboxPayment } from '../../sandbox/index.ts'
import type { LedgerCall } from '../../sandbox/ledger.ts'
import { emptyLedgers } from './ledgers.ts'
import type { Ledgers } from './ledgers.ts'
import { hashOf } from './provider-books.ts'

const BEGIN = Date.parse('2026-03-01T12:00:00.000Z')
const TOKEN = randomBytes(32).toString('base64url')
const PRICE = { amount: '12.50', currency: 'USDT' }
const STATUS = { status: 'paid', reason: null } as const
const ASSET = { symbol: 'USDT', network: 'TRON', name: 'Tether' } as const
const METHOD = {
  id: 'paycrypto:USDT:TRON',
  flow: 'redirect',
  asset: ASSET,
  label: 'Tether',
  price: PRICE,
  limits: null,
  fields: [],
  consent: null,
  fee: null,
} as const

export const WEBHOOK_URL = `http://localhost:1/v1/webhooks/paycrypto/${TOKEN}`
export const INSTRUCTION: RedirectAction = { type: 'redirect', url: 'http://localhost:2/?id=p1' }

export const CHECKOUT: CheckoutRecord = {
  id: 'checkout-1',
  source: 'token',
  orderId: 'A-1',
  prices: [PRICE],
  description: null,
  locale: null,
  customer: {},
  urls: {},
  metadata: {},
  methods: [METHOD],
  isTest: true,
  ...STATUS,
  isCanceled: false,
  receipt: null,
  version: 4,
  expiresAt: BEGIN + 86_400_000,
  createdAt: BEGIN,
  updatedAt: BEGIN + 3000,
}

export const PAYMENT: PaymentRecord = {
  id: 'payment-1',
  checkoutId: CHECKOUT.id,
  provider: 'paycrypto',
  method: METHOD,
  price: PRICE,
  ref: 'p1',
  claims: [],
  nextAction: INSTRUCTION,
  isCancelable: false,
  isShown: true,
  isSuperseded: false,
  state: {
    ...STATUS,
    received: PRICE,
    assurance: 'provider-api',
    paidAt: BEGIN + 3000,
  },
  providerStatus: '1',
  returnHash: 'return-hash',
  webhookHash: hashOf(TOKEN),
  isWebhookExposed: false,
  private: '',
  returnPage: null,
  expiresAt: null,
  checkedAt: BEGIN + 3000,
  hintedAt: null,
  nextCheckAt: null,
  createdAt: BEGIN + 1000,
}

const FACTS: readonly StoredFact[] = [
  { id: '1', paymentId: PAYMENT.id, at: BEGIN + 1000, kind: 'created', status: 'pending' },
  {
    id: '2',
    paymentId: PAYMENT.id,
    at: BEGIN + 3000,
    kind: 'polled',
    status: 'paid',
    assurance: 'provider-api',
    received: PRICE,
  },
]

const BODY = JSON.stringify({
  type: 'checkout.paid',
  data: { id: CHECKOUT.id, ...STATUS, version: 4 },
})

const DELIVERY: DeliveryRow = {
  id: 'msg_1',
  checkout_id: CHECKOUT.id,
  version: 4,
  type: 'checkout.paid',
  body: BODY,
  status: 'delivered',
  attempts: 1,
  next_at: null,
  expires_at: BEGIN + 86_400_000,
  answer: '204',
  created_at: BEGIN + 3000,
  delivered_at: BEGIN + 3100,
}

/** A payout, and how the provider has it: not in the clean ledgers, where nothing is paid out. */
export const PAYOUT: PayoutRow = {
  request_id: 'W-1',
  provider: 'lipaykripto',
  amount: '100.00',
  currency: 'TRY',
  asset: 'TRX',
  address: 'T1',
  status: 'confirmed',
  ref: '501',
  provider_status: 'confirmed',
  webhook_hash: 'payout-hash',
  created_at: BEGIN,
  updated_at: BEGIN,
}

export const WITHDRAWAL: SandboxPayment = {
  id: 'withdrawal:W-1',
  status: 'confirmed',
  amount: '100.00',
  currency: 'TRY',
  reference: 'W-1',
  createdAt: new Date(BEGIN + 100).toISOString(),
  actions: [],
  details: { kind: 'withdrawal', number: 501 },
}

export const WITHDRAW_CALL: LedgerCall = {
  at: new Date(BEGIN + 100).toISOString(),
  operation: 'withdraw',
  status: 200,
  fault: null,
  details: { requestId: 'W-1' },
}

const nothing = emptyLedgers()

export const CLEAN: Ledgers = {
  ...nothing,
  providers: {
    ...nothing.providers,
    paycrypto: {
      calls: [],
      payments: [
        {
          id: 'p1',
          status: 'success',
          amount: '12.5',
          currency: 'USDT-TRC20',
          reference: PAYMENT.id,
          createdAt: new Date(BEGIN + 1500).toISOString(),
          actions: [],
          details: { paidAmount: '12.5', paidCurrency: 'USDT-TRC20' },
        },
      ],
      paid: [],
    },
  },
  proxy: {
    checkouts: [CHECKOUT],
    payments: [PAYMENT],
    facts: FACTS,
    deliveries: [DELIVERY],
    events: [{ provider: 'paycrypto', event_id: 'e1', digest: 'd', at: BEGIN + 2500 }],
    payouts: [],
  },
  merchant: [
    {
      at: BEGIN + 3100,
      webhookId: DELIVERY.id,
      body: BODY,
      isGenuine: true,
      checkoutId: CHECKOUT.id,
      version: 4,
      status: 'paid',
      manner: 'acknowledge',
    },
  ],
  sightings: [
    {
      tab: 'first',
      at: BEGIN + 2000,
      checkoutId: CHECKOUT.id,
      version: 3,
      status: 'pending',
      paymentId: PAYMENT.id,
      instruction: JSON.stringify(INSTRUCTION),
    },
  ],
  acknowledged: [
    {
      provider: 'paycrypto',
      url: WEBHOOK_URL,
      body: JSON.stringify({ action: 'order_result', events: [JSON.stringify({ id: 'e1' })] }),
      at: BEGIN + 2600,
    },
  ],
}
