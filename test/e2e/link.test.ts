/**
 * A payment link: the proxy's own page, with the widget in it, and without JavaScript.
 * @module
 */
import assert from 'node:assert/strict'
import { en } from '../../demo/texts/en.ts'
import { choice, sees, startFlows } from './harness.ts'
import type { Shopper } from './harness.ts'

const { world, flow } = await startFlows()
const { stack } = world

/** What a merchant's backend does to have a link to send. */
async function makeLink(orderId: string): Promise<string> {
  const response = await fetch(`${stack.merchantUrl}/v1/merchant/checkouts`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${stack.secrets.merchantKey}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ orderId, amount: '385.00', currency: 'TRY', description: 'Beans' }),
  })
  const { url } = (await response.json()) as { url: string }
  return url
}

flow('paid by coin, in the shopper’s language', async ({ page }) => {
  const url = await makeLink('LINK-1')
  await page.setExtraHTTPHeaders({ 'accept-language': 'tr' })
  await page.goto(url)
  await page.getByText('Telefonda devam et').first().click()
  assert.ok(await page.locator('details svg').isVisible())
  await choice(page, /Tether/).click()
  await choice(page, /TRON/).first().click()
  await sees(page, /TRON ağından USDT gönderin/)
  await world.play('LINK-1', 'pay')
  await choice(page, 'Ödedim').click()
  await sees(page, 'Ödeme tamamlandı')
  await world.merchantSees('LINK-1', 'paid')
})

flow(
  'paid by card on a phone that came by the code, and back',
  async ({ page }) => {
    const url = await makeLink('LINK-2')
    await page.goto(url)
    await choice(page, /^Card/).click()
    await page.getByRole('button', { name: /Pay by card/ }).click()
    await sees(page, 'Payment complete')
    assert.equal(page.url(), url)
    await world.merchantSees('LINK-2', 'paid')
  },
  { isPhone: true },
)

flow(
  'paid without JavaScript',
  async ({ context }) => {
    const browser = context.browser()
    assert.ok(browser)
    const plain = await browser.newContext({ javaScriptEnabled: false })
    const page = await plain.newPage()
    try {
      const url = await makeLink('LINK-3')
      await page.goto(url)
      for (const text of ['Beans', '385.00 TRY', /switch on JavaScript/])
        await page.getByText(text).first().waitFor()
      await page.getByRole('button', { name: 'TRX, USDT, ETH' }).click()
      await page.waitForURL(`${stack.sandboxUrls.lipaykripto}/payment/**`)
      await world.play('LINK-3', 'confirm')
      await world.merchantSees('LINK-3', 'paid')
      await page.goto(url)
      await page.getByText('Paid. Thank you; the shop has been told.').waitFor()
    } finally {
      await plain.close()
    }
  },
  { notInFirefox: 'its protocol does not take scripts away' },
)

const CART = [{ product: 'first-light', quantity: 1 }]

/** The link that the shop's checkout gives away. */
async function linkFrom({ page }: Shopper): Promise<string> {
  await page.getByRole('button', { name: en.makeLink }).click()
  return page.getByLabel(en.paymentLink).inputValue()
}

flow(
  'given away by the shop: paid there, and both pages know; one order, one checkout',
  async (shopper) => {
    const { page, context } = shopper
    const { orderId, checkoutUrl } = await world.place(CART)
    await shopper.open(checkoutUrl)
    await choice(page, /Tether/).waitFor()
    const url = await linkFrom(shopper)
    const checkout = await world.merchant(orderId)
    assert.equal(url, `${stack.proxyUrl}/c/${checkout?.id}`)

    const [other] = await Promise.all([
      context.waitForEvent('page'),
      page.getByRole('link', { name: en.openLink }).click(),
    ])
    await choice(other, /Tether/).click()
    await choice(other, /TRON/).first().click()
    await sees(other, /Send USDT on TRON/)
    await world.play(orderId, 'pay')
    await choice(other, 'I have paid').click()
    await sees(other, 'Payment complete')
    await page.bringToFront()
    await sees(page, en.onTheList)
    assert.ok(await page.getByRole('heading', { name: en.payByLink }).isHidden())
    await other.locator('crypto-checkout').getByRole('link', { name: /shop/i }).click()
    await other.waitForURL(`${stack.shopUrl}/orders/${orderId}`)
    await sees(other, en.standings.paid.title)
  },
)

flow(
  'taken before the page has opened the order, and told to the shop all the same',
  async (shopper) => {
    const { page } = shopper
    const { orderId, checkoutUrl } = await world.place(CART)
    await page.route('**/v1/checkouts', (route) => route.abort())
    await shopper.open(checkoutUrl)
    const url = await linkFrom(shopper)
    assert.equal((await world.merchant(orderId))?.priceSource, 'merchant')
    await page.unroute('**/v1/checkouts')
    await page.reload()
    await choice(page, /Tether/).waitFor()
    assert.equal(await linkFrom(shopper), url, 'the page has opened the same checkout')
    await page.goto(url)
    await choice(page, /Tether/).click()
    await choice(page, /TRON/).first().click()
    await sees(page, /Send USDT on TRON/)
    await world.play(orderId, 'pay')
    await world.merchantSees(orderId, 'paid')
    await page.goto(`${stack.shopUrl}/orders/${orderId}`)
    await page.getByText(/receipt verified/).waitFor()
  },
  { expected: [/Failed to load resource/, /ERR_FAILED/, /CORS request did not succeed/] },
)

flow(
  'no link without the proxy, and the page says so',
  async (shopper) => {
    const { page } = shopper
    const { checkoutUrl } = await world.place(CART)
    await shopper.open(checkoutUrl)
    await page.route('**/link', (route) => route.fulfill({ status: 502, json: {} }))
    await page.getByRole('button', { name: en.makeLink }).click()
    await page.getByRole('status').getByText(en.noAnswer).waitFor()
    await page.unroute('**/link')
    assert.match(await linkFrom(shopper), /\/c\//)
  },
  { expected: [/502/] },
)
