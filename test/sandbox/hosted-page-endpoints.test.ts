/**
 * The endpoints that the hosted pages' scripts call, without the pages.
 *
 * @module
 */
import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { startSandbox } from '../../sandbox/index.ts'
import type { Sandbox } from '../../sandbox/index.ts'
import { at, send, textAt } from './helpers.ts'
import { pay } from './lipaykripto-helpers.ts'
import { create, createClient } from './paycrypto-helpers.ts'

let sandbox: Sandbox
before(async () => {
  sandbox = await startSandbox()
})
after(() => sandbox.close())

it('the hosted pages’ endpoints refuse what is not theirs, in words', async () => {
  const { body } = await pay(sandbox, { webhookUrl: 'http://localhost:9/hook' })
  const token = textAt(body, 'paymentUrl').split('/').at(-1)
  const id = await create(createClient(sandbox, Date.now))
  const lipaykripto = `${sandbox.urls.lipaykripto}/sandbox/payment`
  const paycrypto = `${sandbox.urls.paycrypto}/sandbox/checkout`
  const refusals: readonly [url: string, body: unknown, status: number, code: string][] = [
    [`${lipaykripto}/open`, { token: 'x' }, 404, 'unknown_payment'],
    [`${lipaykripto}/open`, [], 400, 'invalid_body'],
    [`${lipaykripto}/coin`, { token, coin: 'BTC' }, 400, 'unknown_coin'],
    [`${lipaykripto}/end`, { token, action: 'manual-process' }, 400, 'unknown_action'],
    [`${paycrypto}/open`, { id: 'x' }, 404, 'unknown_payment'],
    [`${paycrypto}/end`, { id, coin: 'USDT-SPL', action: 'refunded' }, 400, 'unknown_action'],
    [`${paycrypto}/end`, { id, coin: 'USDT', action: 'success' }, 400, 'unknown_coin'],
  ]
  for (const [url, sent, status, code] of refusals) {
    const answer = await send('POST', url, sent)
    assert.equal(answer.status, status, url)
    assert.equal(at(answer.body, 'code'), code)
    assert.equal(typeof at(answer.body, 'message'), 'string')
  }
  await send('POST', `${lipaykripto}/end`, { token, action: 'confirm' })
  const again = await send('POST', `${lipaykripto}/coin`, { token, coin: 'TRX' })
  assert.equal(at(again.body, 'code'), 'action_not_possible')
  const end = { id, coin: 'USDT-SPL', action: 'success' }
  assert.equal(at((await send('POST', `${paycrypto}/end`, end)).body, 'status'), 1)
  assert.equal((await send('POST', `${paycrypto}/end`, end)).status, 409)
})
