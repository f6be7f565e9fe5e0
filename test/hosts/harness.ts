/**
 * Situations: tests of the element in pages as merchants have them, with everything real behind it.
 * Each fails for a breach of the page's policy (told by an event in the page, or reported by the
 * browser to the shop), for an error in the console, and for an error that nobody caught, in the page,
 * its frames and its windows, whatever else it asserts.
 * @module
 */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { launchBrowser, wantedBrowser } from '../e2e/browser.ts'
import { listenForProblems } from '../e2e/problems.ts'
import { startWorld } from '../e2e/world.ts'
import type { World } from '../e2e/world.ts'

/** One visitor of one page. */
export interface Visit {
  readonly page: Page
  readonly context: BrowserContext
  /** Opens a situation; says which orders it has. */
  open(path: string): Promise<Orders>
  /** What has gone wrong so far. */
  seen(): Promise<readonly string[]>
}

export interface Orders {
  readonly order: string
  readonly other: string
}

export interface VisitOptions extends BrowserContextOptions {
  /** What belongs to what is tested: errors in the console, breaches, reports. All have to come. */
  readonly expected?: readonly RegExp[]
}

export interface Hosts {
  readonly world: World
  readonly browser: Browser
  /** Declares a test. */
  situation(title: string, body: (visit: Visit) => Promise<void>, options?: VisitOptions): void
  /** Makes a visit, and throws for whatever went wrong in it. */
  visit(body: (visit: Visit) => Promise<void>, options?: VisitOptions): Promise<void>
}

const PATIENCE_MS = 20_000
const TEST_MS = 60_000
const DESKTOP = { viewport: { width: 1280, height: 900 } }
/** How long a report may be on its way: the browser sends it by itself, after the fact. */
const REPORT_MS = 300
/** How long what is expected may be on its way, on a machine that has other things to do. */
const EXPECTED_MS = 3000

/** In the engine that is wanted, but for what only one of them can be asked. */
export async function startHosts(engine = wantedBrowser()): Promise<Hosts> {
  const world = await startWorld()
  const browser = await launchBrowser({ engine })
  let known = 0
  after(async () => {
    await browser.close()
    await world.close()
  })
  const visit: Hosts['visit'] = async (body, { expected = [], ...options } = {}) => {
    const context = await browser.newContext({ ...DESKTOP, ...options })
    context.setDefaultTimeout(PATIENCE_MS)
    const problems = await listenForProblems(context)
    const page = await context.newPage()
    const seen = async (): Promise<readonly string[]> => {
      const reports = await readReports(world)
      return [...problems, ...reports.slice(known)]
    }
    const findMissing = (all: readonly string[]): readonly RegExp[] =>
      expected.filter((each) => !all.some((text) => each.test(text)))
    try {
      await body({ page, context, open: (path) => open(page, world.stack.shopUrl + path), seen })
      const end = Date.now() + EXPECTED_MS
      while (findMissing(await seen()).length > 0 && Date.now() < end) await pause(50)
      await pause(REPORT_MS)
      const all = await seen()
      const surprises = all.filter((text) => !expected.some((each) => each.test(text)))
      assert.deepEqual(surprises, [], 'breaches, reports and errors')
      assert.deepEqual(findMissing(all), [], 'that were expected')
    } catch (error) {
      const clues = (await seen()).join('\n')
      throw new Error(`${String(error)}\nSeen:\n${clues}`, { cause: error })
    } finally {
      await context.close()
      known = (await readReports(world)).length
    }
  }
  return {
    world,
    browser,
    visit,
    situation(title, body, options) {
      test(title, { timeout: TEST_MS }, () => visit(body, options))
    },
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

async function readReports(world: World): Promise<string[]> {
  const answer = await fetch(`${world.stack.shopUrl}/hosts/reports`)
  return ((await answer.json()) as unknown[]).map((each) => `report: ${JSON.stringify(each)}`)
}

async function open(page: Page, url: string): Promise<Orders> {
  await page.goto(url)
  const { searchParams } = new URL(page.url())
  return { order: searchParams.get('order') ?? '', other: searchParams.get('other') ?? '' }
}
