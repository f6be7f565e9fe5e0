/**
 * The stand-in of Redoya Pay against its document: the order token's rules, the redirect, the two
 * answers and four errors of verify, and every action the control server plays on an order.
 *
 * @module
 */
import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { SANDBOX_CREDENTIALS, startSandbox } from '../../sandbox/index.ts'
import type { Sandbox } from '../../sandbox/index.ts'
import { at, keysAt, orderToken, send, textAt } from './helpers.ts'

/** Key by key from the document. */
const SUCCESS_KEYS =
  'orderId status total_amount payment_type payment_amount currency testMode timestamp uses'
const FAILED_KEYS =
  'orderId status failed_reason_code failed_reason_msg total_amount payment_type testMode timestamp uses'
const NOW = Date.UTC(2026, 0, 1)
const { identifier } = SANDBOX_CREDENTIALS.redoya

describe('redoya', () => {
  let sandbox: Sandbox
  let now = NOW
  const order = (body: Record<string, unknown> = {}) =>
    send('POST', `${sandbox.urls.control}/redoya/orders`, {
      orderToken: orderToken(),
      identifier,
      outcome: 'success',
      ...body,
    })
  const verify = (id: string, body: unknown = { identifier }) =>
    send('POST', `${sandbox.urls.redoya}/api/v1/order/verify/${id}`, body)
  const play = (id: string, action: string) =>
    send('POST', `${sandbox.urls.control}/payments/redoya/${id}`, { action })
  const makeOrder = async (body: Record<string, unknown> = {}) =>
    textAt((await order(body)).body, 'orderId')

  before(async () => {
    sandbox = await startSandbox({ clock: () => now })
  })
  after(() => sandbox.close())
  beforeEach(async () => {
    now = NOW
    await send('POST', `${sandbox.urls.control}/reset`)
  })

  describe('the order', () => {
    it('has an id of 16 letters and digits, put where {order_id} stands in the URL', async () => {
      const { status, body } = await order()
      assert.equal(status, 201)
      const id = textAt(body, 'orderId')
      assert.match(id, /^[A-Za-z0-9]{16}$/)
      assert.equal(at(body, 'redirect'), `https://shop.example/ok/${id}?invoiceId=123`)
    })

    it('is substituted everywhere, in path and query, and only where the braces are raw', async () => {
      const successfulURL = 'https://shop.example/{order_id}?a={order_id}&b=%7Border_id%7D'
      const { body } = await order({ orderToken: orderToken({ successfulURL }) })
      const id = textAt(body, 'orderId')
      assert.equal(at(body, 'redirect'), `https://shop.example/${id}?a=${id}&b=%7Border_id%7D`)
    })

    it('goes to failURL when it failed', async () => {
      const { body } = await order({ outcome: 'failed' })
      const id = textAt(body, 'orderId')
      assert.equal(at(body, 'redirect'), `https://shop.example/fail/${id}?invoiceId=123`)
    })

    it('is made by the hosted page in the same way', async () => {
      const body = { orderToken: orderToken(), identifier }
      const opened = await send('POST', `${sandbox.urls.redoya}/sandbox/checkout/open`, body)
      assert.deepEqual(opened.body, {
        vendor: 'Sandbox Shop',
        price: 15,
        isInTestMode: 1,
        exp: null,
      })
      const url = `${sandbox.urls.redoya}/sandbox/checkout/pay`
      const paid = await send('POST', url, { ...body, outcome: 'success' })
      assert.equal(paid.status, 201)
      assert.equal((await verify(textAt(paid.body, 'orderId'))).status, 200)
      assert.equal((await send('POST', url, { ...body, outcome: 'maybe' })).status, 400)
    })
  })

  describe('POST /api/v1/order/verify/:orderId', () => {
    it('answers a successful payment as documented, amounts as text times 100', async () => {
      const id = await makeOrder()
      const { status, body } = await verify(id)
      assert.equal(status, 200)
      assert.deepEqual(keysAt(body), SUCCESS_KEYS.split(' ').toSorted())
      assert.deepEqual(body, {
        orderId: id,
        status: 'success',
        total_amount: '1545',
        payment_type: 'card',
        payment_amount: '1500',
        currency: 'TL',
        testMode: '1',
        timestamp: NOW / 1000,
        uses: 0,
      })
    })

    it('answers a failed payment as documented', async () => {
      const id = await makeOrder({ outcome: 'failed', orderToken: orderToken({ isInTestMode: 0 }) })
      const { status, body } = await verify(id)
      assert.equal(status, 200)
      assert.deepEqual(keysAt(body), FAILED_KEYS.split(' ').toSorted())
      assert.equal(at(body, 'status'), 'failed')
      assert.equal(at(body, 'total_amount'), '0')
      assert.equal(at(body, 'testMode'), '0')
      assert.match(textAt(body, 'failed_reason_code'), /^\d{1,2}$/)
    })

    it('counts its calls in uses', async () => {
      const id = await makeOrder()
      const uses = [await verify(id), await verify(id), await verify(id)]
      assert.deepEqual(
        uses.map(({ body }) => at(body, 'uses')),
        [0, 1, 2],
      )
    })

    it('takes the identifier as a form too', async () => {
      const id = await makeOrder()
      const response = await fetch(`${sandbox.urls.redoya}/api/v1/order/verify/${id}`, {
        method: 'POST',
        body: new URLSearchParams({ identifier }),
      })
      assert.equal(response.status, 200)
    })

    it('NOT_CONFIRMED_YET: 400, until it is confirmed', async () => {
      const id = await makeOrder({ outcome: 'pending' })
      const { status, body } = await verify(id)
      assert.equal(status, 400)
      assert.deepEqual(body, {
        name: 'MoleculerError',
        message: 'The order is not end up yet.',
        code: 400,
        type: 'NOT_CONFIRMED_YET',
      })
      await play(id, 'confirm')
      assert.equal(at((await verify(id)).body, 'status'), 'success')
    })

    it('ORDER_TIMED_OUT: 400, when the order is a day old', async () => {
      const id = await makeOrder()
      now += 24 * 3_600_000
      const { status, body } = await verify(id)
      assert.equal(status, 400)
      assert.deepEqual(body, {
        name: 'MoleculerError',
        message: "It's been a long time since the order was created.",
        code: 400,
        type: 'ORDER_TIMED_OUT',
      })
    })

    it('UNKNOWN_ORDER: 404, for an unknown id and for an identifier of anyone else', async () => {
      const id = await makeOrder()
      const [header, , signature] = identifier.split('.')
      const claims = Buffer.from('{"vendorId":"other"}').toString('base64url')
      const refused = [
        await verify('AAAABBBBCCCCDDDD'),
        await verify(id, { identifier: 'another.vendor.token' }),
        await verify(id, { identifier: [header, claims, signature].join('.') }),
        await verify(id, {}),
      ]
      for (const { status, body } of refused) {
        assert.equal(status, 404)
        assert.deepEqual(body, {
          name: 'MoleculerError',
          message: 'Order with specified ID is not found.',
          code: 404,
          type: 'UNKNOWN_ORDER',
        })
      }
      assert.equal(at((await verify(id)).body, 'uses'), 0, 'a stranger does not use it up')
    })

    it('UNKNOWN_ORDER: 404, once the identifier has expired', async () => {
      now = Date.now() + 91 * 86_400_000
      const { status, body } = await order()
      assert.equal(status, 404)
      assert.equal(at(body, 'code'), 'unknown_identifier')
    })

    it('UNKNOWN_ERROR: 500, for a body that cannot be read', async () => {
      const { status, body } = await verify(await makeOrder(), 'text')
      assert.equal(status, 500)
      assert.deepEqual(body, {
        name: 'MoleculerError',
        message: 'Unknown error! Contact the administrator.',
        code: 500,
        type: 'UNKNOWN_ERROR',
      })
    })

    it('answers what a test wants it to', async () => {
      const lies = { testMode: '0', currency: 'USD', payment_amount: '300' }
      const { body } = await verify(await makeOrder(lies))
      assert.deepEqual(
        [at(body, 'testMode'), at(body, 'currency'), at(body, 'payment_amount')],
        ['0', 'USD', '300'],
      )
      assert.equal((await order({ testMode: 0 })).status, 400)
    })
  })

  describe('actions', () => {
    it('confirm, fail, time-out and delay, each from the others', async () => {
      const id = await makeOrder({ outcome: 'pending' })
      assert.equal((await play(id, 'fail')).status, 200)
      assert.equal(at((await verify(id)).body, 'status'), 'failed')
      await play(id, 'time-out')
      assert.equal(at((await verify(id)).body, 'type'), 'ORDER_TIMED_OUT')
      await play(id, 'delay')
      assert.equal(at((await verify(id)).body, 'type'), 'NOT_CONFIRMED_YET')
      const { body } = await play(id, 'confirm')
      assert.deepEqual(at(body, 'actions'), ['fail', 'time-out', 'delay'])
      assert.equal(at((await verify(id)).body, 'status'), 'success')
      assert.equal((await play(id, 'confirm')).status, 409)
    })
  })

  describe('GET /checkout', () => {
    it('is a page that reads the fragment itself and lets nothing else in', async () => {
      const { status, headers, text } = await send('GET', `${sandbox.urls.redoya}/checkout`)
      assert.equal(status, 200)
      assert.match(headers.get('content-security-policy') ?? '', /default-src 'none'/)
      assert.equal(headers.get('referrer-policy'), 'same-origin')
      assert.match(text, /location\.hash/)
      assert.doesNotMatch(text, /https?:\/\//)
    })

    it('has an error of its own for other routes', async () => {
      const { status, body } = await send('GET', `${sandbox.urls.redoya}/api/v1/nothing`)
      assert.equal(status, 404)
      assert.equal(at(body, 'type'), 'NOT_FOUND')
    })
  })
})
