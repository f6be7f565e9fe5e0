import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { describe, it } from 'node:test'
import type { PaymentRef, PaymentUpdate } from '../../proxy/provider.ts'
import { lipaykripto } from '../../proxy/providers/index.ts'
import { NOW, PAYMENT_ID, TOKEN, connect, fails, newPayment, refOf, webhook } from './proof.ts'
import type { Answers } from './proof.ts'

const CLIENT = 'test-client'
const HOOK_SECRET = 'webhook-secret-of-nobody'
const STATUS_KEY = 'status-key-of-nobody'
const PRICE = { amount: '300.00', currency: 'TRY' }

interface Options {
  readonly webhookSecret?: string
  readonly statusApiKey?: string
  readonly unsignedMax?: string
  readonly pageHosts?: string
}

const bench = (options: Options = {}, answers: Answers = () => ({})) =>
  connect(
    lipaykripto({
      baseUrl: 'https://lipay.example',
      clientId: CLIENT,
      clientSecret: 'client-secret-of-nobody',
      hmacSecret: 'hmac-secret-of-nobody',
      ...options,
    }),
    answers,
  )

const NOTICE = {
  try_amount: 300,
  client_id: CLIENT,
  payment_id: PAYMENT_ID,
  status: 'confirmed',
}
const CAMEL = {
  success: true,
  clientId: CLIENT,
  status: 'confirmed',
  tryAmount: '300.00',
  paymentId: PAYMENT_ID,
}

const sign = (body: object, secret = HOOK_SECRET): string => {
  const text = JSON.stringify(body)
  const signature = createHmac('sha256', secret).update(text).digest('hex')
  return text.replace(/}$/, `,"signature":"${signature}"}`)
}

interface Hearing extends Options {
  readonly payment?: Partial<PaymentRef> | null
}

/** What a notification amounts to: an update, or undefined for a reason to ask. */
async function hear(
  body: unknown,
  { payment = {}, ...options }: Hearing = {},
): Promise<PaymentUpdate | undefined> {
  const { provider } = bench(options)
  const ref = payment && refOf(await newPayment(provider, PRICE), payment)
  const events = await provider.webhook?.verify(webhook(ref, body))
  assert.equal(events?.length, 1)
  return events[0]?.update
}

const refused = (body: unknown, hearing?: Hearing): Promise<void> =>
  assert.rejects(hear(body, hearing), { name: 'ProxyError', code: 'not_found' })

describe('an unsigned notification of LiPayKripto’s', () => {
  it('pays where everything is right, and is marked as what it is', async () => {
    for (const body of [NOTICE, CAMEL, { ...NOTICE, try_amount: '300.00' }]) {
      assert.deepEqual(await hear(body), {
        status: 'paid',
        providerStatus: 'confirmed',
        assurance: 'unsigned-webhook',
        received: { amount: String(body === NOTICE ? 300 : '300.00'), currency: 'TRY' },
      })
    }
    assert.deepEqual(await hear({ ...NOTICE, status: 'failed' }), {
      status: 'failed',
      providerStatus: 'failed',
    })
  })

  for (const [what, body] of Object.entries({
    'of another client': { ...NOTICE, client_id: 'another' },
    'of another payment': { ...NOTICE, payment_id: 'b2'.repeat(16) },
    'of a lower amount': { ...NOTICE, try_amount: 299.99 },
    'of a higher amount': { ...NOTICE, try_amount: 300.01 },
    'of an amount that is none': { ...NOTICE, try_amount: '3e2' },
    'of no amount': { ...NOTICE, try_amount: undefined },
    'of another word': { ...NOTICE, status: 'CONFIRMED' },
    'of a word that is no end': { ...NOTICE, status: 'processing' },
    'of a list': [NOTICE],
    'of nothing': 'null',
    'that is no JSON': '{',
    'without a payment’s id': { ...CAMEL, paymentId: undefined },
  })) {
    it(`${what}: refused`, () => refused(body))
  }

  it('at another address than the payment’s own: refused', () => refused(NOTICE, { payment: null }))

  it('at an address that the shopper could read proves nothing: for a person', async () => {
    const update = await hear(NOTICE, { payment: { isWebhookExposed: true } })
    assert.deepEqual(update, {
      status: 'review',
      reason: 'unconfirmed',
      providerStatus: 'confirmed',
      note: 'an unsigned notification, at an address that the shopper could read',
    })
    const failed = { ...NOTICE, status: 'failed' }
    assert.equal((await hear(failed, { payment: { isWebhookExposed: true } }))?.status, 'failed')
  })

  it('of more than LIPAYKRIPTO_UNSIGNED_MAX is for a person', async () => {
    const update = await hear(NOTICE, { unsignedMax: '299.99' })
    assert.deepEqual(update, {
      status: 'review',
      reason: 'unconfirmed',
      providerStatus: 'confirmed',
      note: 'an unsigned notification, above LIPAYKRIPTO_UNSIGNED_MAX',
    })
    assert.equal((await hear(NOTICE, { unsignedMax: '300' }))?.status, 'paid')
  })

  it('says by itself that it is unsigned', () => {
    assert.equal(bench().provider.webhook?.authenticity, 'unsigned')
    assert.equal(bench({ webhookSecret: HOOK_SECRET }).provider.webhook?.authenticity, 'signed')
  })
})

