import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Checkout } from '../../../protocol/payment.ts'
import { hashIpn } from '../../../proxy/providers/lincoln-signing.ts'
import { startShop } from '../shop.ts'
import type { Shop } from '../shop.ts'
import {
  NOW,
  TRON_ADDRESS,
  askFor,
  newPayment,
  paymentRef,
  scripted,
  usualAnswer,
  withMember,
} from './order-samples.ts'

const PAYMENT = paymentRef('lincoln')
const FORM = {
  orderUID: '1409',
  orderId: PAYMENT.ref ?? '',
  newStatus: 'done',
  inAmount: '250.5',
  outAmount: '9871.2',
  xml_from: 'USDTTRC20',
  xml_to: 'CARDUAH',
  timestamp: '1760000300001',
}

const hash = (form: typeof FORM): string =>
  hashIpn(
    {
      orderId: form.orderId,
      newStatus: form.newStatus,
      inAmount: form.inAmount,
      outAmount: form.outAmount,
      xmlFrom: form.xml_from,
      xmlTo: form.xml_to,
      timestamp: form.timestamp,
    },
    PAYMENT.secret,
  )

const encode = (form: Readonly<Record<string, string>>): string =>
  new URLSearchParams(form).toString()

const genuine = (more: Partial<typeof FORM> = {}): string => {
  const form = { ...FORM, ...more }
  return encode({ ...form, hash: hash(form) })
}

/** A payment whose making was never answered: only here does the hash decide anything. */
const LOST = { ...PAYMENT, private: {} }

const take = async (body: string, payment = LOST, more: object = {}) =>
  scripted('lincoln', undefined, more).provider.webhook?.verify({
    body,
    headers: new Headers(),
    query: new URLSearchParams(),
    payment,
  })

describe('lincoln: the fields of a notification', () => {
  it('genuine: for a person where its order is not known, else a reason to ask', async () => {
    assert.equal((await take(genuine()))?.[0]?.update?.status, 'review')
    assert.deepEqual(await take(genuine(), PAYMENT), [{}])
  })

  for (const [field, values] of Object.entries({
    orderId: [
      'a:b',
      `${FORM.orderId}:done`,
      FORM.orderId.toUpperCase(),
      `${FORM.orderId} `,
      '1409',
      '',
    ],
    newStatus: ['done:250.5', 'done\n', 'do ne', '', 'x'.repeat(31), 'выполнено', '<b>'],
    inAmount: ['250.5:9871.2', '1e3', '-1', '+1', '250,5', ' 250.5', '２５０', 'NaN', '', '.5'],
    outAmount: ['9871.2:USDT', '1e3', '-1', ''],
    xml_from: ['USDT:TRC20', 'usdttrc20', 'USDT TRC20', '', 'X'.repeat(21)],
    xml_to: ['CARD:UAH', ''],
    timestamp: ['1760000300001:x', 'now', '-1', '1760000300001.5', ''],
  })) {
    for (const value of values) {
      it(`${field} ${JSON.stringify(value)}: refused, though its hash is right`, async () => {
        const body = genuine({ [field]: value })
        await assert.rejects(take(body), { code: 'not_found' })
        await assert.rejects(take(body, PAYMENT), { code: 'not_found' })
      })
    }
  }

  it('the text of one field moved into the next has the same hash: that is why', () => {
    const moved = { ...FORM, newStatus: 'done:250.5', inAmount: '9871.2', outAmount: 'USDTTRC20' }
    const shifted = { ...moved, xml_from: 'CARDUAH', xml_to: '1760000300001', timestamp: '' }
    assert.notEqual(hash(shifted), hash(FORM), 'an empty one at the end still counts')
    const colon = { ...FORM, newStatus: 'done:250.5', inAmount: '9871.2:USDTTRC20' }
    const other = { ...FORM, newStatus: 'done', inAmount: '250.5:9871.2:USDTTRC20' }
    assert.equal(hash(colon), hash(other))
  })

  for (const field of [...Object.keys(FORM).slice(1), 'hash', 'sign', 'signature', 'checksum']) {
    for (const where of ['before', 'behind']) {
      it(`${field} twice, the second one ${where}: 400`, async () => {
        const body = genuine()
        const value = field in FORM ? FORM[field as keyof typeof FORM] : '0'.repeat(64)
        const extra = `${field}=${value}`
        const doubled = where === 'before' ? `${extra}&${body}` : `${body}&${extra}`
        const once = new URLSearchParams(doubled).getAll(field).length < 2
        if (once) return
        for (const payment of [LOST, PAYMENT]) {
          await assert.rejects(take(doubled, payment), { code: 'invalid_request' })
        }
      })
    }
  }

  it('the configured field of the hash twice: 400', async () => {
    const body = `${genuine()}&proof=1&proof=2`
    await assert.rejects(take(body, LOST, { ipnHashField: 'proof' }), { code: 'invalid_request' })
  })

  it('what the hash does not cover is not read: another uid, other values', async () => {
    for (const more of ['orderUID=9', 'toValues[0][value]=evil', '__proto__=x', 'constructor=y']) {
      assert.equal((await take(`${genuine()}&${more}`))?.[0]?.update?.status, 'review')
      assert.deepEqual(await take(`${genuine()}&${more}`, PAYMENT), [{}])
    }
  })

  it('a hash in capitals, cut, longer, or with the secret of another order: refused', async () => {
    const good = hash(FORM)
    for (const wrong of [good.toUpperCase(), good.slice(1), `${good}0`, '', 'x'.repeat(64)]) {
      await assert.rejects(take(encode({ ...FORM, hash: wrong })), { code: 'not_found' })
    }
    const another = { ...LOST, secret: 'another-order-secret' }
    await assert.rejects(take(genuine(), another), { code: 'not_found' })
  })
})

