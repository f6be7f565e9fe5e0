/** The known answers of the providers' own sources, literal. */
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { withDecimals } from '../../../proxy/json-decimal.ts'
import { hashIpn, signParams } from '../../../proxy/providers/lincoln-signing.ts'
import { readLipayNotice } from '../../../proxy/providers/lipaykripto-notice.ts'
import { signWithdrawal } from '../../../proxy/providers/lipaykripto-payouts.ts'
import {
  signRequest,
  signWebhook,
  signingString,
  webhookString,
} from '../../../proxy/providers/paycrypto-signing.ts'

interface Vectors {
  readonly paycrypto: {
    readonly apiKey: string
    readonly apiSecret: string
    readonly requests: readonly {
      readonly id: string
      readonly timestamp: number
      readonly method: 'GET' | 'POST'
      readonly path: string
      readonly query: string
      readonly body: Record<string, unknown> | null
      readonly signString: string
      readonly signature: string
    }[]
    readonly webhooks: readonly {
      readonly id: string
      readonly timestampHeader: string
      readonly webhookSecret: string
      readonly rawBody: string
      readonly signString: string
      readonly signatureHeader: string
    }[]
    readonly webhooksPublished: readonly {
      readonly id: string
      readonly timestampHeader: string
      readonly webhookSecret: string
      readonly action: string
      readonly event: object
      readonly signString: string
      readonly signatureHeader: string
    }[]
  }
  readonly lipaykripto: {
    readonly hmacKey: string
    readonly fields: {
      readonly clientId: string
      readonly requestId: string
      readonly wallet_address: string
      readonly coin_type: string
      readonly webhook_url: string
      readonly created_at: string
    }
    readonly withdrawals: readonly { tryAmountLiteral: string; signatureHex: string }[]
    readonly webhooks: readonly {
      readonly webhookSecret: string
      readonly bodyWithoutSignature: string
      readonly signatureOverPhp: string
      readonly signatureOverRaw: string
    }[]
  }
  readonly boxexchanger: {
    readonly published: { readonly secret: string; readonly json: string; readonly hash: string }
    readonly own: readonly {
      readonly id: string
      readonly secret: string
      readonly get: Record<string, string>
      readonly post: Record<string, unknown>
      readonly json: string
      readonly hash: string
    }[]
    readonly ipn: readonly { id: string; string: string; sha256hex: string }[]
  }
}

const { paycrypto, lipaykripto, boxexchanger } = JSON.parse(
  readFileSync(new URL('../../fixtures/vectors.json', import.meta.url), 'utf8'),
) as Vectors

/** Changes one character of a text. */
const alter = (text: string, at: number): string =>
  text.slice(0, at) + (text[at] === 'x' ? 'y' : 'x') + text.slice(at + 1)

describe('paycrypto: signatures', () => {
  const { apiKey, apiSecret } = paycrypto
  for (const { id, signString, signature, body, ...rest } of paycrypto.requests) {
    const request = { ...rest, apiKey, body: body ?? {} }
    it(`request ${id}`, () => {
      assert.equal(signingString(request), signString)
      assert.equal(signRequest(request, apiSecret), signature)
    })

    it(`request ${id}: each part altered gives another signature`, () => {
      const altered = [
        { ...request, timestamp: request.timestamp + 1 },
        { ...request, method: request.method === 'GET' ? ('POST' as const) : ('GET' as const) },
        { ...request, apiKey: alter(apiKey, 3) },
        { ...request, path: `${request.path}/` },
        { ...request, query: `${request.query}&x=1` },
        ...Object.keys(request.body).map((name) => ({
          ...request,
          body: { ...request.body, [name]: 'altered' },
        })),
        { ...request, body: { ...request.body, extra: '1' } },
      ]
      for (const each of altered) assert.notEqual(signRequest(each, apiSecret), signature)
      assert.notEqual(signRequest(request, `${apiSecret}x`), signature)
    })
  }

  it('signs what is nothing as such, at every depth', () => {
    const request = { timestamp: 1, method: 'POST' as const, apiKey: 'k', path: '/p', query: '' }
    const body = { b: { z: null, a: [null, { c: null }] }, a: null }
    assert.equal(
      signingString({ ...request, body }),
      '1POSTk/pa=null&b={"a":[null,{"c":null}],"z":null}',
    )
  })

  it('signs the query decoded, in the order in which it is sent', () => {
    const request = { timestamp: 1, method: 'GET' as const, apiKey: 'k', path: '/p', body: {} }
    assert.equal(signingString({ ...request, query: 'b=a%2Fc+d&a=%C3%A7' }), '1GETk/p?b=a/c d&a=ç')
  })

  it('sorts at every depth by code unit, and leaves arrays as they are', () => {
    const body = { b: { z: 1, B: { y: 'é/"', A: 2 } }, B: 'x', a: ['2', { d: 1, c: 2 }], aB: '' }
    assert.equal(
      signingString({ timestamp: 1, method: 'POST', apiKey: 'k', path: '/p', query: '', body }),
      '1POSTk/pB=x&a=["2",{"d":1,"c":2}]&aB=&b={"B":{"A":2,"y":"é/\\""},"z":1}',
    )
  })

  for (const vector of paycrypto.webhooks) {
    it(`notification ${vector.id}`, () => {
      const { action, events } = JSON.parse(vector.rawBody) as { action: string; events: string[] }
      assert.equal(webhookString(vector.timestampHeader, { action, events }), vector.signString)
      assert.equal(
        signWebhook(vector.timestampHeader, { action, events }, vector.webhookSecret),
        vector.signatureHeader,
      )
    })
  }

  for (const vector of paycrypto.webhooksPublished) {
    it(`notification ${vector.id}, as the vendor published it`, () => {
      const events = [JSON.stringify(vector.event)]
      const { timestampHeader, action, webhookSecret } = vector
      assert.equal(webhookString(timestampHeader, { action, events }), vector.signString)
      assert.equal(
        signWebhook(timestampHeader, { action, events }, webhookSecret),
        vector.signatureHeader,
      )
      assert.notEqual(
        signWebhook('1585810920287', { action, events }, webhookSecret),
        vector.signatureHeader,
      )
      assert.notEqual(
        signWebhook(timestampHeader, { action, events: [...events, '{}'] }, webhookSecret),
        vector.signatureHeader,
      )
    })
  }
})

