import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { verifyWebhook, WebhookError } from '../../merchant/index.ts'
import type {
  HeaderSource,
  VerifyWebhookOptions,
  WebhookErrorCode,
  WebhookRequest,
} from '../../merchant/index.ts'
import {
  BODY,
  bodyOf,
  CHECKOUT,
  headersOf,
  ID,
  NOW,
  OLD_SECRET,
  SECRET,
  signatureOf,
} from './webhook-samples.ts'

const OPTIONS: VerifyWebhookOptions = { secret: SECRET, now: NOW }
const SECONDS = NOW / 1000

interface Attempt {
  readonly body?: unknown
  readonly headers?: HeaderSource
  readonly options?: object
}

const verify = ({ body = BODY, headers = headersOf(), options = {} }: Attempt = {}) =>
  verifyWebhook({ body, headers } as WebhookRequest, { ...OPTIONS, ...options })

/** Refused by this code, in words that repeat nothing of what was sent. */
async function refuses(code: WebhookErrorCode, attempt: Attempt): Promise<void> {
  await assert.rejects(verify(attempt), (error) => {
    assert.ok(error instanceof WebhookError, String(error))
    assert.equal(error.code, code)
    assert.equal(error.name, 'WebhookError')
    const said = `${error.message} ${JSON.stringify(error)} ${String(error.cause)}`
    for (const part of [SECRET.slice(6), OLD_SECRET.slice(6), signatureOf({}).slice(3), ID]) {
      assert.ok(!said.includes(part), said)
    }
    assert.ok(!said.includes(CHECKOUT.orderId), said)
    return true
  })
}

const without = (name: string): Record<string, string> =>
  Object.fromEntries(Object.entries(headersOf()).filter(([key]) => key !== name))

const signedAs = (signature: string) => ({ ...headersOf(), 'webhook-signature': signature })

