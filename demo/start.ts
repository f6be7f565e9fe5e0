/**
 * The demo: sandbox, proxy and shop on this machine. `npm start` runs it.
 *
 * `DEMO_DATA` is where it keeps its database and secrets (default: `data` of the project).
 * @module
 */
import { join } from 'node:path'
import { banner, proxyLine } from './banner.ts'
import { startStack } from './stack.ts'

const RESTART_MS = 1000
const FORCE_MS = 5000

const say = (text: string): void => void process.stdout.write(`${text}\n`)
/** Until everything runs there is nothing to close gently. */
let close = async (): Promise<void> => {}
let isEnding = false

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end)
try {
  const stack = await startStack({
    dataDir: process.env['DEMO_DATA'] ?? join(import.meta.dirname, '../data'),
    hasUsualPorts: true,
    restartAfterMs: RESTART_MS,
    onProxyChange: (change) => say(proxyLine(change)),
  })
  close = stack.close
  say(banner(stack))
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error)
  process.stderr.write(`The demo did not start. ${reason}\n`)
  process.exitCode = 1
}

function end(): void {
  if (isEnding) return
  isEnding = true
  say('\n  Closing …')
  setTimeout(() => process.exit(1), FORCE_MS).unref()
  void close().then(() => process.exit(0))
}
