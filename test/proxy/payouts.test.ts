import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, describe, it } from 'node:test'
import { MERCHANT_KEY, SHOP, startFullStack } from './support.ts'
import type { Stack } from './support.ts'

interface Payout {
  readonly requestId: string
  readonly status: string
  readonly providerStatus: string | null
  readonly code?: string
  readonly field?: string
}

const ADDRESS = 'TXaxqXSZkZAsXmnFWYc6MPFdSXkUP1H3gq'

let count = 0
const order = (more: Record<string, unknown> = {}) => ({
  provider: 'lipaykripto',
  requestId: `W-${(count += 1)}`,
  amount: '100.00',
  currency: 'TRY',
  asset: 'TRX',
  address: ADDRESS,
  ...more,
})

async function until(look: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 60; tries += 1) {
    if (await look()) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  assert.fail('did not happen')
}

describe('payouts', () => {
  let stack: Stack
  before(async () => {
    stack = await startFullStack({ PAYOUTS: 'max:1000;daily:100000;addresses:any' })
  })
  beforeEach(() => stack.control('DELETE', '/faults'))
  after(() => stack.close())

  const create = (body: object) => stack.merchant<Payout>('POST', '/payouts', body)
  const read = (id: string) => stack.merchant<Payout>('GET', `/payouts/${id}`)
  const countCalls = async (): Promise<number> => {
    const ledger = await stack.control<{ lipaykripto: { calls: { operation: string }[] } }>(
      'GET',
      '/ledger',
    )
    return ledger.lipaykripto.calls.filter(({ operation }) => operation === 'withdraw').length
  }
  const play = (requestId: string, action: string) =>
    stack.control('POST', `/payments/lipaykripto/withdrawal:${requestId}`, { action })

  for (const [action, status] of [
    ['confirm', 'confirmed'],
    ['fail', 'failed'],
    ['manual-process', 'review'],
  ] as const) {
    it(`is made, and ${status} by its notification`, async () => {
      const wanted = order()
      const made = await create(wanted)
      assert.deepEqual([made.status, made.body.status], [201, 'pending'])
      await play(wanted.requestId, action)
      await until(async () => (await read(wanted.requestId)).body.status === status)
    })
  }

  it('what is confirmed stays confirmed', async () => {
    const wanted = order()
    await create(wanted)
    await play(wanted.requestId, 'confirm')
    await until(async () => (await read(wanted.requestId)).body.status === 'confirmed')
    await play(wanted.requestId, 'fail').catch(() => undefined)
    await new Promise((resolve) => setTimeout(resolve, 100))
    assert.equal((await read(wanted.requestId)).body.status, 'confirmed')
  })

  it('twenty requests at once make one call', async () => {
    const wanted = order()
    const before = await countCalls()
    const answers = await Promise.all(Array.from({ length: 20 }, () => create(wanted)))
    assert.equal(answers.filter(({ status }) => status === 201).length, 1)
    assert.equal(await countCalls(), before + 1)
  })

  it('the same id for something else is refused', async () => {
    const wanted = order()
    await create(wanted)
    for (const more of [{ amount: '99.00' }, { address: 'TBG1Wg3MdA3YwrVCbCmKqNkZ1fKyxhiuys' }]) {
      const { status, body } = await create({ ...wanted, ...more })
      assert.deepEqual([status, body.code, body.field], [409, 'payout_conflict', 'requestId'])
    }
  })

  for (const [kind, afterEffect] of [
    ['hang', true],
    ['reset', true],
    ['status-500', false],
    ['html', true],
  ] as const) {
    it(`${kind}: unknown, and never tried again by itself`, async () => {
      const wanted = order()
      await stack.control('POST', '/faults', {
        provider: 'lipaykripto',
        operation: 'withdraw',
        kind,
        afterEffect,
      })
      const { body } = await create(wanted)
      assert.equal(body.status, 'unknown')
      const before = await countCalls()
      assert.equal((await create(wanted)).body.status, 'unknown')
      assert.equal((await read(wanted.requestId)).body.status, 'unknown')
      assert.equal(await countCalls(), before)
    })
  }

  it('an unknown one that was made after all is told by its notification', async () => {
    const wanted = order()
    await stack.control('POST', '/faults', {
      provider: 'lipaykripto',
      operation: 'withdraw',
      kind: 'reset',
      afterEffect: true,
    })
    await create(wanted)
    await play(wanted.requestId, 'confirm')
    await until(async () => (await read(wanted.requestId)).body.status === 'confirmed')
  })

  it('refused there: failed', async () => {
    const wanted = order({ amount: '0.001' })
    const { body } = await create(wanted)
    assert.ok(body.status === 'failed' || body.code === 'invalid_request', JSON.stringify(body))
  })

  for (const [what, more, field] of [
    ['another currency', { currency: 'USD' }, 'currency'],
    ['another coin', { asset: 'BTC' }, 'asset'],
    ['a provider that pays nothing out', { provider: 'redoya' }, 'provider'],
    ['an id that could move into the next field', { requestId: 'a b' }, 'requestId'],
    ['no address', { address: '' }, 'address'],
    ['an address with signs in it', { address: 'TXaxqXSZkZAsXmnFWYc6MPFdSXkUP1H3g;' }, 'address'],
    ['a wallet with one letter wrong', { address: ADDRESS.replace('ax', 'ay') }, 'address'],
    ['a wallet of another network', { asset: 'ETH' }, 'address'],
    ['an amount like 1e3', { amount: '1e3' }, 'amount'],
    ['a number', { amount: 100 }, 'amount'],
    ['a field that nobody knows', { webhookUrl: 'https://evil.example' }, 'webhookUrl'],
    ['more than one may be', { amount: '1000.01' }, 'amount'],
  ] as const) {
    it(`${what}: refused, naming ${field}, and nobody is called`, async () => {
      const before = await countCalls()
      const { status, body } = await create(order(more))
      assert.ok(status === 400 || status === 403, String(status))
      assert.equal(body.field, field)
      assert.equal(await countCalls(), before)
    })
  }

  it('needs the merchant’s key, and is not for browsers', async () => {
    const url = '/v1/merchant/payouts'
    assert.equal((await stack.request('POST', url, order())).status, 401)
    const { status } = await stack.request('POST', url, order(), {
      authorization: `Bearer ${MERCHANT_KEY}`,
      origin: SHOP,
    })
    assert.equal(status, 403)
  })

  it('lists what was paid out', async () => {
    const { body } = await stack.merchant<{ payouts: Payout[] }>('GET', '/payouts?limit=2')
    assert.equal(body.payouts.length, 2)
    assert.ok(!JSON.stringify(body).includes('webhookHash'))
  })
})

