import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { verifyReceipt, verifyWebhook } from '../../merchant/index.ts'
import type { ReceiptRules } from '../../merchant/index.ts'
import { ISSUER, createKey, keySet, mint } from './receipt-samples.ts'
import { BODY, NOW, SECRET, headersOf, signatureOf } from './webhook-samples.ts'

const KEY = createKey('one')
const ORDER = { orderId: 'A-1001', amount: '620.00', currency: 'TRY' }
const RULES: ReceiptRules = { issuer: ISSUER, jwks: keySet(KEY) }

const receipt = (claims: object = {}, rules: object = {}, order: object = ORDER) =>
  verifyReceipt(mint(KEY, claims), { ...RULES, ...order, ...rules } as never)

describe('what a receipt is refused with', () => {
  for (const [code, message, claims] of [
    ['wrong_order', 'it is for another order', { orderId: 'A-1002' }],
    ['wrong_amount', 'it is for another amount', { amount: '6.20' }],
    ['wrong_currency', 'it is for another currency', { currency: 'USD' }],
    ['test_mode', 'it is for a test', { testMode: true }],
    [
      'unsigned_webhook',
      'only an unsigned notification says that it was paid',
      { assurance: 'unsigned-webhook' },
    ],
    ['unsigned_price', 'nobody vouches for its price', { priceSource: 'unsigned' }],
    ['wrong_issuer', 'it was issued by another proxy', { iss: 'https://evil.example' }],
    ['invalid_receipt', 'this is no receipt', { assurance: 'god' }],
  ] as const) {
    it(`${code}: ${message}`, () => assert.rejects(receipt(claims), { code, message }))
  }

  for (const [what, claims] of Object.entries({
    'an assurance of the language’s own': { assurance: 'toString' },
    'a price source of the language’s own': { priceSource: 'constructor' },
    'an assurance that is no text': { assurance: ['merchant'] },
    'no assurance': { assurance: undefined },
    'no price source': { priceSource: undefined },
    'an empty payment': { paymentId: '' },
    'an empty checkout': { checkoutId: '' },
    'a test that is text': { testMode: 'false' },
    'an amount that is a number': { amount: 620 },
    'no time': { iat: undefined },
  })) {
    it(`invalid_receipt, with ${what}`, () =>
      assert.rejects(receipt(claims, { allowAnyOrder: true }, {}), { code: 'invalid_receipt' }))
  }

  for (const assurance of ['provider-api', 'signed-webhook', 'merchant']) {
    it(`nothing, on the word of ${assurance}`, async () =>
      assert.equal((await receipt({ assurance })).assurance, assurance))
  }

  for (const priceSource of ['token', 'merchant', 'catalogue']) {
    it(`nothing, with a price of ${priceSource}`, async () =>
      assert.equal((await receipt({ priceSource })).priceSource, priceSource))
  }

  it('nothing, where the merchant takes the risk', async () => {
    const claims = { testMode: true, assurance: 'unsigned-webhook', priceSource: 'unsigned' }
    const risks = { allowTest: true, allowUnsignedWebhook: true, allowUnsignedPrice: true }
    assert.equal((await receipt(claims, risks)).orderId, 'A-1001')
    for (const name of Object.keys(risks)) {
      await assert.rejects(receipt(claims, { ...risks, [name]: 'yes' }), { name: 'ReceiptError' })
    }
  })
})

describe('options that leave a check out by mistake', () => {
  for (const [message, options] of [
    ['orderId must be text', { orderId: undefined }],
    ['orderId must be text', { orderId: '' }],
    ['amount must be text', { amount: 620 }],
    ['currency must be text', { currency: undefined }],
    ['orderId must be text', { orderId: undefined, allowAnyOrder: 'yes' }],
    ['orderId must be text', { orderId: 7, allowAnyOrder: true }],
    ['amount must be decimal text such as "100.00"', { amount: '1e3' }],
    ['issuer must be an https URL', { issuer: 'http://pay.shop.example' }],
    ['issuer must be an https URL', { issuer: 'ftp://localhost' }],
    ['issuer must be an https URL', { issuer: 'pay.shop.example' }],
  ] as const) {
    it(`${JSON.stringify(options)}: ${message}`, () =>
      assert.rejects(receipt({}, options), { name: 'RangeError', message }))
  }

  it('are none on this machine, and with slashes at the end', async () => {
    for (const issuer of ['http://localhost:8787', 'http://127.0.0.1:8787', 'http://[::1]:8787']) {
      assert.equal((await receipt({ iss: issuer }, { issuer })).iss, issuer)
    }
    assert.equal((await receipt({}, { issuer: `${ISSUER}///` })).iss, ISSUER)
  })
})

