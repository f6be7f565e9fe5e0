/**
 * The page of a situation, with nothing on it but what it is about, and the list of them all.
 * @module
 */
import { html } from 'hono/html'
import { layout } from '../pages/layout.ts'
import type { Markup } from '../pages/layout.ts'
import { scriptTag } from './situation.ts'
import type { Given, Situation } from './situation.ts'
import { SITUATIONS } from './situations.ts'

export function hostPage(situation: Situation, given: Given): Markup {
  const { title, about, policy, head = scriptTag, body } = situation
  const hasStyle = policy?.(given)['style-src'] !== undefined
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · crypto-checkout</title>
        <link rel="icon" href="${given.shopUrl}/art/icon.svg" />
        ${hasStyle ? html`<link rel="stylesheet" href="/styles/hosts.css" />` : ''} ${head(given)}
      </head>
      <body>
        <h1>${title}</h1>
        <p>${about}</p>
        <main>${body(given)}</main>
      </body>
    </html>`
}

export function hostsIndex(): Markup {
  const body = html`<div>
      <p class="eyebrow">Demo tooling</p>
      <h1>Strict hosts</h1>
    </div>
    <p class="lead">
      Pages as merchants have them, each under the smallest policy that lets it work. What is begun
      on one of them is paid for <a href="/sandbox">in the sandbox</a>.
    </p>
    <dl class="hosts">
      ${SITUATIONS.map(
        ({ name, title, about }) =>
          html`<dt><a href="/hosts/${name}">${title}</a></dt>
            <dd>${about}</dd>`,
      )}
    </dl>`
  return layout({ title: 'Strict hosts', script: 'embed', body })
}

/** What the shop says once it has looked at a receipt. */
export const orderedPage = (text: string): Markup =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>Your order · crypto-checkout</title>
      </head>
      <body>
        <h1>${text}</h1>
        <p><a href="/hosts">Strict hosts</a></p>
      </body>
    </html>`
