/**
 * The code for pages and for a server, put together in a browser: the order of the server is there to be paid,
 * as it was configured.
 */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { BACK_ENDS, FRONT_ENDS } from '../../demo/shop/scripts/playground/snippets/index.ts'
import type { Embedding } from '../../demo/shop/scripts/playground/snippets/index.ts'
import { launchBrowser } from '../e2e/browser.ts'
import { MERCHANT_KEY, ORDER_SECRET, startStack } from '../proxy/support.ts'
import type { Stack } from '../proxy/support.ts'
import { least } from './snippets/embeddings.ts'
import { withoutFolder } from './snippets/machine.ts'
import { buildPage, buildWidget, startPages } from './snippets/pages.ts'
import type { SnippetPages } from './snippets/pages.ts'
import { startServer } from './snippets/servers.ts'

const SECRETS = { ORDER_SECRET, MERCHANT_API_KEY: MERCHANT_KEY }
const PATIENCE_MS = 20_000
/** Of `widget/themes/paper.css`. */
const PAPER_RADIUS = '10px'

let pages: SnippetPages
let stack: Stack
let browser: Browser
let widget: string
before(async () => {
  pages = await startPages()
  stack = await startStack({ ALLOWED_ORIGINS: pages.url })
  browser = await launchBrowser()
  widget = await buildWidget()
})
after(async () => {
  await browser.close()
  await stack.close()
  await pages.close()
})

describe('the code for pages, in a browser', () => {
  for (const { id, title } of FRONT_ENDS) {
    const skip = id === 'angular' && withoutFolder('node_modules/@angular/platform-browser')
    const clicks = id === 'script-tag' || id === 'esm' ? [] : ['Check out']

    it(`${title}: shows the order of the server`, { skip, timeout: 60_000 }, () =>
      onPage(id, configured('token'), async (page) => {
        for (const name of clicks) await page.getByRole('button', { name }).click()
        await page.getByRole('heading', { name: 'Pick a coin' }).waitFor()
        await page.getByText('₺620.00').first().waitFor()
        const element = page.locator('crypto-checkout[theme=light][required].cc-paper')
        const styles = await element.evaluate((each) => {
          const style = getComputedStyle(each)
          return ['--cc-accent', '--cc-radius'].map((name) => style.getPropertyValue(name))
        })
        assert.deepEqual(styles, ['#0a7', PAPER_RADIUS], 'over the theme, and the theme')
        await element.evaluate((each) =>
          each.dispatchEvent(new CustomEvent('cc-paid', { detail: { orderId: 'A-1' } })),
        )
        await page.getByText('Thank you! A-1 is paid.').waitFor()
      }),
    )

    it(`${title}: opens a dialog, and opens it again`, { skip, timeout: 60_000 }, () =>
      onPage(id, configured('checkout', { mode: 'modal' }), async (page) => {
        const dialog = page.getByRole('dialog')
        for (const name of clicks) {
          await page.getByRole('button', { name }).click()
          await dialog.getByText('₺620.00').first().waitFor()
          await page.keyboard.press('Escape')
          await dialog.waitFor({ state: 'hidden' })
        }
        // The page listens to its button once it has the order.
        await page.locator('crypto-checkout').waitFor({ state: 'attached' })
        await page.getByRole('button', { name: 'Pay', exact: true }).click()
        await dialog.getByRole('heading', { name: 'Pick a coin' }).waitFor()
        await dialog.getByText('₺620.00').first().waitFor()
      }),
    )
  }
})

function configured(source: 'token' | 'checkout', attributes: object = {}): Embedding {
  return {
    ...least(source),
    proxyUrl: stack.url,
    merchantUrl: stack.url,
    attributes: { class: 'cc-paper', theme: 'light', required: '', ...attributes },
    properties: { '--cc-accent': '#0a7' },
    texts: { choose: 'Pick a coin' },
  }
}

/** Opens the page of a snippet; an error on it fails the test. */
async function onPage(
  id: string,
  embedding: Embedding,
  use: (page: Page) => Promise<void>,
): Promise<void> {
  const codeOf = (all: typeof FRONT_ENDS, which: string): string =>
    all.find((each) => each.id === which)?.code(embedding) ?? assert.fail(which)
  const shop = await startServer('node', codeOf(BACK_ENDS, 'node'), SECRETS)
  const page = await browser.newPage()
  const problems: string[] = []
  page.on('pageerror', ({ message }) => problems.push(message))
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text())
  })
  page.setDefaultTimeout(PATIENCE_MS)
  try {
    const code = codeOf(FRONT_ENDS, id)
    const built = id === 'script-tag' ? await rendered(code, shop.url) : await buildPage(id, code)
    pages.show({ ...built, shopUrl: shop.url })
    await page.route('**/crypto-checkout.js', (route) =>
      route.fulfill({ body: widget, contentType: 'text/javascript' }),
    )
    await page.goto(pages.url)
    await use(page)
  } finally {
    await page.close()
    await shop.close()
    assert.deepEqual(problems, [])
  }
}

/** As a server's template engine would. */
async function rendered(code: string, shopUrl: string) {
  const response = await fetch(`${shopUrl}/api/orders`, { method: 'POST' })
  const order = (await response.json()) as Record<string, string>
  const html = code.replace(/\{\{(\w+)\}\}/g, (_, name: string) => order[name] ?? assert.fail(name))
  return { html, script: '' }
}
