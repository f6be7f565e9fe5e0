/**
 * The merchant's console for everybody who keeps a shop: each page by the rules of axe, light and dark, on a
 * screen and on a phone, at 400 %; and its actions by keyboard alone.
 * @module
 */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Page } from 'playwright-core'
import { findViolations } from '../e2e/axe.ts'
import { MERCHANT_KEY } from '../proxy/support.ts'
import { openConsole } from './console-stage.ts'
import { focusOf, press, tabTo } from './focus.ts'
import type { Focus } from './focus.ts'

const TEST_MS = 60_000
const SCREEN = { viewport: { width: 1280, height: 900 } }
const PHONE = { viewport: { width: 360, height: 740 } }
/** 1280 × 1024 at 400 %. */
const ZOOMED = { viewport: { width: 320, height: 256 } }

const stage = await openConsole()
after(() => stage.close())
const { shop, pages } = stage

/** Every page, and the one that asks for the key. */
const PLACES = [...Object.entries(pages), ['the key', undefined]] as const

for (const colorScheme of ['light', 'dark'] as const) {
  for (const [device, options] of [
    ['a screen', SCREEN],
    ['a phone', PHONE],
  ] as const) {
    test(
      `${colorScheme}, on ${device}: nothing for axe, nothing to be moved sideways`,
      { timeout: TEST_MS },
      async () => {
        for (const [name, hash] of PLACES) {
          const { page, close } = await stage.open(hash, { ...options, colorScheme })
          await openAll(page)
          assert.deepEqual(await findViolations(page), [], name)
          assert.deepEqual(await findWide(page), [], `${name} fits`)
          await close()
        }
      },
    )
  }
}

test(
  'at 400 % nothing is moved sideways, and Tab leads to everything, where it is seen',
  { timeout: TEST_MS },
  async () => {
    for (const [name, hash] of PLACES) {
      const { page, close } = await stage.open(hash, ZOOMED)
      await openAll(page)
      assert.deepEqual(await findWide(page), [], `${name} fits`)
      const controls = await page.locator('a, button, input, select, summary').count()
      // beside these, a table that may have to be scrolled
      const stops = (await tabThrough(page)).filter(({ what }) => !what.startsWith('div:'))
      assert.deepEqual(
        stops.filter(({ flaw }) => flaw),
        [],
        name,
      )
      assert.equal(stops.length, controls, `${name}: all of them`)
      await close()
    }
  },
)

test(
  'a page that was gone to begins at its title, in the tab as well',
  { timeout: TEST_MS },
  async () => {
    const { page, close } = await stage.open('#/checkouts', SCREEN)
    await page.locator('body').click({ position: { x: 5, y: 5 } })
    await tabTo(page, /^a: A-PAID/)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'A-PAID' }).waitFor()
    await page.waitForFunction(() => document.activeElement?.localName === 'h2')
    assert.deepEqual(await focusOf(page), { what: 'h2: A-PAID', flaw: null })
    assert.equal(await page.title(), 'A-PAID · Console · crypto-checkout')
    const here = page.locator('nav [aria-current]')
    assert.deepEqual(await here.allTextContents(), ['Orders'])
    await close()
  },
)

test(
  'a question is asked once, left with Escape, answered once, and gives the focus back',
  { timeout: TEST_MS },
  async () => {
    const { page, close } = await stage.open('#/deliveries', SCREEN)
    const posts = postsOf(page)
    const name = /^button: Send again: checkout.paid of A-PAID/
    await page.locator('h2').focus()
    await tabTo(page, name)
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Send checkout.paid of A-PAID again?' })
    await dialog.waitFor()
    assert.ok(
      await dialog.evaluate((it) => it.contains(document.activeElement)),
      'the focus is inside',
    )
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    assert.match((await focusOf(page)).what, name)
    assert.deepEqual(posts, [], 'nothing was done')

    await page.keyboard.press('Enter')
    await tabTo(page, /^button: No$/)
    await page.keyboard.press('Space')
    await dialog.waitFor({ state: 'detached' })
    assert.match((await focusOf(page)).what, name)
    assert.deepEqual(posts, [], 'nothing was done')

    let answer = (): void => undefined
    const slow = new Promise<void>((resolve) => (answer = resolve))
    await page.route('**/redeliver', async (route) => {
      await slow
      await route.continue()
    })
    await page.keyboard.press('Enter')
    await tabTo(page, /^button: Send again$/)
    for (const key of ['Enter', 'Enter', 'Space', 'Escape']) await page.keyboard.press(key)
    assert.ok(await dialog.isVisible(), 'it is being done')
    answer()
    await page.getByRole('status').getByText('checkout.paid of A-PAID is sent again now.').waitFor()
    await dialog.waitFor({ state: 'detached' })
    assert.equal(posts.length, 1)
    assert.notEqual((await focusOf(page)).what, 'body')
    await close()
  },
)

test('of what cannot be taken back, No has the focus: who presses Enter twice has sent nothing', async () => {
  const { page, close } = await stage.open('#/payouts', SCREEN)
  const posts = postsOf(page)
  await page.getByText('Send one').click()
  for (const [label, value] of [
    [/Your number/, 'W-9'],
    [/^Amount/, '100.00'],
    [/^Currency/, 'TRY'],
    [/^Coin/, 'TRX'],
    [/^Wallet/, 'TXaxqXSZkZAsXmnFWYc6MPFdSXkUP1H3gq'],
  ] as const)
    await page.getByLabel(label).fill(value)
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Send 100.00 TRY in TRX?' })
  await dialog.waitFor()
  assert.equal((await focusOf(page)).what, 'button: No')
  await page.keyboard.press('Enter')
  await dialog.waitFor({ state: 'detached' })
  assert.deepEqual(posts, [])
  assert.match((await focusOf(page)).what, /^input: Wallet address/)
  await close()
})

