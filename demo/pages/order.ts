/**
 * How an order stands, by the word of the proxy.
 * @module
 */
import { html } from 'hono/html'
import type { Order, Standing } from '../orders.ts'
import { summary } from './checkout.ts'
import type { Speech } from '../texts/languages.ts'
import { layout } from './layout.ts'
import type { Markup } from './layout.ts'
import { tell, tellNotice } from './standing.ts'

export function orderPage(order: Order, standing: Standing, speech: Speech): Markup {
  const { t } = speech
  const { title, text, step, tone } = tell(standing, t)
  const body = html`<h1>${t.order} <span translate="no">${order.orderId}</span></h1>
    <div class="checkout">
      <section class="standing ${tone}" id="standing" data-order="${order.orderId}">
        <div role="status">
          <h2 id="standing-title">${title}</h2>
          <p id="standing-text">${text}</p>
          <p class="notice" id="standing-notice">${tellNotice(standing.notice, t)}</p>
        </div>
        <ol class="steps" id="steps" data-step="${step}">
          ${t.steps.map((name, index) => html`<li class="${index < step ? 'done' : ''}">${name}</li>`)}
        </ol>
        <a
          class="button"
          id="to-checkout"
          href="/checkout/${order.orderId}"
          ${step === 1 ? '' : html`hidden`}
          >${t.goToPayment}</a
        >
      </section>
      ${summary(order, speech)}
    </div>`
  return layout({ title: `${t.order} ${order.orderId}`, speech, script: 'order', body })
}

/** A page that says one thing. */
export function messagePage(title: string, text: string, speech: Speech): Markup {
  const body = html`<h1>${title}</h1>
    <p class="lead">${text}</p>
    <p><a class="button" href="/">${speech.t.backToShop}</a></p>`
  return layout({ title, speech, script: 'embed', body })
}
