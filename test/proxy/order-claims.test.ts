import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, it } from 'node:test'
import { SignJWT, exportJWK, generateKeyPair } from 'jose'
import { ProxyError } from '../../proxy/errors.ts'
import { createOrderTokenVerifier } from '../../proxy/order-token.ts'
import type { OrderTokenOptions, VerifyOrderToken } from '../../proxy/order-token.ts'
import { orderClaimsSchema } from '../../proxy/schemas.ts'

const SECRET = 'unit-order-secret-0123456789-abcdef'
const OLD_SECRET = 'older-order-secret-0123456789-abcdef'
const NOW_S = 1_760_000_000
const LIFETIME_S = 3600
const CLAIMS = {
  aud: 'crypto-checkout',
  orderId: 'A-1',
  amount: '300.00',
  currency: 'TRY',
  iat: NOW_S,
  exp: NOW_S + 600,
}

const OPTIONS: OrderTokenOptions = {
  secrets: [SECRET],
  maxLifetime: LIFETIME_S,
  schema: orderClaimsSchema,
  now: () => NOW_S * 1000,
}

const verifier = (more: Partial<OrderTokenOptions> = {}): VerifyOrderToken =>
  createOrderTokenVerifier({ ...OPTIONS, ...more })

const sign = (claims: object = {}, secret = SECRET, header: object = {}): Promise<string> =>
  new SignJWT({ ...CLAIMS, ...claims })
    .setProtectedHeader({ alg: 'HS256', typ: 'cc-order+jwt', ...header })
    .sign(new TextEncoder().encode(secret))

/** Refused, in words that repeat nothing of the token. */
async function refusal(token: string, verify = verifier()): Promise<[string, string | undefined]> {
  const error = await verify(token).then(
    () => assert.fail('it was taken'),
    (thrown: unknown) => thrown,
  )
  assert.ok(error instanceof ProxyError, String(error))
  assert.equal(error.code, 'invalid_order_token')
  assert.ok(!token || !error.message.includes(token.slice(0, 10)))
  return [error.message, error.field]
}

/** Of the last of 43 letters two bits say nothing. */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const NO_TOKEN = ['is no token', undefined]
const INVALID = ['the order token is not valid', undefined]
const MISSING = 'a claim is missing or wrong'

