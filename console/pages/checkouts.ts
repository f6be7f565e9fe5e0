/**
 * Every order, newest first, narrowed by status or number; and those that a person has to look at.
 * @module
 */
import { html } from 'lit'
import { PAYMENT_STATUSES } from '../../protocol/status.ts'
import type { Api } from '../api.ts'
import { toCsv } from '../csv.ts'
import { definePage, placeUrl } from '../page.ts'
import type { Place } from '../page.ts'
import { badge, button, choice, money, pager, save, table, time, valueOf } from '../parts.ts'
import type { CheckoutRow } from '../types.ts'

interface Listing {
  readonly checkouts: readonly CheckoutRow[]
  readonly cursor: string | null
}

const STATUSES = [
  ['', 'any status'],
  ...PAYMENT_STATUSES.map((each) => [each, each] as const),
] as const

/** Of one file; what is more is narrowed first. */
const MOST_ROWS = 10_000

const read = (api: Api, query: Place['query']): Promise<Listing> => api.get('checkouts', query)

export const checkouts = definePage<Listing>({
  title: 'Orders',
  load: (api, { query }) => read(api, query),
  render({ checkouts: rows, cursor }, { query }, { narrow, tell }, api) {
    const { status = '', orderId = '', needsPerson = '' } = query
    const find = (event: SubmitEvent): void => {
      event.preventDefault()
      narrow({ ...query, cursor: '', orderId: valueOf(event, 'orderId') })
    }
    return html`<div class="tools">
        ${choice('Status', STATUSES, status, (value) =>
          narrow({ ...query, cursor: '', status: value }),
        )}
        <form @submit=${find}>
          <label
            >Order number
            <input name="orderId" type="search" .defaultValue=${orderId} autocomplete="off"
          /></label>
          <button>Find</button>
        </form>
        ${button('Save as CSV', () => void saveAll(api, query).then(tell, (error: unknown) => tell(String(error))))}
      </div>
      ${table(
        'Orders',
        ['Order', 'Price', 'Status', 'Opened', 'Changed', 'Mode'],
        rows.map((row) => [
          html`<a href=${placeUrl(['checkouts', row.id])}>${row.orderId}</a>`,
          money(row.price),
          badge(row.status, row.reason),
          time(row.createdAt),
          time(row.updatedAt),
          row.testMode ? html`<small>test</small>` : null,
        ]),
        rows.map(({ id }) => id),
        needsPerson ? 'Nothing waits for you.' : 'There is no such order.',
      )}
      ${pager(query, cursor, narrow)}`
  },
})

/** All pages of what is shown. */
async function saveAll(api: Api, { cursor: _cursor, ...query }: Place['query']): Promise<string> {
  const rows: CheckoutRow[] = []
  let cursor: string | null = ''
  while (cursor !== null && rows.length < MOST_ROWS) {
    const page: Listing = await read(api, { ...query, limit: '100', cursor })
    rows.push(...page.checkouts)
    cursor = page.cursor
  }
  const heads = [
    'order',
    'amount',
    'currency',
    'status',
    'reason',
    'opened',
    'changed',
    'test',
    'id',
  ]
  const lines = rows.map(
    ({ orderId, price, status, reason, createdAt, updatedAt, testMode, id }) => [
      orderId,
      price.amount,
      price.currency,
      status,
      reason,
      createdAt,
      updatedAt,
      String(testMode),
      id,
    ],
  )
  save('orders.csv', 'text/csv', toCsv(heads, lines))
  return cursor === null
    ? `${rows.length} orders were saved.`
    : `The newest ${rows.length} orders were saved. Narrow the list for older ones.`
}
