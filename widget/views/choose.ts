/**
 * Picking a way to pay: the coin, then its network, then what the provider has to know.
 * @module
 */
import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import type { Money } from '../../protocol/money.ts'
import type { Checkout, Method, MethodField } from '../../protocol/payment.ts'
import { safeUrl } from '../core/url.ts'
import type { Flow } from '../flow.ts'
import { formatMoney } from '../format.ts'
import type { Locale } from '../locales/en.ts'
import { fill, fillCount, labelOf } from '../locales/fill.ts'
import { byNetwork, filterMethods, groupMethods, matches, networkName } from '../methods.ts'
import type { MethodGroup } from '../methods.ts'
import { pageUrl } from '../redirect.ts'
import { button, heading, icon, link, list, message, spinner } from './parts.ts'

/** From this many rows on there is a search field. */
const SEARCH_FROM = 7

/** The step that is due. */
export function choose(flow: Flow, checkout: Checkout): TemplateResult {
  const { coin, method } = flow.inputs
  const groups = groupMethods(filterMethods(checkout.methods, flow.host.assets ?? ''))
  const group = groups.find(({ key }) => key === coin)
  if (method) return questions(flow, checkout, method)
  return group ? networks(flow, checkout, group) : coins(flow, checkout, groups)
}

function coins(flow: Flow, checkout: Checkout, groups: readonly MethodGroup[]): TemplateResult {
  const { t, inputs, set, host, announcer, pick } = flow
  if (!groups.length)
    return message('clock', t.noMethods, link(t.toShop, pageUrl(host.cancelUrl, host.page)))
  const found = groups.filter((group) => matches(group, inputs.query))
  const search = (event: Event): void => {
    const query = (event.target as HTMLInputElement).value
    set({ query })
    if (!groups.some((group) => matches(group, query))) announcer.say(t.noMatch)
  }
  return html`${heading(t.choose)}
  ${
    groups.length < SEARCH_FROM
      ? null
      : html`<input
          part="search"
          class="input"
          type="search"
          aria-label=${t.search}
          placeholder=${t.search}
          value=${inputs.query}
          @input=${search}
        />`
  }
  ${
    found.length
      ? html`<ul part="methods" role="list">
          ${found.map(({ key, symbol, name, methods }) => {
            const [first, second] = methods
            const names = new Set(methods.map(({ asset }) => asset && networkName(asset)))
            const [network = null] = names
            return row(
              flow,
              symbol,
              name,
              methods,
              () => (second ? set({ coin: key }) : void pick(first)),
              [
                symbol,
                names.size > 1 ? fillCount(t.networks, t.lang, names.size) : network,
                ...(second ? [] : facts(flow, checkout, first)),
              ],
            )
          })}
        </ul>`
      : html`<p>${t.noMatch}</p>`
  }
  ${
    checkout.payment?.nextAction
      ? button('quiet', t.backToPayment, () => set({ isChoosing: false }))
      : null
  }`
}

function networks(flow: Flow, checkout: Checkout, group: MethodGroup): TemplateResult {
  const { t, set, pick } = flow
  const { name, symbol, methods } = group
  return html`${heading(fill(t.chooseNetwork, symbol ?? name), t.back, () => set({ coin: null }))}
    <p class="muted">${t.networkHint}</p>
    <ul part="methods" role="list">
      ${byNetwork(methods).map((method) => {
        const title = method.asset ? networkName(method.asset) : method.label
        const act = () => void pick(method)
        const network = method.asset?.network ?? symbol
        return row(flow, network, title, [method], act, facts(flow, checkout, method))
      })}
    </ul>`
}

/** What makes a method differ from its neighbours: another price, a fee, questions, another page. */
function facts(flow: Flow, { price }: Checkout, method: Method): (string | null)[] {
  const { t } = flow
  return [
    ownPrice(flow, price, method),
    method.fee && `${t.fee} ${method.fee}`,
    method.fields.length ? t.asks : null,
    method.flow === 'redirect' ? t.onPage : null,
  ]
}

/** What this method charges, where that is not what stands above. */
export function ownPrice({ language }: Flow, price: Money, method: Method): string | null {
  const own = formatMoney(method.price, language)
  return own === formatMoney(price, language) ? null : own
}

function row(
  { t, inputs }: Flow,
  symbol: string | null,
  title: string,
  methods: readonly Method[],
  act: () => void,
  hints: readonly (string | null)[],
): TemplateResult {
  const isBusy = methods.some(({ id }) => id === inputs.picked)
  return html`<li>
    <button part="method" class="button row" type="button" aria-busy=${isBusy} @click=${act}>
      <span part="coin" class="coin ${symbol}" aria-hidden="true"
        >${symbol ? symbol[0] : icon('out')}</span
      >
      <span class="grow"
        ><b>${labelOf(t, title)}</b> <small>${hints.filter(Boolean).join(' · ')}</small></span
      >
      ${isBusy ? spinner() : icon('next')}
    </button>
  </li>`
}

function questions(flow: Flow, { price }: Checkout, method: Method): TemplateResult {
  const { t, inputs, set, start } = flow
  const { id, fields, consent } = method
  const label = labelOf(t, method.label)
  const isBusy = inputs.picked === id
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    const given = [...new FormData(event.target as HTMLFormElement)].filter(([, value]) => value)
    const answers = Object.fromEntries(given) as Record<string, string>
    void start(method, {
      ...(fields.length && { fields: answers }),
      ...(consent && { consent: true }),
    })
  }
  const terms = safeUrl(consent?.url)?.href
  return html`${heading(label, t.back, () => set({ method: null }))}
    ${list([[t.toPay, ownPrice(flow, price, method)]])}
    <form part="form" class="stack" @submit=${submit}>
      ${fields.map((field) => question(t, field))}
      ${
        consent &&
        html`<label part="consent" class="tick">
            <input type="checkbox" required />${fill(t.consent, label)}
          </label>
          ${terms ? html`<a part="terms" href=${terms} target="_blank" rel="noopener">${t.terms}</a>` : null}`
      }
      <button part="button primary" class="button primary" aria-disabled=${isBusy}>
        ${isBusy ? spinner() : null}${t.continue}
      </button>
    </form>`
}

function question(t: Locale, field: MethodField): TemplateResult {
  const { id, label, required, pattern, hint } = field
  return html`<label part="field" class="field">
    <span
      ><b>${labelOf(t, label)}</b> ${required ? null : html`<small>(${t.optional})</small>`}</span
    >
    <input
      part="input"
      class="input"
      name=${id}
      ?required=${required}
      pattern=${pattern ?? nothing}
      maxlength="500"
    />
    <small><bdi>${hint && labelOf(t, hint)}</bdi></small>
  </label>`
}
