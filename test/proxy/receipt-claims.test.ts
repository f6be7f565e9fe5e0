import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, it } from 'node:test'
import type { Method } from '../../protocol/payment.ts'
import { createPublish } from '../../proxy/publication.ts'
import type { PublicationOptions } from '../../proxy/publication.ts'
import type { Aggregate, CheckoutRecord, PaymentRecord } from '../../proxy/records.ts'

const NOW = Date.parse('2026-01-01T12:00:00.700Z')
const PAID_AT = Date.parse('2026-01-01T11:59:00Z')
const METHOD: Method = {
  id: 'lipaykripto',
  flow: 'redirect',
  asset: null,
  label: 'TRX, USDT, ETH',
  price: { amount: '12.50', currency: 'USDT' },
  limits: null,
  fields: [],
  consent: null,
  fee: null,
}

const payment = (more: Partial<PaymentRecord> = {}): PaymentRecord => ({
  id: 'a'.repeat(32),
  checkoutId: 'checkout-1',
  provider: 'lipaykripto',
  method: METHOD,
  price: METHOD.price,
  ref: 'REF-1',
  claims: [],
  nextAction: null,
  isCancelable: false,
  isShown: true,
  isSuperseded: false,
  state: {
    status: 'paid',
    reason: null,
    received: null,
    assurance: 'unsigned-webhook',
    paidAt: PAID_AT,
  },
  providerStatus: 'confirmed',
  returnHash: 'return-hash',
  webhookHash: 'webhook-hash',
  isWebhookExposed: false,
  private: 'sealed',
  returnPage: null,
  expiresAt: null,
  checkedAt: null,
  hintedAt: null,
  nextCheckAt: null,
  createdAt: NOW - 60_000,
  ...more,
})

function aggregate(
  checkout: Partial<CheckoutRecord> = {},
  payments: readonly PaymentRecord[] = [payment()],
): Aggregate {
  return {
    checkout: {
      id: 'checkout-1',
      source: 'merchant',
      orderId: 'A-1',
      prices: [
        { amount: '300.00', currency: 'TRY' },
        { amount: '12.50', currency: 'USDT' },
      ],
      description: null,
      locale: null,
      customer: { email: 'shopper@example.org' },
      urls: {},
      metadata: { cart: '7' },
      methods: [METHOD],
      isTest: true,
      status: 'paid',
      reason: null,
      isCanceled: false,
      receipt: null,
      version: 4,
      expiresAt: NOW + 60_000,
      createdAt: NOW - 60_000,
      updatedAt: NOW,
      ...checkout,
    },
    payments,
    facts: [],
  }
}

/** Publishes with a signer that only notes what it was given. */
function publisher(more: Partial<PublicationOptions> = {}) {
  const signed: [object, string][] = []
  const publish = createPublish({
    publicUrl: 'https://pay.shop.example',
    signer: {
      sign: async (claims, typ) => `receipt ${signed.push([claims, typ])}`,
      jwks: { keys: [] },
    },
    isTest: () => false,
    hasReceiver: true,
    reached: () => undefined,
    ...more,
  })
  return { publish, signed }
}

/** What the first receipt says. */
const claimsOf = ([first]: readonly [object, string][]): Record<string, unknown> => ({
  ...first?.[0],
})

const BEFORE = aggregate({ status: 'pending', version: 3 }, [
  payment({ state: { ...payment().state, status: 'pending' } }),
])

describe('a receipt', () => {
  it('says everything about the payment, and what stands behind it', async () => {
    const { publish, signed } = publisher()
    const { receipt } = await publish(BEFORE, aggregate())
    assert.equal(receipt, 'receipt 1')
    assert.deepEqual(signed, [
      [
        {
          iss: 'https://pay.shop.example',
          iat: Math.floor(NOW / 1000),
          checkoutId: 'checkout-1',
          orderId: 'A-1',
          amount: '300.00',
          currency: 'TRY',
          charged: { amount: '12.50', currency: 'USDT' },
          provider: 'lipaykripto',
          methodId: 'lipaykripto',
          paymentId: 'a'.repeat(32),
          ref: 'REF-1',
          paidAt: '2026-01-01T11:59:00.000Z',
          assurance: 'unsigned-webhook',
          priceSource: 'merchant',
          testMode: false,
        },
        'cc-receipt+jwt',
      ],
    ])
  })

  it('is not made for anything but what is paid', async () => {
    const { publish, signed } = publisher()
    for (const status of ['pending', 'processing', 'review', 'expired', 'refunded'] as const) {
      assert.equal((await publish(BEFORE, aggregate({ status }))).receipt, null, status)
    }
    assert.equal((await publish(BEFORE, aggregate({}, []))).receipt, null)
    assert.equal((await publish(BEFORE, aggregate({ prices: [] }))).receipt, null)
    assert.deepEqual(signed, [])
  })

  it('is made once', async () => {
    const { publish, signed } = publisher()
    const { receipt } = await publish(BEFORE, aggregate({ receipt: 'the first one' }))
    assert.equal(receipt, 'the first one')
    assert.deepEqual(signed, [])
  })

  it('says that it is of a test, where the provider says so or is not there any more', async () => {
    for (const [isTest, wasTest, says] of [
      [true, false, true],
      [false, true, false],
      [undefined, true, true],
      [undefined, false, false],
    ] as const) {
      const { publish, signed } = publisher({ isTest: () => isTest })
      await publish(BEFORE, aggregate({ isTest: wasTest }))
      assert.equal(claimsOf(signed)['testMode'], says)
    }
  })

  it('goes by the change where nobody knows when it was paid', async () => {
    const { publish, signed } = publisher()
    const state = { ...payment().state, paidAt: null }
    await publish(BEFORE, aggregate({}, [payment({ state })]))
    assert.equal(claimsOf(signed)['paidAt'], new Date(NOW).toISOString())
  })
})