describe('a signed notification of LiPayKripto’s', () => {
  const signed = { webhookSecret: HOOK_SECRET }

  it('pays, on the word of its signature, whatever the amount and whoever saw the address', async () => {
    const hearing = { ...signed, unsignedMax: '1', payment: { isWebhookExposed: true } }
    const update = await hear(sign(CAMEL), hearing)
    assert.deepEqual([update?.status, update?.assurance], ['paid', 'signed-webhook'])
  })

  it('is the bytes that came, a compact JSON, or PHP’s', async () => {
    const spaced = `{ "clientId": "${CLIENT}", "status": "confirmed", "tryAmount": "300.00", "paymentId": "${PAYMENT_ID}"}`
    const over = (text: string) => createHmac('sha256', HOOK_SECRET).update(text).digest('hex')
    const bytes = spaced.replace(/}$/, `, "signature": "${over(spaced)}"}`)
    assert.equal((await hear(bytes, signed))?.status, 'paid')
    const first = spaced.replace('{ ', `{ "signature": "${over(spaced)}", `)
    assert.equal((await hear(first, signed))?.status, 'paid')
    const compact = JSON.stringify(CAMEL)
    const pretty = JSON.stringify({ ...CAMEL, signature: over(compact) }, null, 2)
    assert.equal((await hear(pretty, signed))?.status, 'paid')
    const umlaut = { ...CAMEL, note: 'a/ü€' }
    const php = JSON.stringify(umlaut).replace('a/ü€', 'a\\/\\u00fc\\u20ac')
    const fromPhp = JSON.stringify({ ...umlaut, signature: over(php) })
    assert.equal((await hear(fromPhp, signed))?.status, 'paid')
  })

  for (const [what, body] of Object.entries({
    'without a signature': JSON.stringify(CAMEL),
    'of the old form, without one': JSON.stringify(NOTICE),
    'with another secret': sign(CAMEL, 'another-secret'),
    'with a changed status': sign(CAMEL).replace('confirmed', 'failed'),
    'with a changed amount': sign(CAMEL).replace('300.00', '300.0'),
    'with a shortened signature': sign(CAMEL).replace(/.("})$/, '$1'),
    'with a prefix to it': sign(CAMEL).replace('"signature":"', '"signature":"0'),
    'with a number for one': JSON.stringify({ ...CAMEL, signature: 7 }),
    'in capitals': sign(CAMEL).replace(/[a-f\d]{64}/, (hex) => hex.toUpperCase()),
  })) {
    it(`${what}: refused, there is no way down`, () => refused(body, signed))
  }

  it('of another payment, client or amount: refused, however genuine', async () => {
    for (const wrong of [{ paymentId: 'x' }, { clientId: 'x' }, { tryAmount: '299.99' }]) {
      await refused(sign({ ...CAMEL, ...wrong }), signed)
    }
  })
})

describe('with LiPayKripto’s status call', () => {
  const asking = { statusApiKey: STATUS_KEY }

  it('a notification is a reason to ask and no more; it is checked all the same', async () => {
    assert.equal(await hear(NOTICE, asking), undefined)
    const both = { ...asking, webhookSecret: HOOK_SECRET }
    assert.equal(await hear(sign(CAMEL), both), undefined)
    await refused(CAMEL, both)
    await refused({ ...NOTICE, client_id: 'x' }, asking)
  })

  const status = async (data: object) => {
    const { provider, asked } = bench(asking, (_path, { method, headers }) => {
      assert.equal(method, 'GET')
      assert.equal(new Headers(headers).get('x-api-key'), STATUS_KEY)
      return { success: true, data: { paymentId: PAYMENT_ID, tryAmount: 300, ...data } }
    })
    const update = await provider.getPayment?.(refOf(await newPayment(provider, PRICE)))
    assert.deepEqual(asked, [`/api/paymentcontroller?type=payment&paymentId=${PAYMENT_ID}`])
    return update
  }

  it('its word counts', async () => {
    assert.deepEqual(await status({ status: 'confirmed' }), {
      status: 'paid',
      providerStatus: 'confirmed',
      assurance: 'provider-api',
      received: { amount: '300', currency: 'TRY' },
    })
    for (const [word, ours] of [
      ['pending_coin_selection', 'pending'],
      ['pending', 'pending'],
      ['processing', 'processing'],
      ['failed', 'failed'],
      ['paid', 'processing'],
      ['CONFIRMED', 'processing'],
    ] as const) {
      assert.deepEqual(await status({ status: word }), { status: ours, providerStatus: word })
    }
  })

  it('an answer about another payment is none', () =>
    fails(status({ status: 'confirmed', paymentId: 'x' }), 'provider_bad_response'))

  it('without its key there is none', () => {
    assert.equal(bench().provider.getPayment, undefined)
    assert.equal(bench().provider.findPayment, undefined)
  })
})

describe('a payment that LiPayKripto made', () => {
  const PAGE = 'https://lipay.example/payment/abc'

  async function create(made: object = {}, options: Options = {}) {
    const bodies: string[] = []
    const { provider, logged } = bench(options, (path, { body }) => {
      if (path === '/api/auth/token') return { token: 'fresh' }
      bodies.push(String(body))
      return {
        success: true,
        paymentUrl: PAGE,
        paymentId: PAYMENT_ID,
        clientId: CLIENT,
        paymentRequestId: 77,
        status: 'pending_coin_selection',
        ...made,
      }
    })
    const created = await provider.createPayment(await newPayment(provider, PRICE))
    return { created, bodies, logged }
  }

  it('is the one that was asked for, with the amount as it was written', async () => {
    const { created, bodies, logged } = await create()
    assert.deepEqual(bodies, [
      `{"tryAmount":300.00,"paymentId":"${PAYMENT_ID}","webhookUrl":"https://pay.shop.example/v1/webhooks/lipaykripto/${TOKEN}"}`,
    ])
    assert.deepEqual(created, {
      ref: '77',
      status: 'pending',
      providerStatus: 'pending_coin_selection',
      nextAction: { type: 'redirect', url: PAGE },
      expiresAt: NOW + 60 * 60_000,
      isWebhookExposed: false,
    })
    assert.deepEqual(logged, [])
    const { created: bare } = await create({ paymentRequestId: undefined, clientId: undefined })
    assert.equal(bare.ref, PAYMENT_ID)
  })

  for (const [what, made] of Object.entries({
    'of another payment': { paymentId: 'b2'.repeat(16) },
    'for another client': { clientId: 'another' },
    'that did not succeed': { success: false },
    'with a page on another host': { paymentUrl: 'https://evil.example/payment' },
    'with a page that a browser would run': { paymentUrl: 'javascript:alert(1)' },
    'with a page that is not encrypted': { paymentUrl: 'http://lipay.example/payment' },
    'with a page behind a name and a password': { paymentUrl: 'https://x:y@lipay.example/p' },
    'with an id that would climb': { paymentRequestId: '../..' },
  })) {
    it(`${what} is shown to nobody`, () => fails(create(made), 'provider_bad_response', true))
  }

  it('may have its page on another host that was named', async () => {
    const paymentUrl = 'https://page.example/payment'
    const { created } = await create({ paymentUrl }, { pageHosts: 'page.example' })
    assert.deepEqual(created.nextAction, { type: 'redirect', url: paymentUrl })
  })

  for (const [how, text] of [
    ['plainly', TOKEN],
    ['in base64', Buffer.from(`{"webhookUrl":"https://x/${TOKEN}"}`).toString('base64url')],
    ['behind percent signs', `%77${TOKEN.slice(1)}`],
  ] as const) {
    it(`whose page tells the webhook’s address ${how} is noticed, with an alarm`, async () => {
      const { created, logged } = await create({ paymentUrl: `${PAGE}.${text}` })
      assert.equal(created.isWebhookExposed, true)
      assert.deepEqual(logged, ['webhook.exposed'])
    })
  }
})
