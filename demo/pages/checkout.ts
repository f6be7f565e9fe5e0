/**
 * The page on which an order is paid. The element gets the order as a token that only the shop's
 * backend can sign; `checkout.css` keeps its place free until it is there.
 * @module
 */
import { html } from 'hono/html'
import type { Order } from '../orders.ts'
import { layout, lira } from './layout.ts'
import type { Markup } from './layout.ts'

export interface CheckoutPage {
  readonly order: Order
  readonly orderToken: string
  readonly proxyUrl: string
  readonly sandboxUrl: string
}

export function checkoutPage({ order, orderToken, proxyUrl, sandboxUrl }: CheckoutPage): Markup {
  const { orderId } = order
  const body = html`<h1 id="title" tabindex="-1">Checkout</h1>
    <div class="checkout">
      <section aria-label="Payment">
        <div class="thanks" id="thanks" hidden>
          <h2>Paid, and on Monday’s list</h2>
          <p>We roast on Monday and post on Tuesday. Your order number is ${orderId}.</p>
          <p><a class="button" href="/orders/${orderId}">Follow your order</a></p>
        </div>
        <crypto-checkout
          proxy="${proxyUrl}"
          order-token="${orderToken}"
          success-url="/orders/${orderId}"
          fail-url="/cart"
          cancel-url="/cart"
        ></crypto-checkout>
      </section>
      ${summary(order)}
    </div>`
  return layout({ title: 'Checkout', script: 'checkout', body, sandboxUrl, hasCheckout: true })
}

/** What is being bought. */
export function summary({ orderId, lines, total }: Order): Markup {
  return html`<section class="summary" aria-labelledby="summary-title">
    <h2 id="summary-title">Your order</h2>
    <ul class="lines" role="list">
      ${lines.map(
        ({ product, name, quantity, total: sum }) =>
          html`<li>
            <img src="/art/${product}.svg" alt="" width="56" height="56" />
            <span>${name}<small>${quantity > 1 ? `${quantity} pieces` : '1 piece'}</small></span>
            <span class="sum">${lira(sum)}</span>
          </li>`,
      )}
    </ul>
    <dl class="totals">
      <div>
        <dt>Shipping</dt>
        <dd>Free</dd>
      </div>
      <div class="grand">
        <dt>Total</dt>
        <dd>${lira(total)}</dd>
      </div>
    </dl>
    <p class="quiet">Order <span translate="no">${orderId}</span></p>
  </section>`
}
