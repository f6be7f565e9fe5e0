/**
 * A world that a test moves by hand: clock, network, tabs, storage, and the page around the element.
 * @module
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { HttpResponse, getResponse, http } from 'msw'
import type { RequestHandler } from 'msw'
import type { Checkout } from '../../protocol/payment.ts'
import type { Channel, Environment, KeyValue } from '../../widget/core/environment.ts'
import type { Page } from '../../widget/page.ts'
import { NOW, PROXY } from '../../demo/gallery/fixtures.ts'

/** What all tabs of one browser share. */
export interface Browser {
  readonly channels: Set<{ name: string; world: World; hear: (message: unknown) => void }>
  readonly locks: Set<string>
  readonly storage: Map<string, string>
}

export const newBrowser = (): Browser => ({
  channels: new Set(),
  locks: new Set(),
  storage: new Map(),
})

/** One tab: its clock stands still unless `pass()` moves it. */
export class World implements Environment {
  readonly browser: Browser
  /** Every request, as `GET /v1/checkouts/…`. */
  readonly requests: string[] = []
  readonly bodies: unknown[] = []
  handlers: RequestHandler[] = []
  storageThrows = false
  wallOffset = 0
  #time = 5000
  #hidden = false
  #online = true
  #pending = 0
  #timers = new Map<number, { at: number; callback: () => void }>()
  #nextTimer = 1
  #wakeListeners = new Set<() => void>()

  constructor(browser = newBrowser()) {
    this.browser = browser
  }

  /** Answers every request with what `state` is when it comes in. */
  answers(state: () => Checkout | Response | Promise<Checkout | Response>): this {
    const answer = async () => {
      const found = await state()
      return found instanceof Response ? found : this.json(found)
    }
    this.handlers = [http.all(`${PROXY}/*`, answer)]
    return this
  }

  json(body: Checkout): Response {
    return HttpResponse.json({ ...body, serverNow: new Date(this.serverTime()).toISOString() })
  }

  serverTime(): number {
    return NOW + this.#time - 5000
  }

  async fetch(url: string, init: RequestInit): Promise<Response> {
    this.requests.push(`${init.method ?? 'GET'} ${url.replace(PROXY, '')}`)
    this.bodies.push(typeof init.body === 'string' ? JSON.parse(init.body) : null)
    if (!this.#online) throw new TypeError('Failed to fetch')
    this.#pending++
    const aborted = new Promise<never>((_resolve, reject) => {
      init.signal?.addEventListener('abort', () =>
        reject(new DOMException('Aborted', 'AbortError')),
      )
    })
    try {
      const answer = getResponse(this.handlers, new Request(url, { ...init, signal: null }))
      const response = await Promise.race([answer, aborted])
      if (!response || response.type === 'error') throw new TypeError('Failed to fetch')
      return this.#watch(response)
    } finally {
      this.#pending--
    }
  }

  /** An answer is read in more or fewer turns of the event loop, as the engine likes. */
  #watch(response: Response): Response {
    const json = response.json.bind(response)
    response.json = async () => {
      this.#pending++
      try {
        return (await json()) as unknown
      } finally {
        this.#pending--
      }
    }
    return response
  }

  now(): number {
    return this.#time
  }

  wallNow(): number {
    return this.#time + this.wallOffset
  }

  setTimer(callback: () => void, ms: number): () => void {
    const id = this.#nextTimer++
    this.#timers.set(id, { at: this.#time + ms, callback })
    return () => void this.#timers.delete(id)
  }

  random(): number {
    return 0.5
  }

  isHidden(): boolean {
    return this.#hidden
  }

  isOnline(): boolean {
    return this.#online
  }

