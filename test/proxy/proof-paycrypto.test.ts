import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { describe, it } from 'node:test'
import type { PaymentRef, PaymentUpdate } from '../../proxy/provider.ts'
import { paycrypto } from '../../proxy/providers/index.ts'
import type { WebhookEvent } from '../../proxy/webhook.ts'
import { NOW, PAYMENT_ID, connect, fails, newPayment, refOf, webhook } from './proof.ts'

const HOOK_SECRET = 'webhook-secret-of-nobody'
const API_SECRET = 'api-secret-of-nobody'
const PRICE = { amount: '12.50', currency: 'USDT' }
const RECORD = {
  currency: 'USDT-TRC20',
  amount: '12.5',
  paid_currency: 'USDT-TRC20',
  paid_amount: '12.5',
  order_id: 'P-77',
  cust_order_id: PAYMENT_ID,
  status: 1,
  reason: '',
  create_time: NOW,
  update_time: NOW,
}

interface Options {
  readonly webhookSecret?: string | undefined
  readonly record?: object | undefined
  readonly made?: object
  readonly currencies?: string
}

function bench({ record, made, ...options }: Options = {}) {
  const sent: { authorization: string; body: string }[] = []
  const create = paycrypto({
    baseUrl: 'https://paycrypto.example',
    apiKey: 'api-key-of-nobody',
    apiSecret: API_SECRET,
    webhookSecret: HOOK_SECRET,
    pageHosts: 'page.example',
    ...options,
  })
  const answers = (path: string, { headers, body }: RequestInit): unknown => {
    const authorization = new Headers(headers).get('authorization') ?? ''
    if (path === '/api/v1/merchant/limit') {
      return { code: 0, result: { min_limit: '1', max_limit: '1000' } }
    }
    sent.push({ authorization, body: String(body ?? '') })
    if (path === '/api/v1/payment') {
      const result = { order_id: 'P-77', redirect_url: 'https://page.example/p', ...made }
      return { code: 0, result }
    }
    const records = record === undefined ? [] : [{ ...RECORD, ...record }]
    return { code: 0, result: { code: 0, result: { records } } }
  }
  return { ...connect(create, answers), sent }
}

async function told(record?: object, payment: Partial<PaymentRef> = {}) {
  const { provider } = bench({ record })
  const ref = refOf(await newPayment(provider, PRICE), { ref: 'P-77', ...payment })
  return provider.getPayment?.(ref)
}

describe('what an order of PayCrypto’s proves', () => {
  it('pays this payment, and says what came', async () => {
    assert.deepEqual(await told({}), {
      ref: 'P-77',
      status: 'paid',
      providerStatus: '1',
      assurance: 'provider-api',
      received: { amount: '12.5', currency: 'USDT' },
    })
  })

  for (const [what, record] of Object.entries({
    'another order than the one that was made': { order_id: 'P-78' },
    'another network': { currency: 'USDT-BEP20' },
    'another currency': { currency: 'USD' },
    'a lower amount': { amount: '12.49' },
    'a higher amount': { amount: '12.51' },
  })) {
    it(`${what}: for a person, never paid`, async () => {
      const update = await told(record)
      assert.deepEqual(
        [update?.status, update?.reason, update?.ref],
        ['review', 'conflict', undefined],
      )
      assert.match(update?.note ?? '', /^the order has another (order_id|currency|amount)$/)
    })
  }

  for (const [status, ours, reason] of [
    [0, 'pending'],
    [2, 'processing'],
    [3, 'review'],
    [4, 'failed'],
    [5, 'canceled'],
    [6, 'expired'],
    [7, 'refunding'],
    [8, 'refunded'],
    [9, 'paid', 'refund_failed'],
    [10, 'processing'],
    ['success', 'processing'],
  ] as const) {
    it(`status ${status}: ${ours}`, async () => {
      const update = await told({ status })
      assert.deepEqual([update?.status, update?.reason], [ours, reason])
      const hasMoney = ['paid', 'refunding', 'refunded'].includes(ours)
      assert.equal(update?.assurance, hasMoney ? 'provider-api' : undefined)
    })
  }

  it('is of this payment even where its number is not known yet, by our id', async () => {
    assert.equal((await told({}, { ref: null }))?.status, 'paid')
    assert.equal(await told({ cust_order_id: 'b2'.repeat(16) }), undefined)
    assert.equal(await told(), undefined)
  })

  it('counts what came in the unit that was asked for, whatever case it is written in', async () => {
    const received = async (record: object) => (await told(record))?.received
    assert.deepEqual(await received({ currency: 'usdt-trc20' }), {
      amount: '12.5',
      currency: 'USDT',
    })
    assert.deepEqual(await received({ paid_currency: 'usdt-trc20' }), {
      amount: '12.5',
      currency: 'USDT',
    })
    assert.equal(await received({ paid_amount: '0' }), undefined)
    assert.equal(await received({ paid_amount: '' }), undefined)
    assert.equal(await received({ paid_currency: '' }), undefined)
  })
})

