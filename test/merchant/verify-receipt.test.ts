import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ReceiptError, verifyReceipt } from '../../merchant/index.ts'
import type { Receipt, ReceiptErrorCode } from '../../merchant/index.ts'
import {
  CLAIMS,
  createKey,
  ISSUER,
  keySet,
  mint,
  mintWithSecret,
  publicJwk,
  signingInput,
} from './receipt-samples.ts'
import type { Key } from './receipt-samples.ts'

const KEY = createKey('2026-05')
const OTHER = createKey('2026-05')
const ED_KEY = createKey('2026-06', 'EdDSA')

const ORDER = { orderId: 'A-1001', amount: '620.00', currency: 'TRY' }
const OPTIONS = { issuer: ISSUER, jwks: keySet(KEY), ...ORDER }

const verify = (receipt: unknown, options: object = {}) =>
  verifyReceipt(receipt as string, { ...OPTIONS, ...options })

async function refuses(code: ReceiptErrorCode, receipt: unknown, options: object = {}) {
  await assert.rejects(verify(receipt, options), (error) => {
    assert.ok(error instanceof ReceiptError, String(error))
    assert.equal(error.code, code)
    assert.equal(error.name, 'ReceiptError')
    const said = `${error.message} ${JSON.stringify(error)} ${String(error.cause)}`
    assert.ok(!said.includes('A-1001') && !/[\w-]{40}/.test(said), said)
    return true
  })
}

/** The same signature under other claims. */
function tamper(receipt: string, change: Partial<Receipt>): string {
  const [header = '', , signature = ''] = receipt.split('.')
  const [, claims = ''] = signingInput({}, change).split('.')
  return [header, claims, signature].join('.')
}