  onWake(listener: () => void, signal: AbortSignal): void {
    this.#wakeListeners.add(listener)
    signal.addEventListener('abort', () => this.#wakeListeners.delete(listener))
  }

  openChannel(name: string, onMessage: (message: unknown) => void): Channel {
    const entry = { name, world: this, hear: onMessage }
    this.browser.channels.add(entry)
    return {
      postMessage: (message: unknown) => {
        const copy = structuredClone(message)
        for (const other of this.browser.channels)
          if (other !== entry && other.name === name) queueMicrotask(() => other.hear(copy))
      },
      close: () => void this.browser.channels.delete(entry),
    }
  }

  sha256(data: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
    return Promise.resolve(new Uint8Array(sha256(data)))
  }

  async tryLock(name: string, task: () => Promise<void>): Promise<boolean> {
    if (this.browser.locks.has(name)) return false
    this.browser.locks.add(name)
    await task()
    this.browser.locks.delete(name)
    return true
  }

  storage(): KeyValue | null {
    const { storage } = this.browser
    const guard = () => {
      if (this.storageThrows) throw new DOMException('denied', 'SecurityError')
    }
    return {
      getItem: (key) => (guard(), storage.get(key) ?? null),
      setItem: (key, value) => (guard(), void storage.set(key, value)),
      removeItem: (key) => (guard(), void storage.delete(key)),
    }
  }

  /** How many timers wait; none may be left by an element that is gone. */
  get waitingTimers(): number {
    return this.#timers.size
  }

  get listeners(): number {
    return this.#wakeListeners.size
  }

  /** Lets everything that was asked be answered. `ignoring` requests are meant to hang. */
  async settle(ignoring = 0): Promise<void> {
    for (let quiet = 0; quiet < 3;) {
      await new Promise((resolve) => setTimeout(resolve))
      quiet = this.#pending > ignoring ? 0 : quiet + 1
    }
  }

  /** Moves the clock, stopping at each timer on the way. */
  async pass(ms: number, ignoring = 0): Promise<void> {
    const end = this.#time + ms
    for (;;) {
      const due = [...this.#timers].filter(([, timer]) => timer.at <= end)
      const [first] = due.toSorted(([, a], [, b]) => a.at - b.at)
      if (!first) break
      this.#timers.delete(first[0])
      this.#time = Math.max(this.#time, first[1].at)
      first[1].callback()
      await this.settle(ignoring)
    }
    this.#time = end
    await this.settle(ignoring)
  }

  /** The timers of a machine that slept: the clock jumps, and nothing ran meanwhile. */
  jump(ms: number): void {
    this.#time += ms
  }

  wake(): void {
    for (const listener of this.#wakeListeners) listener()
  }

  hide(): void {
    this.#hidden = true
    this.wake()
  }

  show(): void {
    this.#hidden = false
    this.wake()
  }

  goOffline(): void {
    this.#online = false
    this.wake()
  }

  goOnline(): void {
    this.#online = true
    this.wake()
  }
}

/** A window that was opened, as far as the element touches it. */
export interface FakeWindow {
  opener: unknown
  isClosed: boolean
  focused: number
  urls: string[]
  /** Whether it was cut loose before the payment page was loaded. */
  wasLoose: boolean | null
  /** On another origin: it shows us nothing. */
  isForeign: boolean
}

/** The page around the element. */
export class FakePage implements Page {
  current = 'https://shop.example/cart?item=7'
  readonly visited: string[] = []
  readonly windows: FakeWindow[] = []
  copied: string | null = null
  canCopy = true
  isPopupBlocked = false
  isOwn = false
  isClosed = false
  prefersPopup = false
  isGuarded = false
  printed: readonly (readonly [string, string | null])[] = []

  url(): string {
    return this.current
  }
  replaceUrl(url: string): void {
    this.current = url
  }
  navigate(url: string): void {
    this.visited.push(url)
  }
  openWindow(): Window | null {
    if (this.isPopupBlocked) return null
    const opened: FakeWindow = {
      opener: 'us',
      isClosed: false,
      focused: 0,
      urls: [],
      wasLoose: null,
      isForeign: false,
    }
    this.windows.push(opened)
    const close = () => (opened.isClosed = true)
    const focus = () => opened.focused++
    const replace = (url: string) => {
      opened.urls.push(url)
      opened.isForeign = true
      // a page begins to load in a later task
      queueMicrotask(() => (opened.wasLoose = opened.opener === null))
    }
    const read = () => {
      if (opened.isForeign) throw new DOMException('Blocked', 'SecurityError')
      return { title: '' }
    }
    Object.defineProperty(opened, 'document', { get: read })
    return Object.assign(opened, {
      location: { replace },
      close,
      focus,
    }) as unknown as Window
  }
  isOwnWindow(): boolean {
    return this.isOwn
  }
  closeWindow(): void {
    this.isClosed = true
  }
  prefersWindow(): boolean {
    return this.prefersPopup
  }
  print(_title: string, rows: FakePage['printed']): void {
    this.printed = rows
  }
  guard(isOn: boolean): void {
    this.isGuarded = isOn
  }
  copy(text: string): Promise<void> {
    if (!this.canCopy) return Promise.reject(new Error('denied'))
    this.copied = text
    return Promise.resolve()
  }
}
