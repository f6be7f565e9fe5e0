/**
 * `test/e2e/browser.ts`: what a shopper's browser is told and asks for, what its console says, and what
 * stands in each page, shadow trees included, when its window is closed.
 * @module
 */
import type { Browser, BrowserContext, Page, Request } from 'playwright-core'
import * as real from '../../e2e/browser.ts'
import { record } from '../recorder.ts'

// oxlint-disable-next-line import/export -- ours stands before theirs
export * from '../../e2e/browser.ts'

export async function launchBrowser(options?: real.BrowserOptions): Promise<Browser> {
  const browser = await real.launchBrowser(options)
  const open = browser.newContext.bind(browser)
  browser.newContext = async (options) => overhear(await open(options))
  return browser
}

function overhear(context: BrowserContext): BrowserContext {
  context.on('console', (message) => record('browser', `console: ${message.text()}`))
  context.on('weberror', (error) => record('browser', `error: ${String(error.error())}`))
  context.on('request', (request) => record('browser', describe(request)))
  context.on('page', (page) => {
    const close = page.close.bind(page)
    page.close = async (options) => {
      await writeDown(page)
      await close(options)
    }
  })
  const close = context.close.bind(context)
  context.close = async (options) => {
    await Promise.all(context.pages().map(writeDown))
    await close(options)
  }
  return context
}

const describe = (request: Request): string =>
  [
    `${request.method()} ${request.url()}`,
    ...Object.entries(request.headers()).map(([name, value]) => `${name}: ${value}`),
    request.postData() ?? '',
  ].join('\n')

async function writeDown(page: Page): Promise<void> {
  // One that is gone, or in the middle of going somewhere, has nothing to say.
  const text = await page.evaluate(readPage).catch(() => '')
  if (text) record('browser', `page: ${page.url()}\n${text}`)
}

/** Runs in the page. */
function readPage(): string {
  const read = (root: Document | ShadowRoot): string[] => {
    const inner = [...root.querySelectorAll('*')].flatMap(({ shadowRoot }) =>
      shadowRoot ? read(shadowRoot) : [],
    )
    const html = root instanceof Document ? root.documentElement.outerHTML : root.innerHTML
    return [html, ...inner]
  }
  const stores = [localStorage, sessionStorage].map((store) =>
    JSON.stringify(Object.entries(store)),
  )
  return [...read(document), ...stores, document.cookie].join('\n')
}
