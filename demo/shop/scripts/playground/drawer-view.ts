/**
 * The drawer: the map of states, the scenarios, and time.
 * @module
 */
import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import type { PaymentStatus } from '../../../../protocol/status.ts'
import { diagram } from './diagram.ts'
import { COMPANIES } from './scenarios/companies.ts'
import { spell } from './scenarios/player.ts'
import type { Performance } from './scenarios/player.ts'
import type { Scenario } from './scenarios/scenario.ts'
import { SCENARIOS } from './scenarios/scenarios.ts'

export interface DrawerState {
  readonly way: readonly PaymentStatus[]
  readonly performance: Performance | null
  /** The company that was chosen in the settings. */
  readonly provider: string
  /** The scenario that the link names. */
  readonly wanted: string
  /** How far the demo's clock is ahead, minutes. */
  readonly ahead: number
  /** How many minutes the slider stands at. */
  readonly minutes: number
  readonly canKill: boolean
}

export interface DrawerActs {
  play(scenario: Scenario): void
  setMinutes(minutes: number): void
  pass(): void
  killProxy(): void
}

export function drawer(state: DrawerState, acts: DrawerActs): TemplateResult {
  return html`
    <details open>
      <summary>State</summary>
      ${diagram(state.way)}
    </details>
    <details open>
      <summary>Scenarios</summary>
      <p class="quiet">
        A click plays all of it: the shopper, the payer, the payment company.
        ${state.provider ? `With ${nameOf(state.provider)}, where it can be.` : ''}
      </p>
      <div class="verdict" role="status">${said(state.performance)}</div>
      <ul class="scenarios" role="list">
        ${SCENARIOS.map((scenario) => row(scenario, state, acts))}
      </ul>
    </details>
    <details open>
      <summary>Time</summary>
      ${time(state, acts)}
    </details>
  `
}

function row(scenario: Scenario, state: DrawerState, acts: DrawerActs): TemplateResult {
  const { id, title, about, ends, companies } = scenario
  const { performance } = state
  const isPlayed = performance?.scenario.id === id
  const verdict = isPlayed ? performance.verdict : null
  const result = !isPlayed ? '' : verdict === null ? 'playing' : verdict.isGood ? 'good' : 'bad'
  return html`<li
    id=${`scenario-${id}`}
    class="scenario ${result} ${state.wanted === id ? 'wanted' : ''}"
    data-result=${result}
  >
    <button type="button" @click=${() => acts.play(scenario)} aria-describedby=${`about-${id}`}>
      ${title}
    </button>
    <span class="ends">${spell(ends)}</span>
    <p id=${`about-${id}`}>
      ${about} ${companies.length < COMPANIES.length ? `(${companies.map(nameOf).join(', ')})` : ''}
    </p>
    ${isPlayed ? steps(performance) : nothing}
  </li>`
}

function steps({ steps: done, verdict }: Performance): TemplateResult {
  return html`<ol class="steps">
    ${done.map((text) => html`<li>${text}</li>`)}
    ${verdict ? html`<li class=${verdict.isGood ? 'good' : 'bad'}>${verdict.text}</li>` : nothing}
  </ol>`
}

function said(performance: Performance | null): string {
  if (!performance) return ''
  const { scenario, company, verdict } = performance
  return `${scenario.title}, ${company}: ${verdict?.text ?? 'playing …'}`
}

function time({ minutes, ahead, canKill }: DrawerState, acts: DrawerActs): TemplateResult {
  return html`<div class="time">
    <label
      >Let time pass: <output>${minutes} min</output>
      <input
        type="range"
        min="1"
        max="120"
        name="minutes"
        .value=${String(minutes)}
        aria-valuetext=${`${minutes} minutes`}
        @input=${(event: Event) => acts.setMinutes(Number((event.target as HTMLInputElement).value))}
    /></label>
    <button type="button" @click=${() => acts.pass()}>Jump</button>
    <p class="quiet">
      ${
        ahead > 0
          ? `The demo is ${ahead} min ahead of the world. A restart brings it back.`
          : 'For everybody at once: proxy, payment companies, shop.'
      }
    </p>
    ${
      canKill
        ? html`<button type="button" @click=${() => acts.killProxy()}>
            Kill the proxy (SIGKILL)
          </button>`
        : nothing
    }
  </div>`
}

const nameOf = (id: string): string => COMPANIES.find((each) => each.id === id)?.name ?? id
