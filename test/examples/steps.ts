/**
 * What a shopper does in an example, and what has to come of it.
 * @module
 */
import assert from 'node:assert/strict'
import type { Locator, Page } from 'playwright-core'
import type { Shopper } from '../e2e/harness.ts'
import type { World } from '../e2e/world.ts'
import { en } from '../../widget/locales/en.ts'
import { tr } from '../../widget/locales/tr.ts'

const LANGUAGES = [
  { locale: 'tr', heading: tr.choose },
  { locale: 'en', heading: en.choose },
] as const

/** The element of that page. */
export const checkoutOn = (page: Page): Locator => page.locator('crypto-checkout')

/** Fills the cart, and opens its checkout: the order token, a property, leads to that price. */
export async function checkOut(page: Page, mugs: number, price: string): Promise<void> {
  // Not `fill`: what it writes into a field for numbers, Firefox puts behind what is there.
  await page.getByLabel('Mugs').press('ControlOrMeta+a')
  await page.getByLabel('Mugs').press(String(mugs))
  await page.getByRole('button', { name: 'Check out' }).click()
  await checkoutOn(page).getByText(price).first().waitFor()
}

/** Takes the element from the page. */
export async function goBack(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Back to the cart' }).click()
  await page.getByLabel('Mugs').waitFor()
  assert.equal(await checkoutOn(page).count(), 0, 'the element is gone')
}

/** A property that changes while the element is there is seen at once, and again when it changes back. */
export async function switchTheme(page: Page): Promise<void> {
  const card = checkoutOn(page).locator('[part~=card]')
  const colour = (): Promise<string> =>
    card.evaluate((element) => getComputedStyle(element).backgroundColor)
  const light = await colour()
  await page.getByLabel('Dark').check()
  await checkoutOn(page).and(page.locator('[theme=dark]')).waitFor()
  assert.notEqual(await colour(), light, 'another colour')
  await page.getByLabel('Dark').uncheck()
  await checkoutOn(page).and(page.locator('[theme=light]')).waitFor()
  assert.equal(await colour(), light)
}

/** A language is a file of its own, which the page's policy has to let through. */
export async function switchLanguage(page: Page): Promise<void> {
  for (const { locale, heading } of LANGUAGES) {
    await checkoutOn(page).evaluate(
      (element, code) => Object.assign(element, { locale: code }),
      locale,
    )
    await page.getByRole('heading', { name: heading, exact: true }).waitFor()
  }
}

/** Pays in USDT on TRON. Gives the order's number, which the page shows. */
export async function pay(world: World, { page, pickCoin, sees }: Shopper): Promise<string> {
  const orderId = (await page.locator('output').textContent())?.trim() ?? ''
  await pickCoin(/Tether/, /TRON/)
  await sees('Send USDT on TRON')
  await world.play(orderId, 'pay')
  await sees('Payment complete')
  await world.merchantSees(orderId, 'paid')
  return orderId
}

/** Waits for what the page's own listener of `cc-paid` writes. */
export async function seesThanks(page: Page, orderId: string): Promise<void> {
  await page.getByText(`Thank you! ${orderId} is paid.`, { exact: true }).waitFor()
}
