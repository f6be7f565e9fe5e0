import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { describe, it } from 'node:test'
import type { PaymentRef, PaymentUpdate } from '../../proxy/provider.ts'
import { redoya } from '../../proxy/providers/index.ts'
import { NOW, connect, fails, newPayment, refOf } from './proof.ts'

const ORDER = 'AbCdEfGh12345678'
const SECRET = 'vendor-secret-of-nobody'
const IDENTIFIER = 'vendor.identifier.of-nobody'
const PRICE = { amount: '300.00', currency: 'TRY' }
const NOW_S = NOW / 1000
const SUCCESS = {
  orderId: ORDER,
  status: 'success',
  payment_amount: '30000',
  currency: 'TL',
  testMode: '0',
  timestamp: NOW_S,
}
const FAILED = { orderId: ORDER, status: 'failed', testMode: '0', timestamp: NOW_S }

function bench(answer: unknown, options: { testMode?: boolean; orderTtl?: number } = {}) {
  const create = redoya({
    baseUrl: 'https://redoya.example',
    identifier: IDENTIFIER,
    secret: SECRET,
    ...options,
  })
  return connect(create, () => answer)
}

interface Visit {
  readonly path?: string
  readonly payment?: Partial<PaymentRef>
  readonly testMode?: boolean
}

async function comeBack(answer: unknown, { path = ORDER, payment = {}, ...options }: Visit = {}) {
  const { provider, asked } = bench(answer, options)
  const ref = refOf(await newPayment(provider, PRICE), payment)
  const query = new URLSearchParams('status=success&paid=1')
  const claim = provider.parseReturn?.({ path, query })
  const update: PaymentUpdate | undefined =
    claim === undefined ? undefined : await provider.getPayment?.({ ...ref, claim })
  return { update, asked }
}

const judged = async (answer: unknown, visit: Visit = {}) => {
  const { update } = await comeBack(answer, visit)
  return [update?.status, update?.reason, update?.ref]
}

const PAID = ['paid', undefined, ORDER]
const CONFLICT = ['review', 'conflict', undefined]
const NOTHING = [undefined, undefined, undefined]

describe('what an order of Redoya’s proves', () => {
  it('pays this payment, and on whose word', async () => {
    const { update, asked } = await comeBack(SUCCESS)
    assert.deepEqual(asked, [`/api/v1/order/verify/${ORDER}`])
    assert.deepEqual(update, {
      ref: ORDER,
      status: 'paid',
      assurance: 'provider-api',
      providerStatus: 'success',
      received: { amount: '300', currency: 'TRY' },
    })
  })

  for (const [what, answer] of Object.entries({
    'an amount one kuruş short': { ...SUCCESS, payment_amount: '29999' },
    'an amount one kuruş over': { ...SUCCESS, payment_amount: '30001' },
    'the price unscaled': { ...SUCCESS, payment_amount: '300' },
    'no amount': { ...SUCCESS, payment_amount: undefined },
    'another currency': { ...SUCCESS, currency: 'USD' },
    'no currency': { ...SUCCESS, currency: undefined },
    'the other mode': { ...SUCCESS, testMode: '1' },
    'a time long before this payment': { ...SUCCESS, timestamp: NOW_S - 60 - 121 },
    'a time to come': { ...SUCCESS, timestamp: NOW_S + 121 },
  })) {
    it(`${what}: for a person, never paid`, async () => {
      assert.deepEqual(await judged(answer), CONFLICT)
    })
  }

  it('pays nothing where it was paid after the link had ended, but for the clocks', async () => {
    const ended = (seconds: number) => ({ payment: { expiresAt: (NOW_S - seconds) * 1000 } })
    assert.deepEqual(await judged(SUCCESS, ended(120)), PAID)
    assert.deepEqual(await judged(SUCCESS, ended(121)), CONFLICT)
    assert.deepEqual(await judged(FAILED, ended(121)), NOTHING)
  })

  it('is confirmed at any time where it came back before the link had ended', async () => {
    const cameBack = (seconds: number) => ({
      payment: { expiresAt: NOW - 1_000_000, claimedAt: NOW - 1_000_000 + seconds * 1000 },
    })
    assert.deepEqual(await judged(SUCCESS, cameBack(120)), PAID)
    assert.deepEqual(await judged(SUCCESS, cameBack(121)), CONFLICT)
    assert.deepEqual(await judged({ ...SUCCESS, timestamp: NOW_S + 121 }, cameBack(0)), CONFLICT)
  })

  it('goes by clocks that may differ by two minutes', async () => {
    assert.deepEqual(await judged({ ...SUCCESS, timestamp: NOW_S - 60 - 120 }), PAID)
    assert.deepEqual(await judged({ ...SUCCESS, timestamp: NOW_S + 120 }), PAID)
  })

  it('pays nothing live where it is of a test, and the other way round', async () => {
    assert.deepEqual(await judged({ ...SUCCESS, testMode: '1' }, { testMode: true }), PAID)
    assert.deepEqual(await judged(SUCCESS, { testMode: true }), CONFLICT)
  })

  it('fails this payment where it failed, and only this one', async () => {
    const { update } = await comeBack({ ...FAILED, failed_reason_code: 7 })
    assert.deepEqual(update, {
      status: 'failed',
      reason: 'declined',
      providerStatus: 'failed',
      note: 'failed_reason_code 7',
    })
    assert.deepEqual((await comeBack(FAILED)).update?.note, 'failed_reason_code none')
    assert.deepEqual(await judged({ ...FAILED, testMode: '1' }), NOTHING)
    assert.deepEqual(await judged({ ...FAILED, timestamp: NOW_S - 1000 }), NOTHING)
  })

  for (const [what, answer] of Object.entries({
    'about another order': { ...SUCCESS, orderId: 'Z'.repeat(16) },
    'without a mode': { ...SUCCESS, testMode: undefined },
    'of another word': { ...SUCCESS, status: 'SUCCESS' },
    'with a time that is text': { ...SUCCESS, timestamp: 'now' },
    'with an amount that is none': { ...SUCCESS, payment_amount: '3e4' },
  })) {
    it(`an answer ${what} is none: it is asked again`, () =>
      fails(comeBack(answer), 'provider_bad_response'))
  }
})

