import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { describe, it } from 'node:test'
import type { PayoutRequest } from '../../proxy/payout.ts'
import { lipaykripto } from '../../proxy/providers/index.ts'
import { NOW, connect, fails, webhook } from './proof.ts'
import type { Answers } from './proof.ts'

const CLIENT = 'test-client'
const HMAC_SECRET = 'hmac-secret-of-nobody'
const CLIENT_SECRET = 'client-secret-of-nobody'
const HOOK_SECRET = 'webhook-secret-of-nobody'
const STATUS_KEY = 'status-key-of-nobody'
const TRON_ADDRESS = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'
const ETHEREUM_ADDRESS = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'
const ORDER: PayoutRequest = {
  requestId: 'WD-1',
  amount: '100.00',
  currency: 'TRY',
  asset: 'TRX',
  address: TRON_ADDRESS,
  webhookUrl: `https://pay.shop.example/v1/webhooks/lipaykripto/${'p'.repeat(43)}`,
}
const REF = { requestId: 'WD-1', amount: '100.00', ref: null }

const bench = (options: object = {}, answers: Answers = () => ({})) => {
  const create = lipaykripto({
    baseUrl: 'https://lipay.example',
    clientId: CLIENT,
    clientSecret: CLIENT_SECRET,
    hmacSecret: HMAC_SECRET,
    ...options,
  })
  const { provider, asked } = connect(create, answers)
  return { payouts: provider.payouts ?? assert.fail(), asked }
}

async function pay(order: Partial<PayoutRequest> = {}, options: object = {}, data: object = {}) {
  const bodies: string[] = []
  const { payouts } = bench(options, (_path, { body }) => {
    bodies.push(String(body))
    return { success: true, data: { withdrawId: 7, status: 'pending', ...data } }
  })
  const update = await payouts.create({ ...ORDER, ...order })
  return { update, body: bodies[0] ?? '' }
}

describe('a withdrawal', () => {
  for (const [amountFormat, amount, literal] of [
    ['verbatim', '100.00', '100.00'],
    ['verbatim', '100', '100'],
    ['shortest', '100.00', '100'],
    ['shortest', '250.50', '250.5'],
    ['shortest', '100', '100'],
    ['fixed2', '100', '100.00'],
    ['fixed2', '250.5', '250.50'],
    ['fixed2', '0.10', '0.10'],
    ['fixed2', '0.123', '0.123'],
  ] as const) {
    it(`of ${amount}, ${amountFormat}: ${literal} is signed, and ${literal} is sent`, async () => {
      const { body } = await pay({ amount }, { amountFormat })
      const at = new Date(NOW).toISOString()
      const text = `${literal}${CLIENT}WD-1${TRON_ADDRESS}TRX${ORDER.webhookUrl}${at}`
      const signature = createHmac('sha256', HMAC_SECRET).update(text).digest('hex')
      assert.equal(
        body,
        `{"try_amount":${literal},"clientId":"${CLIENT}","requestId":"WD-1","wallet_address":"${TRON_ADDRESS}",` +
          `"coin_type":"TRX","signature":"${signature}","webhook_url":"${ORDER.webhookUrl}","created_at":"${at}"}`,
      )
    })
  }

  it('is signed with the client secret where there is no other', async () => {
    const { body } = await pay({}, { hmacSecret: undefined })
    const at = new Date(NOW).toISOString()
    const text = `100.00${CLIENT}WD-1${TRON_ADDRESS}TRX${ORDER.webhookUrl}${at}`
    const signature = createHmac('sha256', CLIENT_SECRET).update(text).digest('hex')
    assert.equal((JSON.parse(body) as { signature: string }).signature, signature)
  })

  it('of fields that could be moved from one to the next is not sent', async () => {
    for (const order of [
      { requestId: 'WD 1' },
      { requestId: 'WD-1&' },
      { requestId: '' },
      { requestId: 'Ü' },
      { address: `${TRON_ADDRESS}:` },
      { address: ` ${TRON_ADDRESS}` },
    ]) {
      await fails(pay(order), 'provider_rejected')
    }
    await fails(pay({ requestId: '1' }, { clientId: '12345' }), 'provider_rejected')
    await fails(pay({ requestId: '1a' }, { clientId: '12.345' }), 'provider_rejected')
    await pay({ requestId: 'a1' }, { clientId: '12345' })
    await pay({ requestId: '1' }, { clientId: 'a12345' })
    await pay({ requestId: '1' }, { clientId: '12345a' })
  })

  for (const [status, ours] of [
    ['pending', 'pending'],
    ['processing', 'pending'],
    ['confirmed', 'confirmed'],
    ['completed', 'confirmed'],
    ['failed', 'failed'],
    ['manual_process', 'review'],
    ['manual', 'review'],
    ['something_new', 'pending'],
  ] as const) {
    it(`that is ${status}: ${ours}`, async () => {
      const { update } = await pay({}, {}, { status })
      assert.deepEqual(update, { ref: '7', status: ours, providerStatus: status })
    })
  }

  it('whose answer says something else may have happened', async () => {
    await fails(pay({}, {}, { withdrawId: '../7' }), 'provider_bad_response', true)
    await fails(pay({}, {}, { status: 7 }), 'provider_bad_response', true)
  })

  it('goes to a wallet of its coin’s networks', () => {
    const { payouts } = bench()
    assert.deepEqual([payouts.currencies, payouts.assets], [['TRY'], ['TRX', 'USDT', 'ETH']])
    for (const [asset, address, isOne] of [
      ['TRX', TRON_ADDRESS, true],
      ['USDT', TRON_ADDRESS, true],
      ['USDT', ETHEREUM_ADDRESS, true],
      ['ETH', ETHEREUM_ADDRESS, true],
      ['TRX', ETHEREUM_ADDRESS, false],
      ['ETH', TRON_ADDRESS, false],
      ['TRX', TRON_ADDRESS.replace('q8Z', 'q9Z'), false],
      ['BTC', TRON_ADDRESS, false],
    ] as const) {
      assert.equal(payouts.isWallet(asset, address), isOne, `${asset} ${address}`)
    }
  })
})

