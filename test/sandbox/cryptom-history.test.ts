/**
 * Cryptom's transaction history against its document: the shape and every filter.
 *
 * @module
 */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { startSandbox } from '../../sandbox/index.ts'
import type { Sandbox } from '../../sandbox/index.ts'
import { at, CREATE, keysAt, logIn, send, textAt } from './helpers.ts'

/** Key by key from the document's example. */
const RECORD_KEYS =
  '_id currency currencyAmount conversionRate clientType coin network coinAmount commission cryptomUserId assignedToMerchant cashierID status statusNote userMobile acceptableThreshold created_by timestamps deleted date createdAt updatedAt sequenceID __v reservedFrom reservedUntil wallet'
const MERCHANT_KEYS =
  '_id cryptomUserId merchantName assignedToUser contactEmail website callbackDomain defaultCallbackDomain countryCode contactNo securityNo agentName status accessType multipleLocation created_by deleted date createdAt updatedAt updated_by'
const USER_KEYS = '_id email role status created_by deleted date createdAt updatedAt'
const PAGE_KEYS =
  'results totalDocs limit page totalPages pagingCounter hasPrevPage hasNextPage prevPage nextPage'

describe('cryptom history', () => {
  let sandbox: Sandbox
  let now = Date.UTC(2026, 0, 1)
  let token: Record<string, string>
  let first: unknown
  let second: unknown
  const search = (query: string) =>
    send('GET', `${sandbox.urls.cryptom}/api/transaction?${query}`, undefined, token)
  const create = async (change: Record<string, unknown>) => {
    const url = `${sandbox.urls.cryptom}/api/transaction/create`
    return at((await send('POST', url, { ...CREATE, ...change }, token)).body, 'data')
  }

  before(async () => {
    sandbox = await startSandbox({ clock: () => now })
    token = await logIn(sandbox)
    first = await create({ userMobile: '+900000000001' })
    now += 60_000
    second = await create({ currencyAmount: 19.9, coin: 'USDT', network: 'ETH' })
    await send(
      'DELETE',
      `${sandbox.urls.cryptom}/api/transaction/cancel/${textAt(second, 'id')}`,
      undefined,
      token,
    )
  })
  after(() => sandbox.close())

  it('answers every key of the example, newest first, without isTransferComplete', async () => {
    const { body, text } = await search('')
    assert.deepEqual(keysAt(body, 'data'), sorted(PAGE_KEYS))
    assert.deepEqual(keysAt(body, 'data', 'results', 0), sorted(RECORD_KEYS))
    assert.deepEqual(
      keysAt(body, 'data', 'results', 0, 'assignedToMerchant'),
      sorted(MERCHANT_KEYS),
    )
    assert.deepEqual(keysAt(body, 'data', 'results', 0, 'created_by'), sorted(USER_KEYS))
    assert.equal(at(body, 'data', 'results', 0, '_id'), at(second, 'id'))
    assert.equal(at(body, 'data', 'totalDocs'), 2)
    assert.match(text, /"ID":\d{18},/)
  })

  it('filters by each documented parameter', async () => {
    const finds: readonly [string, unknown, readonly unknown[]][] = [
      ['id', at(first, 'id'), [first]],
      ['sequenceID', at(second, 'sequenceID'), [second]],
      ['currency', 'TRY', [second, first]],
      ['currency', 'USD', []],
      ['currencyAmount', '19.90', [second]],
      ['clientType', 'GATEWAY', [second, first]],
      ['clientType', 'POS', []],
      ['coin', 'USDT', [second]],
      ['network', 'TRX', [first]],
      ['coinAmount', at(first, 'coinAmount'), [first]],
      ['status', 'CANCELLED', [second]],
      ['status', 'DONE', []],
      ['userEmail', 'user@shop.example', [second, first]],
      ['userEmail', 'other@shop.example', []],
      ['userMobile', '+900000000001', [first]],
      ['reservedFrom', at(second, 'reservedFrom'), [second]],
      ['reservedUntil', at(first, 'reservedUntil'), [first]],
      ['walletAddress', at(second, 'wallet', 'address'), [second]],
    ]
    for (const [name, value, expected] of finds) {
      const { body } = await search(new URLSearchParams({ [name]: String(value) }).toString())
      const results = at(body, 'data', 'results')
      assert.ok(Array.isArray(results), name)
      assert.deepEqual(
        results.map((each) => at(each, '_id')),
        expected.map((each) => at(each, 'id')),
        `${name}=${String(value)}`,
      )
    }
  })

  it('joins filters by "and"', async () => {
    const { body } = await search('coin=TRX&status=CANCELLED')
    assert.equal(at(body, 'data', 'totalDocs'), 0)
  })

  it('pages', async () => {
    const { body } = await search('limit=1&page=2')
    assert.equal(at(body, 'data', 'results', 0, '_id'), at(first, 'id'))
    assert.deepEqual(
      ['totalDocs', 'limit', 'page', 'totalPages', 'pagingCounter'].map((key) =>
        at(body, 'data', key),
      ),
      [2, 1, 2, 2, 2],
    )
    assert.deepEqual(
      ['hasPrevPage', 'hasNextPage', 'prevPage', 'nextPage'].map((key) => at(body, 'data', key)),
      [true, false, 1, null],
    )
  })

  it('refuses what it does not know with 400', async () => {
    for (const query of [
      'colour=red',
      'status=PAID',
      'clientType=WEB',
      'sequenceID=x',
      'currencyAmount=1e3',
      'reservedFrom=yesterday',
      'limit=0',
      'page=x',
    ]) {
      const { status, body } = await search(query)
      assert.equal(status, 400, query)
      assert.equal(at(body, 'status'), false)
    }
  })
})

function sorted(words: string): string[] {
  return words.split(' ').toSorted()
}
