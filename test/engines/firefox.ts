/**
 * Firefox as it is installed, not one that was rebuilt for tests: playwright speaks WebDriver BiDi with it.
 * What the two do not have in common yet is made good here, behind playwright's own interface.
 * @module
 */
import { firefox } from 'playwright-core'
import type { Browser, Page } from 'playwright-core'
import { findFirefox } from './engines.ts'

/** What it is pointed at with; without a screen it finds nothing. Coarse is 1, fine 2, and 4 hovers. */
const FINGER = { ...pointers(1), 'dom.w3c_touch_events.enabled': 1 }
const MOUSE = pointers(2 + 4)

export async function launchFirefox(isPhone: boolean): Promise<Browser> {
  const browser = await firefox.launch({
    executablePath: findFirefox() ?? 'firefox',
    channel: 'moz-firefox',
    firefoxUserPrefs: isPhone ? FINGER : MOUSE,
  })
  const { _connection: connection } = browser as unknown as { _connection: Connection }
  acceptUnknownMedia(connection.toImpl(browser))
  const open = browser.newContext.bind(browser)
  browser.newContext = async (options) => {
    const context = await open(options)
    context.on('page', (page) => teachTap(connection.toImpl(page)))
    return context
  }
  return browser
}

/**
 * Playwright asks of every new context that its media features be as they are. Firefox 153 does not know
 * the command, and needs none for that; to override one on a page goes on being refused.
 */
function acceptUnknownMedia({ _browserSession: session }: BrowserInside): void {
  const send = session.send.bind(session)
  session.send = async (method, params) => {
    try {
      return await send(method, params)
    } catch (error) {
      if (method === 'emulation.setMediaFeaturesOverride') return {}
      throw error
    }
  }
}

/** Playwright 1.65 has a tap for this protocol that does nothing. */
function teachTap({ delegate: { _session: session, rawTouchscreen } }: PageInside): void {
  rawTouchscreen.tap = async (_progress, x, y) => {
    const actions = [
      { type: 'pointerMove', x: Math.round(x), y: Math.round(y) },
      { type: 'pointerDown', button: 0 },
      { type: 'pointerUp', button: 0 },
    ]
    const finger = { type: 'pointer', id: 'finger', parameters: { pointerType: 'touch' }, actions }
    await session.send('input.performActions', { context: session.sessionId, actions: [finger] })
  }
}

function pointers(capabilities: number): Record<string, number> {
  return {
    'ui.primaryPointerCapabilities': capabilities,
    'ui.allPointerCapabilities': capabilities,
  }
}

interface Session {
  readonly sessionId: string
  send(method: string, params: unknown): Promise<unknown>
}

interface BrowserInside {
  readonly _browserSession: Session
}

interface PageInside {
  readonly delegate: {
    readonly _session: Session
    readonly rawTouchscreen: { tap(progress: unknown, x: number, y: number): Promise<void> }
  }
}

interface Connection {
  toImpl(it: Browser): BrowserInside
  toImpl(it: Page): PageInside
}
