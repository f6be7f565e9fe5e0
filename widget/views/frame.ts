/**
 * What stands around every screen: the price above, the live region and the reference below.
 * @module
 */
import { html } from 'lit'
import type { TemplateResult } from 'lit'
import type { Checkout } from '../../protocol/payment.ts'
import type { Flow } from '../flow.ts'
import { formatMoney } from '../format.ts'
import { pageUrl } from '../redirect.ts'
import { errorText } from './notice.ts'
import { ask, banner, button, copyButton } from './parts.ts'
import type { Content } from './parts.ts'

/** The card with `body` in it. */
export function frame(flow: Flow, body: Content): TemplateResult {
  const { t, texts, announcer } = flow
  // not a word in the wrong language
  const checkout = texts.isLoading ? null : flow.state.checkout
  const isUnsigned = checkout?.priceSource === 'unsigned'
  const { text, isToast } = announcer.said
  return html`<section part="card" class="card" lang=${t.lang} dir=${t.dir} aria-label=${t.toPay}>
    ${checkout || flow.view.kind === 'loading' ? header(flow, checkout) : null}
    <div part="body" class="body">
      <div role="alert">${trouble(flow)}</div>
      ${flow.inputs.isClosing ? askToClose(flow) : body}
      ${isUnsigned ? html`<p class="muted">${t.unsigned}</p>` : null}
    </div>
    <p part="status" class=${isToast ? 'toast' : 'unseen'} role="status">${text}</p>
    ${texts.isLoading ? null : footer(flow, checkout)}
  </section>`
}

/** Money may be on its way: the shopper hears that it is not lost, and decides. */
function askToClose({ t, set, close }: Flow): Content {
  return ask(t.closeTitle, t.closeText, [
    button('primary', t.keep, () => set({ isClosing: false })),
    button('bad', t.close, () => close(true)),
  ])
}

/** While nothing is known it keeps the room. */
function header({ t, texts, language }: Flow, checkout: Checkout | null): TemplateResult {
  return html`<header part="header">
    <slot name="header"></slot>
    <p class="muted"><bdi>${checkout?.description ?? (texts.isLoading ? '…' : t.toPay)}</bdi></p>
    <p part="price" class="price">${checkout ? formatMoney(checkout.price, language) : '…'}</p>
    ${checkout?.testMode ? html`<p part="badge" class="badge warn">${t.testMode}</p>` : null}
  </header>`
}

/** What went wrong while something is already on screen; nothing there is lost. */
function trouble({ state, t, view, refresh }: Flow): Content {
  const { checkout, error, failedStep, isOffline, alarm } = state
  // what was picked in vain says nothing of the payment that still stands
  const isOfList = failedStep === 'start' && view.kind !== 'choose'
  const code = isOffline ? 'offline' : isOfList ? null : error?.code
  if (!checkout || alarm || !code) return null
  const isLost = code === 'unreachable' || code === 'bad_answer'
  const [title, text] = isLost ? [t.connectionLost, ''] : errorText(t, state, code)
  return banner(
    isLost || isOffline ? 'info' : 'bad',
    html`<b>${title}</b> ${text} ${isLost ? button('quiet', t.tryAgain, refresh) : null}`,
  )
}

function footer(flow: Flow, checkout: Checkout | null): TemplateResult {
  const { t, host } = flow
  const support = pageUrl(host.supportUrl, host.page)
  const pair = (name: string, value: string) =>
    html`<span
      >${name} <b translate="no"><bdi>${value}</bdi></b></span
    >`
  return html`<footer part="footer">
    ${
      checkout &&
      html`<p part="reference">
          ${pair(t.reference, checkout.id.slice(0, 8))} ${pair(t.order, checkout.orderId)}
        </p>
        ${copyButton(flow, t.reference, `${checkout.id} / ${checkout.orderId}`)}`
    }
    ${support && html`<a part="support" href=${support} target="_blank">${t.support}</a>`}
    <slot name="footer"></slot>
  </footer>`
}
