/**
 * What there is to buy, and the cart.
 * @module
 */
import { html } from 'hono/html'
import { PRODUCTS } from '../products.ts'
import type { Product } from '../products.ts'
import { layout, lira } from './layout.ts'
import type { Markup } from './layout.ts'

export function homePage(): Markup {
  const body = html`<section class="hero">
      <div>
        <p class="eyebrow">Small-batch coffee roasters</p>
        <h1>Coffee for people who are up before the light.</h1>
        <p class="lead">
          Roasted on Mondays, posted on Tuesdays, paid in the coin of your choice or by card.
        </p>
        <p><a class="button primary" href="#products">See what is fresh</a></p>
      </div>
      <img src="/art/hero.svg" alt="" width="640" height="420" />
    </section>
    <section id="products" aria-labelledby="products-title">
      <h2 id="products-title">Fresh this week</h2>
      <ul class="products" role="list">
        ${PRODUCTS.map(card)}
      </ul>
    </section>
    <p class="toast" role="status" id="added"></p>`
  return layout({ title: 'Shop', script: 'home', body })
}

function card({ id, name, kind, text, price }: Product): Markup {
  return html`<li class="product">
    <img src="/art/${id}.svg" alt="" width="320" height="320" loading="lazy" />
    <div class="product-text">
      <p class="kind">${kind}</p>
      <h3>${name}</h3>
      <p>${text}</p>
      <div class="product-foot">
        <strong class="price">${lira(price)}</strong>
        <button
          class="button"
          type="button"
          data-add="${id}"
          data-name="${name}"
          aria-label="Add to cart: ${name}"
        >
          Add to cart
        </button>
      </div>
    </div>
  </li>`
}

export function cartPage(): Markup {
  const body = html`<h1>Your cart</h1>
    <div id="cart" aria-live="polite"><p class="quiet">Looking…</p></div>
    <noscript><p>The cart needs JavaScript.</p></noscript>`
  return layout({ title: 'Cart', script: 'cart', body })
}
