/**
 * The last word on a run: whatever was played, every order that is paid has money behind it at its provider,
 * enough of it, of the right kind, and no money stands behind two.
 * @module
 */
import { DatabaseSync } from 'node:sqlite'
import type { Shop } from '../proxy/shop.ts'

interface PaidRow {
  readonly id: string
  readonly provider: string
  readonly ref: string | null
  readonly amount: string
  readonly currency: string
  readonly assurance: string | null
}

interface Money {
  readonly id: string
  readonly amount: string
  readonly currency: string
}

/** Payments that a person's word made paid are his. */
const PAID = `select id, provider, ref, price_amount as amount, price_currency as currency, assurance
  from payments where status = 'paid' and assurance is not 'merchant'`
const UNPROVEN = `select c.id from checkouts c where c.status = 'paid' and not exists
  (select 1 from payments p where p.checkout_id = c.id and p.status = 'paid')`

export async function audit(shop: Shop): Promise<readonly string[]> {
  const ledger = await shop.control<Record<string, { readonly paid: readonly Money[] }>>(
    'GET',
    '/ledger',
  )
  const database = new DatabaseSync(shop.file, { readOnly: true })
  const rows = database.prepare(PAID).all() as unknown as readonly PaidRow[]
  const unproven = database.prepare(UNPROVEN).all()
  database.close()
  const used = new Set<string>()
  const violations = rows.flatMap((row) => {
    const key = row.provider === 'lipaykripto' ? row.id : (row.ref ?? '')
    const money = (ledger[row.provider]?.paid ?? []).filter(({ id }) => id === key)
    const name = `${row.provider} payment ${row.id}`
    if (money.length === 0) return [`${name} is paid, and no money came`]
    if (used.has(`${row.provider} ${key}`)) return [`${name} is paid by money that paid another`]
    used.add(`${row.provider} ${key}`)
    const isCoinOfItsOwn = row.provider === 'cryptom'
    const sum = money.reduce((total, { amount }) => total + Number(amount), 0)
    if (!isCoinOfItsOwn && sum < Number(row.amount)) {
      return [`${name} is paid: ${sum} came of ${row.amount} ${row.currency}`]
    }
    const stranger = money.find(({ currency }) => currency.split('-')[0] !== row.currency)
    return !isCoinOfItsOwn && stranger
      ? [`${name} is paid: ${stranger.currency} came instead of ${row.currency}`]
      : []
  })
  return [...violations, ...unproven.map((row) => `${String(row['id'])} is paid by no payment`)]
}
