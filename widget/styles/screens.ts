/**
 * The screens: a transfer, a message, a progress.
 * @module
 */
import { css } from 'lit'

export const screens = css`
  .banner {
    align-items: start;
    justify-content: start;
    padding: 0.75rem;
    background: var(--_soft);
    font-size: 0.875rem;
  }
  .banner > .icon {
    margin-block-start: 0.15em;
  }
  .banner > div {
    flex: 1;
  }
  .warn {
    color: var(--_warn);
    background: color-mix(in srgb, #f5b400 12%, var(--_bg));
    border-color: color-mix(in srgb, #f5b400 30%, var(--_bg));
  }
  .bad,
  .soon b {
    color: var(--_bad);
  }
  .banner.bad {
    background: color-mix(in srgb, currentColor 8%, var(--_bg));
  }
  [role='alert'] b {
    display: block;
  }
  [role='alert']:empty {
    position: absolute;
  }
  .info > .icon {
    display: none;
  }
  .banner .quiet {
    min-block-size: 24px;
    padding: 0;
    color: inherit;
  }
  .pay,
  .code {
    display: grid;
    gap: 0.75rem;
  }
  .zoom {
    cursor: zoom-in;
  }
  .zoom .icon {
    margin-inline-end: 0.375rem;
    vertical-align: -0.2em;
  }
  .large .zoom {
    cursor: zoom-out;
  }
  .scan {
    text-align: center;
  }
  .qr {
    display: block;
    margin: 0 auto 0.25rem;
    inline-size: min(100%, 13rem);
    aspect-ratio: 1;
    background: #fff;
    fill: #000;
    forced-color-adjust: none;
  }
  .large .qr {
    inline-size: 100%;
  }
  .value {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: center;
    padding: 0.5rem;
    padding-inline-start: 0.875rem;
  }
  .copy {
    grid-area: 1 / 2 / 3;
  }
  .sum,
  .address {
    user-select: all;
  }
  .sum {
    font-size: 1.125rem;
  }
  .address {
    font-family: var(--cc-font-mono, ui-monospace, Menlo, Consolas, monospace);
  }
  .address b {
    color: var(--_text);
  }
  .time {
    justify-content: start;
    margin-block-start: -0.5rem;
    font-size: 0.875rem;
    font-variant-numeric: tabular-nums;
  }
  .pulse {
    flex: none;
    inline-size: 0.5rem;
    block-size: 0.5rem;
    border-radius: 50%;
    background: var(--_accent);
  }
  .pulse,
  .skeleton i {
    animation: pulse 1.6s infinite;
  }
  dl {
    display: grid;
    grid-template-columns: auto 1fr;
    row-gap: 0.25rem;
    font-size: 0.875rem;
  }
  dd {
    text-align: end;
  }
  progress {
    inline-size: 100%;
    accent-color: var(--_accent);
  }
  .message {
    display: grid;
    justify-items: center;
    gap: 0.75rem;
    padding-block-start: 1rem;
    text-align: center;
    text-wrap: balance;
  }
  .sign {
    display: grid;
    place-items: center;
    inline-size: 3.25rem;
    block-size: 3.25rem;
    border-radius: 50%;
    font-size: 1.375rem;
    color: var(--_accent);
    background: color-mix(in srgb, currentColor 10%, var(--_bg));
  }
  .sign.check {
    color: var(--_good);
  }
  .sign.cross {
    color: var(--_bad);
  }
  .spinner {
    border: 2px solid;
    border-block-start-color: transparent;
    border-radius: 50%;
    animation: turn 0.9s linear infinite;
  }
  summary {
    padding-block: 0.625rem;
    cursor: pointer;
  }
  .skeleton {
    display: grid;
    gap: 0.5rem;
    min-block-size: 15rem;
    align-content: start;
  }
  .skeleton i {
    block-size: 3.75rem;
    border-radius: var(--_inner);
    background: color-mix(in srgb, var(--_line) 60%, var(--_bg));
  }
  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }
  @keyframes pulse {
    50% {
      opacity: 0.4;
    }
  }
  @container (min-width: 36rem) {
    .pay:not(:has(.large)) {
      grid-template-columns: 13rem minmax(0, 1fr);
    }
  }
  @media (pointer: coarse) {
    .code {
      order: 1;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    i,
    .spinner {
      animation: none !important;
    }
  }
  @media (forced-colors: active) {
    [aria-pressed='true'] {
      border: 2px solid Highlight;
    }
  }
`