describe('what the merchant is told', () => {
  it('is the change, with the receipt, under an id that is its own for ever', async () => {
    const { publish } = publisher()
    const { delivery } = await publish(BEFORE, aggregate())
    const id = createHash('sha256').update('checkout-1.4').digest('base64url')
    assert.ok(delivery)
    const { body, ...row } = delivery
    assert.deepEqual(row, {
      id: `msg_${id}`,
      checkoutId: 'checkout-1',
      version: 4,
      type: 'checkout.paid',
      status: 'pending',
      attempts: 0,
      nextAt: NOW,
      expiresAt: NOW + 24 * 60 * 60_000,
      answer: null,
      createdAt: NOW,
      deliveredAt: null,
    })
    const { type, timestamp, data } = JSON.parse(body) as Record<string, Record<string, unknown>>
    assert.deepEqual([type, timestamp], ['checkout.paid', new Date(NOW).toISOString()])
    assert.deepEqual(
      [data?.['version'], data?.['receipt'], data?.['metadata']],
      [4, 'receipt 1', { cart: '7' }],
    )
    assert.deepEqual(data?.['payments'], [
      {
        id: 'a'.repeat(32),
        provider: 'lipaykripto',
        methodId: 'lipaykripto',
        ref: 'REF-1',
        price: { amount: '12.50', currency: 'USDT' },
        status: 'paid',
        reason: null,
        received: null,
        assurance: 'unsigned-webhook',
        paidAt: '2026-01-01T11:59:00.000Z',
      },
    ])
    assert.ok(!/hash|sealed|shopper@/.test(body), 'nothing that is nobody’s business')
  })

  it('leaves out attempts that nobody saw, unless there is money or a conflict', async () => {
    const { publish } = publisher({})
    const unseen = (id: string, status: 'review' | 'paid', reason: 'conflict' | 'unconfirmed') =>
      payment({ id, isShown: false, state: { ...payment().state, status, reason, paidAt: null } })
    const { delivery } = await publish(
      BEFORE,
      aggregate({}, [
        unseen('lost', 'review', 'unconfirmed'),
        unseen('conflict', 'review', 'conflict'),
        payment(),
      ]),
    )
    const { data } = JSON.parse(delivery?.body ?? '') as { data: { payments: { id: string }[] } }
    assert.deepEqual(
      data.payments.map(({ id }) => id),
      ['conflict', 'a'.repeat(32)],
    )
  })

  it('has every attempt that was shown, and no time where none was paid', async () => {
    const { publish } = publisher()
    const shown = (id: string, status: 'canceled' | 'pending') =>
      payment({ id, state: { ...payment().state, status, assurance: null, paidAt: null } })
    const attempts = [shown('first', 'canceled'), shown('second', 'pending')]
    const { delivery } = await publish(BEFORE, aggregate({ status: 'pending' }, attempts))
    const { data } = JSON.parse(delivery?.body ?? '') as { data: { payments: object[] } }
    const told = (id: string, status: string) => ({
      id,
      provider: 'lipaykripto',
      methodId: 'lipaykripto',
      ref: 'REF-1',
      price: METHOD.price,
      status,
      reason: null,
      received: null,
      assurance: null,
      paidAt: null,
    })
    assert.deepEqual(data.payments, [told('first', 'canceled'), told('second', 'pending')])
  })

  it('has money that came to an attempt that nobody saw', async () => {
    const { publish } = publisher()
    const unseen = payment({ id: 'unseen', isShown: false })
    const { delivery } = await publish(BEFORE, aggregate({}, [unseen]))
    assert.match(delivery?.body ?? '', /"payments":\[\{"id":"unseen"/)
  })

  it('is nothing where nothing changed for him, or where nobody is to be told', async () => {
    const { publish } = publisher()
    const same = aggregate({ version: 3 })
    const signed = { ...same, checkout: { ...same.checkout, receipt: 'r' } }
    const later = { ...signed, checkout: { ...signed.checkout, version: 4 } }
    assert.equal((await publish(signed, later)).delivery, undefined)
    assert.deepEqual(Object.keys(await publish(signed, later)), ['receipt'])
    const { publish: silent } = publisher({ hasReceiver: false })
    assert.deepEqual(Object.keys(await silent(BEFORE, aggregate())), ['receipt'])
  })
})
