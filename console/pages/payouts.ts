/**
 * Withdrawals: what was sent to a wallet, and one more.
 * @module
 */
import { html } from 'lit'
import type { TemplateResult } from 'lit'
import { payoutAdvice } from '../advice.ts'
import type { Api } from '../api.ts'
import { toCsv } from '../csv.ts'
import { definePage } from '../page.ts'
import type { Actions } from '../page.ts'
import { button, save, table, time } from '../parts.ts'
import type { Payout, ProviderRow } from '../types.ts'

interface Payouts {
  readonly payouts: readonly Payout[]
  /** Those that can pay out. */
  readonly able: readonly string[]
}

const FIELDS = [
  ['requestId', 'Your number for it'],
  ['amount', 'Amount, such as 100.00'],
  ['currency', 'Currency, such as TRY'],
  ['asset', 'Coin, such as USDT'],
  ['address', 'Wallet address'],
] as const

export const payouts = definePage<Payouts>({
  title: 'Withdrawals',
  async load(api) {
    const [sent, all] = await Promise.all([
      api.get<{ payouts: readonly Payout[] }>('payouts', { limit: '100' }),
      api.get<{ providers: readonly ProviderRow[] }>('providers'),
    ])
    const able = all.providers.filter(({ capabilities }) => capabilities.includes('payouts'))
    return { payouts: sent.payouts, able: able.map(({ id }) => id) }
  },
  render({ payouts: rows, able }, _place, actions, api) {
    const { confirm } = actions
    const ask = (event: SubmitEvent): void => {
      event.preventDefault()
      const given = Object.fromEntries(new FormData(event.target as HTMLFormElement)) as Record<
        string,
        string
      >
      confirm({
        title: `Send ${given['amount']} ${given['currency']} in ${given['asset']}?`,
        text: `To ${given['address']}. It cannot be called back; the same number is never sent twice.`,
        button: 'Send it',
        isGrave: true,
        async run() {
          const { status } = await api.post<Payout>('payouts', given)
          return `${given['requestId']} is ${status}.`
        },
      })
    }
    return html`${
        able.length === 0
          ? html`<p class="none">No provider here can pay out.</p>`
          : html`<details>
              <summary>Send one</summary>
              <form class="fields" @submit=${ask}>
                <label
                  >Provider
                  <select name="provider">
                    ${able.map((id) => html`<option>${id}</option>`)}
                  </select></label
                >
                ${FIELDS.map(
                  ([name, label]) =>
                    html`<label
                      >${label} <input name=${name} required autocomplete="off"
                    /></label>`,
                )}
                <button class="primary">Go on</button>
              </form>
            </details>`
      }
      <p class="row">
        ${button('Save as CSV', () =>
          save(
            'withdrawals.csv',
            'text/csv',
            toCsv(
              ['number', 'provider', 'amount', 'currency', 'coin', 'address', 'status', 'made'],
              rows.map((row) => [
                row.requestId,
                row.provider,
                row.amount,
                row.currency,
                row.asset,
                row.address,
                row.status,
                row.createdAt,
              ]),
            ),
          ),
        )}
      </p>
      ${rows.map(advise)}
      ${table(
        'Withdrawals',
        ['Number', 'Amount', 'Coin', 'To', 'Status', 'Their number', 'Made', 'Action'],
        rows.map((row) => [
          row.requestId,
          `${row.amount} ${row.currency}`,
          row.asset,
          html`<code>${row.address}</code>`,
          html`<span class="badge ${TONES[row.status]}">${row.status}</span>
            ${row.providerStatus ? html`<small>“${row.providerStatus}”</small>` : null}`,
          row.ref,
          time(row.createdAt),
          OPEN.includes(row.status) ? askButton(row, actions, api) : null,
        ]),
        rows.map(({ requestId }) => requestId),
        'Nothing was sent.',
      )}`
  },
})

const TONES: Readonly<Record<Payout['status'], string>> = {
  created: 'quiet',
  pending: 'info',
  review: 'warn',
  confirmed: 'good',
  failed: 'bad',
  unknown: 'warn',
}

const OPEN: readonly Payout['status'][] = ['created', 'pending', 'review', 'unknown']

/** Where a person has to know something. */
function advise(payout: Payout): TemplateResult | null {
  const advice = payoutAdvice(payout)
  return advice === null
    ? null
    : html`<p class="advice">
        <span><b>${payout.requestId}</b> ${advice}</span>
      </p>`
}

/** By reading it, the proxy asks the provider. */
function askButton({ requestId }: Payout, { tell, again }: Actions, api: Api): TemplateResult {
  const ask = async (): Promise<void> => {
    const { status } = await api.get<Payout>(`payouts/${encodeURIComponent(requestId)}`)
    again()
    tell(`${requestId} is ${status}.`)
  }
  const act = (): void => void ask().catch((error: unknown) => tell(String(error)))
  return button('Ask them', act, 'plain', requestId)
}
