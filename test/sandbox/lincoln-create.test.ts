/**
 * Lincoln's order/create: what it answers, and every refusal.
 *
 * @module
 */
import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { startSandbox } from '../../sandbox/index.ts'
import type { Sandbox } from '../../sandbox/index.ts'
import { at, keysAt, send, textAt } from './helpers.ts'
import { CREATE, createClient, errorCode, fieldKey, orderBody, ROUTE } from './lincoln-helpers.ts'
import type { Client } from './lincoln-helpers.ts'

const CREATED_KEYS = '_id uid secret rid status route inAmount outAmount expiresAt'
const PARAMETER = '1592304401130072'
const FIELD = '9412276500318851'

describe('lincoln: order/create', () => {
  let sandbox: Sandbox
  let call: Client
  const create = (changes: Record<string, unknown> = {}) =>
    call('POST', CREATE, { body: orderBody(changes) })
  const refuse = async (changes: Record<string, unknown>, code: string) => {
    const answer = await create(changes)
    assert.equal(errorCode(answer), code, `${JSON.stringify(changes)} ${answer.text}`)
    return answer
  }

  before(async () => {
    sandbox = await startSandbox()
  })
  after(() => sandbox.close())
  beforeEach(async () => {
    await send('POST', `${sandbox.urls.control}/reset`)
    call = createClient(sandbox)
  })

  it('answers who the order is and what is exchanged, in decimal text all the way', async () => {
    const { status, body, text } = await create()
    assert.equal(status, 200)
    const data = at(body, 'data')
    assert.deepEqual(keysAt(data), CREATED_KEYS.split(' ').toSorted())
    assert.match(textAt(data, '_id'), /^[0-9a-f]{24}$/)
    assert.match(textAt(data, 'secret'), /^[A-Za-z0-9]{24}$/)
    assert.ok(Number.isSafeInteger(at(data, 'uid')))
    assert.equal(at(data, 'status'), 'waitPayment')
    assert.deepEqual(at(data, 'route', 'from'), { name: 'Tether TRC20', symbol: 'USDT' })
    // 250.5 × 41.2 − 10
    assert.match(text, /"inAmount":250\.5,"outAmount":10310\.6,/)
  })

  it('rounds what comes out down to the decimals of its currency', async () => {
    const toValues = (routeId: string, value: string) => [{ key: fieldKey(routeId, 2), value }]
    const wallet = toValues(ROUTE.prepaid, 'TXYZabcdefghijkmnopqrstuvwxyz12345')
    const card = await create({ routeId: ROUTE.prepaid, amount: 1000.01, toValues: wallet })
    // 1000.01 / 42.1 − 1 = 22.753206650…
    assert.match(card.text, /"inAmount":1000\.01,"outAmount":22\.753206,/)
    const routeValues = [{ key: fieldKey(ROUTE.bitcoin, 3), value: 'Test Holder' }]
    const coin = await create({ routeId: ROUTE.bitcoin, amount: 0.00123457, routeValues })
    // 0.00123457 × 4350000 − 25 = 5345.3795
    assert.match(coin.text, /"inAmount":0\.00123457,"outAmount":5345\.37,/)
  })

  it('waits for a confirmation without skipPreview', async () => {
    const { body } = await create({ skipPreview: undefined })
    assert.equal(at(body, 'data', 'status'), 'new')
    assert.equal(at((await create({ skipPreview: false })).body, 'data', 'status'), 'new')
  })

  it('amountsAs string: amounts are texts', async () => {
    await send('POST', `${sandbox.urls.control}/lincoln/settings`, { amountsAs: 'string' })
    assert.match((await create()).text, /"inAmount":"250\.5","outAmount":"10310\.6"/)
  })

  it('takes the documented form, percent-encoded brackets and all, hashed as texts', async () => {
    const hashed = {
      routeId: ROUTE.address,
      amount: '250.50',
      fromValues: [{ key: fieldKey(ROUTE.address, 1), value: 'покупець@shop.example' }],
      toValues: [{ key: fieldKey(ROUTE.address, 2), value: '4000000000000000' }],
      lang: 'uk',
      agreement: 'true',
      hideOutData: 'false',
      skipPreview: 'true',
    }
    const pairs = Object.entries(hashed).flatMap(([name, value]): [string, string][] =>
      typeof value === 'string'
        ? [[name, value]]
        : value.flatMap(({ key, value: text }, index): [string, string][] => [
            [`${name}[${index}][key]`, key],
            [`${name}[${index}][value]`, text],
          ]),
    )
    const form = new URLSearchParams(pairs).toString()
    assert.match(form, /fromValues%5B0%5D%5Bkey%5D=/)
    const { body } = await call('POST', CREATE, { form, hashed })
    assert.equal(at(body, 'data', 'inAmount'), 250.5)
    for (const [name, value] of Object.entries({
      agreement: '1',
      hideOutData: 'no',
      amount: '1e3',
    })) {
      const other = { ...hashed, [name]: value }
      const wrong = new URLSearchParams(pairs)
      wrong.set(name, value)
      const answer = await call('POST', CREATE, { form: wrong.toString(), hashed: other })
      assert.equal(errorCode(answer), PARAMETER, name)
    }
  })

  it('refuses a route that is no id, unknown, or not shown', async () => {
    await refuse({ routeId: 'USDT' }, PARAMETER)
    await refuse({ routeId: 1 }, PARAMETER)
    await refuse({ routeId: '65a0000000000000000000ff' }, '1593417720150404')
    await refuse({ routeId: ROUTE.hidden }, '1593417720150404')
  })

  it('refuses an order without agreement', async () => {
    await refuse({ agreement: false }, '1593417720150011')
    await refuse({ agreement: undefined }, '1593417720150011')
    await refuse({ agreement: 'true' }, PARAMETER)
  })

  it('refuses an amount that is no JSON number, not above 0, or too fine', async () => {
    for (const amount of ['250.5', 0, -250.5, 10.1234567, null, undefined, 1e30]) {
      await refuse({ amount }, PARAMETER)
    }
  })

  it('refuses an amount outside the limits of the route', async () => {
    await refuse({ amount: 9.999999 }, '1593417720150021')
    await refuse({ amount: 5000.000001 }, '1593417720150022')
    assert.equal(at((await create({ amount: 10 })).body, 'success'), true)
    assert.equal(at((await create({ amount: 5000 })).body, 'success'), true)
  })

  it('refuses more than the reserve, where "0" is no maximum', async () => {
    const routeValues = [{ key: fieldKey(ROUTE.bitcoin, 3), value: 'Test Holder' }]
    await refuse({ routeId: ROUTE.bitcoin, amount: 0.35, routeValues }, '1593417720150023')
    const { body } = await create({ routeId: ROUTE.bitcoin, amount: 0.34, routeValues })
    assert.equal(at(body, 'success'), true)
  })

  it('wants an identity check above a limit, 5001670807585394', async () => {
    const toValues = [
      { key: fieldKey(ROUTE.verified, 2), value: 'TXYZabcdefghijkmnopqrstuvwxyz12345' },
    ]
    const { body } = await create({ routeId: ROUTE.verified, amount: 2, toValues })
    assert.equal(at(body, 'success'), true)
    await refuse({ routeId: ROUTE.verified, amount: 2.00000001, toValues }, '5001670807585394')
  })

  it('wants a captcha if so set, 1601588666628861', async () => {
    await send('POST', `${sandbox.urls.control}/lincoln/settings`, { captcha: true })
    await refuse({}, '1601588666628861')
  })

  it('refuses a required field that is missing, empty or not as its regexp wants', async () => {
    const { body } = await refuse({ fromValues: [] }, FIELD)
    assert.deepEqual(at(body, 'error', 'object'), {
      fieldId: fieldKey(ROUTE.address, 1),
      nameField: 'E-mail',
      err: 'required',
      type: 'fromValues',
    })
    await refuse({ fromValues: undefined }, FIELD)
    await refuse({ toValues: [{ key: fieldKey(ROUTE.address, 2), value: '' }] }, FIELD)
    await refuse({ toValues: [{ key: fieldKey(ROUTE.address, 2), value: '4000 0000' }] }, FIELD)
    await refuse({ routeId: ROUTE.bitcoin, amount: 0.01 }, FIELD)
    const routeValues = [{ key: fieldKey(ROUTE.bitcoin, 3), value: '4' }]
    await refuse({ routeId: ROUTE.bitcoin, amount: 0.01, routeValues }, FIELD)
  })

  it('refuses fields of another route, fields sent twice, and lists of another shape', async () => {
    const key = fieldKey(ROUTE.address, 1)
    const value = 'buyer@shop.example'
    await refuse({ fromValues: [{ key: fieldKey(ROUTE.bitcoin, 1), value }] }, PARAMETER)
    await refuse(
      {
        fromValues: [
          { key, value },
          { key, value },
        ],
      },
      PARAMETER,
    )
    await refuse({ fromValues: [{ key, value, name: 'E-mail' }] }, PARAMETER)
    await refuse({ fromValues: [{ key, value: 1 }] }, PARAMETER)
    await refuse({ fromValues: { 0: { key, value } } }, PARAMETER)
  })

  it('refuses a parameter that is unknown or in the wrong place', async () => {
    await refuse({ currency: 'UAH' }, '9230117465500093')
    const query = { routeId: ROUTE.address }
    const answer = await call('POST', CREATE, { query, body: orderBody() })
    assert.equal(errorCode(answer), '9230117465500093')
  })

  it('refuses the other parameters where they are not legal', async () => {
    for (const changes of [
      { lang: 'xx' },
      { hideOutData: 'false' },
      { skipPreview: 1 },
      { partner: 'a partner' },
      { email: 'buyer' },
      { ipnUrl: 'ftp://shop.example/ipn' },
      { ipnUrl: 'shop.example' },
      { ipnSecret: '' },
      { clientCallbackUrl: 'javascript:alert(1)' },
    ]) {
      await refuse(changes, PARAMETER)
    }
    const legal = { partner: 'shop-1', email: 'buyer@shop.example', ipnSecret: 'x', lang: 'uk' }
    assert.equal(at((await create(legal)).body, 'success'), true)
  })

  it('describes every refusal in the keys of the engine, and sends codes above 2^53 whole', async () => {
    const { body, text } = await create({ fromValues: [] })
    assert.deepEqual(
      keysAt(body, 'error'),
      'apiError errorCode errorType level message object stack'.split(' '),
    )
    assert.match(text, /"errorCode":9412276500318851,/)
    assert.equal(
      at(body, 'error', 'errorCode'),
      9_412_276_500_318_852,
      'what JSON.parse makes of it',
    )
  })
})
