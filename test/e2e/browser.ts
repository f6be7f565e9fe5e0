/**
 * A real browser: Chromium from the package that brings one, or from `CHROME_PATH`; or a Firefox that is
 * installed.
 * @module
 */
import process from 'node:process'
import { chromium } from 'playwright-core'
import type { Browser } from 'playwright-core'
import { chromiumOptions } from '../engines/chromium.ts'
import { launchFirefox } from '../engines/firefox.ts'

export interface BrowserOptions {
  readonly engine?: 'chromium' | 'firefox'
  /** Whether it is held in a hand. Chromium has this for each context, Firefox for all of them. */
  readonly isPhone?: boolean
}

const TRIES = 3

/** The engine that flows run in: `ENGINE`, else Chromium. */
export function wantedBrowser(): 'chromium' | 'firefox' {
  const { ENGINE = 'chromium' } = process.env
  if (ENGINE === 'chromium' || ENGINE === 'firefox') return ENGINE
  throw new Error(`flows run in chromium or in firefox, not in ${ENGINE}`)
}

/** Starts it; a browser that dies before its first page is started anew. */
export async function launchBrowser({
  engine = 'chromium',
  isPhone = false,
}: BrowserOptions = {}): Promise<Browser> {
  for (let tries = 1; ; tries += 1) {
    try {
      if (engine === 'firefox') return await launchFirefox(isPhone)
      return await chromium.launch(await chromiumOptions())
    } catch (error) {
      if (tries === TRIES) throw error
    }
  }
}