describe('verifyReceipt', () => {
  for (const key of [KEY, ED_KEY]) {
    it(`takes ${key.alg}, and gives every claim`, async () => {
      assert.deepEqual(await verify(mint(key), { jwks: keySet(key) }), CLAIMS)
    })
  }

  it('takes a known answer', async () => {
    const jwks = {
      keys: [
        {
          kty: 'OKP',
          crv: 'Ed25519',
          kid: 'known',
          alg: 'EdDSA',
          x: 'WSFrLMjpCSDQNtl2W9nCwuo0XofmUOw06n6YjrXRrcc',
        },
      ],
    }
    const receipt = [
      'eyJhbGciOiJFZERTQSIsImtpZCI6Imtub3duIiwidHlwIjoiY2MtcmVjZWlwdCtqd3QifQ.eyJpc3MiOiJodHRwc',
      'zovL3BheS5zaG9wLmV4YW1wbGUiLCJpYXQiOjE3Nzc2MzY4MDAsImNoZWNrb3V0SWQiOiJaYjNrVHEwaDFuWDljM',
      'nY0bTZwOHNBIiwib3JkZXJJZCI6IkEtMTAwMSIsImFtb3VudCI6IjYyMC4wMCIsImN1cnJlbmN5IjoiVFJZIiwiY',
      '2hhcmdlZCI6eyJhbW91bnQiOiIxNS4xMCIsImN1cnJlbmN5IjoiVVNEVCJ9LCJwcm92aWRlciI6ImNyeXB0b20iL',
      'CJtZXRob2RJZCI6ImNyeXB0b206VVNEVDpUUk9OIiwicGF5bWVudElkIjoicGF5XzEiLCJyZWYiOiI5MDAxIiwic',
      'GFpZEF0IjoiMjAyNi0wNS0wMVQxMTo1OTo1OC4wMDBaIiwiYXNzdXJhbmNlIjoicHJvdmlkZXItYXBpIiwicHJpY',
      '2VTb3VyY2UiOiJ0b2tlbiIsInRlc3RNb2RlIjpmYWxzZX0.m7EOF2JoAX3rSv2LixdQxphsI8q9Ue-RC03ituhIQ',
      'fvKp69W5hQoFP4KTQ62I8DuX2xwNfpad4OYQ6eZQsz7Cw',
    ].join('')
    assert.deepEqual(await verify(receipt, { jwks }), CLAIMS)
  })

  describe('is it authentic', () => {
    const other = { ...CLAIMS.charged, amount: '1' }
    const changes: Partial<Receipt>[] = [
      { iss: 'https://evil.example' },
      { iat: CLAIMS.iat + 1 },
      { checkoutId: 'other' },
      { orderId: 'A-1002' },
      { amount: '620.01' },
      { currency: 'USD' },
      { charged: other },
      { provider: 'redoya' },
      { methodId: 'redoya' },
      { paymentId: 'pay_2' },
      { ref: null },
      { paidAt: '2026-05-01T12:00:00.000Z' },
      { assurance: 'signed-webhook' },
      { priceSource: 'merchant' },
      { testMode: true },
    ]
    it('every claim has its turn below', () => {
      assert.deepEqual(changes.flatMap(Object.keys).toSorted(), Object.keys(CLAIMS).toSorted())
    })
    for (const change of changes) {
      it(`not with another ${Object.keys(change).join()}`, () =>
        refuses('wrong_signature', tamper(mint(KEY), change), { allowTest: true }))
    }

    const publicText = JSON.stringify(publicJwk(KEY))
    const pem = KEY.publicKey.export({ type: 'spki', format: 'pem' })
    const der = KEY.publicKey.export({ type: 'spki', format: 'der' })
    const [header = '', claims = '', signature = ''] = mint(KEY).split('.')
    const none = { alg: 'none', typ: 'cc-receipt+jwt', kid: KEY.kid }
    for (const [title, receipt, code] of [
      ['by another key of the same name', mint(OTHER), 'wrong_signature'],
      [
        'by a key that it brings along',
        mint(OTHER, {}, { jwk: publicJwk(OTHER) }),
        'wrong_signature',
      ],
      [
        'by a key that it points to',
        mint(OTHER, {}, { jku: 'https://evil.example' }),
        'wrong_signature',
      ],
      ['by a key that is not in the set', mint(ED_KEY), 'unknown_key'],
      ['by a key of a strange name', mint(KEY, {}, { kid: '../../x' }), 'unknown_key'],
      ['with alg none', `${signingInput(none, {})}.`, 'invalid_receipt'],
      [
        'with alg none and a signature',
        `${signingInput(none, {})}.${signature}`,
        'invalid_receipt',
      ],
      ['with alg None', `${signingInput({ ...none, alg: 'None' }, {})}.`, 'invalid_receipt'],
      ['with HS256 by the public PEM', mintWithSecret(pem, { kid: KEY.kid }), 'invalid_receipt'],
      ['with HS256 by the public DER', mintWithSecret(der, { kid: KEY.kid }), 'invalid_receipt'],
      [
        'with HS256 by the public JWK',
        mintWithSecret(publicText, { kid: KEY.kid }),
        'invalid_receipt',
      ],
      ['with HS256 by nothing', mintWithSecret('', {}), 'invalid_receipt'],
      ['with RS256', mint(KEY, {}, { alg: 'RS256' }), 'invalid_receipt'],
      ['with ES256 under the name EdDSA', mint(KEY, {}, { alg: 'EdDSA' }), 'unknown_key'],
      ['with a critical header', mint(KEY, {}, { crit: ['x'], x: 1 }), 'invalid_receipt'],
      ['without a signature', `${header}.${claims}.`, 'wrong_signature'],
      ['cut off', mint(KEY).slice(0, -4), 'wrong_signature'],
      ['with one part more', `${mint(KEY)}.AA`, 'invalid_receipt'],
      ['with one part less', `${header}.${claims}`, 'invalid_receipt'],
      ['as an order token', mint(KEY, {}, { typ: 'cc-order+jwt' }), 'invalid_receipt'],
      ['as a plain JWT', mint(KEY, {}, { typ: 'JWT' }), 'invalid_receipt'],
      ['without a type', mint(KEY, {}, { typ: undefined }), 'invalid_receipt'],
      ['of another issuer', mint(KEY, { iss: 'https://evil.example' }), 'wrong_issuer'],
      ['of a longer issuer', mint(KEY, { iss: `${ISSUER}.evil.example` }), 'wrong_issuer'],
      ['without an issuer', mint(KEY, { iss: undefined }), 'wrong_issuer'],
      ['that has expired', mint(KEY, { exp: 1 }), 'invalid_receipt'],
      ['that is empty', '', 'invalid_receipt'],
      ['that is null', null, 'invalid_receipt'],
      ['that is an object', CLAIMS, 'invalid_receipt'],
      ['that is any text', 'paid', 'invalid_receipt'],
    ] as const) {
      it(`not ${title}`, () => refuses(code, receipt))
    }

    for (const [name, value] of [
      ['iat', undefined],
      ['checkoutId', undefined],
      ['orderId', undefined],
      ['orderId', ''],
      ['orderId', 1001],
      ['amount', undefined],
      ['amount', 620],
      ['amount', '6.2e2'],
      ['currency', undefined],
      ['paymentId', undefined],
      ['assurance', undefined],
      ['assurance', 'toString'],
      ['assurance', 'somebody'],
      ['priceSource', undefined],
      ['priceSource', 'page'],
      ['testMode', undefined],
      ['testMode', 'false'],
    ] as const) {
      it(`not where ${name} is ${value === undefined ? 'missing' : JSON.stringify(value)}`, () =>
        refuses('invalid_receipt', mint(KEY, { [name]: value })))
    }
  })

  describe('is it for this order', () => {
    for (const [title, options, code] of [
      ['not for another', { orderId: 'A-1002' }, 'wrong_order'],
      ['not for one of other letters', { orderId: 'a-1001' }, 'wrong_order'],
      ['not for a larger amount', { amount: '620.01' }, 'wrong_amount'],
      ['not for a smaller amount', { amount: '619.99' }, 'wrong_amount'],
      ['not for what was charged instead', { amount: '15.10' }, 'wrong_amount'],
      ['not in another currency', { currency: 'USD' }, 'wrong_currency'],
      ['not in what was charged', CLAIMS.charged, 'wrong_currency'],
    ] as const) {
      it(title, () => refuses(code, mint(KEY), options))
    }

    it('not a receipt of three lira for an order of a thousand', () =>
      refuses('wrong_amount', mint(KEY, { amount: '3.00' }), { amount: '1000.00' }))

    for (const [receipt, order] of [
      ['100.00', '100'],
      ['100', '100.00'],
      ['0.10', '0.1'],
      ['7199254740993.00', '7199254740993'],
    ] as const) {
      it(`${receipt} is ${order}`, async () => {
        assert.equal(
          (await verify(mint(KEY, { amount: receipt }), { amount: order })).amount,
          receipt,
        )
      })
    }

    it('to the last decimal', () =>
      refuses('wrong_amount', mint(KEY, { amount: '1.000000000000000001' }), { amount: '1' }))

    for (const missing of ['orderId', 'amount', 'currency'] as const) {
      for (const value of [undefined, null, '', 620]) {
        it(`never unasked: ${missing} ${JSON.stringify(value)} is an error of the caller’s`, () =>
          assert.rejects(verify(mint(KEY), { [missing]: value }), RangeError))
      }
    }

    it('never unasked: an amount that is no decimal, whatever the receipt is', async () => {
      for (const amount of ['6,20', '620 TRY', '1e3', '-620']) {
        await assert.rejects(verify('paid', { amount }), RangeError)
      }
    })

    it('any, where the caller says so', async () => {
      const any = { issuer: ISSUER, jwks: OPTIONS.jwks, allowAnyOrder: true } as const
      assert.equal((await verifyReceipt(mint(KEY), any)).orderId, 'A-1001')
      await assert.rejects(verifyReceipt(mint(KEY), { ...any, orderId: 'A-1002' }), {
        code: 'wrong_order',
      })
      await assert.rejects(verifyReceipt(mint(KEY), { ...any, amount: '6,20' }), RangeError)
    })
  })

  describe('is it worth shipping on', () => {
    for (const [claims, code, permission] of [
      [{ testMode: true }, 'test_mode', 'allowTest'],
      [{ assurance: 'unsigned-webhook' }, 'unsigned_webhook', 'allowUnsignedWebhook'],
      [{ priceSource: 'unsigned' }, 'unsigned_price', 'allowUnsignedPrice'],
    ] as const) {
      it(`${code}: only where ${permission} says so`, async () => {
        const receipt = mint(KEY, claims)
        await refuses(code, receipt)
        await refuses(code, receipt, { [permission]: 'yes' })
        assert.deepEqual(await verify(receipt, { [permission]: true }), { ...CLAIMS, ...claims })
      })
      it(`${permission} permits nothing else`, () =>
        refuses('wrong_order', mint(KEY, claims), { [permission]: true, orderId: 'A-1002' }))
    }

    for (const claims of [
      { assurance: 'signed-webhook' },
      { assurance: 'merchant' },
      { priceSource: 'merchant' },
      { priceSource: 'catalogue' },
      { ref: null },
    ] as const) {
      it(`with ${JSON.stringify(claims)}`, async () => {
        assert.deepEqual(await verify(mint(KEY, claims)), { ...CLAIMS, ...claims })
      })
    }
  })

  describe('with two keys in the set', () => {
    const both: readonly Key[] = [createKey('new'), createKey('old')]
    for (const [title, key] of both.map((each) => [each.kid, each] as const)) {
      it(`takes the ${title} one`, async () => {
        assert.equal((await verify(mint(key), { jwks: keySet(...both) })).orderId, 'A-1001')
      })
    }
    it('takes none for the other', () => {
      const [fresh, old] = both
      assert.ok(fresh && old)
      return refuses('wrong_signature', mint(fresh, {}, { kid: old.kid }), {
        jwks: keySet(...both),
      })
    })
    it('tries none for a receipt that names no key', () => {
      const [fresh] = both
      assert.ok(fresh)
      return refuses('unknown_key', mint(fresh, {}, { kid: undefined }), { jwks: keySet(...both) })
    })
  })

  describe('with a set that is none', () => {
    for (const [title, jwks] of [
      ['without keys', {}],
      ['of something else', { keys: 'all' }],
      [
        'with the private key in it',
        { keys: [{ ...KEY.privateKey.export({ format: 'jwk' }), kid: KEY.kid }] },
      ],
    ] as const) {
      it(`says so: ${title}`, () => refuses('keys_unavailable', mint(KEY), { jwks }))
    }
    it('does not know a key of an empty one', () =>
      refuses('unknown_key', mint(KEY), { jwks: { keys: [] } }))
  })
})
