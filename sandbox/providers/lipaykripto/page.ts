/**
 * The looks of LiPayKripto's hosted page: a choice of coins, an address to pay to, the end.
 *
 * @module
 */
import type { HostedPage } from '../../hosted-page.ts'
import { PAGE_SCRIPT } from './page-script.ts'

const STYLE = `
:root {
  --accent: light-dark(#3b3fae, #aeb4ff);
  --on-accent: light-dark(#ffffff, #14163f);
  --tint: light-dark(#eeeffb, #22253f);
}
.coins { grid-template-columns: 1fr; margin-top: 1rem; }
.coins button { display: flex; justify-content: space-between; gap: 1rem; align-items: center; text-align: start; padding: 0.75rem 1rem; }
.coins small { color: var(--soft); }
.deposit { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 1.25rem; align-items: center; margin-top: 1rem; }
.deposit img { width: 9rem; height: 9rem; border-radius: 0.5rem; background: #fff; }
.deposit dl { margin: 0; }
.deposit dl div { display: block; }
.deposit dd { text-align: start; font-weight: 600; overflow-wrap: anywhere; }
#reference { overflow-wrap: anywhere; }
@media (max-width: 28rem) { .deposit { grid-template-columns: 1fr; } .deposit img { margin-inline: auto; } }
`

/** The page; the same for every payment. */
export const PAGE: HostedPage = {
  title: 'Crypto payment (sandbox)',
  brand: 'LiPayKripto',
  ribbon: 'A stand-in of LiPayKripto. The addresses are nobody’s: send nothing there.',
  style: STYLE,
  script: PAGE_SCRIPT,
  summary: `
    <h1 id="vendor">Crypto payment</h1>
    <p class="price" id="price">&nbsp;</p>
    <dl>
      <div><dt>Payment</dt><dd id="reference">–</dd></div>
      <div><dt>Coin</dt><dd id="coin">Not chosen</dd></div>
    </dl>`,
  panel: `
    <div id="choice" data-part hidden>
      <h2>Choose a coin</h2>
      <fieldset class="coins">
        <legend>You pay with one of these</legend>
        <button type="button" data-coin="TRX"><span>TRX</span> <small>TRON</small></button>
        <button type="button" data-coin="USDT"><span>USDT</span> <small>Tether on TRON</small></button>
        <button type="button" data-coin="ETH"><span>ETH</span> <small>Ethereum</small></button>
      </fieldset>
    </div>

    <div id="transfer" data-part hidden>
      <h2>Send the coins</h2>
      <div class="deposit">
        <img id="qr" alt="QR code of the address" width="144" height="144">
        <dl>
          <div><dt>Amount</dt><dd id="amount">–</dd></div>
          <div><dt>Network</dt><dd id="network">–</dd></div>
          <div><dt>Address</dt><dd id="address">–</dd></div>
        </dl>
      </div>
      <button class="primary" type="button" data-action="confirm">I paid</button>
      <fieldset>
        <legend>Other ways this can end</legend>
        <button type="button" data-action="fail">Fail</button>
        <button type="button" data-go="choice">Another coin</button>
        <button type="button" data-go="left">Walk away</button>
      </fieldset>
    </div>

    <div id="ended" data-part hidden>
      <h2 id="outcome">The payment has ended</h2>
      <p>You can close this page and go back to the shop.</p>
    </div>

    <div id="left" data-part hidden>
      <h2>You walked away</h2>
      <p>Nothing was paid and the shop was not told. You can close this page, or go back.</p>
      <button type="button" data-go="transfer">Back to the payment</button>
    </div>`,
}
