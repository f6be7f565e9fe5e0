/**
 * Lincoln's routes, in both forms and one by one.
 *
 * @module
 */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { startSandbox } from '../../sandbox/index.ts'
import type { Sandbox } from '../../sandbox/index.ts'
import { at, keysAt, textAt } from './helpers.ts'
import { createClient, errorCode, ROUTE, ROUTES } from './lincoln-helpers.ts'
import type { Client } from './lincoln-helpers.ts'

/** Key by key as the engine's own front end reads them. */
const ROUTE_KEYS = 'routeId isShowWeb from to fields rate seo'
const SIDE_KEYS = '_id name symbol xml decimal min max fields image'
const FIELD_KEYS = '_id name required regexp regexp_error placeholder'
const CURRENCY_KEYS = 'id xml name symbol image positionIn positionOut reserveAmount isActive'

describe('lincoln: routes', () => {
  let sandbox: Sandbox
  let call: Client
  const list = async (query: Record<string, string> = {}): Promise<unknown[]> => {
    const found = at((await call('GET', ROUTES, { query })).body, 'data', 'routes')
    assert.ok(Array.isArray(found))
    return found
  }
  const sorted = (keys: string) => keys.split(' ').toSorted()

  before(async () => {
    sandbox = await startSandbox()
    call = createClient(sandbox)
  })
  after(() => sandbox.close())

  it('route/get has the keys and types of the front end', async () => {
    const { body } = await call('GET', ROUTES)
    assert.deepEqual(Object.keys(Object(body)), ['success', 'data', 'latency_ms', 'requestId'])
    for (const route of await list()) {
      assert.deepEqual(keysAt(route), sorted(ROUTE_KEYS))
      assert.match(textAt(route, 'routeId'), /^[0-9a-f]{24}$/)
      for (const side of ['from', 'to']) {
        assert.deepEqual(keysAt(route, side), sorted(SIDE_KEYS))
        assert.equal(typeof at(route, side, 'min'), 'string')
        assert.equal(typeof at(route, side, 'max'), 'string')
        assert.deepEqual(keysAt(route, side, 'fields', 0), sorted(FIELD_KEYS))
      }
      assert.deepEqual(keysAt(route, 'rate'), sorted('in out amount outFeeAmount'))
      assert.equal(typeof at(route, 'rate', 'out'), 'number')
      assert.match(textAt(route, 'seo', 'friendlyURL'), /^[a-z0-9-]+$/)
    }
  })

  it('has a route for every case', async () => {
    const routes = await list()
    const rows = routes.map((route) => [
      at(route, 'routeId'),
      `${textAt(route, 'from', 'xml')} ${textAt(route, 'to', 'xml')}`,
      at(route, 'isShowWeb'),
    ])
    assert.deepEqual(rows, [
      [ROUTE.address, 'USDTTRC20 CARDUAH', true],
      [ROUTE.bitcoin, 'BTC CARDUAH', true],
      [ROUTE.verified, 'ETH USDTTRC20', true],
      [ROUTE.prepaid, 'CARDUAH USDTTRC20', true],
      [ROUTE.languages, 'USDTERC20 CARDUAH', true],
      [ROUTE.page, 'LTC CARDUAH', true],
      [ROUTE.template, 'USDTBEP20 CARDUAH', true],
      [ROUTE.hidden, 'TRX CARDUAH', false],
      [ROUTE.cash, 'USDTTRC20 CASHUAH', true],
    ])
    assert.ok(routes.some((route) => at(route, 'from', 'max') === '0'))
  })

  it('gives every field a key of its own on every route', async () => {
    const keys = (await list()).flatMap((route) =>
      [at(route, 'from', 'fields'), at(route, 'to', 'fields'), at(route, 'fields')].flatMap(
        (fields) => (Array.isArray(fields) ? fields.map((field) => textAt(field, '_id')) : []),
      ),
    )
    assert.equal(new Set(keys).size, keys.length)
    for (const key of keys) assert.match(key, /^[0-9a-f]{24}$/)
  })

  it('filters by currency, and refuses what is no id or no filter', async () => {
    const [first] = await list()
    const fromCurrencyId = textAt(first, 'from', '_id')
    const toCurrencyId = textAt(first, 'to', '_id')
    const from = await list({ fromCurrencyId })
    assert.deepEqual(
      from.map((route) => at(route, 'to', 'xml')),
      ['CARDUAH', 'CASHUAH'],
    )
    assert.equal((await list({ fromCurrencyId, toCurrencyId })).length, 1)
    const wrong = await call('GET', ROUTES, { query: { toCurrencyId: 'UAH' } })
    assert.equal(errorCode(wrong), '1592304401130072')
    const unknown = await call('GET', ROUTES, { query: { currency: 'UAH' } })
    assert.equal(errorCode(unknown), '9230117465500093')
  })

  it('route-v2/get has bare routes and a map of the currencies', async () => {
    const { body } = await call('GET', 'public/exchanger/route-v2/get')
    const data = at(body, 'data')
    assert.deepEqual(keysAt(data), ['currencies', 'isUpdated', 'routes'])
    const [first] = await list()
    assert.equal(at(data, 'routes', 0, 'routeId'), at(first, 'routeId'))
    assert.equal(at(data, 'routes', 0, 'seoFriendlyURL'), 'usdttrc20-to-carduah')
    const id = textAt(data, 'routes', 0, 'from')
    assert.equal(id, at(first, 'from', '_id'))
    assert.deepEqual(keysAt(data, 'currencies', id), sorted(CURRENCY_KEYS))
    assert.equal(at(data, 'currencies', id, 'xml'), 'USDTTRC20')
  })

  it('one route, by id, by XML codes and by its friendly URL', async () => {
    const queries = {
      [`${ROUTES}/one`]: { id: ROUTE.bitcoin, lang: 'en' },
      [`${ROUTES}/one/by-xml`]: { xmlIn: 'BTC', xmlOut: 'CARDUAH' },
      [`${ROUTES}/one/by-friendlyURL`]: { friendlyURL: 'btc-to-carduah' },
    }
    for (const [path, query] of Object.entries(queries)) {
      const { body } = await call('GET', path, { query })
      assert.equal(at(body, 'data', 'route', 'routeId'), ROUTE.bitcoin, path)
      const [name = ''] = Object.keys(query)
      const none = await call('GET', path, { query: { ...query, [name]: 'none' } })
      assert.equal(errorCode(none), '1593417720150404', path)
      assert.equal(errorCode(await call('GET', path)), '1593417720150404', path)
    }
  })
})
