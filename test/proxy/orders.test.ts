import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { SignJWT, UnsecuredJWT } from 'jose'
import type { Checkout } from '../../protocol/payment.ts'
import { ORDER_SECRET, SHOP, startStack } from './support.ts'
import type { Stack } from './support.ts'

interface Problem {
  readonly code: string
  readonly field?: string
  readonly requestId: string
}

const CLAIMS = { orderId: 'T-1', amount: '300.00', currency: 'TRY' }

interface TokenOptions {
  readonly header?: object
  readonly secret?: Uint8Array | string
  readonly aud?: string
  readonly iat?: number
  readonly exp?: number
}

/** A token of any shape, as an attacker would make it. */
async function forge(claims: object, options: TokenOptions = {}): Promise<string> {
  const now = Math.floor(Date.now() / 1000)
  const { secret = ORDER_SECRET, aud = 'crypto-checkout', iat = now, exp = now + 600 } = options
  const body = Object.fromEntries(
    Object.entries({ ...claims, aud, iat, exp }).filter(([, value]) => value !== undefined),
  )
  return new SignJWT(body)
    .setProtectedHeader({ alg: 'HS256', typ: 'cc-order+jwt', ...options.header })
    .sign(typeof secret === 'string' ? new TextEncoder().encode(secret) : secret)
}

