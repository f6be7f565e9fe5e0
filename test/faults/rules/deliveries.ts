/**
 * What the merchant is told: every change once in the outbox, under one id and with one body, and the
 * newest that was delivered is the newest that he has.
 * @module
 */
import type { DeliveryRow } from '../../../proxy/stores/schema.ts'
import type { Rule } from '../auditor.ts'

export const deliveryRules: Readonly<Record<string, Rule>> = {
  'I8 one row for a change': ({ proxy }) => {
    const byChange = Map.groupBy(proxy.deliveries, (row) => `${row.checkout_id} ${row.version}`)
    const doubled = [...byChange]
      .filter(([, rows]) => rows.length > 1)
      .map(([change, rows]) => `change ${change} is told ${rows.length} times`)
    const said = new Set<string>()
    const repeated = proxy.deliveries.flatMap((row) => {
      const { data } = JSON.parse(row.body) as { data: { version: number } }
      const what = `${row.checkout_id} ${JSON.stringify({ ...data, version: 0 })}`
      if (said.has(what)) return [`checkout ${row.checkout_id} is told the same under two ids`]
      said.add(what)
      return []
    })
    return [...doubled, ...repeated]
  },

  'the newest is told': ({ proxy }) => {
    const newest = newestOf(proxy.deliveries)
    return proxy.checkouts.flatMap(({ id, status, reason }) => {
      const row = newest.get(id)
      // Nothing has changed since it was opened.
      if (!row) return status === 'pending' ? [] : [`checkout ${id} is ${status}, nobody is told`]
      const { data } = JSON.parse(row.body) as { data: { status: string; reason: string | null } }
      const isSo = data.status === status && data.reason === reason
      return isSo ? [] : [`checkout ${id} is ${status}, the merchant is told ${data.status}`]
    })
  },

  'I8 one body for an id': ({ proxy, merchant }) => {
    const bodies = new Map(proxy.deliveries.map(({ id, body }) => [id, body]))
    return merchant.flatMap(({ webhookId, body }) => {
      const known = bodies.get(webhookId)
      if (known === undefined) return [`the merchant was told ${webhookId}, which is no change`]
      return known === body ? [] : [`${webhookId} was told with another body`]
    })
  },

  genuine: ({ merchant }) =>
    merchant
      .filter(({ isGenuine }) => !isGenuine)
      .map(({ webhookId }) => `${webhookId} was not signed as it should be`),

  'delivered is received': ({ proxy, merchant }) => {
    const received = new Set(
      merchant.filter(({ manner }) => manner === 'acknowledge').map(({ webhookId }) => webhookId),
    )
    const delivered = proxy.deliveries.filter(({ status }) => status === 'delivered')
    const lost = delivered
      .filter(({ id }) => !received.has(id))
      .map(({ id }) => `${id} is marked as delivered, the merchant never said so`)
    const last = new Map<string, number>()
    for (const { checkoutId, version } of merchant) {
      last.set(checkoutId, Math.max(version, last.get(checkoutId) ?? 0))
    }
    const old = [...newestOf(delivered).values()]
      .filter((row) => (last.get(row.checkout_id) ?? 0) < row.version)
      .map((row) => `checkout ${row.checkout_id}: the merchant has an older version than delivered`)
    return [...lost, ...old]
  },
}

/** Rows come in the order of their versions. */
const newestOf = (rows: readonly DeliveryRow[]): Map<string, DeliveryRow> =>
  new Map(rows.map((row) => [row.checkout_id, row]))
