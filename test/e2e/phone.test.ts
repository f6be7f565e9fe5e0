/**
 * On a phone 360 px wide, by touch, with what happens to phones: no network for a while, another app in
 * front, a wrong clock, two taps at once, the way back, a blocked window.
 * @module
 */
import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { choice, sees, startFlows } from './harness.ts'
import type { Shopper } from './harness.ts'

const { world, flow } = await startFlows()
const CART = [{ product: 'first-light', quantity: 1 }]
const PHONE = { isPhone: true }

/** A checkout with an address on screen. */
async function transfer(shopper: Shopper): Promise<string> {
  const { orderId, checkoutUrl } = await world.place(CART)
  await shopper.open(checkoutUrl)
  await choice(shopper.page, /Tether/).tap()
  await choice(shopper.page, /TRON/).first().tap()
  await shopper.sees('Send USDT on TRON')
  return orderId
}

flow(
  'no network for a while, and paid meanwhile',
  async (shopper) => {
    const { page, context } = shopper
    const orderId = await transfer(shopper)
    await context.setOffline(true)
    await page.getByText('You are offline').waitFor()
    assert.equal(await page.getByRole('heading', { name: 'Send USDT on TRON' }).count(), 1)
    await world.play(orderId, 'pay')
    await context.setOffline(false)
    await shopper.sees('Payment complete')
  },
  { ...PHONE, expected: [/ERR_INTERNET_DISCONNECTED|CORS request did not succeed/] },
)

flow(
  'in the wallet for ten minutes, with the page hidden: paid at once on coming back',
  async (shopper) => {
    const { page } = shopper
    const orderId = await transfer(shopper)
    await hide(page, true)
    await world.play(orderId, 'pay')
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    await page.waitForTimeout(4000)
    assert.deepEqual(
      asked.filter((url) => url.includes('/v1/checkouts/')),
      [],
      'nobody asks while the page is hidden',
    )
    const before = Date.now()
    await hide(page, false)
    await shopper.sees('Payment complete')
    assert.ok(Date.now() - before < 5000)
  },
  PHONE,
)

for (const hours of [-1, 1]) {
  flow(
    `a clock that is wrong by ${hours} h changes nothing`,
    async (shopper) => {
      await shopper.context.addInitScript((ms) => {
        const now = Date.now.bind(Date)
        Date.now = () => now() + ms
      }, hours * 3_600_000)
      const orderId = await transfer(shopper)
      const [left] =
        (await shopper.page.getByText(/Time left/).innerText()).match(/\d+:\d\d$/) ?? []
      assert.match(left ?? '', /^(40:00|39:\d\d)$/, 'forty minutes, by the proxy')
      await world.play(orderId, 'pay')
      await shopper.page.getByRole('button', { name: 'I have paid' }).tap()
      await shopper.sees('Payment complete')
    },
    PHONE,
  )
}

flow(
  'two fast taps on two networks: one address, that of the last',
  async (shopper) => {
    const { page } = shopper
    const { orderId, checkoutUrl } = await world.place(CART)
    await shopper.open(checkoutUrl)
    await choice(page, /Tether/).tap()
    await choice(page, /Ethereum/)
      .first()
      .waitFor()
    await page.locator('crypto-checkout').evaluate((element) => {
      const rows = [...(element.shadowRoot?.querySelectorAll<HTMLElement>('[part=method]') ?? [])]
      const named = (name: string) => rows.find((row) => row.textContent.includes(name))
      named('Ethereum')?.click()
      named('TRON')?.click()
    })
    await shopper.sees('Send USDT on TRON')
    const shown = await page.locator('crypto-checkout').locator('[part=address]').innerText()
    const known = (await world.played(orderId)).find(({ details }) => details['network'] === 'TRX')
    assert.ok(shown.replaceAll(/\s/g, '').includes(String(known?.details['address'])))
  },
  PHONE,
)

flow(
  'out to a payment page, and back by the back button: the way there is still open',
  async (shopper) => {
    const { page } = shopper
    const { orderId, checkoutUrl } = await world.place(CART)
    await shopper.open(checkoutUrl)
    await choice(page, /^Card/).tap()
    await page.getByRole('button', { name: /Pay by card/ }).waitFor()
    await page.goBack()
    await page.getByRole('link', { name: 'Open the payment page' }).tap()
    await page.getByRole('button', { name: /Pay by card/ }).tap()
    await shopper.sees('Payment complete')
    assert.equal((await world.merchantSees(orderId, 'paid')).payments.length, 1)
  },
  PHONE,
)

flow(
  'a reload on every screen finds it again',
  async (shopper) => {
    const { page } = shopper
    const { orderId, checkoutUrl } = await world.place(CART)
    const reloaded = async (title: string): Promise<void> => {
      await shopper.sees(title)
      await page.reload()
      await shopper.sees(title)
    }
    await shopper.open(checkoutUrl)
    await reloaded('How would you like to pay?')
    await choice(page, /Tether/).tap()
    await choice(page, /TRON/).first().tap()
    await reloaded('Send USDT on TRON')
    await world.play(orderId, 'pay-part', '4')
    await page.getByText('Part of the payment has arrived').first().waitFor()
    await page.reload()
    await page.getByText('Part of the payment has arrived').first().waitFor()
    await world.play(orderId, 'pay')
    await page.getByRole('button', { name: 'I have paid' }).tap()
    await reloaded('Payment complete')
    assert.equal((await world.played(orderId)).length, 1)
  },
  PHONE,
)

flow('where the second window is blocked, this one goes to the payment page', async (shopper) => {
  const { page, context } = shopper
  await context.addInitScript(() => {
    window.open = () => null
  })
  const { orderId, checkoutUrl } = await world.place(CART)
  await shopper.open(checkoutUrl)
  await shopper.pickCard()
  await page.getByRole('button', { name: /Pay by card/ }).click()
  await sees(page, 'Payment complete')
  await world.merchantSees(orderId, 'paid')
})

/** What a phone does to a page behind another app. */
async function hide(page: Page, isHidden: boolean): Promise<void> {
  await page.evaluate((hidden) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden })
    document.dispatchEvent(new Event('visibilitychange'))
  }, isHidden)
}
