/**
 * Reads the query of `GET /api/v1/orders` and writes its records. One URL is two calls: with
 * `order_id` or `cust_order_id` it answers one order, doubly nested; without, a list by pages.
 *
 * Both spellings of the filters are taken (`start_time` and `start_timestamp`, `page_num` and
 * `page`). Ours: both at once, another parameter or one given twice is 111001; a time that is no 13
 * digits is 111004; "less than one month" is a calendar month, more is 111001; without a start the
 * list begins one month before its end; at most 100 records a page, newest first.
 *
 * @module
 */
import type { SemanticKind } from '../../faults.ts'
import { PayCryptoError } from './errors.ts'
import { formatAmount, paidSum, STATUSES } from './order.ts'
import type { Order } from './order.ts'
import type { PayCryptoSettings } from './settings.ts'

/** Whether the query asks for one order. */
export function isSingle(query: URLSearchParams): boolean {
  return query.has('order_id') || query.has('cust_order_id')
}

/** The one order, or a `PayCryptoError` (111001, 111003). */
export function findOrder(orders: readonly Order[], query: URLSearchParams): Order {
  const given = readParameters(query, { order_id: ['order_id'], cust_order_id: ['cust_order_id'] })
  const order = orders.find(
    ({ id, request }) =>
      (given['order_id'] ?? id) === id &&
      (given['cust_order_id'] ?? request.custOrderId) === request.custOrderId,
  )
  if (!order) throw new PayCryptoError(111003)
  return order
}

/** One page of a list. */
export interface Page {
  readonly page_num: number
  readonly page_size: number
  readonly total: number
  readonly pages: number
  readonly records: readonly Order[]
}

/** The page that is asked for, or a `PayCryptoError` (111001, 111004). */
export function listOrders(orders: readonly Order[], query: URLSearchParams, nowMs: number): Page {
  const given = readParameters(query, SPELLINGS)
  const [start, end] = readInterval(given['start_time'], given['end_time'], nowMs)
  const { currency, status } = given
  if (status !== undefined && !/^\d$/.test(status)) throw new PayCryptoError(111001, 'status')
  const found = orders
    .filter(({ createdMs }) => createdMs >= start && createdMs <= end)
    .filter((order) => status === undefined || order.status === Number(status))
    .filter(({ request }) => (currency ?? request.currency).toUpperCase() === request.currency)
    .toReversed()
  const page = readCount(given['page_num'], 'page_num', 1, 1_000_000)
  const size = readCount(given['page_size'], 'page_size', 10, 100)
  const total = found.length
  const pages = Math.ceil(total / size)
  const records = found.slice((page - 1) * size, page * size)
  return { page_num: page, page_size: size, total, pages, records }
}

/** A record key by key as in the sample of its call; `table` adds what the tables know. */
export function toRecord(
  order: Order,
  kind: 'single' | 'list',
  types: PayCryptoSettings['recordTypes'],
  fault?: SemanticKind,
) {
  const { id, request, status, paidCurrency, createdMs, updatedMs } = order
  const code = fault === 'unknown-status' ? 42 : status
  const number = (value: number) => (types === 'table' ? String(value) : value)
  const paid = paidSum(order)
  const rate = { currency_rate: paid > 0n ? '1' : '0' }
  return {
    currency: fault === 'wrong-coin' ? 'EUR' : request.currency,
    amount: fault === 'wrong-amount' ? `9${request.amount}` : request.amount,
    paid_currency: paidCurrency,
    paid_amount: formatAmount(paid),
    order_id: id,
    cust_order_id: request.custOrderId,
    ...(kind === 'single' || types === 'table' ? rate : {}),
    reason: STATUSES[status]?.reason ?? '',
    status: number(code),
    create_time: number(createdMs),
    update_time: number(updatedMs),
  }
}

const SPELLINGS = {
  currency: ['currency'],
  start_time: ['start_time', 'start_timestamp'],
  end_time: ['end_time', 'end_timestamp'],
  page_num: ['page_num', 'page'],
  page_size: ['page_size'],
  status: ['status'],
}

/** By the first of each parameter's spellings. */
function readParameters(
  query: URLSearchParams,
  spellings: Readonly<Record<string, readonly string[]>>,
): Readonly<Record<string, string | undefined>> {
  const given: Record<string, string> = {}
  for (const [name, value] of query) {
    const known = Object.keys(spellings).find((each) => spellings[each]?.includes(name))
    if (known === undefined || given[known] !== undefined) throw new PayCryptoError(111001, name)
    given[known] = value
  }
  return given
}

function readInterval(
  startText: string | undefined,
  endText: string | undefined,
  nowMs: number,
): readonly [start: number, end: number] {
  for (const text of [startText, endText]) {
    if (text !== undefined && !/^\d{13}$/.test(text)) throw new PayCryptoError(111004)
  }
  const end = endText === undefined ? nowMs : Number(endText)
  const start = startText === undefined ? addMonths(end, -1) + 1 : Number(startText)
  if (start > end || end >= addMonths(start, 1)) throw new PayCryptoError(111001, 'start_time')
  return [start, end]
}

function addMonths(ms: number, months: number): number {
  const date = new Date(ms)
  return date.setUTCMonth(date.getUTCMonth() + months)
}

function readCount(text: string | undefined, name: string, ours: number, max: number): number {
  if (text === undefined) return ours
  const count = /^\d{1,7}$/.test(text) ? Number(text) : 0
  if (count < 1 || count > max) throw new PayCryptoError(111001, name)
  return count
}
