/**
 * Below the element: the code that gives what is seen, and what happened around it.
 * @module
 */
import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import type { Entry, Line } from './journal.ts'
import { BACK_ENDS, FRONT_ENDS } from './snippets/index.ts'
import type { Embedding } from './snippets/embedding.ts'

export interface BelowState {
  readonly embedding: Embedding
  /** The ids of the snippets that are shown. */
  readonly front: string
  readonly back: string
  readonly entries: readonly Entry[]
  /** What of it is shown; empty: all. */
  readonly line: string
  readonly copied: string
}

export interface BelowActs {
  setFront(id: string): void
  setBack(id: string): void
  setLine(line: string): void
  copy(id: string, code: string): void
  clear(): void
}

const LINES: readonly Line[] = ['event', 'page → proxy', 'proxy → company', 'company → proxy']

export function below(state: BelowState, acts: BelowActs): TemplateResult {
  return html`
    <div class="codes">
      ${code('Page', FRONT_ENDS, state.front, state, acts.setFront, acts.copy)}
      ${code('Backend', BACK_ENDS, state.back, state, acts.setBack, acts.copy)}
    </div>
    ${log(state, acts)}
  `
}

function code(
  title: string,
  snippets: typeof FRONT_ENDS,
  wanted: string,
  { embedding, copied }: BelowState,
  choose: (id: string) => void,
  copy: BelowActs['copy'],
): TemplateResult {
  const shown = snippets.find(({ id }) => id === wanted) ?? snippets[0]
  const source = shown?.code(embedding) ?? ''
  return html`<section class="code" aria-label=${`Code: ${title}`}>
    <header>
      <h2>${title}</h2>
      <select
        aria-label=${`${title}: language`}
        @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}
      >
        ${snippets.map(
          (each) =>
            html`<option value=${each.id} ?selected=${each === shown}>${each.title}</option>`,
        )}
      </select>
      <button type="button" @click=${() => copy(title, source)}>
        ${copied === title ? 'Copied' : 'Copy'}
      </button>
    </header>
    <p class="file">${shown?.fileName}</p>
    <pre tabindex="0" aria-label=${`${title}, ${shown?.title ?? ''}`}><code>${source}</code></pre>
  </section>`
}

function log({ entries, line }: BelowState, acts: BelowActs): TemplateResult {
  const shown = entries.filter((entry) => line === '' || entry.line === line).toReversed()
  return html`<section class="log" aria-label="Log">
    <header>
      <h2>Log</h2>
      <select
        aria-label="What is shown"
        @change=${(event: Event) => acts.setLine((event.target as HTMLSelectElement).value)}
      >
        <option value="" ?selected=${line === ''}>everything</option>
        ${LINES.map((each) => html`<option value=${each} ?selected=${each === line}>${each}</option>`)}
      </select>
      <button type="button" @click=${() => acts.clear()}>Clear</button>
    </header>
    <p class="file">Newest first. Tokens and receipts are blotted out.</p>
    <ol role="list" reversed tabindex="0" aria-label="What happened">
      ${shown.map(entryRow)}
    </ol>
  </section>`
}

function entryRow({ at, line, title, answer, isBad, detail, times }: Entry): TemplateResult {
  const head = html`<time>${(at / 1000).toFixed(1)} s</time><span class="line">${line}</span
    ><code>${title}</code><span class=${isBad ? 'bad' : ''}>${answer}</span>${
      times > 1 ? html`<span class="times">×${times}</span>` : nothing
    }`
  return html`<li class=${isBad ? 'bad' : ''}>
    ${
      detail
        ? html`<details>
            <summary>${head}</summary>
            <pre>${detail}</pre>
          </details>`
        : html`<div>${head}</div>`
    }
  </li>`
}
