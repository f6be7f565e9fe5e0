/**
 * Redoya's order token: the known answer, every rule of orderData, and tampering.
 *
 * @module
 */
import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { SANDBOX_CREDENTIALS, startSandbox } from '../../sandbox/index.ts'
import type { Sandbox } from '../../sandbox/index.ts'
import { at, orderToken, send, textAt } from './helpers.ts'

const NOW = 1_760_000_000_000
const { identifier } = SANDBOX_CREDENTIALS.redoya

/** Signed by another implementation: HS256 over this secret. */
const KNOWN = {
  secret: 'demo-secret-not-real-0001',
  identifier: 'demo.vendor.token',
  orderToken:
    'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJwcmljZSI6MTUsImlzSW5UZXN0TW9kZSI6MSwic3VjY2Vzc2Z1bFVSTCI6Imh0dHBzOi8vc2hvcC5leGFtcGxlL29rL3tvcmRlcl9pZH0_aW52PTc3IiwiZmFpbFVSTCI6Imh0dHBzOi8vc2hvcC5leGFtcGxlL2ZhaWwve29yZGVyX2lkfT9pbnY9NzciLCJpYXQiOjE3NjAwMDAwMDAsImV4cCI6MTc2MDAwMDkwMH0.EyMXPgwWOjE59OVN7Sv3BnImRCYZx-iy_yx__v2tj4k',
}

describe("redoya's order token, known answer", () => {
  it('is accepted in its 15 minutes, paid with 1500 kurus, and refused afterwards', async (t) => {
    let now = NOW
    const { secret, ...tokens } = KNOWN
    const credentials = { redoya: { secret, identifier: KNOWN.identifier } }
    const sandbox = await startSandbox({ clock: () => now, credentials })
    t.after(() => sandbox.close())
    const order = () =>
      send('POST', `${sandbox.urls.control}/redoya/orders`, { ...tokens, outcome: 'success' })

    now = NOW + 899_000
    const { status, body } = await order()
    assert.equal(status, 201)
    const id = textAt(body, 'orderId')
    assert.equal(at(body, 'redirect'), `https://shop.example/ok/${id}?inv=77`)
    const url = `${sandbox.urls.redoya}/api/v1/order/verify/${id}`
    const verified = await send('POST', url, { identifier: KNOWN.identifier })
    assert.equal(at(verified.body, 'payment_amount'), '1500')

    now = NOW + 900_000
    assert.equal(at((await order()).body, 'code'), 'order_token_expired')
  })
})

