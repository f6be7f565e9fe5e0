/**
 * PayCrypto's queries against the document: one order, the list by pages, the limits.
 *
 * @module
 */
import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { startSandbox } from '../../sandbox/index.ts'
import type { Sandbox } from '../../sandbox/index.ts'
import { at, keysAt, send, textAt } from './helpers.ts'
import { create, CREATE, createClient, recordsOf } from './paycrypto-helpers.ts'
import type { Client } from './paycrypto-helpers.ts'

/** Key by key from the samples. */
const SINGLE_KEYS =
  'currency amount paid_currency paid_amount order_id cust_order_id currency_rate reason status create_time update_time'
const LIST_KEYS = SINGLE_KEYS.replace('currency_rate ', '')
const PAGE_KEYS = 'page_num page_size total pages records'
const sorted = (keys: string) => keys.split(' ').toSorted()
const NOW = Date.UTC(2026, 2, 15)
const DAY = 86_400_000

describe('paycrypto: queries', () => {
  let sandbox: Sandbox
  let client: Client
  let now = NOW
  const control = (method: string, path: string, body?: unknown) =>
    send(method, `${sandbox.urls.control}${path}`, body)
  const set = (settings: Record<string, unknown>) =>
    control('POST', '/paycrypto/settings', settings)
  const post = (fields: Record<string, unknown> = {}) =>
    client('POST', '/api/v1/payment', { body: { ...CREATE, ...fields } })
  const orders = (query: string) => client('GET', '/api/v1/orders', { query })
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

  describe('GET /api/v1/orders of one order', () => {
    it('answers it doubly nested, by either id', async () => {
      const id = await create(client, { amount: '13.20' })
      for (const query of [`order_id=${id}`, 'cust_order_id=ord-1001', `&order_id=${id}`]) {
        const { body } = await orders(query)
        assert.deepEqual(keysAt(body), ['code', 'msg', 'result'])
        assert.deepEqual(keysAt(body, 'result'), ['code', 'msg', 'result'])
        assert.deepEqual(keysAt(body, 'result', 'result'), sorted(PAGE_KEYS))
        assert.deepEqual(at(body, 'result', 'result'), {
          page_num: 1,
          page_size: 10,
          total: 1,
          pages: 1,
          records: [
            {
              currency: 'USD',
              amount: '13.20',
              paid_currency: '',
              paid_amount: '0',
              order_id: id,
              cust_order_id: 'ord-1001',
              currency_rate: '0',
              reason: '',
              status: 0,
              create_time: NOW,
              update_time: NOW,
            },
          ],
        })
      }
    })

    it('111003: no such order, or not with both ids', async () => {
      const id = await create(client)
      await create(client, { cust_order_id: 'other' })
      for (const query of [
        'order_id=p1',
        'cust_order_id=none',
        'cust_order_id=',
        `order_id=${id}&cust_order_id=other`,
      ]) {
        assert.equal(await codeOf(orders(query)), 111003, query)
      }
      assert.equal(await codeOf(orders(`order_id=${id}&cust_order_id=ord-1001`)), 0)
    })

    it('has the types of the tables if it is told to', async () => {
      await set({ recordTypes: 'table' })
      const created = await post()
      assert.equal(at(created.body, 'result', 'create_time'), String(NOW))
      const [record] = recordsOf((await orders('cust_order_id=ord-1001')).body)
      assert.equal(at(record, 'status'), '0')
      assert.equal(at(record, 'update_time'), String(NOW))
    })

    it('plays the faults of its content', async () => {
      await post()
      const lie = async (kind: string) => {
        await control('POST', '/faults', { provider: 'paycrypto', operation: 'query', kind })
        return recordsOf((await orders('cust_order_id=ord-1001')).body)[0]
      }
      assert.equal(at(await lie('wrong-amount'), 'amount'), '912.50')
      assert.equal(at(await lie('wrong-coin'), 'currency'), 'EUR')
      assert.equal(at(await lie('unknown-status'), 'status'), 42)
    })
  })

  describe('GET /api/v1/orders as a list', () => {
    const idsOf = async (query: string) =>
      recordsOf((await orders(query)).body).map((record) => textAt(record, 'cust_order_id'))

    beforeEach(async () => {
      for (let day = 5; day >= 1; day -= 1) {
        now = NOW - day * DAY
        await create(client, { cust_order_id: `o${day}`, currency: day === 3 ? 'USDT' : 'USD' })
      }
      now = NOW
    })

    it('answers a page, simply nested, newest first, with the sample’s keys', async () => {
      const { body } = await orders('page_num=2&page_size=2')
      assert.deepEqual(keysAt(body, 'result'), sorted(PAGE_KEYS))
      assert.equal(at(body, 'result', 'page_num'), 2)
      assert.equal(at(body, 'result', 'page_size'), 2)
      assert.equal(at(body, 'result', 'total'), 5)
      assert.equal(at(body, 'result', 'pages'), 3)
      assert.deepEqual(
        recordsOf(body).map((record) => at(record, 'cust_order_id')),
        ['o3', 'o4'],
      )
      assert.deepEqual(keysAt(recordsOf(body)[0]), sorted(LIST_KEYS))
      await set({ recordTypes: 'table' })
      assert.deepEqual(keysAt(recordsOf((await orders('')).body)[0]), sorted(SINGLE_KEYS))
    })

    it('filters by currency in any case, by status and time, in both spellings', async () => {
      assert.deepEqual(await idsOf('currency=usdt'), ['o3'])
      assert.deepEqual(await idsOf('status=6&page=1&page_size=10'), ['o1', 'o2', 'o3', 'o4', 'o5'])
      assert.deepEqual(await idsOf('status=1'), [])
      const [start, end] = [NOW - 4 * DAY, NOW - 2 * DAY]
      assert.deepEqual(await idsOf(`start_time=${start}&end_time=${end}`), ['o2', 'o3', 'o4'])
      assert.deepEqual(await idsOf(`start_timestamp=${start}&end_timestamp=${end}`), [
        'o2',
        'o3',
        'o4',
      ])
      assert.deepEqual(await idsOf(`start_time=${end}`), ['o1', 'o2'])
      assert.deepEqual(await idsOf('page_num=9'), [])
    })

    it('111001: a month or more, a start after the end', async () => {
      const month = Date.UTC(2026, 1, 15)
      assert.equal(await codeOf(orders(`start_time=${month}&end_time=${NOW}`)), 111001)
      assert.equal(await codeOf(orders(`start_time=${month + 1}&end_time=${NOW}`)), 0)
      assert.equal(await codeOf(orders(`start_time=${month}`)), 111001)
      assert.equal(await codeOf(orders(`start_time=${NOW}&end_time=${NOW - 1}`)), 111001)
    })

    it('111004: a time that is not in milliseconds', async () => {
      for (const time of [String(NOW / 1000), '2026-01-01', '', `${NOW}.5`]) {
        assert.equal(await codeOf(orders(`start_time=${time}`)), 111004, time)
        assert.equal(await codeOf(orders(`end_timestamp=${time}`)), 111004, time)
      }
    })

    it('111001: parameters that are unknown, doubled or out of range', async () => {
      for (const query of [
        'sort=asc',
        'page=1&page_num=1',
        'status=10',
        'status=1&status=2',
        'page_num=0',
        'page_size=101',
        'page_size=x',
      ]) {
        assert.equal(await codeOf(orders(query)), 111001, query)
      }
    })
  })

  describe('GET /api/v1/merchant/limit', () => {
    it('answers as in the sample: numbers with six decimals', async () => {
      const { text, body } = await client('GET', '/api/v1/merchant/limit')
      assert.deepEqual(at(body, 'result'), {
        cust_name: 'Sandbox Shop',
        min_limit: 1,
        max_limit: 10_000,
        fiat_list: ['USD'],
      })
      assert.match(text, /"min_limit":1\.000000,"max_limit":10000\.000000/)
    })

    it('has the table’s spelling if it is told to, and the limits that are set', async () => {
      await set({ limitSpelling: 'min_limt', minLimit: '2.5', maxLimit: '3', fiatList: ['TRY'] })
      const { body } = await client('GET', '/api/v1/merchant/limit')
      assert.deepEqual(keysAt(body, 'result'), ['cust_name', 'fiat_list', 'max_limit', 'min_limt'])
      assert.equal(at(body, 'result', 'min_limt'), 2.5)
      assert.equal(await codeOf(post()), 111002)
      assert.equal(await codeOf(post({ currency: 'TRY' })), 111001)
      assert.equal(await codeOf(post({ currency: 'TRY', amount: '2.75' })), 0)
    })
  })
})
