import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { describe, it } from 'node:test'
import { signOrder } from '../../merchant/index.ts'

const SECRET = 's'.repeat(32)
const ORDER = { orderId: 'A-1', amount: '100.00', currency: 'TRY' }
const NOW = 1_760_000_000_999

const read = (part: string | undefined): unknown =>
  JSON.parse(Buffer.from(part ?? '', 'base64url').toString())

describe('signing an order', () => {
  it('gives a JWT of our type, for the proxy, for an hour', async () => {
    const token = await signOrder(ORDER, { secret: SECRET, now: NOW })
    const [header, claims, signature] = token.split('.')
    assert.deepEqual(read(header), { alg: 'HS256', typ: 'cc-order+jwt' })
    assert.deepEqual(read(claims), {
      ...ORDER,
      aud: 'crypto-checkout',
      iat: 1_760_000_000,
      exp: 1_760_003_600,
    })
    const expected = createHmac('sha256', SECRET).update(`${header}.${claims}`).digest('base64url')
    assert.equal(signature, expected)
  })

  it('for as long as was asked for, from now on', async () => {
    const before = Math.floor(Date.now() / 1000)
    const token = await signOrder(ORDER, { secret: SECRET, expiresIn: 60 })
    const { iat, exp } = read(token.split('.')[1]) as { iat: number; exp: number }
    assert.equal(exp - iat, 60)
    assert.ok(iat >= before && iat <= before + 5)
  })

  it('takes no secret of less than 32 bytes', async () => {
    await signOrder(ORDER, { secret: 'ü'.repeat(16) })
    for (const secret of ['', 's'.repeat(31), 'ü'.repeat(15)]) {
      await assert.rejects(signOrder(ORDER, { secret }), {
        name: 'RangeError',
        message: 'the secret must be at least 32 bytes',
      })
    }
  })
})
