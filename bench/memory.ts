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
import { printFigures } from './figures.ts'

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
printFigures(`What polls ${POLLS} to ${2 * POLLS} left behind in the page`, [
  { what: 'heap', value: left('JSHeapUsedSize'), unit: 'bytes', atMost: MAX_HEAP_BYTES },
  { what: 'nodes', value: left('Nodes'), unit: '', atMost: 0 },
  { what: 'listeners', value: left('JSEventListeners'), unit: '', atMost: 0 },
])

async function afterPolls(count: number): Promise<ReadonlyMap<string, number>> {
  const isDone = (): boolean => polls >= count
  while (!isDone()) await tab.waitForTimeout(100)
  await session.send('HeapProfiler.collectGarbage')
  const { metrics } = await session.send('Performance.getMetrics')
  return new Map(metrics.map(({ name, value }) => [name, value]))
}