describe('lincoln: what an order must say to be paid', () => {
  const update = async (path: string, value: unknown, more: object = {}) => {
    const { provider } = scripted(
      'lincoln',
      ({ url }) => withMember(usualAnswer('lincoln', url.pathname), path, value),
      more,
    )
    return askFor('lincoln', provider)
  }

  for (const word of [
    'inProgress',
    'inProgressPayout',
    'Done',
    'DONE',
    'done ',
    'success',
    'paid',
    '',
  ]) {
    it(`${JSON.stringify(word)} is not paid`, async () => {
      assert.notEqual((await update('data.order.status', word))?.status, 'paid')
    })
  }

  it('inProgress is not paid even where inProgressPayout is', async () => {
    const more = { paidAt: 'inProgressPayout' }
    assert.equal((await update('data.order.status', 'inProgress', more))?.status, 'processing')
    assert.equal((await update('data.order.status', 'inProgressPayout', more))?.status, 'paid')
  })

  for (const expiresAt of [1e300, -1, 0, '9'.repeat(400), '', 'never', -8.64e15, 8.64e15 + 1]) {
    it(`an end like ${JSON.stringify(expiresAt).slice(0, 20)} is none`, async () => {
      const { provider } = scripted('lincoln', ({ url }) =>
        url.pathname.includes('/order/get/')
          ? withMember(usualAnswer('lincoln', url.pathname), 'data.order.expiresAt', expiresAt)
          : undefined,
      )
      const made = await provider.createPayment(newPayment('lincoln'))
      assert.equal(made.expiresAt, NOW + 30 * 60_000)
      assert.equal(made.nextAction.type === 'transfer' && made.nextAction.address, TRON_ADDRESS)
    })
  }
})

describe('lincoln: notifications at the proxy', () => {
  let shop: Shop
  const forms = new Map<string, { url: string; secret: string }>()
  before(async () => {
    shop = await startShop(
      {},
      {
        fetch: (url, init) => {
          const body = String(init?.body ?? '')
          const [, ipnUrl = ''] = /"ipnUrl":"([^"]+)"/.exec(body) ?? []
          const [, secret = ''] = /"ipnSecret":"([^"]+)"/.exec(body) ?? []
          if (secret) forms.set('last', { url: ipnUrl, secret })
          return fetch(url, init)
        },
      },
    )
  })
  after(() => shop.close())

  const read = async ({ id }: Checkout) =>
    (await shop.request<Checkout>('GET', `/v1/checkouts/${id}`)).body

  it('"done", with the right hash, of an order that is not: nothing changes', async () => {
    const { checkout, payment } = await shop.begin('lincoln')
    const { url, secret } = forms.get('last') ?? assert.fail()
    const form = { ...FORM, orderId: payment.ref ?? '' }
    const ipn = {
      orderId: form.orderId,
      newStatus: form.newStatus,
      inAmount: form.inAmount,
      outAmount: form.outAmount,
      xmlFrom: form.xml_from,
      xmlTo: form.xml_to,
      timestamp: form.timestamp,
    }
    const body = encode({ ...form, hash: hashIpn(ipn, secret) })
    const send = async (text: string): Promise<number> =>
      (await fetch(url, { method: 'POST', body: text })).status
    assert.equal(await send(body), 200)
    assert.equal(await send(`${body}&newStatus=done`), 400)
    assert.equal(await send(body.replace(form.orderId, 'a'.repeat(24))), 404)
    assert.equal((await read(checkout)).status, 'pending')
  })
})
