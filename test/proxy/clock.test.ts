import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { TestContext } from 'node:test'
import type { ProxyOptions } from '../../proxy/create-proxy.ts'
import { PROVIDERS, pause, startShop, until } from './shop.ts'
import type { Shop } from './shop.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const STEPS = { 'ten minutes ahead': 10 * MINUTE, 'ten minutes back': -10 * MINUTE } as const
const ROUND_MS = 1300

/** A shop whose proxy has a clock of its own, beside everybody else’s. */
async function open(t: TestContext, options: Partial<ProxyOptions> = {}) {
  let step = 0
  const now = (): number => (shop?.clock.now() ?? Date.now()) + step
  let shop: Shop | undefined
  const started = await startShop({}, { now, ...options })
  shop = started
  t.after(() => started.close())
  return {
    shop: started,
    /** Sets the proxy's clock, and nobody else's. */
    set(ms: number) {
      step = ms
    },
  }
}

describe('a clock that is set', { concurrency: true }, () => {
  for (const [name, ms] of Object.entries(STEPS)) {
    for (const provider of PROVIDERS) {
      it(`${name}, for everybody, in the middle of a ${provider} payment: paid is paid`, async (t) => {
        const { shop } = await open(t)
        const { checkout, payment } = await shop.begin(provider)
        await until('told', () => shop.receiver.of(checkout).length === 1)
        shop.clock.advance(ms)
        await pause(ROUND_MS)
        assert.equal((await shop.read(checkout)).payment?.status, 'pending')
        await shop.pay(checkout, payment)
        if (provider === 'cryptom') await shop.refreshed(checkout)
        if (provider === 'redoya' && ms < 0) {
          // A card's proof is only good in its time: another one is for a person, never lost.
          await shop.paymentBecomes(checkout, 0, 'review', 'conflict')
          return
        }
        const paid = await shop.becomes(checkout, 'paid')
        assert.equal(paid.reason, null)
        assert.ok(paid.receipt)
        await until('told', () =>
          shop.receiver.of(checkout).find(({ type }) => type === 'checkout.paid'),
        )
      })

      it(`${name}, for the proxy alone, and then right again: ${provider} is not lost`, async (t) => {
        const { shop, set } = await open(t)
        const { checkout, payment } = await shop.begin(provider)
        set(ms)
        await shop.pay(checkout, payment)
        shop.clock.advance(16 * SECOND)
        await pause(ROUND_MS)
        const before = (await shop.detail(checkout)).payments[0]
        assert.ok(['pending', 'paid', 'review'].includes(before?.status ?? ''), before?.status)
        set(0)
        shop.clock.advance(16 * SECOND)
        const after = await until('settled', async () => {
          await shop.refreshed(checkout)
          const { status } = await shop.detail(checkout)
          return status === 'pending' ? undefined : status
        })
        if (provider === 'redoya' && ms < 0) assert.equal(after, 'review')
        else assert.equal(after, 'paid')
      })
    }
  }

  it('back: a watching browser sees the money within its next polls', async (t) => {
    const { shop } = await open(t)
    const { checkout, payment } = await shop.begin('cryptom')
    assert.equal((await shop.read(checkout)).status, 'pending')
    shop.clock.advance(-10 * MINUTE)
    await shop.play('cryptom', payment.ref, 'pay')
    shop.clock.advance(4 * SECOND)
    assert.equal((await shop.read(checkout)).status, 'paid')
  })

  it('back: the worker goes on looking, with no browser', async (t) => {
    const { shop } = await open(t)
    const { checkout, payment } = await shop.begin('cryptom')
    shop.clock.advance(-10 * MINUTE)
    await shop.play('cryptom', payment.ref, 'pay')
    shop.clock.advance(31 * SECOND)
    await shop.becomes(checkout, 'paid')
  })

  it('back, while the proxy was down: what was planned by the wrong one is due at once', async (t) => {
    const { shop, set } = await open(t)
    const { checkout, payment } = await shop.begin('cryptom')
    set(120 * MINUTE)
    await pause(2 * ROUND_MS)
    await shop.proxy.close()
    set(0)
    await shop.play('cryptom', payment.ref, 'pay')
    await shop.restart()
    await shop.becomes(checkout, 'paid')
    assert.ok(shop.logs.some((line) => line.includes('"clock.set_back"')))
  })

  it('that differs a little between proxies is not set back', async (t) => {
    const { shop, set } = await open(t)
    await shop.proxy.close()
    set(-20 * SECOND)
    await shop.restart()
    await pause(ROUND_MS)
    assert.ok(!shop.logs.some((line) => line.includes('"clock.set_back"')))
  })

  it('back: what waits to be told is told within half a minute', async (t) => {
    const { shop } = await open(t)
    shop.receiver.behave(500)
    const { checkout } = await shop.begin('redoya')
    await until('tried', async () => (await shop.deliveries())[0]?.answer === '500')
    shop.clock.advance(-10 * MINUTE)
    shop.receiver.behave(204)
    shop.clock.advance(31 * SECOND)
    await until('told', async () => (await shop.deliveries())[0]?.status === 'delivered')
    assert.equal(shop.receiver.of(checkout).length, 2)
  })

  it('back: who is down is asked every half minute whether it is back', async (t) => {
    const { shop } = await open(t)
    shop.receiver.behave(500)
    const { checkout } = await shop.begin('cryptom')
    for (const wait of [6, 40, 150]) {
      await pause(ROUND_MS)
      shop.clock.advance(wait * SECOND)
    }
    await pause(2 * ROUND_MS)
    shop.clock.advance(-10 * MINUTE)
    await until('noticed', () => shop.logs.some((line) => line.includes('"clock.set_back"')))
    await pause(2 * ROUND_MS)
    const [waiting] = await shop.deliveries()
    assert.ok(Date.parse(waiting?.nextAt ?? '') > shop.clock.now() + MINUTE)
    shop.receiver.behave(204)
    shop.clock.advance(31 * SECOND)
    await until('told', async () =>
      (await shop.deliveries('?status=delivered')).some((each) => each.checkoutId === checkout.id),
    )
  })

  it('back: what a person decides counts, although it seems the older word', async (t) => {
    const { shop } = await open(t)
    const { checkout, payment } = await shop.begin('paycrypto')
    const amount = { amount: '12.00', currency: 'USDT' }
    await shop.play('paycrypto', payment.ref, 'success', amount)
    await shop.paymentBecomes(checkout, 0, 'review', 'underpaid')
    shop.clock.advance(-10 * MINUTE)
    const resolution = { status: 'failed', note: 'Ada sent it back' }
    await shop.merchant('POST', `/checkouts/${checkout.id}/resolve`, resolution)
    await shop.paymentBecomes(checkout, 0, 'failed')
  })

  it('back: what was just written is told within seconds', async (t) => {
    const { shop } = await open(t)
    for (let times = 0; times < 3; times += 1) {
      const { checkout } = await shop.begin('redoya')
      shop.clock.advance(-10 * MINUTE)
      await until('told', () => shop.receiver.of(checkout)[0])
    }
  })

  it('back: a provider that asked for quiet is not left alone for longer than it could ask', async (t) => {
    const { shop } = await open(t)
    const { checkout } = await shop.begin('cryptom')
    await shop.breakNext('cryptom', 'detail', 'status-429', { retryAfter: '10' })
    await shop.refreshed(checkout)
    shop.clock.advance(-10 * MINUTE)
    shop.clock.advance(11 * SECOND)
    assert.equal((await shop.pick(await shop.open(), 'cryptom')).status, 200)
    await shop.breakNext('cryptom', 'create', 'status-429', { retryAfter: '10' })
    await shop.pick(await shop.open({ methods: ['cryptom'] }), 'cryptom')
    const asked = await shop.countCalls('cryptom')
    await shop.pick(await shop.open({ methods: ['cryptom'] }), 'cryptom')
    assert.equal(await shop.countCalls('cryptom'), asked, 'it is heard when it asks again')
  })

  it('back: one that was down is asked whether it is up', async (t) => {
    const { shop } = await open(t)
    await shop.breakNext('cryptom', 'create', 'status-500', { times: 5 })
    for (let n = 0; n < 5; n += 1) await shop.pick(await shop.open(), 'cryptom')
    assert.equal((await shop.pick(await shop.open(), 'cryptom')).status, 503)
    shop.clock.advance(-10 * MINUTE)
    shop.clock.advance(11 * SECOND)
    assert.equal((await shop.pick(await shop.open(), 'cryptom')).status, 200)
  })

  it('back: lincoln’s time goes on rising', async (t) => {
    const { shop } = await open(t)
    await shop.control('POST', '/lincoln/settings', { httpErrors: true })
    await shop.begin('lincoln')
    shop.clock.advance(-10 * MINUTE)
    await shop.begin('lincoln')
    shop.clock.advance(16 * SECOND)
    await pause(ROUND_MS)
    type Ledger = { lincoln: { calls: readonly { readonly status: number }[] } }
    const { lincoln } = await shop.control<Ledger>('GET', '/ledger')
    assert.deepEqual([...new Set(lincoln.calls.map(({ status }) => status))], [200])
  })

  it('ahead, while a payment is being made: it was given up, so it is not shown, and canceled', async (t) => {
    const held = Promise.withResolvers<void>()
    const { shop } = await open(t, {
      async fetch(url, init) {
        const response = await fetch(url, init)
        if (String(url).endsWith('/api/transaction/create')) await held.promise
        return response
      },
    })
    const checkout = await shop.open({ methods: ['cryptom', 'redoya'] })
    const picked = shop.pick(checkout, 'cryptom')
    await until('made', async () => (await shop.booked('cryptom')).length > 0)
    shop.clock.advance(10 * MINUTE)
    await shop.paymentBecomes(checkout, 0, 'review', 'unconfirmed')
    held.resolve()
    const { body } = await picked
    assert.ok(!body.payment, 'what was given up is not shown')
    await until('canceled', async () => (await shop.booked('cryptom'))[0]?.status === 'CANCELLED')
    assert.equal((await shop.pick(checkout, 'cryptom')).body.payment?.status, 'pending')
  })

  it('ahead, while the merchant is being told: told once', async (t) => {
    const held = Promise.withResolvers<void>()
    const { shop } = await open(t, {
      async fetch(url, init) {
        const response = await fetch(url, init)
        if (String(url) === shop.receiver.url) await held.promise
        return response
      },
    })
    const { checkout } = await shop.begin('cryptom')
    await until('told', () => shop.receiver.of(checkout).length > 0)
    for (let step = 0; step < 3; step += 1) {
      shop.clock.advance(10 * MINUTE)
      await pause(ROUND_MS)
    }
    const told = shop.receiver.of(checkout).map(({ id }) => id)
    assert.equal(new Set(told).size, told.length, 'nothing twice')
    held.resolve()
  })

  for (const [name, ms] of Object.entries(STEPS)) {
    it(`${name} in one of two proxies: every payment comes to its end`, async (t) => {
      const { shop } = await open(t)
      const other = await shop.join({}, { now: () => shop.clock.now() + ms })
      t.after(() => other.close())
      const begun = []
      for (const provider of PROVIDERS) {
        // The one that is ahead may think that a payment is lost which the other is just making.
        const shown = await until(`${provider} is shown`, async () => {
          const each = await shop.begin(provider)
          return each.checkout.payment && each
        })
        begun.push(shown)
      }
      await pause(2 * ROUND_MS)
      for (const { checkout, payment } of begun) {
        await shop.pay(checkout, payment)
        shop.clock.advance(4 * SECOND)
        await shop.refreshed(checkout)
        const { reason } = await shop.becomes(checkout, 'paid')
        assert.equal(reason, null)
      }
      await until('the merchant is told', () => {
        const paid = shop.receiver.told.filter(({ type }) => type === 'checkout.paid')
        return new Set(paid.map(({ data }) => data.id)).size === begun.length
      })
    })
  }
})
