/**
 * The shop in five languages: as the browser asks for it, or as it was chosen; its checkout follows, and in
 * every direction each page is accessible and fits a phone.
 * @module
 */
import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { speechOf } from '../../demo/texts/languages.ts'
import { LOCALES } from '../../demo/gallery/locales.ts'
import { fill } from '../../widget/locales/fill.ts'
import { findViolations } from './axe.ts'
import { choice, sees, startFlows } from './harness.ts'

const { world, flow } = await startFlows()

for (const locale of LOCALES) {
  const { lang: language, dir: direction } = locale
  const { t, lira } = speechOf(language)

  flow(
    `from the shelf to the address in ${language}`,
    async ({ page, context }) => {
      const { shopUrl } = world.stack
      await page.setViewportSize({ width: 320, height: 740 })
      await page.goto(`${shopUrl}/?lang=${language}`)
      await sees(page, t.claim)
      const root = page.locator('html')
      assert.equal(await root.getAttribute('lang'), language)
      assert.equal(await root.getAttribute('dir'), direction)
      await inspect(page, 'shop')
      await page.getByRole('button', { name: `${t.addToCart}: Lamp Mug` }).click()
      await page.getByText(fill(t.added, 'Lamp Mug')).waitFor()

      // the choice was kept: no address names it from here on
      await page.goto(`${shopUrl}/cart`)
      await page.getByText(lira(245.5)).first().waitFor()
      await inspect(page, 'cart')
      await page.getByRole('button', { name: t.goToCheckout }).click()
      await sees(page, t.yourOrder)
      await sees(page, locale.choose)
      await choice(page, /Tether/).click()
      await choice(page, /TRON/).first().click()
      await sees(page, fill(locale.send, 'USDT', 'TRON'))
      await inspect(page, 'checkout')
      await page.goto(page.url().replace('/checkout/', '/orders/'))
      await sees(page, t.standings.pending.title)
      await page
        .locator('#standing-notice')
        .getByText(fill(t.notified, 'checkout.pending'))
        .waitFor()
      await inspect(page, 'order')
      await page.goto(`${shopUrl}/nowhere`)
      await sees(page, t.notFound)
      assert.equal((await context.cookies()).find(({ name }) => name === 'lang')?.value, language)
    },
    { expected: [/404 \(Not Found\)/] },
  )
}

flow('speaks as the browser asks, until somebody chooses', async ({ page, context }) => {
  const { shopUrl } = world.stack
  const [tr, uk] = [speechOf('tr').t, speechOf('uk').t]
  await context.setExtraHTTPHeaders({ 'accept-language': 'de, tr;q=0.8, en;q=0.5' })
  await page.goto(`${shopUrl}/cart`)
  await sees(page, tr.yourCart)
  await page.getByLabel(tr.language).click()
  await page.getByRole('link', { name: 'Українська' }).click()
  await sees(page, uk.yourCart)
  await page.getByRole('link', { name: uk.shop, exact: true }).click()
  await sees(page, uk.claim)
  await page.goto(`${shopUrl}/?lang=xx`)
  await sees(page, uk.claim)
})

flow('no panel lies over the checkout, in either direction', async ({ page, open }) => {
  const { checkoutUrl } = await world.place([{ product: 'first-light', quantity: 1 }])
  for (const language of ['en', 'ar']) {
    for (const width of [1280, 1024]) {
      await page.setViewportSize({ width, height: 900 })
      await open(`${checkoutUrl}?lang=${language}`)
      await choice(page, /Tether/).waitFor()
      const panel = page.getByRole('button', { name: 'Play the payer' })
      if ((await panel.getAttribute('aria-expanded')) === 'false') await panel.click()
      const isCovered = await page.evaluate(() => {
        scrollTo(0, document.documentElement.scrollHeight)
        const [checkout, panel] = ['crypto-checkout', '.panel.open'].map((selector) =>
          document.querySelector(selector)?.getBoundingClientRect(),
        )
        if (!checkout || !panel) return null
        const isBeside = checkout.right <= panel.left || panel.right <= checkout.left
        return !isBeside && checkout.bottom > panel.top
      })
      assert.equal(isCovered, false, `${language}, ${width} px`)
    }
  }
})

async function inspect(page: Page, name: string): Promise<void> {
  assert.deepEqual(await findViolations(page), [], name)
  const tooWide = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    return scrollWidth - clientWidth
  })
  assert.equal(tooWide, 0, `${name} fits`)
}
