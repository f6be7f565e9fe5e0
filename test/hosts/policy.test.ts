/**
 * The strictest policies: what is loaded, what is refused, and that nothing less would do.
 * @module
 */
import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { startHosts } from './harness.ts'
import { elementOn, pays, paysByCard, seesChoice } from './paying.ts'

const { world, situation } = await startHosts()

situation('the strictest policy: paid', async ({ page, open }) => {
  const { order } = await open('/hosts/strict')
  await pays(elementOn(page), world, order)
})

situation('the strictest policy: by card, in a second window', async ({ page, open }) => {
  const { order } = await open('/hosts/strict')
  await paysByCard(page, elementOn(page))
  await world.merchantSees(order, 'paid')
})

situation('scripts by nonce: paid', async ({ page, open }) => {
  const { order } = await open('/hosts/nonce')
  await pays(elementOn(page), world, order)
})

situation('scripts by hash: paid', async ({ page, open }) => {
  const { order } = await open('/hosts/hash')
  await pays(elementOn(page), world, order)
})

situation(
  'a file that was changed is not run, and the link is still there',
  async ({ page, open }) => {
    const { order } = await open('/hosts/wrong-hash')
    assert.equal(await isDefined(page), false)
    await page.getByRole('link', { name: 'Pay here' }).click()
    await page.waitForURL(`**/orders/${order}`)
  },
  { expected: [/integrity/] },
)

situation('isolated from other origins: paid', async ({ page, open }) => {
  const { order } = await open('/hosts/isolated')
  assert.equal(await page.evaluate(() => crossOriginIsolated), true)
  await pays(elementOn(page), world, order)
})

situation('isolated from other origins: by card, whose window is cut off', async (visit) => {
  const { page, open } = visit
  const { order } = await open('/hosts/isolated')
  await paysByCard(page, elementOn(page))
  await world.merchantSees(order, 'paid')
})

situation('in another language: paid', async ({ page, open }) => {
  const { order } = await open('/hosts/language')
  const element = elementOn(page)
  await element.getByRole('button', { name: /Tether/ }).click()
  await element.getByRole('button', { name: /TRON/ }).first().click()
  await element.getByRole('heading', { name: /USDT.*TRON/ }).waitFor()
  await world.play(order, 'pay')
  await element.getByRole('heading', { name: 'Оплачено' }).waitFor()
})

situation(
  'a language that was changed on its way is not taken: in English',
  async ({ page, open }) => {
    await page.route(/\/crypto-checkout\.ru\.txt/, async (route) => {
      const response = await route.fetch()
      await route.fulfill({ response, body: (await response.text()).replace('Оплачено', 'Даром') })
    })
    await open('/hosts/language')
    await elementOn(page).getByRole('heading', { name: 'How would you like to pay?' }).waitFor()
  },
  { expected: [/integrity/, /./] },
)

situation(
  'in a language that the policy does not allow: in English',
  async ({ page, open }) => {
    const { order } = await open('/hosts/language?without=crypto-checkout.ru.txt')
    await pays(elementOn(page), world, order)
  },
  { expected: [/breach: connect-src .*ru\.txt/, /./] },
)

/** Each line of the policy that lets something in, and what is missing without it. */
const WITHOUT = {
  'script-src': /breach: script-src/,
  'connect-src': /breach: connect-src/,
  'trusted-types': /breach: trusted-types/,
}
for (const [directive, breach] of Object.entries(WITHOUT)) {
  situation(
    `nothing less would do: without ${directive} it does not work`,
    async ({ page, open }) => {
      const said = page.waitForEvent('console', (message) => breach.test(message.text()))
      await open(`/hosts/strict?without=${directive}`)
      await said
      assert.equal(
        await elementOn(page)
          .getByRole('button', { name: /Tether/ })
          .count(),
        0,
      )
    },
    { expected: [breach, new RegExp(`report:.*${directive}`), /./] },
  )
}

situation('the policy is what the document says', async ({ page, open }) => {
  await open('/hosts/strict')
  const answer = await page.reload()
  await seesChoice(elementOn(page))
  const { proxyUrl, shopUrl } = world.stack
  assert.equal(
    answer?.headers()['content-security-policy'],
    `default-src 'none'; script-src ${proxyUrl}/crypto-checkout.js; connect-src ${proxyUrl}/v1/; ` +
      "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
      "require-trusted-types-for 'script'; trusted-types crypto-checkout; " +
      `img-src ${shopUrl}/art/icon.svg; report-uri /hosts/reports`,
  )
})

const isDefined = (page: Page): Promise<boolean> =>
  page.evaluate(() => customElements.get('crypto-checkout') !== undefined)
