import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Checkout } from '../../../protocol/payment.ts'
import { startStack } from '../support.ts'
import type { Stack } from '../support.ts'
import { NOW, askFor, scripted, usualAnswer } from './order-samples.ts'

/** Each check of an answer that says "success", with what is just wrong for it. */
const CHECKS: Readonly<Record<string, readonly (readonly [field: string, value: unknown])[]>> = {
  amount: [
    ['payment_amount', '29999'],
    ['payment_amount', '30001'],
    ['payment_amount', '300'],
    ['payment_amount', '3000000'],
    ['payment_amount', '030000'],
    ['payment_amount', undefined],
  ],
  currency: [
    ['currency', 'TRY'],
    ['currency', 'USD'],
    ['currency', 'tl'],
    ['currency', undefined],
  ],
  mode: [['testMode', '1']],
  time: [
    ['timestamp', NOW / 1000 - 121],
    ['timestamp', NOW / 1000 + 121],
    ['timestamp', 0],
    ['timestamp', NOW],
    ['timestamp', -1],
  ],
}

/** What cannot even be read is no answer: nothing changes. */
const UNREADABLE: readonly (readonly [field: string, value: unknown])[] = [
  ['orderId', 'B'.repeat(16)],
  ['orderId', undefined],
  ['status', 'SUCCESS'],
  ['status', true],
  ['status', undefined],
  ['payment_amount', 30_000],
  ['payment_amount', '300.00'],
  ['payment_amount', '+30000'],
  ['testMode', 0],
  ['testMode', false],
  ['testMode', undefined],
  ['timestamp', String(NOW / 1000)],
  ['timestamp', null],
  ['timestamp', undefined],
]

const verifying = (changes: object, more: object = {}) =>
  scripted(
    'redoya',
    ({ url }) => ({ ...(usualAnswer('redoya', url.pathname) as object), ...changes }),
    more,
  ).provider

describe('redoya: what verify proves', () => {
  it('with everything right it is paid, and bound to the order id', async () => {
    for (const timestamp of [NOW / 1000 - 120, NOW / 1000 + 120]) {
      const update = await askFor('redoya', verifying({ timestamp }))
      assert.deepEqual([update?.status, update?.ref], ['paid', 'A'.repeat(16)])
    }
  })

  for (const [check, values] of Object.entries(CHECKS)) {
    for (const [field, value] of values) {
      it(`${check}: ${field} ${JSON.stringify(value)} is for a person, never paid`, async () => {
        const update = await askFor('redoya', verifying({ [field]: value }))
        assert.deepEqual(
          [update?.status, update?.reason, update?.ref, update?.received],
          ['review', 'conflict', undefined, undefined],
        )
        assert.match(update?.note ?? '', new RegExp(check))
      })
    }
  }

  it('live, an order of the test mode: never paid; in test mode, one of real money neither', async () => {
    assert.equal((await askFor('redoya', verifying({ testMode: '1' })))?.status, 'review')
    const playing = verifying({ testMode: '0' }, { testMode: true })
    assert.equal((await askFor('redoya', playing))?.status, 'review')
  })

  for (const [field, value] of UNREADABLE) {
    it(`${field} ${JSON.stringify(value)} is no answer`, async () => {
      const provider = verifying({ [field]: value })
      await assert.rejects(askFor('redoya', provider), { code: 'provider_bad_response' })
    })
  }

  it('any two of them wrong at once: never paid', async () => {
    const wrong = Object.values(CHECKS).map(([first]) => first ?? assert.fail())
    for (const [a, one] of wrong.entries()) {
      for (const other of wrong.slice(a + 1)) {
        const update = await askFor('redoya', verifying(Object.fromEntries([one, other])))
        assert.equal(update?.status, 'review')
      }
    }
  })

  it('an id that is no path of its own is never asked about', () => {
    const { provider } = scripted('redoya')
    for (const path of [
      '',
      '.',
      '..',
      '../../../../etc/x',
      '..%2f..%2f..%2f..%2',
      'A'.repeat(15),
      'A'.repeat(17),
      `${'A'.repeat(15)}/`,
      `${'A'.repeat(15)}?`,
      `${'A'.repeat(15)}#`,
      `${'A'.repeat(15)}\n`,
      `${'A'.repeat(16)}\n`,
      `\n${'A'.repeat(16)}`,
      'Ａ'.repeat(16),
      'ÄÖÜäöüßéèçñ12345',
      'AAAAAAAA AAAAAAA',
      'AAAAAAAA%00AAAAA',
    ]) {
      const query = new URLSearchParams()
      assert.equal(provider.parseReturn?.({ path, query }), undefined, path)
    }
  })

  it('a reason in a text without end is not kept', async () => {
    const provider = verifying({ status: 'failed', failed_reason_code: 'x'.repeat(100_000) })
    const update = await askFor('redoya', provider)
    assert.equal(update?.status, 'failed')
    assert.ok((update.note ?? '').length < 256)
  })
})

