/**
 * What axe finds wrong with a page.
 * @module
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'

export const AXE = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
)

/** Each rule, with the elements that break it. */
export async function findViolations(page: Page): Promise<readonly string[]> {
  const { violations } = await page.evaluate<AxeResults>(`${AXE}; axe.run()`)
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}
