/**
 * What is said aloud without being asked for: every change of a live region of the card, in order, from
 * its first moment on.
 * @module
 */
import type { BrowserContext, Page } from 'playwright-core'

/** One announcement. */
export interface Said {
  readonly role: 'status' | 'alert'
  readonly text: string
  /** Its region came with its text: screen readers may miss that. */
  readonly isSudden: boolean
}

interface Ear extends Window {
  heard?: Said[]
}

/** Listens on every page of this context that is opened from now on. */
export async function listen(context: BrowserContext): Promise<void> {
  await context.addInitScript(hear)
}

/** What was said since the last time somebody asked. */
export function takeSaid(page: Page): Promise<readonly Said[]> {
  return page.evaluate(() => (window as Ear).heard?.splice(0) ?? [])
}

/** Runs in the page, before any of its scripts. */
function hear(): void {
  const heard: Said[] = ((window as Ear).heard = [])
  const known = new WeakMap<Element, string>()

  const look = (root: ShadowRoot): void => {
    for (const region of root.querySelectorAll('[role=status], [role=alert]')) {
      const text = region.textContent.replaceAll(/\s+/g, ' ').trim()
      const before = known.get(region)
      known.set(region, text)
      if (!text || text === before || !region.checkVisibility()) continue
      const role = region.getAttribute('role') === 'alert' ? 'alert' : 'status'
      heard.push({ role, text, isSudden: before === undefined })
    }
  }
  const attachShadow = Element.prototype.attachShadow
  Element.prototype.attachShadow = function (options) {
    const root = attachShadow.call(this, options)
    if (this.localName !== 'crypto-checkout') return root
    const changes = { subtree: true, childList: true, characterData: true }
    new MutationObserver(() => look(root)).observe(root, changes)
    return root
  }
}