describe("redoya's order token", () => {
  let sandbox: Sandbox
  const open = (token: unknown, vendor: unknown = identifier) =>
    send('POST', `${sandbox.urls.redoya}/sandbox/checkout/open`, {
      orderToken: token,
      identifier: vendor,
    })
  const codeOf = async (token: unknown, vendor?: unknown) => {
    const { status, body } = await open(token, vendor)
    return status === 200 ? 'ok' : textAt(body, 'code')
  }

  before(async () => {
    sandbox = await startSandbox({ clock: () => NOW })
  })
  after(() => sandbox.close())
  beforeEach(() => send('POST', `${sandbox.urls.control}/reset`))

  it('is accepted as the document shows it, and with the registered claims', async () => {
    const iat = NOW / 1000
    assert.equal(await codeOf(orderToken()), 'ok')
    assert.equal(await codeOf(orderToken({ iat, nbf: iat, exp: iat + 900, iss: 'shop' })), 'ok')
  })

  it('is refused when any part is tampered with', async () => {
    const [header = '', payload = '', signature = ''] = orderToken().split('.')
    const cheaper = Buffer.from(
      Buffer.from(payload, 'base64url').toString().replace('"price":15', '"price":3'),
    ).toString('base64url')
    assert.equal(await codeOf(`${header}.${cheaper}.${signature}`), 'order_token_signature')
    const flipped = (signature.startsWith('A') ? 'B' : 'A') + signature.slice(1)
    assert.equal(await codeOf(`${header}.${payload}.${flipped}`), 'order_token_signature')
    assert.equal(
      await codeOf(`${header}.${payload}.${signature.slice(1)}`),
      'order_token_signature',
    )
    const otherHeader = Buffer.from('{"typ":"JWT","alg":"HS256"}').toString('base64url')
    assert.equal(await codeOf(`${otherHeader}.${payload}.${signature}`), 'order_token_signature')
  })

  it('is refused with another secret, another algorithm, or none', async () => {
    assert.equal(await codeOf(orderToken({}, undefined, 'other')), 'order_token_signature')
    for (const alg of ['none', 'HS512', 'RS256', undefined]) {
      assert.equal(await codeOf(orderToken({}, { alg, typ: 'JWT' })), 'order_token_algorithm')
    }
    for (const token of ['', 'a.b', 'a.b.', 'a.b.c.d', 'not a token', 15, null]) {
      assert.equal(await codeOf(token), 'order_token_malformed', String(token))
    }
  })

  it('is refused before nbf, after exp, and when these are no numbers', async () => {
    const seconds = NOW / 1000
    assert.equal(await codeOf(orderToken({ exp: seconds })), 'order_token_expired')
    assert.equal(await codeOf(orderToken({ nbf: seconds + 1 })), 'order_token_not_yet_valid')
    assert.equal(await codeOf(orderToken({ exp: 'later' })), 'order_token_malformed')
  })

  it('is refused for each illegal claim, which is named', async () => {
    const illegal: readonly [string, unknown][] = [
      ['price', undefined],
      ['price', '15'],
      ['price', 2],
      ['price', 2.99],
      ['price', 1001],
      ['price', 19.99],
      ['isInTestMode', true],
      ['isInTestMode', 2],
      ['isInTestMode', undefined],
      ['successfulURL', undefined],
      ['successfulURL', 'http://a'],
      ['successfulURL', `https://shop.example/${'a'.repeat(1180)}`],
      ['successfulURL', 'javascript:alert(1)'],
      ['failURL', 'no address at all'],
      ['failURL', 1],
      ['currency', 'TRY'],
    ]
    for (const [claim, value] of illegal) {
      const { status, body } = await open(orderToken({ [claim]: value }))
      assert.equal(status, 400, `${claim}: ${String(value)}`)
      assert.equal(at(body, 'code'), 'order_token_claim')
      assert.ok(textAt(body, 'message').includes(claim))
    }
  })

  it('takes the bounds: 3, 1000, and URLs of 10 and 1200 characters', async () => {
    for (const claims of [
      { price: 3 },
      { price: 1000 },
      { successfulURL: 'http://a.b' },
      { failURL: 'https://shop.example/'.padEnd(1200, 'a') },
    ]) {
      assert.equal(await codeOf(orderToken(claims)), 'ok')
    }
  })

  it('takes prices with decimals once the switch is on, at most two', async () => {
    const url = `${sandbox.urls.control}/redoya/float-prices`
    assert.equal((await send('POST', url, { accepted: 'yes' })).status, 400)
    assert.equal((await send('POST', url, { accepted: true })).status, 204)
    assert.equal(await codeOf(orderToken({ price: 19.999 })), 'order_token_claim')
    const order = { orderToken: orderToken({ price: 19.99 }), identifier, outcome: 'success' }
    const { body } = await send('POST', `${sandbox.urls.control}/redoya/orders`, order)
    const verify = `${sandbox.urls.redoya}/api/v1/order/verify/${textAt(body, 'orderId')}`
    const { body: verified } = await send('POST', verify, { identifier })
    assert.equal(at(verified, 'payment_amount'), '1999')
  })

  it('needs a known identifier', async () => {
    assert.equal(await codeOf(orderToken(), 'other.vendor.token'), 'unknown_identifier')
    assert.equal(await codeOf(orderToken(), null), 'unknown_identifier')
  })

  it('comes with an identifier that carries no secret and lives 90 days', () => {
    const [, payload = ''] = identifier.split('.')
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString())
    assert.equal(at(claims, 'secret'), undefined)
    assert.equal(Number(at(claims, 'exp')) - Number(at(claims, 'iat')), 90 * 86_400)
  })

  it('never comes back in an error', async () => {
    const token = orderToken({ price: 1 })
    const { text } = await open(token)
    assert.ok(!text.includes(token) && !text.includes(identifier))
  })
})
