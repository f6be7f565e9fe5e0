import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { findLines, lineOf, linesOf } from './logged.ts'
import { startShop, until } from './shop.ts'
import type { Shop } from './shop.ts'
import { MERCHANT_KEY, SHOP } from './support.ts'

const ID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/
const UNKNOWN = 'A'.repeat(22)

let shop: Shop

describe('a request’s id', () => {
  before(async () => {
    shop = await startShop()
  })
  after(() => shop.close())

  it('stands in its answer, whatever that is', async () => {
    const { checkout } = await shop.begin('cryptom')
    const paths: readonly (readonly [string, string, number, unknown?])[] = [
      ['GET', '/healthz', 200],
      ['GET', '/readyz', 200],
      ['GET', '/openapi.json', 200],
      ['GET', '/.well-known/jwks.json', 200],
      ['GET', `/v1/checkouts/${checkout.id}`, 200],
      ['GET', `/v1/checkouts/${checkout.id}/qr`, 200],
      ['POST', `/v1/checkouts/${checkout.id}/sent`, 200, {}],
      ['POST', `/v1/checkouts/${UNKNOWN}/cancel`, 404, {}],
      ['POST', '/v1/checkouts', 400, {}],
      ['GET', '/nowhere', 404],
      ['PUT', '/healthz', 405],
      ['POST', '/v1/webhooks/nobody', 404, {}],
      ['POST', '/v1/webhooks/paycrypto', 200, { cust_order_id: '0'.repeat(32), status: 1 }],
      ['GET', '/v1/returns/none', 404],
      ['GET', '/v1/merchant/providers', 401],
      ['GET', '/metrics', 401],
    ]
    const seen = new Set<string>()
    for (const [method, path, expected, body] of paths) {
      const { status, headers } = await shop.request(method, path, body, {
        'x-request-id': 'mine',
      })
      const id = headers.get('x-request-id') ?? ''
      assert.match(id, ID, path)
      if (expected !== 405) assert.equal(status, expected, path)
      seen.add(id)
    }
    assert.equal(seen.size, paths.length)
  })

  it('stands in a 304, and in a preflight', async () => {
    const checkout = await shop.open()
    const path = `/v1/checkouts/${checkout.id}`
    const { headers } = await shop.request('GET', path)
    const etag = headers.get('etag') ?? ''
    const again = await shop.request('GET', path, undefined, { 'if-none-match': etag })
    assert.equal(again.status, 304)
    assert.match(again.headers.get('x-request-id') ?? '', ID)
    const preflight = await shop.request('OPTIONS', path, undefined, { origin: SHOP })
    assert.match(preflight.headers.get('x-request-id') ?? '', ID)
  })

  it('is the one of the problem document and of the line, which names code and field', async () => {
    const checkout = await shop.open()
    const path = `/v1/checkouts/${checkout.id}/payments`
    const { body, headers } = await shop.request('POST', path, { methodId: 'nobody' })
    const line = findLines(shop.logs, 'request.failed').at(-1)
    assert.equal(body['requestId'], headers.get('x-request-id'))
    assert.equal(line?.['requestId'], body['requestId'])
    assert.deepEqual(
      [line?.level, line?.['code'], line?.['field'], line?.['status'], line?.['checkout']],
      ['info', 'method_not_available', 'methodId', body['status'], checkout.id],
    )
    assert.equal(line?.['route'], '/v1/checkouts/:id/payments')
  })

  it('is in every line that is logged on the way, to the provider and back', async () => {
    const checkout = await shop.open({ methods: ['paycrypto'] })
    await shop.breakNext('paycrypto', 'create', 'status-500')
    const { headers } = await shop.pick(checkout, 'paycrypto')
    const requestId = headers.get('x-request-id')
    const lines = linesOf(shop.logs).filter((line) => line['requestId'] === requestId)
    assert.deepEqual(
      lines.map((line) => line.event),
      ['provider.failed', 'payment.changed', 'request.failed'],
    )
    for (const line of lines) assert.equal(line['checkout'], checkout.id, line.event)
    assert.match(String(lines[0]?.['payment']), /^[\da-f]{32}$/)
    const other = await shop.pick(await shop.open(), 'paycrypto')
    const created = findLines(shop.logs, 'payment.created').at(-1)
    assert.equal(created?.['requestId'], other.headers.get('x-request-id'))
    assert.deepEqual([created?.['checkout'], created?.['provider']], [other.body.id, 'paycrypto'])
  })

  it('is not in what the workers do by themselves; the payment is', async () => {
    const { checkout, payment } = await shop.begin('cryptom')
    await shop.play('cryptom', payment.ref, 'pay')
    shop.clock.advance(20_000)
    const line = await until('it is paid', () =>
      findLines(shop.logs, 'payment.changed').find((each) => each['payment'] === payment.id),
    )
    assert.deepEqual([line['requestId'], line['checkout']], [undefined, checkout.id])
  })

  it('of a notification: with the payment that it is about', async () => {
    const { checkout, payment } = await shop.begin('lipaykripto')
    await shop.pay(checkout, payment)
    const taken = await lineOf(shop.logs, 'webhook.taken')
    assert.deepEqual([taken['checkout'], taken['payment']], [checkout.id, payment.id])
    assert.match(String(taken['requestId']), ID)
  })

  it('two requests at once have each their own', async () => {
    const checkouts = await Promise.all(Array.from({ length: 8 }, () => shop.open()))
    const answers = await Promise.all(checkouts.map((each) => shop.pick(each, 'redoya')))
    for (const { body, headers } of answers) {
      const line = findLines(shop.logs, 'payment.created').find(
        (each) => each['checkout'] === body.id,
      )
      assert.equal(line?.['requestId'], headers.get('x-request-id'))
    }
  })

  it('of a merchant’s request, too', async () => {
    const headers = { authorization: `Bearer ${MERCHANT_KEY}` }
    const { headers: answered } = await shop.request('GET', '/v1/merchant/none', undefined, headers)
    assert.match(answered.get('x-request-id') ?? '', ID)
  })
})
