/**
 * The control server: what it lists, refuses, records and forgets.
 *
 * @module
 */
import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { SANDBOX_CREDENTIALS, startSandbox } from '../../sandbox/index.ts'
import type { Sandbox } from '../../sandbox/index.ts'
import { at, CREATE, keysAt, logIn, orderToken, send, textAt } from './helpers.ts'

const { identifier } = SANDBOX_CREDENTIALS.redoya
const PAYMENT_KEYS = 'provider id status amount currency reference createdAt actions details'

describe('control', () => {
  let sandbox: Sandbox
  let now = Date.UTC(2026, 0, 1)
  const control = (method: string, path: string, body?: unknown) =>
    send(method, `${sandbox.urls.control}${path}`, body)
  const createBoth = async () => {
    const token = await logIn(sandbox)
    await send('POST', `${sandbox.urls.cryptom}/api/transaction/create`, CREATE, token)
    now += 1000
    const order = { orderToken: orderToken(), identifier, outcome: 'success' }
    return textAt((await control('POST', '/redoya/orders', order)).body, 'orderId')
  }

  before(async () => {
    sandbox = await startSandbox({ clock: () => now })
  })
  after(() => sandbox.close())
  beforeEach(() => control('POST', '/reset'))

  it('GET / lists providers, urls, operations and actions', async () => {
    const { body } = await control('GET', '/')
    assert.deepEqual(at(body, 'urls'), sandbox.urls)
    assert.deepEqual(
      [0, 1].map((index) => at(body, 'providers', index, 'name')),
      ['cryptom', 'redoya'],
    )
    assert.deepEqual(at(body, 'providers', 1, 'actions'), ['confirm', 'fail', 'time-out', 'delay'])
  })

  it('GET /payments lists those of all providers, newest first', async () => {
    const id = await createBoth()
    const { body } = await control('GET', '/payments')
    assert.deepEqual(
      [0, 1].map((index) => at(body, index, 'provider')),
      ['redoya', 'cryptom'],
    )
    assert.deepEqual(keysAt(body, 0), PAYMENT_KEYS.split(' ').toSorted())
    assert.equal(at(body, 0, 'id'), id)
    assert.equal(at(body, 0, 'amount'), '15')
    assert.equal(at(body, 0, 'reference'), null)
    assert.equal(at(body, 1, 'reference'), 'A-1001')
    assert.equal(at(body, 1, 'amount'), '300')
  })

  it('refuses unknown words with the list of the legal ones', async () => {
    const id = await createBoth()
    const refusals: readonly [string, unknown, number, string, string][] = [
      [`/payments/redoya/${id}`, { action: 'pay' }, 400, 'unknown_action', 'confirm'],
      [`/payments/redoya/${id}`, {}, 400, 'unknown_action', 'confirm'],
      ['/payments/other/1', { action: 'pay' }, 400, 'unknown_provider', 'cryptom'],
      [
        '/redoya/orders',
        { orderToken: orderToken(), identifier },
        400,
        'unknown_outcome',
        'failed',
      ],
      ['/faults', { provider: 'other' }, 400, 'unknown_provider', 'redoya'],
      ['/faults', { provider: 'toString' }, 400, 'unknown_provider', 'redoya'],
      ['/faults', { provider: 'redoya', operation: 'auth' }, 400, 'unknown_operation', 'verify'],
      [
        '/faults',
        { provider: 'redoya', operation: 'verify', kind: 'bad-address' },
        400,
        'unknown_kind',
        'wrong-amount',
      ],
    ]
    for (const [path, sent, status, code, legal] of refusals) {
      const { status: answered, headers, body } = await control('POST', path, sent)
      assert.equal(answered, status, path)
      assert.equal(headers.get('content-type'), 'application/problem+json')
      assert.equal(at(body, 'code'), code)
      const list = at(body, 'legal')
      assert.ok(Array.isArray(list) && list.includes(legal), code)
    }
  })

  it('refuses an unknown payment, route, body or amount', async () => {
    const id = await createBoth()
    const unknown = await control('POST', '/payments/redoya/none', { action: 'confirm' })
    assert.equal(unknown.status, 404)
    assert.equal((await control('GET', '/nothing')).status, 404)
    assert.equal((await control('POST', `/payments/redoya/${id}`, [])).status, 400)
    const wrong = await control('POST', `/payments/redoya/${id}`, { action: 'fail', amount: 1 })
    assert.equal(at(wrong.body, 'code'), 'invalid_amount')
  })

  it('refuses fields of a fault that are not legal', async () => {
    const fault = { provider: 'cryptom', operation: '*', kind: 'hang' }
    for (const wrong of [
      { times: -1 },
      { times: 1.5 },
      { retryAfter: 5 },
      { afterEffect: 'yes' },
    ]) {
      const { status, body } = await control('POST', '/faults', { ...fault, ...wrong })
      assert.equal(status, 400)
      assert.equal(at(body, 'code'), 'invalid_field')
    }
  })

  it('is open to every origin, errors and preflight included', async () => {
    const origin = 'http://shop.example'
    for (const path of ['/', '/nothing']) {
      const response = await fetch(`${sandbox.urls.control}${path}`, { headers: { origin } })
      assert.equal(response.headers.get('access-control-allow-origin'), '*', path)
    }
    const preflight = await fetch(`${sandbox.urls.control}/faults`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'DELETE',
        'access-control-request-headers': 'content-type',
      },
    })
    assert.equal(preflight.status, 204)
    assert.match(preflight.headers.get('access-control-allow-methods') ?? '', /DELETE/)
    assert.match(preflight.headers.get('access-control-allow-headers') ?? '', /content-type/)
  })

  it('GET /ledger tells every call and what was paid, and no secret', async () => {
    const id = await createBoth()
    await send('POST', `${sandbox.urls.redoya}/api/v1/order/verify/${id}`, { identifier })
    const { body, text } = await control('GET', '/ledger')
    const operations = (provider: string) => {
      const calls = at(body, provider, 'calls')
      assert.ok(Array.isArray(calls))
      return calls.map((call) => `${textAt(call, 'operation')} ${String(at(call, 'status'))}`)
    }
    assert.deepEqual(operations('cryptom'), ['auth 200', 'create 200'])
    assert.deepEqual(operations('redoya'), ['order null', 'verify 200'])
    assert.deepEqual(at(body, 'redoya', 'paid'), [
      { id, amount: '15', currency: 'TRY', at: new Date(now).toISOString() },
    ])
    const { password } = SANDBOX_CREDENTIALS.cryptom
    for (const secret of [password, identifier, orderToken(), 'Bearer', CREATE.userMobile]) {
      assert.ok(!text.includes(secret))
    }
  })

  it('POST /clock lets the providers be ahead, and refuses what is no time', async () => {
    assert.deepEqual((await control('GET', '/clock')).body, { skewMs: 0 })
    const ahead = await control('POST', '/clock', { skewMs: 240_000 })
    assert.deepEqual([ahead.status, ahead.body], [200, { skewMs: 240_000 }])
    await createBoth()
    const payments = (await control('GET', '/payments')).body
    assert.equal(at(payments, 0, 'createdAt'), new Date(now + 240_000).toISOString())
    for (const skewMs of ['1', 0.5, null]) {
      const refused = await control('POST', '/clock', { skewMs })
      assert.equal(refused.status, 400)
      assert.match(textAt(refused.body, 'detail'), /skewMs/)
    }
    await control('POST', '/reset')
    assert.deepEqual((await control('GET', '/clock')).body, { skewMs: 0 })
  })

  it('POST /reset forgets payments, faults, ledger and switches', async () => {
    await createBoth()
    await control('POST', '/faults', { provider: 'cryptom', operation: '*', kind: 'empty' })
    await control('POST', '/redoya/float-prices', { accepted: true })
    assert.equal((await control('POST', '/reset')).status, 204)
    assert.deepEqual((await control('GET', '/payments')).body, [])
    assert.deepEqual((await control('GET', '/faults')).body, [])
    assert.deepEqual(at((await control('GET', '/ledger')).body, 'cryptom', 'calls'), [])
    const order = { orderToken: orderToken({ price: 3.5 }), identifier, outcome: 'success' }
    const refused = await control('POST', '/redoya/orders', order)
    assert.equal(refused.status, 400)
    assert.equal(at(refused.body, 'code'), 'order_token_claim')
  })
})
