/**
 * Ledgers that are broken, each in one thing, with the sentence that has to be said of it.
 * @module
 */
import assert from 'node:assert/strict'
import type { DeliveryRow, PayoutRow } from '../../proxy/stores/schema.ts'
import {
  CHECKOUT,
  CLEAN,
  INSTRUCTION,
  PAYMENT,
  PAYOUT,
  WEBHOOK_URL,
  WITHDRAW_CALL,
  WITHDRAWAL,
} from './clean-ledgers.ts'
import type { Ledgers } from './ledgers.ts'
import type { ProxyRows } from './proxy-rows.ts'
import type { ProviderLedger } from './sandbox-control.ts'

export const withRows = (rows: Partial<ProxyRows>): Ledgers => ({
  ...CLEAN,
  proxy: { ...CLEAN.proxy, ...rows },
})

const withProvider = (ledger: Partial<ProviderLedger>): Ledgers => ({
  ...CLEAN,
  providers: { ...CLEAN.providers, paycrypto: { ...CLEAN.providers.paycrypto, ...ledger } },
})

const [there] = CLEAN.providers.paycrypto.payments
const [told] = CLEAN.merchant
const [sighting] = CLEAN.sightings
const [, paidFact] = CLEAN.proxy.facts
const [delivery] = CLEAN.proxy.deliveries
assert.ok(there && told && sighting && paidFact && delivery)

const OTHER = { ...PAYMENT, id: 'other', ref: 'p2', webhookHash: 'x', returnHash: 'y' }
const otherFacts = CLEAN.proxy.facts.map((fact) => ({
  ...fact,
  id: `other ${fact.id}`,
  paymentId: 'other',
}))
const pending = {
  ...PAYMENT,
  state: { status: 'pending', reason: null, received: null, assurance: null, paidAt: null },
} as const
const pendingFacts = CLEAN.proxy.facts.slice(0, 1)
export const pendingRows = {
  payments: [pending],
  facts: pendingFacts,
  checkouts: [{ ...CHECKOUT, status: 'pending' as const }],
}
const secondLive = { ...pending, id: 'second', ref: 'p3', webhookHash: 'x', returnHash: 'y' }

/** Of the same change, under another id. */
const twin = (row: DeliveryRow, more: Partial<DeliveryRow>): DeliveryRow => ({
  ...row,
  id: 'msg_twin',
  ...more,
})

