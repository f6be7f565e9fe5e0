/**
 * LiPayKripto's status call, its settings, and what it must not tell.
 *
 * @module
 */
import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { SANDBOX_CREDENTIALS, startSandbox } from '../../sandbox/index.ts'
import type { Sandbox } from '../../sandbox/index.ts'
import { at, keysAt, send, textAt } from './helpers.ts'
import { pay, withdraw } from './lipaykripto-helpers.ts'

const { clientSecret, apiKey } = SANDBOX_CREDENTIALS.lipaykripto
const NOW = Date.UTC(2026, 0, 1)

describe('lipaykripto: status call and settings', () => {
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

  describe('GET /api/paymentcontroller', () => {
    const ask = (query: string, key: string | null = apiKey) =>
      send(
        'GET',
        url(`/api/paymentcontroller?${query}`),
        undefined,
        key === null ? {} : { 'x-api-key': key },
      )

    it('answers payments and withdrawals, pending until they have ended', async () => {
      await pay(sandbox)
      await withdraw(sandbox, { requestId: 'ORDER_123', try_amount: '7.5' })
      const { status, body } = await ask('type=payment&paymentId=ORDER_123')
      assert.equal(status, 200)
      assert.deepEqual(body, {
        success: true,
        data: { paymentId: 'ORDER_123', status: 'pending', tryAmount: '100.00' },
      })
      await control('POST', '/payments/lipaykripto/ORDER_123', { action: 'confirm' })
      const confirmed = await ask('type=payment&paymentId=ORDER_123')
      assert.equal(at(confirmed.body, 'data', 'status'), 'confirmed')
      const withdrawal = await ask('type=withdraw&paymentId=ORDER_123')
      assert.deepEqual(at(withdrawal.body, 'data'), {
        paymentId: 'ORDER_123',
        status: 'pending',
        tryAmount: '7.50',
      })
    })

    it('refuses with an object: 400, 401, 404', async () => {
      await pay(sandbox)
      const refusals: readonly [string, string | null, number][] = [
        ['type=payment&paymentId=ORDER_123', null, 401],
        ['type=payment&paymentId=ORDER_123', `${apiKey}x`, 401],
        ['type=order&paymentId=ORDER_123', apiKey, 400],
        ['type=payment', apiKey, 400],
        ['type=payment&paymentId=OTHER', apiKey, 404],
        ['type=withdraw&paymentId=ORDER_123', apiKey, 404],
      ]
      for (const [query, key, status] of refusals) {
        const answer = await ask(query, key)
        assert.equal(answer.status, status, query)
        assert.equal(at(answer.body, 'success'), false)
        assert.deepEqual(keysAt(answer.body, 'error'), ['code', 'message'])
      }
    })

    it('can be switched off', async () => {
      await pay(sandbox)
      await set({ statusApi: false })
      const { status, body } = await ask('type=payment&paymentId=ORDER_123')
      assert.equal(status, 404)
      assert.deepEqual(body, { success: false, error: 'Not found' })
    })

    it('plays the faults of its content', async () => {
      await pay(sandbox)
      const lie = async (kind: string) => {
        await control('POST', '/faults', { provider: 'lipaykripto', operation: 'status', kind })
        return at((await ask('type=payment&paymentId=ORDER_123')).body, 'data')
      }
      assert.equal(at(await lie('wrong-amount'), 'tryAmount'), '9100.00')
      assert.equal(at(await lie('unknown-status'), 'status'), 'settled_elsewhere')
    })
  })

  describe('settings', () => {
    it('refuse what they do not know, and change nothing then', async () => {
      for (const [body, code] of [
        [{ statusApi: false, other: 1 }, 'unknown_setting'],
        [{ statusApi: 'no' }, 'invalid_setting'],
        [{ statusApi: false, webhookSigning: 'md5' }, 'invalid_setting'],
        [{ returnPage: 'javascript:alert(1)' }, 'invalid_setting'],
        [{ toString: 1 }, 'unknown_setting'],
      ] as const) {
        const answer = await control('POST', '/lipaykripto/settings', body)
        assert.equal(answer.status, 400)
        assert.equal(at(answer.body, 'code'), code)
      }
      assert.deepEqual((await control('GET', '/lipaykripto/settings')).body, {
        statusApi: true,
        webhookSigning: 'none',
        leakWebhookInToken: false,
        withdrawalShape: 'document',
        returnPage: null,
      })
    })
  })

  it('tells no secret in ledger and payments', async () => {
    const { body } = await pay(sandbox)
    await withdraw(sandbox)
    const token = textAt(body, 'paymentUrl').split('/').at(-1) ?? ''
    for (const path of ['/ledger', '/payments']) {
      const { text } = await control('GET', path)
      const { hmacSecret, webhookSecret } = SANDBOX_CREDENTIALS.lipaykripto
      for (const secret of [clientSecret, hmacSecret, webhookSecret, apiKey, token, 'Bearer']) {
        assert.ok(!text.includes(secret), path)
      }
    }
  })
})
