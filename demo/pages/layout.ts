/**
 * What every page of the shop has around it.
 * @module
 */
import { html } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'

/** A piece of HTML in which everything that was put in is escaped. */
export type Markup = HtmlEscapedString | Promise<HtmlEscapedString>

export interface Page {
  readonly title: string
  /** Its script, by the name of its file in `shop/scripts`. */
  readonly script: string
  readonly body: Markup
  /** Where the sandbox's panel gets its payments from; no panel where absent. */
  readonly sandboxUrl?: string
  /** The page shows the checkout. */
  readonly hasCheckout?: boolean
}

/** The whole document. */
export function layout({ title, script, body, sandboxUrl, hasCheckout = false }: Page): Markup {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · Lantern Coffee</title>
        <link rel="icon" href="/art/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/styles/base.css" />
        <link rel="stylesheet" href="/styles/pages.css" />
        <link rel="stylesheet" href="/styles/checkout.css" />
        ${sandboxUrl ? html`<link rel="stylesheet" href="/styles/panel.css" />` : ''}
        <script type="module" src="/scripts/${script}.js"></script>
        ${hasCheckout ? html`<script src="/crypto-checkout.js" defer></script>` : ''}
      </head>
      <body>
        <a class="skip" href="#main">Skip to the content</a>
        <header class="top">
          <a class="brand" href="/"
            ><img src="/art/icon.svg" alt="" width="32" height="32" />Lantern Coffee</a
          >
          <nav aria-label="Shop">
            <a href="/">Shop</a>
            <a href="/cart">Cart <span class="count" data-cart-count hidden></span></a>
          </nav>
        </header>
        <main id="main" tabindex="-1">${body}</main>
        <footer class="bottom">
          <p>
            A demo of <strong>crypto-checkout</strong>. There is no coffee, and no money moves: the
            payment companies are played by a sandbox.
          </p>
          <nav aria-label="Demo">
            <a href="/embed/product">Embed: price list</a>
            <a href="/embed/unsigned">Embed: donation</a>
            <a href="/gallery">Gallery</a>
            <a href="/sandbox">Sandbox</a>
          </nav>
        </footer>
        ${sandboxUrl ? panel(sandboxUrl) : ''}
      </body>
    </html>`
}

/** Filled in by `shop/scripts/panel`. */
const panel = (sandboxUrl: string): Markup =>
  html`<aside
    class="panel"
    id="sandbox-panel"
    data-control="${sandboxUrl}"
    aria-label="Sandbox: play the payer"
  ></aside>`

/** `₺1,250.00` */
export function lira(amount: string): string {
  return LIRA.format(Number(amount))
}

const LIRA = new Intl.NumberFormat('en', {
  style: 'currency',
  currency: 'TRY',
  currencyDisplay: 'narrowSymbol',
})
