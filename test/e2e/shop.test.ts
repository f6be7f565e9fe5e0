/**
 * The demo's own pages: nothing that axe knows is wrong with them, in light and dark, and they fit a
 * screen of 320 px.
 * @module
 */
import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { findViolations } from './axe.ts'
import { wantedBrowser } from './browser.ts'
import { choice, sees, startFlows } from './harness.ts'

const { world, flow } = await startFlows()
const LOOKS = [
  ['dark', { width: 320, height: 640 }],
  ['light', { width: 1440, height: 900 }],
] as const

flow('every page of the shop is accessible, and fits 320 px', async ({ page }) => {
  const { shopUrl } = world.stack
  await page.goto(shopUrl)
  await inspect(page, 'shop')
  await page.goto(`${shopUrl}/cart`)
  await page.getByText('There is nothing in it yet.').waitFor()
  await inspect(page, 'empty cart')

  await page.goto(shopUrl)
  await page.getByRole('button', { name: 'Add to cart: Lamp Mug' }).click()
  await page.goto(`${shopUrl}/cart`)
  await page.getByRole('button', { name: 'One more Lamp Mug' }).click()
  await inspect(page, 'cart')
  await page.getByRole('button', { name: 'Go to checkout' }).click()
  await choice(page, /Tether/).click()
  await choice(page, /TRON/).first().click()
  await sees(page, /Send USDT on TRON/)
  await page.getByRole('button', { name: 'Pay part' }).waitFor()
  await inspect(page, 'checkout')
  await page.goto(page.url().replace('/checkout/', '/orders/'))
  await inspect(page, 'order')

  for (const path of ['/embed/product', '/embed/unsigned']) {
    await page.goto(shopUrl + path)
    await choice(page, /Tether/).waitFor()
    await inspect(page, path)
  }
  await page.goto(`${shopUrl}/sandbox`)
  await page.getByRole('article').first().waitFor()
  await inspect(page, 'sandbox')
})

flow('the shop is told by the proxy, and has a receipt that it verified', async (shopper) => {
  const { page } = shopper
  const { orderId, checkoutUrl } = await world.place([{ product: 'first-light', quantity: 1 }])
  await shopper.open(checkoutUrl)
  await choice(page, /Tether/).click()
  await choice(page, /TRON/).first().click()
  await shopper.sees(/Send USDT on TRON/)
  const notice = page.locator('#standing-notice')
  await page.goto(`${world.stack.shopUrl}/orders/${orderId}`)
  await notice.getByText('Notified: checkout.pending.').waitFor()
  await world.play(orderId, 'pay')
  // nobody watches it at the checkout any more: the next look is soon
  await world.stack.clock.advance(15_000)
  await notice.getByText('Notified: checkout.paid, receipt verified.').waitFor()
  await inspect(page, 'a paid order')
})

flow(
  'so are the ways to pay, and the payment pages they lead to',
  async (shopper) => {
    const { page } = shopper
    const { lipaykripto, paycrypto, lincoln } = world.stack.sandboxUrls
    const { checkoutUrl } = await world.place([{ product: 'first-light', quantity: 2 }])
    await shopper.open(checkoutUrl)
    await choice(page, /MasterCard/).waitFor()
    await inspect(page, 'every way to pay')
    await choice(page, /Tether/).click()
    await inspect(page, 'networks')
    await choice(page, /TRON.*details/).click()
    await page.getByLabel('E-mail').waitFor()
    await inspect(page, 'questions')

    await page.setViewportSize({ width: 360, height: 740 })
    for (const [path, host, look] of [
      [[/TRX, USDT, ETH/], lipaykripto, /^USDT/],
      [[/Tether/, /TRON.*payment page/], paycrypto, /^Pay 18.63/],
      [[/MasterCard/], lincoln, /I have paid/],
    ] as const) {
      const order = await world.place([{ product: 'first-light', quantity: 2 }])
      await shopper.open(order.checkoutUrl)
      const opened = page.waitForEvent('popup')
      for (const name of path) await choice(page, name).first().click()
      if (host === lincoln) {
        await page.getByLabel('E-mail').fill('shopper@shop.example')
        await page.getByLabel('I accept the terms').check()
        await choice(page, 'Continue').click()
      }
      const popup = await opened
      const button = popup.getByRole('button', { name: look })
      await button.waitFor()
      if (host === lipaykripto) await button.click()
      await inspect(popup, host)
      await popup.close()
    }
  },
  { notInFirefox: 'its page dies where axe has looked before the questions are drawn' },
)

async function inspect(page: Page, name: string): Promise<void> {
  for (const [colorScheme, size] of LOOKS) {
    // Firefox is not told a colour scheme by its protocol: there, both are as it comes
    if (wantedBrowser() === 'chromium') await page.emulateMedia({ colorScheme })
    await page.setViewportSize(size)
    assert.deepEqual(await findViolations(page), [], `${name}, ${colorScheme}, ${size.width} px`)
    const [width, tooWide] = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement
      // less than the window where a scroll bar takes its part
      return [window.innerWidth, scrollWidth - clientWidth]
    })
    assert.deepEqual([width, tooWide], [size.width, 0], `${name} fits ${size.width} px`)
  }
}
