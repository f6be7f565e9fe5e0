/**
 * Sending the shopper to a payment page: in a second window that was opened inside the click, or in
 * this one. `Window.closed` is never trusted: a page may cut its ties to us (COOP) and live on.
 * @module
 */
import { RETURNED } from './core/engine.ts'
import type { Environment } from './core/environment.ts'
import { parseUrl, safeUrl } from './core/url.ts'
import type { Page } from './page.ts'

/** The attribute `redirect`: `auto` takes a second window where there is a mouse. */
export type RedirectMode = 'auto' | 'self' | 'popup'

/** The name of the parameter with which the proxy sends the shopper back. */
const PARAMETER = 'checkout'
const ID = /^[\w-]{8,200}$/

/** What {@link createPaymentWindow} makes. */
export interface PaymentWindow {
  readonly isOpen: boolean
  /** Whether payment pages are for a second window here: a frame is none that one would load in. */
  isWanted(mode: RedirectMode): boolean
  /** Inside the click: opens an empty window that says what is coming. */
  prepare(mode: RedirectMode, title: string): void
  /** Loads the payment page in it; false where there is none, and it has to be this window. */
  load(url: string): boolean
  /** Brings it to the front, as far as the browser lets us. */
  show(): void
  /** Closes it while it is still, or again, on our own pages; else lets go of it. */
  close(): void
}

/** The window of one element's payment page. */
export function createPaymentWindow(host: { readonly page: Page }): PaymentWindow {
  let target: Window | null = null
  const close = (): void => {
    // a foreign page has lost its opener: only the shopper can close it, and a try logs an error
    if (isOurs(target)) target?.close()
    target = null
  }
  const isWanted = (mode: RedirectMode): boolean =>
    mode === 'popup' || (mode !== 'self' && host.page.prefersWindow())
  return {
    isWanted,
    get isOpen() {
      return target !== null
    },
    prepare(mode, title) {
      close()
      if (!isWanted(mode)) return
      target = host.page.openWindow()
      if (target) target.document.title = title
    },
    load(url) {
      if (!target) return false
      // in a sandboxed frame only the opener may do this; the page loads later, without one
      target.location.replace(url)
      target.opener = null
      return true
    },
    show: () => target?.focus(),
    close,
  }
}

/** Another origin's window does not show its document. */
function isOurs(target: Window | null): boolean {
  try {
    return target?.document != null
  } catch {
    return false
  }
}

/** This is the second window: tells the one that opened it, and closes. */
export function handBack(
  { environment, page }: { readonly environment: Environment; readonly page: Page },
  id: string,
): void {
  const channel = environment.openChannel(`cc:${id}`, () => {})
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no target
  channel?.postMessage(RETURNED)
  environment.setTimer(() => {
    channel?.close()
    page.closeWindow()
  }, 100)
}

/** The checkout that a payment page sent the shopper back to, or null. */
export function returnedId(url: string): string | null {
  const id = parseUrl(url)?.searchParams.get(PARAMETER)
  return id && ID.test(id) ? id : null
}

/** `url` without what a return left in it. */
export function withoutReturn(url: string): string {
  const clean = new URL(url)
  clean.searchParams.delete(PARAMETER)
  return clean.href
}

/** A URL from an attribute, relative ones by the page; its own origin is always right. */
export function pageUrl(text: string | null, page: Page): string | null {
  const base = page.url()
  const url = parseUrl(text, base)
  const isOwn = url?.origin === new URL(base).origin && /^https?:$/.test(url.protocol)
  return (isOwn ? url : safeUrl(url?.href))?.href ?? null
}
