import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { TestContext } from 'node:test'
import type { Checkout } from '../../protocol/payment.ts'
import type { ProxyOptions } from '../../proxy/create-proxy.ts'
import type { Failpoint } from '../../proxy/failpoints.ts'
import { SANDBOX_CREDENTIALS } from '../../sandbox/index.ts'
import { PROVIDERS, pause, startShop, until } from './shop.ts'
import type { ProviderName, Shop } from './shop.ts'

const SECOND = 1000
const HOUR = 3600 * SECOND
const ROUND_MS = 1300
const SIDE_BY_SIDE = { concurrency: 16 }

/** Providers that make something over there: what the sandbox calls it, and how its money comes. */
const REMOTES = {
  cryptom: { create: 'create', paid: 'pay' },
  lipaykripto: { create: 'payment', paid: 'confirm' },
  paycrypto: { create: 'create', paid: 'success' },
  lincoln: { create: 'create', paid: 'done' },
} as const
type Remote = keyof typeof REMOTES
const REMOTE_NAMES = Object.keys(REMOTES) as Remote[]

/** An answer that never came, of something that was done; and a create that never happened. */
const LOST = ['reset', { afterEffect: true }] as const
const NEVER = ['status-500', {}] as const

/** A shop of its own for each test: they move the clock, and run side by side. */
async function open(t: TestContext, options: Partial<ProxyOptions> = {}): Promise<Shop> {
  const statusKey = SANDBOX_CREDENTIALS.lipaykripto.apiKey
  const shop = await startShop({ LIPAYKRIPTO_STATUS_API_KEY: statusKey }, options)
  t.after(() => shop.close())
  return shop
}

/** A create that goes wrong, of an order with another way to pay. */
async function lose(shop: Shop, provider: Remote, [kind, more]: typeof LOST | typeof NEVER) {
  const checkout = await shop.open({ methods: [provider, 'redoya'] })
  await shop.breakNext(provider, REMOTES[provider].create, kind, more)
  const { status, body } = await shop.pick(checkout, provider)
  assert.deepEqual([status, (body as { code?: string }).code], [503, 'provider_unavailable'])
  const lost = (await shop.detail(checkout)).payments.at(-1) ?? assert.fail()
  assert.deepEqual([lost.status, lost.reason, lost.ref], ['review', 'unconfirmed', null])
  return { checkout, lost }
}

/** Nobody was shown it: not the shopper, not the merchant. */
async function isNowhere(shop: Shop, { id }: Checkout, paymentId: string): Promise<void> {
  const { body } = await shop.request('GET', `/v1/checkouts/${id}`)
  assert.ok(!JSON.stringify(body).includes(paymentId), 'the shopper was shown it')
  const told = shop.receiver.of({ id }).map(({ body: text }) => text)
  assert.ok(!told.join().includes(paymentId), 'the merchant was told of it')
}

/** The order is paid by this attempt, and the merchant is told so. */
async function counts(shop: Shop, checkout: Checkout, paymentId: string): Promise<void> {
  const paid = await shop.becomes(checkout, 'paid')
  assert.equal(paid.payment?.id, paymentId)
  assert.ok(paid.receipt)
  const told = await until('told', () =>
    shop.receiver.of(checkout).find(({ type }) => type === 'checkout.paid'),
  )
  assert.equal(told.data.payments.find(({ status }) => status === 'paid')?.id, paymentId)
}

/** What the provider has in its books of its only payment. */
const booked = async (shop: Shop, provider: ProviderName) =>
  (await shop.booked(provider))[0] ?? assert.fail(`${provider} has nothing`)