describe('the claims of an order token', () => {
  it('says what is bought, and nothing else', async () => {
    const { orderId, amount, currency, iat, exp } = CLAIMS
    const claims = await verifier()(await sign({ iss: 'shop', jti: '1', nbf: NOW_S - 1 }))
    assert.deepEqual(claims, { orderId, amount, currency, iat, exp })
  })

  it('is refused with another signature, and without one', async () => {
    assert.deepEqual(await refusal(await sign({}, OLD_SECRET)), INVALID)
    assert.deepEqual(await refusal((await sign()).replace(/[^.]*$/, '')), NO_TOKEN)
  })

  it('is three parts of plain base64url, and nothing around them', async () => {
    const token = await sign()
    const [head = '', claims = '', signature = ''] = token.split('.')
    for (const text of [
      'hello',
      `${head}.${claims}`,
      `${token}.`,
      `${token}.${signature}`,
      `.${claims}.${signature}`,
      `${head}..${signature}`,
      `${token}=`,
      ` ${token}`,
      `${token}\n`,
      // The same signature, in other letters.
      token.replace(/.$/, (last) => ALPHABET[ALPHABET.indexOf(last) + 1] ?? assert.fail()),
    ]) {
      assert.deepEqual(await refusal(text), NO_TOKEN)
    }
    assert.deepEqual(await refusal('aaaa.bbbb.cccc'), INVALID)
  })

  it('is refused with another algorithm, whatever its signature', async () => {
    for (const alg of ['HS384', 'HS512']) {
      assert.deepEqual(await refusal(await sign({}, SECRET.repeat(2), { alg })), INVALID, alg)
      const verify = verifier({ secrets: [SECRET.repeat(2)] })
      assert.deepEqual(await refusal(await sign({}, SECRET.repeat(2), { alg }), verify), INVALID)
    }
  })

  it('is refused where it is of another type, or for somebody else', async () => {
    assert.deepEqual(await refusal(await sign({}, SECRET, { typ: 'JWT' })), [MISSING, 'typ'])
    assert.deepEqual(await refusal(await sign({}, SECRET, { typ: undefined })), [MISSING, 'typ'])
    assert.deepEqual(await refusal(await sign({ aud: 'another-app' })), [MISSING, 'aud'])
    assert.deepEqual(await refusal(await sign({ aud: undefined })), [MISSING, 'aud'])
  })

  for (const claim of ['orderId', 'amount', 'currency', 'iat', 'exp']) {
    it(`is refused without ${claim}`, async () => {
      assert.deepEqual(await refusal(await sign({ [claim]: undefined })), [MISSING, claim])
    })
  }

  it('is refused with a claim that is not as it must be, naming it', async () => {
    const wrong = 'a claim is not as it must be'
    assert.deepEqual(await refusal(await sign({ amount: '1e3' })), [wrong, 'amount'])
    assert.deepEqual(await refusal(await sign({ discount: '9' })), [wrong, 'discount'])
    assert.deepEqual(await refusal(await sign({ customer: { email: 'nobody' } })), [
      wrong,
      'customer.email',
    ])
    assert.deepEqual(await refusal(await sign({ customer: { x: 1 } })), [wrong, 'x'])
    const whole = verifier({ schema: orderClaimsSchema.refine(() => false, 'never') })
    assert.deepEqual(await refusal(await sign(), whole), [wrong, 'orderToken'])
  })

  it('lives from half a minute before its time to half a minute after it', async () => {
    const at = (seconds: number) => verifier({ now: () => (NOW_S + seconds) * 1000 })
    const token = await sign()
    await at(629)(token)
    assert.deepEqual(await refusal(token, at(630)), ['the order token has expired', 'exp'])
    await at(-30)(token)
    assert.deepEqual(await refusal(token, at(-31)), [MISSING, 'iat'])
    const later = await sign({ nbf: NOW_S + 60 })
    assert.deepEqual(await refusal(later), [MISSING, 'nbf'])
    await at(30)(later)
  })

  it('is refused with a longer life than may be given, however young', async () => {
    await verifier()(await sign({ exp: NOW_S + LIFETIME_S }))
    assert.deepEqual(await refusal(await sign({ exp: NOW_S + LIFETIME_S + 1 })), [
      'it was given too long a life',
      'exp',
    ])
  })

  it('may be of either secret while one is being replaced', async () => {
    const both = verifier({ secrets: [SECRET, OLD_SECRET] })
    await both(await sign())
    await both(await sign({}, OLD_SECRET))
    assert.deepEqual(await refusal(await sign({}, `${SECRET}x`), both), INVALID)
    assert.deepEqual(await refusal(await sign({ aud: 'x' }, OLD_SECRET), both), [MISSING, 'aud'])
    assert.deepEqual(await refusal(await sign({ aud: 'x' }), both), [MISSING, 'aud'])
  })

  it('is refused with a claim that is there twice, however well it is signed', async () => {
    const claims = JSON.stringify({ ...CLAIMS, description: '~?ÿ'.repeat(3) })
    const encode = (text: string): string => Buffer.from(text).toString('base64url')
    const signed = (text: string): string => {
      const input = `${encode('{"alg":"HS256","typ":"cc-order+jwt"}')}.${encode(text)}`
      return `${input}.${createHmac('sha256', SECRET).update(input).digest('base64url')}`
    }
    assert.equal((await verifier()(signed(claims))).amount, '300.00')
    const twice = claims.replace('{', '{"amount":"3.00",')
    assert.deepEqual(await refusal(signed(twice)), ['a claim is there twice', undefined])
  })

  it('is of no secret that could be guessed', () => {
    const message = 'an order secret must be at least 32 bytes'
    for (const secrets of [['s'.repeat(31)], [SECRET, ''], ['ü'.repeat(15)]]) {
      assert.throws(() => verifier({ secrets }), { name: 'RangeError', message })
    }
    verifier({ secrets: ['s'.repeat(32)] })
    verifier({ secrets: ['ü'.repeat(16)] })
  })

  it('is not taken where none are configured', async () => {
    const nowhere = ['order tokens are not configured here', undefined]
    assert.deepEqual(await refusal(await sign(), verifier({ secrets: [] })), nowhere)
    const { secrets: _gone, ...rest } = OPTIONS
    assert.deepEqual(await refusal(await sign(), createOrderTokenVerifier(rest)), nowhere)
  })

  it('is of the issuer that is configured, and of any where none is', async () => {
    const picky = verifier({ issuer: 'the-shop' })
    assert.equal((await picky(await sign({ iss: 'the-shop' }))).orderId, 'A-1')
    for (const iss of ['another-shop', '', undefined]) {
      assert.deepEqual(await refusal(await sign({ iss }), picky), [MISSING, 'iss'])
      assert.equal((await verifier()(await sign({ iss }))).orderId, 'A-1')
    }
  })
})

describe('an order token by key set', () => {
  it('is of a key of the set, and never of a secret', async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256')
    const { privateKey: foreign } = await generateKeyPair('ES256')
    const other = await generateKeyPair('EdDSA')
    const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256' }
    const second = { ...(await exportJWK(other.publicKey)), kid: 'k2', alg: 'EdDSA' }
    const server = createServer((_request, response) => {
      response
        .setHeader('content-type', 'application/json')
        .end(JSON.stringify({ keys: [jwk, second] }))
    })
    await new Promise<void>((resolve) => server.listen(0, resolve))
    const { port } = server.address() as AddressInfo
    const verify = verifier({ jwksUrl: `http://localhost:${port}/jwks` })
    const signWith = (key: typeof privateKey, alg = 'ES256', kid = 'k1') =>
      new SignJWT(CLAIMS).setProtectedHeader({ alg, typ: 'cc-order+jwt', kid }).sign(key)
    try {
      assert.equal((await verify(await signWith(privateKey))).orderId, 'A-1')
      const byEdwards = await signWith(other.privateKey, 'EdDSA', 'k2')
      assert.equal((await verify(byEdwards)).orderId, 'A-1')
      assert.deepEqual(await refusal(await signWith(foreign), verify), INVALID)
      assert.deepEqual(await refusal(await sign({}, SECRET, { kid: 'k1' }), verify), INVALID)
      const asSecret = await sign({}, JSON.stringify(jwk), { kid: 'k1' })
      assert.deepEqual(await refusal(asSecret, verify), INVALID)
    } finally {
      server.close()
    }
  })
})