describe('orders', () => {
  let stack: Stack
  before(async () => {
    stack = await startStack()
  })
  after(() => stack.close())

  const open = (body: unknown, headers?: Record<string, string>) =>
    stack.request<Checkout & Problem>('POST', '/v1/checkouts', body, headers)

  const countCalls = async (): Promise<number> => {
    const ledger = await stack.control<Record<string, { calls: unknown[] }>>('GET', '/ledger')
    return Object.values(ledger).reduce((sum, { calls }) => sum + calls.length, 0)
  }

  describe('by order token', () => {
    it('opens a checkout', async () => {
      const { status, body, headers } = await open({
        orderToken: await stack.token({
          orderId: 'T-100',
          description: 'Two mugs',
          customer: { email: 'shopper@shop.example' },
        }),
      })
      assert.equal(status, 201)
      assert.equal(body.orderId, 'T-100')
      assert.deepEqual(body.price, { amount: '300.00', currency: 'TRY' })
      assert.equal(body.description, 'Two mugs')
      assert.equal(body.status, 'pending')
      assert.equal(body.priceSource, 'token')
      assert.equal(body.testMode, true)
      assert.match(body.id, /^[\w-]{22}$/)
      assert.equal(headers.get('etag'), '"1"')
      assert.deepEqual(
        body.methods.map(({ id }) => id),
        ['cryptom:USDT:TRON', 'cryptom:TRX:TRON', 'cryptom:ETH:ETHEREUM', 'redoya'],
      )
      assert.ok(!JSON.stringify(body).includes('shopper@'), 'personal data goes no further')
    })

    it('gives the same checkout again for the same order, a token minted anew too', async () => {
      const first = await open({ orderToken: await stack.token({ orderId: 'T-101' }) })
      const again = await open({
        orderToken: await stack.token({ orderId: 'T-101', amount: '300', description: 'other' }),
      })
      assert.deepEqual([first.status, again.status], [201, 200])
      assert.equal(again.body.id, first.body.id)
      assert.equal(again.body.description, first.body.description)
    })

    it('refuses the same order at another price', async () => {
      await open({ orderToken: await stack.token({ orderId: 'T-102' }) })
      for (const change of [{ amount: '299.99' }, { amount: '3.00', currency: 'USDT' }]) {
        const { status, body } = await open({
          orderToken: await stack.token({
            orderId: 'T-102',
            ...change,
            alternatives: [{ amount: '300.00', currency: 'TRY' }],
          }),
        })
        assert.deepEqual([status, body.code], [409, 'order_conflict'])
      }
    })

    it('makes one checkout of fifty requests at once', async () => {
      const orderToken = await stack.token({ orderId: 'T-103' })
      const answers = await Promise.all(Array.from({ length: 50 }, () => open({ orderToken })))
      assert.equal(new Set(answers.map(({ body }) => body.id)).size, 1)
      assert.equal(answers.filter(({ status }) => status === 201).length, 1)
    })

    it('offers only what the merchant named', async () => {
      const { methods } = await stack.openCheckout({ methods: ['redoya', 'cryptom:TRX'] })
      assert.deepEqual(
        methods.map(({ id }) => id),
        ['cryptom:TRX:TRON', 'redoya'],
      )
    })

    it('does not offer a provider outside its limits', async () => {
      for (const amount of ['2.00', '1000.50', '1001.00', '12.50']) {
        const { methods } = await stack.openCheckout({ amount })
        assert.ok(!methods.some(({ id }) => id === 'redoya'), amount)
        assert.equal(methods.length, 3)
      }
    })

    it('says so when nothing can charge the order', async () => {
      const { status, body } = await open({
        orderToken: await stack.token({ amount: '10.00', currency: 'USD' }),
      })
      assert.deepEqual([status, body.code], [422, 'currency_not_supported'])
    })

    it('takes another price of the same order where the first one has no provider', async () => {
      const checkout = await stack.openCheckout({
        amount: '10.00',
        currency: 'USD',
        alternatives: [{ amount: '400.00', currency: 'TRY' }],
      })
      assert.deepEqual(checkout.price, { amount: '10.00', currency: 'USD' })
      assert.deepEqual(checkout.methods[0]?.price, { amount: '400.00', currency: 'TRY' })
    })
  })

  describe('with a bad token', () => {
    const now = Math.floor(Date.now() / 1000)
    const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const attacks: Record<string, () => Promise<string> | string> = {
      'not a token': () => 'hello',
      'an empty one': () => '..',
      'without a signature': async () => (await forge(CLAIMS)).replace(/[^.]+$/, ''),
      'of algorithm none': () =>
        new UnsecuredJWT({ ...CLAIMS })
          .setAudience('crypto-checkout')
          .setIssuedAt()
          .setExpirationTime('5m')
          .encode(),
      'with a changed amount': async () => {
        const [header, , signature] = (await forge(CLAIMS)).split('.')
        const body = { ...CLAIMS, amount: '3.00', aud: 'crypto-checkout', iat: now, exp: now + 60 }
        return `${header}.${base64(body)}.${signature}`
      },
      'signed with another secret': () => forge(CLAIMS, { secret: `${ORDER_SECRET}x` }),
      'signed with the empty secret': () => forge(CLAIMS, { secret: new Uint8Array(32) }),
      'of another type': () => forge(CLAIMS, { header: { typ: 'JWT' } }),
      'without a type': () => forge(CLAIMS, { header: { typ: undefined } }),
      'of another algorithm': () => forge(CLAIMS, { header: { alg: 'HS512' } }),
      'for an RS256 key used as a secret': () =>
        forge(CLAIMS, {
          secret: new TextEncoder().encode(
            publicKey.export({ type: 'spki', format: 'pem' }) as string,
          ),
        }),
      'for another audience': () => forge(CLAIMS, { aud: 'another-app' }),
      'that names its own key': () =>
        forge(CLAIMS, {
          secret: 'attacker-secret-0123456789-abcdefgh',
          header: { jwk: { kty: 'oct', k: 'YXR0YWNrZXI' }, jku: 'https://evil.example/jwks' },
        }),
      'with a kid that climbs': () =>
        forge(CLAIMS, { header: { kid: '../../etc/passwd' }, secret: 'x'.repeat(32) }),
      expired: () => forge(CLAIMS, { iat: now - 1000, exp: now - 100 }),
      'not valid yet': () => forge({ ...CLAIMS, nbf: now + 3600 }),
      'with too long a life': () => forge(CLAIMS, { exp: now + 100_000 }),
      'from the future': () => forge(CLAIMS, { iat: now + 90_000, exp: now + 90_100 }),
      'with a claim that is not known': () => forge({ ...CLAIMS, discount: '100' }),
      'with a prototype in it': () =>
        forge(
          JSON.parse(
            '{"__proto__":{"amount":"1"},"orderId":"T","amount":"1","currency":"TRY"}',
          ) as object,
        ),
    }
    for (const claim of ['orderId', 'amount', 'currency'] as const) {
      attacks[`short of ${claim}`] = () => {
        const { [claim]: _gone, ...rest } = CLAIMS
        return forge(rest)
      }
    }
    for (const claim of ['iat', 'exp'] as const) {
      attacks[`short of ${claim}`] = async () => {
        const whole = { ...CLAIMS, aud: 'crypto-checkout', iat: now, exp: now + 60 }
        const { [claim]: _gone, ...rest } = whole
        return new SignJWT(rest)
          .setProtectedHeader({ alg: 'HS256', typ: 'cc-order+jwt' })
          .sign(new TextEncoder().encode(ORDER_SECRET))
      }
    }

    for (const [what, make] of Object.entries(attacks)) {
      it(`${what}: 401, and no provider is called`, async () => {
        const before = await countCalls()
        const orderToken = await make()
        const { status, body } = await open({ orderToken })
        assert.deepEqual([status, body.code], [401, 'invalid_order_token'])
        assert.equal(await countCalls(), before)
        assert.ok(!JSON.stringify(body).includes(orderToken.slice(0, 20) || ' '))
      })
    }

    it('is not written to the log', async () => {
      const orderToken = await forge(CLAIMS, { aud: 'another-app' })
      await open({ orderToken })
      assert.ok(!stack.logs.join('\n').includes(orderToken.slice(0, 30)))
    })
  })

  describe('with a bad body', () => {
    for (const amount of [
      '1e3',
      '-0',
      '-5',
      '１００',
      '1,00',
      '1'.repeat(40),
      '0',
      '0.00',
      '1.001',
      '',
      ' 1',
      'NaN',
      '0x10',
      '1_000',
    ]) {
      it(`amount ${JSON.stringify(amount)} in a token: refused, naming the field`, async () => {
        const { status, body } = await open({ orderToken: await forge({ ...CLAIMS, amount }) })
        assert.deepEqual([status, body.field], [401, 'amount'])
      })
    }

    for (const [what, body, field] of [
      ['nothing', {}, 'orderToken'],
      ['a list', [], undefined],
      ['null', null, undefined],
      ['a number for a token', { orderToken: 7 }, 'orderToken'],
      ['a product nobody sells here', { product: 'mug' }, 'product'],
    ] as const) {
      it(`${what}: refused`, async () => {
        const answer = await open(body)
        assert.ok(answer.status === 400 || answer.status === 422, String(answer.status))
        assert.equal(answer.body.field, field)
        assert.ok(answer.body.requestId)
      })
    }

    it('an amount beside a token: 400 naming the amount, and nothing is made', async () => {
      const orderToken = await stack.token({ orderId: 'T-200' })
      const { status, body } = await open({ orderToken, amount: '1.00' })
      assert.deepEqual([status, body.code, body.field], [400, 'invalid_request', 'amount'])
      assert.equal((await open({ orderToken })).status, 201)
    })

    it('no JSON, no content type, another one, too much', async () => {
      const send = (text: string, type?: string) =>
        fetch(`${stack.url}/v1/checkouts`, {
          method: 'POST',
          ...(type !== undefined && { headers: { 'content-type': type } }),
          body: text,
        }).then(({ status }) => status)
      assert.equal(await send('{', 'application/json'), 400)
      assert.equal(await send('{}', 'text/plain'), 415)
      assert.equal(await send('a=1', 'application/x-www-form-urlencoded'), 415)
      assert.equal(await send(`"${'x'.repeat(17_000)}"`, 'application/json'), 413)
    })

    it('too much, without saying how much', async () => {
      const body = new ReadableStream({
        pull(controller) {
          controller.enqueue(new Uint8Array(4096).fill(32))
        },
      })
      const { status } = await fetch(`${stack.url}/v1/checkouts`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
        duplex: 'half',
      } as RequestInit)
      assert.equal(status, 413)
    })

    it('an unsigned amount where only signed orders are taken', async () => {
      const { status, body } = await open({ amount: '10.00', currency: 'TRY' })
      assert.deepEqual([status, body.code], [422, 'unsigned_orders_not_allowed'])
    })
  })

  describe('of pages', () => {
    for (const origin of [
      'https://evil.example',
      'null',
      'http://shop.example',
      'https://shop.example.evil',
      'https://SHOP.example',
      'https://shop.example:8443',
      'https://shop.example/',
      '',
    ]) {
      it(`origin ${JSON.stringify(origin)}: 403 before any handler`, async () => {
        const orderToken = await stack.token({ orderId: `O-${origin.length}` })
        const before = stack.logs.length
        const { status, body, headers } = await open({ orderToken }, { origin })
        assert.deepEqual([status, body.code], [403, 'forbidden_origin'])
        assert.equal(headers.get('access-control-allow-origin'), origin, 'it may read why')
        assert.ok(!stack.logs.slice(before).join().includes('checkout.created'))
      })
    }

    it('of the shop, of the proxy itself, of none: taken', async () => {
      const orderToken = await stack.token()
      for (const origin of [SHOP, stack.url]) {
        const { status, headers } = await open({ orderToken }, { origin })
        assert.ok(status < 300)
        assert.equal(headers.get('access-control-allow-origin'), origin)
        assert.match(headers.get('access-control-expose-headers') ?? '', /etag/)
        assert.equal(headers.get('vary'), 'Origin')
        assert.equal(headers.get('access-control-allow-credentials'), null)
      }
      assert.ok((await open({ orderToken })).status < 300)
    })

    it('preflight allows what the widget needs; a foreign page gets as far as its refusal', async () => {
      const preflight = (origin: string) =>
        fetch(`${stack.url}/v1/checkouts`, {
          method: 'OPTIONS',
          headers: { origin, 'access-control-request-method': 'POST' },
        })
      const allowed = await preflight(SHOP)
      assert.equal(allowed.status, 204)
      assert.match(allowed.headers.get('access-control-allow-headers') ?? '', /content-type/)
      assert.equal((await preflight('https://evil.example')).status, 204)
      const { status } = await open({}, { origin: 'https://evil.example' })
      assert.equal(status, 403)
    })

    it('a foreign page cannot read a checkout either', async () => {
      const { id } = await stack.openCheckout()
      const { status } = await stack.request('GET', `/v1/checkouts/${id}`, undefined, {
        origin: 'https://evil.example',
      })
      assert.equal(status, 403)
    })
  })

  describe('by the merchant’s backend', () => {
    it('opens a checkout whose id the page gets', async () => {
      const order = { orderId: 'M-1', amount: '300.00', currency: 'TRY', metadata: { cart: '9' } }
      const made = await stack.merchant<Checkout & { metadata: object }>(
        'POST',
        '/checkouts',
        order,
      )
      assert.equal(made.status, 201)
      assert.equal(made.body.priceSource, 'merchant')
      assert.deepEqual(made.body.metadata, { cart: '9' })
      const again = await stack.merchant<Checkout>('POST', '/checkouts', order)
      assert.deepEqual([again.status, again.body.id], [200, made.body.id])
      const seen = await stack.request<Checkout>('GET', `/v1/checkouts/${made.body.id}`)
      assert.equal(seen.body.orderId, 'M-1')
    })

    it('finds the checkout that the page opened with a token, and the other way round', async () => {
      const token = await stack.openCheckout({ orderId: 'M-3', amount: '300.00' })
      const order = { orderId: 'M-3', amount: '300.00', currency: 'TRY' }
      const sent = await stack.merchant<Checkout>('POST', '/checkouts', order)
      assert.deepEqual([sent.status, sent.body.id], [200, token.id])
      const dearer = { ...order, amount: '300.01' }
      const other = await stack.merchant<Problem>('POST', '/checkouts', dearer)
      assert.deepEqual([other.status, other.body.code], [409, 'order_conflict'])
      const made = await stack.merchant<Checkout>('POST', '/checkouts', {
        ...order,
        orderId: 'M-4',
      })
      const opened = await stack.openCheckout({ orderId: 'M-4', amount: '300.00' })
      assert.equal(opened.id, made.body.id)
    })

    it('refuses the character NUL by field, since not every store takes it', async () => {
      const order = { orderId: 'M-2', amount: '300.00', currency: 'TRY' }
      for (const [field, more] of [
        ['description', { description: 'a\0b' }],
        ['customer.name', { customer: { name: 'a\0b' } }],
        ['metadata.cart', { metadata: { cart: 'a\0b' } }],
      ] as const) {
        const body = { ...order, ...more }
        const answer = await stack.merchant<Problem>('POST', '/checkouts', body)
        assert.deepEqual(
          [answer.status, answer.body.code, answer.body.field],
          [400, 'invalid_request', field],
        )
      }
    })

    it('is not for those without the key, nor for browsers', async () => {
      for (const headers of [
        {},
        { authorization: 'Bearer wrong' },
        { authorization: 'Bearer ' },
        { authorization: 'Basic dGVzdDp0ZXN0' },
      ]) {
        const { status } = await stack.request('GET', '/v1/merchant/checkouts', undefined, headers)
        assert.equal(status, 401)
      }
      const { status } = await stack.request('GET', '/v1/merchant/checkouts', undefined, {
        authorization: 'Bearer test-merchant-key-0123456789-abcdef',
        origin: SHOP,
      })
      assert.equal(status, 403)
    })

    it('lists by order, and shows payments with their facts', async () => {
      const checkout = await stack.openCheckout({ orderId: 'M-2' })
      await stack.start(checkout, 'redoya')
      const { body } = await stack.merchant<{ checkouts: { id: string }[] }>(
        'GET',
        '/checkouts?orderId=M-2',
      )
      assert.deepEqual(
        body.checkouts.map(({ id }) => id),
        [checkout.id],
      )
      const detail = await stack.merchant<{ payments: { provider: string; facts: object[] }[] }>(
        'GET',
        `/checkouts/${checkout.id}`,
      )
      assert.equal(detail.body.payments[0]?.provider, 'redoya')
      assert.ok(detail.body.payments[0].facts.length > 0)
      assert.equal((await stack.merchant('GET', '/checkouts?status=nonsense')).status, 400)
    })
  })
})

