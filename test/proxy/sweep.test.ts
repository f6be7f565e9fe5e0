import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { TestContext } from 'node:test'
import type { Checkout } from '../../protocol/payment.ts'
import { pause, startShop, until } from './shop.ts'
import type { DetailedPayment, Shop } from './shop.ts'

const SECOND = 1000
const HOUR = 3600 * SECOND
const ROUND_MS = 1300

/** No notification of PayCrypto's ever arrives, and its orders live for a day. */
async function open(t: TestContext): Promise<Shop> {
  const shop = await startShop({ PAYCRYPTO_EXPIRE: '86400' })
  t.after(() => shop.close())
  await shop.control('POST', '/notify', { provider: 'paycrypto', kind: 'lose', times: 0 })
  return shop
}

type Begun = { readonly checkout: Checkout; readonly payment: DetailedPayment }

/** Payments that are hours old, just looked at: nobody asks about them by themselves for minutes. */
async function beginHoursAgo(shop: Shop, count: number): Promise<readonly Begun[]> {
  const begun = []
  for (let n = 0; n < count; n += 1) begun.push(await shop.begin('paycrypto'))
  shop.clock.advance(3 * HOUR)
  const asked = () => shop.countCalls('paycrypto', 'query')
  await until('all looked at', async () => (await asked()) >= count)
  await pause(ROUND_MS)
  return begun
}

describe('the sweep of a provider’s list', { concurrency: true }, () => {
  it('heals an outage of the notifications in one go', async (t) => {
    const shop = await open(t)
    const begun = await beginHoursAgo(shop, 8)
    const asked = await shop.countCalls('paycrypto', 'query')
    const [unpaid, ...paid] = begun
    for (const { payment } of paid) await shop.play('paycrypto', payment.ref, 'success')
    await pause(ROUND_MS)
    const before = await shop.detail(paid[0]?.checkout ?? assert.fail())
    assert.equal(before.status, 'pending', 'nobody heard of it')
    shop.clock.advance(61 * SECOND)
    for (const { checkout } of paid) await shop.becomes(checkout, 'paid')
    assert.equal((await shop.detail(unpaid?.checkout ?? assert.fail())).status, 'pending')
    assert.equal(
      await shop.countCalls('paycrypto', 'query'),
      asked + paid.length,
      'only what differs is asked about',
    )
    const told = (id: string) =>
      shop.receiver.of({ id }).some(({ type }) => type === 'checkout.paid')
    await until('the merchant is told', () => paid.every(({ checkout }) => told(checkout.id)))
  })

  it('finds the refund of what was paid', async (t) => {
    const shop = await open(t)
    const { checkout, payment } = await shop.begin('paycrypto')
    await shop.play('paycrypto', payment.ref, 'success')
    await shop.refreshed(checkout)
    await shop.becomes(checkout, 'paid')
    await shop.play('paycrypto', payment.ref, 'refunding')
    shop.clock.advance(61 * SECOND)
    await shop.becomes(checkout, 'refunding')
    await shop.play('paycrypto', payment.ref, 'refunded')
    shop.clock.advance(61 * SECOND)
    await shop.becomes(checkout, 'refunded')
    await until('the merchant is told', () =>
      shop.receiver.of(checkout).some(({ type }) => type === 'checkout.refunded'),
    )
  })

  it('asks nothing while all is as it is known', async (t) => {
    const shop = await open(t)
    await beginHoursAgo(shop, 3)
    const asked = await shop.countCalls('paycrypto', 'query')
    const listed = await shop.countCalls('paycrypto', 'list')
    for (let minutes = 0; minutes < 3; minutes += 1) {
      shop.clock.advance(61 * SECOND)
      await pause(ROUND_MS)
    }
    assert.equal(await shop.countCalls('paycrypto', 'list'), listed + 3)
    assert.equal(await shop.countCalls('paycrypto', 'query'), asked)
  })

  it('does not ask for a list where there is nothing to compare', async (t) => {
    const shop = await open(t)
    await shop.begin('redoya')
    shop.clock.advance(61 * SECOND)
    await pause(2 * ROUND_MS)
    assert.equal(await shop.countCalls('paycrypto', 'list'), 0)
  })

  it('is made by one of two proxies, once a minute', async (t) => {
    const shop = await open(t)
    const other = await shop.join()
    t.after(() => other.close())
    await beginHoursAgo(shop, 2)
    await pause(ROUND_MS)
    const before = await shop.countCalls('paycrypto', 'list')
    for (let minutes = 0; minutes < 3; minutes += 1) {
      shop.clock.advance(61 * SECOND)
      await pause(2 * ROUND_MS)
    }
    assert.equal(await shop.countCalls('paycrypto', 'list'), before + 3)
  })

  it('the other goes on where the one has ended', async (t) => {
    const shop = await open(t)
    const other = await shop.join()
    t.after(() => other.close())
    const [begun] = await beginHoursAgo(shop, 1)
    assert.ok(begun)
    await shop.proxy.close()
    await shop.play('paycrypto', begun.payment.ref, 'success')
    shop.clock.advance(61 * SECOND)
    const path = `/v1/checkouts/${begun.checkout.id}`
    await until('paid', async () => {
      const answer = await other.fetch(new Request(`${shop.url}${path}`))
      return ((await answer.json()) as Checkout).status === 'paid'
    })
  })

  it('that fails is made again the next minute', async (t) => {
    const shop = await open(t)
    const [begun] = await beginHoursAgo(shop, 1)
    assert.ok(begun)
    await shop.breakNext('paycrypto', 'list', 'status-500')
    await shop.play('paycrypto', begun.payment.ref, 'success')
    shop.clock.advance(61 * SECOND)
    await until('it failed', () => shop.logs.some((line) => line.includes('"listRecent"')))
    assert.equal((await shop.detail(begun.checkout)).status, 'pending')
    shop.clock.advance(61 * SECOND)
    await shop.becomes(begun.checkout, 'paid')
  })
})