describe('an order that PayCrypto made', () => {
  const create = async (made: object = {}) => {
    const { provider, sent } = bench({ made })
    return { sent, created: await provider.createPayment(await newPayment(provider, PRICE)) }
  }

  it('was signed over all of its members, with our secret', async () => {
    const { sent, created } = await create()
    const [{ authorization, body } = assert.fail()] = sent
    const members = JSON.parse(body) as Record<string, string>
    const text = Object.keys(members)
      .toSorted()
      .map((name) => `${name}=${members[name]}`)
      .join('&')
    const signed = `${NOW}POSTapi-key-of-nobody/api/v1/payment${text}`
    const signature = createHmac('sha256', API_SECRET).update(signed).digest('base64')
    assert.equal(authorization, `Inst:api-key-of-nobody:${NOW}:${signature}`)
    assert.deepEqual(
      [members['amount'], members['currency'], members['cust_order_id']],
      ['12.50', 'USDT-TRC20', PAYMENT_ID],
    )
    assert.deepEqual(created.nextAction, { type: 'redirect', url: 'https://page.example/p' })
  })

  for (const [what, made] of Object.entries({
    'on another host': { redirect_url: 'https://evil.example/p' },
    'on a host that only begins like it': { redirect_url: 'https://page.example.evil/p' },
    'of something that a browser would run': { redirect_url: 'javascript:alert(1)' },
    'that is not encrypted': { redirect_url: 'http://page.example/p' },
    'of an id that would climb': { order_id: '../p' },
  })) {
    it(`with a page ${what} is shown to nobody`, () =>
      fails(create(made), 'provider_bad_response', true))
  }
})

