/**
 * LiPayKripto's withdrawal requests: the signature over the seven fields, and every refusal.
 *
 * @module
 */
import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { SANDBOX_CREDENTIALS, startSandbox } from '../../sandbox/index.ts'
import type { Sandbox } from '../../sandbox/index.ts'
import { sign, withdrawalSigningString } from '../../sandbox/providers/lipaykripto/signature.ts'
import { at, keysAt, send } from './helpers.ts'
import { sendText, signWithdrawal, VECTORS, withdraw, WITHDRAWAL } from './lipaykripto-helpers.ts'
import type { Withdrawal } from './lipaykripto-helpers.ts'

describe('lipaykripto: POST /api/withdraw', () => {
  let sandbox: Sandbox
  before(async () => {
    sandbox = await startSandbox()
  })
  after(() => sandbox.close())
  beforeEach(() => send('POST', `${sandbox.urls.control}/reset`))

  const refuse = async (
    fields: Partial<Withdrawal>,
    status: number,
    error: string,
    signature?: string,
  ) => {
    const answer = await withdraw(sandbox, fields, signature)
    assert.equal(answer.status, status, JSON.stringify(fields))
    assert.deepEqual(keysAt(answer.body), ['details', 'error', 'success'])
    assert.equal(at(answer.body, 'error'), error)
    assert.ok(Array.isArray(at(answer.body, 'details')))
  }

  for (const { literal, signString, signature } of VECTORS.withdrawals) {
    it(`known answer: ${literal}, as the SDKs sign it`, async () => {
      const { fields, hmacKey } = VECTORS
      const text = withdrawalSigningString({
        tryAmount: literal,
        clientId: fields.clientId,
        requestId: fields.requestId,
        walletAddress: fields.wallet_address,
        coinType: fields.coin_type,
        webhookUrl: fields.webhook_url,
        createdAt: fields.created_at,
      })
      assert.equal(text, signString)
      assert.equal(sign(text, hmacKey), signature)
    })

    it(`known answer over HTTP: ${literal}`, async () => {
      const { fields, hmacKey } = VECTORS
      const { lipaykripto } = SANDBOX_CREDENTIALS
      const credentials = { ...lipaykripto, clientId: fields.clientId, hmacSecret: hmacKey }
      const other = await startSandbox({ credentials: { lipaykripto: credentials } })
      try {
        const asked = { ...fields, try_amount: literal }
        assert.equal((await withdraw(other, asked, signature)).status, 200)
      } finally {
        await other.close()
      }
    })
  }

  it('known answer: the string of the document’s example', () => {
    const text = withdrawalSigningString({
      tryAmount: '100.00',
      clientId: 'test12345',
      requestId: 'WITHDRAW_123',
      walletAddress: 'TXBCD12345...',
      coinType: 'TRX',
      webhookUrl: 'https://example.com/webhook',
      createdAt: '2025-04-20T14:30:00Z',
    })
    assert.equal(
      text,
      '100.00test12345WITHDRAW_123TXBCD12345...TRXhttps://example.com/webhook2025-04-20T14:30:00Z',
    )
  })

  it('answers as documented', async () => {
    const { status, body } = await withdraw(sandbox)
    assert.equal(status, 200)
    assert.deepEqual(keysAt(body), ['data', 'success'])
    assert.deepEqual(keysAt(body, 'data'), ['status', 'withdrawId'])
    assert.equal(at(body, 'data', 'status'), 'pending')
    assert.ok(Number.isInteger(at(body, 'data', 'withdrawId')))
  })

  it('signs the literal of the amount as it stands in the body', async () => {
    for (const [index, literal] of ['100', '100.0', '100.00', '250.5', '99.99'].entries()) {
      const { status } = await withdraw(sandbox, { try_amount: literal, requestId: `W${index}` })
      assert.equal(status, 200, literal)
    }
    const signature = signWithdrawal({ ...WITHDRAWAL, try_amount: '100' })
    await refuse({ try_amount: '100.00' }, 401, 'Invalid signature', signature)
  })

  const others: Withdrawal = {
    try_amount: '100.01',
    clientId: SANDBOX_CREDENTIALS.lipaykripto.clientId,
    requestId: 'WITHDRAW_124',
    wallet_address: 'TXBCD12346',
    coin_type: 'USDT',
    webhook_url: 'https://example.com/webhook2',
    created_at: '2025-04-20T14:30:01Z',
  }
  for (const field of Object.keys(others).filter((each) => each !== 'clientId')) {
    it(`401 Invalid signature: ${field} altered after signing`, () => {
      const altered = Object.entries(others).find(([name]) => name === field)
      const fields = Object.fromEntries([altered ?? []])
      return refuse(fields, 401, 'Invalid signature', signWithdrawal(WITHDRAWAL))
    })
  }

  it('401 Invalid signature: another key, upper case, cut off, the client secret’s', async () => {
    const signature = signWithdrawal(WITHDRAWAL)
    const { clientSecret } = SANDBOX_CREDENTIALS.lipaykripto
    for (const wrong of [
      signWithdrawal(WITHDRAWAL, clientSecret),
      signature.toUpperCase(),
      signature.slice(0, -1),
      '0'.repeat(64),
    ]) {
      await refuse({}, 401, 'Invalid signature', wrong)
    }
  })

  it('401 Invalid credentials: another clientId, though signed', () =>
    refuse({ clientId: 'other' }, 401, 'Invalid credentials'))

  const refusals: readonly [Partial<Withdrawal>, string][] = [
    [{ try_amount: '0' }, 'Invalid amount'],
    [{ try_amount: '-5' }, 'Invalid amount'],
    [{ try_amount: '"100.00"' }, 'Invalid amount'],
    [{ try_amount: '1e2' }, 'Invalid amount'],
    [{ try_amount: '0.005' }, 'Invalid amount'],
    [{ try_amount: 'null' }, 'Invalid amount'],
    [{ requestId: '' }, 'Invalid requestId'],
    [{ wallet_address: '' }, 'Invalid wallet_address'],
    [{ wallet_address: 'T X' }, 'Invalid wallet_address'],
    [{ coin_type: 'BTC' }, 'Invalid coin_type'],
    [{ coin_type: 'usdt' }, 'Invalid coin_type'],
    [{ webhook_url: '' }, 'Webhook URL required'],
    [{ webhook_url: 'shop.example/hook' }, 'Webhook URL required'],
    [{ created_at: '20.04.2025 14:30' }, 'Invalid created_at'],
    [{ created_at: '2025-13-20T14:30:00Z' }, 'Invalid created_at'],
  ]
  for (const [fields, error] of refusals) {
    it(`400 ${error}: ${JSON.stringify(fields)}`, () => refuse(fields, 400, error))
  }

  it('400 for a field that is missing or not known', async () => {
    const url = `${sandbox.urls.lipaykripto}/api/withdraw`
    const { try_amount: _, ...rest } = WITHDRAWAL
    const whole = { try_amount: 100, ...rest, signature: 'x' }
    for (const field of Object.keys(whole)) {
      const cut = Object.fromEntries(Object.entries(whole).filter(([name]) => name !== field))
      assert.equal((await sendText(url, JSON.stringify(cut))).status, 400, field)
    }
    const more = await sendText(url, JSON.stringify({ ...whole, note: 'x' }))
    assert.equal(at(more.body, 'error'), 'Unknown field')
  })

  it('takes created_at as each SDK writes it', async () => {
    for (const [index, created_at] of [
      '2025-04-20T14:30:00.123Z',
      '2025-04-20T14:30:00.123456',
      '2025-04-20T17:30:00+03:00',
    ].entries()) {
      assert.equal((await withdraw(sandbox, { created_at, requestId: `W${index}` })).status, 200)
    }
  })

  it('400 Invalid requestId: one that was asked for before', async () => {
    await withdraw(sandbox)
    await refuse({}, 400, 'Invalid requestId')
  })
})
