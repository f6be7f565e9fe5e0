/**
 * Lincoln's page, `/{lang}/payment/{uid}/{secret}` and `/{lang}/order/{uid}/{secret}`: the same for
 * every order. `page-script.ts` reads the address and fetches the rest.
 *
 * @module
 */
import type { HostedPage } from '../../hosted-page.ts'
import { PAGE_SCRIPT } from './page-script.ts'

const STYLE = `
:root {
  --accent: light-dark(#5b2bbf, #c4a8ff);
  --on-accent: light-dark(#ffffff, #1e0b45);
  --tint: light-dark(#f2eefb, #241b39);
}
dt { white-space: nowrap; }
#account { color: var(--ink); margin-top: 1rem; padding: 0.75rem; border: 1px solid var(--line); border-radius: 0.5rem; overflow-wrap: anywhere; white-space: pre-line; user-select: all; }
#account.address { font-family: ui-monospace, monospace; }
#qr { display: block; width: 11rem; height: 11rem; margin: 1rem auto 0; border-radius: 0.5rem; }
#back { display: grid; place-items: center; border-radius: 0.5rem; text-decoration: none; }
#receiver { overflow-wrap: anywhere; }
`

/** The page; the same for every order. */
export const PAGE: HostedPage = {
  title: 'Exchange order (sandbox)',
  brand: 'Lincoln.money',
  ribbon: 'A stand-in of Lincoln.money. Send nothing to its addresses: no money moves.',
  style: STYLE,
  script: PAGE_SCRIPT,
  summary: `
    <h1 id="vendor">Exchange order</h1>
    <p class="price" id="give">&nbsp;</p>
    <dl>
      <div><dt>You give</dt><dd id="give-name">–</dd></div>
      <div><dt>Comes out</dt><dd id="get">–</dd></div>
      <div id="receiver-row"><dt>Receiver</dt><dd id="receiver">–</dd></div>
      <div><dt>Status</dt><dd id="status">–</dd></div>
      <div><dt>Valid until</dt><dd id="expiry">–</dd></div>
    </dl>`,
  panel: `
    <div id="confirm-part" data-part hidden>
      <h2>Is this what you want to exchange?</h2>
      <p>The exchanger waits for your money once you have confirmed the order.</p>
      <button class="primary" type="button" data-step="confirm">Confirm the order</button>
    </div>

    <div id="pay-part" data-part hidden>
      <h2>Send exactly <span id="due"></span></h2>
      <p class="hint" id="pay-hint"></p>
      <p id="account" class="hint"></p>
      <img id="qr" alt="The address as a QR code" hidden>
      <button class="primary" type="button" data-step="paid">I have paid</button>
    </div>

    <div id="wait-part" data-part hidden>
      <h2 id="wait-title"></h2>
      <p id="wait-text"></p>
    </div>

    <div id="end-part" data-part hidden>
      <h2 id="end-title"></h2>
      <p id="end-text"></p>
      <a id="back" class="primary" hidden>Back to the shop</a>
    </div>

    <fieldset id="played" hidden>
      <legend>The exchanger's part, played here</legend>
      <button type="button" data-step="done">Pay out</button>
      <button type="button" data-step="fail">Payment error</button>
      <button type="button" data-step="hold">Hold</button>
    </fieldset>`,
}
