import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import { SignJWT, jwtVerify } from 'jose'
import { ProviderError } from '../../../proxy/errors.ts'
import { offer } from '../../../proxy/policy.ts'
import type { PaymentRef, PaymentUpdate } from '../../../proxy/provider.ts'
import { redoya } from '../../../proxy/providers/index.ts'
import { SANDBOX_CREDENTIALS } from '../../../sandbox/index.ts'
import { testContext } from '../support.ts'
import { openBench, providerSuite } from './provider-suite.ts'
import type { Bench } from './provider-suite.ts'

const { identifier, secret } = SANDBOX_CREDENTIALS.redoya
const SPEC = {
  name: 'redoya',
  price: { amount: '300.00', currency: 'TRY' },
  secrets: [secret],
  connect: (urls: Readonly<Record<string, string>>) =>
    redoya({ baseUrl: urls['redoya'] ?? '', identifier, secret, testMode: true }),
}

type Made = Awaited<ReturnType<Bench['make']>>
type OrderOptions = Record<string, unknown>

/** What the hosted page does when the shopper pays: an order with an id, for this link. */
async function payOnPage(bench: Bench, { created }: Made, more: OrderOptions = {}) {
  assert.equal(created.nextAction.type, 'redirect')
  const [, orderToken] = created.nextAction.url.split('#')
  return bench.control<{ orderId: string; redirect: string }>('POST', '/redoya/orders', {
    orderToken,
    identifier,
    outcome: 'success',
    ...more,
  })
}

providerSuite({
  ...SPEC,
  calls: [
    {
      operation: 'verify',
      isCreate: false,
      async run(bench) {
        const made = await bench.make()
        const { orderId } = await payOnPage(bench, made)
        return bench.provider.getPayment?.({ ...made.ref, claim: orderId })
      },
    },
  ],
})

describe('redoya: the link', () => {
  const vectors = JSON.parse(
    readFileSync(new URL('../../fixtures/redoya.json', import.meta.url), 'utf8'),
  ) as { secret: string; orderToken: string; payloadJson: string }

  it('is signed as the vendor signs it (known answer)', async () => {
    const claims = JSON.parse(vectors.payloadJson) as { price: number; successfulURL: string }
    const token = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .sign(new TextEncoder().encode(vectors.secret))
    assert.equal(token, vectors.orderToken)
  })

  it('reproduces the known answer from our own adapter, but for the return URLs', async () => {
    const now = 1_760_000_000_000
    const provider = redoya({
      identifier: 'demo.vendor.token',
      secret: vectors.secret,
      testMode: true,
      orderTtl: 900,
    })(testContext(() => now))
    const [method] = await provider.listMethods()
    assert.ok(method)
    const price = { amount: '15', currency: 'TRY' }
    const { nextAction, expiresAt } = await provider.createPayment({
      paymentId: 'a'.repeat(32),
      orderId: 'A-1',
      description: null,
      price,
      method: { ...method, price, limits: null },
      fields: {},
      customer: {},
      locale: null,
      returnUrl: 'https://pay.shop.example/v1/returns/token',
      webhookUrl: 'https://pay.shop.example/v1/webhooks/redoya/token',
      secret: '',
    })
    assert.equal(nextAction.type, 'redirect')
    const parts = nextAction.url.split('#')
    assert.equal(parts[0], 'https://pay.redoya.net/checkout')
    assert.equal(parts[2], 'demo.vendor.token')
    const expected = {
      ...(JSON.parse(vectors.payloadJson) as object),
      successfulURL: 'https://pay.shop.example/v1/returns/token/{order_id}',
      failURL: 'https://pay.shop.example/v1/returns/token/{order_id}',
    }
    const key = new TextEncoder().encode(vectors.secret)
    const { payload } = await jwtVerify(parts[1] ?? '', key, { currentDate: new Date(now) })
    assert.equal(JSON.stringify(payload), JSON.stringify(expected))
    assert.equal(expiresAt, 1_760_000_900_000)
  })

  for (const [amount, isOffered] of [
    ['3', true],
    ['3.00', true],
    ['1000', true],
    ['2.99', false],
    ['2', false],
    ['1000.01', false],
    ['1001', false],
    ['12.50', false],
  ] as const) {
    it(`${isOffered ? 'is' : 'is not'} offered for ${amount} TRY`, async () => {
      const provider = SPEC.connect({ redoya: 'http://localhost:1' })(testContext(Date.now))
      const [method] = await provider.listMethods()
      assert.ok(method)
      const offered = offer(method, [{ amount, currency: 'TRY' }])
      assert.equal(offered !== undefined, isOffered)
    })
  }

  it('is never signed for a price that it cannot express, even when asked to', async () => {
    const bench = await openBench(SPEC)
    await assert.rejects(
      bench.make({ price: { amount: '12.50', currency: 'TRY' } }),
      (error: unknown) => error instanceof ProviderError && error.code === 'payment_refused',
    )
    await bench.sandbox.close()
  })
})

