/**
 * `npm run bench:paint`: the first paint of the embedded widget beside a Lit element of one paragraph, on
 * a slow phone (processor 4× slower) over slow 4G, in the same run; and two elements from npm that a shop could
 * embed instead, where they can be fetched. Budget: at most 1.5 times.
 * @module
 */
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import type { Page } from 'playwright-core'
import { launchBrowser } from '../test/e2e/browser.ts'
import { IS_QUICK, median, printFigures } from './figures.ts'
import type { Figure } from './figures.ts'
import { bundleWhole, fetchPeer } from './peer-bundles.ts'
import { PEERS } from './peers.ts'

const ROUNDS = Number(process.env['ROUNDS'] ?? (IS_QUICK ? 1 : 9))
/** How many times slower than this machine the processor is made; 1 for not at all. */
const SLOWER = Number(process.env['SLOWER'] ?? 4)
const MAX_RATIO = 1.5
const SLOW_4G = {
  offline: false,
  latency: 150,
  downloadThroughput: (1.6 * 1024 * 1024) / 8,
  uploadThroughput: (0.75 * 1024 * 1024) / 8,
}

const LIT_ELEMENT = `
import { LitElement, html } from 'lit'
customElements.define('one-paragraph', class extends LitElement {
  render() { return html\`<p>Pay 300.00 TRY</p>\` }
})`

const CHECKOUT = {
  id: 'A'.repeat(22),
  orderId: 'A-1001',
  price: { amount: '300.00', currency: 'TRY' },
  description: 'Two mugs',
  status: 'pending',
  reason: null,
  testMode: false,
  priceSource: 'unsigned',
  methods: ['USDT', 'TRX'].map((symbol) => ({
    id: `m:${symbol}`,
    flow: 'transfer',
    asset: { symbol, network: 'TRON', name: symbol },
    label: symbol,
    price: { amount: '300.00', currency: 'TRY' },
    limits: null,
    fields: [],
    consent: null,
    fee: null,
  })),
  payment: null,
  expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
  serverNow: new Date().toISOString(),
  pollAfterMs: 60_000,
  receipt: null,
}

const page = (script: string, element: string): string =>
  `<!doctype html><meta charset="utf-8"><script src="${script}"></script>${element}`

/** As the README embeds it, with the room that its snippet reserves, and something below that could jump. */
const SHOP = `<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<style>crypto-checkout:not(:defined) { display: block; min-height: 30rem }</style>
<script src="/widget.js" defer></script>
<crypto-checkout proxy="/" amount="300.00" currency="TRY"></crypto-checkout>
<p>Terms and imprint of the shop</p>`

/** What shows something by itself, and how. */
const SHOWN: Readonly<Record<string, { readonly code: string; readonly element: string }>> = {
  '@getalby/bitcoin-connect': {
    code: `import '@getalby/bitcoin-connect'`,
    element: '<bc-button></bc-button>',
  },
  '@jaspero/crypto-checkout': {
    code: `import { init, btc, eth } from '@jaspero/crypto-checkout'
addEventListener('DOMContentLoaded', () => init([btc, eth]).open({ value: 300 }))`,
    element: '',
  },
}

const baseline = await build({
  stdin: { contents: LIT_ELEMENT, resolveDir: process.cwd() },
  bundle: true,
  minify: true,
  write: false,
  format: 'iife',
})

const FILES: Record<string, readonly [type: string, body: string]> = {
  '/lit': ['text/html', page('/lit.js', '<one-paragraph></one-paragraph>')],
  '/lit.js': ['text/javascript', baseline.outputFiles[0]?.text ?? ''],
  '/widget': [
    'text/html',
    page(
      '/widget.js',
      '<crypto-checkout proxy="/" amount="300.00" currency="TRY"></crypto-checkout>',
    ),
  ],
  '/shop': ['text/html', SHOP],
  '/widget.js': ['text/javascript', readFileSync('dist/crypto-checkout.js', 'utf8')],
  '/v1/checkouts': ['application/json', JSON.stringify(CHECKOUT)],
}

