import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, it } from 'node:test'
import type { PaymentRef, PaymentUpdate } from '../../proxy/provider.ts'
import { lincoln } from '../../proxy/providers/index.ts'
import { connect, fails, newPayment, refOf, webhook } from './proof.ts'

const ORDER_ID = 'a1b2c3'.repeat(4)
const ROUTE_ID = 'd4e5f6'.repeat(4)
const ADDRESS = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'
const OTHER_ADDRESS = 'TLa2f6VPqDgRE67v1736s7bJ8Ray5wYjU7'
const ETHEREUM_ADDRESS = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'
const PRICE = { amount: '250.50', currency: 'USDT' }
const SIDE = { symbol: 'USDT', decimal: 6, min: '0', max: '0', fields: [] }
const ROUTE = {
  routeId: ROUTE_ID,
  isShowWeb: true,
  from: { ...SIDE, name: 'Tether', xml: 'USDTTRC20' },
  to: { ...SIDE, name: 'Card', xml: 'CARDUAH' },
  fields: [],
  rate: { in: '1', out: '40', amount: '100000' },
}
const MADE = { _id: ORDER_ID, uid: '1409', secret: 'order-secret-1', inAmount: 250.5 }
const ORDER = {
  uid: '1409',
  status: 'waitPayment',
  inAmount: '250.5',
  xml: 'USDTTRC20',
  account: ADDRESS,
}

interface World {
  readonly made?: object
  readonly order?: object
  readonly options?: { ipnHashField?: string; paidAt?: 'done' | 'inProgressPayout' }
}

function bench({ made = {}, order = {}, options = {} }: World = {}) {
  const create = lincoln({
    baseUrl: 'https://lincoln.example',
    apiKey: 'api-key-of-nobody',
    apiSecret: 'api-secret-of-nobody',
    ...options,
  })
  return connect(create, (path) => {
    if (path.includes('/route/get')) return { success: true, data: { routes: [ROUTE] } }
    if (path.includes('/order/create')) return { success: true, data: { ...MADE, ...made } }
    const { xml, account, ...rest } = { ...ORDER, ...order }
    const from = { xml, paymentDetails: { account } }
    return { success: true, data: { order: { ...rest, route: { from } } } }
  })
}

async function create(world: World = {}) {
  const { provider } = bench(world)
  return provider.createPayment(await newPayment(provider, PRICE))
}

async function told(
  order: object,
  options: World['options'] = {},
): Promise<PaymentUpdate | undefined> {
  const { nextAction, private: data = {} } = await create()
  const { provider } = bench({ order, options })
  const payment = await newPayment(provider, PRICE)
  return provider.getPayment?.(refOf(payment, { ref: ORDER_ID, nextAction, private: data }))
}

describe('an order that Lincoln made', () => {
  it('shows its one address, for the amount that was asked', async () => {
    const { ref, nextAction } = await create()
    assert.equal(ref, ORDER_ID)
    assert.ok(nextAction.type === 'transfer')
    assert.deepEqual([nextAction.address, nextAction.amount], [ADDRESS, '250.50'])
  })

  it('of another amount or coin is shown to nobody', async () => {
    await fails(create({ made: { inAmount: 250.51 } }), 'provider_bad_response', true)
    await fails(create({ made: { inAmount: 250.49 } }), 'provider_bad_response', true)
    await fails(create({ order: { xml: 'USDTBEP20' } }), 'provider_bad_response', true)
    await fails(create({ order: { inAmount: '1' } }), 'provider_bad_response', true)
  })

  it('of ids that would climb out of an address is shown to nobody', async () => {
    for (const made of [{ secret: '../../x/y/z' }, { uid: '..' }, { _id: 'x' }]) {
      await fails(create({ made }), 'provider_bad_response', true)
    }
  })

  for (const [what, account] of Object.entries({
    'with one wrong character': ADDRESS.replace('q8Z', 'q9Z'),
    'of another network': ETHEREUM_ADDRESS,
    'beside another one': `${ADDRESS}##${OTHER_ADDRESS}`,
    'that is none': 'ask the operator',
  })) {
    it(`and an address ${what}: their page, where it is not shown by us`, async () => {
      const { nextAction } = await create({ order: { account } })
      assert.deepEqual(nextAction, {
        type: 'redirect',
        url: 'https://lincoln.example/en/payment/1409/order-secret-1',
      })
    })
  }

  it('and the same address in several languages: that one', async () => {
    const account = `Отправьте на ${ADDRESS}##Send to ${ADDRESS} now`
    const { nextAction } = await create({ order: { account } })
    assert.ok(nextAction.type === 'transfer' && nextAction.address === ADDRESS)
  })
})

