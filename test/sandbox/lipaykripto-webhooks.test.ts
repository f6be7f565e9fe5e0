/**
 * LiPayKripto's webhooks in each of their shapes, their signatures, redelivery, and the actions.
 *
 * @module
 */
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { after, before, beforeEach, describe, it } from 'node:test'
import { SANDBOX_CREDENTIALS, startSandbox } from '../../sandbox/index.ts'
import type { Sandbox } from '../../sandbox/index.ts'
import { phpJson, sign, WEBHOOK_TEXTS } from '../../sandbox/providers/lipaykripto/signature.ts'
import { at, send, textAt } from './helpers.ts'
import { pay, VECTORS, withdraw } from './lipaykripto-helpers.ts'
import { startReceiver } from './receiver.ts'
import type { Receiver } from './receiver.ts'

const { clientId, webhookSecret } = SANDBOX_CREDENTIALS.lipaykripto

describe('lipaykripto: webhooks', () => {
  let sandbox: Sandbox
  let receiver: Receiver
  const control = (method: string, path: string, body?: unknown) =>
    send(method, `${sandbox.urls.control}${path}`, body)
  const set = (settings: Record<string, unknown>) =>
    control('POST', '/lipaykripto/settings', settings)
  const play = (id: string, action: string) =>
    control('POST', `/payments/lipaykripto/${encodeURIComponent(id)}`, { action })
  const arrived = (count: number) => receiver.arrived(count)
  const hmac = (text: string) => createHmac('sha256', webhookSecret).update(text).digest('hex')
  const webhookUrl = () => receiver.url

  before(async () => {
    receiver = await startReceiver()
    sandbox = await startSandbox({ retryScale: 0.0001 })
  })
  after(async () => {
    await sandbox.close()
    receiver.close()
  })
  beforeEach(async () => {
    await control('POST', '/reset')
    receiver.received.length = 0
    receiver.answer()
  })

  it('known answer: the signature of L1, over the raw text and over PHP’s', () => {
    const { secret, unsigned, signature } = VECTORS.webhook
    const members = JSON.parse(unsigned) as object
    for (const write of Object.values(WEBHOOK_TEXTS)) {
      assert.equal(write(members), unsigned)
      assert.equal(sign(write(members), secret), signature)
    }
  })

  it('known answer: PHP escapes slashes and all that is not ASCII', () => {
    assert.equal(phpJson({ a: 'x/ş😀"' }), String.raw`{"a":"x\/\u015f\ud83d\ude00\""}`)
  })

  it('payment, as in the document: four members, the amount a number', async () => {
    await pay(sandbox, { webhookUrl: webhookUrl() })
    await play('ORDER_123', 'confirm')
    const { text, headers } = await arrived(1)
    assert.equal(
      text,
      `{"try_amount":100.00,"client_id":"${clientId}","payment_id":"ORDER_123","status":"confirmed"}`,
    )
    assert.match(headers['content-type'] ?? '', /^application\/json/)
  })

  it('payment that failed', async () => {
    await pay(sandbox, { webhookUrl: webhookUrl() })
    await play('ORDER_123', 'fail')
    assert.equal(at((await arrived(1)).body, 'status'), 'failed')
  })

  for (const [action, status] of [
    ['confirm', 'confirmed'],
    ['fail', 'failed'],
    ['manual-process', 'manual_process'],
  ] as const) {
    it(`withdrawal, as in the document: ${status}`, async () => {
      await withdraw(sandbox, { webhook_url: webhookUrl() })
      await play('withdrawal:WITHDRAW_123', action)
      const { text } = await arrived(1)
      assert.equal(
        text,
        `{"success":true,"clientId":"${clientId}","status":"${status}","tryAmount":100.00,"requestId":"WITHDRAW_123"}`,
      )
    })
  }

  it('withdrawal, as in the SDK’s README: the amount a text, words of its own', async () => {
    await set({ withdrawalShape: 'sdk' })
    await withdraw(sandbox, { webhook_url: webhookUrl() })
    for (const [index, [action, status]] of [
      ['pending', 'pending'],
      ['processing', 'processing'],
      ['manual-process', 'manual'],
      ['confirm', 'completed'],
    ].entries()) {
      await play('withdrawal:WITHDRAW_123', action ?? '')
      assert.deepEqual((await arrived(index + 1)).body, {
        success: true,
        clientId,
        status,
        tryAmount: '100.00',
        requestId: 'WITHDRAW_123',
      })
    }
  })

  for (const webhookSigning of ['raw', 'php'] as const) {
    it(`signed (${webhookSigning}): payment and withdrawal in the same shape`, async () => {
      await set({ webhookSigning })
      const paymentId = 'ŞİRİN/1'
      await pay(sandbox, { paymentId, webhookUrl: webhookUrl() })
      await withdraw(sandbox, { requestId: paymentId, webhook_url: webhookUrl() })
      await play(paymentId, 'confirm')
      await arrived(1)
      await play(`withdrawal:${paymentId}`, 'confirm')
      await arrived(2)
      for (const { text, body } of receiver.received) {
        const { signature, ...members } = body as Record<string, unknown>
        const status = 'confirmed'
        assert.deepEqual(members, {
          success: true,
          clientId,
          status,
          tryAmount: '100.00',
          paymentId,
        })
        const raw = text.replace(/,"signature":"[0-9a-f]{64}"/, '')
        const php = raw
          .replaceAll('/', String.raw`\/`)
          .replaceAll('Ş', String.raw`\u015e`)
          .replaceAll('İ', String.raw`\u0130`)
        assert.equal(signature, hmac(webhookSigning === 'raw' ? raw : php))
      }
    })
  }

  it('is repeated without a 200, and not after one', async () => {
    receiver.answer({ status: 500 }, { status: 201 }, { status: 302 }, { status: 200 })
    await pay(sandbox, { webhookUrl: webhookUrl() })
    await play('ORDER_123', 'confirm')
    await arrived(4)
    const { body } = await control('GET', '/notifications')
    assert.equal(at(body, 0, 'state'), 'delivered')
    assert.equal(at(body, 0, 'paymentId'), 'ORDER_123')
  })

  it('forge: another amount under the true one’s signature, then the true one', async () => {
    await set({ webhookSigning: 'raw' })
    await control('POST', '/notify', { provider: 'lipaykripto', kind: 'forge' })
    await pay(sandbox, { webhookUrl: webhookUrl() })
    await play('ORDER_123', 'confirm')
    await arrived(2)
    const [forged, truth] = receiver.received
    assert.equal(at(forged?.body, 'tryAmount'), '9100.00')
    assert.equal(at(truth?.body, 'tryAmount'), '100.00')
    assert.equal(at(forged?.body, 'signature'), at(truth?.body, 'signature'))
  })

  describe('actions', () => {
    it('lead from where they may, and are listed so', async () => {
      await pay(sandbox, { webhookUrl: webhookUrl() })
      await withdraw(sandbox, { webhook_url: webhookUrl() })
      const actions = async (id: string) =>
        at(
          (await control('GET', `/payments/lipaykripto/${encodeURIComponent(id)}`)).body,
          'actions',
        )
      assert.deepEqual(await actions('ORDER_123'), ['confirm', 'fail'])
      assert.deepEqual(await actions('withdrawal:WITHDRAW_123'), [
        'confirm',
        'fail',
        'manual-process',
      ])
      assert.equal((await play('ORDER_123', 'manual-process')).status, 409)
      assert.equal((await play('ORDER_123', 'fail')).status, 200)
      assert.deepEqual(await actions('ORDER_123'), ['confirm'])
      assert.equal((await play('ORDER_123', 'confirm')).status, 200)
      assert.equal((await play('ORDER_123', 'fail')).status, 409)
      assert.equal((await play('withdrawal:WITHDRAW_123', 'fail')).status, 200)
      assert.equal((await play('withdrawal:WITHDRAW_123', 'confirm')).status, 409)
      const { body } = await control('GET', '/ledger')
      const paid = at(body, 'lipaykripto', 'paid')
      assert.ok(Array.isArray(paid))
      assert.deepEqual(
        paid.map((each) => textAt(each, 'amount')),
        ['100.00'],
      )
    })
  })
})