describe('a push of PayCrypto’s', () => {
  const EVENT = JSON.stringify({
    id: 'ev-1',
    create_time: 1,
    params: { order_id: 'P-77', cust_order_id: PAYMENT_ID, status: 1 },
  })
  const push = (events: readonly string[], action = 'order_result') => ({ action, events })

  /** Signed as the vendor does, over members that are sorted already. */
  function signed(body: object, time: string | number = NOW, secret = HOOK_SECRET) {
    const { action = '' } = body as { action?: string }
    const members = Object.entries(body).map(([name, value]) =>
      [name, typeof value === 'string' ? value : JSON.stringify(value)].join('='),
    )
    const text = `${time}${action.toUpperCase()}${members.join('&')}`
    const signature = createHmac('sha256', secret).update(text).digest('base64')
    return { timestamp: String(time), signature }
  }

  async function hear(
    body: unknown,
    headers: Record<string, string> = {},
    options: Options = {},
  ): Promise<readonly WebhookEvent[] | undefined> {
    return bench(options).provider.webhook?.verify(webhook(null, body, headers))
  }

  const isHint = ({ update }: { readonly update?: PaymentUpdate }) => update === undefined

  it('is a reason to ask for each payment in it, and no more', async () => {
    const other = EVENT.replace('ev-1', 'ev-2').replace(PAYMENT_ID, 'c3'.repeat(16))
    const body = push([EVENT, other])
    const events = (await hear(body, signed(body))) ?? []
    assert.deepEqual(
      events.map(({ eventId, paymentId }) => [eventId, paymentId]),
      [
        ['ev-1', PAYMENT_ID],
        ['ev-2', 'c3'.repeat(16)],
      ],
    )
    assert.ok(events.every(isHint))
  })

  it('that is old, or from a clock ahead, is still a reason to ask', async () => {
    for (const time of [NOW - 301_000, NOW + 301_000]) {
      const events = await hear(push([EVENT]), signed(push([EVENT]), time))
      assert.equal(events?.length, 1)
      assert.ok(events.every(isHint))
    }
  })

  const good = push([EVENT])
  for (const [what, body, headers] of [
    ['without a signature', good, {}],
    ['with an empty signature', good, { ...signed(good), signature: '' }],
    ['of another secret', good, signed(good, NOW, 'another-secret')],
    ['of another time', good, { ...signed(good), timestamp: String(NOW + 1) }],
    ['of a time in seconds', good, signed(good, NOW / 1000)],
    ['of a time that is none', good, signed(good, 'now')],
    ['with a changed event', push([EVENT.replace('"status":1', '"status":2')]), signed(good)],
    ['with an event more', push([EVENT, EVENT]), signed(good)],
    ['of another action', push([EVENT], 'order_other'), signed(good)],
    ['with a member more', { ...good, more: 1 }, signed(good)],
    ['that is no JSON', '{', signed(good)],
    ['with events that are no list', { action: 'order_result', events: 'x' }, signed(good)],
  ] as const) {
    it(`${what}: refused`, () =>
      assert.rejects(hear(body, headers), { name: 'ProxyError', code: 'not_found' }))
  }

  it('with a member more that was signed too is genuine', async () => {
    const body = { ...good, version: 2 }
    assert.equal((await hear(body, signed(body)))?.length, 1)
  })

  it('of another action says nothing of an order', async () => {
    const body = push([EVENT], 'kyc_status')
    assert.deepEqual(await hear(body, signed(body)), [])
  })

  it('with an event that cannot be read tells of the others', async () => {
    for (const bad of ['{"id":"x"}', '{', 'null', EVENT.replace(PAYMENT_ID, '../x')]) {
      const body = push([bad, EVENT])
      assert.equal((await hear(body, signed(body)))?.length, 1, bad)
    }
  })

  it('with more events than a push can hold: refused', async () => {
    const body = push(Array.from({ length: 201 }, () => EVENT))
    await assert.rejects(hear(body, signed(body)), { code: 'not_found' })
  })

  it('without a secret, and flat, is a reason to ask and no more', async () => {
    const flat = { cust_order_id: PAYMENT_ID, order_id: 'P-77', status: 1 }
    assert.deepEqual(await hear(flat), [{ paymentId: PAYMENT_ID }])
    const unsigned = (await hear(good, {}, { webhookSecret: undefined })) ?? []
    assert.deepEqual(
      unsigned.map(({ paymentId }) => paymentId),
      [PAYMENT_ID],
    )
    assert.ok(unsigned.every(isHint))
    assert.ok(
      unsigned.every(({ eventId }) => eventId === undefined),
      'nobody’s id is used up',
    )
    for (const wrong of [
      { order_id: 'P-77', status: 1 },
      [],
      'null',
      { ...flat, cust_order_id: '../x' },
    ]) {
      await assert.rejects(hear(wrong), { code: 'not_found' })
    }
  })

  it('without our id is of the provider’s', async () => {
    const event = JSON.stringify({ id: 'ev-1', params: { order_id: 'P-77', status: 1 } })
    const body = push([event])
    const [heard] = (await hear(body, signed(body))) ?? []
    assert.deepEqual([heard?.paymentId, heard?.ref], [undefined, 'P-77'])
  })

  it('says by itself whether it is signed, is repeated, and is answered as they want it', async () => {
    const { webhook: receiver } = bench().provider
    assert.deepEqual([receiver?.authenticity, receiver?.isRepeated], ['signed', true])
    assert.equal(bench({ webhookSecret: undefined }).provider.webhook?.authenticity, 'unsigned')
    assert.deepEqual(await receiver?.acknowledge().json(), { code: 0, msg: 'SUCCESS' })
  })
})
