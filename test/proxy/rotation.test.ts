import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { decodeProtectedHeader, exportJWK, generateKeyPair } from 'jose'
import type { JSONWebKeySet, JWK } from 'jose'
import { signOrder, verifyReceipt, verifyWebhook } from '../../merchant/index.ts'
import type { Checkout } from '../../protocol/payment.ts'
import { WEBHOOK_SECRET, startShop, until } from './shop.ts'
import type { DetailedPayment, ProviderName, Shop } from './shop.ts'
import { MERCHANT_KEY, ORDER_SECRET } from './support.ts'

const OLD_PROXY_SECRET = 'test-proxy-secret-0123456789-abcdef'
const NEW_PROXY_SECRET = 'another-proxy-secret-0123456789-abcdef'

/** Every test goes from one secret over two to the other, with a new process each time. */
describe('replacing', () => {
  let shop: Shop
  before(async () => {
    shop = await startShop()
  })
  after(() => shop.close())

  const keys = async (): Promise<JSONWebKeySet> =>
    (await shop.request<JSONWebKeySet>('GET', '/.well-known/jwks.json')).body

  async function paidReceipt(): Promise<string> {
    const { checkout, payment } = await shop.begin('redoya')
    await shop.pay(checkout, payment)
    return (await shop.read(checkout)).receipt ?? assert.fail()
  }

  const verify = async (receipt: string) =>
    verifyReceipt(receipt, {
      issuer: shop.url,
      jwks: await keys(),
      allowAnyOrder: true,
      allowTest: true,
    })

  const kidOf = (receipt: string): string => decodeProtectedHeader(receipt).kid ?? assert.fail()

  describe('PROXY_SECRET', () => {
    const begun = new Map<ProviderName, { checkout: Checkout; payment: DetailedPayment }>()
    let receipt = ''

    it('the old one second: what is sealed opens, and receipts keep their key', async () => {
      receipt = await paidReceipt()
      const lincoln = await shop.begin('lincoln')
      for (const provider of ['cryptom', 'paycrypto', 'lipaykripto'] as const) {
        begun.set(provider, await shop.begin(provider))
      }
      await shop.restart({ PROXY_SECRET: `${NEW_PROXY_SECRET},${OLD_PROXY_SECRET}` })
      // The order's number and secret, without which nobody answers, are sealed in the store.
      await shop.pay(lincoln.checkout, lincoln.payment)
      await shop.becomes(lincoln.checkout, 'paid')
      assert.equal(kidOf(await paidReceipt()), kidOf(receipt))
      begun.set('lincoln', await shop.begin('lincoln'))
    })

    it('the old one gone: a new key signs, old receipts are good, what the new one sealed opens', async () => {
      await shop.restart({ PROXY_SECRET: NEW_PROXY_SECRET })
      const fresh = await paidReceipt()
      assert.notEqual(kidOf(fresh), kidOf(receipt))
      assert.equal((await keys()).keys.length, 2)
      await verify(fresh)
      await verify(receipt)
      const { checkout, payment } = begun.get('lincoln') ?? assert.fail()
      await shop.pay(checkout, payment)
      await shop.becomes(checkout, 'paid')
      await shop.restart({ PROXY_SECRET: NEW_PROXY_SECRET })
      assert.equal(kidOf(await paidReceipt()), kidOf(fresh), 'made once')
    })

    for (const provider of ['cryptom', 'paycrypto', 'lipaykripto'] as const) {
      it(`${provider}: money for a payment of the old one’s time still counts`, async () => {
        const { checkout, payment } = begun.get(provider) ?? assert.fail()
        await shop.pay(checkout, payment)
        shop.clock.advance(16_000)
        await shop.becomes(checkout, 'paid')
      })
    }
  })

  it('ORDER_SECRET: two at once, then the old one is refused', async () => {
    const next = 'another-order-secret-0123456789-abcdef'
    const open = async (secret: string, orderId: string) => {
      const order = { orderId, amount: '300.00', currency: 'TRY' }
      const orderToken = await signOrder(order, { secret, now: shop.clock.now() })
      return shop.request<Checkout & { code?: string }>('POST', '/v1/checkouts', { orderToken })
    }
    const { body: begun } = await open(ORDER_SECRET, 'OS-1')
    assert.equal((await open(next, 'OS-2')).body.code, 'invalid_order_token')
    await shop.restart({ ORDER_SECRET: `${next},${ORDER_SECRET}` })
    assert.equal((await open(next, 'OS-2')).status, 201)
    assert.equal((await open(ORDER_SECRET, 'OS-3')).status, 201)
    await shop.restart({ ORDER_SECRET: next })
    const refused = await open(ORDER_SECRET, 'OS-4')
    assert.deepEqual([refused.status, refused.body.code], [401, 'invalid_order_token'])
    const again = await open(next, 'OS-1')
    assert.deepEqual([again.status, again.body.id], [200, begun.id], 'the same order')
    assert.equal((await shop.pick(begun, 'redoya')).status, 200)
  })

  it('MERCHANT_API_KEY: two at once, then the old one is refused', async () => {
    const next = 'another-merchant-key-0123456789-abcdef'
    const statuses = async () =>
      Promise.all(
        [MERCHANT_KEY, next].map(async (key) => {
          const headers = { authorization: `Bearer ${key}` }
          return (await shop.request('GET', '/v1/merchant/checkouts', undefined, headers)).status
        }),
      )
    assert.deepEqual(await statuses(), [200, 401])
    await shop.restart({ MERCHANT_API_KEY: `${next},${MERCHANT_KEY}` })
    assert.deepEqual(await statuses(), [200, 200])
    await shop.restart({ MERCHANT_API_KEY: next })
    assert.deepEqual(await statuses(), [401, 200])
    await shop.restart()
  })

  it('MERCHANT_WEBHOOK_SECRET: two at once, then the old one is refused, for what waited too', async () => {
    const next = `whsec_${Buffer.alloc(40, 'another').toString('base64')}`
    const accepted = async (checkout: { id: string }, place: number) => {
      const told = await until('told', () => shop.receiver.of(checkout)[place])
      const opens = async (secret: string): Promise<boolean> =>
        verifyWebhook(told, { secret, now: shop.clock.now() }).then(
          () => true,
          () => false,
        )
      return [await opens(WEBHOOK_SECRET), await opens(next)]
    }
    const { checkout: old } = await shop.begin('redoya')
    assert.deepEqual(await accepted(old, 0), [true, false])
    await shop.restart({ MERCHANT_WEBHOOK_SECRET: `${next},${WEBHOOK_SECRET}` })
    const { checkout: both } = await shop.begin('redoya')
    assert.deepEqual(await accepted(both, 0), [true, true])
    shop.receiver.behave(500)
    const { checkout: waiting } = await shop.begin('redoya')
    assert.deepEqual(await accepted(waiting, 0), [true, true])
    await shop.restart({ MERCHANT_WEBHOOK_SECRET: next })
    shop.receiver.behave(204)
    shop.clock.advance(7000)
    assert.deepEqual(await accepted(waiting, 1), [false, true], 'signed as it is sent')
  })

  it('RECEIPT_KEY: from our own to a configured one, over two, to another', async () => {
    const first = await makeKey('EdDSA')
    const second = await makeKey('ES256')
    const ours = await paidReceipt()
    await shop.restart({ RECEIPT_KEY: JSON.stringify(first) })
    const signedByFirst = await paidReceipt()
    assert.equal(decodeProtectedHeader(signedByFirst).alg, 'EdDSA')
    await verify(signedByFirst)
    await verify(ours)
    await shop.restart({ RECEIPT_KEY: JSON.stringify({ keys: [second, first] }) })
    const signedBySecond = await paidReceipt()
    assert.equal(kidOf(signedBySecond), second.kid)
    for (const receipt of [ours, signedByFirst, signedBySecond]) await verify(receipt)
    await shop.restart({ RECEIPT_KEY: JSON.stringify({ keys: [second] }) })
    await verify(ours)
    await verify(signedBySecond)
    await assert.rejects(verify(signedByFirst), { code: 'unknown_key' })
    const published = JSON.stringify(await keys())
    for (const { d = '' } of [first, second]) assert.ok(!published.includes(d))
    await shop.restart({ RECEIPT_KEY: undefined })
    assert.equal(kidOf(await paidReceipt()), kidOf(ours), 'and back to our own')
  })
})

async function makeKey(alg: 'ES256' | 'EdDSA'): Promise<JWK> {
  const { privateKey } = await generateKeyPair(alg, { extractable: true })
  const jwk = await exportJWK(privateKey)
  return alg === 'ES256' ? { ...jwk, kid: 'the-second' } : jwk
}