describe('a create that was lost', SIDE_BY_SIDE, () => {
  for (const provider of REMOTE_NAMES) {
    for (const [name, how] of [
      ['its answer lost', LOST],
      ['never made', NEVER],
    ] as const) {
      it(`${provider}, ${name}: the shopper picks again at once, and pays`, async (t) => {
        const shop = await open(t)
        const { checkout, lost } = await lose(shop, provider, how)
        await isNowhere(shop, checkout, lost.id)
        const { status, body } = await shop.pick(checkout, provider)
        assert.deepEqual([status, body.payment?.status], [200, 'pending'])
        const second = (await shop.detail(checkout)).payments.at(-1) ?? assert.fail()
        assert.notEqual(second.id, lost.id)
        await shop.pay(body, second)
        await shop.refreshed(checkout)
        const paid = await shop.becomes(checkout, 'paid')
        assert.deepEqual([paid.reason, paid.payment?.id], [null, second.id])
        await until('told', () => shop.receiver.of(checkout).length > 0)
        await isNowhere(shop, checkout, lost.id)
      })
    }

    it(`${provider}: another way can be picked as well`, async (t) => {
      const shop = await open(t)
      const { checkout, lost } = await lose(shop, provider, LOST)
      const { body } = await shop.pick(checkout, 'redoya')
      await shop.comeBack(await shop.payByCard(body))
      assert.equal((await shop.read(checkout)).status, 'paid')
      await isNowhere(shop, checkout, lost.id)
    })
  }

  it('cryptom: is found by our id, and canceled there', async (t) => {
    const shop = await open(t)
    const { checkout, lost } = await lose(shop, 'cryptom', LOST)
    assert.equal((await booked(shop, 'cryptom')).status, 'PENDING')
    shop.clock.advance(16 * SECOND)
    const found = await shop.paymentBecomes(checkout, 0, 'canceled')
    const { id, reference, status } = await booked(shop, 'cryptom')
    assert.deepEqual([id, reference, status], [found.ref, lost.id, 'CANCELLED'])
    await isNowhere(shop, checkout, lost.id)
  })

  it('paycrypto: is found by our id, and watched until its end', async (t) => {
    const shop = await open(t)
    const { checkout, lost } = await lose(shop, 'paycrypto', LOST)
    const { id } = await booked(shop, 'paycrypto')
    shop.clock.advance(16 * SECOND)
    const found = await until('found', async () => {
      const payment = (await shop.detail(checkout)).payments[0]
      return payment?.ref ? payment : undefined
    })
    assert.deepEqual([found.ref, found.status], [id, 'review'])
    await shop.play('paycrypto', id, 'expire')
    shop.clock.advance(31 * SECOND)
    await shop.paymentBecomes(checkout, 0, 'expired')
    await isNowhere(shop, checkout, lost.id)
  })

  for (const [provider, question] of [
    ['cryptom', 'history'],
    ['paycrypto', 'query'],
  ] as const) {
    it(`${provider}: what is not there after a minute has failed, and not before`, async (t) => {
      const shop = await open(t)
      const { checkout, lost } = await lose(shop, provider, NEVER)
      shop.clock.advance(16 * SECOND)
      await until('asked', async () => (await shop.countCalls(provider, question)) > 0)
      await pause(100)
      assert.equal((await shop.detail(checkout)).payments[0]?.status, 'review')
      shop.clock.advance(45 * SECOND)
      await shop.paymentBecomes(checkout, 0, 'failed')
      await isNowhere(shop, checkout, lost.id)
    })
  }

  for (const provider of ['lipaykripto', 'lincoln'] as const) {
    it(`${provider}: what nobody can tell is over after a day, and not before`, async (t) => {
      const shop = await open(t)
      const { checkout, lost } = await lose(shop, provider, NEVER)
      shop.clock.advance(23.9 * HOUR)
      await pause(ROUND_MS)
      assert.equal((await shop.detail(checkout)).payments[0]?.status, 'review')
      shop.clock.advance(0.2 * HOUR)
      await shop.paymentBecomes(checkout, 0, 'expired')
      await isNowhere(shop, checkout, lost.id)
    })
  }

  it('is nobody’s to decide: no list of reviews has it', async (t) => {
    const shop = await open(t)
    const { checkout } = await lose(shop, 'lincoln', LOST)
    type List = { checkouts: readonly { id: string }[] }
    const { body } = await shop.merchant<List>('GET', '/checkouts?needsPerson=true')
    assert.ok(!body.checkouts.some(({ id }) => id === checkout.id))
  })
})

