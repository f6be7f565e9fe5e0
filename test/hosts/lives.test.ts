/**
 * What a page does to the element before it works, and while it does.
 * @module
 */
import assert from 'node:assert/strict'
import type { Locator, Page } from 'playwright-core'
import { until } from '../e2e/world.ts'
import { startHosts } from './harness.ts'
import { elementOn, isPaid, pays, picksCoin, seesChoice } from './paying.ts'

const { world, situation } = await startHosts()

situation('properties set before the script, methods called after it', async ({ page, open }) => {
  await open('/hosts/early')
  const element = elementOn(page)
  await element.getByRole('dialog').waitFor()
  await seesChoice(element)
  const order = (await page.locator('#log li[data-order]').first().getAttribute('data-order')) ?? ''
  await pays(element, world, order)
  await page
    .locator(`crypto-checkout[data-paid="${order} with a receipt"]`)
    .waitFor({ state: 'attached' })
  const kept = await element.evaluate((node) => ({
    theme: node.getAttribute('theme'),
    mode: node.getAttribute('mode'),
    open: typeof (node as unknown as { open: unknown }).open,
  }))
  assert.deepEqual(kept, { theme: 'dark', mode: 'modal', open: 'function' })
})

situation('the world around it, set before the modules', async ({ page, open }) => {
  await open('/hosts/early-modules')
  await seesChoice(elementOn(page))
  assert.equal(await elementOn(page).getAttribute('data-asked'), '1')
})

situation('taken out during a payment, it asks nobody; put back, it goes on', async (visit) => {
  const { page, open } = visit
  const { order } = await open('/hosts/moved')
  const asked = watch(page)
  await picksCoin(elementOn(page))
  await page.getByRole('button', { name: 'Take out' }).click()
  const before = asked.count
  await page.waitForTimeout(6000)
  assert.equal(asked.count, before, 'it asks nobody while it is out')
  await page.getByRole('button', { name: 'Put back' }).click()
  await elementOn(page).getByRole('heading', { name: 'Send USDT on TRON' }).waitFor()
  await isPaid(elementOn(page), world, order)
  assert.deepEqual(await said(page), EVENTS_OF_A_PAYMENT)
})

situation('moved a hundred times during a payment: one poller, each event once', async (visit) => {
  const { page, open } = visit
  const { order } = await open('/hosts/moved')
  await picksCoin(elementOn(page))
  await page.evaluate(() => {
    for (let i = 0; i < 100; i++) document.getElementById('across')?.click()
  })
  await elementOn(page).getByRole('heading', { name: 'Send USDT on TRON' }).waitFor()
  await page.waitForTimeout(1000)
  const asked = watch(page)
  await page.waitForTimeout(6000)
  assert.ok(asked.count >= 1 && asked.count <= 4, `asked ${asked.count} times in 6 s`)
  await page.getByRole('button', { name: 'Move across' }).click()
  await isPaid(elementOn(page), world, order)
  assert.deepEqual(await said(page), EVENTS_OF_A_PAYMENT)
})

situation('moved while it loads: loaded once, and shown', async ({ page, open }) => {
  const held: (() => void)[] = []
  await page.route('**/v1/checkouts', async (route) => {
    await new Promise<void>((resolve) => held.push(resolve))
    await route.continue().catch(() => {})
  })
  const { order } = await open('/hosts/moved')
  await until('it has asked', async () => held[0])
  await page.getByRole('button', { name: 'Move across' }).click()
  await page.getByRole('button', { name: 'Take out' }).click()
  await page.unroute('**/v1/checkouts')
  for (const release of held) release()
  await page.waitForTimeout(500)
  assert.deepEqual(await said(page), [], 'out of the page it says nothing')
  await page.getByRole('button', { name: 'Put back' }).click()
  await seesChoice(elementOn(page))
  assert.deepEqual(await said(page), ['cc-ready pending', 'cc-state pending'])
  await pays(elementOn(page), world, order)
})

situation('before the script has come the link is there; then the element is', async (visit) => {
  const { page, open } = visit
  let release = (): void => {}
  const held = new Promise<void>((resolve) => (release = resolve))
  await page.route('**/crypto-checkout.js', async (route) => {
    await held
    await route.continue()
  })
  const opened = open('/hosts/link')
  await link(page).waitFor()
  assert.equal(await link(page).isVisible(), true)
  release()
  const { order } = await opened
  await pays(elementOn(page), world, order)
  assert.equal(await link(page).count(), 0, 'no part of what is read aloud')
  assert.equal(await page.locator('a', { hasText: 'Pay here' }).isVisible(), false)
})

situation('once the element is there, the link cannot have the focus', async ({ page, open }) => {
  await open('/hosts/link')
  await elementOn(page)
    .getByRole('button', { name: /Tether/ })
    .waitFor()
  const stops: string[] = []
  for (let i = 0; i < 12; i++) {
    await page.keyboard.press('Tab')
    stops.push(await page.evaluate(() => document.activeElement?.localName ?? ''))
  }
  assert.ok(stops.includes('crypto-checkout'))
  assert.ok(!stops.includes('a'), stops.join())
})

const link = (page: Page): Locator => page.getByRole('link', { name: 'Pay here' })

const EVENTS_OF_A_PAYMENT = [
  'cc-ready pending',
  'cc-state pending',
  'cc-select',
  'cc-state pending',
  'cc-state paid',
  'cc-paid paid',
]

const said = (page: Page): Promise<string[]> => page.locator('#log li').allTextContents()

/** Counts what the page asks the proxy. */
function watch(page: Page): { readonly count: number } {
  let count = 0
  page.on('request', (request) => {
    if (request.url().includes('/v1/checkouts')) count += 1
  })
  return {
    get count() {
      return count
    },
  }
}
