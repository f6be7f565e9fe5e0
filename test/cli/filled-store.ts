/**
 * A store with a bit of everything in it, as nasty as it may be; and all that can be read of one.
 * @module
 */
import type { Method } from '../../protocol/payment.ts'
import { hashToken, mintCheckoutId, mintFactId, mintPaymentId } from '../../proxy/ids.ts'
import type {
  CheckoutRecord,
  DeliveryRecord,
  PaymentRecord,
  PayoutRecord,
  StoredFact,
} from '../../proxy/records.ts'
import type { Publish, Store } from '../../proxy/store.ts'

/** Beyond 2^31, and beyond what a 32-bit column would take. */
export const NOW = 1_760_000_000_000
const FAR = 253_402_300_799_999

const NASTY = `'"\`\\ ; -- %s $1 ?1 \t\r\n Çay 🫖 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 שלום \u{10ffff}\u200f`
const LONG = '🫖 long '.repeat(20_000)

export const METHOD: Method = {
  id: 'cryptom:TRX:TRON',
  flow: 'transfer',
  asset: { symbol: 'TRX', network: 'TRON', name: NASTY },
  label: NASTY,
  price: { amount: '300.00', currency: 'TRY' },
  limits: { min: '3', max: '0.000000000000000001' },
  fields: [],
  consent: null,
  fee: null,
}

export function newCheckout(number: number, more: Partial<CheckoutRecord> = {}): CheckoutRecord {
  return {
    id: mintCheckoutId(),
    source: 'token',
    orderId: `A-${number}`,
    prices: [METHOD.price],
    description: null,
    locale: null,
    customer: {},
    urls: {},
    metadata: {},
    methods: [METHOD],
    isTest: false,
    status: 'pending',
    reason: null,
    isCanceled: false,
    receipt: null,
    version: 1,
    expiresAt: NOW + 86_400_000,
    createdAt: NOW + number,
    updatedAt: NOW,
    ...more,
  }
}

export function newPayment(checkoutId: string, more: Partial<PaymentRecord> = {}): PaymentRecord {
  const id = mintPaymentId()
  return {
    id,
    checkoutId,
    provider: 'cryptom',
    method: METHOD,
    price: METHOD.price,
    ref: null,
    claims: [],
    nextAction: null,
    isCancelable: false,
    isShown: true,
    isSuperseded: false,
    state: { status: 'pending', reason: null, received: null, assurance: null, paidAt: null },
    providerStatus: null,
    returnHash: hashToken(`return ${id}`),
    webhookHash: hashToken(`webhook ${id}`),
    isWebhookExposed: false,
    private: '',
    returnPage: null,
    expiresAt: null,
    checkedAt: null,
    hintedAt: null,
    nextCheckAt: null,
    createdAt: NOW,
    ...more,
  }
}

export const newFact = (paymentId: string, more: Partial<StoredFact> = {}): StoredFact => ({
  id: mintFactId(NOW),
  paymentId,
  at: NOW,
  kind: 'polled',
  status: 'pending',
  ...more,
})

const newPayout = (requestId: string, more: Partial<PayoutRecord> = {}): PayoutRecord => ({
  requestId,
  provider: 'lipaykripto',
  amount: '100.10',
  currency: 'TRY',
  asset: 'USDT',
  address: 'T'.repeat(34),
  status: 'created',
  ref: null,
  providerStatus: null,
  webhookHash: hashToken(requestId),
  createdAt: NOW,
  updatedAt: FAR,
  ...more,
})

function deliver(more: Partial<DeliveryRecord>): Publish {
  return async (_before, { checkout }) => ({
    receipt: checkout.status === 'paid' ? 'header.claims.signature' : null,
    delivery: {
      id: `msg_${checkout.id}_${checkout.version}`,
      checkoutId: checkout.id,
      version: checkout.version,
      type: `checkout.${checkout.status}`,
      body: JSON.stringify({ text: NASTY + LONG }),
      status: 'pending',
      attempts: 0,
      nextAt: null,
      expiresAt: FAR,
      answer: null,
      createdAt: NOW,
      deliveredAt: null,
      ...more,
    },
  })
}

const EVENT = { provider: 'lincoln', id: NASTY, digest: hashToken('event') }

