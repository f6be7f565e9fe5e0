/**
 * How well what stands on a card can be read: WCAG's contrast, of every text with what is behind it.
 * @module
 */

export interface Reading {
  readonly scene: string
  readonly text: string
  readonly ratio: number
}

/** What there is to see: texts, and the lines around controls and areas. */
export interface Readings {
  readonly texts: readonly Reading[]
  readonly lines: readonly Reading[]
}

/** Runs in the page. */
export function readContrasts(): Readings {
  type Colour = readonly [red: number, green: number, blue: number, alpha: number]
  const texts: Reading[] = []
  const lines: Reading[] = []
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })

  /** Any colour that CSS can say, as the browser paints it. */
  const paint = (css: string): Colour => {
    if (!canvas) throw new Error('no canvas')
    canvas.clearRect(0, 0, 1, 1)
    canvas.fillStyle = css
    canvas.fillRect(0, 0, 1, 1)
    const [red = 0, green = 0, blue = 0, alpha = 0] = canvas.getImageData(0, 0, 1, 1).data
    return [red, green, blue, alpha / 255]
  }
  const over = ([r, g, b, alpha]: Colour, [r2, g2, b2]: Colour): Colour => {
    const mix = (top: number, below: number): number => top * alpha + below * (1 - alpha)
    return [mix(r, r2), mix(g, g2), mix(b, b2), 1]
  }
  const luminance = ([r, g, b]: Colour): number => {
    const [red = 0, green = 0, blue = 0] = [r, g, b].map((value) => {
      const share = value / 255
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const ratioOf = (front: Colour, back: Colour): number => {
    const [a, b] = [luminance(over(front, back)), luminance(back)]
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
  }
  const parentOf = (element: Element): Element | null =>
    element.assignedSlot ??
    element.parentElement ??
    (element.getRootNode() as ShadowRoot).host ??
    null

  /** What is behind it: one colour, or the colours of a gradient. */
  const backsOf = (element: Element | null): readonly Colour[] => {
    if (!element) return [[255, 255, 255, 1]]
    const { backgroundColor, backgroundImage } = getComputedStyle(element)
    const stops = backgroundImage.match(/(?:rgba?|oklch|oklab|color)\([^()]*\)/g)
    if (stops) return stops.map(paint)
    const own = paint(backgroundColor)
    if (own[3] === 1) return [own]
    return backsOf(parentOf(element)).map((back) => over(own, back))
  }
  const worst = (css: string, backs: readonly Colour[]): number =>
    Math.min(...backs.map((back) => ratioOf(paint(css), back)))

  for (const scene of document.querySelectorAll<HTMLElement>('.scene')) {
    const root = scene.querySelector('crypto-checkout')?.shadowRoot
    if (!root) continue
    const id = scene.dataset['scene'] ?? ''
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const parent = walker.currentNode.parentElement
      const text = walker.currentNode.textContent?.trim() ?? ''
      if (!text || !parent?.checkVisibility() || parent.closest('.unseen, style, [aria-hidden]'))
        continue
      texts.push({ scene: id, text, ratio: worst(getComputedStyle(parent).color, backsOf(parent)) })
    }
    const outlined = '[part~=method], [part~=input], [part~=amount], [part~=address], .card'
    for (const element of root.querySelectorAll(outlined)) {
      const { borderTopColor, borderTopWidth } = getComputedStyle(element)
      const ratio = worst(borderTopColor, backsOf(parentOf(element)))
      const text = `${element.getAttribute('part')} ${borderTopWidth}`
      lines.push({ scene: id, text, ratio: parseFloat(borderTopWidth) > 0 ? ratio : 1 })
    }
  }
  return { texts, lines }
}
