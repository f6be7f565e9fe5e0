/**
 * Redoya's hosted page, `GET /checkout`. The document says no more than that the shopper pays
 * there and is redirected; its looks are ours.
 *
 * The server never sees what is to be paid: `page-script.ts` reads the fragment. Script and style
 * are inline under a nonce, and nothing is loaded from elsewhere.
 *
 * @module
 */
import { randomBytes } from 'node:crypto'
import type { Context } from 'hono'
import { PAGE_SCRIPT } from './page-script.ts'
import { PAGE_STYLE } from './page-style.ts'

/** The page; the same for every order. */
export function renderPage(c: Context): Response {
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
  return c.html(html(nonce), 200, {
    'content-security-policy': policy,
    'referrer-policy': 'same-origin',
    'cache-control': 'no-store',
  })
}

function html(nonce: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<link rel="icon" href="data:,">
<title>Card payment (sandbox)</title>
<style nonce="${nonce}">${PAGE_STYLE}</style>
</head>
<body>
<header class="ribbon"><strong>Sandbox</strong> A stand-in of Redoya Pay. No card is charged, no money moves.</header>
<main>
  <section class="summary" aria-labelledby="vendor">
    <p class="brand">Redoya Pay <span class="tag">sandbox</span></p>
    <h1 id="vendor">Card payment</h1>
    <p class="price" id="price">&nbsp;</p>
    <dl>
      <div><dt>Mode</dt><dd id="mode">–</dd></div>
      <div><dt>Valid until</dt><dd id="expiry">–</dd></div>
    </dl>
  </section>

  <section class="panel">
    <p id="message" role="status" aria-live="polite">Opening the payment…</p>
    <noscript><p class="alert">This page needs JavaScript: the order is in the part of its address that no server sees.</p></noscript>

    <form id="form" novalidate hidden>
      <h2>Card details</h2>
      <p class="hint" id="hint">Test data, filled in for you. Do not enter a real card.</p>
      <label for="holder">Name on card</label>
      <input id="holder" value="TEST CARD HOLDER" autocomplete="off" aria-describedby="hint" maxlength="60">
      <label for="number">Card number</label>
      <input id="number" value="4242 4242 4242 4242" inputmode="numeric" autocomplete="off" aria-describedby="hint" maxlength="23">
      <div class="pair">
        <div><label for="until">Expires</label><input id="until" value="12 / 40" inputmode="numeric" autocomplete="off" maxlength="7"></div>
        <div><label for="code">Security code</label><input id="code" value="000" inputmode="numeric" autocomplete="off" maxlength="4"></div>
      </div>
      <button class="primary" type="submit" data-outcome="success">Pay by card <span id="due"></span></button>
      <fieldset>
        <legend>Other ways this can end</legend>
        <button type="button" data-outcome="failed">Decline</button>
        <button type="button" data-outcome="pending">Confirm later</button>
        <button type="button" id="leave">Walk away</button>
      </fieldset>
    </form>

    <div id="left" hidden>
      <h2>You walked away</h2>
      <p>Nothing was paid and the shop was not told. You can close this page, or go back.</p>
      <button type="button" id="back">Back to the payment</button>
    </div>
  </section>
</main>
<script nonce="${nonce}">${PAGE_SCRIPT}</script>
</body>
</html>
`
}