describe('what Redoya says of an order that it cannot tell of', () => {
  const error = (type: string) => Response.json({ type }, { status: 400 })

  it('not yet: it is asked about again', async () => {
    const { update } = await comeBack(error('NOT_CONFIRMED_YET'))
    assert.deepEqual(update, { status: 'pending', providerStatus: 'NOT_CONFIRMED_YET' })
  })

  it('not any more: for a person', async () => {
    assert.deepEqual((await comeBack(error('ORDER_TIMED_OUT'))).update, {
      status: 'review',
      reason: 'unconfirmed',
      providerStatus: 'ORDER_TIMED_OUT',
      note: 'the provider no longer tells how this order went',
    })
  })

  it('unknown: nothing changes', async () => {
    assert.deepEqual(await judged(error('UNKNOWN_ORDER')), NOTHING)
  })

  it('any other word is no answer', async () => {
    for (const type of ['INVALID_VENDOR', 'toString']) {
      await fails(comeBack(error(type)), 'provider_rejected')
    }
  })
})

describe('a return from Redoya', () => {
  for (const path of [
    '',
    'short',
    `${ORDER}x`,
    '../../a/b/c/d/e',
    'AAAAAAAAAAAAAAA/',
    '{order_id}',
  ]) {
    it(`with ${JSON.stringify(path)} for an order asks nobody`, async () => {
      assert.deepEqual(await comeBack(SUCCESS, { path }), { update: undefined, asked: [] })
    })
  }

  it('is followed up by its claim alone', async () => {
    const { provider, asked } = bench(SUCCESS)
    const payment = await newPayment(provider, PRICE)
    const look = async (more: Partial<PaymentRef>) => provider.getPayment?.(refOf(payment, more))
    assert.equal(await look({}), undefined)
    assert.equal(await look({ ref: ORDER }), undefined)
    assert.deepEqual(asked, [])
    assert.equal((await look({ claim: ORDER }))?.status, 'paid')
  })
})

describe('a link of Redoya’s', () => {
  const read = (part: string | undefined): unknown =>
    JSON.parse(Buffer.from(part ?? '', 'base64url').toString())

  it('is signed over the price, the mode and our own return', async () => {
    const { provider } = bench({}, { orderTtl: 700 })
    const made = await provider.createPayment(await newPayment(provider, PRICE))
    assert.ok(made.nextAction.type === 'redirect')
    const [page, token = '', identifier] = made.nextAction.url.split('#')
    assert.deepEqual([page, identifier], ['https://redoya.example/checkout', IDENTIFIER])
    const [header, claims, signature] = token.split('.')
    const back = `https://pay.shop.example/v1/returns/${'r'.repeat(43)}/{order_id}`
    assert.deepEqual(read(header), { alg: 'HS256', typ: 'JWT' })
    assert.deepEqual(read(claims), {
      price: 300,
      isInTestMode: 0,
      successfulURL: back,
      failURL: back,
      iat: NOW_S,
      exp: NOW_S + 700,
    })
    const expected = createHmac('sha256', SECRET).update(`${header}.${claims}`).digest('base64url')
    assert.equal(signature, expected)
    assert.equal(made.expiresAt, (NOW_S + 700) * 1000)
  })

  it('says that it is of a test', async () => {
    const { provider } = bench({}, { testMode: true })
    const { nextAction } = await provider.createPayment(await newPayment(provider, PRICE))
    assert.ok(nextAction.type === 'redirect')
    const claims = read(nextAction.url.split('#')[1]?.split('.')[1]) as { isInTestMode: number }
    assert.equal(claims.isInTestMode, 1)
  })

  for (const amount of ['300.50', '2', '1001', '0.00', '10000', '1e3']) {
    it(`is not signed for ${amount}`, async () => {
      const { provider } = bench({})
      const payment = await newPayment(provider, PRICE)
      await fails(
        provider.createPayment({ ...payment, price: { amount, currency: 'TRY' } }),
        'payment_refused',
      )
    })
  }

  it('is not signed for another currency', async () => {
    const { provider } = bench({})
    const payment = await newPayment(provider, PRICE)
    const price = { amount: '300', currency: 'USD' }
    await fails(provider.createPayment({ ...payment, price }), 'payment_refused')
  })
})
