/**
 * Loaded before the widget: the world of the scenes around it. No window leads out of the page, nothing
 * is remembered, an answer can be lost, and where the page is to stand still, its clock does.
 * @module
 */

/** From here on a timer waits for something that has gone wrong, or for another look. */
const LONG_MS = 900

const realFetch = window.fetch.bind(window)
const realTimeout = window.setTimeout.bind(window)
const isStill = document.documentElement.dataset['still'] === 'true'
const since = String(Date.now())
const asked = new Map<string, number>()

window.fetch = async (input, init) => {
  const request = new Request(input, init)
  const name = `${request.method} ${request.url}`
  const turn = asked.get(name) ?? 0
  asked.set(name, turn + 1)
  request.headers.set('x-gallery-turn', String(turn))
  if (!isStill) request.headers.set('x-gallery-since', since)
  const response = await realFetch(request)
  const fate = response.headers.get('x-gallery-fate')
  if (fate === 'lost') throw new TypeError('Failed to fetch')
  return fate === 'never' ? new Promise<Response>(() => {}) : response
}

/** Stands for a window; what is written into it is seen by nobody. */
window.open = () =>
  ({
    document: document.implementation.createHTMLDocument(''),
    location: { replace: () => {} },
    sessionStorage: { setItem: () => {} },
    focus: () => {},
    close: () => {},
    print: () => {},
  }) as unknown as Window
window.close = () => {}
Object.defineProperty(window, 'localStorage', { value: null })
Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => Promise.resolve() } })

document.addEventListener('cc-redirect', (event) => {
  if (!(event as CustomEvent<{ isPopup: boolean }>).detail.isPopup) event.preventDefault()
})
document.addEventListener('click', (event) => {
  const link = event.composedPath().find((target) => target instanceof HTMLAnchorElement)
  const isScene = event.target instanceof Element && event.target.closest('crypto-checkout')
  if (link && isScene) event.preventDefault()
})

if (isStill) {
  performance.now = () => 1000
  Object.assign(window, {
    setTimeout: (callback: () => void, ms = 0) => (ms < LONG_MS ? realTimeout(callback, ms) : 0),
  })
}
