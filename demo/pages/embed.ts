/**
 * Two more ways to embed: a price list that the proxy keeps, and an order that nobody signed. Neither
 * needs a backend.
 * @module
 */
import { html } from 'hono/html'
import { layout } from './layout.ts'
import type { Markup } from './layout.ts'

export interface EmbedPage {
  readonly proxyUrl: string
  readonly sandboxUrl: string
}

export function productPage({ proxyUrl, sandboxUrl }: EmbedPage): Markup {
  const snippet = `<script
  src="/crypto-checkout.js" defer
></script>
<crypto-checkout
  proxy="${proxyUrl}"
  product="tasting"
  quantity="2"
></crypto-checkout>`
  const body = html`<div>
      <p class="eyebrow">Another way to embed</p>
      <h1>A Saturday at the roastery</h1>
    </div>
    <div class="checkout">
      <section aria-label="Payment">
        <crypto-checkout proxy="${proxyUrl}" product="tasting" quantity="2"></crypto-checkout>
      </section>
      ${explain(
        'Two seats at the table. Six coffees, one slow morning.',
        html`The page names an article and how many. What it costs stands in a list that the proxy
        keeps (<code>CATALOGUE</code>), so that a static site needs no backend.`,
        snippet,
      )}
    </div>`
  return layout({ title: 'Tasting', script: 'embed', body, sandboxUrl, hasCheckout: true })
}

export function unsignedPage({ proxyUrl, sandboxUrl }: EmbedPage): Markup {
  const snippet = `<script
  src="/crypto-checkout.js" defer
></script>
<crypto-checkout
  proxy="${proxyUrl}"
  amount="45"
  currency="TRY"
></crypto-checkout>`
  const body = html`<div>
      <p class="eyebrow">Another way to embed</p>
      <h1>Buy the roaster a coffee</h1>
    </div>
    <div class="checkout">
      <section aria-label="Payment">
        <crypto-checkout proxy="${proxyUrl}" amount="45" currency="TRY"></crypto-checkout>
      </section>
      ${explain(
        'Somebody has to drink what we test. Thank you for one cup.',
        html`The page says the amount itself, and nobody signed it. Good for donations only: the
        proxy has to allow it (<code>ALLOW_UNSIGNED_ORDERS</code>), caps it
        (<code>UNSIGNED_MAX_AMOUNT</code>), and marks the order for ever.`,
        snippet,
      )}
    </div>`
  return layout({ title: 'Donation', script: 'embed', body, sandboxUrl, hasCheckout: true })
}

/** Every payment of the sandbox, with its panel wide. */
export function sandboxPage(sandboxUrl: string): Markup {
  const body = html`<div>
      <p class="eyebrow">Demo tooling</p>
      <h1>The sandbox</h1>
    </div>
    <p class="lead">
      Everything that the played payment companies know, whatever the order. On a checkout page the
      same panel shows that order only.
    </p>`
  return layout({ title: 'Sandbox', script: 'embed', body, sandboxUrl })
}

function explain(lead: string, text: Markup, snippet: string): Markup {
  return html`<section class="summary" aria-labelledby="how">
    <p class="lead">${lead}</p>
    <h2 id="how">The code</h2>
    <p>${text}</p>
    <pre tabindex="0" aria-label="The code of this page"><code>${snippet}</code></pre>
  </section>`
}
