/**
 * The plugin for WooCommerce under a stand-in of what it uses, with the real proxy and the sandbox: what the
 * proxy tells is taken in, once and in order; what is forged, replayed, older, or about another price changes
 * nothing.
 * @module
 */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { startSandbox } from '../../sandbox/index.ts'
import type { Sandbox } from '../../sandbox/index.ts'
import { until } from '../e2e/world.ts'
import { SECRET as ANOTHER_SECRET } from '../merchant/webhook-samples.ts'
import { withoutCommand } from '../playground/snippets/machine.ts'
import { PAYMENT, playLast, startSite, tell } from './beside.ts'
import type { StartedSite, Telling, Told } from './beside.ts'

/** An order as the stand-in of WooCommerce keeps it. */
interface WooOrder {
  readonly status: string
  readonly notes: readonly string[]
  readonly completed: readonly string[]
}

const OF_PROXY = '/?wc-api=crypto_checkout'

/** What a checkout is that nobody has to look at. */
const UNREMARKABLE = { reason: null, payments: [PAYMENT] }

describe('woocommerce', { skip: withoutCommand('php') }, () => {
  let sandbox: Sandbox
  let site: StartedSite
  before(async () => {
    sandbox = await startSandbox()
    site = await startSite('woocommerce', sandbox.urls)
  })
  after(async () => {
    try {
      await site.stop()
    } finally {
      await sandbox.close()
    }
  })

  const book = (order: number): WooOrder => site.read(`books/order-${order}.json`) as WooOrder
  const standing = (order: number): unknown => {
    const { status, notes, completed } = book(order)
    return { status, notes: notes.length, completed }
  }

  /** The shopper places an order; resolves to it, and to its checkout, as it stands at the proxy. */
  async function place(total = '245.50'): Promise<{ order: number; checkout: Told & object }> {
    const body = new URLSearchParams({ total })
    const answer = await fetch(`${site.url}/checkout`, { method: 'POST', body, redirect: 'manual' })
    assert.equal(answer.status, 303, await answer.text())
    const link = new URL(answer.headers.get('location') ?? '')
    assert.equal(link.origin, site.proxyUrl)
    const id = link.pathname.replace(/^\/c\//, '')
    const known = await fetch(`${site.proxyUrl}/v1/checkouts/${id}`)
    const checkout = (await known.json()) as Told
    const order = Number(/^WC-(\d+)$/.exec(checkout.orderId)?.[1])
    return { order, checkout: { ...checkout, version: 1, payments: [] } as Told }
  }

  const paid = (checkout: Told, more: object = {}): Told => ({
    ...checkout,
    status: 'paid',
    version: 5,
    ...UNREMARKABLE,
    ...more,
  })
  const send = (checkout: Told, { secret = site.secrets.webhookSecret, ...how }: Telling = {}) =>
    tell(site.url + OF_PROXY, checkout, { secret, ...how })

  /** What the shopper does on the hosted page. */
  async function pick({ id }: Told): Promise<void> {
    const answer = await ask(`/v1/checkouts/${id}/payments`, { methodId: 'cryptom:USDT:TRON' })
    assert.equal(answer.status, 200, await answer.text())
  }
  const ask = (path: string, body: object): Promise<Response> =>
    fetch(site.proxyUrl + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: site.proxyUrl },
      body: JSON.stringify(body),
    })
  const becomes = ({ id }: Told, order: number, status: string): Promise<WooOrder> =>
    until(`order ${order} is ${status}`, async () => {
      await ask(`/v1/checkouts/${id}/sent`, {})
      return book(order).status === status ? book(order) : undefined
    })

  it('tells the proxy the price and the pages to come back to', async () => {
    const { order, checkout } = await place('0620.5')
    const answer = await fetch(`${site.merchantUrl}/v1/merchant/checkouts/${checkout.id}`, {
      headers: { authorization: `Bearer ${site.secrets.merchantKey}` },
    })
    const { price, priceSource } = (await answer.json()) as Record<string, unknown>
    assert.deepEqual(
      { price, priceSource },
      { price: { amount: '620.50', currency: 'TRY' }, priceSource: 'merchant' },
    )
    const html = await (await fetch(`${site.proxyUrl}/c/${checkout.id}`)).text()
    for (const page of ['order-received', 'order-pay', 'cancel']) {
      assert.ok(html.includes(`${site.url}/${page}/${order}?key=`), page)
    }
  })

  it('holds an order that a part arrived for, and completes it with the rest', async () => {
    const { order, checkout } = await place()
    await pick(checkout)
    await playLast(sandbox.urls, 'pay-part')
    const { notes } = await becomes(checkout, order, 'on-hold')
    assert.match(notes.join(), /Less than the price arrived/)
    assert.equal(await send(paid(checkout, { version: 99 })), 204)
    assert.equal(book(order).status, 'processing')
  })

  it('completes an order once, however often and at once it is told', async () => {
    const { order, checkout } = await place()
    const told = [paid(checkout), paid(checkout), paid(checkout, { version: 6 })]
    const answers = await Promise.all(told.map((each) => send(each)))
    assert.deepEqual(answers, [204, 204, 204])
    assert.equal(await send(paid(checkout, { version: 7 })), 204)
    assert.deepEqual(standing(order), { status: 'processing', notes: 0, completed: ['9001'] })
  })

  const REFUSED: readonly [string, (checkout: Told) => Told, Telling, number][] = [
    ['forged', (checkout) => paid(checkout), { secret: ANOTHER_SECRET }, 400],
    ['replayed after five minutes', (checkout) => paid(checkout), { secondsAgo: 301 }, 400],
    [
      'about another amount',
      (checkout) => paid(checkout, { price: { amount: '2.45', currency: 'TRY' } }),
      {},
      409,
    ],
    [
      'about another currency',
      (checkout) => paid(checkout, { price: { amount: '245.50', currency: 'EUR' } }),
      {},
      409,
    ],
    [
      'about a price that a page named',
      (checkout) => paid(checkout, { priceSource: 'unsigned' }),
      {},
      409,
    ],
    [
      'about an order that is not there',
      (checkout) => paid({ ...checkout, orderId: 'WC-9' }),
      {},
      404,
    ],
    ['about another shop’s order', (checkout) => paid({ ...checkout, orderId: 'A-101' }), {}, 204],
  ]
  for (const [kind, toldOf, how, expected] of REFUSED) {
    it(`changes nothing for a notification ${kind}`, async () => {
      const { order, checkout } = await place()
      const untouched = book(order)
      assert.equal(await send(toldOf(checkout), how), expected)
      assert.deepEqual(book(order), untouched)
      assert.equal(await send(paid(checkout)), 204)
      assert.equal(book(order).status, 'processing', 'a good one is still taken')
    })
  }

  it('changes nothing for a version that is older than the one it knows', async () => {
    const { order, checkout } = await place()
    await send({ ...checkout, status: 'processing', version: 6 })
    const untouched = book(order)
    assert.equal(await send(paid(checkout)), 204)
    assert.deepEqual(book(order), untouched)
  })

  const HELD: readonly [string, object, RegExp][] = [
    ['a review', { status: 'review' }, /looked at/],
    ['money that came late', { reason: 'late' }, /late/],
    ['a provider that takes it back', { reason: 'conflict' }, /took it back/],
    [
      'a message that nobody signed',
      { payments: [{ ...PAYMENT, assurance: 'unsigned-webhook' }] },
      /nobody signed/,
    ],
    ['a refund', { status: 'refunded' }, /given back/],
  ]
  for (const [kind, more, note] of HELD) {
    it(`holds the order, with a note, for ${kind}`, async () => {
      const { order, checkout } = await place()
      assert.equal(await send(paid(checkout, more)), 204)
      assert.equal(await send(paid(checkout, more)), 204)
      const { status, notes, completed } = book(order)
      assert.deepEqual({ status, completed, notes: notes.length }, HOLDING)
      assert.match(notes.join(), note)
    })
  }
  const HOLDING = { status: 'on-hold', completed: [], notes: 1 }

  it('says of a second payment of an order that it is one', async () => {
    const { order, checkout } = await place()
    await send(paid(checkout))
    await send(paid({ ...checkout, id: 'another', orderId: `WC-${order}-2` }, { reason: 'late' }))
    const { status, notes, completed } = book(order)
    assert.deepEqual({ status, completed }, { status: 'processing', completed: ['9001'] })
    assert.match(notes.join(), /Paid a second time/)
    await send({ ...checkout, id: 'a third', version: 2, status: 'review' })
    assert.equal(book(order).status, 'processing', 'what is paid stays so')
    assert.equal(book(order).notes.length, 2)
  })

  it('holds an order that was cancelled before its money came', async () => {
    const { order, checkout } = await place()
    const { key } = site.read(`books/order-${order}.json`) as { key: string }
    await fetch(`${site.url}/cancel/${order}?key=${key}`)
    assert.equal(book(order).status, 'cancelled')
    assert.equal(await send(paid(checkout)), 204)
    assert.equal(book(order).status, 'on-hold')
    assert.match(book(order).notes.join(), /after the order was cancelled/)
    await send(paid(checkout, { version: 6, reason: 'conflict' }))
    assert.match(book(order).notes.at(-1) ?? '', /ask it\.$/, 'a note, and no other status')
  })

  it('opens a new checkout for an order whose checkout was canceled', async () => {
    const { order, checkout } = await place()
    const headers = {
      authorization: `Bearer ${site.secrets.merchantKey}`,
      'content-type': 'application/json',
    }
    const path = `${site.merchantUrl}/v1/merchant/checkouts/${checkout.id}/cancel`
    assert.equal((await fetch(path, { method: 'POST', headers, body: '{}' })).status, 200)
    const { key } = site.read(`books/order-${order}.json`) as { key: string }
    const again = await fetch(`${site.url}/order-pay/${order}?key=${key}`, {
      method: 'POST',
      redirect: 'manual',
    })
    const id = (again.headers.get('location') ?? '').split('/c/')[1] ?? ''
    assert.notEqual(id, checkout.id)
    const fresh = (await (await fetch(`${site.proxyUrl}/v1/checkouts/${id}`)).json()) as Told
    assert.deepEqual([fresh.orderId, fresh.status], [`WC-${order}-2`, 'pending'])
    const told = paid({ ...checkout, id, orderId: fresh.orderId })
    assert.equal(await send(told), 204)
    assert.equal(book(order).status, 'processing')
  })

  it('never shows a key, keeps it where the field is left empty, and counts no tests unless told to', async () => {
    const { merchantKey, webhookSecret } = site.secrets
    const { order, checkout } = await place()
    const fields = { enabled: '1', title: 'Coins', order_prefix: 'WC-', merchant_key: '' }
    const settings = {
      ...fields,
      merchant_url: site.merchantUrl,
      description: '',
      webhook_secret: '',
    }
    const names = Object.entries(settings)
    const body = new URLSearchParams(
      names.map(([name, value]) => [`woocommerce_crypto_checkout_${name}`, value]),
    )
    assert.equal((await fetch(`${site.url}/settings`, { method: 'POST', body })).status, 200)
    const page = await (await fetch(`${site.url}/settings`)).text()
    assert.ok(page.includes(`${site.url}${OF_PROXY}`))
    assert.ok(!page.includes(merchantKey) && !page.includes(webhookSecret))
    assert.equal(await send(paid(checkout, { testMode: true })), 204)
    assert.match(book(order).notes.join(), /test mode/)
    assert.deepEqual((await place()).order, order + 1, 'the key is still there')
  })

  it('offers another way where the proxy does not answer', async () => {
    const { order, checkout } = await place()
    await fetch(`${site.url}/settings`, {
      method: 'POST',
      body: new URLSearchParams({
        woocommerce_crypto_checkout_enabled: '1',
        woocommerce_crypto_checkout_order_prefix: 'WC-',
        woocommerce_crypto_checkout_merchant_url: 'http://localhost:1',
      }),
    })
    const answer = await fetch(`${site.url}/checkout`, { method: 'POST', redirect: 'manual' })
    assert.equal(answer.status, 502)
    assert.match(await answer.text(), /Please choose another/)
    // An order that no checkout was opened for is not paid by one.
    const unopened = { ...checkout, orderId: `WC-${order + 1}` }
    assert.equal(await send(paid(unopened)), 404)
    assert.equal(book(order + 1).status, 'pending')
  })
})
