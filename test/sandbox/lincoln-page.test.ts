/**
 * Lincoln's pages as HTTP: what they tell, what their buttons do, and the way back to the shop.
 *
 * @module
 */
import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { startSandbox } from '../../sandbox/index.ts'
import type { Sandbox } from '../../sandbox/index.ts'
import { at, send, textAt } from './helpers.ts'
import type { Answer } from './helpers.ts'
import { CREATE, createClient, keysTo, orderBody, ROUTE, fieldKey } from './lincoln-helpers.ts'
import type { Client } from './lincoln-helpers.ts'

const BACK = 'https://shop.example/back'

describe('lincoln: the pages', () => {
  let sandbox: Sandbox
  let call: Client
  const create = (changes: Record<string, unknown> = {}) =>
    call('POST', CREATE, { body: orderBody({ clientCallbackUrl: BACK, ...changes }) })
  const page = (path: string, created: Answer, more: Record<string, unknown> = {}) => {
    const { orderUID: uid, orderSecret: secret } = keysTo(created)
    const url = `${sandbox.urls.lincoln}/sandbox/order/${path}`
    return send('POST', url, { lang: 'en', uid, secret, ...more })
  }
  const play = (created: Answer, action: string) =>
    send(
      'POST',
      `${sandbox.urls.control}/payments/lincoln/${textAt(created.body, 'data', '_id')}`,
      { action },
    )

  before(async () => {
    sandbox = await startSandbox()
  })
  after(() => sandbox.close())
  beforeEach(async () => {
    await send('POST', `${sandbox.urls.control}/reset`)
    call = createClient(sandbox)
  })

  it('lie at the documented addresses, in every language, with and without a slash', async () => {
    const { orderUID, orderSecret } = keysTo(await create())
    for (const path of ['en/payment', 'uk/payment', 'en/order', 'ru/order']) {
      for (const end of ['', '/']) {
        const url = `${sandbox.urls.lincoln}/${path}/${orderUID}/${orderSecret}${end}`
        const { status, headers, text } = await send('GET', url)
        assert.equal(status, 200, path)
        assert.match(headers.get('content-security-policy') ?? '', /default-src 'none'/)
        assert.ok(!text.includes(orderSecret))
      }
    }
    const url = `${sandbox.urls.lincoln}/xx/payment/${orderUID}/${orderSecret}`
    assert.match((await send('GET', url)).text, /"success":false/)
  })

  it('tell amounts, address and status to whoever knows the secret', async () => {
    const created = await create()
    const { body } = await page('open', created)
    assert.equal(at(body, 'give'), '250.5 USDT')
    assert.equal(at(body, 'get'), '10310.6 UAH')
    assert.equal(at(body, 'receiver'), '4000000000000000')
    assert.equal(at(body, 'status'), 'waitPayment')
    assert.match(textAt(body, 'account'), /^T/)
    assert.match(textAt(body, 'qr'), /^data:image\/png/)
    const wrong = await page('open', created, { secret: 'x' })
    assert.equal(wrong.status, 404)
    assert.equal(at(wrong.body, 'code'), 'unknown_order')
    assert.equal((await page('step', created, { secret: 'x', step: 'paid' })).status, 404)
  })

  it('hideOutData hides the receiver', async () => {
    assert.equal(
      at((await page('open', await create({ hideOutData: true }))).body, 'receiver'),
      null,
    )
  })

  it('show the text of their language, the English one by default', async () => {
    const routeId = ROUTE.languages
    const toValues = [{ key: fieldKey(routeId, 2), value: '4000000000000000' }]
    const created = await create({ routeId, toValues })
    const account = async (lang: string) =>
      textAt((await page('open', created, { lang })).body, 'account')
    assert.match(await account('uk'), /^Надішліть/)
    assert.match(await account('en'), /^Send the exact amount to 0x[0-9a-f]{40} and/)
    assert.equal(await account('ru'), await account('en'))
  })

  it('move the order: confirm, I have paid, and what the exchanger would do', async () => {
    const created = await create({ skipPreview: false })
    assert.deepEqual(at((await page('open', created)).body, 'steps'), ['confirm'])
    assert.equal((await page('step', created, { step: 'paid' })).status, 409)
    const statuses: unknown[] = []
    for (const step of ['confirm', 'paid', 'hold', 'done']) {
      statuses.push(at((await page('step', created, { step })).body, 'status'))
    }
    assert.deepEqual(statuses, ['waitPayment', 'inProgress', 'hold', 'done'])
    assert.equal((await page('step', created, { step: 'fail' })).status, 409)
    assert.equal((await page('step', created, { step: 'toString' })).status, 409)
  })

  it('lead back with status=success or status=error, and not before the end', async () => {
    const created = await create()
    const back = async () => at((await page('open', created)).body, 'back')
    const endings = {
      'in-progress': null,
      hold: null,
      'payout-queue': null,
      done: `${BACK}?status=success`,
      'error-payment': `${BACK}?status=error`,
      'error-payout': `${BACK}?status=error`,
      returned: `${BACK}?status=error`,
      delete: `${BACK}?status=error`,
    }
    assert.equal(await back(), null)
    for (const [action, url] of Object.entries(endings)) {
      await play(created, action)
      assert.equal(await back(), url, action)
    }
  })

  it('stick ?status= on to an address that has a query, unless set otherwise', async () => {
    const created = await create({ clientCallbackUrl: `${BACK}?o=1` })
    await play(created, 'done')
    const back = async () => at((await page('open', created)).body, 'back')
    assert.equal(await back(), `${BACK}?o=1?status=success`)
    await send('POST', `${sandbox.urls.control}/lincoln/settings`, { callbackAs: 'query' })
    assert.equal(await back(), `${BACK}?o=1&status=success`)
  })

  it('have no button back without clientCallbackUrl', async () => {
    const created = await create({ clientCallbackUrl: undefined })
    await play(created, 'done')
    assert.equal(at((await page('open', created)).body, 'back'), null)
  })
})
