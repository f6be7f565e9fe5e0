/**
 * What there is to buy, and the cart.
 * @module
 */
import { html } from 'hono/html'
import { PRODUCTS } from '../products.ts'
import type { Product } from '../products.ts'
import type { Speech } from '../texts/languages.ts'
import { layout } from './layout.ts'
import type { Markup } from './layout.ts'

export function homePage(speech: Speech): Markup {
  const { t } = speech
  const body = html`<section class="hero">
      <div>
        <p class="eyebrow">${t.eyebrow}</p>
        <h1>${t.claim}</h1>
        <p class="lead">${t.lead}</p>
        <p><a class="button primary" href="#products">${t.seeFresh}</a></p>
      </div>
      <img src="/art/hero.svg" alt="" width="640" height="420" />
    </section>
    <section id="products" aria-labelledby="products-title">
      <h2 id="products-title">${t.fresh}</h2>
      <ul class="products" role="list">
        ${PRODUCTS.map((product) => card(product, speech))}
      </ul>
    </section>
    <p class="toast" role="status" id="added"></p>`
  return layout({ title: t.shop, speech, script: 'home', body })
}

function card({ id, name, price }: Product, { t, lira }: Speech): Markup {
  const { kind, text } = t.products[id]
  return html`<li class="product">
    <img src="/art/${id}.svg" alt="" width="320" height="320" loading="lazy" />
    <div class="product-text">
      <p class="kind">${kind}</p>
      <h3>${name}</h3>
      <p>${text}</p>
      <div class="product-foot">
        <strong class="price">${lira(Number(price))}</strong>
        <button
          class="button"
          type="button"
          data-add="${id}"
          data-name="${name}"
          aria-label="${t.addToCart}: ${name}"
        >
          ${t.addToCart}
        </button>
      </div>
    </div>
  </li>`
}

export function cartPage(speech: Speech): Markup {
  const { t } = speech
  const body = html`<h1>${t.yourCart}</h1>
    <div id="cart" aria-live="polite"><p class="quiet">${t.looking}</p></div>
    <noscript><p>${t.needsScript}</p></noscript>`
  return layout({ title: t.cart, speech, script: 'cart', body })
}
