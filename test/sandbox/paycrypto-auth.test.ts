/**
 * Who may call PayCrypto's stand-in: each signed part altered in turn, and every code of the
 * authentication.
 *
 * @module
 */
import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { SANDBOX_CREDENTIALS, startSandbox } from '../../sandbox/index.ts'
import type { Sandbox } from '../../sandbox/index.ts'
import { at, send } from './helpers.ts'
import { create, CREATE, createClient } from './paycrypto-helpers.ts'
import type { Call, Client } from './paycrypto-helpers.ts'
import { API_KEY } from './paycrypto-vectors.ts'

const NOW = 1_760_000_000_000
const credentials = SANDBOX_CREDENTIALS.paycrypto

describe('paycrypto: authentication', () => {
  let sandbox: Sandbox
  let client: Client
  let now = NOW
  const control = (path: string, body: unknown) =>
    send('POST', `${sandbox.urls.control}${path}`, body)
  const post = async (call: Call = {}) => {
    const { status, body } = await client('POST', '/api/v1/payment', { body: CREATE, ...call })
    return { status, code: at(body, 'code'), body }
  }
  const refuse = async (code: number, call: Call) => {
    const refused = await post(call)
    assert.equal(refused.code, code, JSON.stringify(call))
    assert.equal(refused.status, 200)
  }

  before(async () => {
    sandbox = await startSandbox({ clock: () => now })
    client = createClient(sandbox, () => now)
  })
  after(() => sandbox.close())
  beforeEach(async () => {
    now = NOW
    await control('/reset', {})
  })

  it('takes what is signed', async () => assert.equal((await post()).code, 0))

  it('takes a decoded query, its plus a blank, its keys in wire order', async () => {
    await create(client, { cust_order_id: 'a/b' })
    for (const query of ['cust_order_id=a%2Fb', '&cust_order_id=a/b']) {
      const { body } = await client('GET', '/api/v1/orders', { query })
      assert.equal(at(body, 'code'), 0, query)
    }
    const query = 'status=0&currency=usd'
    const signed = { query: 'currency=usd&status=0' }
    const sorted = await client('GET', '/api/v1/orders', { query, signed })
    assert.equal(at(sorted.body, 'code'), 112007)
    const blank = { query: 'cust_order_id=a+b', signed: { query: 'cust_order_id=a%2Bb' } }
    const { body } = await client('GET', '/api/v1/orders', blank)
    assert.equal(at(body, 'code'), 112007)
  })

  const signedBodies: readonly [string, Record<string, unknown>][] = [
    ['currency', { currency: 'USDT' }],
    ['amount', { amount: '12.51' }],
    ['amount’s zeros', { amount: '12.5' }],
    ['cust_order_id', { cust_order_id: 'ord-1002' }],
    ['return_url', { return_url: 'https://shop.example/other' }],
    ['notify_url', { notify_url: 'https://shop.example/other' }],
    ['company_name', { company_name: 'Other' }],
    ['company_email', { company_email: 'other@shop.example' }],
    ['expire', { expire: NOW + 60_001 }],
    ['customer', { customer: { notify_email: 'other@shop.example' } }],
    ['a field more', { return_url2: 'x' }],
  ]
  const WHOLE = {
    ...CREATE,
    return_url: 'https://shop.example/done',
    notify_url: 'https://shop.example/hook',
    company_name: 'Shop',
    company_email: 'shop@shop.example',
    expire: NOW + 60_000,
    customer: { notify_email: 'buyer@shop.example' },
  }
  it('takes all fields together', async () => assert.equal((await post({ body: WHOLE })).code, 0))
  for (const [title, fields] of signedBodies) {
    it(`112007 Invalid signature: ${title} altered after signing`, () =>
      refuse(112007, { body: WHOLE, text: JSON.stringify({ ...WHOLE, ...fields }) }))
  }

  it('112007 Invalid signature: each other part of the string, and another key', async () => {
    await refuse(112007, { signed: { method: 'post' } })
    await refuse(112007, { signed: { method: 'GET' } })
    await refuse(112007, { signed: { path: '/api/v1/payments' } })
    await refuse(112007, { signed: { path: '/api/v1/payment?' } })
    await refuse(112007, { signed: { bodyString: '' } })
    await refuse(112007, { secret: `${credentials.apiSecret}x` })
    await refuse(112007, { secret: credentials.webhookSecret })
    await refuse(112007, { query: 'a=1', signed: { query: '' } })
    const other = `Inst:${credentials.apiKey}:${NOW}:AAAA`
    await refuse(112007, { headers: { authorization: other } })
  })

  it('112010 Invalid request header: no Authorization, no passphrase', async () => {
    await refuse(112010, { headers: { authorization: null } })
    await refuse(112010, { headers: { 'access-passphrase': null } })
  })

  it('112006 Invalid verification format: another name, three parts, five', async () => {
    const { apiKey } = credentials
    for (const authorization of [
      `Railone:${apiKey}:${NOW}:x`,
      `Inst:${apiKey}:${NOW}`,
      `Inst:${apiKey}:${NOW}:x:y`,
      `Inst::${NOW}:x`,
      'Bearer x',
    ]) {
      await refuse(112006, { headers: { authorization } })
    }
  })

  it('112008 Specified app key not found', () => refuse(112008, { signed: { apiKey: API_KEY } }))

  it('112009 Invalid app key secret: another passphrase', () =>
    refuse(112009, { headers: { 'access-passphrase': 'other' } }))

  it('asks for no passphrase where none was set', async () => {
    const paycrypto = { ...credentials, passphrase: '' }
    const other = await startSandbox({ clock: () => NOW, credentials: { paycrypto } })
    try {
      const headers = { 'access-passphrase': null }
      const open = createClient(other, () => NOW)
      const { body } = await open('POST', '/api/v1/payment', { body: CREATE, headers })
      assert.equal(at(body, 'code'), 0)
    } finally {
      await other.close()
    }
  })

  it('112001 Request timed out: more than five minutes old', async () => {
    await refuse(112001, { timestamp: NOW - 300_001 })
    assert.equal((await post({ timestamp: NOW - 300_000 })).code, 0)
  })

  it('112004 Invalid timestamp: five minutes ahead, seconds, no number', async () => {
    await refuse(112004, { timestamp: NOW + 300_001 })
    await refuse(112004, { timestamp: NOW / 1000 })
    await refuse(112004, { timestamp: 'now' })
    assert.equal((await post({ timestamp: NOW + 300_000 })).code, 0)
  })

  it('is as far ahead as clockSkewMs says', async () => {
    await control('/paycrypto/settings', { clockSkewMs: 400_000 })
    await refuse(112001, {})
    assert.equal((await post({ timestamp: NOW + 400_000 })).code, 0)
  })

  it('112003 Invalid IP address', async () => {
    await control('/paycrypto/settings', { isIpAllowed: false })
    await refuse(112003, {})
  })

  it('any code of the document, and none that is not in it', async () => {
    const documented = [
      111001, 111002, 111003, 111004, 111015, 112001, 112002, 112003, 112004, 112005, 112006,
      112007, 112008, 112009, 112010, 119001, 119002, 119003, 119004, 119005, 119006, 119007,
    ]
    for (const refuseWith of documented) {
      await control('/paycrypto/settings', { refuseWith })
      await refuse(refuseWith, {})
    }
    assert.equal((await control('/paycrypto/settings', { refuseWith: 5 })).status, 400)
  })

  it('sends a status of its own under httpErrors', async () => {
    await control('/paycrypto/settings', { httpErrors: true })
    assert.equal((await post({ secret: 'x' })).status, 401)
    assert.equal((await post({ body: { ...CREATE, amount: 5 } })).status, 400)
    await control('/paycrypto/settings', { refuseWith: 119005 })
    assert.equal((await post()).status, 429)
  })

  it('guards every route', async () => {
    for (const [method, path] of [
      ['POST', '/api/v1/payment'],
      ['GET', '/api/v1/orders'],
      ['GET', '/api/v1/merchant/limit'],
      ['POST', '/api/v1/events/test'],
    ] as const) {
      const call = method === 'POST' ? { body: {} } : {}
      const { body } = await client(method, path, { ...call, secret: 'x' })
      assert.equal(at(body, 'code'), 112007, path)
    }
    const unknown = await client('GET', '/api/v1/rates')
    assert.equal(unknown.status, 404)
    assert.equal(at(unknown.body, 'code'), 119006)
  })

  it('429 and 500 carry codes of the document', async () => {
    for (const [kind, status, code] of [
      ['status-429', 429, 119005],
      ['status-500', 500, 119001],
    ] as const) {
      await control('/faults', { provider: 'paycrypto', operation: 'create', kind })
      const answer = await post()
      assert.equal(answer.status, status)
      assert.equal(answer.code, code)
    }
  })

  it('tells no secret in ledger and payments', async () => {
    await post()
    for (const path of ['/ledger', '/payments']) {
      const { text } = await send('GET', `${sandbox.urls.control}${path}`)
      const { apiKey, apiSecret, passphrase, webhookSecret } = credentials
      for (const secret of [apiKey, apiSecret, passphrase, webhookSecret, 'Inst:']) {
        assert.ok(!text.includes(secret), path)
      }
    }
  })
})
