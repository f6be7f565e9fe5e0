import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createOrderTokenVerifier } from '../../proxy/order-token.ts'
import { orderClaimsSchema } from '../../proxy/schemas.ts'
import { run } from './support.ts'

const SECRET = 'signs-in-this-test-alone-0123456789-abcdef'
const OLD = 'signed-before-that-0123456789-abcdefghij'
const env = { ORDER_SECRET: `${SECRET}, ${OLD}` }
const ORDER = ['--order-id', 'A-1001', '--amount', '620.00', '--currency', 'TRY']

const verify = createOrderTokenVerifier({
  secrets: [SECRET],
  maxLifetime: 86_400,
  schema: orderClaimsSchema,
  now: Date.now,
})

describe('crypto-checkout sign', () => {
  it('prints a token that the proxy takes, and nothing else', async () => {
    const more = ['--metadata', 'cart=4=2', '--metadata', 'a=b', '--method', 'redoya']
    const { code, output, errors } = await run(['sign', ...ORDER, ...more], { env })
    assert.deepEqual([code, errors], [0, ''])
    assert.match(output, /^ey[\w-]+\.[\w-]+\.[\w-]+\n$/)
    const order = await verify(output.trim())
    assert.deepEqual(
      [order.orderId, order.amount, order.currency, order.metadata, order.methods],
      ['A-1001', '620.00', 'TRY', { cart: '4=2', a: 'b' }, ['redoya']],
    )
  })

  it('takes JSON from standard input; options win', async () => {
    const input = JSON.stringify({
      orderId: 'A-1',
      amount: '5.00',
      currency: 'TRY',
      alternatives: [{ amount: '1', currency: 'USDT' }],
    })
    const { output } = await run(['sign', '--amount', '7.00', '--json'], { env, input })
    const { orderToken, order, expiresAt } = JSON.parse(output) as Record<string, string>
    assert.deepEqual((await verify(orderToken ?? '')).amount, '7.00')
    assert.equal((order as unknown as { orderId: string }).orderId, 'A-1')
    const left = Date.parse(expiresAt ?? '') - Date.now()
    assert.ok(left > 3_590_000 && left <= 3_600_000, String(left))
  })

  const calls: readonly [string, readonly string[], { input?: string }, RegExp][] = [
    ['without an order', [], {}, /orderId: is missing\n {2}amount: is missing\n {2}currency: is/],
    ['with an amount that is none', [...ORDER, '--amount', '1,5'], {}, /amount: must be a decimal/],
    ['with more decimals than TRY has', [...ORDER, '--amount', '1.555'], {}, /more decimals/],
    ['with metadata that is no pair', [...ORDER, '--metadata', 'x'], {}, /must be name=value/],
    ['with a life of no length', [...ORDER, '--expires-in', '0'], {}, /from 1 to/],
    ['with a field that no order has', [], { input: '{"price":"1"}' }, /price: no field/],
    ['with text that is no JSON', [], { input: '{"amount":' }, /standard input must be an order/],
  ]
  for (const [how, args, options, message] of calls) {
    it(`${how}: says so, exits with 2`, async () => {
      const { code, output, errors } = await run(['sign', ...args], { env, ...options })
      assert.match(errors, message)
      assert.deepEqual([code, output], [2, ''])
      assert.ok(!errors.includes(SECRET))
    })
  }

  it('without a secret, or with a short one: names the variable and what makes one', async () => {
    const none = await run(['sign', ...ORDER])
    assert.equal(none.code, 2)
    assert.match(none.errors, /ORDER_SECRET is missing. It is not in the environment/)
    assert.match(none.errors, /crypto-checkout keys ORDER_SECRET/)
    const short = await run(['sign', ...ORDER], { env: { ORDER_SECRET: 'short-one' } })
    assert.equal(short.code, 2)
    assert.match(short.errors, /ORDER_SECRET: the secret must be at least 32 bytes/)
    assert.ok(!short.errors.includes('short-one'))
  })

  it('takes no secret as an argument', async () => {
    const { code, errors } = await run(['sign', ...ORDER, '--secret', SECRET])
    assert.equal(code, 2)
    assert.match(errors, /has no option --secret/)
    assert.ok(!errors.includes(SECRET))
  })
})
