/**
 * Where the focus goes when the screen changes, and what is said of it.
 * @module
 */
import type { LitElement } from 'lit'
import type { Flow } from './flow.ts'

/** What {@link createFocus} makes. */
export interface Focus {
  /** Before the screen is drawn anew. */
  remember(): void
  /**
   * A new screen is told: by focus to whoever was inside, by the live region to everybody else; a question
   * gets the focus, wherever the shopper is. Where what had the focus is gone, the title has it. The first
   * screen is read in its turn, unless it is bad news.
   */
  follow(): void
}

/** The focus of one element. */
export function createFocus(host: LitElement, flow: Flow): Focus {
  let shown = ''
  let question: HTMLElement | null = null
  let hadFocus = false

  const find = (selector: string) => host.renderRoot.querySelector<HTMLElement>(selector)
  const hasFocus = () => host.shadowRoot?.activeElement != null
  const screen = (): string => {
    const { view, inputs } = flow
    const name = view.kind === 'outcome' ? view.outcome : view.kind
    return [name, inputs.coin, inputs.method?.id].join()
  }
  return {
    remember() {
      hadFocus = hasFocus()
    },
    follow() {
      const asked = question
      question = find('[part=confirm] button')
      if (question !== asked) question?.focus()
      const before = shown
      shown = screen()
      const title = find('h2')
      const isLost = hadFocus && !hasFocus()
      const isFirst = !flow.host.isOpen && /^$|^loading/.test(before) && !shown.startsWith('error')
      if (!title || ((shown === before || isFirst) && !isLost)) return
      if (hadFocus) title.focus()
      else flow.announcer.say(title.textContent)
    },
  }
}
