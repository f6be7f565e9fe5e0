/**
 * The proxy's ledger: its own rows, read past the proxy itself, whether or not it is up.
 * @module
 */
import { DatabaseSync } from 'node:sqlite'
import { Client, TypeOverrides } from 'pg'
import type { CheckoutRecord, PaymentRecord, StoredFact } from '../../proxy/records.ts'
import { fromCheckoutRow, fromFactRow, fromPaymentRow } from '../../proxy/stores/rows.ts'
import type { DeliveryRow, EventRow, PayoutRow, Tables } from '../../proxy/stores/schema.ts'

export interface ProxyRows {
  readonly checkouts: readonly CheckoutRecord[]
  /** Oldest first. */
  readonly payments: readonly PaymentRecord[]
  readonly facts: readonly StoredFact[]
  readonly deliveries: readonly DeliveryRow[]
  readonly events: readonly EventRow[]
  readonly payouts: readonly PayoutRow[]
}

const INT8 = 20

/** Everything in the database at `url`, `file:…` or `postgres://…`. */
export async function readProxyRows(url: string): Promise<ProxyRows> {
  const { select, end } = url.startsWith('file:') ? openSqlite(url) : await openPostgres(url)
  try {
    return {
      checkouts: (await select('checkouts')).map(fromCheckoutRow),
      payments: (await select('payments', 'created_at, id')).map((row) => fromPaymentRow(row, [])),
      facts: (await select('facts', 'at, id')).map(fromFactRow),
      deliveries: await select('deliveries', 'checkout_id, version'),
      events: await select('events'),
      payouts: await select('payouts'),
    }
  } finally {
    await end()
  }
}

interface Reader {
  select<Name extends keyof Tables>(table: Name, order?: string): Promise<Tables[Name][]>
  end(): Promise<void>
}

function openSqlite(url: string): Reader {
  const database = new DatabaseSync(url.replace(/^file:/, ''), { readOnly: true, timeout: 5000 })
  return {
    select: async (table, order = '1') =>
      database.prepare(`select * from ${table} order by ${order}`).all() as never[],
    end: async () => database.close(),
  }
}

async function openPostgres(url: string): Promise<Reader> {
  const types = new TypeOverrides()
  types.setTypeParser(INT8, Number)
  const client = new Client({ connectionString: url, types })
  await client.connect()
  return {
    select: async (table, order = '1') =>
      (await client.query(`select * from ${table} order by ${order}`)).rows as never[],
    end: () => client.end(),
  }
}
