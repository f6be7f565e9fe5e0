/**
 * What PayCrypto-Checkout is asked for: its currencies, and its list of orders.
 * @module
 */
import { findAsset } from '../../protocol/assets.ts'
import type { Asset } from '../../protocol/assets.ts'
import { ProxyError } from '../errors.ts'
import type { HistoryWords } from '../provider.ts'

/** The networks of `USDT-TRC20`, in our words. */
const NETWORKS: Readonly<Record<string, string>> = {
  TRC20: 'TRON',
  BEP20: 'BSC',
  SPL: 'SOLANA',
  ERC20: 'ETHEREUM',
}

const MAX_SPAN_MS = 27 * 24 * 60 * 60_000
/** The table's names, and those of the document's example. */
const FILTERS = [
  'currency',
  'start_time',
  'end_time',
  'start_timestamp',
  'end_timestamp',
  'page_num',
  'page',
  'page_size',
  'status',
] as const

export const HISTORY: HistoryWords = {
  filters: FILTERS,
  columns: ['order_id', 'status', 'amount currency', 'paid_amount paid_currency', 'create_time'],
  paymentId: 'cust_order_id',
}

/** A currency that an account takes. */
export interface Currency {
  /** The provider's word: `USDT-TRC20`. */
  readonly word: string
  /** What a price in it is said in: `USDT`. */
  readonly price: string
  readonly asset: Asset | null
  /** Of the method that charges it. */
  readonly id: string
}

/** `USD`, `USDT`, `USDT-TRC20`; undefined for a coin on a network that we have no row for. */
export function readCurrency(word: string): Currency | undefined {
  const [symbol = '', standard] = word.split('-')
  if (!/^[A-Z]{2,10}$/.test(symbol)) return undefined
  if (standard === undefined) return { word, price: symbol, asset: null, id: `paycrypto:${symbol}` }
  const asset = findAsset(symbol, NETWORKS[standard] ?? '')
  if (!asset) return undefined
  return { word, price: symbol, asset, id: `paycrypto:${symbol}:${asset.network}` }
}

/** The documented filters; a span of a month or more is refused here, before the provider does. */
export function historyQuery(filters: Readonly<Record<string, string>>, now: number): string {
  for (const [name, value] of Object.entries(filters)) {
    if (!FILTERS.some((known) => known === name) || !/^[\w.-]{1,64}$/.test(value)) {
      throw new ProxyError('invalid_request', `must be one of ${FILTERS.join(', ')}`, {
        field: name,
      })
    }
  }
  const start = filters['start_time'] ?? filters['start_timestamp']
  const end = filters['end_time'] ?? filters['end_timestamp']
  const span = Number(end ?? now) - Number(start ?? Number.NaN)
  if (start !== undefined && !(span >= 0 && span < MAX_SPAN_MS)) {
    throw new ProxyError('invalid_request', 'must be less than a month before end_time', {
      field: 'start_time',
    })
  }
  return Object.entries(filters)
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
}
