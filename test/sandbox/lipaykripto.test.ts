/**
 * The stand-in of LiPayKripto against its document: tokens, the payment request, the errors.
 *
 * @module
 */
import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { SANDBOX_CREDENTIALS, startSandbox } from '../../sandbox/index.ts'
import type { Sandbox } from '../../sandbox/index.ts'
import { at, keysAt, send, textAt } from './helpers.ts'
import { authorize, pay, PAYMENT, sendText } from './lipaykripto-helpers.ts'

const { clientId, clientSecret } = SANDBOX_CREDENTIALS.lipaykripto
const NOW = Date.UTC(2026, 0, 1)

describe('lipaykripto', () => {
  let sandbox: Sandbox
  let now = NOW
  const url = (path: string) => `${sandbox.urls.lipaykripto}${path}`
  const control = (method: string, path: string, body?: unknown) =>
    send(method, `${sandbox.urls.control}${path}`, body)
  const set = async (settings: Record<string, unknown>) =>
    assert.equal((await control('POST', '/lipaykripto/settings', settings)).status, 200)

  before(async () => {
    sandbox = await startSandbox({ clock: () => now })
  })
  after(() => sandbox.close())
  beforeEach(async () => {
    now = NOW
    await control('POST', '/reset')
  })

  describe('POST /api/auth/token', () => {
    it('answers a token and its life in seconds', async () => {
      const { status, body } = await send('POST', url('/api/auth/token'), {
        clientId,
        clientSecret,
      })
      assert.equal(status, 200)
      assert.deepEqual(keysAt(body), ['expiresIn', 'token'])
      assert.equal(at(body, 'expiresIn'), 3600)
      assert.match(textAt(body, 'token'), /^[\w-]+\.[\w-]+\.[\w-]+$/)
    })

    it('401 Invalid credentials, without success', async () => {
      for (const wrong of [
        { clientId, clientSecret: 'other' },
        { clientId: 'other', clientSecret },
        { clientId },
        { clientId: 1, clientSecret },
        [],
      ]) {
        const { status, body } = await send('POST', url('/api/auth/token'), wrong)
        assert.equal(status, 401)
        assert.deepEqual(body, { error: 'Invalid credentials' })
      }
    })
  })

  describe('POST /api/external-payment-request', () => {
    it('answers as documented', async () => {
      const { status, body } = await pay(sandbox)
      assert.equal(status, 200)
      const { paymentUrl, paymentRequestId, ...rest } = body as Record<string, unknown>
      assert.deepEqual(rest, {
        success: true,
        paymentId: 'ORDER_123',
        clientId,
        status: 'pending_coin_selection',
      })
      assert.ok(Number.isInteger(paymentRequestId))
      assert.ok(String(paymentUrl).startsWith(url('/payment/eyJ')))
    })

    it('takes a token for one payment, and refuses it afterwards', async () => {
      const token = await authorize(sandbox)
      assert.equal((await pay(sandbox, {}, token)).status, 200)
      const { status, body } = await pay(sandbox, { paymentId: 'ORDER_124' }, token)
      assert.equal(status, 401)
      assert.deepEqual(body, { success: false, error: 'Invalid token' })
    })

    it('two payments at once with one token: one is made', async () => {
      const token = await authorize(sandbox)
      const answers = await Promise.all(
        ['A', 'B'].map((paymentId) => pay(sandbox, { paymentId }, token)),
      )
      assert.deepEqual(
        answers.map(({ status }) => status).toSorted((a, b) => a - b),
        [200, 401],
      )
    })

    it('a refused request does not use the token up', async () => {
      const token = await authorize(sandbox)
      assert.equal((await pay(sandbox, { tryAmount: 0 }, token)).status, 400)
      assert.equal((await pay(sandbox, {}, token)).status, 200)
    })

    it('401 Invalid token: none, altered, of a page, an hour old', async () => {
      const token = await authorize(sandbox)
      const text = textAt(token, 'authorization')
      const [header, payload, signature] = text.slice(7).split('.')
      const unsigned = Buffer.from('{"alg":"none"}').toString('base64url')
      const { body } = await pay(sandbox, { paymentId: 'OTHER' })
      const pageToken = textAt(body, 'paymentUrl').split('/').at(-1)
      const wrong: Record<string, string>[] = [
        {},
        { authorization: '' },
        { authorization: text.slice(7) },
        { authorization: `${text}x` },
        { authorization: `Bearer ${unsigned}.${payload}.${signature}` },
        { authorization: `Bearer ${header}.${payload}.` },
        { authorization: `Bearer ${pageToken}` },
      ]
      for (const headers of wrong) {
        const { status, body: refused } = await pay(sandbox, {}, headers)
        assert.equal(status, 401, headers['authorization'])
        assert.deepEqual(refused, { success: false, error: 'Invalid token' })
      }
      now += 3_600_000
      assert.equal((await pay(sandbox, {}, token)).status, 401)
    })

    const refusals: readonly [title: string, fields: Record<string, unknown>, error: string][] = [
      ['an amount of 0', { tryAmount: 0 }, 'Invalid amount'],
      ['a negative amount', { tryAmount: -1 }, 'Invalid amount'],
      ['an amount that is text', { tryAmount: '100.00' }, 'Invalid amount'],
      ['an amount of thousandths', { tryAmount: 0.001 }, 'Invalid amount'],
      ['no amount', { tryAmount: undefined }, 'Invalid amount'],
      ['an amount of null', { tryAmount: null }, 'Invalid amount'],
      ['an empty paymentId', { paymentId: '' }, 'Invalid paymentId'],
      ['a blank paymentId', { paymentId: ' ' }, 'Invalid paymentId'],
      ['a paymentId that is a number', { paymentId: 7 }, 'Invalid paymentId'],
      ['no paymentId', { paymentId: undefined }, 'Invalid paymentId'],
      ['no webhookUrl', { webhookUrl: undefined }, 'Webhook URL required'],
      ['a webhookUrl that is no URL', { webhookUrl: '/webhook' }, 'Webhook URL required'],
      [
        'a webhookUrl of another scheme',
        { webhookUrl: 'ftp://shop.example' },
        'Webhook URL required',
      ],
      ['a field it does not know', { return_url: 'https://shop.example' }, 'Unknown field'],
    ]
    for (const [title, fields, error] of refusals) {
      it(`400 ${error}: ${title}`, async () => {
        const { status, body } = await pay(sandbox, fields)
        assert.equal(status, 400)
        assert.deepEqual(body, { success: false, error })
      })
    }

    it('400 Invalid paymentId: one that was used before', async () => {
      await pay(sandbox)
      const { status, body } = await pay(sandbox, { tryAmount: 5 })
      assert.equal(status, 400)
      assert.deepEqual(body, { success: false, error: 'Invalid paymentId' })
    })

    it('400 for the comments of the document’s samples, and for another content type', async () => {
      const text = '{ "tryAmount": 100.00, // Amount in TRY\n "paymentId": "ORDER_123" }'
      const path = url('/api/external-payment-request')
      const commented = await sendText(path, text, await authorize(sandbox))
      assert.equal(commented.status, 400)
      const form = { ...(await authorize(sandbox)), 'content-type': 'text/plain' }
      assert.equal((await sendText(path, JSON.stringify(PAYMENT), form)).status, 400)
    })

    it('carries the webhook URL in the page’s token only if it is told to', async () => {
      const claims = async (paymentId: string) => {
        const { body } = await pay(sandbox, { paymentId })
        const payload = textAt(body, 'paymentUrl').split('.')[1] ?? ''
        return Buffer.from(payload, 'base64url').toString()
      }
      assert.ok(!(await claims('A')).includes(PAYMENT.webhookUrl))
      await set({ leakWebhookInToken: true })
      assert.ok((await claims('B')).includes(PAYMENT.webhookUrl))
    })

    it('plays the faults of its content', async () => {
      for (const [kind, path, value] of [
        ['unknown-status', 'status', /settled_elsewhere/],
        ['bad-address', 'paymentUrl', /^javascript:/],
        ['change-address', 'paymentUrl', /stranger\.example/],
      ] as const) {
        await control('POST', '/faults', { provider: 'lipaykripto', operation: 'payment', kind })
        const { body } = await pay(sandbox, { paymentId: kind })
        assert.match(textAt(body, path), value)
      }
    })
  })

  it('takes POST alone at the three endpoints of the document', async () => {
    for (const path of ['/api/auth/token', '/api/external-payment-request', '/api/withdraw']) {
      for (const method of ['GET', 'PUT', 'DELETE', 'PATCH']) {
        const { status, headers, body } = await send(method, url(path))
        assert.equal(status, 405, `${method} ${path}`)
        assert.equal(headers.get('allow'), 'POST')
        assert.equal(at(body, 'error'), 'Method not allowed')
      }
    }
    assert.equal((await send('GET', url('/api/other'))).status, 404)
  })

  it('429 and 500 have the texts of the document, a token’s without success', async () => {
    const body = { provider: 'lipaykripto', times: 1 }
    const fault = (operation: string, kind: string) =>
      control('POST', '/faults', { ...body, operation, kind })
    await fault('token', 'status-429')
    const credentials = { clientId, clientSecret }
    const refused = await send('POST', url('/api/auth/token'), credentials)
    assert.equal(refused.status, 429)
    assert.deepEqual(refused.body, { error: 'Too many requests' })
    await fault('payment', 'status-500')
    const broken = await pay(sandbox)
    assert.equal(broken.status, 500)
    assert.deepEqual(broken.body, { success: false, error: 'Server error' })
    await fault('status', 'status-500')
    const status = await send('GET', url('/api/paymentcontroller'))
    assert.equal(at(status.body, 'error', 'message'), 'Server error')
  })
})