describe('orders without a backend', () => {
  let stack: Stack
  before(async () => {
    stack = await startStack(
      { ALLOW_UNSIGNED_ORDERS: 'true', UNSIGNED_MAX_AMOUNT: '500', ORDER_SECRET: undefined },
      {
        catalogue: {
          mug: { amount: '19.99', currency: 'TRY', description: 'Mug', maxQuantity: 3 },
        },
      },
    )
  })
  after(() => stack.close())

  const open = (body: unknown) => stack.request<Checkout & Problem>('POST', '/v1/checkouts', body)

  it('charges the catalogue’s price, whatever the page says', async () => {
    const { status, body } = await open({ product: 'mug', quantity: 3, orderId: 'c-1' })
    assert.equal(status, 201)
    assert.deepEqual(body.price, { amount: '59.97', currency: 'TRY' })
    assert.equal(body.description, '3 × Mug')
    assert.equal(body.priceSource, 'catalogue')
    assert.equal((await open({ product: 'mug', amount: '1.00' })).status, 400)
  })

  it('knows no product by a name of the language itself', async () => {
    for (const product of ['constructor', '__proto__', 'toString']) {
      assert.equal((await open({ product })).body.code, 'product_not_found')
    }
  })

  for (const quantity of [0, -1, 4, 1.5, '2', 1e9]) {
    it(`quantity ${quantity}: 400 naming it`, async () => {
      const { status, body } = await open({ product: 'mug', quantity })
      assert.deepEqual([status, body.field], [400, 'quantity'])
    })
  }

  it('takes an unsigned amount up to the cap, and marks it', async () => {
    const { status, body } = await open({ amount: '500.00', currency: 'TRY', orderId: 'u-1' })
    assert.equal(status, 201)
    assert.equal(body.priceSource, 'unsigned')
    const over = await open({ amount: '500.01', currency: 'TRY' })
    assert.deepEqual([over.status, over.body.field], [422, 'amount'])
  })

  it('lets an unsigned order squat on no signed one', async () => {
    const unsigned = await open({ amount: '1.00', currency: 'TRY', orderId: 'shared' })
    const product = await open({ product: 'mug', orderId: 'shared' })
    assert.deepEqual([unsigned.status, product.status], [201, 201])
    assert.notEqual(unsigned.body.id, product.body.id)
  })

  it('gives an order of its own to each request without an order id', async () => {
    const [a, b] = await Promise.all([open({ product: 'mug' }), open({ product: 'mug' })])
    assert.notEqual(a.body.orderId, b.body.orderId)
  })

  for (const amount of ['1e3', '-0', '１００', '1,00', '9'.repeat(40), '1.001']) {
    it(`amount ${JSON.stringify(amount)}: 400 naming the field`, async () => {
      const { status, body } = await open({ amount, currency: 'TRY' })
      assert.deepEqual([status, body.code, body.field], [400, 'invalid_request', 'amount'])
    })
  }

  for (const currency of ['try', 'XXZ', 'USDT-TRC20', '', 'TL']) {
    it(`currency ${JSON.stringify(currency)}: 400 naming the field`, async () => {
      const { status, body } = await open({ amount: '5.00', currency })
      assert.deepEqual([status, body.field], [400, 'currency'])
    })
  }

  it('takes no order token', async () => {
    const { status, body } = await open({ orderToken: await forge(CLAIMS) })
    assert.deepEqual([status, body.code], [401, 'invalid_order_token'])
  })
})
