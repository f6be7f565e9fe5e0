/**
 * `crypto-checkout demo`: what `npm start` does. The shop is part of the repository, not of the package.
 * @module
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Command } from 'commander'
import { packageRoot } from './package.ts'
import { createCommand } from './usage.ts'

const START = 'scripts/start.mjs'

const ELSEWHERE = `The demo is a shop, and that is part of the repository: clone it, and run npm start.
What this package has instead:
  crypto-checkout sandbox    plays the providers, and prints the variables of a proxy in front of them
  crypto-checkout proxy      the proxy`

export const demoCommand = (): Command =>
  createCommand({
    name: 'crypto-checkout demo',
    summary: 'sandbox, proxy and a shop on this machine',
    about:
      'Starts the sandbox, a proxy and a shop on this machine, with play money. In a clone of the\n' +
      'repository only; Ctrl+C ends it.',
    examples: [
      'crypto-checkout demo',
      'DEMO_DATA=/tmp/demo crypto-checkout demo    # keep it there, and not in ./data',
    ],
  }).action(runDemo)

/** That script hears our signals, and its end is ours. */
async function runDemo(): Promise<void> {
  const start = join(packageRoot(), START)
  if (!existsSync(start)) throw new Error(ELSEWHERE)
  await import(pathToFileURL(start).href)
}
