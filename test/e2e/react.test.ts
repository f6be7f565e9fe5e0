/**
 * The component in a browser, under each React that it is for: what it sets, what it hears, and that a page
 * from the server goes on being the same element.
 * @module
 */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { Page } from 'playwright-core'
import { launchBrowser, wantedBrowser } from './browser.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const FOLDERS = { 18: 'examples/react-18/node_modules', 19: 'node_modules' }
const PAGE = 'https://shop.example/'
/** As `test/supply/react.test.ts` has it from a server. */
const WRITTEN =
  '<crypto-checkout class="cc-paper" order-token="eyJ" open="" required=""></crypto-checkout>'

/** What the page lets us do, in development mode and under `StrictMode`: effects run twice. */
const SCRIPT = `
  import { StrictMode, createElement, createRef, version } from 'react'
  import { createRoot, hydrateRoot } from 'react-dom/client'
  import { flushSync } from 'react-dom'
  import { CryptoCheckout } from '${ROOT}frameworks/react.ts'
  const ref = createRef()
  const handlers = {
    first: { onPaid: ({ detail }) => heard.push('first ' + detail.orderId) },
    errors: { onError: ({ detail }) => heard.push(detail.code) },
    second: { onPaid: ({ detail }) => heard.push('second ' + detail.orderId) },
  }
  const heard = []
  const make = ({ handler, ...props }) =>
    createElement(StrictMode, null, createElement(CryptoCheckout, { ref, ...handlers[handler], ...props }))
  const box = document.body.appendChild(document.createElement('main'))
  const pause = (ms) => new Promise((done) => setTimeout(done, ms))
  /** And whatever comes a moment later, and should not. */
  const until = async (isSo) => {
    for (let tries = 0; tries < 200 && !isSo(); tries += 1) await pause(50)
    await pause(100)
  }
  let root
  window.page = {
    heard, version,
    show: (props) => flushSync(() => (root ??= createRoot(box)).render(make(props))),
    hydrate: async (html, props) => {
      box.innerHTML = html
      const written = box.firstElementChild
      root = hydrateRoot(box, make(props))
      await until(() => ref.current)
      return written === box.firstElementChild && written === ref.current
    },
    begin: async (props) => {
      createRoot(box).render(make(props))
      await until(() => heard.length > 0)
    },
    hide: () => flushSync(() => root.unmount()),
    element: () => ref.current,
  }`

type Props = Readonly<Record<string, unknown>>

interface Stage {
  readonly heard: readonly string[]
  readonly version: string
  show(props: Props): void
  hydrate(html: string, props: Props): Promise<boolean>
  /** Without haste: effects run when React finds the time. */
  begin(props: Props): Promise<void>
  hide(): void
  element(): HTMLElement & Record<string, unknown>
}

declare global {
  interface Window {
    page: Stage
  }
}

const browser = await launchBrowser({ engine: wantedBrowser() })
after(() => browser.close())

for (const [major, folder] of Object.entries(FOLDERS)) {
  const script = await bundle(folder)
  describe(`the component under React ${major}`, () => {
    test('sets what it is given, changes it, and takes it away', async () => {
      const { page, complaints } = await open(script)
      assert.match(await page.evaluate(() => window.page.version), new RegExp(`^${major}\\.`))
      await show(page, {
        orderToken: 'eyJ',
        quantity: 2,
        mode: 'modal',
        open: false,
        required: true,
      })
      assert.deepEqual(await read(page), {
        orderToken: 'eyJ',
        quantity: 2,
        isOpen: false,
        required: true,
        texts: null,
      })
      await show(page, { orderToken: 'eyJ2', mode: 'modal', open: true, texts: { pay: 'Pay' } })
      const changed = await read(page)
      assert.equal(changed['quantity'] ?? null, null)
      assert.deepEqual(
        { ...changed, quantity: null },
        {
          orderToken: 'eyJ2',
          quantity: null,
          isOpen: true,
          required: false,
          texts: { pay: 'Pay' },
        },
      )
      await show(page, { orderToken: 'eyJ2', mode: 'modal' })
      const { isOpen, texts } = await read(page)
      assert.deepEqual([isOpen ?? false, texts], [false, null])
      assert.deepEqual(complaints, [])
      await page.close()
    })

    test('tells each event once, to whoever listens now', async () => {
      const { page, complaints } = await open(script)
      const tell = (orderId: string) =>
        page.evaluate((id) => {
          const event = new CustomEvent('cc-paid', { detail: { orderId: id } })
          window.page.element().dispatchEvent(event)
        }, orderId)
      await show(page, { handler: 'first' })
      await tell('A-1')
      await show(page, { handler: 'second' })
      await tell('A-2')
      await page.evaluate(() => {
        const element = window.page.element()
        window.page.hide()
        element.dispatchEvent(new CustomEvent('cc-paid', { detail: { orderId: 'A-3' } }))
      })
      const heard = await page.evaluate(() => window.page.heard)
      assert.deepEqual(heard, ['first A-1', 'second A-2'])
      assert.deepEqual(complaints, [])
      await page.close()
    })

    test('hears what the element says first, and speaks its texts from the start', async () => {
      const { page, complaints } = await open(script)
      const seen = await page.evaluate(async () => {
        await window.page.begin({
          handler: 'errors',
          texts: { misconfigured: ['Closed', 'Come back tomorrow'] },
        })
        return [
          window.page.element().shadowRoot?.querySelector('h2')?.textContent,
          ...window.page.heard,
        ]
      })
      assert.deepEqual(seen, ['Closed', 'misconfigured'])
      assert.deepEqual(complaints, [])
      await page.close()
    })

    test('goes on with the element that the server wrote', async () => {
      const { page, complaints } = await open(script)
      const isSame = await page.evaluate(
        async ([html, props]) => window.page.hydrate(html, props),
        [
          WRITTEN,
          { orderToken: 'eyJ', open: true, required: true, className: 'cc-paper' },
        ] as const,
      )
      assert.equal(isSame, true)
      const { orderToken, isOpen } = await read(page)
      assert.deepEqual([orderToken, isOpen], ['eyJ', true])
      assert.deepEqual(complaints, [])
      await page.close()
    })
  })
}

/** In development mode, where React complains. */
async function bundle(folder: string): Promise<string> {
  const at = (name: string): string => join(ROOT, folder, name)
  const { outputFiles } = await build({
    stdin: { contents: SCRIPT, resolveDir: ROOT, loader: 'js' },
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    define: { 'process.env.NODE_ENV': '"development"' },
    alias: { react: at('react'), 'react-dom': at('react-dom') },
    logLevel: 'error',
  })
  return outputFiles[0]?.text ?? ''
}

async function open(script: string): Promise<{ page: Page; complaints: string[] }> {
  const page = await browser.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (/error|warning/.test(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', ({ message }) => complaints.push(message))
  await page.route(`${PAGE}**`, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Shop</title>' }),
  )
  await page.goto(PAGE)
  await page.addScriptTag({ content: script })
  return { page, complaints }
}

async function show(page: Page, props: Props): Promise<void> {
  await page.evaluate((it) => window.page.show(it), props)
}

async function read(page: Page): Promise<Props> {
  return page.evaluate(() => {
    const { orderToken, quantity, isOpen, required, texts } = window.page.element()
    return { orderToken, quantity, isOpen, required: Boolean(required), texts }
  })
}
