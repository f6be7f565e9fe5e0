/**
 * Flows: tests of what a shopper does and perceives, in a browser, with everything real behind it but
 * the payment companies. Each flow fails for an error in the console and for a breach of the page's
 * policy, whatever else it asserts.
 * @module
 */
import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { after, test } from 'node:test'
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { launchBrowser, wantedBrowser } from './browser.ts'
import { listenForProblems } from './problems.ts'
import { startWorld } from './world.ts'
import type { World } from './world.ts'

export interface FlowOptions {
  /** A phone: no second window, so payment pages open in this one. */
  readonly isPhone?: boolean
  /** Why it does not run in Firefox: a fact of that engine. */
  readonly notInFirefox?: string
  /** Errors in the console that belong to what is tested: the browser logs every failed request. */
  readonly expected?: readonly RegExp[]
}

/** One shopper's browser. */
export interface Shopper {
  readonly page: Page
  readonly context: BrowserContext
  /** Opens a checkout of the shop. */
  open(path: string): Promise<void>
  /** Picks a coin, then its network; the first that fits, where several companies take it. */
  pickCoin(coin: RegExp, network?: RegExp): Promise<void>
  pickCard(): Promise<void>
  /** Waits until there is such a title on the screen. */
  sees(title: string | RegExp): Promise<Locator>
}

export interface Flows {
  readonly world: World
  /** Declares a flow. */
  flow(name: string, body: (shopper: Shopper) => Promise<void>, options?: FlowOptions): void
}

const PATIENCE_MS = 20_000
const FLOW_MS = 60_000
const DESKTOP = { viewport: { width: 1280, height: 900 } }
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }
const PICTURES = '.cache/e2e'

/** Starts a world and a browser for the flows of this file, and ends both after them. */
export async function startFlows(origins: readonly string[] = []): Promise<Flows> {
  const world = await startWorld(origins)
  const engine = wantedBrowser()
  const browsers = new Map<boolean, Promise<Browser>>()
  after(async () => {
    for (const browser of browsers.values()) await (await browser).close()
    await world.close()
  })
  return {
    world,
    flow(name, body, options = {}) {
      const skip = engine === 'firefox' && (options.notInFirefox ?? false)
      test(name, { timeout: FLOW_MS, skip }, () => run(name, body, options))
    },
  }

  /** One for all flows of this file, where the engine has phones and desktops in one. */
  function browserFor(isPhone: boolean): Promise<Browser> {
    const own = engine === 'firefox' && isPhone
    const browser = browsers.get(own) ?? launchBrowser({ engine, isPhone: own })
    browsers.set(own, browser)
    return browser
  }

  async function run(
    name: string,
    body: (shopper: Shopper) => Promise<void>,
    { isPhone = false, expected = [] }: FlowOptions,
  ): Promise<void> {
    const { context, problems } = await openContext(await browserFor(isPhone), isPhone)
    const page = await context.newPage()
    try {
      await body(shopperOn(page, context, world.stack.shopUrl))
    } catch (error) {
      await takePicture(page, name)
      throw withClues(error, problems, world.complaints())
    } finally {
      await context.close()
    }
    const surprises = problems.filter((text) => !expected.some((each) => each.test(text)))
    assert.deepEqual(surprises, [], 'errors in the console')
  }
}

async function openContext(
  browser: Browser,
  isPhone: boolean,
): Promise<{ context: BrowserContext; problems: readonly string[] }> {
  const context = await browser.newContext(isPhone ? PHONE : DESKTOP)
  context.setDefaultTimeout(PATIENCE_MS)
  return { context, problems: await listenForProblems(context) }
}

function shopperOn(page: Page, context: BrowserContext, shopUrl: string): Shopper {
  const choose = (name: RegExp): Promise<void> => choice(page, name).first().click()
  return {
    page,
    context,
    open: async (path) => {
      await page.goto(shopUrl + path)
    },
    async pickCoin(coin, network) {
      await choose(coin)
      if (network) await choose(network)
    },
    pickCard: () => choose(/^Card/),
    sees: (title) => sees(page, title),
  }
}

/** A way to pay, or any other button of the widget on that page. */
export const choice = (page: Page, name: string | RegExp): Locator =>
  page.locator('crypto-checkout').getByRole('button', { name })

/** Waits until there is such a title on that page. */
export async function sees(page: Page, title: string | RegExp): Promise<Locator> {
  const heading = page.getByRole('heading', { name: title })
  await heading.waitFor()
  return heading
}

async function takePicture(page: Page, name: string): Promise<void> {
  mkdirSync(PICTURES, { recursive: true })
  const file = `${PICTURES}/${name.replaceAll(/\W+/g, '-').slice(0, 80)}.png`
  await page.screenshot({ path: file, fullPage: true }).catch(() => {})
}

function withClues(
  error: unknown,
  problems: readonly string[],
  complaints: readonly string[],
): unknown {
  if (!(error instanceof Error)) return error
  if (problems.length > 0) error.message += `\nIn the console:\n${problems.join('\n')}`
  if (complaints.length > 0) error.message += `\nIn the proxy's log:\n${complaints.join('\n')}`
  return error
}
