/**
 * One transaction of Cryptom as the stand-in keeps it ("Transaction Completion Criteria").
 *
 * @module
 */
import { parseDecimal } from '../../decimal.ts'
import { COIN_SCALE } from './quotes.ts'
import type { Quote } from './quotes.ts'
import type { CreateRequest } from './requests.ts'

/** The document's list: "internal and subject to change". */
export const STATUSES = [
  'PENDING',
  'TIMEOUT',
  'TRANSFERRED',
  'CONVERTING',
  'CONVERTED',
  'WALLET_CHARGED',
  'DONE',
  'MANUAL_CHECK',
  'CANCELLED',
] as const

export type Status = (typeof STATUSES)[number]

export interface Transaction {
  /** 24 hex digits. */
  readonly id: string
  readonly sequenceID: number
  readonly request: CreateRequest
  readonly quote: Quote
  /** `id` is the text of a number above 2^53. */
  readonly wallet: { readonly id: string; readonly address: string }
  readonly createdMs: number
  updatedMs: number
  status: Status
  readonly transfers: { readonly at: string; readonly amount: string }[]
}

/** The document's sample: `timeout` is `timestamps` plus 60000, both in seconds. */
export const TIMEOUT_S = 60_000

/** What is due, in units of 10^-6 of the coin. */
export function due({ quote: { coinAmount } }: Transaction): bigint {
  return parseDecimal(coinAmount, COIN_SCALE) ?? 0n
}

/** What has arrived, in units of 10^-6 of the coin. */
export function sumTransfers({ transfers }: Transaction): bigint {
  return transfers.reduce((sum, { amount }) => sum + (parseDecimal(amount, COIN_SCALE) ?? 0n), 0n)
}

/** Whether all that is due has arrived. */
export function isComplete(transaction: Transaction): boolean {
  return sumTransfers(transaction) >= due(transaction)
}
