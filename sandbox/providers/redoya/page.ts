/**
 * Redoya's hosted card page, `GET /checkout`. The document says no more than that the shopper pays
 * there and is redirected; its looks are ours.
 *
 * The server never sees what is to be paid: `page-script.ts` reads the fragment.
 *
 * @module
 */
import type { HostedPage } from '../../hosted-page.ts'
import { PAGE_SCRIPT } from './page-script.ts'

/** The page; the same for every order. */
export const PAGE: HostedPage = {
  title: 'Card payment (sandbox)',
  brand: 'Redoya Pay',
  ribbon: 'A stand-in of Redoya Pay. No card is charged, no money moves.',
  style: '',
  script: PAGE_SCRIPT,
  summary: `
    <h1 id="vendor">Card payment</h1>
    <p class="price" id="price">&nbsp;</p>
    <dl>
      <div><dt>Mode</dt><dd id="mode">–</dd></div>
      <div><dt>Valid until</dt><dd id="expiry">–</dd></div>
    </dl>`,
  panel: `
    <form id="form" data-part novalidate hidden>
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

    <div id="left" data-part hidden>
      <h2>You walked away</h2>
      <p>Nothing was paid and the shop was not told. You can close this page, or go back.</p>
      <button type="button" id="back">Back to the payment</button>
    </div>`,
}
