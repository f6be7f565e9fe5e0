/**
 * In a sandboxed frame of another site: what works in it, and that every permission is needed. In
 * Chromium: Firefox gives a driver neither phones nor permissions for one context, and says otherwise
 * what it has blocked.
 * @module
 */
import assert from 'node:assert/strict'
import type { Frame, Locator, Page } from 'playwright-core'
import { startHosts } from './harness.ts'
import { elementOn, isPaid, pays, paysByCard } from './paying.ts'

const { world, situation } = await startHosts('chromium')
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }
const CLIPBOARD = { permissions: ['clipboard-read', 'clipboard-write'] }

situation('paid in a coin', async ({ page, open }) => {
  const { order } = await open('/hosts/frame')
  await pays(await elementIn(page), world, order)
})

situation(
  'what is copied is copied',
  async ({ page, open }) => {
    await open('/hosts/frame')
    const element = await picksBitcoin(page)
    await element.getByRole('button', { name: /Copy/ }).first().click()
    await element.getByText('Copied: Amount to send, BTC').waitFor()
  },
  CLIPBOARD,
)

situation('a link to a wallet leaves the checkout where it is', async ({ page, open }) => {
  const { order } = await open('/hosts/frame')
  const element = await picksBitcoin(page)
  await element.getByRole('link', { name: /wallet/ }).click()
  await isPaid(element, world, order)
})

situation('by card: a window that is no longer ours, and closes by itself', async (visit) => {
  const { page, open } = visit
  const { order } = await open('/hosts/frame')
  await paysByCard(page, await elementIn(page))
  await world.merchantSees(order, 'paid')
})

situation(
  'by card on a phone: a window, too',
  async ({ page, open }) => {
    const { order } = await open('/hosts/frame')
    await paysByCard(page, await elementIn(page))
    await world.merchantSees(order, 'paid')
  },
  PHONE,
)

situation('what a method asks first is answered', async ({ page, open }) => {
  await open('/hosts/frame')
  const element = await asksFirst(page)
  await element.getByRole('button', { name: 'Continue' }).click()
  await element.getByRole('heading', { name: 'Send USDT on TRON' }).waitFor()
})

situation('whoever may have sent money is asked before leaving', async ({ page, open }) => {
  await open('/hosts/frame')
  assert.deepEqual(await leaves(page), ['beforeunload'])
})

situation(
  'without allow-scripts nothing runs',
  async ({ page, open }) => {
    await open('/hosts/frame?without=allow-scripts')
    const frame = await frameOf(page)
    await frame.getByRole('heading').waitFor()
    assert.equal(await elementOn(frame).getByRole('button').count(), 0)
  },
  { expected: [/Blocked script execution/] },
)

situation(
  'without allow-same-origin the proxy does not know the page',
  async ({ page, open }) => {
    const [refusal] = await Promise.all([
      page.waitForResponse((answer) => answer.url().includes('/v1/checkouts')),
      open('/hosts/frame?without=allow-same-origin'),
    ])
    assert.equal(refusal.status(), 403)
  },
  { expected: [/status of 403/] },
)

situation(
  'without allow-forms nothing can be answered',
  async ({ page, open }) => {
    await open('/hosts/frame?without=allow-forms')
    const element = await asksFirst(page)
    await element.getByRole('button', { name: 'Continue' }).click()
    await element.getByRole('button', { name: 'Continue' }).waitFor()
  },
  { expected: [/Blocked form submission/] },
)

situation(
  'without allow-popups there is no payment page',
  async ({ page, open }) => {
    await open('/hosts/frame?without=allow-popups')
    const element = await elementIn(page)
    const said = page.waitForEvent('console', (each) => /Blocked opening/.test(each.text()))
    await element.getByRole('button', { name: /^Card/ }).click()
    await said
  },
  { expected: [/Blocked opening '' in a new window/, /./] },
)

situation(
  'without allow-popups-to-escape-sandbox the payment page is as restricted as the frame',
  async ({ page, open }) => {
    await open('/hosts/frame?without=allow-popups-to-escape-sandbox,allow-modals')
    const element = await elementIn(page)
    const [popup] = await Promise.all([
      page.waitForEvent('popup'),
      element.getByRole('button', { name: /^Card/ }).click(),
    ])
    await popup.getByRole('button', { name: /Pay by card/ }).waitFor()
    assert.equal(await popup.evaluate(() => confirm('May I?')), false)
  },
  { expected: [/Ignored call to 'confirm\(\)'. The document is sandboxed/] },
)

situation(
  'without clipboard-write nothing is copied, and the shopper is told',
  async ({ page, open }) => {
    await open('/hosts/frame?without=clipboard-write')
    const element = await picksBitcoin(page)
    await element.getByRole('button', { name: /Copy/ }).first().click()
    await element.getByText('Please select and copy the text.').waitFor()
  },
  { ...CLIPBOARD, expected: [/Clipboard API has been blocked/] },
)

situation('without allow-modals nobody is asked before leaving', async ({ page, open }) => {
  await open('/hosts/frame?without=allow-modals')
  assert.deepEqual(await leaves(page), [])
})

situation(
  'where the page around it does not list the wallet, its policy refuses the link',
  async ({ page, open }) => {
    await open('/hosts/frame?without=bitcoin:')
    const element = await picksBitcoin(page)
    const said = page.waitForEvent('console', (each) => /breach: frame-src/.test(each.text()))
    await element.getByRole('link', { name: /wallet/ }).click()
    await said
  },
  { expected: [/breach: frame-src/, /./] },
)

async function frameOf(page: Page): Promise<Frame> {
  const handle = await page.waitForSelector('iframe')
  const frame = await handle.contentFrame()
  assert.ok(frame)
  return frame
}

async function elementIn(page: Page): Promise<Locator> {
  const element = elementOn(await frameOf(page))
  await element.getByRole('button', { name: /Tether/ }).waitFor()
  return element
}

async function picksBitcoin(page: Page): Promise<Locator> {
  const element = await elementIn(page)
  await element.getByRole('button', { name: /Bitcoin/ }).click()
  await element.getByRole('heading', { name: /Send BTC/ }).waitFor()
  return element
}

async function asksFirst(page: Page): Promise<Locator> {
  const element = await elementIn(page)
  await element.getByRole('button', { name: /Tether/ }).click()
  await element.getByRole('button', { name: /TRON.*details first/ }).click()
  await element.getByRole('textbox').fill('buyer@shop.example')
  await element.getByRole('checkbox').check()
  return element
}

/** Says that it was sent, and leaves; which questions the browser asks. */
async function leaves(page: Page): Promise<readonly string[]> {
  const asked: string[] = []
  page.on('dialog', (dialog) => {
    asked.push(dialog.type())
    void dialog.accept()
  })
  const element = await picksBitcoin(page)
  await element.getByRole('button', { name: 'I have paid' }).click()
  await element
    .getByText(/Looking|on its way|being/)
    .first()
    .waitFor()
  await page.goto(`${world.stack.shopUrl}/cart`)
  return asked
}
