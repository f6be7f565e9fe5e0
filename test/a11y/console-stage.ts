/**
 * The merchant's console on a socket, with everything in it that an operator can meet: orders that are paid, that
 * got a part, that wait for a person, that go back; a notification that the shop refused; withdrawals.
 * @module
 */
import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { SANDBOX_CREDENTIALS } from '../../sandbox/index.ts'
import { launchBrowser } from '../e2e/browser.ts'
import { startShop, until } from '../proxy/shop.ts'
import type { DetailedPayment, Shop } from '../proxy/shop.ts'
import { MERCHANT_KEY } from '../proxy/support.ts'

export interface ConsoleStage {
  readonly shop: Shop
  /** Each page by a name, with where it is: `#/…`. */
  readonly pages: Readonly<Record<string, string>>
  /** Opens one with the key in the tab; the page where it is asked for without `hash`. */
  open(
    hash?: string,
    options?: BrowserContextOptions,
  ): Promise<{ page: Page; close(): Promise<void> }>
  close(): Promise<void>
}

const BUILT = join(import.meta.dirname, '../../dist/console')
const WALLET = 'TXaxqXSZkZAsXmnFWYc6MPFdSXkUP1H3gq'
/** As long as a shop may name it. */
const LONG = `INV-2026-${'0123456789'.repeat(5)}`

export async function openConsole(): Promise<ConsoleStage> {
  const shop = await startShop({
    PAYOUTS: 'max:1000;daily:5000;addresses:any',
    LIPAYKRIPTO_STATUS_API_KEY: SANDBOX_CREDENTIALS.lipaykripto.apiKey,
  })
  const orders = await fill(shop)
  const files = readdirSync(BUILT).map((name) => [name, readFileSync(join(BUILT, name), 'utf8')])
  const proxy = await shop.join(
    { MERCHANT_PORT: '1' },
    { consoleFiles: Object.fromEntries(files) as Record<string, string> },
  )
  const { merchantFetch } = proxy
  assert.ok(merchantFetch)
  const { server, url } = await new Promise<{ server: ReturnType<typeof serve>; url: string }>(
    (resolve) => {
      const made = serve({ fetch: merchantFetch, port: 0 }, ({ port }) =>
        resolve({ server: made, url: `http://localhost:${port}/console/` }),
      )
    },
  )
  const browser = await launchBrowser()
  return {
    shop,
    pages: {
      orders: '#/checkouts',
      'to be looked at': '#/checkouts?needsPerson=true',
      'nothing found': '#/checkouts?orderId=NONE',
      'an order that is paid': `#/checkouts/${orders.paid}`,
      'an order that got a part': `#/checkouts/${orders.part}`,
      'an order to be decided': `#/checkouts/${orders.review}`,
      'an order that was paid back': `#/checkouts/${orders.refunded}`,
      notifications: '#/deliveries',
      providers: '#/providers',
      'a history': '#/providers/cryptom',
      'another history': '#/providers/paycrypto',
      withdrawals: '#/payouts',
    },
    open: (hash, options = {}) => open(browser, url, hash, options),
    async close() {
      await browser.close()
      server.close()
      if ('closeAllConnections' in server) server.closeAllConnections()
      await proxy.close()
      await shop.close()
    },
  }
}

async function open(
  browser: Browser,
  url: string,
  hash: string | undefined,
  options: BrowserContextOptions,
): Promise<{ page: Page; close(): Promise<void> }> {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  if (hash !== undefined) {
    await page.addInitScript((key) => {
      sessionStorage.setItem('crypto-checkout:merchant-key', key)
    }, MERCHANT_KEY)
  }
  await page.goto(url + (hash ?? ''))
  await page.locator('main h2, main form').first().waitFor()
  return { page, close: () => context.close() }
}

/** The ids of the checkouts that have a page of their own. */
async function fill(
  shop: Shop,
): Promise<Readonly<Record<'paid' | 'part' | 'review' | 'refunded', string>>> {
  const { receiver, clock } = shop
  receiver.behave(({ data }) => (data.orderId === 'A-GONE' ? 410 : 204))

  const looked = async (
    provider: 'cryptom' | 'paycrypto',
    order: object,
    play: (payment: DetailedPayment) => Promise<unknown>,
    status: string,
  ): Promise<string> => {
    const { checkout, payment } = await shop.begin(provider, order)
    await play(payment)
    await until(`${status} at ${provider}`, async () => {
      await shop.refreshed(checkout)
      return (await shop.detail(checkout)).payments.at(-1)?.status === status
    })
    return checkout.id
  }
  const cryptom = (action: string, more?: object) => (payment: DetailedPayment) =>
    shop.play('cryptom', payment.ref, action, more)
  const inTurn =
    (...actions: string[]) =>
    async (payment: DetailedPayment) => {
      for (const action of actions) await shop.play('paycrypto', payment.ref, action)
    }

  await shop.open({ orderId: LONG, description: 'Nobody has begun to pay' })
  const paid = await looked(
    'cryptom',
    { orderId: 'A-PAID', description: 'Harbour Blend and 1 more', metadata: { cart: '42' } },
    cryptom('pay'),
    'paid',
  )
  const part = await looked(
    'cryptom',
    { orderId: 'A-PART' },
    cryptom('pay-part', { amount: '4' }),
    'processing',
  )
  const review = await looked(
    'cryptom',
    { orderId: 'A-REVIEW' },
    async (payment) => {
      await cryptom('pay-part', { amount: '4' })(payment)
      await cryptom('timeout')(payment)
    },
    'review',
  )
  const refunded = await looked(
    'paycrypto',
    { orderId: 'A-REFUND' },
    inTurn('success', 'refunding', 'refunded'),
    'refunded',
  )
  await shop.begin('redoya', { orderId: 'A-GONE' })
  await until('a notification that failed', async () => {
    clock.advance(1000)
    return (await shop.deliveries('?status=failed')).length > 0
  })

  const pay = (requestId: string) =>
    shop.merchant('POST', '/payouts', {
      provider: 'lipaykripto',
      requestId,
      amount: '100.00',
      currency: 'TRY',
      asset: 'TRX',
      address: WALLET,
    })
  for (const [requestId, action] of [
    ['W-1', 'confirm'],
    ['W-2', 'fail'],
    ['W-3', null],
  ] as const) {
    await pay(requestId)
    if (action !== null) {
      await shop.control('POST', `/payments/lipaykripto/withdrawal:${requestId}`, { action })
    }
  }
  await shop.breakNext('lipaykripto', 'withdraw', 'reset')
  await pay('W-4')
  await until('they told how the withdrawals went', async () => {
    const { body } = await shop.merchant<{ payouts: { status: string }[] }>('GET', '/payouts')
    const found = body.payouts.map(({ status }) => status).toSorted()
    return found.join() === 'confirmed,failed,pending,unknown'
  })
  return { paid, part, review, refunded }
}