/** Puts something into every column of every table, and nothing into each that may be empty. */
export async function fill(store: Store): Promise<void> {
  const paid = newCheckout(1, {
    description: NASTY,
    locale: 'tr-TR',
    customer: { name: NASTY },
    urls: { success: 'https://shop.example/?a=1&b=%00' },
    metadata: { [NASTY]: LONG, empty: '' },
    isTest: true,
    expiresAt: FAR,
  })
  const open = newCheckout(2, { source: 'merchant', description: '', metadata: { nul: 'a\0b' } })
  for (const checkout of [paid, open, newCheckout(3)]) await store.findOrCreateCheckout(checkout)

  const payment = newPayment(paid.id, {
    ref: NASTY,
    nextAction: { type: 'redirect', url: 'https://pay.example/1' },
    isCancelable: true,
    providerStatus: LONG,
    isWebhookExposed: true,
    private: LONG,
    returnPage: 'https://shop.example/thanks',
    expiresAt: FAR,
    nextCheckAt: FAR,
  })
  const facts = [
    newFact(payment.id, { kind: 'created' }),
    newFact(payment.id, {
      status: 'paid',
      reason: 'overpaid',
      received: { amount: '300.000000000000000001', currency: 'TRX' },
      assurance: 'provider-api',
      providerStatus: '',
      note: NASTY,
    }),
  ]
  const claims = [NASTY, 'second'].map((ref) => ({
    paymentId: payment.id,
    ref,
    becomes: 'kept' as const,
  }))
  await store.change(
    paid.id,
    FAR,
    () => ({ payments: [payment], facts, claims }),
    deliver({ answer: NASTY, nextAt: FAR, deliveredAt: NOW, status: 'delivered' }),
  )
  await store.change(paid.id, FAR, () => ({
    claims: [{ paymentId: payment.id, ref: 'second', becomes: 'settled' }],
  }))
  const waiting = [newPayment(open.id, { ref: '', isSuperseded: true }), newPayment(open.id)]
  await store.change(open.id, NOW, () => ({ payments: waiting }), deliver({}))

  await store.checks.claimQuestion(payment.id, FAR, 3000)
  await store.checks.hint(payment.id, FAR, EVENT)
  await store.payouts.insert(newPayout('P-1', { ref: NASTY, providerStatus: LONG }), 0, () => {})
  await store.payouts.insert(newPayout('P-2'), 0, () => {})
  await store.takeLease('lincoln', NASTY, FAR, 1000)
  await store.rest('cryptom', FAR)
  for (const kid of [NASTY, 'second']) {
    const createdAt = NOW + kid.length
    await store.signingKeys.insert({ kid, publicKey: `{"kid":${NASTY}}`, sealed: LONG, createdAt })
  }
}

/** A few thousand rows more. */
export async function fillMuch(store: Store, checkouts: number, payments: number): Promise<void> {
  for (let number = 1; number <= checkouts; number += 1) {
    const checkout = newCheckout(1000 + number)
    await store.findOrCreateCheckout(checkout)
    const made = Array.from({ length: payments }, () => newPayment(checkout.id))
    const facts = made.map(({ id }) => newFact(id, { note: NASTY }))
    await store.change(checkout.id, NOW, () => ({ payments: made, facts }))
  }
}

/** Everything that the proxy could ask of the store, all of it. */
export async function readAll(store: Store) {
  const checkouts = await store.list({ limit: 10_000 })
  const aggregates = await Promise.all(checkouts.map(({ id }) => store.read(id)))
  const payments = aggregates.flatMap((aggregate) => aggregate?.payments ?? [])
  const known = await store.checks.listKnown('cryptom', 0)
  const payouts = await store.payouts.list(1000)
  return {
    checkouts,
    aggregates,
    snapshots: await Promise.all(checkouts.map(({ id }) => store.readSnapshot(id))),
    paid: await store.list({ status: 'paid', limit: 1000 }),
    byOrder: await store.list({ orderId: 'A-1', limit: 1000 }),
    forPerson: await store.list({ needsPerson: true, limit: 1000 }),
    found: await Promise.all(
      payments.flatMap(({ provider, id, ref, returnHash, webhookHash }) => [
        store.findByReturn(returnHash),
        store.findByWebhook(webhookHash),
        store.findPayment(provider, { paymentId: id }),
        store.findPayment(provider, { ref: ref ?? 'none' }),
      ]),
    ),
    known: known.toSorted((a, b) => (a.paymentId < b.paymentId ? -1 : 1)),
    rest: await store.restUntil('cryptom'),
    payouts,
    payoutsFound: await Promise.all(
      payouts.flatMap(({ requestId, webhookHash }) => [
        store.payouts.find(requestId),
        store.payouts.findByWebhook(webhookHash),
      ]),
    ),
    deliveries: await store.deliveries.list({ limit: 1000 }),
    keys: await store.signingKeys.list(),
  }
}

/** What can only be seen by doing something: known events stay known, and counters go on rising. */
export async function tryAll(store: Store) {
  const [checkout] = await store.list({ orderId: 'A-1', limit: 1 })
  const id = (await store.read(checkout?.id ?? ''))?.payments[0]?.id ?? ''
  return {
    heldLease: await store.takeLease('lincoln', 'other', FAR, 1000),
    freeLease: await store.takeLease('lincoln', 'other', FAR + 1000, 1000),
    seen: await store.checks.hint(id, FAR, EVENT),
    changed: await store.checks.hint(id, FAR, { ...EVENT, digest: 'other' }),
    due: await store.checks.claimDue({ now: FAR, limit: 10, holdMs: 5, except: [] }),
    deliveries: await store.deliveries.claim(FAR, 10, 5),
  }
}
