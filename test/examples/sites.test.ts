/**
 * The sites that are no programs of Node's, each with a proxy of its own: something is bought in a browser,
 * paid, and written down by whoever has to know.
 * @module
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { startFlows } from '../e2e/harness.ts'
import type { Shopper } from '../e2e/harness.ts'
import { until } from '../e2e/world.ts'
import { withoutCommand } from '../playground/snippets/machine.ts'
import type { BesideName } from '../../examples/shared/start-beside.ts'
import { playLast, startSite } from './beside.ts'
import type { StartedSite } from './beside.ts'

const STATIC = join(import.meta.dirname, '../../examples/static-site')
const COPY = join(import.meta.dirname, '../../examples/woocommerce/crypto-checkout/includes')
const RECIPES = join(import.meta.dirname, '../../docs/recipes')

const { world, flow } = await startFlows()
const { sandboxUrls } = world.stack
const withoutPhp = withoutCommand('php')

flow('static-site: two places are booked, paid, and thanked for', (shopper) =>
  onSite('static-site', async ({ url, merchantUrl, secrets }) => {
    const { page, sees } = shopper
    await page.goto(url)
    const article = page.getByRole('article').filter({ hasText: 'An evening at the wheel' })
    await article.getByLabel('Places').selectOption('2')
    await article.getByRole('button', { name: 'Book the evening' }).click()
    await page.getByText('₺960').first().waitFor()
    await payHere(shopper)
    const thanks = article.getByRole('status').filter({ hasText: 'Thank you!' })
    await thanks.waitFor()
    const [orderId = ''] = /[\da-f]{32}/.exec((await thanks.textContent()) ?? '') ?? []
    assert.equal(await page.getByText('Thank you!').count(), 1, 'thanks beside this article alone')
    await page.getByRole('button', { name: 'Close' }).click()
    await article.getByRole('button', { name: 'Book the evening' }).click()
    await sees('How would you like to pay?')

    const answer = await fetch(`${merchantUrl}/v1/merchant/checkouts?orderId=${orderId}`, {
      headers: { authorization: `Bearer ${secrets.merchantKey}` },
    })
    const { checkouts } = (await answer.json()) as { checkouts: Record<string, unknown>[] }
    assert.deepEqual(
      checkouts.map(({ status, price, priceSource }) => ({ status, price, priceSource })),
      [{ status: 'paid', price: { amount: '960', currency: 'TRY' }, priceSource: 'catalogue' }],
    )
  }),
)

test('static-site: what the page says a thing costs is what the catalogue says', () => {
  const html = readFileSync(join(STATIC, 'site/index.html'), 'utf8')
  const catalogue = JSON.parse(readFileSync(join(STATIC, 'catalogue.json'), 'utf8')) as Record<
    string,
    { amount: string; description: string; maxQuantity: number }
  >
  const articles = html.split('<article>').slice(1)
  const said = articles.map((article) => [
    /product="(\w+)"/.exec(article)?.[1],
    {
      amount: /₺([\d.]+)/.exec(article)?.[1],
      currency: 'TRY',
      description: /<h2>(.*)<\/h2>/.exec(article)?.[1],
      maxQuantity: article.match(/<option>/g)?.length,
    },
  ])
  assert.deepEqual(Object.fromEntries(said), catalogue)
})

if (withoutPhp) test('php-page and woocommerce', { skip: withoutPhp })
else {
  flow('php-page: a book is paid, and the shop’s own books say so', (shopper) =>
    onSite('php-page', async ({ url, read }) => {
      const { page } = shopper
      await page.goto(url)
      await page.getByRole('button', { name: 'Buy for ₺245.50' }).click()
      await page.getByText('It waits for your payment.').waitFor()
      await payHere(shopper)
      const orderId = (await page.locator('output').textContent()) ?? ''
      const order = await until('the shop is told', async () => {
        const known = read(`orders/${orderId}.json`) as {
          version: number
          shippedAt: string | null
        }
        return known.shippedAt === null ? undefined : known
      })
      assert.ok(order.version > 1)
      await page.getByRole('link', { name: 'Back to the shop' }).click()
      await page.getByText('It is paid, and on its way.').waitFor()
      assert.equal(await page.locator('crypto-checkout').count(), 0)
    }),
  )

  flow('woocommerce: an order is paid on the hosted page, and comes back complete', (shopper) =>
    onSite('woocommerce', async ({ url, proxyUrl, read }) => {
      const { page } = shopper
      await page.goto(url)
      await page.getByRole('button', { name: 'Place order' }).click()
      await page.waitForURL(`${proxyUrl}/c/*`)
      await payHere(shopper)
      const order = await until('the shop is told', async () => {
        const known = read('books/order-101.json') as { status: string; completed: string[] }
        return known.status === 'processing' ? known : undefined
      })
      assert.equal(order.completed.length, 1)
      await page
        .getByRole('link', { name: /Back to the shop/ })
        .first()
        .click()
      await page.waitForURL(`${url}/order-received/101?*`)
      await page.getByText('It is paid, and we are packing it.').waitFor()
    }),
  )
}

test('woocommerce: the plugin checks notifications as the recipe does, in a namespace of its own', () => {
  const recipe = readFileSync(join(RECIPES, 'verify_webhook.php'), 'utf8')
  const strict = 'declare(strict_types=1);\n'
  const spaced = `${strict}\nnamespace CryptoCheckout;\n\nuse RuntimeException;\n`
  assert.equal(
    readFileSync(join(COPY, 'verify_webhook.php'), 'utf8'),
    recipe.replace(strict, spaced),
  )
})

async function payHere({ pickCoin, sees }: Shopper): Promise<void> {
  await pickCoin(/Tether/, /TRON/)
  await sees('Send USDT on TRON')
  await playLast(sandboxUrls, 'pay')
  await sees('Payment complete')
}

async function onSite(name: BesideName, body: (site: StartedSite) => Promise<void>): Promise<void> {
  const site = await startSite(name, sandboxUrls)
  try {
    await body(site)
  } finally {
    await site.stop()
  }
}
