/**
 * The focus stays: with its caret and what was typed, through everything that is drawn anew, and whatever
 * is pressed.
 * @module
 */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Page } from 'playwright-core'
import { focusOf, press, tabThrough } from './focus.ts'
import { openStage } from './stage.ts'

/** By then the scene's answer is there, and drawn. */
const ANSWERED_MS = 150

const stage = await openStage()
after(() => stage.close())

for (const [scene, field] of [
  ['choose-among-many', 'Search coins'],
  ['many-questions', 'E-mail'],
] as const) {
  test(`while something is typed, a poll takes neither focus nor caret nor text: ${field}`, async () => {
    const { page, card, close } = await stage.open(scene)
    const input = card.getByLabel(field).first()
    await input.focus()
    await page.keyboard.type('solna')
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('ArrowLeft')
    const drawn = await watchDrawing(page)
    await polled(page)
    await drawn()
    await page.keyboard.type('a')
    assert.equal(await input.inputValue(), 'solana')
    await close()
  })
}

test('what was ticked stays ticked, and focused', async () => {
  const { page, card, close } = await stage.open('questions')
  await card.getByRole('checkbox').focus()
  await page.keyboard.press('Space')
  await polled(page)
  assert.match((await focusOf(page)).what, /^input: I accept/)
  assert.equal(await card.getByRole('checkbox').isChecked(), true)
  await close()
})

test('an open question keeps the focus, wherever in it that is, through polls and seconds', async () => {
  const { page, card, close } = await stage.open('transfer')
  await card.getByRole('button', { name: 'Cancel payment' }).press('Enter')
  assert.equal((await focusOf(page)).what, 'button: Keep paying')
  await polled(page)
  assert.equal((await focusOf(page)).what, 'button: Keep paying')
  assert.equal((await press(page, 'Tab')).what, 'button: Cancel payment')
  await polled(page)
  assert.equal((await focusOf(page)).what, 'button: Cancel payment')
  await close()
})

test('a question takes the focus once; whoever leaves it is let go', async () => {
  const { page, card, close } = await stage.open('transfer')
  await card.getByRole('button', { name: 'Cancel payment' }).press('Enter')
  await card.getByRole('button', { name: /^Copy: Amount/ }).focus()
  await polled(page)
  assert.match((await focusOf(page)).what, /^button: Copy: Amount/)
  await close()
})

test('an address that is being selected stays selected, and details stay open', async () => {
  const { page, card, close } = await stage.open('details')
  await card.locator('[part=address] .address').click({ clickCount: 3 })
  const selected = () => page.evaluate(() => String(getSelection()))
  const before = await selected()
  assert.match(before, /^TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t/)
  await polled(page)
  assert.equal(await selected(), before)
  assert.equal(await card.locator('details').getAttribute('open'), '')
  await close()
})

for (const scene of [
  'choose-a-coin',
  'questions',
  'transfer-with-a-wallet-link',
  'cancel',
  'on-the-phone',
  'processing-with-details',
  'expired',
  'connection-lost',
  'left-behind',
]) {
  test(`whatever is pressed, the focus is not lost: ${scene}`, async () => {
    const first = await stage.open(scene)
    await first.card.locator('h2').focus()
    const stops = await tabThrough(first.page)
    await first.close()
    assert.ok(stops.length > 0)
    for (const [index, { what, flaw }] of stops.entries()) {
      assert.equal(flaw, null, what)
      if (!/^(button|summary)/.test(what)) continue
      const { page, card, close } = await stage.open(scene)
      await card.locator('h2').focus()
      for (let steps = 0; steps <= index; steps += 1) await page.keyboard.press('Tab')
      assert.equal((await focusOf(page)).what, what, 'the order is the same each time')
      await page.keyboard.press('Enter')
      await page.waitForTimeout(ANSWERED_MS)
      const focus = await focusOf(page)
      assert.equal(focus.flaw, null, `${what} leads to ${focus.what}`)
      await close()
    }
  })
}

/** The next answer of the proxy, drawn. */
async function polled(page: Page): Promise<void> {
  await page.waitForResponse((answer) => answer.url().includes('/v1/checkouts/'))
  await page.waitForTimeout(100)
}

/** Waits until the element has been drawn since: each time it looks for its title. */
async function watchDrawing(page: Page): Promise<() => Promise<unknown>> {
  const counted = await page.evaluateHandle(() => {
    const count = { drawn: 0 }
    const root = document.querySelector('crypto-checkout')?.shadowRoot
    if (!root) throw new Error('no card')
    const find = root.querySelector.bind(root)
    root.querySelector = (selectors: string) => {
      if (selectors === 'h2') count.drawn += 1
      return find(selectors)
    }
    return count
  })
  return () => page.waitForFunction(({ drawn }) => drawn > 0, counted)
}
