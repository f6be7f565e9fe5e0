/**
 * Where the focus is, and how well it can be seen there.
 * @module
 */
import type { Page } from 'playwright-core'

/** What has the focus, through every open shadow root. */
export interface Focus {
  /** What it is, and its name: `button: Cancel payment`; `body` for nothing at all. */
  readonly what: string
  /** What is wrong with its ring; null for a title, which nobody operates. */
  readonly flaw: string | null
}

/** Contrast that a ring needs with what is beside it (WCAG 2.2, 1.4.11), and its least thickness. */
const RATIO = 3
const THICKNESS_PX = 2

/** Looks at the ring as it is painted now. */
export function focusOf(page: Page): Promise<Focus> {
  return page.evaluate(lookAtFocus, { ratio: RATIO, thickness: THICKNESS_PX })
}

/** Presses a key, and says where the focus is then. */
export async function press(page: Page, key: string): Promise<Focus> {
  await page.keyboard.press(key)
  return focusOf(page)
}

/** Everything that Tab leads to from where the focus is, until it leaves the card. */
export async function tabThrough(page: Page): Promise<readonly Focus[]> {
  const found: Focus[] = []
  for (;;) {
    const focus = await press(page, 'Tab')
    const isInside = await page.evaluate(
      () => document.activeElement?.localName === 'crypto-checkout',
    )
    if (!isInside) return found
    found.push(focus)
    if (found.length > 60) throw new Error('Tab goes round and round')
  }
}

/** Tabs until this has the focus. */
export async function tabTo(page: Page, what: RegExp): Promise<Focus> {
  for (let steps = 0; steps < 60; steps += 1) {
    const focus = await press(page, 'Tab')
    if (what.test(focus.what)) return focus
  }
  throw new Error(`Tab does not lead to ${what}`)
}

/** Runs in the page. */
function lookAtFocus({ ratio, thickness }: { ratio: number; thickness: number }): Focus {
  type Colour = readonly [red: number, green: number, blue: number, alpha: number]
  let element = document.activeElement
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement
  if (!element || element === document.body) return { what: 'body', flaw: 'lost' }

  const textOf = (of: Element): string => {
    const copy = of.cloneNode(true) as Element
    for (const hidden of copy.querySelectorAll('[aria-hidden=true]')) hidden.remove()
    return copy.textContent.replaceAll(/\s+/g, ' ').trim()
  }
  const label = element.closest('label')
  const name = element.getAttribute('aria-label') ?? textOf(label ?? element)
  const what = `${element.localName}: ${name}`
  if (element.localName === 'h2' || element.localName === 'dialog') return { what, flaw: null }

  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
  const paint = (css: string): Colour => {
    if (!canvas) throw new Error('no canvas')
    canvas.clearRect(0, 0, 1, 1)
    canvas.fillStyle = css
    canvas.fillRect(0, 0, 1, 1)
    const [red = 0, green = 0, blue = 0, alpha = 0] = canvas.getImageData(0, 0, 1, 1).data
    return [red, green, blue, alpha / 255]
  }
  const luminance = ([r, g, b]: Colour): number => {
    const [red = 0, green = 0, blue = 0] = [r, g, b].map((value) => {
      const share = value / 255
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  /** The ring lies outside of the element: on what its parents are filled with. */
  const behind = (of: Element | null): Colour => {
    for (let at = of; at; at = at.parentElement ?? (at.getRootNode() as ShadowRoot).host ?? null) {
      const { backgroundColor } = getComputedStyle(at)
      const colour = paint(backgroundColor)
      if (colour[3] > 0.99) return colour
    }
    return [255, 255, 255, 1]
  }
  const { outlineStyle, outlineWidth, outlineOffset, outlineColor } = getComputedStyle(element)
  const width = parseFloat(outlineWidth)
  if (outlineStyle === 'none' || width < thickness) return { what, flaw: `ring of ${outlineWidth}` }
  const [a, b] = [luminance(paint(outlineColor)), luminance(behind(element.parentElement))]
  const found = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
  if (found < ratio) return { what, flaw: `contrast of ${found.toFixed(2)}` }

  const reach = width + parseFloat(outlineOffset)
  const box = element.getBoundingClientRect()
  const card = element.closest('.card')?.getBoundingClientRect()
  const isCut =
    card !== undefined &&
    (box.left - reach < card.left - 1 ||
      box.right + reach > card.right + 1 ||
      box.top - reach < card.top - 1 ||
      box.bottom + reach > card.bottom + 1)
  if (isCut) return { what, flaw: 'ring cut off' }
  const shares = [0.1, 0.5, 0.9]
  const points = shares.flatMap((x) =>
    shares.map((y) => ({ x: box.left + box.width * x, y: box.top + box.height * y })),
  )
  const isSeen = ({ x, y }: { x: number; y: number }): boolean => {
    let top = document.elementFromPoint(x, y)
    while (top?.shadowRoot && top.shadowRoot.elementFromPoint(x, y) !== top) {
      const inner = top.shadowRoot.elementFromPoint(x, y)
      if (!inner) break
      top = inner
    }
    return top !== null && (element.contains(top) || (label?.contains(top) ?? false))
  }
  return { what, flaw: points.some(isSeen) ? null : 'out of view, or under something' }
}