describe('redoya: a price with kuruş, which the document does not take and the vendor’s SDK does', () => {
  const price = { amount: '19.90', currency: 'TRY' }
  const options = { identifier, secret, testMode: true, floatPrices: 'true' }
  const own = {
    ...SPEC,
    price,
    connect: (urls: Readonly<Record<string, string>>) =>
      redoya({ baseUrl: urls['redoya'] ?? '', ...options }),
  }

  it('is offered, signed as that number, and paid with all of it', async (t) => {
    const bench = await openBench(own)
    t.after(() => bench.sandbox.close())
    await bench.control('POST', '/redoya/float-prices', { accepted: true })
    const made = await bench.make()
    const { orderId } = await payOnPage(bench, made)
    const update = await bench.provider.getPayment?.({ ...made.ref, claim: orderId })
    assert.deepEqual(
      [update?.status, update?.received],
      ['paid', { amount: '19.9', currency: 'TRY' }],
    )
    const less = await payOnPage(bench, made, { payment_amount: '1989' })
    const short = await bench.provider.getPayment?.({ ...made.ref, claim: less.orderId })
    assert.deepEqual([short?.status, short?.reason], ['review', 'conflict'])
  })

  for (const [amount, isOffered] of [
    ['19.99', true],
    ['1000', true],
    ['19.999', false],
    ['2.99', false],
    ['1000.01', false],
  ] as const) {
    it(`${isOffered ? 'is' : 'is not'} offered for ${amount} TRY`, async () => {
      const provider = own.connect({ redoya: 'http://localhost:1' })(testContext(Date.now))
      const [method] = await provider.listMethods()
      const offered = offer(method ?? assert.fail(), [{ amount, currency: 'TRY' }])
      assert.equal(offered !== undefined, isOffered)
    })
  }

  it('is paid though the setting was taken back since', async (t) => {
    const bench = await openBench(own)
    t.after(() => bench.sandbox.close())
    await bench.control('POST', '/redoya/float-prices', { accepted: true })
    const made = await bench.make()
    const { orderId } = await payOnPage(bench, made)
    const plain = SPEC.connect(bench.sandbox.urls)(testContext(bench.clock.now))
    const update = await plain.getPayment?.({ ...made.ref, claim: orderId })
    assert.equal(update?.status, 'paid')
  })
})