describe('what is told of a withdrawal', () => {
  const NOTICE = {
    success: true,
    clientId: CLIENT,
    status: 'confirmed',
    tryAmount: 100,
    requestId: 'WD-1',
  }

  const hear = async (body: unknown, options: object = {}) =>
    bench(options).payouts.verifyWebhook(webhook(null, body), REF)

  const sign = (body: object): string => {
    const text = JSON.stringify(body)
    const signature = createHmac('sha256', HOOK_SECRET).update(text).digest('hex')
    return text.replace(/}$/, `,"signature":"${signature}"}`)
  }

  it('counts where everything is right', async () => {
    assert.deepEqual(await hear(NOTICE), { status: 'confirmed', providerStatus: 'confirmed' })
    const { requestId: paymentId, ...rest } = NOTICE
    assert.equal((await hear({ ...rest, paymentId }))?.status, 'confirmed')
    assert.equal((await hear({ ...NOTICE, status: 'manual' }))?.status, 'review')
    assert.equal((await hear({ ...NOTICE, status: 'new_word' }))?.status, 'pending')
  })

  for (const [what, body] of Object.entries({
    'another withdrawal': { ...NOTICE, requestId: 'WD-2' },
    'another client': { ...NOTICE, clientId: 'another' },
    'another amount': { ...NOTICE, tryAmount: 100.01 },
    'nothing that is known': {},
  })) {
    it(`of ${what} is refused`, () => assert.rejects(hear(body), { code: 'not_found' }))
  }

  it('is signed where that was configured, and there is no way down', async () => {
    const signed = { webhookSecret: HOOK_SECRET }
    assert.equal((await hear(sign(NOTICE), signed))?.status, 'confirmed')
    await assert.rejects(hear(NOTICE, signed), { code: 'not_found' })
    const changed = sign(NOTICE).replace('confirmed', 'failed')
    await assert.rejects(hear(changed, signed), { code: 'not_found' })
  })

  it('is a reason to ask where there is a status call', async () => {
    assert.equal(await hear(NOTICE, { statusApiKey: STATUS_KEY }), undefined)
  })

  const ask = async (data: object) => {
    const { payouts, asked } = bench({ statusApiKey: STATUS_KEY }, (_path, { headers }) => {
      assert.equal(new Headers(headers).get('x-api-key'), STATUS_KEY)
      return { success: true, data: { paymentId: 'WD-1', tryAmount: '100', ...data } }
    })
    const update = await payouts.get?.(REF)
    assert.deepEqual(asked, ['/api/paymentcontroller?type=withdraw&paymentId=WD-1'])
    return update
  }

  it('by the status call is of this withdrawal, or nothing', async () => {
    assert.deepEqual(await ask({ status: 'completed' }), {
      status: 'confirmed',
      providerStatus: 'completed',
    })
    assert.equal((await ask({ status: 'new_word' }))?.status, 'pending')
    await fails(ask({ status: 'completed', paymentId: 'WD-2' }), 'provider_bad_response')
    await fails(ask({ status: 'completed', tryAmount: '100.01' }), 'provider_bad_response')
    assert.equal(bench().payouts.get, undefined)
  })
})
