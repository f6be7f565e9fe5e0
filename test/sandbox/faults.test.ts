/**
 * Each kind of fault, as a caller of the provider meets it.
 *
 * @module
 */
import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { SANDBOX_CREDENTIALS, startSandbox } from '../../sandbox/index.ts'
import type { Sandbox } from '../../sandbox/index.ts'
import { at, CREATE, logIn, orderToken, send, textAt } from './helpers.ts'

const { identifier } = SANDBOX_CREDENTIALS.redoya

describe('faults', () => {
  let sandbox: Sandbox
  let token: Record<string, string>
  const control = (method: string, path: string, body?: unknown) =>
    send(method, `${sandbox.urls.control}${path}`, body)
  const fault = async (kind: string, more: Record<string, unknown> = {}) => {
    const body = { provider: 'cryptom', operation: 'create', kind, ...more }
    assert.equal((await control('POST', '/faults', body)).status, 201)
  }
  const createUrl = () => `${sandbox.urls.cryptom}/api/transaction/create`
  const create = () => send('POST', createUrl(), CREATE, token)
  const detail = (id: string) =>
    send('GET', `${sandbox.urls.cryptom}/api/transaction/detail/${id}`, undefined, token)
  const countPayments = async () => {
    const { body } = await control('GET', '/payments')
    assert.ok(Array.isArray(body))
    return body.length
  }

  before(async () => {
    sandbox = await startSandbox()
    token = await logIn(sandbox)
  })
  after(() => sandbox.close())
  beforeEach(() => control('POST', '/reset'))

  describe('that break the answer', () => {
    for (const status of [500, 503, 429]) {
      it(`status-${status}: once, with Retry-After, nothing done`, async () => {
        await fault(`status-${status}`, { retryAfter: '7' })
        const answer = await create()
        assert.equal(answer.status, status)
        assert.equal(answer.headers.get('retry-after'), '7')
        assert.equal(at(answer.body, 'status'), false)
        assert.equal(await countPayments(), 0)
        assert.equal((await create()).status, 200)
      })
    }

    it('status-500 of Redoya is its UNKNOWN_ERROR', async () => {
      await fault('status-500', { provider: 'redoya', operation: 'verify' })
      const url = `${sandbox.urls.redoya}/api/v1/order/verify/x`
      const { status, body } = await send('POST', url, { identifier })
      assert.equal(status, 500)
      assert.equal(at(body, 'type'), 'UNKNOWN_ERROR')
    })

    it('hang: no answer until the caller gives up', async () => {
      await fault('hang')
      const signal = AbortSignal.timeout(200)
      await assert.rejects(fetch(createUrl(), { method: 'POST', signal }), { name: 'TimeoutError' })
    })

    it('html, empty, truncated: 200 and no JSON', async () => {
      for (const kind of ['html', 'empty', 'truncated']) {
        await fault(kind)
        const { status, body } = await create()
        assert.equal(status, 200)
        assert.equal(body, undefined, kind)
      }
    })

    it('redirect: 307, and the ledger knows who followed it', async () => {
      await fault('redirect')
      const { status, headers } = await create()
      assert.equal(status, 307)
      const target = new URL(headers.get('location') ?? '', createUrl())
      await send('POST', target.href, CREATE, token)
      const { body } = await control('GET', '/ledger')
      assert.equal(at(body, 'cryptom', 'calls', 1, 'operation'), 'redirect-followed')
    })

    it('huge: 64 MiB and more', async () => {
      await fault('huge')
      const response = await fetch(createUrl(), { method: 'POST' })
      let bytes = 0
      for await (const chunk of response.body ?? []) bytes += chunk.byteLength
      assert.ok(bytes > 64 * 1024 * 1024)
    })

    it('drip: a byte now and then, without end', async () => {
      await fault('drip')
      const signal = AbortSignal.timeout(500)
      const response = await fetch(createUrl(), { method: 'POST', signal })
      assert.equal(response.status, 200)
      await assert.rejects(response.text(), { name: 'TimeoutError' })
    })

    it('reset: the connection is cut before the answer', async () => {
      await fault('reset')
      await assert.rejects(create(), (error: Error) => {
        assert.equal(at(error.cause, 'code'), 'ECONNRESET')
        return true
      })
    })
  })

  describe('that wait', () => {
    it('for their operation and provider', async () => {
      await fault('status-500', { operation: 'detail' })
      await fault('status-503', { provider: 'redoya', operation: '*' })
      assert.equal((await create()).status, 200)
      assert.equal((await detail('x')).status, 500)
      assert.equal((await detail('x')).status, 404)
    })

    it('for any operation with *', async () => {
      await fault('status-503', { operation: '*' })
      assert.equal((await detail('x')).status, 503)
    })

    it('as many times as asked, one after the other', async () => {
      await fault('status-500', { times: 2 })
      await fault('status-503')
      const statuses = [await create(), await create(), await create(), await create()]
      assert.deepEqual(
        statuses.map(({ status }) => status),
        [500, 500, 503, 200],
      )
    })

    it('with times 0 until they are cleared', async () => {
      await fault('status-500', { times: 0 })
      for (let call = 0; call < 5; call += 1) assert.equal((await create()).status, 500)
      assert.equal((await control('DELETE', '/faults')).status, 204)
      assert.equal((await create()).status, 200)
    })
  })

  describe('after the effect', () => {
    it('do the operation, then lose the answer', async () => {
      await fault('status-503', { afterEffect: true })
      assert.equal((await create()).status, 503)
      assert.equal(await countPayments(), 1)
      const { body } = await control('GET', '/ledger')
      assert.deepEqual(
        ['status', 'fault'].map((key) => at(body, 'cryptom', 'calls', 0, key)),
        [200, 'status-503'],
      )
    })

    it('cut the true answer in half', async () => {
      await fault('truncated', { afterEffect: true })
      const { text, body } = await create()
      assert.equal(body, undefined)
      assert.match(text, /^\{"status":true,"data":\{"_id":"[0-9a-f]{24}"/)
    })
  })

  describe('of the content', () => {
    it('wrong-amount, wrong-coin, wrong-network, unknown-status: one answer says another thing', async () => {
      const id = textAt((await create()).body, 'data', 'id')
      const lies: readonly [string, string, unknown][] = [
        ['wrong-amount', 'currencyAmount', '301'],
        ['wrong-coin', 'coin', 'USDT'],
        ['wrong-network', 'network', 'ETH'],
        ['unknown-status', 'status', 'SETTLED_ELSEWHERE'],
      ]
      const truth = await detail(id)
      for (const [kind, key, lie] of lies) {
        await fault(kind, { operation: 'detail' })
        assert.equal(at((await detail(id)).body, 'data', key), lie)
        assert.equal((await detail(id)).text, truth.text)
      }
    })

    it('bad-address and change-address: another address, invalid or valid', async () => {
      for (const [coin, network, length] of [
        ['TRX', 'TRX', 34],
        ['ETH', 'ETH', 42],
      ] as const) {
        const body = { ...CREATE, coin, network }
        const created = await send('POST', createUrl(), body, token)
        const address = textAt(created.body, 'data', 'wallet', 'address')
        assert.equal(address.length, length)
        for (const kind of ['bad-address', 'change-address']) {
          await fault(kind, { operation: '*' })
          const { body: answer } = await detail(textAt(created.body, 'data', 'id'))
          assert.notEqual(at(answer, 'data', 'wallet', 'address'), address)
        }
      }
    })

    it('Redoya: wrong-amount, wrong-coin, unknown-status', async () => {
      const order = { orderToken: orderToken(), identifier, outcome: 'success' }
      const { body } = await control('POST', '/redoya/orders', order)
      const url = `${sandbox.urls.redoya}/api/v1/order/verify/${textAt(body, 'orderId')}`
      for (const [kind, key, lie] of [
        ['wrong-amount', 'payment_amount', '1400'],
        ['wrong-coin', 'currency', 'USD'],
        ['unknown-status', 'status', 'settled_elsewhere'],
      ] as const) {
        await fault(kind, { provider: 'redoya', operation: 'verify' })
        assert.equal(at((await send('POST', url, { identifier })).body, key), lie)
      }
    })
  })

  it('close() ends a hanging call', async (t) => {
    const other = await startSandbox()
    t.after(() => other.close())
    const body = { provider: 'cryptom', operation: 'auth', kind: 'hang' }
    await send('POST', `${other.urls.control}/faults`, body)
    const hanging = assert.rejects(fetch(`${other.urls.cryptom}/auth`, { method: 'POST' }))
    await new Promise((resolve) => setTimeout(resolve, 50))
    await other.close()
    await hanging
  })
})
