/**
 * What the shop's webhook was told, what it answered, and once more.
 * @module
 */
import { html } from 'lit'
import type { TemplateResult } from 'lit'
import type { Api } from '../api.ts'
import { definePage, placeUrl } from '../page.ts'
import type { Actions } from '../page.ts'
import { button, choice, pager, table, time } from '../parts.ts'
import type { Delivery } from '../types.ts'

interface Told {
  readonly deliveries: readonly Delivery[]
  readonly cursor: string | null
}

const STATUSES = [
  ['', 'any status'],
  ['pending', 'pending'],
  ['delivered', 'delivered'],
  ['failed', 'failed'],
] as const

export const deliveries = definePage<Told>({
  title: 'Notifications',
  load: (api, { query }) => api.get('deliveries', query),
  render({ deliveries: rows, cursor }, { query }, actions, api) {
    const { narrow } = actions
    return html`<div class="tools">
        ${choice('Status', STATUSES, query['status'] ?? '', (status) =>
          narrow({ ...query, cursor: '', status }),
        )}
      </div>
      ${deliveryTable(rows, actions, api)} ${pager(query, cursor, narrow)}`
  },
})

const TONES = { pending: 'info', delivered: 'good', failed: 'bad' } as const

/** Also beside an order. */
export function deliveryTable(
  rows: readonly Delivery[],
  { confirm }: Actions,
  api: Api,
): TemplateResult {
  return table(
    'Notifications',
    ['Order', 'What', 'Status', 'Tries', 'Last answer', 'Next', 'Made', 'Action'],
    rows.map((row) => [
      html`<a href=${placeUrl(['checkouts', row.checkoutId])}>${row.orderId}</a>`,
      row.type,
      html`<span class="badge ${TONES[row.status]}">${row.status}</span>`,
      row.attempts,
      row.answer,
      time(row.nextAt),
      time(row.createdAt),
      row.status === 'pending'
        ? null
        : button(
            'Send again',
            () =>
              confirm({
                title: `Send ${row.type} of ${row.orderId} again?`,
                text: 'The same number and the same content go to the same address. A shop that knows it already answers and does nothing.',
                button: 'Send again',
                async run() {
                  await api.post(`deliveries/${encodeURIComponent(row.id)}/redeliver`)
                  return `${row.type} of ${row.orderId} is sent again now.`
                },
              }),
            'plain',
            `${row.type} of ${row.orderId}`,
          ),
    ]),
    rows.map(({ id }) => id),
    'The shop was told nothing yet, or has no webhook.',
  )
}
