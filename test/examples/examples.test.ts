/**
 * Every example, built as its readers would build it, under the strictest policy that it works with: from
 * its cart to a paid order. A breach of the policy, and an error in the console, fail it.
 * @module
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createPorts } from '../../demo/ports.ts'
import { TRUSTED_TYPES, isPlain } from '../../examples/shared/policy.ts'
import type { ExampleName } from '../../examples/shared/policy.ts'
import { startShop } from '../../examples/shared/shop.ts'
import { startFlows } from '../e2e/harness.ts'
import { buildExample } from './build.ts'
import {
  checkOut,
  checkoutOn,
  goBack,
  pay,
  seesThanks,
  switchLanguage,
  switchTheme,
} from './steps.ts'

const NAMES = Object.keys(TRUSTED_TYPES) as ExampleName[]
const BUILT = NAMES.filter((name) => !isPlain(name))
const BUILD_MS = 90_000

const port = await createPorts().find(0)
const url = `http://localhost:${port}`
const { world, flow } = await startFlows([url])

for (const name of BUILT) {
  test(`${name} builds`, { timeout: BUILD_MS }, () => buildExample(name))

  flow(`${name}: from the cart to a paid order`, (shopper) =>
    withShop(name, async () => {
      const { page } = shopper
      await page.goto(url)
      await checkOut(page, 2, '₺491.00')
      await goBack(page)
      await checkOut(page, 1, '₺245.50')
      await switchTheme(page)
      await switchLanguage(page)
      const orderId = await pay(world, shopper)
      await seesThanks(page, orderId)
      await goBack(page)
    }),
  )
}

flow('script-tag: the page that the server wrote, to a paid order', (shopper) =>
  withShop('script-tag', async () => {
    const { page } = shopper
    await page.goto(url)
    await checkoutOn(page).getByText('₺245.50').first().waitFor()
    await switchTheme(page)
    await switchLanguage(page)
    await takeAwayAndBack()
    const orderId = await pay(world, shopper)
    await seesThanks(page, orderId)

    async function takeAwayAndBack(): Promise<void> {
      await checkoutOn(page).evaluate((element) => {
        const { parentNode, nextSibling } = element
        element.remove()
        parentNode?.insertBefore(element, nextSibling)
      })
      await checkoutOn(page).getByText('₺245.50').first().waitFor()
    }
  }),
)

flow('form: not sent before it is paid; then sent with the receipt, which is checked', (shopper) =>
  withShop('form', async () => {
    const { page } = shopper
    await page.goto(url)
    await checkoutOn(page).getByText('₺245.50').first().waitFor()
    await switchTheme(page)
    await switchLanguage(page)
    await page.getByLabel('Send it to').fill('1 Quay Street')
    const send = page.getByRole('button', { name: 'Place order' })
    await send.click()
    assert.equal(await page.locator('form:invalid').count(), 1, 'not yet')
    assert.match(page.url(), /\/\?order=/)

    const orderId = await pay(world, shopper)
    await seesThanks(page, orderId)
    assert.equal(await page.locator('form:valid').count(), 1)
    const receipt = await page.locator('form').evaluate((form) => {
      return String(new FormData(form as HTMLFormElement).get('receipt'))
    })
    await send.click()
    await shopper.sees('Thank you')
    assert.equal(await answerTo({ order: orderId, receipt: `${receipt.slice(0, -9)}A` }), 400)
    assert.equal(await answerTo({ order: 'EX-another', receipt }), 400)
    assert.equal(await answerTo({ order: orderId, receipt }), 200)
  }),
)

for (const name of NAMES) {
  const needed: readonly string[] = TRUSTED_TYPES[name]
  for (const missing of needed) {
    flow(
      `${name}: the policy has to name ${missing}`,
      ({ page }) =>
        withShop(
          name,
          async () => {
            const breach = page.waitForEvent('console', (message) =>
              message.text().startsWith('breach: trusted-types'),
            )
            await page.goto(url)
            // Some break at once and show no button; some only make theirs when there is markup to make.
            const click = page.getByRole('button', { name: 'Check out' }).click()
            await Promise.race([breach, click.catch(() => {}).then(() => breach)])
          },
          needed.filter((each) => each !== missing),
        ),
      { expected: [/./] },
    )
  }
}

async function answerTo(fields: Record<string, string>): Promise<number> {
  const { status } = await fetch(`${url}/orders`, {
    method: 'POST',
    body: new URLSearchParams(fields),
  })
  return status
}

async function withShop(
  name: ExampleName,
  body: () => Promise<void>,
  trustedTypes?: readonly string[],
): Promise<void> {
  const { proxyUrl, secrets } = world.stack
  const { orderSecret } = secrets
  const own = trustedTypes && { trustedTypes }
  const shop = await startShop({ name, port, proxyUrl, orderSecret, ...own })
  try {
    await body()
  } finally {
    await shop.close()
  }
}
