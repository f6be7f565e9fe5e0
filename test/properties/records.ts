/**
 * Records as a store has them, for properties of the proxy's pure functions. Every private text is a
 * canary, so that it can be looked for.
 * @module
 */
import type { Fact } from '../../protocol/projection.ts'
import { project } from '../../protocol/projection.ts'
import { evolve } from '../../proxy/aggregate.ts'
import type { Aggregate, CheckoutRecord, PaymentRecord, StoredFact } from '../../proxy/records.ts'

/** Stands in every text that nobody outside may read. */
export const CANARY = 'canary-5f2c'

export const NOW = 1_760_000_000_000

const METHOD: PaymentRecord['method'] = {
  id: 'cryptom:USDT:TRON',
  flow: 'transfer',
  asset: { symbol: 'USDT', network: 'TRON', name: 'Tether' },
  label: 'Tether',
  price: { amount: '300.00', currency: 'TRY' },
  limits: null,
  fields: [],
  consent: null,
  fee: null,
}

const CHECKOUT: CheckoutRecord = {
  id: 'A'.repeat(22),
  source: 'token',
  orderId: 'A-1',
  prices: [{ amount: '300.00', currency: 'TRY' }],
  description: null,
  locale: null,
  customer: { email: `${CANARY}@shop.example`, phone: `+90 ${CANARY}` },
  urls: { success: `https://shop.example/${CANARY}` },
  metadata: { note: CANARY },
  methods: [METHOD],
  isTest: false,
  status: 'pending',
  reason: null,
  isCanceled: false,
  receipt: null,
  version: 1,
  expiresAt: NOW + 86_400_000,
  createdAt: NOW,
  updatedAt: NOW,
}

export interface PaymentSample {
  readonly payment: PaymentRecord
  readonly facts: readonly StoredFact[]
}

/** A payment of these facts; they are made its own. */
export function paymentOf(
  id: string,
  facts: readonly Fact[],
  more: Partial<PaymentRecord> = {},
): PaymentSample {
  const own = facts.map((fact) => ({ ...fact, id: `${id}${fact.id}`, paymentId: id }))
  const payment: PaymentRecord = {
    id,
    checkoutId: CHECKOUT.id,
    provider: 'cryptom',
    method: METHOD,
    price: METHOD.price,
    ref: `${CANARY}-ref-${id}`,
    claims: [{ ref: `${CANARY}-claim`, createdAt: 1 }],
    nextAction: { type: 'redirect', url: `https://pay.example/${id}` },
    isCancelable: true,
    isShown: true,
    isSuperseded: false,
    state: project(own),
    providerStatus: CANARY,
    returnHash: `${CANARY}-return`,
    webhookHash: `${CANARY}-webhook`,
    isWebhookExposed: false,
    private: `${CANARY}-private`,
    returnPage: `https://shop.example/${CANARY}`,
    expiresAt: NOW + 900_000,
    checkedAt: null,
    hintedAt: null,
    nextCheckAt: NOW,
    createdAt: NOW,
    ...more,
  }
  return { payment, facts: own }
}

/** A checkout of these payments, oldest first. */
export function aggregateOf(samples: readonly PaymentSample[]): Aggregate {
  const payments = samples.map(({ payment }) => payment)
  const facts = samples.flatMap((sample) => sample.facts)
  return evolve({ checkout: CHECKOUT, payments: [], facts: [] }, { payments, facts }, NOW)
}
