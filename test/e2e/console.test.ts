/**
 * The merchant's console, by whoever keeps the shop at three in the morning.
 * @module
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { choice, startFlows } from './harness.ts'

const { world, flow } = await startFlows()
const { stack } = world
const CART = [{ product: 'first-light', quantity: 1 }]

async function enter(page: Page): Promise<void> {
  await page.goto(`${stack.merchantUrl}/`)
  await page.getByLabel(/The merchant's key/).fill(stack.secrets.merchantKey)
  await page.getByRole('button', { name: 'Enter' }).click()
  await page.getByRole('heading', { name: 'Orders' }).waitFor()
}

flow(
  'is opened by the key alone, and forgotten on leaving',
  async ({ page }) => {
    await page.goto(`${stack.merchantUrl}/console/`)
    await page.getByLabel(/The merchant's key/).fill('not-the-key')
    await page.getByRole('button', { name: 'Enter' }).click()
    await page.getByRole('alert').getByText('Unauthorized').waitFor()
    await enter(page)
    await page.reload()
    await page.getByRole('heading', { name: 'Orders' }).waitFor()
    await page.getByRole('button', { name: 'Leave' }).click()
    await page.reload()
    await page.getByLabel(/The merchant's key/).waitFor()
    assert.ok(!(await page.content()).includes(stack.secrets.merchantKey))
  },
  { expected: [/401/] },
)

flow('nothing of it is on the public port', async () => {
  for (const path of ['/', '/console', '/console/', '/console/console.js']) {
    assert.equal((await fetch(stack.proxyUrl + path)).status, 404, path)
    assert.ok((await fetch(stack.merchantUrl + path)).ok, path)
  }
  const { headers } = await fetch(`${stack.merchantUrl}/console/`)
  assert.match(headers.get('content-security-policy') ?? '', /default-src 'none'.*frame-ancestors/)
  assert.doesNotMatch(headers.get('content-security-policy') ?? '', /unsafe/)
})

flow(
  'shows an order from the first to the last fact, and what the shop was told',
  async (shopper) => {
    const { page } = shopper
    const { orderId, checkoutUrl } = await world.place(CART)
    await shopper.open(checkoutUrl)
    await shopper.pickCoin(/Tether/, /TRON/)
    await shopper.sees(/Send USDT on TRON/)
    await world.play(orderId, 'pay')
    await choice(page, 'I have paid').click()
    await shopper.sees('Payment complete')
    await world.merchantSees(orderId, 'paid')

    await enter(page)
    await page.getByLabel('Order number').fill(orderId)
    await page.getByRole('button', { name: 'Find' }).click()
    await page.getByRole('link', { name: orderId }).click()
    await page.getByRole('heading', { name: orderId }).waitFor()
    await page.locator('.timeline').first().getByText('paid').first().waitFor()
    const table = page.getByRole('region', { name: 'Notifications' })
    await table.getByText('checkout.paid').waitFor()
    await table
      .getByRole('row', { name: /checkout\.paid/ })
      .getByText('delivered')
      .waitFor()
    await table
      .getByRole('row', { name: /checkout\.paid/ })
      .getByRole('button', { name: 'Send again' })
      .click()
    await page.getByRole('dialog').getByRole('button', { name: 'Send again' }).click()
    await page
      .getByRole('status')
      .getByText(/checkout\.paid of .+ is sent again now/)
      .waitFor()
  },
)

flow('ends what waits for a person, once, with a reason', async (shopper) => {
  const { page } = shopper
  const { orderId, checkoutUrl } = await world.place(CART)
  await shopper.open(checkoutUrl)
  await shopper.pickCoin(/Tether/, /TRON/)
  await shopper.sees(/Send USDT on TRON/)
  await world.play(orderId, 'pay-part', '4')
  await choice(page, 'I have paid').click()
  await world.play(orderId, 'timeout')
  await world.paymentIs(orderId, 'review')

  await enter(page)
  await page.getByRole('link', { name: 'To be looked at' }).click()
  await page.getByRole('link', { name: orderId }).click()
  await page.getByText('Less has arrived than the price.').waitFor()
  await page.getByRole('button', { name: 'It is paid' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'It is paid' }).click()
  assert.ok(await dialog.isVisible(), 'not without a reason')
  await dialog.getByLabel('Who decided it, and why').fill('Ada: paid the rest by hand')
  await dialog.getByRole('button', { name: 'It is paid' }).click()
  await page.getByRole('status').getByText(`${orderId} is paid.`).waitFor()
  await page.getByText('Ada: paid the rest by hand').waitFor()
  await world.merchantSees(orderId, 'paid')
})

const control = async (path: string, body: object): Promise<void> => {
  const answer = await fetch(stack.sandboxUrls.control + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  assert.ok(answer.ok, await answer.text())
}

flow('shows what a provider tells of its payments, and which of them are ours', async (shopper) => {
  const { page } = shopper
  const { orderId, checkoutUrl } = await world.place(CART)
  await shopper.open(checkoutUrl)
  await shopper.pickCoin(/Tether/, /TRON/)
  await shopper.sees(/Send USDT on TRON/)
  const { ref } = (await world.merchant(orderId))?.payments[0] ?? {}
  assert.ok(ref)

  await enter(page)
  await page.getByRole('link', { name: 'Providers' }).click()
  const provider = page.getByRole('region', { name: 'cryptom' })
  await provider.getByRole('link', { name: 'Payments, as they tell them' }).click()
  const table = page.getByRole('region', { name: 'Payments' })
  const row = table.getByRole('row', { name: new RegExp(ref) })
  await row.getByText('PENDING', { exact: true }).waitFor()
  await row.getByRole('link', { name: orderId }).waitFor()
  const filterBy = async (name: string, value: string): Promise<void> => {
    await page.getByLabel('Only where').selectOption(name)
    await page.getByLabel('is', { exact: true }).fill(value)
    await page.getByRole('button', { name: 'Find' }).click()
  }
  await filterBy('status', 'DONE')
  await page.getByText('They have none.').waitFor()
  await filterBy('status', 'PENDING')
  await row.waitFor()
  await filterBy('coin', 'not/a coin')
  await page.getByText('They have none.').waitFor()
  await filterBy('status', 'PENDING')
  await row.getByRole('link', { name: orderId }).click()
  await page.getByRole('heading', { name: orderId }).waitFor()
})

flow(
  'marks a payment of the provider’s that nobody here knows, and asks only when told to',
  async ({ page }) => {
    const record = {
      _id: '0123',
      status: 'DONE',
      currencyAmount: '12.00',
      currency: 'TRY',
      statusNote: 'by hand',
    }
    let asked = 0
    await page.clock.install()
    await page.route('**/providers/cryptom/payments**', (route) => {
      asked += 1
      const page = { page: asked, pages: 2, total: 2, payments: [record], ours: [null] }
      return route.fulfill({ json: page })
    })
    await enter(page)
    await page.goto(`${stack.merchantUrl}/console/#/providers/cryptom`)
    const row = page.getByRole('row', { name: /0123/ })
    await row.getByText('not ours').waitFor()
    await row.getByText('12.00 TRY').waitFor()
    assert.equal(await row.getByRole('link').count(), 0)
    await page.clock.runFor(60_000)
    assert.equal(asked, 1)
    await page.getByRole('button', { name: 'Older' }).click()
    await page.getByRole('button', { name: 'Newer' }).waitFor()
    assert.match(page.url(), /page=2/)
    await Promise.all([
      page.waitForResponse('**/providers/cryptom/payments**'),
      page.getByRole('button', { name: 'Ask again' }).click(),
    ])
    assert.equal(asked, 3)
  },
)

