/**
 * What is pressed, picked and filled in.
 * @module
 */
import { css } from 'lit'

export const controls = css`
  button {
    background: none;
    border: 0;
    cursor: pointer;
  }
  .button,
  .input,
  .value,
  .banner,
  .box,
  .qr {
    border: 1px solid var(--_line);
    border-radius: var(--_inner);
  }
  .button,
  .top,
  .links,
  .time,
  .waiting,
  .banner,
  .tick,
  .switch {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 0.5rem;
  }
  .button {
    inline-size: 100%;
    min-block-size: 3rem;
    padding: 0.5rem 1rem;
    color: var(--_text);
    text-align: center;
    text-decoration: none;
  }
  .button:hover,
  .round:hover,
  .copy:hover {
    background: var(--_soft);
  }
  .primary,
  .primary:hover {
    background: var(--_brand);
    border-color: var(--_brand);
    color: var(--_on-accent);
  }
  .primary:hover {
    filter: brightness(1.08);
  }
  .quiet {
    inline-size: auto;
    min-block-size: 2.25rem;
    padding-inline: 0.5rem;
    border-color: transparent;
    color: var(--_muted);
    font-weight: 400;
    font-size: 0.875rem;
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  .round,
  .copy {
    flex: none;
    display: grid;
    place-items: center;
    inline-size: 2.75rem;
    block-size: 2.75rem;
    border-radius: 50%;
    color: var(--_accent);
    font-size: 1.125rem;
  }
  .top {
    justify-content: start;
  }
  .round {
    margin-block: -0.5rem;
    margin-inline: -0.75rem -0.25rem;
    color: inherit;
  }
  .links {
    flex-wrap: wrap;
    gap: 0 0.5rem;
    margin-block: -0.375rem;
  }
  ul {
    gap: 0.5rem;
    list-style: none;
  }
  .row {
    gap: 0.75rem;
    min-block-size: 3.75rem;
    padding-inline: 0.875rem;
    font-weight: 400;
    text-align: start;
  }
  .grow,
  .field {
    flex: 1;
    display: grid;
    line-height: 1.35;
  }
  .i-next {
    color: var(--_muted);
  }
  .coin {
    display: grid;
    place-items: center;
    flex: none;
    inline-size: 2.25rem;
    block-size: 2.25rem;
    border-radius: 50%;
    background: #545d6b;
    color: #fff;
    font-weight: 650;
  }
  .box {
    padding: 1rem;
  }
  .USDT {
    background: #14775a;
  }
  .USDC {
    background: #2162b0;
  }
  .BTC,
  .BITCOIN,
  .BSC,
  .BNB {
    background: #a35407;
  }
  .TRX,
  .TRON {
    background: #c2182b;
  }
  .ETH,
  .ETHEREUM,
  .SOLANA,
  .SOL {
    background: #5b4fc0;
  }
  .input {
    inline-size: 100%;
    min-block-size: 3rem;
    padding-inline: 0.875rem;
    border-color: #878f9c;
    background: var(--_bg);
  }
  ::placeholder {
    color: var(--_muted);
  }
  .field {
    gap: 0.375rem;
  }
  .tick {
    justify-content: start;
    min-block-size: 2.75rem;
  }
  .tick input {
    flex: none;
    inline-size: 1.25rem;
    block-size: 1.25rem;
    accent-color: var(--_accent);
  }
  .switch {
    gap: 0;
    padding: 3px;
    border-radius: var(--_inner);
    background: var(--_soft);
  }
  .switch button {
    flex: 1;
    min-block-size: 2.5rem;
    border-radius: calc(var(--_inner) - 3px);
    color: var(--_muted);
    font-size: 0.8125rem;
  }
  .switch [aria-pressed='true'] {
    background: var(--_bg);
    color: var(--_text);
    box-shadow: 0 0 0 1px var(--_line);
  }
`
