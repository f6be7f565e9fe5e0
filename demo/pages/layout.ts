/**
 * What every page of the shop has around it.
 * @module
 */
import { html } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import { LANGUAGE_NAMES, speechOf } from '../texts/languages.ts'
import type { Speech } from '../texts/languages.ts'

/** A piece of HTML in which everything that was put in is escaped. */
export type Markup = HtmlEscapedString | Promise<HtmlEscapedString>

export interface Page {
  readonly title: string
  /** What it is written in; English, and in no other language, where absent. */
  readonly speech?: Speech
  /** Its script, by the name of its file in `shop/scripts`. */
  readonly script: string
  readonly body: Markup
  /** Where the sandbox's panel gets its payments from; no panel where absent. */
  readonly sandboxUrl?: string
  /** The page shows the checkout. */
  readonly hasCheckout?: boolean
}

/** The whole document. */
export function layout(page: Page): Markup {
  const { title, script, body, sandboxUrl, speech = speechOf('en'), hasCheckout = false } = page
  const { t, language, direction } = speech
  const [before, after] = t.about.split('{0}')
  return html`<!doctype html>
    <html lang="${language}" dir="${direction}">
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
        <a class="skip" href="#main">${t.skip}</a>
        <header class="top">
          <a class="brand" href="/"
            ><img src="/art/icon.svg" alt="" width="32" height="32" />Lantern Coffee</a
          >
          <nav aria-label="${t.shop}">
            <a href="/">${t.shop}</a>
            <a href="/cart">${t.cart} <span class="count" data-cart-count hidden></span></a>
            ${page.speech ? languages(page.speech) : ''}
          </nav>
        </header>
        <main id="main" tabindex="-1">${body}</main>
        <footer class="bottom">
          <p>${before}<strong>crypto-checkout</strong>${after}</p>
          <nav aria-label="Demo" lang="en" dir="ltr">
            <a href="/playground">Playground</a>
            <a href="/embed/product">Embed: price list</a>
            <a href="/embed/unsigned">Embed: donation</a>
            <a href="/gallery">Gallery</a>
            <a href="/hosts">Strict hosts</a>
            <a href="/sandbox">Sandbox</a>
          </nav>
        </footer>
        ${sandboxUrl ? panel(sandboxUrl) : ''}
      </body>
    </html>`
}

/** Plain links: the choice is a page of the server's, and is kept in a cookie. */
function languages({ t, language }: Speech): Markup {
  return html`<details class="languages">
    <summary aria-label="${t.language}: ${language.toUpperCase()}">
      ${language.toUpperCase()}
    </summary>
    <ul role="list">
      ${LANGUAGE_NAMES.map(
        ([code, name]) =>
          html`<li>
            <a
              href="?lang=${code}"
              lang="${code}"
              hreflang="${code}"
              ${code === language ? html`aria-current="true"` : ''}
              >${name}</a
            >
          </li>`,
      )}
    </ul>
  </details>`
}

/** Filled in by `shop/scripts/panel`. */
export const panel = (sandboxUrl: string): Markup =>
  html`<aside
    class="panel"
    id="sandbox-panel"
    lang="en"
    dir="ltr"
    data-control="${sandboxUrl}"
    aria-label="Sandbox: play the payer"
  ></aside>`