describe('what a notification is refused with', () => {
  const signature = signatureOf({})

  const hear = (headers: object = {}, options: object = {}, body: unknown = BODY) =>
    verifyWebhook({ body, headers: { ...headersOf(), ...headers } } as never, {
      secret: SECRET,
      now: NOW,
      ...options,
    })

  const at = (seconds: number) => headersOf({ seconds: NOW / 1000 + seconds })

  for (const [code, message, attempt] of [
    [
      'wrong_signature',
      'no signature is made with this secret',
      () => hear({ 'webhook-id': 'msg_other' }),
    ],
    ['missing_header', 'webhook-id is missing', () => hear({ 'webhook-id': ' ' })],
    ['missing_header', 'webhook-signature is missing', () => hear({ 'webhook-signature': '' })],
    [
      'missing_header',
      'webhook-timestamp is not a number of seconds',
      () => hear({ 'webhook-timestamp': '1e9' }),
    ],
    ['too_old', 'it was sent too long ago', () => hear(at(-301))],
    ['too_old', 'it comes from the future', () => hear(at(301))],
    ['invalid_body', 'give the raw body, before any JSON parser', () => hear({}, {}, {})],
    ['invalid_body', 'not a change of a checkout', () => hear(headersOf({ body: '{}' }), {}, '{}')],
    ['invalid_body', 'not a change of a checkout', () => hear(headersOf({ body: '{' }), {}, '{')],
    [
      'invalid_secret',
      'it must be whsec_ and the base64 of 24 to 64 bytes',
      () => hear({}, { secret: SECRET.slice(6) }),
    ],
  ] as const) {
    it(`${code}: ${message}`, () => assert.rejects(attempt(), { code, message }))
  }

  it('nothing, within five minutes', async () => {
    await hear(at(-300))
    await hear(at(300))
    await assert.rejects(hear(at(0), { tolerance: Number.NaN }), { code: 'too_old' })
  })

  for (const [what, secret] of Object.entries({
    'with something before it': `x${SECRET}`,
    'with something after it': `${SECRET}!`,
    'that is empty': '',
    'of 23 bytes': `whsec_${Buffer.alloc(23, 7).toString('base64')}`,
    'of 65 bytes': `whsec_${Buffer.alloc(65, 7).toString('base64')}`,
    'whose padding is not at its end': 'whsec_AA==AAECAwQFBgcICQoLDA0ODxAREhMUFRYX',
    'that is cut off': SECRET.slice(0, -1),
  })) {
    it(`invalid_secret, for one ${what}`, () =>
      assert.rejects(hear({}, { secret }), { code: 'invalid_secret' }))
  }

  for (const [what, header] of Object.entries({
    'with something before it': `x${signature}`,
    'of another version': signature.replace('v1', 'v1a'),
    'with something after it': `${signature}!`,
    'with its end twice': `${signature}=`,
    'without its version': signature.slice(3),
    'of nothing': 'v1,',
  })) {
    it(`wrong_signature, for one ${what}`, () =>
      assert.rejects(hear({ 'webhook-signature': header }), { code: 'wrong_signature' }))
  }

  it('nothing, where one of several is right, whatever is between them', async () => {
    const other = signatureOf({ id: 'msg_other' })
    for (const header of [`${other}   ${signature}`, `${other}\t${signature}`]) {
      await hear({ 'webhook-signature': header })
    }
    await hear({ 'webhook-signature': [other, signature] })
    await hear({ 'webhook-signature': Array.from({ length: 7 }, () => other).concat(signature) })
    const many = Array.from({ length: 8 }, () => other).concat(signature)
    await assert.rejects(hear({ 'webhook-signature': many }), { code: 'wrong_signature' })
  })

  it('nothing, for a secret with blanks or others around it', async () => {
    await hear({}, { secret: ` ${SECRET} ` })
    await hear({}, { secret: ['whsec_ZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXp7', SECRET] })
    await hear({}, { secret: `whsec_ZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXp7, ${SECRET}` })
  })
})