/** What is broken, and the rule that has to say so, with the words it says. */
export const BROKEN: readonly (readonly [what: string, ledgers: Ledgers, sentence: RegExp])[] = [
  [
    'a payment at the provider that nobody here knows',
    withProvider({ payments: [there, { ...there, id: 'p9', reference: 'stranger' }] }),
    /^I10 .* p9 that nobody here knows/,
  ],
  [
    'a payment written down after it was made',
    withRows({ payments: [{ ...PAYMENT, createdAt: PAYMENT.createdAt + 60_000 }] }),
    /^I10 .* after paycrypto had made it/,
  ],
  [
    'one ref, two payments',
    withRows({
      payments: [PAYMENT, { ...OTHER, ref: PAYMENT.ref }],
      facts: [...CLEAN.proxy.facts, ...otherFacts],
    }),
    /^I5 .* belongs to 2 payments/,
  ],
  [
    'another ref than the provider’s',
    withRows({ payments: [{ ...PAYMENT, ref: 'p7' }] }),
    /^I5 .* another ref than/,
  ],
  [
    'a create that was repeated',
    withProvider({ payments: [there, { ...there, id: 'p9' }] }),
    /^I5 .* was made 2 times/,
  ],
  [
    'money that was lost',
    withRows(pendingRows),
    /^paid there, paid here: .* is pending .* be paid/,
  ],
  [
    'paid, although the amount differs',
    withProvider({ payments: [{ ...there, amount: '1.00' }] }),
    /^paid there, paid here: .* is paid .* should be review/,
  ],
  [
    'less was paid than asked for',
    withProvider({ payments: [{ ...there, details: { ...there.details, paidAmount: '12.49' } }] }),
    /^I1 .* is paid with another paid amount/,
  ],
  [
    'paid in another currency',
    withProvider({ payments: [{ ...there, currency: 'USD' }] }),
    /^I1 .* is paid with another currency/,
  ],
  [
    'paid here alone',
    withProvider({ payments: [{ ...there, status: 'processing' }] }),
    /^I1 .* is paid here, and not there/,
  ],
  [
    'paid without a proof',
    withRows({
      facts: CLEAN.proxy.facts.map(({ assurance: _assurance, ...fact }) => fact),
      payments: [{ ...PAYMENT, state: { ...PAYMENT.state, assurance: null } }],
    }),
    /^I1 .* without a fact that proves it/,
  ],
  [
    'a status that the facts do not say',
    withRows({ payments: [{ ...PAYMENT, state: { ...PAYMENT.state, status: 'refunded' } }] }),
    /^status from facts: payment .* is refunded/,
  ],
  [
    'a checkout’s status that its payments do not say',
    withRows({ checkouts: [{ ...CHECKOUT, status: 'review' }] }),
    /^status from facts: checkout .* is review/,
  ],
  [
    'facts of no payment',
    withRows({ facts: [...CLEAN.proxy.facts, ...otherFacts] }),
    /^status from facts: facts of no payment other/,
  ],
  [
    'a fact that counted twice',
    withRows({ facts: [...CLEAN.proxy.facts, { ...paidFact, id: 'again' }] }),
    /^paid once: .* the same fact twice/,
  ],
  [
    'an acknowledgement of nothing',
    {
      ...CLEAN,
      acknowledged: CLEAN.acknowledged.map((each) => ({ ...each, url: `${each.url}x` })),
    },
    /^I9 .* a payment that is not here/,
  ],
  [
    'an event that was acknowledged and not stored',
    withRows({ events: [] }),
    /^I9 .* event e1 .* not stored/,
  ],
  [
    'a hint that was acknowledged and forgotten',
    withRows({ ...pendingRows, payments: [{ ...pending, nextCheckAt: 5 }] }),
    /^I9 .* nothing left of it/,
  ],
  [
    'an unsigned notification that was acknowledged and forgotten',
    {
      ...withRows({
        payments: [{ ...pending, provider: 'lipaykripto', hintedAt: 1, nextCheckAt: 5 }],
      }),
      acknowledged: [{ provider: 'lipaykripto', url: WEBHOOK_URL, body: '{}', at: 1 }],
    },
    /^I9 .* nothing left of it/,
  ],
  [
    'two payments to be paid',
    withRows({ ...pendingRows, payments: [pending, secondLive] }),
    /^one target in the rows: .* 2 payments to be paid/,
  ],
  [
    'two targets on two screens at once',
    {
      ...CLEAN,
      sightings: [sighting, { ...sighting, tab: 'second', instruction: '{"type":"other"}' }],
    },
    /^one target on the screens: .* two targets at once/,
  ],
  [
    'a target that came back',
    {
      ...CLEAN,
      sightings: ['first', 'second', 'first'].map((id, version) => ({
        ...sighting,
        paymentId: id,
        version,
      })),
    },
    /^one target on the screens: .* again/,
  ],
  [
    'two targets that were shown one after the other and are both live',
    {
      ...withRows({ ...pendingRows, payments: [{ ...pending, isShown: false }, secondLive] }),
      sightings: [sighting, { ...sighting, paymentId: 'second', version: 9 }],
    },
    /^replaced is replaced: .* 2 targets that were shown are live/,
  ],
  [
    'a target that changed',
    withRows({
      payments: [{ ...PAYMENT, nextAction: { ...INSTRUCTION, url: 'https://elsewhere.example' } }],
    }),
    /^shown is stored, and stays: .* another target/,
  ],
  [
    'a target that is not stored',
    { ...CLEAN, sightings: [{ ...sighting, paymentId: 'nobody' }] },
    /^shown is stored, and stays: .* not its own/,
  ],
  [
    'a screen that went back in time',
    { ...CLEAN, sightings: [{ ...sighting, version: 9 }, sighting] },
    /^I19 .* older version/,
  ],
  [
    'two deliveries of one change',
    withRows({ deliveries: [delivery, twin(delivery, {})] }),
    /^I8 one row for a change: .* 2 times/,
  ],
  [
    'one change under two versions',
    withRows({ deliveries: [delivery, twin(delivery, { version: 9 })] }),
    /^I8 one row for a change: .* the same under two ids/,
  ],
  [
    'a change that nobody is told of',
    withRows({ deliveries: [] }),
    /^the newest is told: .* nobody is told/,
  ],
  [
    'the merchant is told something else',
    withRows({
      deliveries: [{ ...delivery, body: delivery.body.replaceAll('paid', 'pending') }],
    }),
    /^the newest is told: .* is told pending/,
  ],
  [
    'an id that is no change',
    { ...CLEAN, merchant: [...CLEAN.merchant, { ...told, webhookId: 'msg_none' }] },
    /^I8 one body for an id: .* no change/,
  ],
  [
    'an id with two bodies',
    { ...CLEAN, merchant: [...CLEAN.merchant, { ...told, body: `${told.body} ` }] },
    /^I8 one body for an id: .* another body/,
  ],
  [
    'a wrong signature',
    { ...CLEAN, merchant: [{ ...told, isGenuine: false }] },
    /^genuine: .* not signed/,
  ],
  [
    'marked as delivered, never received',
    { ...CLEAN, merchant: [{ ...told, manner: 'die-after' }] },
    /^delivered is received: .* never said so/,
  ],
  [
    'delivered, and the merchant has an older one',
    { ...CLEAN, merchant: [{ ...told, version: 1 }] },
    /^delivered is received: .* older version/,
  ],
]

export const withPayouts = (
  status: PayoutRow['status'],
  made: readonly string[],
  asked = made,
): Ledgers => ({
  ...withRows({ payouts: [{ ...PAYOUT, status }] }),
  providers: {
    ...CLEAN.providers,
    lipaykripto: {
      paid: [],
      payments: made.map((reference) => ({ ...WITHDRAWAL, reference })),
      calls: asked.map((requestId) => ({ ...WITHDRAW_CALL, details: { requestId } })),
    },
  },
})
