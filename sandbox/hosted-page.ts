/**
 * The frame of every hosted page: ribbon, summary, panel; one style, one set of script helpers.
 *
 * Script and style are inline under a nonce, and nothing is loaded from elsewhere. A page's own
 * parts are constant texts: what differs from payment to payment is fetched by its script.
 *
 * @module
 */
import { randomBytes } from 'node:crypto'
import type { Context } from 'hono'
import { PAGE_SCRIPT } from './page-script.ts'
import { PAGE_STYLE } from './page-style.ts'

/** The parts of a page. All are HTML, CSS or script as they stand; none may hold what was sent. */
export interface HostedPage {
  readonly title: string
  readonly brand: string
  /** After "Sandbox", on the ribbon. */
  readonly ribbon: string
  /** Below the brand, on the left; on top on a phone. */
  readonly summary: string
  /** Below the message. */
  readonly panel: string
  /** Over the common style: at least the colours of the brand. */
  readonly style: string
  /** After the common helpers. */
  readonly script: string
}

/** The page; the same for every payment. */
export function renderHostedPage(c: Context, page: HostedPage): Response {
  const nonce = randomBytes(16).toString('base64url')
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    "connect-src 'self'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
  return c.html(html(page, nonce), 200, {
    'content-security-policy': policy,
    'referrer-policy': 'same-origin',
    'cache-control': 'no-store',
  })
}

function html(page: HostedPage, nonce: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<link rel="icon" href="data:,">
<title>${page.title}</title>
<style nonce="${nonce}">${PAGE_STYLE}${page.style}</style>
</head>
<body>
<header class="ribbon"><strong>Sandbox</strong> ${page.ribbon}</header>
<main>
  <section class="summary" aria-labelledby="vendor">
    <p class="brand">${page.brand} <span class="tag">sandbox</span></p>
${page.summary}
  </section>

  <section class="panel" aria-label="Payment">
    <p id="message" role="status" aria-live="polite">Opening the payment…</p>
    <noscript><p class="alert">This page needs JavaScript.</p></noscript>
${page.panel}
  </section>
</main>
<script nonce="${nonce}">${PAGE_SCRIPT}${page.script}</script>
</body>
</html>
`
}
