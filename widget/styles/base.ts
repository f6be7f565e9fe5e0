/**
 * The card, its text, and what stands around every screen.
 * @module
 */
import { css } from 'lit'

export const base = css`
  :host {
    display: block;
    inline-size: 100%;
    max-inline-size: var(--cc-max-width, 27rem);
    container-type: inline-size;
    font: max(16px, 1rem)/1.5 var(--cc-font-family, system-ui, sans-serif);
    color: var(--_text);
    text-align: start;
  }
  :host([mode='button']) {
    inline-size: auto;
    max-inline-size: none;
    container-type: normal;
  }
  :host([mode='modal']) {
    display: contents;
  }
  :host([hidden]) {
    display: none;
  }
  :host([disabled]) {
    opacity: 0.5;
  }
  * {
    box-sizing: border-box;
    margin: 0;
    padding: 0;
    font: inherit;
    color: inherit;
    overflow-wrap: anywhere;
  }
  b,
  h2,
  .button {
    font-weight: 600;
  }
  dialog {
    inline-size: min(100%, var(--cc-max-width, 27rem));
    max-inline-size: 100%;
    max-block-size: 100%;
    padding: 0.5rem;
    margin: auto;
    border: 0;
    background: none;
    container-type: inline-size;
  }
  dialog .card {
    min-block-size: 0;
  }
  dialog header {
    padding-inline-end: 4rem;
  }
  dialog::backdrop {
    background: #000a;
  }
  .close {
    position: absolute;
    inset-block-start: 1.75rem;
    inset-inline-end: 2rem;
  }
  .card {
    display: flex;
    flex-direction: column;
    min-block-size: var(--cc-min-height, 30rem);
    background: var(--_bg);
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    box-shadow: var(--cc-shadow, 0 1px 2px #0001, 0 12px 32px -16px #0003);
    overflow: clip;
  }
  header,
  .body,
  footer {
    padding: 1.25rem 1.5rem;
  }
  .body,
  .stack,
  ul {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-content: start;
    gap: 0.75rem;
  }
  .body {
    flex: 1;
    gap: 1rem;
  }
  .body:has(> .message) {
    align-content: center;
  }
  .price {
    font-size: 1.75rem;
    line-height: 1.25;
    font-weight: 650;
    letter-spacing: -0.02em;
  }
  .badge {
    inline-size: fit-content;
    margin-block-start: 0.25rem;
    padding: 0.125rem 0.5rem;
    border-radius: 1em;
    font-size: 0.8125rem;
  }
  h2 {
    font-size: 1.125rem;
    line-height: 1.35;
  }
  .muted,
  small,
  dt,
  footer {
    color: var(--_muted);
    font-size: 0.875rem;
  }
  header,
  footer {
    border: 0 solid var(--_line);
    border-block-end-width: 1px;
  }
  footer {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 0.5rem;
    min-block-size: 3.25rem;
    padding-block: 0.25rem;
    border-block-width: 1px 0;
    background: var(--_soft);
    font-size: 0.8125rem;
  }
  footer p {
    flex: 1;
  }
  footer .copy {
    inline-size: max(2rem, 24px);
  }
  [part='support'] {
    padding-block: 0.75rem;
  }
  footer span {
    display: inline-block;
    margin-inline-end: 0.5rem;
  }
  a {
    color: var(--_accent);
  }
  .icon,
  .spinner {
    flex: none;
    inline-size: 1.125em;
    block-size: 1.125em;
  }
  .icon {
    fill: none;
    stroke: currentColor;
    stroke-width: 1.5;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .i-back:dir(rtl),
  .i-next:dir(rtl) {
    scale: -1 1;
  }
  .unseen {
    position: absolute;
    clip-path: inset(50%);
  }
  .toast {
    position: sticky;
    inset-block-end: 0.75rem;
    margin: -1.25rem 1.5rem 0.5rem;
    padding: 0.5rem;
    border-radius: var(--_inner);
    background: var(--_text);
    color: var(--_bg);
    font-size: 0.875rem;
    text-align: center;
  }
  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  h2:focus-visible {
    outline: 0;
  }
  @container (max-width: 22rem) {
    header,
    .body,
    footer {
      padding-inline: 1rem;
    }
  }
`
