/**
 * The page on which an order is paid. The element gets the order as a token that only the shop's
 * backend can sign; `checkout.css` keeps its place free until it is there.
 * @module
 */
import { html } from 'hono/html'
import type { Order } from '../orders.ts'
import { fill, fillCount } from '../../widget/locales/fill.ts'
import type { Speech } from '../texts/languages.ts'
import { layout } from './layout.ts'
import type { Markup } from './layout.ts'

export interface CheckoutPage {
  readonly speech: Speech
  readonly order: Order
  readonly orderToken: string
  readonly proxyUrl: string
  readonly sandboxUrl: string
}

export function checkoutPage(page: CheckoutPage): Markup {
  const { speech, order, orderToken, proxyUrl, sandboxUrl } = page
  const { orderId } = order
  const { t } = speech
  const body = html`<h1 id="title" tabindex="-1">${t.checkout}</h1>
    <div class="checkout">
      <section aria-label="${t.payment}">
        <div class="thanks" id="thanks" hidden>
          <h2>${t.onTheList}</h2>
          <p>${fill(t.whatNext, orderId)}</p>
          <p><a class="button" href="/orders/${orderId}">${t.follow}</a></p>
        </div>
        <crypto-checkout
          proxy="${proxyUrl}"
          order-token="${orderToken}"
          success-url="/orders/${orderId}"
          fail-url="/cart"
          cancel-url="/cart"
        ></crypto-checkout>
      </section>
      <div class="beside">${summary(order, speech)} ${byLink(order, speech)}</div>
    </div>`
  return layout({
    title: t.checkout,
    speech,
    script: 'checkout',
    body,
    sandboxUrl,
    hasCheckout: true,
  })
}

/** The same checkout on a page of the proxy's, for another device or somebody else. `pay-link.ts` fills it in. */
function byLink({ orderId }: Order, { t }: Speech): Markup {
  return html`<section class="by-link" id="by-link" data-order="${orderId}">
    <h2>${t.payByLink}</h2>
    <p class="quiet">${t.whatLink}</p>
    <button class="button" type="button" id="make-link">${t.makeLink}</button>
    <p class="quiet" role="status" id="link-said"></p>
  </section>`
}

/** What is being bought. */
export function summary({ orderId, lines, total }: Order, speech: Speech): Markup {
  const { t, language, lira } = speech
  return html`<section class="summary" aria-labelledby="summary-title">
    <h2 id="summary-title">${t.yourOrder}</h2>
    <ul class="lines" role="list">
      ${lines.map(
        ({ product, name, quantity, total: sum }) =>
          html`<li>
            <img src="/art/${product}.svg" alt="" width="56" height="56" />
            <span>${name}<small>${fillCount(t.pieces, language, quantity)}</small></span>
            <span class="sum">${lira(Number(sum))}</span>
          </li>`,
      )}
    </ul>
    <dl class="totals">
      <div>
        <dt>${t.shipping}</dt>
        <dd>${t.free}</dd>
      </div>
      <div class="grand">
        <dt>${t.total}</dt>
        <dd>${lira(Number(total))}</dd>
      </div>
    </dl>
    <p class="quiet">${t.order} <span translate="no">${orderId}</span></p>
  </section>`
}
