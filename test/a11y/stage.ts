/**
 * Scenes of the gallery, each alone on a page of its own, in a browser as its owner has set it up.
 * @module
 */
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { checkoutId } from '../../demo/gallery/scene.ts'
import { findScene } from '../../demo/gallery/scenes.ts'
import { launchBrowser } from '../e2e/browser.ts'
import { startGallery } from '../gallery/server.ts'

export interface Stage {
  /** Opens a scene, and waits until it is there. */
  open(scene: string, options?: SceneOptions): Promise<Shown>
  /** Opens all of them on one page, those of the whole page in frames. */
  openAll(options?: SceneOptions): Promise<Shown>
  close(): Promise<void>
}

/** Of the browser, and of the gallery's page. */
export interface SceneOptions extends BrowserContextOptions {
  /** A theme of the gallery; `light` by default. */
  readonly theme?: string
  /** Two letters; English by default. */
  readonly language?: string
  /** Done before the page is loaded. */
  readonly before?: (page: Page) => Promise<unknown>
}

export interface Shown {
  readonly page: Page
  /** The element. */
  readonly card: Locator
  close(): Promise<void>
}

/** As wide as the gallery's scenes are by default. */
const USUAL = { viewport: { width: 360, height: 740 } }
const PATIENCE_MS = 20_000

export async function openStage(): Promise<Stage> {
  const shop = await startGallery()
  const browser = await launchBrowser()
  return {
    open: (scene, options) => open(browser, shop.url, scene, options),
    openAll: (options) => open(browser, shop.url, null, options),
    async close() {
      await browser.close()
      await shop.close()
    },
  }
}

async function open(
  browser: Browser,
  url: string,
  scene: string | null,
  { theme = 'light', language = 'en', before, ...options }: SceneOptions = {},
): Promise<Shown> {
  const context = await browser.newContext({ ...USUAL, ...options })
  context.setDefaultTimeout(PATIENCE_MS)
  const page = await context.newPage()
  await before?.(page)
  const { frame } = findScene(scene ?? '') ?? {}
  if (frame?.isPopup) await page.addInitScript(() => (window.name = 'crypto-checkout:gallery'))
  const query = new URLSearchParams({
    theme,
    locale: language,
    ...(scene === null ? { still: '1' } : { scene, bare: '1' }),
    ...(scene !== null && frame?.isReturn && { checkout: checkoutId(scene) }),
  })
  await page.goto(`${url}/gallery?${query}`)
  await page.waitForFunction(() => !document.querySelector('.scene[data-state=waiting]'))
  const stuck = await page.locator('.scene:not([data-state=ready])').count()
  if (stuck > 0) throw new Error(`${stuck} scenes did not get there`)
  return { page, card: page.locator('crypto-checkout'), close: () => context.close() }
}

/** Runs in the page, and in its frames, on every card. */
export async function inEveryCard(
  page: Page,
  look: (root: ShadowRoot, scene: string) => readonly string[],
): Promise<readonly string[]> {
  const found: string[] = []
  for (const frame of page.frames()) {
    found.push(
      ...(await frame.evaluate((source) => {
        // oxlint-disable-next-line typescript/no-implied-eval -- the test's own function
        const each = new Function(`return (${source})`)() as typeof look
        return [...document.querySelectorAll<HTMLElement>('.scene')].flatMap((scene) => {
          const root = scene.querySelector('crypto-checkout')?.shadowRoot
          return root ? each(root, scene.dataset['scene'] ?? '') : []
        })
      }, String(look))),
    )
  }
  return found
}
