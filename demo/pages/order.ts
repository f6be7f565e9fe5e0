/**
 * How an order stands, by the word of the proxy.
 * @module
 */
import { html } from 'hono/html'
import type { Order, Standing } from '../orders.ts'
import { summary } from './checkout.ts'
import { layout } from './layout.ts'
import type { Markup } from './layout.ts'
import { STEPS, tell, tellNotice } from './standing.ts'

export function orderPage(order: Order, standing: Standing): Markup {
  const { title, text, step, tone } = tell(standing)
  const body = html`<h1>Order <span translate="no">${order.orderId}</span></h1>
    <div class="checkout">
      <section class="standing ${tone}" id="standing" data-order="${order.orderId}">
        <div role="status">
          <h2 id="standing-title">${title}</h2>
          <p id="standing-text">${text}</p>
          <p class="notice" id="standing-notice">${tellNotice(standing.notice)}</p>
        </div>
        <ol class="steps" id="steps" data-step="${step}">
          ${STEPS.map((name, index) => html`<li class="${index < step ? 'done' : ''}">${name}</li>`)}
        </ol>
        <a
          class="button"
          id="to-checkout"
          href="/checkout/${order.orderId}"
          ${step === 1 ? '' : html`hidden`}
          >Go to the payment</a
        >
      </section>
      ${summary(order)}
    </div>`
  return layout({ title: `Order ${order.orderId}`, script: 'order', body })
}

/** A page that says one thing. */
export function messagePage(title: string, text: string): Markup {
  const body = html`<h1>${title}</h1>
    <p class="lead">${text}</p>
    <p><a class="button" href="/">Back to the shop</a></p>`
  return layout({ title, script: 'embed', body })
}
