/**
 * Ways that are not straight, by keyboard alone and as they are heard: a dialog, a change of mind, a time
 * that runs out, a refusal.
 * @module
 */
import assert from 'node:assert/strict'
import { startFlows } from '../e2e/harness.ts'
import { tabTo } from './focus.ts'
import { createHeard } from './heard.ts'

const flows = await startFlows()
const { world, flow } = flows
const heard = createHeard(flows)

heard(
  'in a dialog: opened, kept inside, asked before it closes, and back at the button',
  'dialog',
  [{ product: 'first-light', quantity: 1 }],
  async (by) => {
    await by.page.locator('crypto-checkout').evaluate((it) => it.setAttribute('mode', 'button'))
    await by.tabTo(/^button: Pay with crypto/)
    await by.press('Enter')
    await by.reads('How would you like to pay?')
    await by.tabTo(/^button: Close/)
    await by.press('Escape')
    await by.press('Space')
    await by.reads('How would you like to pay?')
    await by.tabTo(/^button: Bitcoin/)
    await by.press('Enter')
    await by.reads(/^Send BTC/)
    await by.press('Escape')
    await by.tabTo(/^button: Close/)
    await by.press('Shift+Tab')
    await by.press('Enter')
    await by.reads(/^Send BTC/)
    await by.tabTo(/^button: Close/)
    await by.press('Enter')
    await by.tabTo(/^button: Close/)
    await by.press('Enter')
  },
)

heard(
  'another way, and back; a cancel that is asked about, kept, and meant',
  'cancel',
  [{ product: 'mug', quantity: 1 }],
  async (by) => {
    await by.tabTo(/^button: Bitcoin/)
    await by.press('Enter')
    await by.reads(/^Send BTC/)
    await by.press('Shift+Tab')
    await by.press('Enter')
    await by.reads('How would you like to pay?')
    await by.tabTo(/^button: Back to your payment/)
    await by.press('Enter')
    await by.reads(/^Send BTC/)
    await by.tabTo(/^button: Address only/)
    await by.press('Space')
    await by.tabTo(/^button: Cancel payment/)
    await by.press('Enter')
    await by.reads(/^Send BTC/)
    await by.press('Enter')
    await by.tabTo(/^button: Cancel payment/)
    await by.press('Enter')
    await by.tabTo(/^button: Cancel payment/)
    await by.press('Enter')
    await by.reads('Payment canceled')
    await by.tabTo(/^button: Choose again/)
    await by.press('Enter')
    await by.reads('How would you like to pay?')
  },
)

heard(
  'the time runs out, and a new price',
  'expired',
  [{ product: 'samples', quantity: 1 }],
  async (by, orderId) => {
    await by.tabTo(/^button: Ether/)
    await by.press('Enter')
    await by.reads(/^Send ETH/)
    await world.play(orderId, 'timeout')
    by.notes('the time runs out')
    await by.reads('The time to pay has run out')
    await by.tabTo(/^button: Get a new price/)
    await by.press('Enter')
    await by.reads(/^Send ETH/)
  },
)

heard(
  'a way that fails: said at once, and another one is at hand',
  'refused',
  [{ product: 'harbour', quantity: 2 }],
  async (by) => {
    await world.mishap('cryptom/create', 'status-500')
    await by.tabTo(/^button: Bitcoin/)
    await by.press('Enter')
    await by.hears(/not available now/)
    await by.reads('How would you like to pay?')
  },
  { expected: [/status of 50\d.*\/payments/] },
)

flow('at 400 % each step begins in view', async ({ page, open, sees }) => {
  const { checkoutUrl } = await world.place([{ product: 'first-light', quantity: 1 }])
  await page.setViewportSize({ width: 320, height: 256 })
  await open(checkoutUrl)
  await sees('How would you like to pay?')
  for (const [control, title] of [
    [/^button: Bitcoin/, /^Send BTC/],
    [/^button: Pay another way/, 'How would you like to pay?'],
    [/^button: Back to your payment/, /^Send BTC/],
  ] as const) {
    await tabTo(page, control)
    await page.keyboard.press('Enter')
    const heading = await sees(title)
    await page.waitForFunction(() => {
      const root = document.querySelector('crypto-checkout')?.shadowRoot
      return root?.activeElement?.localName === 'h2'
    })
    const { y, height } = (await heading.boundingBox()) ?? { y: -1, height: 0 }
    assert.ok(y >= 0 && y + height <= 256, `${await heading.textContent()} at ${y}`)
  }
})
