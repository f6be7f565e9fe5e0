/**
 * A provider's own list of payments, as it tells them, each beside what we know of it: what it has and we have
 * not is seen at once.
 * @module
 */
import { html } from 'lit'
import type { TemplateResult } from 'lit'
import { ApiError } from '../api.ts'
import { definePage, placeUrl } from '../page.ts'
import type { Actions, Place } from '../page.ts'
import { badge, button, table, time, valueOf } from '../parts.ts'
import type { Cell } from '../parts.ts'
import type { History, HistoryWords, OurPayment, ProviderRow } from '../types.ts'

interface Shown {
  readonly id: string
  readonly words: HistoryWords | null
  readonly history: History | null
  /** Why there is none: a filter can be put right. */
  readonly problem: string
}

export const history = definePage<Shown>({
  title: 'Payments, as they tell them',
  isAskedOnce: true,
  async load(api, { path: [, id = ''], query }) {
    const { providers } = await api.get<{ providers: readonly ProviderRow[] }>('providers')
    const words = providers.find((each) => each.id === id)?.history ?? null
    try {
      const found = await api.get<History>(`providers/${encodeURIComponent(id)}/payments`, query)
      return { id, words, history: found, problem: '' }
    } catch (error) {
      if (!(error instanceof ApiError) || error.status === 401) throw error
      return { id, words, history: null, problem: error.message }
    }
  },
  render({ id, words, history: found, problem }, { query }, actions) {
    const { page = null, pages = null, total = null } = found ?? {}
    const canTurn = words?.filters.includes('page') ?? false
    const { narrow } = actions
    const turnTo = (to: number) => () => narrow({ ...query, page: String(to) })
    return html`<p class="lead"><b>${id}</b></p>
      ${words ? filterBar(words, query, actions) : null}
      ${problem ? html`<p role="alert" class="problem">${problem}</p>` : null}
      ${found ? paymentTable(found, words) : null}
      <p class="pager">
        ${canTurn && page !== null && page > 1 ? button('Newer', turnTo(page - 1)) : null}
        ${canTurn && page !== null && page < (pages ?? 0) ? button('Older', turnTo(page + 1)) : null}
        ${total === null ? null : html`<small>${total} in all</small>`}
      </p>`
  },
})

/** One filter at a time, by the provider's own names. */
function filterBar(
  { filters }: HistoryWords,
  query: Place['query'],
  { narrow, again, tell }: Actions,
): TemplateResult {
  const [name = filters[0] ?? '', value = ''] =
    Object.entries(query).find(([each]) => each !== 'page') ?? []
  const find = (event: SubmitEvent): void => {
    event.preventDefault()
    narrow({ [valueOf(event, 'filter')]: valueOf(event, 'value') })
  }
  const askAgain = (): void => {
    again()
    tell('They are asked again.')
  }
  return html`<div class="tools">
    <form @submit=${find}>
      <label
        >Only where
        <select name="filter">
          ${filters
            .filter((each) => each !== 'page')
            .map((each) => html`<option ?selected=${each === name}>${each}</option>`)}
        </select></label
      >
      <label
        >is <input name="value" type="search" .defaultValue=${value} autocomplete="off"
      /></label>
      <button>Find</button>
    </form>
    ${button('Ask again', askAgain)}
  </div>`
}

function paymentTable({ payments, ours }: History, words: HistoryWords | null): TemplateResult {
  const columns = words?.columns ?? Object.keys(payments[0] ?? {})
  return table(
    'Payments',
    ['Our order', 'Ours', ...columns.map((names) => names.split(' ', 1).join())],
    payments.map((record, index) => [
      ...known(ours[index] ?? null),
      ...columns.map((names) => cellOf(names, record)),
    ]),
    payments.map((record) => JSON.stringify(record)),
    'They have none.',
  )
}

const known = (payment: OurPayment | null): readonly Cell[] =>
  payment === null
    ? [html`<span class="badge warn">not ours</span>`, null]
    : [
        html`<a href=${placeUrl(['checkouts', payment.checkout])}>${payment.orderId}</a>`,
        badge(payment.status, payment.reason),
      ]

/** A moment as a moment, where the name says that it is one; everything else as it was said. */
function cellOf(names: string, record: Readonly<Record<string, unknown>>): Cell {
  const words = names
    .split(' ')
    .map((name) => record[name])
    .filter((value) => value !== undefined && value !== null && value !== '')
    .map((value) => (typeof value === 'string' ? value : JSON.stringify(value)))
  if (words.length === 0) return null
  const text = words.join(' ')
  if (!/time|At$/.test(names)) return text
  if (/^\d{4}-\d{2}-\d{2}T/.test(text)) return time(text)
  return /^\d{13}$/.test(text) ? momentOf(text) : text
}

const momentOf = (milliseconds: string): Cell => time(new Date(Number(milliseconds)).toISOString())
