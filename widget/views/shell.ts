/**
 * The card in a dialog of its own, and the button that opens it.
 * @module
 */
import { html } from 'lit'
import type { TemplateResult } from 'lit'
import type { Flow } from '../flow.ts'
import { button, icon } from './parts.ts'

/**
 * What a shopper does to leave (the cross, Escape, a click beside the card) goes by the same way. A browser may
 * close a dialog without waiting for an answer: then it is closed, and the page hears of it. The event comes late:
 * by then it may be open again.
 */
export function shell(flow: Flow, hasButton: boolean, card: () => TemplateResult): TemplateResult {
  const { t, host, state, close } = flow
  const isPaid = state.checkout?.status === 'paid'
  const cancel = (event: Event): void => {
    event.preventDefault()
    close()
  }
  return html`${hasButton ? opener(flow, isPaid ? t.outcomes.paid[0] : t.pay) : null}
    <dialog
      part="dialog"
      lang=${t.lang}
      dir=${t.dir}
      aria-label=${t.pay}
      @cancel=${cancel}
      @close=${({ target }: Event) => host.isOpen && !(target as HTMLDialogElement).open && close(true)}
      @click=${(event: Event) => event.target === event.currentTarget && close()}
    >
      ${
        host.isOpen
          ? html`${card()}
              <button
                part="close"
                class="round close"
                type="button"
                aria-label=${t.close}
                @click=${() => close()}
              >
                ${icon('cross')}
              </button>`
          : null
      }
    </dialog>`
}

function opener({ host }: Flow, text: string): TemplateResult {
  return html`<slot name="button" @click=${() => (host.isOpen = true)}
    >${button('primary', text, () => {})}</slot
  >`
}