describe('a create that was lost, and paid all the same', SIDE_BY_SIDE, () => {
  for (const provider of ['cryptom', 'paycrypto', 'lipaykripto'] as const) {
    for (const isTold of [true, false]) {
      it(`${provider}: the money counts, ${isTold ? '' : 'not '}notified`, async (t) => {
        const shop = await open(t)
        if (!isTold) await shop.control('POST', '/notify', { provider, kind: 'lose' })
        const { checkout, lost } = await lose(shop, provider, LOST)
        await shop.play(provider, (await booked(shop, provider)).id, REMOTES[provider].paid)
        shop.clock.advance(16 * SECOND)
        await counts(shop, checkout, lost.id)
      })
    }
  }

  it('cryptom: after it was canceled there: late', async (t) => {
    const shop = await open(t)
    const { checkout, lost } = await lose(shop, 'cryptom', LOST)
    shop.clock.advance(16 * SECOND)
    const { ref } = await shop.paymentBecomes(checkout, 0, 'canceled')
    await shop.play('cryptom', ref, 'pay')
    shop.clock.advance(16 * SECOND)
    await counts(shop, checkout, lost.id)
    assert.equal((await shop.detail(checkout)).reason, 'late')
  })

  it('lipaykripto: after its day was over: its notification is heard all the same', async (t) => {
    const shop = await open(t)
    const { checkout, lost } = await lose(shop, 'lipaykripto', LOST)
    shop.clock.advance(24.1 * HOUR)
    await shop.paymentBecomes(checkout, 0, 'expired')
    await shop.play('lipaykripto', (await booked(shop, 'lipaykripto')).id, 'confirm')
    await counts(shop, checkout, lost.id)
  })

  it('lincoln: its notification is for a person, who can say so', async (t) => {
    const shop = await open(t)
    const { checkout, lost } = await lose(shop, 'lincoln', LOST)
    await shop.play('lincoln', (await booked(shop, 'lincoln')).id, 'done')
    await shop.paymentBecomes(checkout, 0, 'review', 'conflict')
    const told = await until('told', () =>
      shop.receiver.of(checkout).find(({ body }) => body.includes(lost.id)),
    )
    assert.equal(told.data.payments[0]?.reason, 'conflict')
    assert.equal((await shop.read(checkout)).status, 'pending', 'no proof, nothing shown')
    const resolution = { status: 'paid', note: 'Ada saw it in the cabinet' }
    await shop.merchant('POST', `/checkouts/${checkout.id}/resolve`, resolution)
    await counts(shop, checkout, lost.id)
  })

  it('lincoln: a forged notification of it changes nothing', async (t) => {
    const shop = await open(t)
    const { checkout } = await lose(shop, 'lincoln', LOST)
    await shop.control('POST', '/notify', { provider: 'lincoln', kind: 'forge', times: 0 })
    const { id: paymentId } = await booked(shop, 'lincoln')
    await shop.play('lincoln', paymentId, 'in-progress')
    await shop.paymentBecomes(checkout, 0, 'review', 'conflict')
    type Sent = { readonly isForged: boolean; readonly attempts: readonly { status: number }[] }
    const sent = await shop.control<readonly Sent[]>('GET', '/notifications')
    const forged = sent.filter(({ isForged }) => isForged)
    assert.deepEqual(
      forged.map(({ attempts }) => attempts.map(({ status }) => status)),
      [[404]],
    )
  })

  it('and the second attempt as well: told as a duplicate', async (t) => {
    const shop = await open(t)
    const { checkout, lost } = await lose(shop, 'paycrypto', LOST)
    const { body } = await shop.pick(checkout, 'redoya')
    await shop.comeBack(await shop.payByCard(body))
    await shop.play('paycrypto', (await booked(shop, 'paycrypto')).id, 'success')
    await shop.paymentBecomes(checkout, 0, 'paid', 'duplicate')
    const told = await until('told', () =>
      shop.receiver.of(checkout).find(({ body: text }) => text.includes('"duplicate"')),
    )
    assert.deepEqual(
      told.data.payments.map(({ id, reason }) => [id === lost.id, reason]),
      [
        [true, 'duplicate'],
        [false, null],
      ],
    )
  })
})