describe('lipaykripto: signatures', () => {
  const { fields, hmacKey } = lipaykripto
  const withdrawal = {
    clientId: fields.clientId,
    requestId: fields.requestId,
    walletAddress: fields.wallet_address,
    coinType: fields.coin_type,
    webhookUrl: fields.webhook_url,
    createdAt: fields.created_at,
  }

  for (const { tryAmountLiteral: tryAmount, signatureHex } of lipaykripto.withdrawals) {
    it(`withdrawal of ${tryAmount}`, () => {
      assert.equal(signWithdrawal({ ...withdrawal, tryAmount }, hmacKey), signatureHex)
    })

    it(`withdrawal of ${tryAmount}: each of the seven fields altered gives another one`, () => {
      const whole = { ...withdrawal, tryAmount }
      for (const name of Object.keys(whole) as (keyof typeof whole)[]) {
        const altered = { ...whole, [name]: alter(whole[name], 0) }
        assert.notEqual(signWithdrawal(altered, hmacKey), signatureHex, name)
      }
    })
  }

  for (const vector of lipaykripto.webhooks) {
    const { webhookSecret, bodyWithoutSignature, signatureOverPhp } = vector
    const withSignature = (body: string, signature: string): string =>
      body.replace(/}$/, `,"signature":"${signature}"}`)

    it('signed notification', () => {
      const notice = readLipayNotice(
        withSignature(bodyWithoutSignature, signatureOverPhp),
        webhookSecret,
      )
      assert.deepEqual(notice, {
        tryAmount: '100.00',
        clientId: 'client-42',
        paymentId: 'ORDER_123',
        status: 'confirmed',
      })
    })

    it('signed notification, over the bytes that came', () => {
      const { signatureOverRaw } = vector
      const spaced = bodyWithoutSignature.replace(/,/g, ', ')
      const signed = withSignature(bodyWithoutSignature, signatureOverRaw)
      assert.equal(readLipayNotice(signed, webhookSecret)?.status, 'confirmed')
      const overSpaced = createHmac('sha256', webhookSecret).update(spaced).digest('hex')
      assert.equal(
        readLipayNotice(withSignature(spaced, overSpaced), webhookSecret)?.status,
        'confirmed',
      )
    })

    it('signed notification: each field altered in turn is refused', () => {
      const body = JSON.parse(bodyWithoutSignature) as Record<string, unknown>
      for (const name of Object.keys(body)) {
        const altered = JSON.stringify({ ...body, [name]: 'altered' })
        const text = withSignature(altered, signatureOverPhp)
        assert.equal(readLipayNotice(text, webhookSecret), undefined, name)
      }
      assert.equal(readLipayNotice(bodyWithoutSignature, webhookSecret), undefined)
      const signed = withSignature(bodyWithoutSignature, signatureOverPhp)
      assert.equal(readLipayNotice(signed, `${webhookSecret}x`), undefined)
    })
  }
})

describe('lincoln: signatures', () => {
  it('the engine’s published example', () => {
    const { json, secret, hash } = boxexchanger.published
    assert.equal(signParams(json, secret), hash)
  })

  for (const { id, secret, get, post, json, hash } of boxexchanger.own) {
    it(`request ${id}: the JSON that we sign, and its hash`, () => {
      const amount = post['amount']
      const params = { ...get, ...post, ...(amount !== undefined && { amount: String(amount) }) }
      assert.equal(withDecimals(params, amount === undefined ? [] : ['amount']), json)
      assert.equal(signParams(json, secret), hash)
      assert.notEqual(signParams(alter(json, 12), secret), hash)
    })
  }

  for (const { id, string, sha256hex } of boxexchanger.ipn) {
    it(`notification ${id}, and each field altered`, () => {
      const parts = string.split(':')
      const [orderId = '', newStatus = '', inAmount = '', outAmount = ''] = parts
      const [xmlFrom = '', xmlTo = '', timestamp = '', secret = ''] = parts.slice(4)
      const ipn = { orderId, newStatus, inAmount, outAmount, xmlFrom, xmlTo, timestamp }
      assert.equal(hashIpn(ipn, secret), sha256hex)
      for (const name of Object.keys(ipn) as (keyof typeof ipn)[]) {
        assert.notEqual(hashIpn({ ...ipn, [name]: alter(ipn[name], 0) }, secret), sha256hex, name)
      }
    })
  }
})
