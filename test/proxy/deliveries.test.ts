import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { describe, it } from 'node:test'
import type { TestContext } from 'node:test'
import { Webhook } from 'standardwebhooks'
import { verifyWebhook } from '../../merchant/index.ts'
import type { ProxyOptions } from '../../proxy/create-proxy.ts'
import { createVault } from '../../proxy/vault.ts'
import { SANDBOX_CREDENTIALS } from '../../sandbox/index.ts'
import type { Told } from './receiver.ts'
import { PROVIDERS, WEBHOOK_SECRET, pause, startShop, until } from './shop.ts'
import type { Delivery, Shop } from './shop.ts'
import { MERCHANT_KEY, ORDER_SECRET } from './support.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
/** Longer than the delivery worker stays idle. */
const ROUND_MS = 1300

/** A shop of its own for each test: they move the clock, and run side by side. */
async function open(
  t: TestContext,
  overrides: Record<string, string | undefined> = {},
  options: Partial<ProxyOptions> = {},
): Promise<Shop> {
  const shop = await startShop(overrides, options)
  t.after(() => shop.close())
  return shop
}

const of = async (shop: Shop, checkout: { id: string }): Promise<readonly Delivery[]> =>
  (await shop.deliveries(`?checkout=${checkout.id}`)).toReversed()

/** The first delivery of a checkout, once this many attempts have ended. */
const tried = (shop: Shop, checkout: { id: string }, attempts: number): Promise<Delivery> =>
  until(`tried ${attempts} times`, async () => {
    const [delivery] = await of(shop, checkout)
    // Without an answer it is under way.
    if (delivery?.attempts !== attempts || delivery.answer === null) return undefined
    const failure = `"id":"${delivery.id}"`
    const failures = shop.logs.filter((line) => line.includes(failure) && isFailure(line))
    const isOver = delivery.status === 'delivered' || failures.length === attempts
    return isOver ? delivery : undefined
  })

const isFailure = (line: string): boolean => line.includes('"event":"delivery.failed"')