describe('redoya: one order, two payments that claim it', () => {
  let stack: Stack
  before(async () => {
    stack = await startStack()
  })
  after(() => stack.close())

  async function begin(outcome: string) {
    const opened = await stack.openCheckout()
    const { body: checkout } = await stack.start(opened, 'redoya')
    const action = checkout.payment?.nextAction
    assert.equal(action?.type, 'redirect')
    const [, orderToken = '', identifier = ''] = action.url.split('#')
    const order = { orderToken, identifier, outcome }
    const made = await stack.control<{ orderId: string; redirect: string }>(
      'POST',
      '/redoya/orders',
      order,
    )
    return { checkout, ...made }
  }

  const visit = async (redirect: string): Promise<void> => {
    const { pathname, search } = new URL(redirect)
    await stack.request('GET', pathname + search)
  }

  const read = async ({ id }: Checkout) =>
    (await stack.request<Checkout>('GET', `/v1/checkouts/${id}`)).body

  it('at the same moment, many times: one is paid, one waits for a person', async () => {
    for (let round = 0; round < 5; round += 1) {
      const [one, other] = [await begin('success'), await begin('pending')]
      const stolen = other.redirect.replace(other.orderId, one.orderId)
      await Promise.all(
        [one.redirect, stolen, one.redirect, stolen, stolen, one.redirect].map(visit),
      )
      const ends = [await read(one.checkout), await read(other.checkout)]
      assert.deepEqual(ends.map(({ status }) => status).toSorted(), ['paid', 'review'])
      const second = ends.find(({ status }) => status === 'review')
      assert.equal(second?.reason, 'conflict')
    }
    assert.ok(stack.logs.some((line) => line.includes('"alarm":"conflict"')))
  })

  it('what is paid stays paid, whatever comes to its return afterwards', async () => {
    const { checkout, redirect, orderId } = await begin('success')
    await visit(redirect)
    const another = await begin('failed')
    for (const id of [another.orderId, 'B'.repeat(16), orderId]) {
      await visit(redirect.replace(orderId, id))
    }
    const after = await read(checkout)
    assert.deepEqual([after.status, after.reason], ['paid', null])
    assert.ok(after.receipt)
  })

  it('what waits for a person is listed for the merchant, and told what was claimed', async () => {
    const [owner, thief] = [await begin('success'), await begin('pending')]
    await visit(thief.redirect.replace(thief.orderId, owner.orderId))
    await visit(owner.redirect)
    const { body } = await stack.merchant<{ checkouts: { id: string }[] }>(
      'GET',
      '/checkouts?needsPerson=true',
    )
    assert.ok(body.checkouts.some(({ id }) => id === owner.checkout.id))
    const detail = await stack.merchant('GET', `/checkouts/${owner.checkout.id}`)
    assert.match(JSON.stringify(detail.body), new RegExp(`order ${owner.orderId} pays another`))
  })
})
