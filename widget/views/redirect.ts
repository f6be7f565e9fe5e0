/**
 * Paying on another page: while the shopper is there, and after coming back.
 * @module
 */
import { html } from 'lit'
import type { TemplateResult } from 'lit'
import type { Checkout, Payment, RedirectAction } from '../../protocol/payment.ts'
import type { Flow } from '../flow.ts'
import { ownPrice } from './choose.ts'
import { button, icon, list, message, qrImage } from './parts.ts'
import { leave } from './transfer.ts'

/** Characters of a URL that a code can hold and a phone still reads. */
const LONGEST_CODE = 400

/** The way to the page, again and again: a window can be lost, a link cannot. */
export function redirect(
  flow: Flow,
  { methods, price }: Checkout,
  payment: Payment,
  { url }: RedirectAction,
): TemplateResult {
  const { t, host, hasReturned, window, state, inputs, set, sent, willLeave } = flow
  const { isOpen, show } = window
  const isBeside = isOpen || window.isWanted(host.redirect)
  // the same page as a code: what was begun here is paid there, and this page hears of it
  const toggle = () => set({ isLarge: !inputs.isLarge })
  const text = hasReturned ? t.returned : isOpen ? t.popup : t.redirect
  const method = methods.find(({ id }) => id === payment.methodId)
  return html`${message('clock', text, list([[t.toPay, method ? ownPrice(flow, price, method) : null]]))}
    <div class="stack">
      ${isOpen ? button('primary', t.showWindow, show) : null}
      <a
        part="button link"
        class="button ${isOpen ? '' : 'primary'}"
        href=${url}
        rel="noopener"
        target=${isBeside ? '_blank' : '_self'}
        @click=${isBeside ? null : willLeave}
      >
        ${isOpen ? t.openPageAgain : t.openPage}${icon('out')}
      </a>
      ${button('plain', t.iHavePaid, sent, state.busy === 'sent')}
    </div>
    ${
      inputs.isLarge
        ? html`<div>
            ${qrImage(flow, url, t.onPhone)}
            <p class="muted scan">${t.scan}</p>
          </div>`
        : null
    }
    ${leave(flow, payment, url.length > LONGEST_CODE ? null : button('quiet', inputs.isLarge ? t.hide : t.onPhone, toggle))}`
}
