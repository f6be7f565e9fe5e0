/**
 * PayCrypto's signatures: the vectors as known answers, and the rules of the sign string.
 *
 * @module
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { SANDBOX_CREDENTIALS, startSandbox } from '../../sandbox/index.ts'
import { parseJsonLiterals } from '../../sandbox/json-literals.ts'
import {
  requestSigningString,
  sign,
  webhookSigningString,
} from '../../sandbox/providers/paycrypto/signature.ts'
import { at, send } from './helpers.ts'
import { API_KEY, API_SECRET, PUBLISHED_WEBHOOK, REQUESTS, WEBHOOK } from './paycrypto-vectors.ts'

const credentials = SANDBOX_CREDENTIALS.paycrypto

describe('paycrypto: signatures', () => {
  for (const { id, timestamp, method, path, query, body, ...expected } of REQUESTS) {
    it(`known answer ${id}`, () => {
      const parsed = body === null ? undefined : parseJsonLiterals(JSON.stringify(body))
      const request = { timestamp: String(timestamp), method, apiKey: API_KEY, path, query }
      const text = requestSigningString({ ...request, body: parsed })
      assert.equal(text, expected.signString)
      assert.equal(sign(text, API_SECRET), expected.signature)
      const authorization = `Inst:${API_KEY}:${timestamp}:${sign(text, API_SECRET)}`
      assert.equal(authorization, expected.authorization)
    })

    it(`known answer ${id}, over HTTP`, async () => {
      const account = { ...credentials, apiKey: API_KEY, apiSecret: API_SECRET, passphrase: '' }
      const clock = () => timestamp
      const sandbox = await startSandbox({ clock, credentials: { paycrypto: account } })
      try {
        const url = `${sandbox.urls.paycrypto}${path}${query === '' ? '' : `?${query}`}`
        const headers = { authorization: expected.authorization }
        const answer = await send(method, url, body ?? undefined, headers)
        const code = at(answer.body, 'code')
        assert.ok(typeof code === 'number' && Math.floor(code / 1000) !== 112, answer.text)
      } finally {
        await sandbox.close()
      }
    })
  }

  it('known answer W1: our own webhook', () => {
    const { events } = JSON.parse(WEBHOOK.rawBody) as { events: string[] }
    const text = webhookSigningString(WEBHOOK.timestampHeader, 'order_result', events)
    assert.equal(text, WEBHOOK.signString)
    assert.equal(sign(text, WEBHOOK.webhookSecret), WEBHOOK.signatureHeader)
  })

  it('known answer W-pub-order: the published webhook', () => {
    const { timestampHeader, action, event, webhookSecret } = PUBLISHED_WEBHOOK
    const text = webhookSigningString(timestampHeader, action, [JSON.stringify(event)])
    assert.equal(text, PUBLISHED_WEBHOOK.signString)
    assert.equal(sign(text, webhookSecret), PUBLISHED_WEBHOOK.signatureHeader)
  })

  it('known answer: the document’s own sample body, its sign string without the entity', () => {
    const body = parseJsonLiterals(
      '{"amount":10,"currency":"USD","cust_order_id":"1185a4d49e1c","customer":{"zipcode":"24000","country":"USA","address":"sgasgs,shfojsg,AA"},"return_url":"https://docs.google.com/"}',
    )
    const request = { timestamp: '1646279846494', method: 'POST', apiKey: 'k', query: '' }
    assert.equal(
      requestSigningString({ ...request, path: '/api/v1/payment', body }),
      '1646279846494POSTk/api/v1/paymentamount=10&currency=USD&cust_order_id=1185a4d49e1c&customer={"address":"sgasgs,shfojsg,AA","country":"USA","zipcode":"24000"}&return_url=https://docs.google.com/',
    )
  })

  const bodyText = (json: string) =>
    requestSigningString({
      timestamp: '',
      method: '',
      apiKey: '',
      path: '',
      query: '',
      body: parseJsonLiterals(json),
    })

  it('signs the method in upper case', () => {
    const request = { timestamp: '1', method: 'post', apiKey: 'k', path: '/', query: '' }
    assert.equal(requestSigningString({ ...request, body: undefined }), '1POSTk/')
  })

  it('sorts keys by code unit, upper case first, at every depth of maps', () => {
    assert.equal(bodyText('{"b":"1","a_b":"2","aB":"3","a":"4","B":"5"}'), 'B=5&a=4&aB=3&a_b=2&b=1')
    assert.equal(
      bodyText('{"m":{"z":{"y":1,"x":2},"10":1,"9":2}}'),
      'm={"10":1,"9":2,"z":{"x":2,"y":1}}',
    )
  })

  it('keeps arrays in their order and the maps in them as they are', () => {
    assert.equal(bodyText('{"a":["e2","e1",{"b":1,"a":2}]}'), 'a=["e2","e1",{"b":1,"a":2}]')
  })

  it('keeps the literals of numbers, writes null as text on top and drops it below', () => {
    assert.equal(
      bodyText('{"n":1.50,"o":null,"p":{"x":null,"y":true},"q":""}'),
      'n=1.50&o=null&p={"y":true}&q=',
    )
  })

  it('escapes neither slashes nor what is not ASCII', () => {
    assert.equal(bodyText('{"m":{"a":"1/2 Ş \\""}}'), 'm={"a":"1/2 Ş \\""}')
  })
})
