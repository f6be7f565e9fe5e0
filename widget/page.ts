/**
 * What the element does to the page around it, as one object that a test replaces: its URL, its
 * windows, its clipboard.
 * @module
 */

/** See {@link browserPage} for the real one. */
export interface Page {
  url(): string
  /** Shows another URL without loading it. */
  replaceUrl(url: string): void
  /** Leaves for another page. */
  navigate(url: string): void
  /** An empty window, to be filled later; null where the browser blocks it. Only inside a click. */
  openWindow(): Window | null
  /** Whether this page runs in a window that `openWindow` opened. */
  isOwnWindow(): boolean
  closeWindow(): void
  /** Whether a second window is something the shopper can handle here. */
  prefersWindow(): boolean
  copy(text: string): Promise<void>
}

const MARK = 'crypto-checkout:'

/** The real page. */
export function browserPage(): Page {
  return {
    url: () => location.href,
    replaceUrl: (url) => history.replaceState(history.state, '', url),
    navigate: (url) => location.assign(url),
    openWindow: () => {
      const opened = open(
        '',
        MARK + Math.random().toString(36).slice(2),
        'popup,width=520,height=780',
      )
      // a name is lost when the window is cut loose from us; its own storage is not
      try {
        opened?.sessionStorage.setItem(MARK, '1')
      } catch {
        // then the name has to do
      }
      return opened
    },
    isOwnWindow: () => {
      try {
        return window.name.startsWith(MARK) || sessionStorage.getItem(MARK) !== null
      } catch {
        return false
      }
    },
    closeWindow: () => window.close(),
    // neither phones nor the browsers inside their apps have a window one could come back from
    prefersWindow: () => matchMedia('(hover: hover) and (pointer: fine)').matches,
    copy: (text) => navigator.clipboard.writeText(text),
  }
}
