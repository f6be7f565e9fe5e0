/**
 * Lincoln's order/get and order/update-status, and every way to pay.
 *
 * @module
 */
import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { startSandbox } from '../../sandbox/index.ts'
import type { Sandbox } from '../../sandbox/index.ts'
import { at, keysAt, send, textAt } from './helpers.ts'
import type { Answer } from './helpers.ts'
import {
  CREATE,
  createClient,
  errorCode,
  fieldKey,
  hasBase58Checksum,
  keysTo,
  ORDER,
  orderBody,
  ROUTE,
  STATUS_AFTER,
  UPDATE,
} from './lincoln-helpers.ts'
import type { Client } from './lincoln-helpers.ts'

const NOW = Date.UTC(2026, 0, 1)
/** Key by key from live answers of the engine. */
const ORDER_KEYS =
  'TYPE _id rid uid partner inAmount outAmount fromValues toValues routeValues status createdAt clientCallbackUrl comment route expiresAt rate rateTypeCalculate feeToAmount additionalParams'
const DETAIL_KEYS =
  'merchantEnabled manualPaymentTextEnabled manualPaymentText account commentTemplate linkPS showStepLink showStepComment showIPaidBtn amlEnabled aml'

describe('lincoln: orders', () => {
  let sandbox: Sandbox
  let call: Client
  let now = NOW
  const create = (changes: Record<string, unknown> = {}) =>
    call('POST', CREATE, { body: orderBody(changes) })
  const read = async (created: Answer, type = 'payment') => {
    const { body } = await call('GET', ORDER, { query: { type, ...keysTo(created) } })
    return at(body, 'data', 'order')
  }
  const control = (method: string, path: string, body?: unknown) =>
    send(method, `${sandbox.urls.control}${path}`, body)
  const play = (created: Answer, action: string, amount?: string) =>
    control('POST', `/payments/lincoln/${textAt(created.body, 'data', '_id')}`, { action, amount })
  const update = (created: Answer, status: unknown) =>
    call('PUT', UPDATE, { body: { ...keysTo(created), status } })
  /** An order on a route, its fields filled in. */
  const createOn = (routeId: string, amount: number) => {
    const receiver = routeId === ROUTE.prepaid || routeId === ROUTE.verified
    const value = receiver ? 'TXYZabcdefghijkmnopqrstuvwxyz12345' : '4000000000000000'
    const routeValues =
      routeId === ROUTE.bitcoin ? [{ key: fieldKey(routeId, 3), value: 'Test Holder' }] : []
    const toValues = [{ key: fieldKey(routeId, 2), value }]
    return create({ routeId, amount, toValues, routeValues })
  }
  const account = async (routeId: string, amount: number) =>
    textAt(
      await read(await createOn(routeId, amount)),
      'route',
      'from',
      'paymentDetails',
      'account',
    )

  before(async () => {
    sandbox = await startSandbox({ clock: () => now })
  })
  after(() => sandbox.close())
  beforeEach(async () => {
    now = NOW
    await send('POST', `${sandbox.urls.control}/reset`)
    call = createClient(sandbox)
  })

  describe('order/get', () => {
    it('has the keys of live answers, the type that was asked for, and no secret', async () => {
      const created = await create({ clientCallbackUrl: 'https://shop.example/back' })
      const order = await read(created)
      assert.deepEqual(keysAt(order), ORDER_KEYS.split(' ').toSorted())
      const details = at(order, 'route', 'from', 'paymentDetails')
      assert.deepEqual(keysAt(details), DETAIL_KEYS.split(' ').toSorted())
      assert.equal(at(order, 'TYPE'), 'payment')
      assert.equal(at(await read(created, 'order'), 'TYPE'), 'order')
      assert.equal(at(order, '_id'), at(created.body, 'data', '_id'))
      assert.equal(at(order, 'inAmount'), 250.5)
      assert.equal(at(order, 'outAmount'), 10_310.6)
      assert.equal(at(order, 'route', 'from', 'xml'), 'USDTTRC20')
      assert.equal(at(order, 'clientCallbackUrl'), 'https://shop.example/back')
      assert.equal(at(order, 'expiresAt'), new Date(NOW + 30 * 60_000).toISOString())
      assert.deepEqual(at(order, 'toValues'), [
        { field: fieldKey(ROUTE.address, 2), name: 'Card number', value: '4000000000000000' },
      ])
      assert.ok(!JSON.stringify(order).includes(keysTo(created).orderSecret))
    })

    it('hideOutData hides where the money goes', async () => {
      assert.deepEqual(at(await read(await create({ hideOutData: true })), 'toValues'), [])
    })

    it('refuses a wrong secret as an unknown order, and what is no uid, secret or type', async () => {
      const created = await create()
      const { orderUID, orderSecret } = keysTo(created)
      const refusals: [Record<string, string>, string][] = [
        [{ orderUID, orderSecret: 'A'.repeat(24) }, '1594022310170404'],
        [{ orderUID: '1', orderSecret }, '1594022310170404'],
        [{ orderUID: 'x', orderSecret }, '1592304401130072'],
        [{ orderUID }, '1592304401130072'],
        [{ orderUID, orderSecret: 'A'.repeat(51) }, '1592304401130072'],
        [{ orderUID, orderSecret, type: 'all' }, '1592304401130072'],
        [{ orderUID, orderSecret, lang: 'en' }, '9230117465500093'],
      ]
      for (const [query, code] of refusals) {
        assert.equal(errorCode(await call('GET', ORDER, { query })), code, JSON.stringify(query))
      }
    })
  })

  describe('paymentDetails', () => {
    it('a deposit address with a true checksum, another for every order', async () => {
      const [tron, other] = [await account(ROUTE.address, 10), await account(ROUTE.address, 10)]
      assert.match(tron, /^T[1-9A-HJ-NP-Za-km-z]{33}$/)
      assert.notEqual(tron, other)
      assert.ok(hasBase58Checksum(tron))
      const bitcoin = await account(ROUTE.bitcoin, 0.01)
      assert.match(bitcoin, /^1/)
      assert.ok(hasBase58Checksum(bitcoin))
      assert.match(await account(ROUTE.verified, 0.1), /^0x[0-9a-f]{40}$/)
    })

    it('an address inside a text for each language', async () => {
      const text = await account(ROUTE.languages, 20)
      assert.match(text, /^##uk##.* 0x[0-9a-f]{40} .*##\n##en##.* 0x[0-9a-f]{40} .*##$/)
    })

    it('requisites that are paid first, with the button', async () => {
      const order = await read(await createOn(ROUTE.prepaid, 1000))
      const details = at(order, 'route', 'from', 'paymentDetails')
      assert.equal(at(details, 'showIPaidBtn'), true)
      assert.match(textAt(details, 'account'), /^4000 /)
    })

    it('no address at all', async () => {
      assert.equal(await account(ROUTE.page, 1), '')
    })

    it('a template of functions beside the address: text that nobody may run', async () => {
      const order = await read(await createOn(ROUTE.template, 10))
      const details = at(order, 'route', 'from', 'paymentDetails')
      assert.match(textAt(details, 'account'), /^0x[0-9a-f]{40}$/)
      const template = textAt(details, 'merchant', 'template')
      assert.match(template, /\/Function\(/)
      assert.match(template, /globalThis\.lincolnTemplateRan = true/)
      assert.ok(!('lincolnTemplateRan' in globalThis))
    })
  })

  describe('order/update-status', () => {
    it('moves waitPayment to inProgress: a claim, no money', async () => {
      const created = await createOn(ROUTE.prepaid, 1000)
      assert.deepEqual(at((await update(created, 'inProgress')).body, 'data'), { success: true })
      assert.equal(at(await read(created), 'status'), 'inProgress')
      const ledger = await control('GET', '/ledger')
      assert.deepEqual(at(ledger.body, 'lincoln', 'paid'), [])
    })

    it('moves new, too', async () => {
      const created = await create({ skipPreview: false })
      await update(created, 'waitPayment')
      assert.equal(at(await read(created), 'status'), 'waitPayment')
      await update(created, 'deleted')
      assert.equal(at(await read(created), 'status'), 'deleted')
    })

    it('refuses what only the exchanger may say, and the same status again', async () => {
      const created = await create()
      for (const status of ['inProgressPayout', 'done', 'hold', 'waitPayment']) {
        assert.equal(errorCode(await update(created, status)), '9654401123340017', status)
      }
      for (const status of ['paid', '', undefined, 1]) {
        assert.equal(errorCode(await update(created, status)), '1592304401130072')
      }
      assert.equal(at(await read(created), 'status'), 'waitPayment')
    })

    it('refuses every other status to begin with', async () => {
      const created = await create()
      for (const action of Object.keys(STATUS_AFTER).filter((each) => each !== 'wait-payment')) {
        await play(created, action)
        assert.equal(errorCode(await update(created, 'errorPayment')), '9654401123340017', action)
      }
    })

    it('refuses a wrong secret', async () => {
      const created = await create()
      const body = { ...keysTo(created), orderSecret: 'x', status: 'inProgress' }
      assert.equal(errorCode(await call('PUT', UPDATE, { body })), '1594022310170404')
    })
  })
})
