/**
 * Cryptom's transaction history ("Transaction History"): every documented filter, and the page
 * around the results as printed.
 *
 * Ours: filters are joined by "and"; `reservedFrom` and `reservedUntil` bound the reservation;
 * numbers are compared as numbers; newest first; `page` and `limit` (10, at most 100), which the
 * document does not name although the answer has them; any other parameter is refused.
 *
 * @module
 */
import { parseDecimal } from '../../decimal.ts'
import { reservation, toHistoryJson, USER_EMAIL } from './answers.ts'
import { COIN_SCALE } from './quotes.ts'
import { CryptomError } from './requests.ts'
import { STATUSES } from './transaction.ts'
import type { Transaction } from './transaction.ts'

/** `data` of the answer. Throws a `CryptomError` (400) that names the parameter. */
export function searchHistory(transactions: readonly Transaction[], query: URLSearchParams) {
  const limit = readCount(query, 'limit', 10, 100)
  const page = readCount(query, 'page', 1, 1_000_000)
  const tests = [...query]
    .filter(([name]) => name !== 'limit' && name !== 'page')
    .map(([name, value]) => readFilter(name, value))
  const found = transactions.filter((each) => tests.every((test) => test(each))).toReversed()

  const start = (page - 1) * limit
  const totalPages = Math.max(1, Math.ceil(found.length / limit))
  return {
    results: found.slice(start, start + limit).map(toHistoryJson),
    totalDocs: found.length,
    limit,
    page,
    totalPages,
    pagingCounter: start + 1,
    hasPrevPage: page > 1,
    hasNextPage: page < totalPages,
    prevPage: page > 1 ? page - 1 : null,
    nextPage: page < totalPages ? page + 1 : null,
  }
}

type Test = (transaction: Transaction) => boolean

/** Each makes a test of a parameter's text, or nothing if the text is not legal. */
const FILTERS: Readonly<Record<string, (value: string) => Test | undefined>> = {
  id: (value) => (each) => each.id === value,
  sequenceID: (value) =>
    /^\d{1,15}$/.test(value) ? (each) => each.sequenceID === Number(value) : undefined,
  currency: (value) => (each) => each.request.currency === value,
  currencyAmount: (value) => byAmount(value, (each) => each.request.currencyAmount),
  clientType: (value) =>
    ['POS', 'GATEWAY'].includes(value) ? () => value === 'GATEWAY' : undefined,
  coin: (value) => (each) => each.request.coin === value,
  network: (value) => (each) => each.request.network === value,
  coinAmount: (value) => byAmount(value, (each) => each.quote.coinAmount),
  status: (value) =>
    STATUSES.some((status) => status === value) ? (each) => each.status === value : undefined,
  userEmail: (value) => () => value === USER_EMAIL,
  userMobile: (value) => (each) => each.request.userMobile === value,
  reservedFrom: (value) =>
    byTime(value, (each, ms) => Date.parse(reservation(each).reservedFrom) >= ms),
  reservedUntil: (value) =>
    byTime(value, (each, ms) => Date.parse(reservation(each).reservedUntil) <= ms),
  walletAddress: (value) => (each) => each.wallet.address === value,
}

function readFilter(name: string, value: string): Test {
  const make = Object.hasOwn(FILTERS, name) ? FILTERS[name] : undefined
  if (!make) throw new CryptomError(400, `${name} is not a known filter`)
  const test = make(value)
  if (!test) throw invalid(name)
  return test
}

function byAmount(value: string, read: (transaction: Transaction) => string): Test | undefined {
  const wanted = parseDecimal(value, COIN_SCALE)
  return wanted === undefined
    ? undefined
    : (each) => parseDecimal(read(each), COIN_SCALE) === wanted
}

function byTime(
  value: string,
  compare: (transaction: Transaction, ms: number) => boolean,
): Test | undefined {
  const ms = /^\d{4}-\d{2}-\d{2}/.test(value) ? Date.parse(value) : Number.NaN
  return Number.isNaN(ms) ? undefined : (each) => compare(each, ms)
}

function readCount(query: URLSearchParams, name: string, fallback: number, max: number): number {
  const text = query.get(name)
  if (text === null) return fallback
  const count = /^\d{1,7}$/.test(text) ? Number(text) : 0
  if (count < 1 || count > max) throw invalid(name)
  return count
}

function invalid(name: string): CryptomError {
  return new CryptomError(400, `${name} is not legal`)
}
