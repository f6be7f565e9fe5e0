/**
 * A page in WebKit, for flows: what a shopper finds in it by its name, looked for in shadow trees too, and
 * touched through WebDriver, as no script of the page could.
 * @module
 */
import assert from 'node:assert/strict'
import { ENGINES, findWebKit } from './engines.ts'
import { startWebKitDriver } from './webkit-driver.ts'

export interface WebKitPage {
  open(url: string): Promise<void>
  url(): Promise<URL>
  /** Presses the first button, link or box that is called so, once it is there. */
  press(name: RegExp): Promise<void>
  fill(name: RegExp, text: string): Promise<void>
  /** Waits until this can be read; gives what it is, and what its groups are. */
  reads(text: RegExp): Promise<RegExpExecArray>
  /** Does `task` in the window that opens by itself, then goes back to this one. */
  inWindow(task: () => Promise<void>): Promise<void>
  /** Closes every window but the first. */
  tidy(): Promise<void>
  close(): Promise<void>
}

/** WebDriver's name of what stands for an element. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf'
const PATIENCE_MS = 30_000
const PRESSED = 'button, a[href], summary, input[type=checkbox]'
const FILLED = 'input, textarea'

export async function openWebKit(): Promise<WebKitPage> {
  const programs = findWebKit()
  assert.ok(programs, `${ENGINES.webkit.title} is not here`)
  const driver = await startWebKitDriver(programs)
  let session = `http://127.0.0.1:${driver.port}/session`

  async function ask(method: string, path: string, body?: object): Promise<unknown> {
    const answer = await fetch(session + path, {
      method,
      ...(body && { body: JSON.stringify(body) }),
    })
    const { value } = (await answer.json()) as { value: unknown }
    if (answer.ok) return value
    const { error, message } = value as { error: string; message: string }
    throw new Error(`${path}: ${error}: ${message}`)
  }

  const run = (source: string, ...args: unknown[]): Promise<unknown> =>
    ask('POST', '/execute/sync', { script: `${HELPERS} ${source}`, args })

  /** Until there is an answer; a page that is just being left has none. */
  async function until<T>(what: string, look: () => Promise<T | null>): Promise<T> {
    const end = Date.now() + PATIENCE_MS
    let last: unknown
    while (Date.now() < end) {
      const found = await look().catch((error: unknown) => {
        last = error
        return null
      })
      if (found !== null) return found
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    const text = await run('return allText()').catch(String)
    throw new Error(`did not come about: ${what} (${String(last)}) in: ${String(text)}`)
  }

  const touch = (name: RegExp, selector: string, action: string, body: object): Promise<true> =>
    until(`${action} ${String(name)}`, async () => {
      const found = await run('return named(...arguments)', selector, name.source, name.flags)
      if (found === null) return null
      const { [ELEMENT]: id } = found as Record<string, string>
      await ask('POST', `/element/${id}/${action}`, body)
      return true
    })

  const windows = async (): Promise<readonly string[]> =>
    (await ask('GET', '/window/handles')) as readonly string[]
  const turnTo = (handle: string): Promise<unknown> => ask('POST', '/window', { handle })

  const browserOptions = { binary: programs.browser, args: ['--automation'] }
  const alwaysMatch = { 'webkitgtk:browserOptions': browserOptions }
  const made = (await ask('POST', '', { capabilities: { alwaysMatch } })) as { sessionId: string }
  session += `/${made.sessionId}`
  const [first = ''] = await windows()

  return {
    open: async (url) => void (await ask('POST', '/url', { url })),
    url: async () => new URL(String(await ask('GET', '/url'))),
    press: async (name) => void (await touch(name, PRESSED, 'click', {})),
    fill: async (name, text) => void (await touch(name, FILLED, 'value', { text })),
    reads: (text) =>
      until(`reads ${String(text)}`, async () => text.exec(String(await run('return allText()')))),
    async inWindow(task) {
      const other = await until('a second window', async () => {
        return (await windows()).find((each) => each !== first) ?? null
      })
      await turnTo(other)
      await task()
      await turnTo(first)
    },
    async tidy() {
      for (const each of await windows()) {
        if (each === first) continue
        await turnTo(each)
        await ask('DELETE', '/window')
      }
      await turnTo(first)
    },
    async close() {
      await ask('DELETE', '').catch(() => {})
      driver.close()
    },
  }
}

/** These run in the page. What is found is brought to the middle: a bar may lie over the edges. */
const HELPERS = `
  const all = (root) =>
    [...root.querySelectorAll('*')].flatMap((it) => [it, ...(it.shadowRoot ? all(it.shadowRoot) : [])])
  const isThere = (it) =>
    it.checkVisibility({ visibilityProperty: true }) && !it.closest('[inert]') && !it.disabled
  const nameOf = (it) => {
    const copy = (it.labels?.[0] ?? it).cloneNode(true)
    for (const hidden of copy.querySelectorAll('[aria-hidden=true]')) hidden.remove()
    return (it.getAttribute('aria-label') ?? copy.textContent).replace(/\\s+/g, ' ').trim()
  }
  const named = (selector, source, flags) => {
    const name = new RegExp(source, flags)
    const found = all(document).find((it) => it.matches(selector) && isThere(it) && name.test(nameOf(it)))
    found?.scrollIntoView({ block: 'center', behavior: 'instant' })
    return found ?? null
  }
  const allText = () =>
    [document.body, ...all(document).flatMap((it) => [...(it.shadowRoot?.children ?? [])])]
      .map((it) => it.innerText ?? '').join(' ').replace(/\\s+/g, ' ')
`
