/**
 * Paying on another page: while the shopper is there, and after coming back.
 * @module
 */
import { html } from 'lit'
import type { TemplateResult } from 'lit'
import type { Payment, RedirectAction } from '../../protocol/payment.ts'
import type { Flow } from '../flow.ts'
import { ownPrice } from './choose.ts'
import { button, icon, list, message } from './parts.ts'
import { leave } from './transfer.ts'

/** The way to the page, again and again: a window can be lost, a link cannot. */
export function redirect(flow: Flow, payment: Payment, { url }: RedirectAction): TemplateResult {
  const { t, hasReturned, window, state, sent, willLeave } = flow
  const { isOpen, show } = window
  const text = hasReturned ? t.returned : isOpen ? t.popup : t.redirect
  const { checkout } = state
  const method = checkout?.methods.find(({ id }) => id === payment.methodId)
  const price = checkout && method ? ownPrice(flow, checkout.price, method) : null
  return html`${message('clock', text, list([[t.toPay, price]]))}
    <div class="stack">
      ${isOpen ? button('primary', t.showWindow, show) : null}
      <a
        part="button link"
        class="button ${isOpen ? '' : 'primary'}"
        href=${url}
        rel="noopener"
        target=${isOpen ? '_blank' : '_self'}
        @click=${isOpen ? null : willLeave}
      >
        ${isOpen ? t.openPageAgain : t.openPage}${icon('out')}
      </a>
      ${button('plain', t.iHavePaid, sent, state.busy === 'sent')}
    </div>
    ${leave(flow, payment)}`
}