describe('deliveries', { concurrency: true }, () => {
  it('tell every visible change once, in order, and nothing of an attempt that nobody saw', async (t) => {
    const shop = await open(t)
    await shop.breakNext('cryptom', 'create', 'reset', { afterEffect: true })
    const checkout = await shop.open()
    assert.equal((await shop.pick(checkout, 'cryptom')).status, 503)
    await shop.pick(checkout, 'cryptom')
    const heard = (count: number) =>
      until(`${count} told`, () => shop.receiver.of(checkout).length === count)
    await heard(1)
    const [lost, shown] = (await shop.detail(checkout)).payments
    await shop.play('cryptom', shown?.ref ?? null, 'pay-part')
    await shop.refreshed(checkout)
    await heard(2)
    await shop.play('cryptom', shown?.ref ?? null, 'pay')
    await shop.refreshed(checkout)
    await heard(3)
    await pause(ROUND_MS)
    const told = shop.receiver.of(checkout)
    assert.deepEqual(
      told.map(({ type }) => type),
      ['checkout.pending', 'checkout.processing', 'checkout.paid'],
    )
    const versions = told.map(({ data }) => data.version)
    assert.deepEqual(
      versions,
      versions.toSorted((a, b) => a - b),
    )
    assert.equal(versions.at(-1), (await shop.detail(checkout)).version)
    assert.equal(new Set(told.map(({ id }) => id)).size, 3)
    assert.ok(told.every(({ id }) => /^msg_[\w-]{43}$/.test(id)))
    assert.ok(lost)
    assert.ok(!told.some(({ body }) => body.includes(lost.id)), 'nobody saw that attempt')
    const listed = await of(shop, checkout)
    assert.deepEqual(
      listed.map(({ id, status, attempts, answer }) => [id, status, attempts, answer]),
      told.map(({ id }) => [id, 'delivered', 1, '204']),
    )
  })

  it('are signed: the package of Standard Webhooks and our own function agree', async (t) => {
    const shop = await open(t)
    const { checkout } = await shop.begin('redoya')
    const told = await until('told', () => shop.receiver.of(checkout)[0])
    assert.equal(told.headers['content-type'], 'application/json')
    const headers = told.headers as Record<string, string>
    const library = new Webhook(WEBHOOK_SECRET).verify(told.body, headers)
    const event = await verifyWebhook({ body: told.body, headers }, { secret: WEBHOOK_SECRET })
    assert.deepEqual((library as { data: unknown }).data, event.checkout)
    assert.equal(event.id, told.id)
    assert.ok(Math.abs(Number(headers['webhook-timestamp']) * SECOND - Date.now()) < MINUTE)
    const other = new Webhook(`whsec_${Buffer.alloc(32, 'another').toString('base64')}`)
    assert.throws(() => other.verify(told.body, headers))
  })

  it('carry one signature for each secret while one is replaced', async (t) => {
    const next = `whsec_${Buffer.alloc(24, 'the next one').toString('base64')}`
    const shop = await open(t, { MERCHANT_WEBHOOK_SECRET: `${next},${WEBHOOK_SECRET}` })
    const { checkout } = await shop.begin('redoya')
    const { body, headers } = await until('told', () => shop.receiver.of(checkout)[0])
    const signatures = String(headers['webhook-signature']).split(' ')
    assert.equal(signatures.length, 2)
    for (const secret of [next, WEBHOOK_SECRET]) {
      new Webhook(secret).verify(body, headers as Record<string, string>)
      await verifyWebhook({ body, headers }, { secret })
    }
    for (const [secret, signature] of [
      [next, signatures[0]],
      [WEBHOOK_SECRET, signatures[1]],
    ] as const) {
      const alone = { ...headers, 'webhook-signature': signature }
      await verifyWebhook({ body, headers: alone }, { secret })
    }
  })

  it('are not written where nobody is to be told', async (t) => {
    const shop = await open(t, {
      MERCHANT_WEBHOOK_URL: undefined,
      MERCHANT_WEBHOOK_SECRET: undefined,
    })
    const { checkout, payment } = await shop.begin('redoya')
    await shop.pay(checkout, payment)
    await shop.becomes(checkout, 'paid')
    await pause(ROUND_MS)
    assert.deepEqual(await shop.deliveries(), [])
    assert.deepEqual(shop.receiver.told, [])
  })

  it('a 500, a 404, a redirect, a cut line and silence are tried again, the same bytes', async (t) => {
    const shop = await open(t)
    const seen = new Set<string>()
    const manners = {
      'M-500': 500,
      'M-404': 404,
      'M-302': { status: 302, headers: { location: '/elsewhere' } },
      'M-307': { status: 307, headers: { location: '/elsewhere' } },
      'M-cut': 'cut',
      'M-hang': 'hang',
    } as const
    shop.receiver.behave(({ id, data }) => {
      if (seen.has(id)) return 204
      seen.add(id)
      return manners[data.orderId as keyof typeof manners]
    })
    const checkouts = []
    for (const orderId of Object.keys(manners)) {
      checkouts.push((await shop.begin('redoya', { orderId })).checkout)
    }
    await until('all told', () => shop.receiver.told.length === checkouts.length)
    const quick = checkouts.slice(0, -1)
    for (const checkout of quick) await tried(shop, checkout, 1)
    assert.deepEqual(
      await Promise.all(quick.map(async (each) => (await of(shop, each))[0]?.answer)),
      ['500', '404', '302', '307', 'no connection'],
    )
    shop.clock.advance(6 * SECOND)
    for (const checkout of quick) await tried(shop, checkout, 2)
    const silent = checkouts.at(-1) ?? assert.fail()
    await pause(4 * SECOND)
    assert.equal((await of(shop, silent))[0]?.answer, null, 'ten seconds of patience')
    await pause(2 * SECOND)
    assert.equal((await tried(shop, silent, 1)).answer, 'no answer')
    shop.clock.advance(6 * SECOND)
    await tried(shop, silent, 2)
    for (const checkout of checkouts) {
      const [first, second, ...more] = shop.receiver.of(checkout)
      assert.ok(first && second)
      assert.deepEqual([second.id, second.body], [first.id, first.body])
      assert.notEqual(second.headers['webhook-timestamp'], first.headers['webhook-timestamp'])
      assert.deepEqual(more, [])
      assert.equal((await of(shop, checkout))[0]?.status, 'delivered')
    }
    assert.ok(
      shop.receiver.told.every(({ path }) => path === '/told'),
      'no redirect is followed',
    )
  })

  it('keep to the schedule, with a fifth more or less', async (t) => {
    const shop = await open(t)
    shop.receiver.behave(500)
    // The oldest is the one that finds out whether the receiver is back: it is tried more often.
    const { checkout: probed } = await shop.begin('redoya')
    await tried(shop, probed, 1)
    const { checkout } = await shop.begin('redoya')
    for (const [index, seconds] of [5, 30, 120, 600, 1800, 3600, 3600].entries()) {
      const delivery = await tried(shop, checkout, index + 1)
      const wait = Date.parse(delivery.nextAt ?? '') - shop.clock.now()
      const [least, most] = [0.8 * seconds * SECOND - 3 * SECOND, 1.2 * seconds * SECOND]
      assert.ok(wait > least && wait <= most, `${wait} ms after attempt ${index + 1}`)
      shop.clock.advance(wait)
    }
  })

  it('a 410 stops that one, and no other', async (t) => {
    const shop = await open(t)
    shop.receiver.behave(({ data }) => (data.orderId === 'GONE' ? 410 : 204))
    const { checkout } = await shop.begin('redoya', { orderId: 'GONE' })
    const delivery = await tried(shop, checkout, 1)
    assert.deepEqual([delivery.status, delivery.answer, delivery.nextAt], ['failed', '410', null])
    shop.clock.advance(HOUR)
    const { checkout: other } = await shop.begin('redoya')
    await until('told', () => shop.receiver.of(other)[0])
    await pause(ROUND_MS)
    const again = shop.receiver.of(checkout).filter(({ id }) => id === delivery.id)
    assert.equal(again.length, 1)
  })

  it('are given up after a day, kept as failed, and sent again on request', async (t) => {
    const shop = await open(t)
    shop.receiver.behave(500)
    const { checkout } = await shop.begin('lipaykripto')
    const { id } = await tried(shop, checkout, 1)
    shop.clock.advance(24 * HOUR - MINUTE)
    const late = await until('tried again', async () => {
      const found = (await of(shop, checkout)).find((each) => each.id === id)
      return found && found.attempts > 1 ? found : undefined
    })
    assert.equal(late.status, 'pending')
    shop.clock.advance(2 * HOUR)
    const isFailed = async () =>
      (await shop.deliveries('?status=failed')).find((each) => each.id === id)
    const failed = await until('given up', isFailed)
    assert.equal(failed.nextAt, null)
    const before = shop.receiver.told.filter((told) => told.id === id).length
    shop.receiver.behave(204)
    shop.clock.advance(2 * HOUR)
    await pause(ROUND_MS)
    assert.equal(shop.receiver.told.filter((told) => told.id === id).length, before)

    const { status, body } = await shop.merchant('POST', `/deliveries/${id}/redeliver`, {})
    assert.deepEqual([status, body['status'], body['attempts']], [202, 'pending', 0])
    await until('sent again', async () =>
      (await shop.deliveries('?status=delivered')).some((each) => each.id === id),
    )
    const told = shop.receiver.told.filter((each) => each.id === id)
    assert.equal(new Set(told.map((each) => each.body)).size, 1, 'the same bytes after a day')
  })

  it('what was acknowledged can be sent again too; what is not there cannot', async (t) => {
    const shop = await open(t)
    const { checkout } = await shop.begin('redoya')
    const told = await until('told', () => shop.receiver.of(checkout)[0])
    await until('stored', async () => (await of(shop, checkout))[0]?.status === 'delivered')
    assert.equal((await shop.merchant('POST', `/deliveries/${told.id}/redeliver`, {})).status, 202)
    const again = await until('told again', () => shop.receiver.of(checkout)[1])
    assert.deepEqual([again.id, again.body], [told.id, told.body])
    const unknown = await shop.merchant('POST', '/deliveries/msg_unknown/redeliver', {})
    assert.equal(unknown.status, 404)
    const meddled = await shop.merchant('POST', `/deliveries/${told.id}/redeliver`, { url: 'x' })
    assert.equal(meddled.status, 400)
    assert.equal((await shop.request('GET', '/v1/merchant/deliveries')).status, 401)
  })

  const HOUR_OF_SILENCE = [6 * SECOND, MINUTE, HOUR - 2 * MINUTE]

  /** Changes that nobody can be told of, tried over an hour. */
  async function missAnHour(shop: Shop, count: number): Promise<readonly { id: string }[]> {
    await shop.receiver.goDown()
    const checkouts = []
    for (let n = 0; n < count; n += 1) checkouts.push((await shop.begin('cryptom')).checkout)
    for (const step of HOUR_OF_SILENCE) {
      await until('tried', async () => (await shop.deliveries()).every(({ answer }) => answer))
      shop.clock.advance(step)
      await pause(ROUND_MS)
    }
    return checkouts
  }

  it('a receiver that was down an hour hears everything, once, within seconds of being back', async (t) => {
    const shop = await open(t)
    const checkouts = await missAnHour(shop, 12)
    const waiting = await shop.deliveries('?status=pending')
    assert.equal(waiting.length, 12)
    assert.ok(
      waiting.some(({ nextAt }) => Date.parse(nextAt ?? '') > shop.clock.now() + 5 * MINUTE),
    )
    await shop.receiver.comeUp()
    shop.clock.advance(31 * SECOND)
    await until('everything is told', () =>
      checkouts.every((checkout) => shop.receiver.of(checkout).length > 0),
    )
    await pause(ROUND_MS)
    for (const checkout of checkouts) assert.equal(shop.receiver.of(checkout).length, 1)
  })

  it('the same where the proxy was started anew meanwhile, and the oldest is refused for ever', async (t) => {
    const shop = await open(t)
    const [oldest, ...checkouts] = await missAnHour(shop, 7)
    shop.receiver.behave(({ data }) => (data.id === oldest?.id ? 500 : 204))
    await shop.receiver.comeUp()
    await shop.restart()
    shop.clock.advance(31 * SECOND)
    await pause(ROUND_MS)
    shop.clock.advance(31 * SECOND)
    await until('everything is told', () =>
      checkouts.every((checkout) => shop.receiver.of(checkout).length > 0),
    )
  })

  it('that are on their way when the receiver comes back are not sent twice', async (t) => {
    const shop = await open(t)
    shop.receiver.behave(500)
    const checkouts = []
    for (let n = 0; n < 6; n += 1) checkouts.push((await shop.begin('redoya')).checkout)
    for (const checkout of checkouts) await tried(shop, checkout, 1)
    const before = shop.receiver.told.length
    let slow = 0
    shop.receiver.behave(async () => {
      slow += 1
      if (slow > 1) await pause(2 * SECOND)
      return 204
    })
    shop.clock.advance(7 * SECOND)
    await until('delivered', async () => (await shop.deliveries('?status=delivered')).length === 6)
    await pause(ROUND_MS)
    assert.equal(shop.receiver.told.length - before, 6)
  })

  it('one that is refused again and again waits for its own time, however much else is told', async (t) => {
    const shop = await open(t)
    shop.receiver.behave(({ data }) => (data.orderId === 'POISON' ? 500 : 204))
    const { checkout } = await shop.begin('redoya', { orderId: 'POISON' })
    await tried(shop, checkout, 1)
    shop.clock.advance(7 * SECOND)
    await tried(shop, checkout, 2)
    for (let n = 0; n < 5; n += 1) {
      const { checkout: other } = await shop.begin('redoya')
      await until('told', () => shop.receiver.of(other)[0])
      await pause(ROUND_MS)
    }
    assert.ok(shop.receiver.of(checkout).length <= 3, `${shop.receiver.of(checkout).length} times`)
  })

  for (const [point, times] of [
    ['delivery_claimed', 1],
    ['delivery_sent', 2],
  ] as const) {
    it(`a proxy that dies at ${point} leaves it to the next, after a while`, async (t) => {
      let isArmed = true
      const shop = await open(
        t,
        {},
        {
          reached(reached) {
            if (reached !== point || !isArmed) return
            isArmed = false
            throw new Error('died here')
          },
        },
      )
      const { checkout } = await shop.begin('redoya')
      await until('claimed', () => !isArmed)
      await pause(ROUND_MS)
      assert.equal((await of(shop, checkout))[0]?.status, 'pending')
      assert.equal(shop.receiver.of(checkout).length, times - 1)
      shop.clock.advance(26 * SECOND)
      await pause(ROUND_MS)
      assert.equal(shop.receiver.of(checkout).length, times - 1, 'it is held')
      shop.clock.advance(5 * SECOND)
      await until('delivered', async () => (await of(shop, checkout))[0]?.status === 'delivered')
      const told = shop.receiver.of(checkout)
      assert.equal(told.length, times)
      assert.equal(new Set(told.map(({ id, body }) => id + body)).size, 1)
    })
  }

  it('are listed by pages, by status and by checkout', async (t) => {
    const shop = await open(t)
    shop.receiver.behave(({ data }) => (data.orderId === 'P-3' ? 410 : 204))
    const ids = []
    for (let n = 0; n < 5; n += 1) {
      ids.push((await shop.begin('redoya', { orderId: `P-${n}` })).checkout.id)
      shop.clock.advance(SECOND)
    }
    await until('all tried', async () =>
      (await shop.deliveries()).every(({ status }) => status !== 'pending'),
    )
    type Page = { deliveries: readonly Delivery[]; cursor: string | null }
    const found: string[] = []
    let cursor: string | null = ''
    for (let pages = 0; cursor !== null && pages < 9; pages += 1) {
      const path: string = `/deliveries?limit=2${cursor && `&cursor=${cursor}`}`
      const { body } = await shop.merchant<Page>('GET', path)
      assert.ok(body.deliveries.length <= 2)
      found.push(...body.deliveries.map(({ checkoutId }) => checkoutId))
      cursor = body.cursor
    }
    assert.deepEqual(found, ids.toReversed())
    const failed = await shop.deliveries('?status=failed')
    assert.deepEqual(
      failed.map(({ checkoutId }) => checkoutId),
      [ids[3]],
    )
    assert.ok(!('body' in (failed[0] ?? {})), 'a list is no copy of everything that was told')
    for (const query of ['?status=lost', '?limit=0', '?limit=101', '?cursor=x', '?order=1']) {
      assert.equal((await shop.merchant('GET', `/deliveries${query}`)).status, 400, query)
    }
  })

  it('hold no secret, nothing about the shopper, nothing that is sealed', async (t) => {
    const shop = await open(t)
    const customer = { email: 'ada@home.example', phone: '+905551112233', name: 'Ada Lovelace' }
    for (const provider of PROVIDERS) {
      const { checkout, payment } = await shop.begin(provider, { customer })
      await shop.pay(checkout, payment)
      await shop.refreshed(checkout)
      await shop.becomes(checkout, 'paid')
    }
    await until('all told', async () =>
      (await shop.deliveries()).every(({ status }) => status === 'delivered'),
    )
    const database = new DatabaseSync(shop.file, { readOnly: true })
    const sealed = database.prepare('select private from payments').all()
    database.close()
    const vault = createVault(['test-proxy-secret-0123456789-abcdef'])
    const opened = await Promise.all(sealed.map(async (row) => vault.open(String(row['private']))))
    const kept = opened.flatMap(({ orderId: _public, isPrepaid: _flag, uid: _number, ...secret }) =>
      Object.values(secret),
    )
    assert.ok(kept.length >= PROVIDERS.length)
    const { cryptom, redoya, lipaykripto, paycrypto, lincoln } = SANDBOX_CREDENTIALS
    const forbidden = [
      ...kept,
      ...sealed.map((row) => String(row['private'])),
      ...Object.values(customer),
      'shopper@shop.example',
      ORDER_SECRET,
      MERCHANT_KEY,
      WEBHOOK_SECRET,
      cryptom.password,
      redoya.secret,
      lipaykripto.clientSecret,
      lipaykripto.hmacSecret,
      paycrypto.apiSecret,
      paycrypto.passphrase,
      paycrypto.webhookSecret,
      lincoln.apiSecret,
    ]
    const bodies = shop.receiver.told.map(({ body }: Told) => body).join('\n')
    for (const text of forbidden) assert.ok(!bodies.includes(text), text)
  })

  it('tell of money that came twice, although the checkout looks the same', async (t) => {
    const shop = await open(t)
    const { checkout, payment } = await shop.begin('cryptom', { methods: ['cryptom', 'redoya'] })
    await shop.pick(checkout, 'redoya')
    await shop.comeBack(await shop.payByCard(await shop.read(checkout)))
    const before = await shop.becomes(checkout, 'paid')
    await shop.play('cryptom', payment.ref, 'pay')
    shop.clock.advance(16 * SECOND)
    const again = await until('told of it', () =>
      shop.receiver
        .of(checkout)
        .find(({ data }) => data.payments.some(({ reason }) => reason === 'duplicate')),
    )
    assert.equal(again.type, 'checkout.paid')
    assert.equal(again.data.receipt, before.receipt)
    assert.equal(again.data.payment?.id, before.payment?.id)
    await pause(ROUND_MS)
    const told = shop.receiver.of(checkout).filter(({ type }) => type === 'checkout.paid')
    assert.equal(told.length, 2)
  })
})
