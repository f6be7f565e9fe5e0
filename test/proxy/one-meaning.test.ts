/**
 * What could be read in two ways is not read, and what happened meanwhile is told as it is.
 * @module
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createOrderTokenVerifier } from '../../proxy/order-token.ts'
import { orderClaimsSchema } from '../../proxy/schemas.ts'
import { signOrder } from '../../merchant/index.ts'
import { startShop } from './shop.ts'

const SECRET = 'order-secret-0123456789-abcdefghijkl'

describe('an order token has one text', async () => {
  const verify = createOrderTokenVerifier({
    secrets: [SECRET],
    maxLifetime: 86_400,
    schema: orderClaimsSchema,
    now: Date.now,
  })
  const token = await signOrder(
    { orderId: 'A-1', amount: '10.00', currency: 'TRY' },
    { secret: SECRET },
  )
  const [head = '', claims = '', signature = ''] = token.split('.')

  it('as it was signed', async () => assert.equal((await verify(token)).orderId, 'A-1'))

  for (const [name, other] of Object.entries({
    'padding after its signature': `${token}=`,
    'the end of a line': `${token}\n`,
    'a blank before it': ` ${token}`,
    'padding inside': `${head}=.${claims}.${signature}`,
    'a fourth part': `${token}.`,
    'the other alphabet': `${head}.${claims}.+${signature.slice(1)}`,
    'other bits that no decoder reads': `${token.slice(0, -1)}${nextLetter(token.slice(-1))}`,
  })) {
    it(`with ${name}: refused`, () =>
      assert.rejects(verify(other), { code: 'invalid_order_token' }))
  }
})

/** Of base64url: the last letter of 32 bytes is `A` or four letters on, and so forth. */
const nextLetter = (letter: string): string =>
  letter === '8' ? '9' : String.fromCodePoint((letter.codePointAt(0) ?? 0) + 1)

describe('a notification that says one thing twice', () => {
  it('is not taken, and changes nothing', async (t) => {
    const shop = await startShop()
    t.after(() => shop.close())
    const { checkout, payment } = await shop.begin('paycrypto')
    await shop.control('POST', '/notify', { provider: 'paycrypto', kind: 'lose', times: 0 })
    await shop.play('paycrypto', payment.ref, 'success')
    const calls = await shop.countCalls('paycrypto', 'query')
    const named = `"cust_order_id":"${payment.id}","order_id":"${payment.ref}"`
    const twice = await shop.request(
      'POST',
      '/v1/webhooks/paycrypto',
      `{${named},"status":1,"status":0}`,
    )
    assert.equal(twice.status, 404)
    assert.equal(await shop.countCalls('paycrypto', 'query'), calls)
    const once = await shop.request('POST', '/v1/webhooks/paycrypto', `{${named},"status":1}`)
    assert.equal(once.status, 200)
    await shop.becomes(checkout, 'paid')
  })
})

describe('a cancel that comes after the money', () => {
  it('is answered with what is the case', async (t) => {
    const shop = await startShop()
    t.after(() => shop.close())
    const { checkout, payment } = await shop.begin('cryptom')
    await shop.play('cryptom', payment.ref, 'pay')
    const { status, body } = await shop.request<{ code?: string; status?: string }>(
      'POST',
      `/v1/checkouts/${checkout.id}/cancel`,
      {},
    )
    assert.ok(
      (status === 200 && body.status === 'paid') ||
        (status === 409 && body.code === 'payment_in_progress'),
      JSON.stringify([status, body]),
    )
    await shop.becomes(checkout, 'paid')
  })
})
