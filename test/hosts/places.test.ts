/**
 * Where the element may stand: in shadow roots of the merchant's, and in a form.
 * @module
 */
import assert from 'node:assert/strict'
import { startHosts } from './harness.ts'
import { elementOn, pays, seesPaid } from './paying.ts'

const { world, situation } = await startHosts()

situation('in an open shadow root: paid, and the page hears of it', async ({ page, open }) => {
  const { order } = await open('/hosts/open-root')
  await pays(elementOn(page), world, order)
  await page.locator('#log').getByText('cc-paid paid').waitFor()
  assert.equal(await page.evaluate(() => document.querySelector('crypto-checkout')), null)
})

situation('in a closed shadow root: paid, and the page hears of it', async ({ page, open }) => {
  const { order } = await open('/hosts/closed-root')
  assert.equal(await page.locator('crypto-checkout').count(), 0, 'nobody sees it from outside')
  const handle = await page.evaluateHandle(() => (window as { inside?: Element }).inside)
  const element = handle.asElement()
  assert.ok(element)
  const see = (selector: string) => element.waitForSelector(selector)
  await (await see('role=button[name=/Tether/]')).click()
  await (await see('role=button[name=/TRON/]')).click()
  await see('role=heading[name="Send USDT on TRON"]')
  await world.play(order, 'pay')
  await see('role=heading[name="Payment complete"]')
  await world.merchantSees(order, 'paid')
  await page.locator('#log').getByText('cc-paid paid').waitFor()
})

situation('in a form: required until paid, then it carries the receipt', async (visit) => {
  const { page, open } = visit
  const { order } = await open('/hosts/form')
  const button = page.getByRole('button', { name: 'Place the order' })
  await elementOn(page)
    .getByRole('button', { name: /Tether/ })
    .waitFor()
  await button.click()
  assert.equal(await page.evaluate(() => document.activeElement?.localName), 'crypto-checkout')
  assert.equal(new URL(page.url()).pathname, '/hosts/form')
  await pays(elementOn(page), world, order)
  await button.click()
  await page.getByRole('heading', { name: 'Ordered, and paid' }).waitFor()
})

situation('in a form: a reload does not lose the receipt', async ({ page, open }) => {
  const { order } = await open('/hosts/form')
  await pays(elementOn(page), world, order)
  await page.reload()
  await seesPaid(elementOn(page))
  await page.getByRole('button', { name: 'Place the order' }).click()
  await page.getByRole('heading', { name: 'Ordered, and paid' }).waitFor()
})
