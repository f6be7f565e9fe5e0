/**
 * What the pages are made of.
 * @module
 */
import { html } from 'lit'
import type { TemplateResult } from 'lit'
import type { Money } from '../protocol/money.ts'
import type { PaymentStatus, Reason } from '../protocol/status.ts'

export type Cell = TemplateResult | string | number | null

const TONES: Readonly<Record<PaymentStatus, string>> = {
  pending: 'quiet',
  processing: 'info',
  review: 'warn',
  paid: 'good',
  failed: 'bad',
  expired: 'quiet',
  canceled: 'quiet',
  refunding: 'info',
  refunded: 'info',
}

/** Where something stands. */
export function badge(status: PaymentStatus, reason: Reason | null = null): TemplateResult {
  return html`<span class="badge ${TONES[status]}">${status}</span>${
      reason ? html` <small>${reason.replaceAll('_', ' ')}</small>` : null
    }`
}

/** Amounts are shown as they were said. */
export const money = ({ amount, currency }: Money): string => `${amount} ${currency}`

const WHEN = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' })

export function time(iso: string | null): TemplateResult | null {
  return iso === null ? null : html`<time datetime=${iso}>${WHEN.format(new Date(iso))}</time>`
}

export function table(
  name: string,
  heads: readonly string[],
  rows: readonly (readonly Cell[])[],
  none: string,
): TemplateResult {
  if (rows.length === 0) return html`<p class="none">${none}</p>`
  return html`<div class="scroll" role="region" aria-label=${name} tabindex="0">
    <table>
      <thead>
        <tr>
          ${heads.map((head) => html`<th scope="col">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (cells) =>
            html`<tr>
              ${cells.map((cell) => html`<td>${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`
}

/** Names with values; those without are left out. */
export function list(rows: readonly (readonly [name: string, value: Cell])[]): TemplateResult {
  return html`<dl>
    ${rows
      .filter(([, value]) => value !== null && value !== '')
      .map(
        ([name, value]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
  </dl>`
}

export function button(
  text: string,
  act: () => void,
  look: 'plain' | 'primary' | 'bad' = 'plain',
): TemplateResult {
  return html`<button type="button" class=${look} @click=${act}>${text}</button>`
}

/** Buttons of which one is on. */
export function choice(
  name: string,
  options: readonly (readonly [value: string, text: string])[],
  current: string,
  pick: (value: string) => void,
): TemplateResult {
  return html`<label
    >${name}
    <select @change=${(event: Event) => pick((event.target as HTMLSelectElement).value)}>
      ${options.map(
        ([value, text]) =>
          html`<option value=${value} ?selected=${value === current}>${text}</option>`,
      )}
    </select></label
  >`
}

/** What was entered under this name in the form that is sent. */
export function valueOf(event: SubmitEvent, name: string): string {
  const value = new FormData(event.target as HTMLFormElement).get(name)
  return typeof value === 'string' ? value.trim() : ''
}

/** Saves text as a file of this name. */
export function save(name: string, type: string, text: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type }))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 1000)
}
