/**
 * What a person has to be told of. The event that it is carries its name in the field `alarm`; what to do
 * about each stands in `docs/alarms.md`, under that name.
 * @module
 */
import type { PaymentState } from '../protocol/projection.ts'
import { isPaidFor } from '../protocol/status.ts'
import type { LogLevel } from './events.ts'
import type { PaymentUpdate } from './provider.ts'
import type { PaymentRecord } from './records.ts'
import { needsPerson } from './reviews.ts'

/** The level at which each is logged: `error` is worth waking somebody. */
export const ALARMS = {
  address_changed: 'error',
  checks_late: 'error',
  conflict: 'error',
  delivery_given_up: 'error',
  duplicate: 'warn',
  event_changed: 'error',
  identifier_expires: 'error',
  outbox_late: 'error',
  paid_unasked: 'warn',
  payout_unknown: 'warn',
  refund_failed: 'warn',
  regression: 'error',
  review: 'warn',
  reviews_late: 'warn',
  reviews_waiting: 'warn',
  store_down: 'error',
  webhook_exposed: 'warn',
  webhook_not_stored: 'error',
} as const satisfies Readonly<Record<string, LogLevel>>

export type Alarm = keyof typeof ALARMS

/** The alarm that a change of a payment is, if it is one. */
export function alarmOf(
  before: PaymentRecord,
  state: PaymentState,
  update: PaymentUpdate,
): Alarm | undefined {
  const { status, reason, assurance } = state
  if (update.isAddressChanged) return 'address_changed'
  if (reason === 'conflict') {
    return isPaidFor(status) ? 'regression' : 'conflict'
  }
  if (reason === 'duplicate' || reason === 'refund_failed') return reason
  if (needsPerson({ ...before, state })) return 'review'
  const isUnasked = assurance === 'signed-webhook' || assurance === 'unsigned-webhook'
  return isUnasked && status === 'paid' && before.state.status !== 'paid'
    ? 'paid_unasked'
    : undefined
}
