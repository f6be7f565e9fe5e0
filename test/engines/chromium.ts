/**
 * Chromium: `CHROME_PATH`, else the one that npm brought along.
 * @module
 */
import process from 'node:process'
import pack from '@sparticuz/chromium'

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

/** How it is started. */
export async function chromiumOptions(): Promise<{ executablePath: string; args: string[] }> {
  const executablePath = process.env['CHROME_PATH'] ?? (await pack.executablePath())
  const own = pack.args.filter((each) => !UNLIKE_A_SHOPPER.some((name) => each.startsWith(name)))
  return { executablePath, args: [...own, '--no-sandbox', '--disable-gpu'] }
}
