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
]

/** Starts it. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = process.env['CHROME_PATH'] ?? (await pack.executablePath())
  const args = pack.args.filter((each) => !UNLIKE_A_SHOPPER.some((name) => each.startsWith(name)))
  return chromium.launch({ executablePath, args: [...args, '--no-sandbox'] })
}