describe('verifyWebhook', () => {
  it('gives what an independent library signed', async () => {
    assert.deepEqual(await verify(), {
      id: ID,
      type: 'checkout.paid',
      timestamp: '2026-05-01T11:59:58.000Z',
      checkout: CHECKOUT,
    })
  })

  it('takes a known answer, and the same of node:crypto', async () => {
    const body =
      '{"type":"checkout.paid","timestamp":"2026-05-01T12:00:00.000Z",' +
      '"data":{"id":"c","orderId":"A-1","status":"paid","version":2}}'
    const known = 'v1,hE1rjn+RO1o5eSrhXVBCcZBct9IzPWRVnYJJEGaNoEg='
    const key = Buffer.from(Array.from({ length: 32 }, (_each, index) => index))
    const hmac = createHmac('sha256', key).update(`msg_1.1777636800.${body}`).digest('base64')
    assert.equal(`v1,${hmac}`, known)
    const headers = {
      'webhook-id': 'msg_1',
      'webhook-timestamp': '1777636800',
      'webhook-signature': known,
    }
    assert.equal((await verify({ body, headers })).checkout.version, 2)
  })

  it('takes any text that a description can hold', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (description) => {
        const body = bodyOf({ ...CHECKOUT, description })
        const { checkout } = await verify({ body, headers: headersOf({ body }) })
        assert.equal(checkout.description, description)
      }),
      { numRuns: 200 },
    )
  })

  describe('takes headers', () => {
    const upper = Object.fromEntries(
      Object.entries(headersOf()).map(([name, value]) => [name.toUpperCase(), value]),
    )
    const lists = Object.fromEntries(
      Object.entries(headersOf()).map(([name, value]) => [name, [value]]),
    )
    for (const [form, headers] of [
      ['as a Headers', new Headers(headersOf())],
      ['as a record', headersOf()],
      ['in capitals', upper],
      ['as lists', lists],
      ['with others around', { host: 'shop.example', cookie: undefined, ...headersOf() }],
    ] as const) {
      it(form, async () => {
        assert.equal((await verify({ headers })).id, ID)
      })
    }

    it('of Node’s own server', async () => {
      const request = await receiveOnce(headersOf())
      assert.equal((await verify({ headers: request.headers })).id, ID)
    })
  })

  describe('takes the body', () => {
    for (const [form, body] of [
      ['as text', BODY],
      ['as bytes', new TextEncoder().encode(BODY)],
      ['as a Buffer', Buffer.from(BODY)],
    ] as const) {
      it(form, async () => {
        assert.deepEqual((await verify({ body })).checkout, CHECKOUT)
      })
    }

    it('never parsed', () => refuses('invalid_body', { body: JSON.parse(BODY) }))
    it('never missing', () => refuses('invalid_body', { body: null }))
  })

  for (const name of ['webhook-id', 'webhook-timestamp', 'webhook-signature']) {
    it(`refuses to do without ${name}`, async () => {
      await refuses('missing_header', { headers: without(name) })
      await refuses('missing_header', { headers: new Headers(without(name)) })
      await refuses('missing_header', { headers: { ...headersOf(), [name]: ' ' } })
    })
  }

  for (const text of ['soon', '1e9', '-1777636800', '1777636800.5', '1777636800abc', '0x10']) {
    it(`refuses ${text} for a time`, () =>
      refuses('missing_header', { headers: { ...headersOf(), 'webhook-timestamp': text } }))
  }

  describe('refuses the signature', () => {
    const hex = Buffer.from(signatureOf({}).slice(3), 'base64').toString('hex')
    for (const [title, attempt] of [
      ['of another body', { body: BODY.replace('620.00', '6.00') }],
      ['of a body without its last byte', { body: BODY.slice(0, -1) }],
      ['of a body with one more', { body: `${BODY} ` }],
      ['of another id', { headers: { ...headersOf(), 'webhook-id': `${ID}x` } }],
      ['of another time', { headers: { ...headersOf(), 'webhook-timestamp': `${SECONDS + 1}` } }],
      ['by another secret', { headers: headersOf({ secret: OLD_SECRET }) }],
      ['by the new secret, where only the old is known', { options: { secret: OLD_SECRET } }],
      ['without a version', { headers: signedAs(signatureOf({}).slice(3)) }],
      ['of version v1a', { headers: signedAs(signatureOf({}).replace('v1', 'v1a')) }],
      ['of version v2', { headers: signedAs(signatureOf({}).replace('v1', 'v2')) }],
      ['of version V1', { headers: signedAs(signatureOf({}).replace('v1', 'V1')) }],
      ['that is empty', { headers: signedAs('v1,') }],
      ['in hex', { headers: signedAs(`v1,${hex}`) }],
      ['cut off', { headers: signedAs(signatureOf({}).slice(0, 20)) }],
      ['that is no base64', { headers: signedAs(`v1,${'*'.repeat(43)}=`) }],
      ['of zeros', { headers: signedAs(`v1,${Buffer.alloc(32).toString('base64')}`) }],
    ] as const satisfies readonly (readonly [string, Attempt])[]) {
      it(title, () => refuses('wrong_signature', attempt))
    }

    it('with any one bit turned', async () => {
      const bytes = Buffer.from(signatureOf({}).slice(3), 'base64')
      for (let bit = 0; bit < 256; bit += 1) {
        const turned = Buffer.from(bytes)
        turned[bit >> 3] = (turned[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        await refuses('wrong_signature', { headers: signedAs(`v1,${turned.toString('base64')}`) })
      }
    })
  })

  describe('with several signatures', () => {
    const right = signatureOf({})
    const wrong = signatureOf({ secret: OLD_SECRET })
    for (const [title, list] of [
      ['takes the right one in the second place', `${wrong} ${right}`],
      ['takes the right one in the first', `${right} ${wrong}`],
      ['passes over other versions', `v1a,AAAA v2,${right.slice(3)} ${right}`],
      ['passes over what cannot be read', `v1 ,, v1,* v1,AA**== v1,**==  ${right}`],
      ['takes more than one blank', `${wrong}   ${right} `],
      ['looks at eight', `${`${wrong} `.repeat(7)}${right}`],
    ] as const) {
      it(title, async () => {
        assert.equal((await verify({ headers: signedAs(list) })).id, ID)
      })
    }

    it('looks at no more than eight', () =>
      refuses('wrong_signature', { headers: signedAs(`${`${wrong} `.repeat(8)}${right}`) }))
  })

  describe('while a secret is being replaced', () => {
    const both = signedAs(`${signatureOf({})} ${signatureOf({ secret: OLD_SECRET })}`)
    for (const [title, secret] of [
      ['takes a list', [OLD_SECRET, SECRET]],
      ['takes what stands in the proxy’s variable', `${OLD_SECRET}, ${SECRET}`],
    ] as const) {
      it(title, async () => {
        for (const each of [SECRET, OLD_SECRET]) {
          const headers = headersOf({ secret: each })
          assert.equal((await verify({ headers, options: { secret } })).id, ID)
        }
      })
    }

    it('a merchant who knows only one takes what both signed', async () => {
      for (const secret of [SECRET, OLD_SECRET]) {
        assert.equal((await verify({ headers: both, options: { secret } })).id, ID)
      }
    })
  })

  describe('by the time', () => {
    const sent = (age: number): Attempt => ({ headers: headersOf({ seconds: SECONDS - age }) })
    for (const age of [300, 299, 0, -299, -300]) {
      it(`takes what was sent ${age} s ago`, async () => {
        assert.equal((await verify(sent(age))).id, ID)
      })
    }
    for (const age of [301, 3600, -301, -3600]) {
      it(`refuses what was sent ${age} s ago`, () => refuses('too_old', sent(age)))
    }

    it('goes by the tolerance that was given', async () => {
      await verify({ ...sent(3600), options: { tolerance: 3600 } })
      await refuses('too_old', { ...sent(11), options: { tolerance: 10 } })
      await refuses('too_old', { ...sent(0), options: { tolerance: Number.NaN } })
    })

    it('goes by the clock where no time is given', async () => {
      const { secret } = OPTIONS
      const headers = headersOf({ seconds: Math.floor(Date.now() / 1000) })
      assert.equal((await verifyWebhook({ body: BODY, headers }, { secret })).id, ID)
      await assert.rejects(verifyWebhook({ body: BODY, headers: headersOf() }, { secret }))
    })

    it('looks at it before the signature', () =>
      refuses('too_old', {
        headers: { ...headersOf({ seconds: SECONDS - 301 }), 'webhook-signature': 'v1,AAAA' },
      }))
  })

  describe('refuses a secret', () => {
    const ofBytes = (length: number) => `whsec_${Buffer.alloc(length, 1).toString('base64')}`
    for (const [title, secret] of [
      ['that is missing', undefined],
      ['that is empty', ''],
      ['that is an empty list', []],
      ['without its beginning', SECRET.slice(6)],
      ['that is only its beginning', 'whsec_'],
      ['of 23 bytes', ofBytes(23)],
      ['of 65 bytes', ofBytes(65)],
      ['that is no base64', `whsec_${'*'.repeat(44)}`],
      ['cut off', SECRET.slice(0, -1)],
      ['beside a good one', [SECRET, 'whsec_AAAA']],
    ] as const) {
      it(title, () => refuses('invalid_secret', { options: { secret } }))
    }

    it('and takes 24 and 64 bytes', async () => {
      for (const secret of [ofBytes(24), ofBytes(64)]) {
        assert.equal((await verify({ headers: headersOf({ secret }), options: { secret } })).id, ID)
      }
    })
  })

  describe('refuses an authentic message', () => {
    for (const [title, body] of [
      ['that is no JSON', 'paid'],
      ['that is null', 'null'],
      ['that is a list', '[]'],
      ['without data', '{"type":"checkout.paid","timestamp":"2026-05-01T12:00:00Z"}'],
      ['of another kind', bodyOf(CHECKOUT, 'invoice.paid')],
      ['whose type is not its status', bodyOf({ ...CHECKOUT, status: 'pending' })],
      ['without a status', bodyOf({ ...CHECKOUT, status: undefined }, 'checkout.undefined')],
      ['without a version', bodyOf({ ...CHECKOUT, version: undefined })],
      ['whose version is text', bodyOf({ ...CHECKOUT, version: '7' })],
      ['without an id', bodyOf({ ...CHECKOUT, id: undefined })],
      ['without an orderId', bodyOf({ ...CHECKOUT, orderId: 1001 })],
      ['without a time', JSON.stringify({ type: 'checkout.paid', data: CHECKOUT })],
    ] as const) {
      it(title, () => refuses('invalid_body', { body, headers: headersOf({ body }) }))
    }

    it('that is no UTF-8', async () => {
      const [before = '', behind = ''] = BODY.split('Harbour')
      const body = Buffer.concat([Buffer.from(before), Buffer.from([0xff]), Buffer.from(behind)])
      const key = Buffer.from(SECRET.slice(6), 'base64')
      const signed = Buffer.concat([Buffer.from(`${ID}.${SECONDS}.`), body])
      const signature = createHmac('sha256', key).update(signed).digest('base64')
      await refuses('invalid_body', { body, headers: signedAs(`v1,${signature}`) })
    })
  })
})

/** The request that Node's own server makes of these headers. */
async function receiveOnce(headers: Record<string, string>): Promise<IncomingMessage> {
  const server = createServer()
  server.listen(0)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const received = once(server, 'request')
  const answered = fetch(`http://localhost:${port}`, { method: 'POST', headers })
  const [request, response] = await received
  response.end()
  await answered
  server.close()
  return request
}
