/**
 * The merchant's money out: one call of the provider for each request, ever, and never before the
 * request was written down.
 * @module
 */
import type { Rule } from '../auditor.ts'

export const payoutRules: Readonly<Record<string, Rule>> = {
  'I20 paid out once': ({ providers, proxy }) => {
    const { calls, payments } = providers.lipaykripto
    const rows = new Map(proxy.payouts.map((row) => [row.request_id, row]))
    const asked = calls
      .filter(({ operation }) => operation === 'withdraw')
      .map(({ details }) => String(details['requestId']))
    const repeated = [...Map.groupBy(asked, (id) => id)]
      .filter(([, all]) => all.length > 1)
      .map(([id, { length }]) => `payout ${id} was asked for ${length} times`)
    const unknown = payments
      .filter(({ details }) => details['kind'] === 'withdrawal')
      .flatMap(({ reference, createdAt }) => {
        const row = rows.get(reference ?? '')
        if (!row) return [`a payout ${reference} was made that nobody here knows`]
        const isOlder = row.created_at <= Date.parse(createdAt)
        return isOlder ? [] : [`payout ${reference} was written down after it was made`]
      })
    return [...repeated, ...unknown]
  },

  'paid out there, paid out here': ({ providers, proxy }) =>
    proxy.payouts.flatMap(({ request_id: id, status }) => {
      const there = providers.lipaykripto.payments.find(
        ({ reference, details }) => reference === id && details['kind'] === 'withdrawal',
      )
      const isThere = there?.status === 'confirmed'
      if (isThere === (status === 'confirmed')) return []
      return [`payout ${id} is ${status} here, and ${there?.status ?? 'not made'} there`]
    }),
}
