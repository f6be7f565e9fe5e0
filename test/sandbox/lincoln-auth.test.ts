/**
 * Lincoln's authorization: each hashed thing altered in turn, the rising time, and the
 * settings for what nobody knows.
 *
 * @module
 */
import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { startSandbox } from '../../sandbox/index.ts'
import type { Sandbox } from '../../sandbox/index.ts'
import { at, send } from './helpers.ts'
import {
  CREATE,
  createClient,
  errorCode,
  hashOf,
  keysTo,
  ORDER,
  orderBody,
  ROUTES,
  UPDATE,
} from './lincoln-helpers.ts'
import type { Call, Client } from './lincoln-helpers.ts'

const DENIED = '1591705385112007'
const WRONG_HASH = '9951545348963164'
const WRONG_TIME = '9120033471940027'
const WRONG_METHOD = '1590000000000405'

describe('lincoln: the authorization', () => {
  let sandbox: Sandbox
  let call: Client
  const refuse = async (method: string, path: string, options: Call, code: string) => {
    const answer = await call(method, path, options)
    assert.equal(answer.status, 200)
    assert.equal(errorCode(answer), code, answer.text)
  }
  const accept = async (method: string, path: string, options: Call = {}) => {
    const answer = await call(method, path, options)
    assert.equal(at(answer.body, 'success'), true, answer.text)
    return answer
  }
  const set = (settings: unknown) =>
    send('POST', `${sandbox.urls.control}/lincoln/settings`, settings)

  before(async () => {
    sandbox = await startSandbox()
  })
  after(() => sandbox.close())
  beforeEach(async () => {
    await send('POST', `${sandbox.urls.control}/reset`)
    call = createClient(sandbox)
  })

  it('opens every method, with and without a slash at the end', async () => {
    await accept('GET', ROUTES)
    const order = await accept('POST', CREATE, { body: orderBody() })
    await accept('GET', ORDER, { query: keysTo(order) })
    await accept('PUT', UPDATE, { body: { ...keysTo(order), status: 'inProgress' } })
    const time = '1760000999999'
    const headers = { apikey: 'EX_SANDBOX0000000000000001', hash: hashOf({ time }) }
    const url = `${sandbox.urls.lincoln}/service/api/v1/${ROUTES}?time=${time}`
    const { body } = await send('GET', url, undefined, headers)
    assert.equal(at(body, 'success'), true)
  })

  it('refuses a missing or another key, and a missing, short or other hash', async () => {
    await refuse('GET', ROUTES, { headers: { apikey: 'EX_OTHER' } }, DENIED)
    const bare = await send('GET', `${sandbox.urls.lincoln}/service/api/v1/${ROUTES}?time=1`)
    assert.equal(errorCode(bare), DENIED)
    for (const hash of ['', 'a', 'f'.repeat(64)]) {
      await refuse('GET', ROUTES, { headers: { hash } }, WRONG_HASH)
    }
    await refuse('GET', ROUTES, { headers: { hash: hashOf({ time: '5' }, 'x') } }, WRONG_HASH)
  })

  it('refuses each parameter of a query that was altered after hashing', async () => {
    const query = { type: 'payment', orderUID: '1409', orderSecret: 'SecretDemo000000000000001' }
    const time = '1770000000000'
    for (const [name, value] of Object.entries({ ...query, time })) {
      const hash = hashOf({ time, ...query, [name]: `${value}1` })
      await refuse('GET', ORDER, { query, time, headers: { hash } }, WRONG_HASH)
    }
    const hash = hashOf({ ...query, time })
    await refuse('GET', ORDER, { query, time, headers: { hash } }, WRONG_HASH)
  })

  it('refuses each parameter of a body that was altered after hashing', async () => {
    const body = orderBody({
      partner: 'shop',
      hideOutData: false,
      clientCallbackUrl: 'https://shop.example/back',
      ipnUrl: 'http://localhost:1/ipn',
      ipnSecret: 'ipn-demo-1',
    })
    const time = '1770000000000'
    for (const name of Object.keys(body)) {
      const hash = hashOf({ time, ...body, [name]: 'altered' })
      await refuse('POST', CREATE, { body, time, headers: { hash } }, WRONG_HASH)
    }
    const reversed = Object.fromEntries(Object.entries(body).toReversed())
    const hash = hashOf({ time, ...reversed })
    await refuse('POST', CREATE, { body, time, headers: { hash } }, WRONG_HASH)
    assert.deepEqual((await send('GET', `${sandbox.urls.control}/payments`)).body, [])
  })

  describe('time', () => {
    it('is required, and a whole number above 0', async () => {
      await refuse('GET', ROUTES, { timeIn: 'nowhere' }, WRONG_TIME)
      for (const time of ['0', '-5', '1.5', 'now', '', '17600000000000001']) {
        await refuse('GET', ROUTES, { time }, WRONG_TIME)
      }
    })

    it('rises with every request: no repeat, no step back, whatever the request was', async () => {
      await accept('GET', ROUTES, { time: 1000 })
      await refuse('GET', ROUTES, { time: 1000 }, WRONG_TIME)
      await refuse('GET', ROUTES, { time: 999 }, WRONG_TIME)
      await accept('GET', ROUTES, { time: 1001 })
      await refuse('POST', CREATE, { time: 1002, body: {} }, '1592304401130072')
      await refuse('GET', ROUTES, { time: 1002 }, WRONG_TIME)
    })

    it('is not moved by a request whose hash is wrong', async () => {
      await refuse('GET', ROUTES, { time: 9999, headers: { hash: 'f' } }, WRONG_HASH)
      await accept('GET', ROUTES, { time: 1000 })
    })

    it('may travel in the body, as number or text', async () => {
      await accept('POST', CREATE, { body: orderBody(), timeIn: 'body', time: 2000 })
      await accept('POST', CREATE, { body: orderBody(), timeIn: 'body', time: '2001' })
      await refuse('POST', CREATE, { body: orderBody(), timeIn: 'body', time: 2001 }, WRONG_TIME)
    })

    it('two clients of one key: rising times both succeed, equal times do not', async () => {
      const clock = { time: 3000 }
      const [one, two] = [createClient(sandbox, clock), createClient(sandbox, clock)]
      for (const client of [one, two, one, two]) {
        assert.equal(at((await client('GET', ROUTES)).body, 'success'), true)
      }
      const same = await Promise.all([one, two].map((each) => each('GET', ROUTES, { time: 4000 })))
      assert.equal(same.filter(({ body }) => at(body, 'success') === true).length, 1)
      assert.equal(at((await two('GET', ROUTES, { time: 3999 })).body, 'success'), false)
    })
  })

  describe('settings', () => {
    it('timeAs number: the time of a query is hashed as a JSON number', async () => {
      await refuse('GET', ROUTES, { time: 5000, hashedTime: 5000 }, WRONG_HASH)
      await set({ timeAs: 'number' })
      await accept('GET', ROUTES, { time: 5000, hashedTime: 5000 })
      await refuse('GET', ROUTES, { time: 5001, hashedTime: '5001' }, WRONG_HASH)
    })

    it('legacyPost: every method is POST, its parameters in the body', async () => {
      await refuse('POST', ROUTES, {}, WRONG_METHOD)
      await set({ legacyPost: true })
      await refuse('GET', ROUTES, {}, WRONG_METHOD)
      await accept('POST', ROUTES, { body: {} })
      const order = await accept('POST', CREATE, { body: orderBody() })
      const body = keysTo(order)
      await accept('POST', ORDER, { body })
      await accept('POST', ORDER, { body: { ...body, orderUID: Number(body.orderUID) } })
      await refuse('POST', ORDER, { query: body }, '9230117465500093')
      await refuse('PUT', UPDATE, { body: { ...body, status: 'inProgress' } }, WRONG_METHOD)
      await accept('POST', UPDATE, { body: { ...body, status: 'inProgress' }, timeIn: 'body' })
    })

    it('httpErrors: errors have a status of their own', async () => {
      await set({ httpErrors: true })
      const statuses = [
        await call('GET', ROUTES, { headers: { apikey: 'x' } }),
        await call('POST', ROUTES),
        await call('GET', 'public/nothing'),
        await call('POST', CREATE, { body: {} }),
      ].map(({ status }) => status)
      assert.deepEqual(statuses, [401, 405, 404, 400])
    })

    it('are listed, checked and forgotten by a reset', async () => {
      const defaults = {
        timeAs: 'string',
        legacyPost: false,
        httpErrors: false,
        amountsAs: 'number',
        captcha: false,
        ipnHashIn: 'body',
        ipnHashName: 'hash',
        callbackAs: 'append',
      }
      const url = `${sandbox.urls.control}/lincoln/settings`
      assert.deepEqual((await send('GET', url)).body, defaults)
      const changed = await set({ captcha: true, ipnHashIn: 'header' })
      assert.deepEqual(changed.body, { ...defaults, captcha: true, ipnHashIn: 'header' })
      const wrong = await set({ timeAs: 'text' })
      assert.equal(wrong.status, 400)
      assert.equal(at(wrong.body, 'code'), 'invalid_setting')
      assert.equal(at((await set({ other: 1 })).body, 'code'), 'unknown_setting')
      assert.equal(at((await set([])).body, 'code'), 'invalid_body')
      await send('POST', `${sandbox.urls.control}/reset`)
      assert.deepEqual((await send('GET', url)).body, defaults)
    })
  })

  it('reads nothing but JSON objects and forms, each parameter once', async () => {
    const time = '6000'
    for (const [type, body] of [
      ['text/plain', '{}'],
      ['application/json', '['],
      ['application/json', '[]'],
      ['application/x-www-form-urlencoded', 'a=1&a=2'],
      ['application/x-www-form-urlencoded', 'a[1][key]=1'],
      ['application/x-www-form-urlencoded', 'a[0][other]=1'],
    ] as const) {
      const url = `${sandbox.urls.lincoln}/service/api/v1/${CREATE}?time=${time}`
      const response = await fetch(url, { method: 'POST', headers: { 'content-type': type }, body })
      assert.match(await response.text(), /"errorCode":1590000000000400/)
    }
    const twice = await send('GET', `${sandbox.urls.lincoln}/service/api/v1/${ROUTES}?a=1&a=2`)
    assert.equal(errorCode(twice), '1592304401130072')
  })

  it('answers an unknown method of the API in the envelope', async () => {
    const answer = await call('GET', 'public/nothing')
    assert.equal(errorCode(answer), '1590000000000404')
    assert.deepEqual(Object.keys(Object(answer.body)), [
      'success',
      'error',
      'latency_ms',
      'requestId',
    ])
  })
})
