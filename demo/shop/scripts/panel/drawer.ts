/**
 * The panel as a thing on the page: it opens and closes, and a new drawing disturbs nobody.
 * @module
 */
import { button, el } from '../lib/dom.ts'

const OPEN_KEY = 'lantern-sandbox-open'

/** Fills `place` with a head that opens and closes it, and a body. `isPage`: always open. */
export function fillDrawer(
  place: HTMLElement,
  isPage: boolean,
  content: readonly HTMLElement[],
): void {
  const body = el('div', { class: 'panel-body', id: 'sandbox-panel-body' }, ...content)
  place.classList.toggle('page', isPage)
  if (isPage) return place.append(body)
  const set = (isOpen: boolean): void => {
    place.classList.toggle('open', isOpen)
    body.hidden = !isOpen
    head.ariaExpanded = String(isOpen)
  }
  const head = button('', { class: 'panel-head', 'aria-controls': body.id }, () => {
    const isOpen = head.ariaExpanded !== 'true'
    set(isOpen)
    sessionStorage.setItem(OPEN_KEY, String(isOpen))
  })
  head.append(el('strong', {}, 'Play the payer'), el('span', {}, 'Sandbox · demo tooling'))
  const stored = sessionStorage.getItem(OPEN_KEY)
  set(stored === null ? matchMedia('(min-width: 80rem)').matches : stored === 'true')
  place.append(head, body)
}

/** Draws anew, and keeps the focus, what was typed, and what was folded out: all that has a key. */
export function redraw(place: HTMLElement, draw: () => void): void {
  const keyed = (): HTMLElement[] => [...place.querySelectorAll<HTMLElement>('[data-key]')]
  const focused = (document.activeElement as HTMLElement | null)?.dataset['key']
  const before = new Map(keyed().map((each) => [each.dataset['key'], stateOf(each)]))
  draw()
  for (const each of keyed()) {
    const state = before.get(each.dataset['key'])
    if (each instanceof HTMLInputElement && typeof state === 'string') each.value = state
    if (each instanceof HTMLDetailsElement && state === true) each.open = true
    if (focused && each.dataset['key'] === focused) each.focus({ preventScroll: true })
  }
}

function stateOf(element: HTMLElement): string | boolean {
  if (element instanceof HTMLInputElement) return element.value
  return element instanceof HTMLDetailsElement && element.open
}
