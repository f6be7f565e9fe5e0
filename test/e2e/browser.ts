/**
 * A real Chromium, from the package that brings one, or from `CHROME_PATH`.
 * @module
 */
import pack from '@sparticuz/chromium'
import { chromium } from 'playwright-core'
import type { Browser } from 'playwright-core'

/**
 * Switches of the package that make a browser unlike a shopper's: without web security there is no
 * CORS to test, and in a single process one page's end is every page's.
 */
const UNLIKE_A_SHOPPER = [
  '--disable-web-security',
  '--allow-running-insecure-content',
  '--disable-site-isolation-trials',
  '--disable-features=',
  '--single-process',
  '--no-zygote',
  '--headless=',
  // Software rendering inside the browser's own process crashes it at times; nothing here needs it.
  '--in-process-gpu',
  '--use-gl',
  '--use-angle',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
]

const TRIES = 3

/** Starts it; a browser that dies before its first page is started anew. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = process.env['CHROME_PATH'] ?? (await pack.executablePath())
  const own = pack.args.filter((each) => !UNLIKE_A_SHOPPER.some((name) => each.startsWith(name)))
  const args = [...own, '--no-sandbox', '--disable-gpu']
  for (let tries = 1; ; tries += 1) {
    try {
      return await chromium.launch({ executablePath, args })
    } catch (error) {
      if (tries === TRIES) throw error
    }
  }
}