describe('payout rules', () => {
  const outcome = async (rules: string | undefined, orders: readonly object[]) => {
    const stack = await startFullStack({ PAYOUTS: rules })
    const answers: [number, string | undefined][] = []
    for (const body of orders) {
      const { status, body: answer } = await stack.merchant<Payout>('POST', '/payouts', body)
      answers.push([status, answer.code])
    }
    await stack.close()
    return answers
  }

  it('without rules nothing is paid out', async () => {
    assert.deepEqual(await outcome(undefined, [order()]), [[403, 'payouts_not_allowed']])
  })

  it('a day’s payouts have a cap together', async () => {
    assert.deepEqual(
      await outcome('max:100;daily:250;addresses:any', [order(), order(), order()]),
      [
        [201, undefined],
        [201, undefined],
        [403, 'payouts_not_allowed'],
      ],
    )
  })

  it('the cap holds for many at once', async () => {
    const stack = await startFullStack({ PAYOUTS: 'max:100;daily:250;addresses:any' })
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => stack.merchant('POST', '/payouts', order())),
    )
    await stack.close()
    assert.equal(answers.filter(({ status }) => status === 201).length, 2)
  })

  it('only wallets of the file, where there is one', async () => {
    const file = join(tmpdir(), `cc-wallets-${process.pid}.txt`)
    writeFileSync(file, `${ADDRESS}\n`)
    const other = order({ address: 'TBG1Wg3MdA3YwrVCbCmKqNkZ1fKyxhiuys' })
    assert.deepEqual(await outcome(`max:100;daily:1000;addresses:${file}`, [order(), other]), [
      [201, undefined],
      [403, 'payouts_not_allowed'],
    ])
  })
})
