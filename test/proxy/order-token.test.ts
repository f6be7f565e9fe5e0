import assert from 'node:assert/strict'
import { createHmac, generateKeyPairSync, sign as signWith } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { exportJWK } from 'jose'
import { createOrderTokenVerifier } from '../../proxy/order-token.ts'
import type { VerifyOrderToken } from '../../proxy/order-token.ts'
import { orderClaimsSchema } from '../../proxy/schemas.ts'

const SECRET = 'order-secret-0123456789-abcdefghijkl'
const NOW = 1_760_000_000_000
const AT = NOW / 1000
const HEADER = { alg: 'HS256', typ: 'cc-order+jwt' }
const CLAIMS = {
  orderId: 'A-1',
  amount: '10.00',
  currency: 'TRY',
  aud: 'crypto-checkout',
  iat: AT,
  exp: AT + 300,
}

type Sign = (input: string) => Buffer
type Part = object | string
type Rows = Readonly<Record<string, () => string>>

const hmac =
  (key: string | Buffer, hash = 'sha256'): Sign =>
  (input) =>
    createHmac(hash, key).update(input).digest()

const keyed =
  (key: KeyObject, hash: string | null): Sign =>
  (input) =>
    signWith(hash, Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' })

const encode = (part: Part): string =>
  Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url')

/** A token made by hand: no library stands in the way of a bad one. */
function token(header: object, claims: Part, sign: Sign = hmac(SECRET)): string {
  const input = `${encode({ ...HEADER, ...header })}.${encode(claims)}`
  return `${input}.${sign(input).toString('base64url')}`
}

const without = (name: keyof typeof CLAIMS): object =>
  Object.fromEntries(Object.entries(CLAIMS).filter(([key]) => key !== name))

const options = { maxLifetime: 86_400, schema: orderClaimsSchema, now: () => NOW }

const ed = generateKeyPairSync('ed25519')
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' })

/** Every row was signed or made by somebody else, or for something else. */
const FORGED: Rows = {
  'alg none, unsigned': () => token({ alg: 'none' }, CLAIMS, () => Buffer.alloc(0)),
  'alg none in other letters, signed': () => token({ alg: 'NoNe' }, CLAIMS),
  'no alg at all': () => token({ alg: undefined }, CLAIMS),
  'HS512 with our secret': () => token({ alg: 'HS512' }, CLAIMS, hmac(SECRET, 'sha512')),
  'EdDSA, a key of the attacker’s': () =>
    token({ alg: 'EdDSA' }, CLAIMS, keyed(ed.privateKey, null)),
  'RS256, a key of the attacker’s': () =>
    token({ alg: 'RS256' }, CLAIMS, keyed(rsa.privateKey, 'sha256')),
  'ES256, a key of the attacker’s': () =>
    token({ alg: 'ES256' }, CLAIMS, keyed(stranger.privateKey, 'sha256')),
  'HS256 over a public key’s text': () =>
    token({}, CLAIMS, hmac(ec.publicKey.export({ type: 'spki', format: 'pem' }))),
  'HS256 over a public key’s bytes': () =>
    token({}, CLAIMS, hmac(ec.publicKey.export({ type: 'spki', format: 'der' }))),
  'the empty key': () => token({}, CLAIMS, hmac('')),
  'a key of zeros': () => token({}, CLAIMS, hmac(Buffer.alloc(32))),
  'the secret and one character more': () => token({}, CLAIMS, hmac(`${SECRET}x`)),
  'the secret in base64': () => token({}, CLAIMS, hmac(Buffer.from(SECRET).toString('base64'))),
  'the signature of another token': () => {
    const [header = '', , signature = ''] = token({}, CLAIMS).split('.')
    return `${header}.${encode({ ...CLAIMS, amount: '1.00' })}.${signature}`
  },
  'kid that climbs, the key it would find': () =>
    token({ kid: '../../../../../../dev/null' }, CLAIMS, hmac('')),
  'kid that climbs, a short one': () => token({ kid: '../../x' }, CLAIMS, hmac('x')),
  'kid that is a query': () =>
    token({ kid: "x' UNION SELECT 'attacker" }, CLAIMS, hmac('attacker')),
}

/** These were signed with the right key: what they say is wrong. */
const MISUSED = (sign: Sign, header: object): Rows => ({
  'Redoya’s order token': () =>
    token(
      { ...header, typ: 'JWT' },
      {
        price: 3,
        isInTestMode: 0,
        successfulURL: 'https://shop.example/{order_id}',
        failURL: 'https://shop.example/{order_id}',
        iat: AT,
        exp: AT + 900,
      },
      sign,
    ),
  'LiPayKripto’s token': () =>
    token(
      { ...header, typ: 'JWT' },
      { clientId: 'client-42', type: 'external', iat: AT, exp: AT + 3600 },
      sign,
    ),
  'our receipt': () =>
    token(
      { ...header, typ: 'cc-receipt+jwt' },
      { ...CLAIMS, iss: 'https://pay.shop.example', checkoutId: 'x' },
      sign,
    ),
  'right claims in a token of another type': () => token({ ...header, typ: 'JWT' }, CLAIMS, sign),
  'no type': () => token({ ...header, typ: undefined }, CLAIMS, sign),
  'a critical header that nobody knows': () =>
    token({ ...header, crit: ['exp'], exp: AT + 300 }, CLAIMS, sign),
  'an unencoded payload (b64)': () => token({ ...header, crit: ['b64'], b64: false }, CLAIMS, sign),
  'another audience': () => token(header, { ...CLAIMS, aud: 'another-app' }, sign),
  'two audiences': () =>
    token(header, { ...CLAIMS, aud: ['crypto-checkout', 'another-app'] }, sign),
  'no audience': () => token(header, without('aud'), sign),
  'no iat': () => token(header, without('iat'), sign),
  'no exp': () => token(header, without('exp'), sign),
  'iat of tomorrow': () => token(header, { ...CLAIMS, iat: AT + 86_400, exp: AT + 86_700 }, sign),
  'iat as text': () => token(header, { ...CLAIMS, iat: String(AT) }, sign),
  'exp as text': () => token(header, { ...CLAIMS, exp: String(AT + 300) }, sign),
  'exp beyond all numbers': () =>
    token(header, JSON.stringify(CLAIMS).replace(/"exp":\d+/, '"exp":1e999'), sign),
  expired: () => token(header, { ...CLAIMS, iat: AT - 600, exp: AT - 31 }, sign),
  'too long a life': () => token(header, { ...CLAIMS, exp: AT + 86_401 }, sign),
  'too long a life, begun long ago': () =>
    token(header, { ...CLAIMS, iat: AT - 86_431, exp: AT + 60 }, sign),
  'not valid yet': () => token(header, { ...CLAIMS, nbf: AT + 600 }, sign),
  'an issuer that is no text': () => token(header, { ...CLAIMS, iss: { $ne: null } }, sign),
  'an amount twice': () =>
    token(header, JSON.stringify(CLAIMS).replace('{', '{"amount":"1000.00",'), sign),
  'an amount twice, once in disguise': () =>
    token(header, JSON.stringify(CLAIMS).replace('{', '{"\\u0061mount":"1000.00",'), sign),
  'an alternative price twice': () =>
    token(
      header,
      JSON.stringify(CLAIMS).replace(
        '{',
        '{"alternatives":[{"amount":"1","amount":"2","currency":"USD"}],',
      ),
      sign,
    ),
  'a claim that is not known': () => token(header, { ...CLAIMS, discount: '99' }, sign),
  'claims that are a list': () => token(header, [CLAIMS], sign),
  'claims that are no JSON': () => token(header, 'amount=10.00', sign),
  'four parts': () => `${token(header, CLAIMS, sign)}.x`,
})

async function refuses(verify: VerifyOrderToken, attack: string): Promise<void> {
  await assert.rejects(verify(attack), (error: Error & { code?: string }) => {
    assert.equal(error.code, 'invalid_order_token', error.stack)
    const words = `${error.message} ${JSON.stringify(error)}`
    for (const part of attack.split('.').filter(({ length }) => length > 12)) {
      assert.ok(!words.includes(part.slice(0, 20)), 'tells nothing of the token')
    }
    return true
  })
}

describe('order tokens, by a secret', () => {
  const verify = createOrderTokenVerifier({ ...options, secrets: [SECRET] })

  it('the right one is taken, with a kid or without', async () => {
    assert.equal((await verify(token({}, CLAIMS))).amount, '10.00')
    assert.equal((await verify(token({ kid: 'any' }, { ...CLAIMS, iss: 'shop' }))).orderId, 'A-1')
  })

  for (const [what, make] of Object.entries({ ...FORGED, ...MISUSED(hmac(SECRET), {}) })) {
    it(`${what}: refused`, () => refuses(verify, make()))
  }

  for (const secret of ['', 'short', 'x'.repeat(31)]) {
    it(`a secret of ${secret.length} bytes verifies nothing at all`, () => {
      assert.throws(
        () => createOrderTokenVerifier({ ...options, secrets: [SECRET, secret] }),
        RangeError,
      )
    })
  }
})

describe('order tokens, by a key set', () => {
  let server: Server
  let verify: VerifyOrderToken
  let base = ''
  const visited: string[] = []
  before(async () => {
    const ours = { ...(await exportJWK(ec.publicKey)), kid: 'ours', alg: 'ES256', use: 'sig' }
    const theirs = { ...(await exportJWK(stranger.publicKey)), kid: 'ours', alg: 'ES256' }
    server = createServer((request, response) => {
      visited.push(request.url ?? '')
      const keys = request.url === '/keys' ? [ours] : [theirs]
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys }))
    })
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
    base = `http://localhost:${(server.address() as AddressInfo).port}`
    verify = createOrderTokenVerifier({ ...options, jwksUrl: `${base}/keys` })
  })
  after(() => server.close())

  const OURS = { alg: 'ES256', kid: 'ours' }
  const ourSign = keyed(ec.privateKey, 'sha256')
  const theirSign = keyed(stranger.privateKey, 'sha256')

  it('the right one is taken', async () => {
    assert.equal((await verify(token(OURS, CLAIMS, ourSign))).amount, '10.00')
  })

  const rows: Rows = { ...FORGED, ...MISUSED(ourSign, OURS) }
  for (const [what, make] of Object.entries(rows)) {
    it(`${what}: refused`, () => refuses(verify, make()))
  }

  it('HS256 by the secret that a proxy without a key set would have: refused', () =>
    refuses(verify, token({ kid: 'ours' }, CLAIMS)))

  it('where the keys cannot be read the token is not to blame: to be tried again', async () => {
    const gone = createServer((request, response) => {
      if (request.url === '/cut') response.destroy()
      else if (request.url === '/html') response.end('<html>')
      else response.writeHead(503).end()
    })
    await new Promise<void>((resolve) => gone.listen(0, 'localhost', resolve))
    const { port } = gone.address() as AddressInfo
    try {
      for (const path of ['cut', 'html', '503']) {
        const jwksUrl = `http://localhost:${port}/${path}`
        await assert.rejects(
          createOrderTokenVerifier({ ...options, jwksUrl })(token(OURS, CLAIMS, ourSign)),
          { name: 'ProxyError', code: 'provider_unavailable' },
          path,
        )
      }
    } finally {
      gone.close()
    }
  })

  it('a key that the token brings along or points to is not looked at', async () => {
    const jwk = await exportJWK(stranger.publicKey)
    for (const header of [
      { jwk },
      { jku: `${base}/stranger` },
      { x5u: `${base}/stranger.pem` },
      { x5c: [Buffer.from('a certificate').toString('base64')] },
      { kid: `${base}/stranger` },
      { kid: '../stranger' },
      {},
    ]) {
      await refuses(verify, token({ ...OURS, ...header }, CLAIMS, theirSign))
    }
    assert.deepEqual([...new Set(visited)], ['/keys'])
  })
})

describe('order tokens of one issuer', () => {
  const verify = createOrderTokenVerifier({ ...options, secrets: [SECRET], issuer: 'the-shop' })

  it('theirs is taken', async () => {
    assert.equal((await verify(token({}, { ...CLAIMS, iss: 'the-shop' }))).orderId, 'A-1')
  })

  for (const iss of ['another-shop', 'the-shop ', 'THE-SHOP', '', ['the-shop'], undefined]) {
    it(`${JSON.stringify(iss) ?? 'none'}: refused`, () =>
      refuses(verify, token({}, { ...CLAIMS, iss })))
  }
})
