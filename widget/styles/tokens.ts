/**
 * Colours, sizes and shapes. Everything a merchant may change is a `--cc-*` property; the names with
 * `--_` are the element's own.
 *
 * One colour of a brand is enough. Where it is filled it stays what it is, and what is written on it is
 * black or white, whichever can be read (4.5 to 1 either way); where it is written or drawn with, it is
 * made as dark, or as light, as the card needs (WCAG 2.2, 1.4.3 and 1.4.11).
 * @module
 */
import { css } from 'lit'

const dark = css`
  color-scheme: dark;
  --_bg: var(--cc-background, #16181d);
  --_soft: var(--cc-surface, #1f2229);
  --_text: var(--cc-text, #eceef2);
  --_muted: var(--cc-muted, #a3abb8);
  --_line: var(--cc-border, #343943);
  --_brand: var(--cc-accent, #9db3ff);
  --_ink: #0d1330;
  --_lightness: max(l, 0.74);
  --_warn: var(--cc-warn, #f0cf86);
  --_good: var(--cc-good, #6ed6a4);
  --_bad: var(--cc-bad, #ffaaa0);
`

export const tokens = css`
  :host {
    color-scheme: light;
    --_bg: var(--cc-background, #fff);
    --_soft: var(--cc-surface, #f6f7f9);
    --_text: var(--cc-text, #14171c);
    --_muted: var(--cc-muted, #596170);
    --_line: var(--cc-border, #e0e3e9);
    --_brand: var(--cc-accent, #2b50d8);
    --_accent: var(--_brand);
    --_ink: #fff;
    --_on-accent: var(--cc-on-accent, var(--_readable, var(--_ink)));
    --_lightness: min(l, 0.54);
    --_warn: var(--cc-warn, #6a4a00);
    --_good: var(--cc-good, #0b6b43);
    --_bad: var(--cc-bad, #a3211a);
    --_radius: var(--cc-radius, 16px);
    --_inner: calc(var(--_radius) * 0.625);
  }
  @media (prefers-color-scheme: dark) {
    :host(:not([theme='light'])) {
      ${dark}
    }
  }
  :host([theme='dark']) {
    ${dark}
  }
  @supports (color: oklch(from red l c h)) {
    :host {
      --_accent: oklch(from var(--_brand) var(--_lightness) c h);
      --_readable: oklch(from var(--_brand) calc((0.565 - l) * 999) 0 0);
    }
  }
`
