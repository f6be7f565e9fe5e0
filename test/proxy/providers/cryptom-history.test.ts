import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { findByNote, toHistoryQuery } from '../../../proxy/providers/cryptom-history.ts'
import { askFor, paymentRef, scripted, usualAnswer } from './order-samples.ts'

const NAMES = { pageParam: 'p', limitParam: 'n' }
const LIKE = { coin: 'TRX', network: 'TRX', currency: 'TRY', currencyAmount: '300.00' }

describe('cryptom: what its history is asked for', () => {
  it('a filter of the document, and a page by the names that are configured', () => {
    assert.equal(
      toHistoryQuery({ status: 'DONE', page: '2', limit: '5' }, NAMES),
      '?status=DONE&p=2&n=5',
    )
    assert.equal(toHistoryQuery({}, NAMES), '')
  })

  for (const name of ['email', 'p', 'constructor', 'toString', '__proto__']) {
    it(`${name} is no filter: refused by name`, () => {
      assert.throws(() => toHistoryQuery(Object.fromEntries([[name, 'x']]), NAMES), {
        code: 'invalid_request',
        field: name,
      })
    })
  }
})

describe('cryptom: a payment that is looked for in its history', () => {
  const record = (n: number, statusNote?: string) => ({
    _id: String(n).padStart(24, '0'),
    ...(statusNote !== undefined && { statusNote }),
  })
  /** What is found where the answers come by these pages, and how many were asked for. */
  const find = async (pages: readonly object[]) => {
    const searches: string[] = []
    const found = await findByNote('ours', LIKE, NAMES, async (search) => {
      searches.push(search)
      return { status: true, data: pages[searches.length - 1] ?? { results: [] } }
    })
    return { found, asked: searches.length }
  }

  it('is there, on whichever page', async () => {
    const first = { results: [record(1, 'another'), record(2)], page: 1, totalPages: 2 }
    const second = { results: [record(3, 'ours')], page: 2, totalPages: 2 }
    assert.deepEqual(await find([first, second]), { found: record(3)._id, asked: 2 })
  })

  it('is not there once the last page was read', async () => {
    const only = { results: [record(1, 'another')], page: 1, totalPages: 1 }
    assert.deepEqual(await find([only]), { found: null, asked: 1 })
    assert.deepEqual(await find([{ results: [record(1)] }]), { found: null, asked: 2 })
  })

  it('cannot be told of where the page that was asked for does not come', async () => {
    const first = { results: [record(1, 'another')], page: 1, totalPages: 2 }
    assert.deepEqual(await find([first, first]), { found: undefined, asked: 2 })
  })
})

describe('cryptom: a create whose answer was lost', () => {
  it('is looked for by its price as their JSON has read it: the 300.00 that was sent is 300 there', async () => {
    const { provider, asked } = scripted('cryptom', ({ url }) =>
      url.pathname === '/api/transaction' ? { data: { results: [] } } : undefined,
    )
    assert.equal(await provider.findPayment?.(paymentRef('cryptom', { ref: null })), null)
    const { searchParams } = asked.at(-1)?.url ?? assert.fail()
    assert.equal(searchParams.get('currencyAmount'), '300')
  })
})

describe('cryptom: a transaction that says no more than its history does', () => {
  it('is paid all the same: its time and the words about the price were for the first answer', async () => {
    const { provider } = scripted('cryptom', ({ url }) => {
      if (!url.pathname.includes('/detail/')) return undefined
      const { data } = usualAnswer('cryptom', url.pathname) as { data: Record<string, unknown> }
      const { timeout: _timeout, conversionRate: _rate, exchangeFee: _fee, ...rest } = data
      return { status: true, data: { ...rest, exchangeFee: null, isTransferComplete: true } }
    })
    assert.equal((await askFor('cryptom', provider))?.status, 'paid')
    const lost = paymentRef('cryptom', { ref: null })
    assert.equal(await provider.getPayment?.(lost), undefined)
  })
})
