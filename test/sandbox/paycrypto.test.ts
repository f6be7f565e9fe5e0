/**
 * PayCrypto's create against its document.
 *
 * @module
 */
import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { startSandbox } from '../../sandbox/index.ts'
import type { Sandbox } from '../../sandbox/index.ts'
import { at, keysAt, send, textAt } from './helpers.ts'
import { CREATE, createClient } from './paycrypto-helpers.ts'
import type { Client } from './paycrypto-helpers.ts'

const NOW = Date.UTC(2026, 2, 15)

describe('paycrypto', () => {
  let sandbox: Sandbox
  let client: Client
  let now = NOW
  const control = (method: string, path: string, body?: unknown) =>
    send(method, `${sandbox.urls.control}${path}`, body)
  const post = (fields: Record<string, unknown> = {}) =>
    client('POST', '/api/v1/payment', { body: { ...CREATE, ...fields } })
  const codeOf = async (answer: Promise<{ body: unknown }>) => at((await answer).body, 'code')

  before(async () => {
    sandbox = await startSandbox({ clock: () => now })
    client = createClient(sandbox, () => now)
  })
  after(() => sandbox.close())
  beforeEach(async () => {
    now = NOW
    await control('POST', '/reset')
  })

  describe('POST /api/v1/payment', () => {
    it('answers as documented', async () => {
      const { status, body } = await post()
      assert.equal(status, 200)
      assert.deepEqual(keysAt(body), ['code', 'msg', 'result'])
      assert.equal(at(body, 'code'), 0)
      assert.equal(at(body, 'msg'), 'SUCCESS')
      const id = textAt(body, 'result', 'order_id')
      assert.match(id, /^p260315000000\d{5}$/)
      assert.deepEqual(at(body, 'result'), {
        order_id: id,
        redirect_url: `${sandbox.urls.paycrypto}/?id=${id}`,
        create_time: NOW,
      })
    })

    it('takes every field and currency of the document', async () => {
      for (const [index, currency] of [
        'USD',
        'USDT',
        'USDT-BEP20',
        'USDT-TRC20',
        'USDT-SPL',
      ].entries()) {
        const whole = {
          currency,
          cust_order_id: `o${index}`,
          return_url: 'https://shop.example/index.html',
          notify_url: 'https://shop.example/hook',
          company_name: 'Çilek Ltd',
          company_email: 'shop@shop.example',
          expire: NOW + 60_000,
          customer: { notify_email: 'buyer@shop.example', zipcode: '00100' },
        }
        assert.equal(await codeOf(post(whole)), 0, currency)
      }
    })

    const refusals: readonly [title: string, fields: Record<string, unknown>, code: number][] = [
      ['no currency', { currency: undefined }, 111001],
      ['a currency that is no text', { currency: 840 }, 111001],
      ['a currency it does not have', { currency: 'JPY' }, 111002],
      ['a currency in lower case', { currency: 'usd' }, 111002],
      ['a network it does not have', { currency: 'USDT-ERC20' }, 111002],
      ['no amount', { amount: undefined }, 111001],
      ['an amount that is a number', { amount: 12.5 }, 111001],
      ['an amount with an exponent', { amount: '1e2' }, 111001],
      ['a negative amount', { amount: '-5' }, 111001],
      ['an amount of tenths of a cent', { amount: '12.505' }, 111001],
      ['the lower limit itself', { amount: '1.00' }, 111001],
      ['the upper limit itself', { amount: '10000' }, 111001],
      ['no cust_order_id', { cust_order_id: undefined }, 111001],
      ['an empty cust_order_id', { cust_order_id: '' }, 111001],
      ['a return_url that is none', { return_url: '/done' }, 111001],
      ['a notify_url of another scheme', { notify_url: 'javascript:alert(1)' }, 111001],
      ['a company_name of null', { company_name: null }, 111001],
      ['a company_email that is none', { company_email: 'shop' }, 111001],
      ['an expire in seconds', { expire: (NOW + 60_000) / 1000 }, 111004],
      ['an expire that is a duration', { expire: 6_000_000 }, 111004],
      ['an expire that is text', { expire: String(NOW + 60_000) }, 111004],
      ['an expire that has passed', { expire: NOW }, 111001],
      ['a customer that is text', { customer: 'x' }, 111001],
      ['a customer with another field', { customer: { age: '5' } }, 111001],
      ['a customer with a number', { customer: { phone: 5 } }, 111001],
      ['another field', { network: 'Crypto' }, 111001],
    ]
    for (const [title, fields, code] of refusals) {
      it(`${code}: ${title}`, async () => assert.equal(await codeOf(post(fields)), code))
    }

    it('takes amounts just within the limits', async () => {
      assert.equal(await codeOf(post({ amount: '1.01', cust_order_id: 'a' })), 0)
      assert.equal(await codeOf(post({ amount: '9999.99', cust_order_id: 'b' })), 0)
      const coin = { currency: 'USDT', amount: '1.000001', cust_order_id: 'c' }
      assert.equal(await codeOf(post(coin)), 0)
    })

    it('117008: a cust_order_id that was used before', async () => {
      await post()
      const { status, body } = await post({ amount: '20' })
      assert.equal(status, 200)
      assert.deepEqual(body, { code: 117008, msg: 'Duplicate cust_order_id' })
    })

    it('111001: a body that is no JSON object', async () => {
      for (const text of ['[]', '{', '"x"', 'null']) {
        const { body } = await client('POST', '/api/v1/payment', { text })
        assert.equal(at(body, 'code'), 111001, text)
      }
    })

    it('plays the faults of its content', async () => {
      for (const [kind, url] of [
        ['bad-address', /^javascript:/],
        ['change-address', /stranger\.example/],
      ] as const) {
        await control('POST', '/faults', { provider: 'paycrypto', operation: 'create', kind })
        const { body } = await post({ cust_order_id: kind })
        assert.match(textAt(body, 'result', 'redirect_url'), url)
      }
    })
  })
})