describe('a proxy that dies while it makes a payment', SIDE_BY_SIDE, () => {
  /** The first time that it comes to `point`, it does nothing more for the request. */
  function dieAt(point: Failpoint): Partial<ProxyOptions> {
    let isAlive = true
    return {
      reached(reached) {
        if (reached !== point || !isAlive) return
        isAlive = false
        throw new Error('died here')
      },
    }
  }

  it('closed while the provider takes its time: the next one finds what it made', async (t) => {
    const held = Promise.withResolvers<void>()
    const shop = await open(t, {
      async fetch(url, init) {
        const response = await fetch(url, init)
        if (String(url).endsWith('/api/transaction/create')) await held.promise
        return response
      },
    })
    const checkout = await shop.open()
    const picked = shop.pick(checkout, 'cryptom')
    await until('made', async () => (await shop.booked('cryptom')).length > 0)
    await shop.restart({}, { fetch })
    assert.equal((await shop.pick(checkout, 'redoya')).body.payment?.methodId, 'redoya')
    shop.clock.advance(31 * SECOND)
    await shop.paymentBecomes(checkout, 0, 'review', 'unconfirmed')
    shop.clock.advance(16 * SECOND)
    const found = await shop.paymentBecomes(checkout, 0, 'canceled')
    const { id, status } = await booked(shop, 'cryptom')
    assert.deepEqual([found.ref, status], [id, 'CANCELLED'])
    held.resolve()
    assert.ok((await picked).status >= 500)
    const { payment } = await shop.read(checkout)
    assert.equal(payment?.methodId, 'redoya', 'an end that comes afterwards shows nothing')
  })

  for (const provider of PROVIDERS) {
    for (const point of ['intent_stored', 'payment_created'] as const) {
      it(`${provider}, ${point}: another way at once, the same one after half a minute`, async (t) => {
        const shop = await open(t, dieAt(point))
        const checkout = await shop.open({ methods: [provider, 'redoya', 'cryptom'] })
        const { status } = await shop.pick(checkout, provider)
        assert.ok(status >= 500)
        await shop.restart({}, { reached: () => undefined })
        const other = provider === 'redoya' ? 'cryptom' : 'redoya'
        assert.equal((await shop.pick(checkout, other)).body.payment?.status, 'pending')
        shop.clock.advance(31 * SECOND)
        await shop.paymentBecomes(checkout, 0, 'review', 'unconfirmed')
        const { body } = await shop.pick(checkout, provider)
        const again = (await shop.detail(checkout)).payments.at(-1) ?? assert.fail()
        assert.equal(body.payment?.id, again.id)
        await shop.pay(body, again)
        await shop.refreshed(checkout)
        const [first] = (await shop.becomes(checkout, 'paid')).payments
        await isNowhere(shop, checkout, first?.id ?? '')
      })
    }
  }

  it('redoya: nothing was made anywhere, so it has failed after a minute', async (t) => {
    const shop = await open(t, dieAt('intent_stored'))
    const checkout = await shop.open()
    await shop.pick(checkout, 'redoya')
    shop.clock.advance(61 * SECOND)
    await shop.paymentBecomes(checkout, 0, 'review', 'unconfirmed')
    shop.clock.advance(16 * SECOND)
    await shop.paymentBecomes(checkout, 0, 'failed')
  })

  it('the same way at once waits for the one under way, gives it up, and makes another', async (t) => {
    const shop = await open(t, dieAt('intent_stored'))
    const checkout = await shop.open()
    await shop.pick(checkout, 'cryptom')
    const second = shop.pick(checkout, 'cryptom')
    await pause(300)
    assert.equal((await shop.detail(checkout)).payments.length, 1)
    shop.clock.advance(31 * SECOND)
    const { payment } = (await second).body
    assert.equal(payment?.status, 'pending')
    const [lost, made, ...more] = (await shop.detail(checkout)).payments
    assert.deepEqual([lost?.reason, made?.id, more], ['unconfirmed', payment.id, []])
  })
})

describe('a notification before the answer to the create', SIDE_BY_SIDE, () => {
  const CREATE_PATH = /\/(order\/create|payment|external-payment-request)\/?(\?|$)/

  for (const provider of ['paycrypto', 'lincoln', 'lipaykripto'] as const) {
    it(`${provider}: paid once, and shown as paid`, async (t) => {
      const held = Promise.withResolvers<void>()
      const shop = await open(t, {
        async fetch(url, init) {
          const response = await fetch(url, init)
          const isCreate = init?.method === 'POST' && CREATE_PATH.test(String(url))
          if (isCreate) await held.promise
          return response
        },
      })
      if (provider === 'lipaykripto') await shop.restart({ LIPAYKRIPTO_STATUS_API_KEY: undefined })
      const checkout = await shop.open({ methods: [provider] })
      const picked = shop.pick(checkout, provider)
      await until('made', async () => (await shop.booked(provider)).length > 0)
      await shop.play(provider, (await booked(shop, provider)).id, REMOTES[provider].paid)
      await until('acknowledged', async () => {
        const sent = await shop.control<readonly { state: string }[]>('GET', '/notifications')
        return sent.at(-1)?.state === 'delivered'
      })
      assert.equal((await shop.detail(checkout)).payments[0]?.ref, null, 'not answered yet')
      held.resolve()
      const { body } = await picked
      assert.deepEqual([body.status, body.payment?.status], ['paid', 'paid'])
      assert.equal(body.payment?.nextAction, null, 'no page to pay on')
      const [payment, ...more] = (await shop.detail(checkout)).payments
      assert.deepEqual(more, [])
      assert.ok(payment?.ref)
      assert.equal(payment.facts.filter(({ status }) => status === 'paid').length, 1)
      const told = await until('told', () =>
        shop.receiver.of(checkout).find(({ type }) => type === 'checkout.paid'),
      )
      assert.equal(told.data.payments[0]?.id, payment.id)
    })
  }
})
