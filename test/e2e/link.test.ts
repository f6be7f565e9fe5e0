/**
 * A payment link: the proxy's own page, with the widget in it, and without JavaScript.
 * @module
 */
import assert from 'node:assert/strict'
import { choice, sees, startFlows } from './harness.ts'

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