flow(
  'saves orders as CSV, and shows providers and withdrawals',
  async (shopper) => {
    const { page } = shopper
    const { orderId, checkoutUrl } = await world.place(CART)
    await shopper.open(checkoutUrl)
    await shopper.sees('How would you like to pay?')
    await enter(page)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save as CSV' }).click(),
    ])
    const text = readFileSync(await download.path(), 'utf8')
    assert.match(text, /^order,amount,currency,status/)
    assert.ok(text.includes(`\r\n${orderId},`), text)
    await page.getByRole('link', { name: 'Providers' }).click()
    await page.getByRole('region', { name: 'cryptom' }).getByText('answers').waitFor()
    await page.getByRole('link', { name: 'Withdrawals' }).click()
    await page.getByText('Send one').click()
    const fields = {
      'Your number for it': 'W-77',
      'Amount, such as 100.00': '100.00',
      'Currency, such as TRY': 'TRY',
      'Coin, such as USDT': 'TRX',
      'Wallet address': 'TXaxqXSZkZAsXmnFWYc6MPFdSXkUP1H3gq',
    }
    for (const [name, value] of Object.entries(fields)) await page.getByLabel(name).fill(value)
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Send it' }).click()
    const row = page.getByRole('row', { name: /W-77/ })
    await row.getByText('pending').first().waitFor()
    await control('/payments/lipaykripto/withdrawal:W-77', { action: 'confirm' })
    await row.getByText('confirmed').first().waitFor()
    assert.equal(await row.getByRole('button').count(), 0, 'it has ended')
    // once more with the same number: nothing is sent
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Send it' }).click()
    await page.getByRole('status').getByText('W-77 is confirmed.').waitFor()
    assert.equal(await page.getByRole('row', { name: /W-77/ }).count(), 1)
  },
  { notInFirefox: 'its protocol does not tell of a file that a script saved' },
)
