/**
 * The playground's page: the places that its script fills. It has nothing of the shop's look, so that
 * the element is seen as it comes.
 * @module
 */
import { html } from 'hono/html'
import { THEME_NAMES } from '../gallery/themes.ts'
import { panel } from './layout.ts'
import type { Markup } from './layout.ts'

export interface PlaygroundPage {
  readonly proxyUrl: string
  readonly merchantUrl: string
  readonly sandboxUrl: string
}

export function playgroundPage({ proxyUrl, merchantUrl, sandboxUrl }: PlaygroundPage): Markup {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>Playground · crypto-checkout</title>
        <link rel="icon" href="/art/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/styles/base.css" />
        <link rel="stylesheet" href="/styles/panel.css" />
        <link rel="stylesheet" href="/styles/workbench.css" />
        <link rel="stylesheet" href="/styles/playground.css" />
        <link rel="stylesheet" href="/styles/playground-tools.css" />
        ${THEME_NAMES.map((name) => html`<link rel="stylesheet" href="/themes/${name}.css" />`)}
        <script type="module" src="/scripts/playground.js"></script>
        <script src="/crypto-checkout.js" defer></script>
      </head>
      <body>
        <a class="skip" href="#stage">Skip to the checkout</a>
        <header class="bar">
          <h1><a href="/">Lantern Coffee</a> Playground</h1>
          <p>
            Configure the checkout, play what can happen to a payment, copy the code. Nothing here
            costs anything.
          </p>
        </header>
        <main
          id="playground"
          class="playground"
          data-proxy="${proxyUrl}"
          data-merchant="${merchantUrl}"
          data-sandbox="${sandboxUrl}"
        >
          <section id="settings" class="settings" aria-label="Settings"></section>
          <section id="stage" class="stage" aria-label="Checkout" tabindex="-1"></section>
          <div class="side">
            <section id="drawer" class="drawer" aria-label="Scenarios"></section>
            <details class="by-hand">
              <summary>By hand</summary>
              ${panel(sandboxUrl)}
            </details>
          </div>
          <section id="below" class="below" aria-label="Code and log"></section>
        </main>
        <noscript><p>The playground needs scripts.</p></noscript>
      </body>
    </html>`
}
