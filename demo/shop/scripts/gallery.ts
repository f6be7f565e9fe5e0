/**
 * Brings each scene to where it is to be seen, and changes theme, width and choice of scenes on the spot.
 * A scene's `data-state` says how far it is: `waiting`, `ready`, or what it stopped at.
 * @module
 */
import { byId } from './lib/dom.ts'

type Step =
  | { readonly click: string; readonly within?: string }
  | { readonly part: string }
  | { readonly see: string }
  | { readonly type: string; readonly into: string }

const PATIENCE_MS = 8000
const LOOK_MS = 20

const root = document.documentElement
const scenes = [...document.querySelectorAll<HTMLElement>('.scene')]

stayHere()
for (const scene of scenes) {
  const card = scene.querySelector<HTMLElement>('crypto-checkout')
  const frame = scene.querySelector('iframe')
  const arrival = card ? play(card) : frame ? follow(frame) : Promise.resolve()
  void arrival.then(
    () => (scene.dataset['state'] = 'ready'),
    (error: unknown) => (scene.dataset['state'] = String(error)),
  )
}
if (document.querySelector('#controls')) listen()

/** A dialog in a frame takes the focus, and the page would go to it: not before the visitor moves. */
function stayHere(): void {
  const moved = new AbortController()
  const { signal } = moved
  for (const type of ['wheel', 'touchmove', 'pointerdown', 'keydown'])
    addEventListener(type, () => moved.abort(), { signal })
  addEventListener('scroll', () => window.scrollTo(0, 0), { signal })
}

/** Takes the steps, and waits until the screen shows what it is to show. */
async function play(card: HTMLElement): Promise<void> {
  const { steps = '[]', shows = '', has, offline } = card.dataset
  const find = (selector: string) => card.shadowRoot?.querySelector<HTMLElement>(selector)
  const see = (words: string) =>
    until(`"${words}" on the screen`, () => textOf(card).includes(words) || null)
  for (const step of JSON.parse(steps) as Step[]) {
    if ('see' in step) {
      await see(step.see)
      continue
    }
    const target = await until(JSON.stringify(step), () => targetOf(card, step))
    if ('type' in step) (target as HTMLInputElement).value = step.type
    if ('type' in step) target.dispatchEvent(new Event('input'))
    else target.click()
  }
  if (offline !== undefined) {
    await until('a payment', () => find('[part=address]'))
    Object.defineProperty(navigator, 'onLine', { value: false })
    window.dispatchEvent(new Event('offline'))
  }
  await see(shows)
  if (has !== undefined) await until(has, () => find(has))
  await until('its codes', () => !find('[part=qr] path[d=""]') || null)
  // A step leaves the focus where it clicked; nobody has been here yet.
  const inner = card.shadowRoot?.activeElement
  if (inner instanceof HTMLElement) inner.blur()
  await document.fonts.ready
}

function targetOf(
  card: HTMLElement,
  step: Exclude<Step, { see: string }>,
): HTMLElement | null | undefined {
  const inside = (selector: string) => card.shadowRoot?.querySelector<HTMLElement>(selector)
  if ('into' in step) return inside(`[part~=${step.into}]`)
  if ('part' in step) return inside(`[part~=${step.part}]`)
  const place = step.within === undefined ? card.shadowRoot : inside(`[part~=${step.within}]`)
  return [...(place?.querySelectorAll<HTMLElement>('button, a, summary') ?? [])].find((control) =>
    nameOf(control).startsWith(step.click),
  )
}

function nameOf(control: HTMLElement): string {
  const copy = control.cloneNode(true) as HTMLElement
  for (const hidden of copy.querySelectorAll('[aria-hidden=true]')) hidden.remove()
  return (control.getAttribute('aria-label') ?? copy.textContent).replaceAll(/\s+/g, ' ').trim()
}

function textOf(card: HTMLElement): string {
  return (card.shadowRoot?.textContent ?? '').replaceAll(/\s+/g, ' ')
}

/** The frame's own page has this script; it grows with what is in it. */
async function follow(frame: HTMLIFrameElement): Promise<void> {
  const state = () =>
    frame.contentDocument?.querySelector<HTMLElement>('.scene')?.dataset['state'] ?? 'waiting'
  const found = await until('its frame', () => (state() === 'waiting' ? null : state()))
  if (found !== 'ready') throw new Error(found)
  const inner = frame.contentDocument?.querySelector('main')
  const grow = (): void => {
    frame.height = String(inner?.scrollHeight ?? 0)
  }
  grow()
  if (inner) new ResizeObserver(grow).observe(inner)
}

async function until<T>(what: string, look: () => T | null | undefined): Promise<T> {
  for (let waited = 0; waited < PATIENCE_MS; waited += LOOK_MS) {
    const found = look()
    if (found !== null && found !== undefined) return found
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
  throw new Error(`waited in vain for ${what}`)
}

/** Themes, languages and frames are the server's; widths and the search are not worth a journey. */
function listen(): void {
  const form = byId('controls') as HTMLFormElement
  const find = form.elements.namedItem('find') as HTMLInputElement
  const url = new URL(location.href)
  const search = (): void => {
    const wanted = find.value.trim().toLowerCase()
    for (const { dataset, classList } of scenes)
      classList.toggle(
        'away',
        !`${dataset['title']} ${dataset['scene']}`.toLowerCase().includes(wanted),
      )
    const left = scenes.filter(({ classList }) => !classList.contains('away')).length
    byId('count').textContent = `${left} of ${scenes.length}`
  }
  find.value = url.searchParams.get('find') ?? ''
  search()
  form.addEventListener('submit', (event) => event.preventDefault())
  form.addEventListener('input', (event) => {
    const { name, value } = event.target as HTMLInputElement
    if (value) url.searchParams.set(name, value)
    else url.searchParams.delete(name)
    if (name === 'theme' || name === 'locale') return location.assign(url)
    history.replaceState(null, '', url)
    if (name === 'width') root.dataset['width'] = value
    search()
  })
}
