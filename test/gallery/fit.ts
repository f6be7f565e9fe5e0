/**
 * Whether everything fits: run in the page, on every card of it.
 * @module
 */

/** What sticks out, what is cut off, and what lies on a text. Runs in the page. */
export function findMisfits(): readonly string[] {
  const SLACK = 0.6
  const problems: string[] = []

  const look = (scene: string, host: Element): void => {
    const root = host.shadowRoot
    const card = root?.querySelector('.card')
    if (!root || !card) return
    const edge = card.getBoundingClientRect()
    const isOut = ({ left, right }: DOMRect): boolean =>
      left < edge.left - SLACK || right > edge.right + SLACK
    const say = (what: string, text: string | null): void => {
      problems.push(`${scene}: ${what}: ${text?.replaceAll(/\s+/g, ' ').trim().slice(0, 60)}`)
    }
    if (card.scrollWidth > card.clientWidth) say('wider than its card', String(card.scrollWidth))
    for (const element of card.querySelectorAll('*')) {
      if (!element.checkVisibility()) continue
      if (element.closest('.unseen') || element.closest('svg')?.contains(element.parentElement))
        continue
      const box = element.getBoundingClientRect()
      if (box.width > 0 && isOut(box))
        say('sticks out', `<${element.localName}> ${element.textContent}`)
      const { overflowX, overflowY } = getComputedStyle(element)
      const isCut =
        (overflowX !== 'visible' && element.scrollWidth > element.clientWidth + 1) ||
        (overflowY !== 'visible' && element.scrollHeight > element.clientHeight + 1)
      if (isCut && element.localName !== 'progress') say('is cut off', element.textContent)
    }
    const controls = [...root.querySelectorAll('button, a, input, summary')]
      .filter((control) => control.checkVisibility())
      .map((control) => ({ control, box: control.getBoundingClientRect() }))
    for (const [text, boxes] of textsOf(root)) {
      if (boxes.some(isOut)) say('text sticks out', text.textContent)
      for (const { control, box } of controls) {
        if (!control.contains(text) && boxes.some((each) => doMeet(each, box)))
          say(
            `under <${control.localName}> ${control.getAttribute('aria-label') ?? ''}`,
            text.textContent,
          )
      }
    }
  }

  /** Each text that is seen, with the lines that it takes. */
  const textsOf = function* (root: ShadowRoot): Generator<[Text, DOMRect[]]> {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const text = walker.currentNode as Text
      const parent = text.parentElement
      if (
        !text.data.trim() ||
        !parent?.checkVisibility() ||
        parent.closest('.unseen, .toast, style')
      )
        continue
      const range = document.createRange()
      range.selectNodeContents(text)
      const boxes = [...range.getClientRects()].filter(({ width }) => width > 1)
      if (boxes.length > 0) yield [text, boxes]
    }
  }

  /** By more than the room between two lines. */
  const doMeet = (a: DOMRect, b: DOMRect): boolean =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 &&
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 6

  for (const scene of document.querySelectorAll<HTMLElement>('.scene')) {
    const frame = scene.querySelector('iframe')?.contentDocument
    const host = (frame ?? scene).querySelector('crypto-checkout')
    if (host) look(scene.dataset['scene'] ?? '', host)
  }
  return problems
}
