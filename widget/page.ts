/**
 * What the element does to the page around it, as one object that a test replaces: its URL, its
 * windows, its clipboard.
 * @module
 */

/** Names with values; those without are left out. */
export type Rows = readonly (readonly [name: string, value: string | null])[]

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
  /** Prints a page with nothing on it but a title and these. Only inside a click. */
  print(title: string, rows: Rows): void
  /** While on, the browser asks before the page is left. */
  guard(isOn: boolean): void
}

const MARK = 'crypto-checkout:'

/** The real page, for one element. */
export function browserPage(): Page {
  const askFirst = (event: Event): void => event.preventDefault()
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
    // Neither phones nor the browsers inside their apps have a window one could come back from; a frame is
    // none that a payment page would load in.
    prefersWindow: () => self !== top || matchMedia('(hover: hover) and (pointer: fine)').matches,
    copy: (text) => navigator.clipboard.writeText(text),
    print: (title, rows) => {
      const sheet = open('', '', 'popup,width=520,height=780')
      if (!sheet) return
      const { document } = sheet
      const add = (tag: string, text: string) =>
        (document.body.appendChild(document.createElement(tag)).textContent = text)
      document.title = title
      document.body.dir = 'auto'
      Object.assign(document.body.style, { font: '1em/1.5 system-ui', overflowWrap: 'anywhere' })
      add('h1', title)
      for (const [name, value] of rows) if (value) add('p', `${name}: ${value}`)
      sheet.print()
    },
    guard: (isOn) => (isOn ? addEventListener : removeEventListener)('beforeunload', askFirst),
  }
}
