/**
 * The looks of PayCrypto's hosted page: the amount, a choice of networks, the end.
 *
 * @module
 */
import type { HostedPage } from '../../hosted-page.ts'
import { PAGE_SCRIPT } from './page-script.ts'

const STYLE = `
:root {
  --accent: light-dark(#0a5a8a, #7cc7f2);
  --on-accent: light-dark(#ffffff, #04222f);
  --tint: light-dark(#e9f3f9, #182c38);
}
.coins { grid-template-columns: 1fr; gap: 0.5rem; margin-top: 1rem; }
.coins label { display: flex; gap: 0.75rem; align-items: center; min-height: 2.75rem; margin: 0; padding: 0.6rem 1rem; border: 1px solid var(--field); border-radius: 0.5rem; font-size: 1rem; cursor: pointer; }
.coins label:has(:checked) { border-color: var(--accent); background: var(--tint); }
.coins label:has(:focus-visible) { outline: 3px solid var(--accent); outline-offset: 2px; }
.coins input { width: auto; accent-color: var(--accent); }
.coins small { margin-inline-start: auto; color: var(--soft); font-weight: 400; }
.secondary { width: 100%; margin-top: 0.75rem; }
#ended a { display: inline-block; padding: 0.6rem 0; color: var(--accent); }
.two { grid-template-columns: 1fr 1fr; }
`

/** The page; the same for every order. */
export const PAGE: HostedPage = {
  title: 'Crypto payment (sandbox)',
  brand: 'PayCrypto',
  ribbon: 'A stand-in of PayCrypto-Checkout. No wallet is charged, no money moves.',
  style: STYLE,
  script: PAGE_SCRIPT,
  summary: `
    <h1 id="vendor">Crypto payment</h1>
    <p class="price" id="price">&nbsp;</p>
    <dl>
      <div><dt>Order</dt><dd id="order">–</dd></div>
      <div><dt>Valid until</dt><dd id="expiry">–</dd></div>
    </dl>`,
  panel: `
    <form id="form" data-part novalidate hidden>
      <h2>Pay with USDT</h2>
      <fieldset class="coins">
        <legend>Network</legend>
        <label><input type="radio" name="coin" value="USDT-TRC20"> TRON <small>USDT-TRC20</small></label>
        <label><input type="radio" name="coin" value="USDT-BEP20"> BNB Smart Chain <small>USDT-BEP20</small></label>
        <label><input type="radio" name="coin" value="USDT-SPL"> Solana <small>USDT-SPL</small></label>
      </fieldset>
      <button class="primary" type="submit">Pay <span id="due"></span></button>
      <button class="secondary" type="button" data-action="confirming">Pay, wait for confirmation</button>
      <fieldset class="two">
        <legend>Other ways this can end</legend>
        <button type="button" data-action="cancel">Cancel</button>
        <button type="button" data-action="fail">Fail</button>
      </fieldset>
    </form>

    <div id="ended" data-part hidden>
      <h2 id="outcome">The payment has ended</h2>
      <p id="next">You can close this page and go back to the shop.</p>
      <a id="return" hidden>Back to the shop</a>
    </div>`,
}
