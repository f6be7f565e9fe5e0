/**
 * The gallery in a browser, standing still: one page per theme and language, in any width.
 * @module
 */
import type { Browser, Page } from 'playwright-core'
import { findScene } from '../../demo/gallery/scenes.ts'
import { launchBrowser } from '../e2e/browser.ts'
import { listenForProblems } from '../e2e/problems.ts'
import { startGallery } from './server.ts'

export interface Museum {
  /** Opens these scenes, or all, in English or another language. */
  open(theme: string, scenes?: readonly string[], language?: string): Promise<Wall>
  close(): Promise<void>
}

/** One page. Errors of a console and breaches of the policy are collected. */
export interface Wall {
  readonly page: Page
  readonly scenes: readonly string[]
  /** Those that did not arrive, with what each of them waits for. */
  readonly stuck: readonly string[]
  readonly problems: readonly string[]
  resize(width: number): Promise<void>
  /** A picture of the element, or of the frame that its dialog lies over. */
  shoot(scene: string): Promise<Buffer>
  /** Hangs all scenes again. */
  showAll(): Promise<void>
  close(): Promise<void>
}

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

const PATIENCE_MS = 30_000
const VIEWPORT = { width: 720, height: 2000 }
/** The browser logs every answer that is an error; these are the scenes' own. */
const OWN = /Failed to load resource: the server responded with a status of \d+ .*\/gallery\/api\//

export async function openMuseum(): Promise<Museum> {
  const shop = await startGallery()
  const browser = await launchBrowser()
  return {
    open: (theme, scenes, language) => open(browser, shop.url, theme, language, scenes),
    async close() {
      await browser.close()
      await shop.close()
    },
  }
}

async function open(
  browser: Browser,
  url: string,
  theme: string,
  language = 'en',
  wanted?: readonly string[],
): Promise<Wall> {
  const context = await browser.newContext({
    viewport: VIEWPORT,
    deviceScaleFactor: 1,
    reducedMotion: 'reduce',
    colorScheme: 'light',
    locale: 'en-GB',
    timezoneId: 'UTC',
  })
  context.setDefaultTimeout(PATIENCE_MS)
  const problems = await listenForProblems(context)
  const page = await context.newPage()
  const query = new URLSearchParams({
    theme,
    locale: language,
    still: '1',
    ...(wanted && { scene: wanted.join() }),
  })
  await page.goto(`${url}/gallery?${query}`)
  const states = await settle(page)
  return {
    page,
    scenes: states.filter(([, state]) => state === 'ready').map(([id]) => id),
    stuck: states.filter(([, state]) => state !== 'ready').map((each) => each.join(': ')),
    get problems() {
      return problems.filter((text) => !OWN.test(text))
    },
    async resize(width) {
      await page.evaluate((to) => {
        document.documentElement.dataset['width'] = String(to)
      }, width)
      await page.evaluate(frames)
    },
    shoot: (scene) => shoot(page, scene),
    showAll: () =>
      page.evaluate(() => {
        for (const { classList } of document.querySelectorAll('.scene')) classList.remove('away')
      }),
    close: () => context.close(),
  }
}

/** Waits for every scene: its name, and how far it came. */
async function settle(page: Page): Promise<readonly (readonly [string, string])[]> {
  await page.waitForFunction(() => !document.querySelector('.scene[data-state=waiting]'))
  await page.evaluate(frames)
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('.scene')].map(
      ({ dataset }) => [dataset['scene'] ?? '', dataset['state'] ?? ''] as const,
    ),
  )
}

/** Two frames: what changes size by an observer has done so. */
const frames = (): Promise<void> =>
  new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(() => resolve()))
  })

async function shoot(page: Page, scene: string): Promise<Buffer> {
  const hasDialog = findScene(scene)?.frame?.isDialog === true
  // Alone, and always in the same place: letters are drawn by where they stand.
  const clip = await page.evaluate(boxOf, { scene, hasDialog })
  return page.screenshot({ clip, caret: 'initial' })
}

/** Runs in the page. */
function boxOf({ scene, hasDialog }: { scene: string; hasDialog: boolean }): Box {
  for (const each of document.querySelectorAll<HTMLElement>('.scene'))
    each.classList.toggle('away', each.dataset['scene'] !== scene)
  window.scrollTo(0, 0)
  const frame = document.querySelector<HTMLIFrameElement>(`[data-scene="${scene}"] iframe`)
  const inner = frame?.contentDocument?.querySelector('crypto-checkout')
  const own = document.querySelector(`[data-scene="${scene}"] crypto-checkout`)
  const outer = frame?.getBoundingClientRect()
  const box = (hasDialog ? frame : (inner ?? own))?.getBoundingClientRect()
  if (!box) throw new Error(`no ${scene}`)
  const from = hasDialog || !outer ? { x: 0, y: 0 } : outer
  return {
    x: from.x + box.x,
    y: from.y + box.y,
    width: Math.ceil(box.width),
    height: Math.ceil(box.height),
  }
}