const peers: string[] = []
for (const peer of PEERS) {
  const shown = SHOWN[peer.name]
  if (!shown) continue
  try {
    const script = await bundleWhole(shown.code, fetchPeer(peer))
    FILES[`/${peer.name}`] = ['text/html', page(`/${peer.name}.js`, shown.element)]
    FILES[`/${peer.name}.js`] = ['text/javascript', script]
    peers.push(peer.name)
  } catch (error) {
    process.stderr.write(`not measured: ${peer.name}: ${String(error).slice(0, 400)}\n`)
    process.exitCode = 1
  }
}

const server = createServer((request, response) => {
  const [type, body] = FILES[request.url ?? ''] ?? ['text/plain', '']
  response.writeHead(body ? 200 : 404, {
    'content-type': type,
    'content-encoding': 'gzip',
    'cache-control': 'no-store',
  })
  response.end(gzipSync(body, { level: 9 }))
}).listen(0)
const origin = `http://localhost:${(server.address() as AddressInfo).port}`

const browser = await launchBrowser()

interface Measured {
  readonly firstPaint: number
  readonly longestTask: number
  readonly layoutShift: number
}

async function measure(path: string): Promise<Measured> {
  const context = await browser.newContext({ viewport: { width: 390, height: 800 } })
  const tab = await context.newPage()
  await slowDown(tab)
  await tab.addInitScript(() => {
    const seen = { longestTask: 0, layoutShift: 0 }
    Object.assign(globalThis, { seen })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        if (entry.entryType === 'longtask') {
          seen.longestTask = Math.max(seen.longestTask, entry.duration)
        } else if (performance.getEntriesByName('first-paint').length > 0) {
          seen.layoutShift += (entry as PerformanceEntry & { value: number }).value
        }
      }
    }).observe({ entryTypes: ['longtask', 'layout-shift'] })
  })
  await tab.goto(origin + path)
  await tab.waitForFunction(() => performance.getEntriesByName('first-paint').length > 0)
  await tab.waitForTimeout(1500)
  const result = await tab.evaluate(() => ({
    firstPaint: performance.getEntriesByName('first-paint')[0]?.startTime ?? NaN,
    ...(globalThis as unknown as { seen: { longestTask: number; layoutShift: number } }).seen,
  }))
  await context.close()
  return result
}

async function slowDown(tab: Page): Promise<void> {
  const session = await tab.context().newCDPSession(tab)
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', SLOW_4G)
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
}

const NAMES = { lit: '/lit', widget: '/widget', shop: '/shop' }
const paths = [...Object.values(NAMES), ...peers.map((name) => `/${name}`)]
const rounds = new Map<string, Measured[]>(paths.map((path) => [path, []]))
await measure(NAMES.lit)
for (let round = 0; round < ROUNDS; round += 1) {
  for (const [path, measured] of rounds) measured.push(await measure(path))
}
await browser.close()
server.close()

const of = (path: string, key: keyof Measured): number =>
  median((rounds.get(path) ?? []).map((each) => each[key]))
const base = of(NAMES.lit, 'firstPaint')
const paint = (what: string, path: string): Figure => ({
  what: `${what}, first paint`,
  value: of(path, 'firstPaint'),
  unit: 'ms',
  beside: { what: 'a Lit element of one paragraph', value: base },
})
const isSlowed = SLOWER > 1
printFigures(`First paint, processor ${SLOWER} × slower, slow 4G`, [
  { ...paint('crypto-checkout', NAMES.widget), ...(isSlowed && { atMost: MAX_RATIO * base }) },
  paint('… as its snippet embeds it', NAMES.shop),
  {
    what: '… its longest task',
    value: of(NAMES.shop, 'longestTask'),
    unit: 'ms',
    atMost: isSlowed ? 150 : 50,
  },
  { what: '… what jumps after it', value: of(NAMES.shop, 'layoutShift'), unit: '', atMost: 0.03 },
  ...peers.map((name) => paint(name, `/${name}`)),
])
