/**
 * The proxy's own rows, read past the proxy on a connection that stays open.
 * @module
 */
import { DatabaseSync } from 'node:sqlite'
import { fromCheckoutRow, fromFactRow, fromPaymentRow } from '../../proxy/stores/rows.ts'
import type { ProxyRows } from '../faults/proxy-rows.ts'

export interface Reader {
  read(): ProxyRows
  close(): void
}

export function createReader(file: string): Reader {
  let database: DatabaseSync | undefined
  const select = <T>(table: string, order: string): T[] =>
    (database ??= new DatabaseSync(file, { readOnly: true, timeout: 5000 }))
      .prepare(`select * from ${table} order by ${order}`)
      .all() as T[]
  return {
    read: () => ({
      checkouts: select<never>('checkouts', '1').map(fromCheckoutRow),
      payments: select<never>('payments', 'created_at, id').map((row) => fromPaymentRow(row, [])),
      facts: select<never>('facts', 'at, id').map(fromFactRow),
      deliveries: select('deliveries', 'checkout_id, version'),
      events: select('events', '1'),
      payouts: select('payouts', '1'),
    }),
    close: () => database?.close(),
  }
}
