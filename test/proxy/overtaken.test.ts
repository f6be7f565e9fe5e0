/**
 * What was decided before somebody else was faster: between reading a payment and writing it down, anything
 * may have happened to it or to its order.
 * @module
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { TestContext } from 'node:test'
import { newIntent } from '../../proxy/attempts.ts'
import { createObserver } from '../../proxy/look.ts'
import { createPayments } from '../../proxy/payments.ts'
import type { Provider } from '../../proxy/provider.ts'
import type { PaymentRecord } from '../../proxy/records.ts'
import { createReviews } from '../../proxy/reviews.ts'
import { openStore } from '../../proxy/stores/index.ts'
import { startShop, until } from './shop.ts'
import { newCheckout } from './stores/store-suite.ts'
import { bareServices } from './support.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const PAGE = { type: 'redirect', url: 'https://pay.example/1' } as const
const { now } = Date

/** A shop whose proxy gets Cryptom's answer to a create only when it is let through. */
async function openHeld(t: TestContext) {
  const held = Promise.withResolvers<void>()
  const shop = await startShop(
    {},
    {
      async fetch(url, init) {
        const response = await fetch(url, init)
        if (String(url).endsWith('/api/transaction/create')) await held.promise
        return response
      },
    },
  )
  t.after(() => shop.close())
  const isMade = () => until('made', async () => (await shop.booked('cryptom')).length > 0)
  const isCanceledThere = () =>
    until('canceled', async () => (await shop.booked('cryptom'))[0]?.status === 'CANCELLED')
  return { shop, release: held.resolve, isMade, isCanceledThere }
}

describe('a payment that is made too late', { concurrency: true }, () => {
  it('for an order that the merchant took back meanwhile: not shown, and canceled there', async (t) => {
    const { shop, release, isMade, isCanceledThere } = await openHeld(t)
    const checkout = await shop.open({ methods: ['cryptom'] })
    const picked = shop.pick(checkout, 'cryptom')
    await isMade()
    assert.equal((await shop.merchant('POST', `/checkouts/${checkout.id}/cancel`, {})).status, 200)
    release()
    const { body } = await picked
    assert.deepEqual([body.status, body.payment], ['canceled', null])
    await isCanceledThere()
    assert.ok(shop.receiver.of(checkout).every(({ type }) => type === 'checkout.canceled'))
  })

  it('for an order that was paid another way meanwhile: not shown, and canceled there', async (t) => {
    const { shop, release, isMade, isCanceledThere } = await openHeld(t)
    const { checkout, payment } = await shop.begin('paycrypto', {
      methods: ['paycrypto', 'cryptom'],
    })
    const picked = shop.pick(checkout, 'cryptom')
    await isMade()
    await shop.play('paycrypto', payment.ref, 'success')
    await shop.becomes(checkout, 'paid')
    release()
    assert.equal((await picked).body.payment?.id, payment.id)
    await isCanceledThere()
    const [, late] = (await shop.detail(checkout)).payments
    assert.equal(late?.status, 'canceled')
  })

  it('after it was given up, found and canceled by a clock that is ahead: not shown', async (t) => {
    const { shop, release, isMade, isCanceledThere } = await openHeld(t)
    const checkout = await shop.open({ methods: ['cryptom'] })
    const picked = shop.pick(checkout, 'cryptom')
    await isMade()
    shop.clock.advance(10 * MINUTE)
    await shop.paymentBecomes(checkout, 0, 'review', 'unconfirmed')
    shop.clock.advance(16 * SECOND)
    await isCanceledThere()
    await shop.paymentBecomes(checkout, 0, 'canceled')
    release()
    const { status, body } = await picked
    assert.deepEqual([status, body.status, body.payment], [200, 'pending', null])
    assert.equal((await shop.detail(checkout)).payments[0]?.status, 'canceled')
  })
})

/** An order in a store of its own, and a payment of it that nobody has seen yet. */
async function openOrder(t: TestContext, provider: Provider) {
  const store = await openStore(':memory:')
  await store.migrate()
  t.after(() => store.close())
  const services = bareServices(store, provider)
  const fresh = newCheckout({ expiresAt: now() + MINUTE })
  const { checkout } = await store.findOrCreateCheckout(fresh)
  const [method = assert.fail()] = checkout.methods
  const input = { checkoutId: checkout.id, provider, method, returnPage: null }
  const { intent } = await newIntent(input, services)
  return {
    services,
    observer: createObserver(services),
    key: { checkoutId: checkout.id, paymentId: intent.id },
    show: (more: Partial<PaymentRecord>) =>
      store.change(checkout.id, now(), () => ({
        payments: [{ ...intent, nextAction: PAGE, isShown: true, ...more }],
      })),
    /** Of the order, and of its payment. */
    async statuses() {
      const { checkout: after, payments } = (await store.read(checkout.id)) ?? assert.fail()
      return [after.status, payments[0]?.state.status]
    },
  }
}

describe('what only we say of a payment', () => {
  /** A payment whose time is over, and which the provider says is under way. */
  async function openSeen(t: TestContext, more: Partial<Provider> = {}) {
    const getPayment = async () => undefined
    const order = await openOrder(t, { id: 'slow', getPayment, ...more } as Provider)
    await order.show({ ref: 'R-1', expiresAt: now() - 1 })
    const { observe } = order.observer
    await observe(order.key, 'polled', { status: 'processing', providerStatus: 'seen' })
    assert.deepEqual(await order.statuses(), ['processing', 'processing'])
    return { ...order, observe }
  }

  it('that its time is over, after money was seen: it is under way', async (t) => {
    const { observe, key, statuses } = await openSeen(t)
    await observe(key, 'expired', { status: 'expired', providerStatus: 'seen' })
    assert.deepEqual(await statuses(), ['processing', 'processing'])
  })

  it('that the shopper gave it up, after money was seen: it is under way', async (t) => {
    const { observe, key, statuses } = await openSeen(t)
    await observe(key, 'canceled', { status: 'canceled', providerStatus: 'seen' })
    assert.deepEqual(await statuses(), ['processing', 'processing'])
  })

  it('where the provider has canceled it, that is its word', async (t) => {
    const cancelPayment = () => assert.fail('nobody asks it here')
    const { observe, key, statuses } = await openSeen(t, { cancelPayment })
    await observe(key, 'canceled', { status: 'canceled', providerStatus: 'CANCELLED' })
    assert.deepEqual(await statuses(), ['pending', 'canceled'])
  })
})

describe('an order that the merchant takes back', () => {
  it('while a payment of it is being shown: that is canceled as well', async (t) => {
    const order = await openOrder(t, { id: 'slow' } as Provider)
    const { services, observer, key } = order
    const attempts = { reserve: () => assert.fail(), create: () => assert.fail() }
    const payments = createPayments({ ...services, observer, attempts, returnUrlOrigins: [] })
    let isShown = false
    const cancel = async (id: string): Promise<void> => {
      await payments.cancel(id)
      if (isShown) return
      isShown = true
      await order.show({ expiresAt: now() + MINUTE })
    }
    const reviews = createReviews({ ...services, observer, payments: { ...payments, cancel } })
    await reviews.cancel(key.checkoutId)
    assert.deepEqual(await order.statuses(), ['canceled', 'canceled'])
  })
})
