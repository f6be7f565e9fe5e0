import assert from 'node:assert/strict'
import { after, afterEach, before, describe, it } from 'node:test'
import type { Checkout } from '../../protocol/payment.ts'
import { startShop } from './shop.ts'
import type { ProviderName } from './shop.ts'

type Shop = Awaited<ReturnType<typeof startShop>>

interface Refusal {
  readonly code: string
}

const MINUTE = 60_000
const TRX = 'cryptom:TRX:TRON'
const USDT = 'cryptom:USDT:TRON'
const LINCOLN = `lincoln:65a0${'1'.padStart(20, '0')}`

/** What a checkout may reserve at providers (T28): three at a time within 15 minutes. */
describe('live payments of a checkout', () => {
  let shop: Shop
  before(async () => {
    shop = await startShop({ MAX_ATTEMPTS: undefined })
  })
  afterEach(() => shop.control('DELETE', '/faults'))
  after(() => shop.close())

  const pickAll = async (checkout: Checkout, providers: readonly ProviderName[]) => {
    for (const provider of providers) {
      const { status, body } = await shop.pick(checkout, provider)
      assert.equal(status, 200, `${provider}: ${JSON.stringify(body)}`)
    }
  }
  const start = (checkout: Checkout, methodId: string) =>
    shop.request<Checkout & Refusal>('POST', `/v1/checkouts/${checkout.id}/payments`, { methodId })

  it('the fourth that would reserve something is refused, and its provider not asked', async () => {
    const checkout = await shop.open()
    await pickAll(checkout, ['lipaykripto', 'paycrypto', 'lincoln'])
    const calls = await shop.countCalls('cryptom')
    const { status, body, headers } = await start(checkout, USDT)
    assert.deepEqual([status, body.code], [429, 'too_many_attempts'])
    const seconds = Number(headers.get('retry-after'))
    assert.ok(seconds > 14 * 60 && seconds <= 15 * 60, String(seconds))
    assert.equal(await shop.countCalls('cryptom'), calls)
    const shown = await shop.read(checkout)
    assert.equal(shown.status, 'pending')
    assert.match(shown.payment?.methodId ?? '', /^lincoln/, 'what was begun goes on')
  })

  it('the one that is under way is given again, as often as it is asked for', async () => {
    const checkout = await shop.open()
    await pickAll(checkout, ['lipaykripto', 'lincoln', 'paycrypto'])
    const first = await shop.pick(checkout, 'paycrypto')
    for (let again = 0; again < 5; again += 1) {
      const { status, body } = await shop.pick(checkout, 'paycrypto')
      assert.deepEqual([status, body.payment?.id], [200, first.body.payment?.id])
    }
  })

  it('fifty taps at once on different ways to pay begin three at most', async () => {
    const checkout = await shop.open()
    const providers = ['lipaykripto', 'paycrypto', 'lincoln', 'cryptom'] as const
    await Promise.all(
      Array.from({ length: 50 }, (_, place) =>
        shop.pick(checkout, providers[place % providers.length] ?? 'cryptom'),
      ),
    )
    const { payments } = await shop.detail(checkout)
    // One that was canceled at its provider made room for another.
    const live = payments.filter(({ status }) => status !== 'canceled')
    assert.ok(live.length <= 3, payments.map(({ provider }) => provider).join(', '))
  })

  it('after a quarter of an hour there is room again', async () => {
    const checkout = await shop.open()
    await pickAll(checkout, ['lipaykripto', 'paycrypto', 'lincoln'])
    shop.clock.advance(14 * MINUTE)
    const early = await start(checkout, USDT)
    assert.equal(early.status, 429)
    assert.ok(Number(early.headers.get('retry-after')) <= 60)
    shop.clock.advance(2 * MINUTE)
    assert.equal((await start(checkout, USDT)).status, 200)
  })

  it('what was canceled at the provider holds nothing there', async () => {
    const checkout = await shop.open()
    for (let turn = 0; turn < 6; turn += 1) {
      const { status, body } = await start(checkout, turn % 2 ? TRX : USDT)
      assert.equal(status, 200, JSON.stringify(body))
    }
    const { payments } = await shop.detail(checkout)
    assert.equal(payments.filter(({ status }) => status === 'canceled').length, 5)
  })

  it('a link that its provider has not heard of reserves nothing: Redoya’s', async () => {
    const checkout = await shop.open()
    await pickAll(checkout, ['redoya', 'cryptom', 'redoya', 'cryptom', 'redoya', 'cryptom'])
    await pickAll(checkout, ['redoya', 'lipaykripto', 'redoya', 'lincoln', 'redoya', 'paycrypto'])
  })

  it('nor does one that the provider refused', async () => {
    const checkout = await shop.open({ methods: [TRX] })
    for (let turn = 0; turn < 4; turn += 1) {
      await shop.breakNext('cryptom', 'create', 'status-429')
      const { body } = await start(checkout, TRX)
      assert.match(body.code, /^provider_/)
      shop.clock.advance(6000)
    }
    assert.equal((await start(checkout, TRX)).status, 200)
  })

  it('one whose answer was lost may exist, and counts half', async () => {
    const checkout = await shop.open({ methods: [TRX, LINCOLN] })
    for (let turn = 0; turn < 5; turn += 1) {
      await shop.breakNext('lincoln', 'create', 'reset', { afterEffect: true })
      const { body } = await shop.pick(checkout, 'lincoln')
      assert.match((body as Partial<Refusal>).code ?? '', /^provider_/)
    }
    const { status, body } = await start(checkout, TRX)
    assert.deepEqual([status, body.code], [429, 'too_many_attempts'])
  })

  it('another checkout has its own', async () => {
    const [one, other] = [await shop.open(), await shop.open()]
    await pickAll(one, ['lipaykripto', 'paycrypto', 'lincoln'])
    await pickAll(other, ['cryptom'])
  })
})
