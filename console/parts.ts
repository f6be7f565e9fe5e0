/**
 * What the pages are made of.
 * @module
 */
import { html, nothing } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { TemplateResult } from 'lit'
import type { Money } from '../protocol/money.ts'
import type { PaymentStatus, Reason } from '../protocol/status.ts'
import type { Actions, Place } from './page.ts'

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

const WHEN = new Intl.DateTimeFormat(undefined, {
  dateStyle: 'medium',
  timeStyle: 'medium',
  hourCycle: 'h23',
})

export function time(iso: string | null): TemplateResult | null {
  return iso === null ? null : html`<time datetime=${iso}>${WHEN.format(new Date(iso))}</time>`
}

/**
 * `keys` are of the rows: a button keeps its row where rows come before it. The roles are what a table has by
 * itself; where it is narrow, the style sheet makes each row a block, and they would be gone.
 */
export function table(
  name: string,
  heads: readonly string[],
  rows: readonly (readonly Cell[])[],
  keys: readonly string[],
  none: string,
): TemplateResult {
  if (rows.length === 0) return html`<p class="none">${none}</p>`
  return html`<div class="scroll" role="region" aria-label=${name} tabindex="0">
    <table role="table">
      <thead role="rowgroup">
        <tr role="row">
          ${heads.map((head) => html`<th role="columnheader" scope="col">${head}</th>`)}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${repeat(
          rows,
          (_cells, index) => keys[index] ?? index,
          (cells) =>
            html`<tr role="row">
              ${cells.map(
                (cell, index) =>
                  html`<td role="cell" data-head=${heads[index] ?? ''} ?data-empty=${cell === null}>
                    <span>${cell}</span>
                  </td>`,
              )}
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

/** `of` is what it is about, where several on a page say the same. */
export function button(
  text: string,
  act: () => void,
  look: 'plain' | 'primary' | 'bad' = 'plain',
  of?: string,
): TemplateResult {
  const name = of === undefined ? nothing : `${text}: ${of}`
  return html`<button type="button" class=${look} aria-label=${name} @click=${act}>${text}</button>`
}

/** A list of which one is picked. */
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

/** Back to the newest rows of this query, and on to older ones. */
export function pager(
  query: Place['query'],
  cursor: string | null,
  narrow: Actions['narrow'],
): TemplateResult {
  return html`<p class="pager">
    ${query['cursor'] ? button('Back to the newest', () => narrow({ ...query, cursor: '' })) : null}
    ${cursor === null ? null : button('Older', () => narrow({ ...query, cursor }))}
  </p>`
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