test('who asks again stays where he is', { timeout: TEST_MS }, async () => {
  const { page, close } = await stage.open('#/providers/cryptom', SCREEN)
  await page.locator('h2').focus()
  await tabTo(page, /^button: Ask again/)
  await Promise.all([
    page.waitForResponse('**/providers/cryptom/payments**'),
    page.keyboard.press('Enter'),
  ])
  await page.getByRole('status').getByText('They are asked again.').waitFor()
  assert.match((await focusOf(page)).what, /^button: Ask again/)
  await close()
})

test('what has the focus may go; the title has it then', { timeout: TEST_MS }, async () => {
  const { page, close } = await stage.open('#/payouts', SCREEN)
  await page.locator('h2').focus()
  await tabTo(page, /^button: Ask them: W-3/)
  await page.keyboard.press('Enter')
  await page.getByRole('status').getByText('W-3 is pending.').waitFor()
  assert.match((await focusOf(page)).what, /^button: Ask them: W-3/)
  await shop.control('POST', '/payments/lipaykripto/withdrawal:W-3', { action: 'confirm' })
  await page.getByRole('button', { name: 'Ask them: W-3' }).waitFor({ state: 'detached' })
  assert.equal((await focusOf(page)).what, 'h2: Withdrawals')
  await close()
})

test('who has entered begins at the title', { timeout: TEST_MS }, async () => {
  const { page, close } = await stage.open(undefined, SCREEN)
  await page.getByLabel(/The merchant's key/).fill(MERCHANT_KEY)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Orders' }).waitFor()
  assert.equal((await focusOf(page)).what, 'h2: Orders')
  await close()
})

test('what could not be read is said until it could', { timeout: TEST_MS }, async () => {
  const { page, close } = await stage.open('#/checkouts', SCREEN)
  await page.route('**/v1/merchant/checkouts**', (route) => route.abort())
  await page.getByRole('alert').waitFor()
  await page.unroute('**/v1/merchant/checkouts**')
  await page.getByRole('alert').waitFor({ state: 'detached' })
  await close()
})

test('what was refused is said, and the focus is where it was', { timeout: TEST_MS }, async () => {
  const { page, close } = await stage.open('#/deliveries', SCREEN)
  await page.route('**/redeliver', (route) =>
    route.fulfill({ status: 503, json: { title: 'Busy' } }),
  )
  await page.locator('h2').focus()
  await tabTo(page, /^button: Send again: checkout.refunded/)
  await page.keyboard.press('Enter')
  await tabTo(page, /^button: Send again$/)
  await page.keyboard.press('Enter')
  await page.getByRole('alert').getByText('Busy').waitFor()
  assert.equal(await page.getByRole('status').textContent(), '')
  assert.match((await focusOf(page)).what, /^button: Send again: checkout.refunded/)
  await close()
})

test('a button keeps its order while others arrive above it', { timeout: TEST_MS }, async () => {
  const { page, close } = await stage.open('#/deliveries', SCREEN)
  await page.locator('h2').focus()
  const name = /^button: Send again: checkout.review of A-REVIEW/
  await tabTo(page, name)
  await shop.begin('redoya', { orderId: 'A-LATER' })
  await page
    .getByRole('row', { name: /A-LATER/ })
    .first()
    .waitFor()
  assert.match((await focusOf(page)).what, name)
  await close()
})

test(
  'an order is decided by keyboard, and the record says by whom',
  { timeout: TEST_MS },
  async () => {
    const { page, close } = await stage.open(pages['an order to be decided'], SCREEN)
    const posts = postsOf(page)
    await page.locator('h2').focus()
    await tabTo(page, /^button: It is paid/)
    await page.keyboard.press('Enter')
    await tabTo(page, /^button: It is paid$/)
    await page.keyboard.press('Enter')
    assert.deepEqual(posts, [], 'not without a reason')
    assert.match((await focusOf(page)).what, /^input: Who decided it, and why/)
    await page.keyboard.type('Ada: the rest came by hand')
    await page.keyboard.press('Enter')
    await page.getByRole('status').getByText('A-REVIEW is paid.').waitFor()
    await page.getByText('Ada: the rest came by hand').waitFor()
    assert.deepEqual(await focusOf(page), { what: 'h2: A-REVIEW', flaw: null })
    assert.equal(posts.length, 1)
    await close()
  },
)

/** What is folded up counts as well. */
async function openAll(page: Page): Promise<void> {
  await page.locator('details').evaluateAll((all) => {
    for (const each of all) each.setAttribute('open', '')
  })
}

/** What has to be moved sideways to be seen: the page, or a table in it. */
function findWide(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('.scroll')]
      .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
      .map((each) => `${each.ariaLabel ?? 'page'}: ${each.scrollWidth} px in ${each.clientWidth}`),
  )
}

async function tabThrough(page: Page): Promise<readonly Focus[]> {
  await page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
  })
  const found: Focus[] = []
  for (;;) {
    const focus = await press(page, 'Tab')
    if (focus.what === 'body') return found
    found.push(focus)
    assert.ok(found.length < 100, 'Tab goes round and round')
  }
}

/** What the page changes, as it does. */
function postsOf(page: Page): readonly string[] {
  const posts: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'POST') posts.push(request.url())
  })
  return posts
}
