/**
 * One order of Lincoln as the stand-in keeps it ("Список статусов").
 *
 * @module
 */
import type { CreateRequest } from './create-request.ts'

/** The document's list. */
export const STATUSES = [
  'new',
  'waitPayment',
  'errorPayment',
  'inProgress',
  'inProgressPayout',
  'errorPayout',
  'hold',
  'done',
  'returned',
  'deleted',
] as const

export type Status = (typeof STATUSES)[number]

export interface Order {
  /** 24 hex digits; `orderId` of an IPN. */
  readonly id: string
  readonly uid: number
  readonly rid: string
  /** 24 letters and digits: whoever knows it may read and move the order. */
  readonly secret: string
  readonly request: CreateRequest
  /** Where to pay; the text of `paymentDetails.account`. */
  readonly account: string
  readonly createdMs: number
  expiresMs: number
  status: Status
  /** Decimal text, as all that is said of it. */
  inAmount: string
  outAmount: string
  /** When the money was there: the first time it was queued for payout or done. */
  paidMs: number | undefined
}

/** How the button back to the shop ends a finished order's address; undefined while it goes on. */
export const CALLBACK_STATUS: Readonly<Record<Status, 'success' | 'error' | undefined>> = {
  new: undefined,
  waitPayment: undefined,
  inProgress: undefined,
  inProgressPayout: undefined,
  hold: undefined,
  done: 'success',
  errorPayment: 'error',
  errorPayout: 'error',
  returned: 'error',
  deleted: 'error',
}
