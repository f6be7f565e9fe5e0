/**
 * What goes wrong in a browser: errors in the console, errors that nobody caught, and breaches of a page's
 * policy.
 * @module
 */
import type { BrowserContext } from 'playwright-core'

/** Of every page, frame and window of this context, as they come. */
export async function listenForProblems(context: BrowserContext): Promise<readonly string[]> {
  const problems: string[] = []
  context.on('console', (message) => {
    if (message.type() === 'error') problems.push(`${message.text()} ${message.location().url}`)
  })
  context.on('weberror', (error) => problems.push(`uncaught: ${String(error.error())}`))
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const { violatedDirective, blockedURI, sample } = event
      // oxlint-disable-next-line no-console -- the console is listened to
      console.error(`breach: ${violatedDirective} ${blockedURI} ${sample}`)
    })
  })
  return problems
}