describe('what an order of Lincoln’s proves', () => {
  it('pays this payment when it is done', async () => {
    assert.deepEqual(await told({ status: 'done' }), {
      status: 'paid',
      assurance: 'provider-api',
      providerStatus: 'done',
      received: { amount: '250.5', currency: 'USDT' },
    })
  })

  for (const [status, ours] of [
    ['new', 'pending'],
    ['waitPayment', 'pending'],
    ['inProgress', 'processing'],
    ['inProgressPayout', 'processing'],
    ['hold', 'review'],
    ['errorPayout', 'review'],
    ['errorPayment', 'failed'],
    ['returned', 'refunded'],
    ['deleted', 'canceled'],
    ['DONE', 'processing'],
    ['paid', 'processing'],
  ] as const) {
    it(`${status}: ${ours}`, async () => assert.equal((await told({ status }))?.status, ours))
  }

  it('`inProgressPayout` pays where the merchant said so; `inProgress` never does', async () => {
    const early = { paidAt: 'inProgressPayout' } as const
    assert.equal((await told({ status: 'inProgressPayout' }, early))?.status, 'paid')
    assert.equal((await told({ status: 'done' }, early))?.status, 'paid')
    assert.equal((await told({ status: 'inProgress' }, early))?.status, 'processing')
  })

  for (const [what, order] of Object.entries({
    'a lower amount': { inAmount: '250.49' },
    'a higher amount': { inAmount: '250.51' },
    'another coin': { xml: 'BTC' },
    'another network': { xml: 'USDTBEP20' },
    'a coin that nobody knows': { xml: 'XYZ' },
    'another address': { account: OTHER_ADDRESS },
  })) {
    it(`${what} than was asked: for a person, never paid`, async () => {
      const update = await told({ ...order, status: 'done' })
      assert.deepEqual([update?.status, update?.reason], ['review', 'conflict'])
    })
  }

  it('is nothing where the answer is about another order', () =>
    fails(told({ uid: '1410', status: 'done' }), 'provider_bad_response'))
})

