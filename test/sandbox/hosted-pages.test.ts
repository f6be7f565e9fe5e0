/**
 * The hosted pages in a real browser: each way they can end, at the width of a phone and of a
 * desktop, in light and dark, without a violation that axe can find.
 *
 * `SANDBOX_SHOTS=<folder>` keeps a picture of each.
 *
 * @module
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import process from 'node:process'
import { after, before, beforeEach, describe, it } from 'node:test'
import type axeCore from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { SANDBOX_CREDENTIALS, startSandbox } from '../../sandbox/index.ts'
import type { Sandbox } from '../../sandbox/index.ts'
import { launchBrowser } from '../e2e/browser.ts'
import { at, orderToken, send, textAt } from './helpers.ts'
import { pay } from './lipaykripto-helpers.ts'
import { create, createClient } from './paycrypto-helpers.ts'
import { startReceiver } from './receiver.ts'
import type { Receiver } from './receiver.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const WIDTHS = [360, 1280]
const SCHEMES = ['light', 'dark'] as const

describe('hosted pages', () => {
  let sandbox: Sandbox
  let browser: Browser
  /** The shop: where the pages lead back to, and where webhooks go. */
  let shop: Receiver
  const control = (method: string, path: string, body?: unknown) =>
    send(method, `${sandbox.urls.control}${path}`, body)

  before(async () => {
    ;[browser, shop, sandbox] = await Promise.all([
      launchBrowser(),
      startReceiver(),
      startSandbox(),
    ])
  })
  after(async () => {
    await browser.close()
    await sandbox.close()
    shop.close()
  })
  beforeEach(async () => {
    await control('POST', '/reset')
    shop.received.length = 0
  })

  const open = async (url: string): Promise<Page> => {
    const page = await browser.newPage()
    page.on('pageerror', (error) => assert.fail(error))
    await page.goto(url)
    return page
  }
  /** In every width and scheme: nothing sticks out, and axe has nothing to say. */
  const look = async (page: Page, name: string): Promise<void> => {
    await page.evaluate(AXE)
    for (const width of WIDTHS) {
      for (const colorScheme of SCHEMES) {
        await page.setViewportSize({ width, height: 800 })
        await page.emulateMedia({ colorScheme })
        const found: string[] = await page.evaluate(async () => {
          const { axe } = globalThis as unknown as { axe: typeof axeCore }
          const { violations } = await axe.run()
          return violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)].join(' '))
        })
        assert.deepEqual(found, [], `${name} ${width} ${colorScheme}`)
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        )
        assert.equal(overflow, 0, `${name} ${width}`)
        const folder = process.env['SANDBOX_SHOTS']
        if (folder !== undefined) {
          const path = join(folder, `${name}-${width}-${colorScheme}.png`)
          await page.screenshot({ path, fullPage: true })
        }
      }
    }
  }
  const press = (page: Page, name: string) => page.getByRole('button', { name }).click()
  const atShop = (page: Page) => page.waitForURL(`${shop.url}**`)
  const statusOf = async () => at((await control('GET', '/payments')).body, 0, 'status')

  describe('lipaykripto', () => {
    const openPayment = async (): Promise<Page> => {
      const fields = { paymentId: `ORDER_${Date.now()}`, webhookUrl: shop.url, tryAmount: 1249.9 }
      return open(textAt((await pay(sandbox, fields)).body, 'paymentUrl'))
    }

    it('a coin, its address, "I paid": confirmed, thanked, and told by webhook', async () => {
      const page = await openPayment()
      await page.getByRole('heading', { name: 'Choose a coin' }).waitFor()
      assert.match((await page.locator('#price').textContent()) ?? '', /1\.249,90/)
      await look(page, 'lipaykripto-choice')
      await press(page, 'USDT Tether on TRON')
      await page.getByRole('heading', { name: 'Send the coins' }).waitFor()
      assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'H2')
      assert.equal(await statusOf(), 'pending')
      assert.match((await page.locator('#address').textContent()) ?? '', /^T[1-9A-Za-z]{33}$/)
      await look(page, 'lipaykripto-transfer')
      await press(page, 'I paid')
      await page.getByRole('heading', { name: 'Thank you, it is paid' }).waitFor()
      await look(page, 'lipaykripto-ended')
      assert.equal(at((await shop.arrived(1)).body, 'status'), 'confirmed')
      await page.close()
    })

    it('leads to the post-payment page of the dashboard', async () => {
      await control('POST', '/lipaykripto/settings', { returnPage: shop.url })
      const page = await openPayment()
      await press(page, 'TRX TRON')
      await press(page, 'Fail')
      await atShop(page)
      assert.equal(await statusOf(), 'failed')
      await page.close()
    })

    it('another coin, walking away and back change nothing', async () => {
      const page = await openPayment()
      await press(page, 'ETH Ethereum')
      await press(page, 'Another coin')
      await press(page, 'TRX TRON')
      await press(page, 'Walk away')
      await page.getByRole('heading', { name: 'You walked away' }).waitFor()
      await look(page, 'lipaykripto-left')
      await press(page, 'Back to the payment')
      await page.getByRole('button', { name: 'I paid' }).waitFor()
      assert.equal(await statusOf(), 'pending')
      assert.equal(shop.received.length, 0)
      await page.close()
    })

    it('says that a link is none', async () => {
      const page = await open(`${sandbox.urls.lipaykripto}/payment/none`)
      await page.getByText('This payment link cannot be used.').waitFor()
      await look(page, 'lipaykripto-refused')
      await page.close()
    })
  })

  describe('paycrypto', () => {
    const openOrder = async (fields: Record<string, unknown> = {}) => {
      const client = createClient(sandbox, Date.now)
      const company_name = 'Çilek Ltd'
      const more = { company_name, return_url: `${shop.url}?a=1#end`, notify_url: shop.url }
      const id = await create(client, { ...more, ...fields })
      return { id, page: await open(`${sandbox.urls.paycrypto}/?id=${id}`) }
    }

    for (const [name, status] of [
      ['Pay 12.50 USD', 1],
      ['Pay, wait for confirmation', 2],
      ['Fail', 4],
      ['Cancel', 5],
    ] as const) {
      it(`${name}: back to return_url with id and status ${status}`, async () => {
        const { id, page } = await openOrder()
        await page.getByText('Çilek Ltd').waitFor()
        if (status === 1) await look(page, 'paycrypto-choice')
        await page.getByLabel('Solana').check()
        await press(page, name)
        await atShop(page)
        assert.equal(page.url(), `${shop.url}?a=1&id=${id}&status=${status}#end`)
        const { body } = await control('GET', `/payments/paycrypto/${id}`)
        assert.equal(at(body, 'details', 'code'), status)
        assert.equal(at(body, 'details', 'paidCurrency'), status < 3 ? 'USDT-SPL' : '')
        await page.close()
      })
    }

    it('offers the one coin of an order in a coin on a network', async () => {
      const { page } = await openOrder({ currency: 'USDT-BEP20' })
      await page.getByLabel('BNB Smart Chain').waitFor()
      assert.equal(await page.getByRole('radio').count(), 1)
      assert.equal(await page.getByRole('radio').isChecked(), true)
      await page.close()
    })

    it('thanks, where there is no return_url', async () => {
      const { page } = await openOrder({ return_url: undefined })
      await press(page, 'Pay 12.50 USD')
      await page.getByRole('heading', { name: 'Thank you, it is paid' }).waitFor()
      await look(page, 'paycrypto-ended')
      await page.close()
    })

    it('leads back by itself when an order that ended is opened again', async () => {
      const { id, page } = await openOrder()
      await control('POST', `/payments/paycrypto/${id}`, { action: 'expire' })
      await page.reload()
      await page.getByRole('heading', { name: 'The order has expired' }).waitFor()
      await atShop(page)
      assert.match(page.url(), /status=6/)
      await page.close()
    })

    it('says that a link is none', async () => {
      const page = await open(`${sandbox.urls.paycrypto}/?id=p1`)
      await page.getByText('This payment link cannot be used.').waitFor()
      await page.close()
    })
  })

  describe('redoya', () => {
    it('is paid by card, and leads to successfulURL', async () => {
      const { identifier } = SANDBOX_CREDENTIALS.redoya
      const token = orderToken({ successfulURL: `${shop.url}?order={order_id}` })
      const page = await open(`${sandbox.urls.redoya}/checkout#${token}#${identifier}`)
      await page.getByRole('heading', { name: 'Card details' }).waitFor()
      await look(page, 'redoya-card')
      await press(page, 'Walk away')
      await press(page, 'Back to the payment')
      await press(page, 'Pay by card')
      await atShop(page)
      assert.equal(await statusOf(), 'success')
      await page.close()
    })
  })
})
