/**
 * `npm run bench:memory`: what a thousand polls leave behind in the page, after the first thousand. Budget:
 * at most 50 kB of heap, no nodes, no listeners.
 * @module
 */
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { transferring } from '../demo/gallery/fixtures.ts'
import { launchBrowser } from '../test/e2e/browser.ts'

const POLLS = 1000
const MAX_HEAP_BYTES = 50_000

let polls = 0
const checkout = transferring()
const page = `<!doctype html><meta charset="utf-8"><script src="/widget.js"></script>
<crypto-checkout proxy="/" checkout="${checkout.id}"></crypto-checkout>`
const script = readFileSync('dist/crypto-checkout.js')
const server = createServer((request, response) => {
  if (request.url === '/widget.js') return response.end(script)
  if (request.url === '/')
    return response.setHeader('content-type', 'text/html; charset=utf-8').end(page)
  polls += 1
  // a new answer each time, so that each is read, compared and drawn
  const serverNow = new Date(Date.parse(checkout.serverNow) + polls).toISOString()
  response.setHeader('content-type', 'application/json')
  return response.end(JSON.stringify({ ...checkout, serverNow, pollAfterMs: 5 }))
}).listen(0)

const browser = await launchBrowser()
const tab = await browser.newPage()
const session = await tab.context().newCDPSession(tab)
await session.send('Performance.enable')
await tab.goto(`http://localhost:${(server.address() as AddressInfo).port}/`)

const first = await afterPolls(POLLS)
const second = await afterPolls(2 * POLLS)
await browser.close()
server.close()

const left = (name: string): number => (second.get(name) ?? NaN) - (first.get(name) ?? NaN)
const rows = [
  ['heap, bytes', left('JSHeapUsedSize'), MAX_HEAP_BYTES],
  ['nodes', left('Nodes'), 0],
  ['listeners', left('JSEventListeners'), 0],
] as const
process.stdout.write(`what polls ${POLLS} to ${2 * POLLS} left behind\n`)
for (const [name, value, most] of rows) {
  const verdict = value <= most ? '' : ': MISSED'
  process.stdout.write(
    `  ${name.padEnd(14)}${String(value).padStart(8)}  at most ${most}${verdict}\n`,
  )
}
process.exit(rows.every(([, value, most]) => value <= most) ? 0 : 1)

async function afterPolls(count: number): Promise<ReadonlyMap<string, number>> {
  const isDone = (): boolean => polls >= count
  while (!isDone()) await tab.waitForTimeout(100)
  await session.send('HeapProfiler.collectGarbage')
  const { metrics } = await session.send('Performance.getMetrics')
  return new Map(metrics.map(({ name, value }) => [name, value]))
}