describe('a notification of Lincoln’s', () => {
  const FORM = {
    orderUID: '1409',
    orderId: ORDER_ID,
    newStatus: 'done',
    inAmount: '250.5',
    outAmount: '9871.2',
    xml_from: 'USDTTRC20',
    xml_to: 'CARDUAH',
    timestamp: '1760000300001',
  }
  const SECRET = 'per-order-secret-0123456789-abcdef'

  const hash = (form: typeof FORM, secret = SECRET): string => {
    const { orderId, newStatus, inAmount, outAmount, xml_from, xml_to, timestamp } = form
    const fields = [orderId, newStatus, inAmount, outAmount, xml_from, xml_to, timestamp, secret]
    return createHash('sha256').update(fields.join(':')).digest('hex')
  }

  const encode = (form: object): string => new URLSearchParams(form as never).toString()

  interface Hearing {
    readonly payment?: Partial<PaymentRef> | null
    readonly headers?: Record<string, string>
    readonly query?: string
    readonly ipnHashField?: string
  }

  /** What it amounts to: an update, or undefined for a reason to ask. */
  async function hear(
    body: string,
    { payment = {}, headers = {}, query = '', ipnHashField }: Hearing = {},
  ): Promise<PaymentUpdate | undefined> {
    const { provider } = bench({ options: { ...(ipnHashField && { ipnHashField }) } })
    const known = { ref: ORDER_ID, private: { orderId: ORDER_ID }, ...payment }
    const ref = payment && refOf(await newPayment(provider, PRICE), known)
    const events = await provider.webhook?.verify({
      ...webhook(ref, body, headers),
      query: new URLSearchParams(query),
    })
    assert.equal(events?.length, 1)
    return events[0]?.update
  }

  const refused = (body: string, hearing?: Hearing): Promise<void> =>
    assert.rejects(hear(body, hearing), { name: 'ProxyError', code: 'not_found' })

  const TWICE = { name: 'ProxyError', code: 'invalid_request', message: 'a field came twice' }

  it('is a reason to ask and no more, `done` and signed or not', async () => {
    assert.equal(await hear(encode(FORM)), undefined)
    assert.equal(await hear(encode({ ...FORM, hash: hash(FORM) })), undefined)
  })

  it('at another address than its payment’s own: refused', async () => {
    await refused(encode(FORM), { payment: null })
    await refused(encode({ ...FORM, orderId: 'b'.repeat(24) }))
  })

  for (const [name, value] of [
    ['orderId', 'a:b'],
    ['newStatus', 'done:1'],
    ['inAmount', '1e3'],
    ['outAmount', '1:2'],
    ['xml_from', 'usdt'],
    ['xml_to', 'CARD:UAH'],
    ['timestamp', 'now'],
  ] as const) {
    it(`with ${name}=${value}, with none, or with two: refused`, async () => {
      const { [name]: _gone, ...rest } = FORM
      const orphan = { payment: { private: {} } }
      for (const hearing of [{}, orphan]) {
        await refused(encode({ ...FORM, [name]: value }), hearing)
        await refused(
          encode({ ...FORM, hash: hash({ ...FORM, [name]: value }), [name]: value }),
          hearing,
        )
        await refused(encode(rest), hearing)
        await assert.rejects(hear(`${encode(FORM)}&${name}=${FORM[name]}`, hearing), TWICE)
      }
    })
  }

  describe('of an order whose making was never answered', () => {
    const orphan: Hearing = { payment: { ref: null, private: {} } }
    const sum = hash(FORM)

    it('is for a person when it is genuine, wherever the hash travels', async () => {
      const ways: readonly (readonly [string, Hearing])[] = [
        ...['hash', 'sign', 'signature', 'checksum'].map(
          (name) => [encode({ ...FORM, [name]: sum }), {}] as const,
        ),
        [encode(FORM), { query: `hash=${sum}` }],
        [encode(FORM), { headers: { sign: sum } }],
      ]
      for (const [body, way] of ways) {
        assert.deepEqual(await hear(body, { ...orphan, ...way }), {
          status: 'review',
          reason: 'conflict',
          providerStatus: 'done',
          note: `order ${ORDER_ID}: its making was never answered`,
        })
      }
    })

    it('is looked for only where the merchant said', async () => {
      const picky = { ...orphan, ipnHashField: 'proof' }
      assert.equal((await hear(encode({ ...FORM, proof: sum }), picky))?.status, 'review')
      await refused(encode({ ...FORM, hash: sum }), picky)
      const twice = encode({ ...FORM, proof: sum })
      await assert.rejects(hear(`${twice}&proof=${sum}`, picky), TWICE)
    })

    it('is refused without the hash, with another secret’s, and with one cut short', async () => {
      await refused(encode(FORM), orphan)
      await refused(encode({ ...FORM, hash: hash(FORM, 'another') }), orphan)
      await refused(encode({ ...FORM, hash: sum.slice(1) }), orphan)
      await refused(encode({ ...FORM, hash: `${sum}0` }), orphan)
      await refused(encode({ ...FORM, hash: '' }), orphan)
    })

    for (const [name, value] of Object.entries({
      orderId: 'b'.repeat(24),
      newStatus: 'hold',
      inAmount: '250.50',
      outAmount: '1',
      xml_from: 'BTC',
      xml_to: 'WMZ',
      timestamp: '1760000300002',
    })) {
      it(`is refused with another ${name} than was hashed`, () =>
        refused(encode({ ...FORM, hash: sum, [name]: value }), orphan))
    }

    it('is the same whatever stands in fields that are not hashed', async () => {
      const body = encode({ ...FORM, hash: sum, orderUID: '9', 'toValues[0][value]': 'evil' })
      assert.equal((await hear(body, orphan))?.status, 'review')
    })
  })

  it('is sent once, and answered with a word', async () => {
    const { webhook: receiver } = bench().provider
    assert.deepEqual([receiver?.authenticity, receiver?.isRepeated], ['signed', false])
    const answer = receiver?.acknowledge()
    assert.equal(answer?.headers.get('content-type'), 'text/plain')
    assert.equal(await answer?.text(), 'ok')
  })
})
