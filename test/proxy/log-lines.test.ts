import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { describe, it } from 'node:test'
import type { TestContext } from 'node:test'
import type { ProxyOptions } from '../../proxy/create-proxy.ts'
import { openStore } from '../../proxy/stores/index.ts'
import { alarmsOf, findLines, lineOf, linesOf } from './logged.ts'
import { pause, startShop, until } from './shop.ts'
import type { Shop } from './shop.ts'

async function open(
  t: TestContext,
  options: Partial<ProxyOptions> = {},
  settings: Record<string, string> = {},
): Promise<Shop> {
  const shop = await startShop(settings, options)
  t.after(() => shop.close())
  return shop
}

/** From now on nothing can be written to a table. */
function refuseWrites(t: TestContext, { file }: Shop, table: string): () => void {
  const other = new DatabaseSync(file, { timeout: 5000 })
  for (const verb of ['insert', 'update']) {
    other.exec(`create trigger no_${verb} before ${verb} on ${table}
      begin select raise(abort, 'no'); end`)
  }
  const heal = (): void => {
    if (!other.isOpen) return
    for (const verb of ['insert', 'update']) other.exec(`drop trigger no_${verb}`)
    other.close()
  }
  t.after(heal)
  return heal
}

describe('what is logged', () => {
  it('a change: once it is on the disk, and not where it was undone', async (t) => {
    let isBroken = false
    const shop = await open(t, {
      reached(point) {
        if (isBroken && point === 'fact_written') throw new Error('the disk is gone')
      },
    })
    const { checkout, payment } = await shop.begin('cryptom')
    await shop.play('cryptom', payment.ref, 'pay')
    isBroken = true
    shop.clock.advance(5000)
    const { status } = await shop.request('POST', `/v1/checkouts/${checkout.id}/sent`, {})
    assert.equal(status, 500)
    assert.deepEqual(findLines(shop.logs, 'payment.changed'), [])
    isBroken = false
    shop.clock.advance(5000)
    await shop.request('POST', `/v1/checkouts/${checkout.id}/sent`, {})
    const [line, ...others] = findLines(shop.logs, 'payment.changed')
    assert.deepEqual(others, [])
    assert.deepEqual(
      [line?.['from'], line?.['status'], line?.['assurance'], line?.level],
      ['pending', 'paid', 'provider-api', 'info'],
    )
  })

  it('a request that the store failed: by its own code', async (t) => {
    const shop = await open(t)
    refuseWrites(t, shop, 'checkouts')
    const { status, body } = await shop.request('POST', '/v1/checkouts', {
      orderToken: await shop.token(),
    })
    const line = findLines(shop.logs, 'request.failed').at(-1)
    assert.deepEqual([status, body['code']], [503, 'store_unavailable'])
    assert.deepEqual(
      [line?.level, line?.['code'], line?.['status'], line?.['requestId']],
      ['error', 'store_unavailable', 503, body['requestId']],
    )
    assert.match(String(line?.['detail']), /no/)
  })

  it('a request that names a wrong field: by that field', async (t) => {
    const shop = await open(t)
    await shop.request('POST', `/v1/checkouts/${(await shop.open()).id}/payments`, { methodId: 7 })
    const line = findLines(shop.logs, 'request.failed').at(-1)
    assert.deepEqual(
      [line?.level, line?.['code'], line?.['field']],
      ['info', 'invalid_request', 'methodId'],
    )
  })

  it('a list of methods that failed: with our code and the provider’s', async (t) => {
    const shop = await open(t)
    await shop.breakNext('lincoln', 'routes', 'status-500')
    await shop.open()
    const line = await lineOf(shop.logs, 'provider.failed')
    assert.deepEqual(
      [line['operation'], line['code'], line['mayHaveHappened']],
      ['listMethods', 'provider_unavailable', false],
    )
  })

  it('a provider’s refusal: with the code that it gave', async (t) => {
    const shop = await open(t)
    const checkout = await shop.open({ methods: ['paycrypto'] })
    // Their clock is an hour ahead: our stamp is too old for them.
    await shop.control('POST', '/paycrypto/settings', { clockSkewMs: 3_600_000 })
    await shop.pick(checkout, 'paycrypto')
    const line = await lineOf(shop.logs, 'provider.failed')
    assert.deepEqual(
      [line['code'], line['providerCode'], line['checkout']],
      ['provider_auth', '112001', checkout.id],
    )
  })

  it('a cancel that the provider failed', async (t) => {
    const shop = await open(t)
    const { checkout, payment } = await shop.begin('cryptom')
    await shop.breakNext('cryptom', 'cancel', 'status-500')
    await shop.request('POST', `/v1/checkouts/${checkout.id}/cancel`, {})
    const line = await lineOf(shop.logs, 'provider.failed')
    assert.deepEqual(
      [line['operation'], line['payment'], line['checkout']],
      ['cancelPayment', payment.id, checkout.id],
    )
  })

  it('what the sweep found: each payment by its id', async (t) => {
    const shop = await open(t, {}, { PAYCRYPTO_EXPIRE: '86400' })
    await shop.control('POST', '/notify', { provider: 'paycrypto', kind: 'lose', times: 0 })
    const { checkout, payment } = await shop.begin('paycrypto')
    // Hours old and just looked at: nobody asks about it by itself for minutes.
    shop.clock.advance(3 * 3_600_000)
    await until('looked at', async () => (await shop.countCalls('paycrypto', 'query')) > 0)
    await pause(1300)
    await shop.play('paycrypto', payment.ref, 'success')
    shop.clock.advance(61_000)
    const line = await lineOf(shop.logs, 'sweep.found')
    assert.deepEqual(
      [line['provider'], line['checkout'], line['payment']],
      ['paycrypto', checkout.id, payment.id],
    )
  })

  it('a notification that is refused: with the payment whose address it came to', async (t) => {
    const shop = await open(t)
    const { checkout, payment } = await shop.begin('lipaykripto')
    await shop.pay(checkout, payment)
    await shop.becomes(checkout, 'paid')
    const sent = await shop.control<readonly { provider: string; url: string; body: string }[]>(
      'GET',
      '/notifications',
    )
    const { url, body } = sent.find(({ provider }) => provider === 'lipaykripto') ?? assert.fail()
    const { pathname } = new URL(url)
    const { status } = await shop.request('POST', pathname, JSON.parse(body))
    const line = findLines(shop.logs, 'webhook.refused').at(-1)
    assert.equal(status, 404)
    assert.deepEqual(
      [line?.['provider'], line?.['status'], line?.['checkout'], line?.['payment']],
      ['lipaykripto', 404, checkout.id, payment.id],
    )
    assert.ok(!shop.logs.join('').includes(pathname.split('/').at(-1) ?? ''))
  })

  it('a notification that could not be stored: itself, since nobody sends it again', async (t) => {
    const shop = await open(t)
    const { checkout, payment } = await shop.begin('lipaykripto')
    const heal = refuseWrites(t, shop, 'facts')
    await shop.pay(checkout, payment)
    const [line] = await alarmsOf(shop.logs, 'webhook_not_stored')
    heal()
    assert.deepEqual([line?.event, line?.level], ['webhook.not_stored', 'error'])
    assert.deepEqual([line?.['checkout'], line?.['payment']], [checkout.id, payment.id])
    assert.match(String(line?.['body']), new RegExp(payment.id))
    assert.deepEqual(findLines(shop.logs, 'webhook.taken'), [])
    const refused = findLines(shop.logs, 'webhook.refused').at(-1)
    assert.deepEqual([refused?.level, refused?.['status']], ['error', 503])
  })

  it('the end: that it begins, and that it is over', async (t) => {
    const shop = await open(t)
    await shop.proxy.close()
    const events = linesOf(shop.logs).map(({ event }) => event)
    assert.deepEqual(events.slice(-2), ['proxy.stopping', 'proxy.stopped'])
  })
})

describe('a store of a newer version', () => {
  it('is said to be one, by what this version does not know', async (t) => {
    const shop = await open(t)
    await shop.proxy.close()
    const database = new DatabaseSync(shop.file)
    database.exec(`insert into kysely_migration values ('0999_later', '2030-01-01T00:00:00Z')`)
    database.close()
    const store = await openStore(`file:${shop.file}`)
    t.after(() => store.close())
    await assert.rejects(
      store.migrate(),
      /the store was made by a newer version \(it has 0999_later\): start that one/,
    )
  })
})
