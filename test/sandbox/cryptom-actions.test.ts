/**
 * Every action the control server plays on a Cryptom transaction, as the provider's detail shows it.
 *
 * @module
 */
import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { startSandbox } from '../../sandbox/index.ts'
import type { Sandbox } from '../../sandbox/index.ts'
import { at, CREATE, logIn, send, textAt } from './helpers.ts'

describe('actions on a Cryptom transaction', () => {
  let sandbox: Sandbox
  let token: Record<string, string>
  let id: string
  const play = (action: string, amount?: string) =>
    send('POST', `${sandbox.urls.control}/payments/cryptom/${id}`, { action, amount })
  const show = async () => {
    const url = `${sandbox.urls.cryptom}/api/transaction/detail/${id}`
    const { body } = await send('GET', url, undefined, token)
    const [status, received, isComplete] = [
      at(body, 'data', 'status'),
      at(body, 'data', 'totalTransferAmount'),
      at(body, 'data', 'isTransferComplete'),
    ]
    return { status, received, isComplete }
  }

  before(async () => {
    sandbox = await startSandbox()
    token = await logIn(sandbox)
  })
  after(() => sandbox.close())
  beforeEach(async () => {
    await send('POST', `${sandbox.urls.control}/reset`)
    const url = `${sandbox.urls.cryptom}/api/transaction/create`
    // 413.50 lira at 41.35 for one: 10 USDT and a fee of 0.1
    const request = { ...CREATE, currencyAmount: 413.5, coin: 'USDT' }
    id = textAt((await send('POST', url, request, token)).body, 'data', 'id')
  })

  it('pay: the rest in full', async () => {
    const { status, body } = await play('pay')
    assert.equal(status, 200)
    assert.equal(at(body, 'status'), 'TRANSFERRED')
    assert.deepEqual(await show(), { status: 'TRANSFERRED', received: '10.1', isComplete: true })
  })

  it('pay-part: half by default, TRANSFERRED and not complete; the second half completes', async () => {
    await play('pay-part')
    assert.deepEqual(await show(), { status: 'TRANSFERRED', received: '5.05', isComplete: false })
    await play('pay-part')
    assert.deepEqual(await show(), { status: 'TRANSFERRED', received: '10.1', isComplete: true })
  })

  it('pay-part with an amount, then pay: the rest', async () => {
    await play('pay-part', '0.000001')
    assert.equal((await show()).received, '0.000001')
    await play('pay')
    assert.deepEqual(await show(), { status: 'TRANSFERRED', received: '10.1', isComplete: true })
    const { body } = await send('GET', `${sandbox.urls.control}/ledger`)
    assert.deepEqual(
      [0, 1].map((index) => at(body, 'cryptom', 'paid', index, 'amount')),
      ['0.000001', '10.099999'],
    )
  })

  it('overpay: more than is due', async () => {
    await play('overpay')
    const { received, isComplete } = await show()
    assert.equal(received, '11.110001')
    assert.equal(isComplete, true)
  })

  it('overpay with an amount: exactly that', async () => {
    assert.equal((await play('overpay', '10.1')).status, 400)
    await play('overpay', '12')
    assert.equal((await show()).received, '12')
  })

  it('timeout, then pay: late money', async () => {
    await play('timeout')
    assert.deepEqual(await show(), { status: 'TIMEOUT', received: '0', isComplete: false })
    await play('pay')
    assert.deepEqual(await show(), { status: 'TRANSFERRED', received: '10.1', isComplete: true })
  })

  it('cancel, then pay: money anyway', async () => {
    await play('cancel')
    assert.equal((await show()).status, 'CANCELLED')
    await play('pay')
    assert.equal((await show()).isComplete, true)
  })

  it('sets each internal status without touching the money', async () => {
    await play('pay-part')
    for (const [action, status] of [
      ['manual-check', 'MANUAL_CHECK'],
      ['converting', 'CONVERTING'],
      ['converted', 'CONVERTED'],
      ['wallet-charged', 'WALLET_CHARGED'],
      ['done', 'DONE'],
    ] as const) {
      await play(action)
      assert.deepEqual(await show(), { status, received: '5.05', isComplete: false })
    }
  })

  it('names the actions that are possible now, and refuses the others with 409', async () => {
    await play('pay')
    const { status, headers, body } = await play('cancel')
    assert.equal(status, 409)
    assert.equal(headers.get('content-type'), 'application/problem+json')
    assert.equal(at(body, 'code'), 'action_not_possible')
    const listed = await send('GET', `${sandbox.urls.control}/payments/cryptom/${id}`)
    assert.deepEqual(at(body, 'legal'), at(listed.body, 'actions'))
    const legal = at(body, 'legal')
    assert.ok(Array.isArray(legal) && !legal.includes('pay') && legal.includes('overpay'))
  })

  it('refuses an amount that is none with 400', async () => {
    for (const amount of ['0', '-1', '1e3', '0.0000001', 'all']) {
      const { status, body } = await play('pay-part', amount)
      assert.equal(status, 400, amount)
      assert.equal(at(body, 'code'), 'invalid_amount')
    }
    assert.equal((await play('pay', '1')).status, 400)
  })
})