describe('redoya: the return', () => {
  let bench: Bench
  before(async () => {
    bench = await openBench(SPEC)
  })
  after(() => bench.sandbox.close())

  const comeBack = async (ref: PaymentRef, path: string): Promise<PaymentUpdate | undefined> => {
    const claim = bench.provider.parseReturn?.({ path, query: new URLSearchParams() })
    return claim === undefined ? undefined : bench.provider.getPayment?.({ ...ref, claim })
  }

  async function outcome(more: OrderOptions = {}): Promise<PaymentUpdate | undefined> {
    const made = await bench.make()
    const { orderId } = await payOnPage(bench, made, more)
    return comeBack(made.ref, orderId)
  }

  it('is paid after verify, and bound to the order id', async () => {
    const made = await bench.make()
    const { orderId } = await payOnPage(bench, made)
    assert.deepEqual(await comeBack(made.ref, orderId), {
      ref: orderId,
      status: 'paid',
      assurance: 'provider-api',
      providerStatus: 'success',
      received: { amount: '300', currency: 'TRY' },
    })
  })

  it('failed there: failed, declined', async () => {
    const update = await outcome({ outcome: 'failed' })
    assert.deepEqual([update?.status, update?.reason], ['failed', 'declined'])
  })

  for (const [what, more] of [
    ['an amount one kuruş short', { payment_amount: '29999' }],
    ['an amount one kuruş over', { payment_amount: '30001' }],
    ['the price unscaled', { payment_amount: '300' }],
    ['another currency', { currency: 'USD' }],
    ['the other mode', { testMode: '0' }],
  ] as const) {
    it(`${what}: review, never paid`, async () => {
      const update = await outcome(more)
      assert.deepEqual([update?.status, update?.reason], ['review', 'conflict'])
      assert.equal(update?.ref, undefined)
    })
  }

  it('an order from before this payment: review, never paid', async () => {
    const made = await bench.make()
    const { orderId } = await payOnPage(bench, made)
    const later = { ...made.ref, createdAt: bench.clock.now() + 10 * 60_000 }
    assert.equal((await comeBack(later, orderId))?.status, 'review')
  })

  it('somebody else’s failed order fails nothing', async () => {
    const made = await bench.make()
    const { orderId } = await payOnPage(bench, made, { outcome: 'failed', testMode: '0' })
    assert.equal(await comeBack(made.ref, orderId), undefined)
  })

  it('an unknown order changes nothing', async () => {
    const { ref } = await bench.make()
    assert.equal(await comeBack(ref, 'A'.repeat(16)), undefined)
  })

  for (const path of [
    '',
    'short',
    'A'.repeat(15),
    'A'.repeat(17),
    '..%2f..%2fadmin',
    '../../a/b/c/d/e',
    'AAAAAAAAAAAAAAA/',
    'ÄAAAAAAAAAAAAAAA',
    '{order_id}',
  ]) {
    it(`${JSON.stringify(path)} is no order id: the provider is not even asked`, async () => {
      const { ref } = await bench.make()
      const before = await countVerify()
      assert.equal(await comeBack(ref, path), undefined)
      assert.equal(await countVerify(), before)
    })
  }

  it('not confirmed yet: pending, and paid in the end', async () => {
    const made = await bench.make()
    const { orderId } = await payOnPage(bench, made, { outcome: 'pending' })
    assert.equal((await comeBack(made.ref, orderId))?.status, 'pending')
    await bench.control('POST', `/payments/redoya/${orderId}`, { action: 'confirm' })
    assert.equal((await comeBack(made.ref, orderId))?.status, 'paid')
  })

  it('the provider is down at the return: no answer', async () => {
    const made = await bench.make()
    const { orderId } = await payOnPage(bench, made)
    await bench.control('POST', '/faults', {
      provider: 'redoya',
      operation: 'verify',
      kind: 'status-500',
    })
    await assert.rejects(comeBack(made.ref, orderId), { code: 'provider_unavailable' })
  })

  it('timed out there: the proof is gone, a person must look', async () => {
    const made = await bench.make()
    const { orderId } = await payOnPage(bench, made, { outcome: 'pending' })
    await bench.control('POST', `/payments/redoya/${orderId}`, { action: 'time-out' })
    const update = await comeBack(made.ref, orderId)
    assert.deepEqual([update?.status, update?.reason], ['review', 'unconfirmed'])
  })

  it('asks about nothing but what came back: every verify counts', async () => {
    const made = await bench.make()
    const { orderId } = await payOnPage(bench, made)
    const before = await countVerify()
    await comeBack(made.ref, orderId)
    assert.equal(await bench.provider.getPayment?.(made.ref), undefined)
    assert.equal(await bench.provider.getPayment?.({ ...made.ref, ref: orderId }), undefined)
    assert.equal(await countVerify(), before + 1)
  })

  it('paid after its link had ended: review, never paid', async () => {
    const made = await bench.make()
    const { orderId } = await payOnPage(bench, made)
    const until = async (expiresAt: number) => {
      const update = await comeBack({ ...made.ref, expiresAt }, orderId)
      return [update?.status, update?.reason]
    }
    const paidAt = Math.floor(bench.clock.now() / 1000) * 1000
    assert.deepEqual(await until(paidAt - 120_000), ['paid', undefined], 'clocks may differ')
    assert.deepEqual(await until(paidAt - 122_000), ['review', 'conflict'])
  })

  const countVerify = async (): Promise<number> => {
    const ledger = await bench.control<{ redoya: { calls: { operation: string }[] } }>(
      'GET',
      '/ledger',
    )
    return ledger.redoya.calls.filter(({ operation }) => operation === 'verify').length
  }
})
