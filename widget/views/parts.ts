/**
 * What several screens are made of.
 * @module
 */
import { html } from 'lit'
import type { TemplateResult } from 'lit'
import type { Flow } from '../flow.ts'
import type { Text } from '../locales/en.ts'
import { fill } from '../locales/fill.ts'
import type { Rows } from '../page.ts'

/** Anything that a template can hold. */
export type Content = TemplateResult | string | null

const ICONS = {
  back: 'M10 3 5 8l5 5',
  next: 'm6 3 5 5-5 5',
  copy: 'M6 6V3h7v7h-3M3 6h7v7H3z',
  grow: 'M10 3h3v3M6 13H3v-3M6 3H3v3m7 7h3v-3',
  check: 'm3 8.5 3.5 3.5L13 4.5',
  out: 'M9 3h4v4m0-4L7 9M6 4H3v9h9v-3',
  clock: 'M8 4v4l2.5 2M8 2a6 6 0 1 0 .01 0',
  warn: 'M8 2 1.5 13.5h13zm0 4.5V10m0 2v.3',
  cross: 'm4 4 8 8m0-8-8 8',
} as const

/** A line drawing in the colour of the text; decoration only. */
export function icon(name: keyof typeof ICONS): TemplateResult {
  return html`<svg class="icon i-${name}" viewBox="0 0 16 16" aria-hidden="true">
    <path d=${ICONS[name]} />
  </svg>`
}

/** The title of a screen. It takes the focus when the shopper's last step led here. */
export function heading(
  text: string,
  label = '',
  back: (() => void) | null = null,
): TemplateResult {
  return html`<div class="top">
    ${
      back
        ? html`<button part="back" class="round" type="button" aria-label=${label} @click=${back}>
            ${icon('back')}
          </button>`
        : null
    }
    <h2 part="heading" tabindex="-1">${text}</h2>
  </div>`
}

/**
 * A button. `primary` is the one that leads on, `quiet` looks like text. While busy it stays where it
 * is, and focused.
 */
export function button(
  look: 'primary' | 'plain' | 'quiet' | 'bad',
  text: string,
  act: () => unknown,
  isBusy = false,
): TemplateResult {
  return html`<button
    part="button ${look}"
    class="button ${look}"
    type="button"
    aria-disabled=${isBusy}
    @click=${() => isBusy || act()}
  >
    ${isBusy ? spinner() : null}${text}
  </button>`
}

/** A link to another page, or nothing where that may not be opened. */
export function link(text: string, url: string | null, look = ''): Content {
  return url && html`<a part="button link" class="button ${look}" href=${url}>${text}</a>`
}

/** Turns while something is under way. */
export function spinner(): TemplateResult {
  return html`<span part="spinner" class="spinner"></span>`
}

/** A copy button; `what` says what it copies. */
export function copyButton({ announcer, t }: Flow, what: string, text: string): TemplateResult {
  const { copiedName } = announcer.said
  const copy = () => void announcer.copy(what, text, fill(t.copied, what), t.copyFailed)
  return html`<button
    part="copy"
    class="copy"
    type="button"
    aria-label="${t.copy}: ${what}"
    @click=${copy}
  >
    ${icon(copiedName === what ? 'check' : 'copy')}
  </button>`
}

/** A question with its answers, in place of a dialog. */
export function ask(name: string, text: string, answers: Content | Content[]): TemplateResult {
  return html`<div part="confirm" class="stack box" role="group" aria-label="${name} – ${text}">
    <p><b>${name}</b></p>
    <p>${text}</p>
    ${answers}
  </div>`
}

/** A QR code that says `text`, named for those who cannot see it. */
export function qrImage({ qr }: Flow, text: string, name: string): TemplateResult {
  const { size, path } = qr(text) ?? { size: 1, path: '' }
  return html`<svg part="qr" class="qr" role="img" viewBox="0 0 ${size} ${size}" aria-label=${name}>
    <path d=${path} />
  </svg>`
}

/** A strip that has to be read: a warning, a lost connection. */
export function banner(tone: 'warn' | 'bad' | 'info', content: Content): TemplateResult {
  return html`<div part="banner ${tone}" class="banner ${tone}">
    ${icon('warn')}
    <div>${content}</div>
  </div>`
}

/** Names with values; those without are left out. */
export function list(rows: Rows): Content {
  const known = rows.filter(([, value]) => value)
  if (!known.length) return null
  return html`<dl part="list">
    ${known.map(
      ([name, value]) =>
        html`<dt>${name}</dt>
          <dd><bdi>${value}</bdi></dd>`,
    )}
  </dl>`
}

/** A screen that says one thing: a sign, a title, a text, and what can be done. */
export function message(
  tone: 'check' | 'cross' | 'clock' | 'wait',
  [title, text]: Text,
  content: Content = null,
): TemplateResult {
  return html`<div part="message ${tone}" class="message">
      <span part="sign" class="sign ${tone}">${tone === 'wait' ? spinner() : icon(tone)}</span>
      ${heading(title)}
      <p class="muted">${text}</p>
    </div>
    ${content}`
}
