/**
 * When a payment is looked at again, and what the clock alone says of it. Pure functions only.
 * @module
 */
import { mayChange } from '../protocol/status.ts'
import type { PaymentRecord } from './records.ts'
import type { PaymentUpdate } from './provider.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
/** How long a payment is watched after its last change: late money, lost notifications. */
export const WATCHED_MS = 24 * HOUR
/** After this long without an answer, a create may have been lost with the process that made it. */
export const INTENT_MS = 30 * SECOND
/** A create that takes longer is given up, before anybody can think that it was lost. */
export const CREATE_MS = 25 * SECOND
/** At most one look at the provider in this time, however many are watching. */
export const WATCH_GAP_MS = 3 * SECOND
/** A question that got no answer is asked again after this, however old the payment. */
const FAILED_MS = 30 * SECOND

/** Age of what is watched, and how often to ask about it then. */
const PACE: readonly (readonly [age: number, every: number])[] = [
  [2 * MINUTE, 15 * SECOND],
  [10 * MINUTE, 30 * SECOND],
  [HOUR, MINUTE],
  [WATCHED_MS, 5 * MINUTE],
]

/** What the worker's schedule depends on. */
export interface Watch {
  readonly payment: PaymentRecord
  readonly now: number
  /** When the payment last changed: its age counts from there. */
  readonly changedAt: number
  /** The provider can be asked about it. */
  readonly canAsk: boolean
  /** The last question got no answer. */
  readonly hasFailed?: boolean
}

/**
 * When the worker looks at a payment again, browser or no browser: often at first, thinning out over a
 * day, after an expiry or a cancel too (late money), and after any notification until somebody has
 * answered. Null when nobody needs to look any more.
 */
export function nextCheck(watch: Watch): number | null {
  const times = [nextQuestion(watch), deadline(watch)].filter((time) => time !== null)
  return times.length > 0 ? Math.min(...times) : null
}

function nextQuestion({ payment, now, changedAt, canAsk, hasFailed }: Watch): number | null {
  const { state, hintedAt } = payment
  const canChange = mayChange(state.status) || isAsking(payment)
  if (!canAsk || (!canChange && hintedAt === null)) return null
  const age = now - Math.max(changedAt, hintedAt ?? 0)
  const pace = PACE.find(([limit]) => age < limit)
  if (!pace) return null
  return now + (hasFailed ? Math.min(FAILED_MS, pace[1]) : pace[1])
}

/** When `clockSays` will have something to say. */
function deadline({ payment, now }: Watch): number | null {
  const { state, createdAt, expiresAt } = payment
  const end = isLost(payment)
    ? createdAt + WATCHED_MS
    : isUnanswered(payment) && state.status === 'pending'
      ? createdAt + INTENT_MS
      : endsByTheClock(state) && expiresAt !== null
        ? lastMoment(payment, expiresAt)
        : state.status === 'processing'
          ? tooLong(payment)
          : null
  return end === null ? null : Math.max(end, now + SECOND)
}

/**
 * What only the clock says: an attempt ran out, or the process that made it never came back. Where
 * nobody can be asked whether the money came, the end is `unconfirmed`: a person may have to look.
 */
export function clockSays(
  payment: PaymentRecord,
  now: number,
  canAsk: boolean,
): PaymentUpdate | undefined {
  const { state, expiresAt, createdAt } = payment
  const providerStatus = payment.providerStatus ?? ''
  if (isLost(payment)) {
    return now - createdAt < WATCHED_MS ? undefined : { status: 'expired', providerStatus }
  }
  if (isUnanswered(payment) && state.status === 'pending' && now - createdAt >= INTENT_MS) {
    return { status: 'review', reason: 'unconfirmed', providerStatus: 'no answer' }
  }
  if (state.status === 'processing' && now >= tooLong(payment)) {
    return { status: 'review', reason: state.reason ?? 'unconfirmed', providerStatus }
  }
  if (expiresAt === null || !endsByTheClock(state)) return undefined
  if (now < lastMoment(payment, expiresAt)) return undefined
  const isUnknown = !canAsk || isAsking(payment)
  return state.status === 'pending'
    ? { status: 'expired', providerStatus, ...(isUnknown && { reason: 'unconfirmed' }) }
    : { status: 'review', reason: 'underpaid', providerStatus }
}

/** From here on a person has to ask the provider what became of it. */
const tooLong = ({ expiresAt, createdAt }: PaymentRecord): number =>
  (expiresAt ?? createdAt) + WATCHED_MS

/** What came back in time may have been paid: then it is not over before somebody has said so. */
const lastMoment = (payment: PaymentRecord, expiresAt: number): number =>
  isAsking(payment) ? tooLong(payment) : expiresAt

/** Nothing came, or a part. What is on its way otherwise has a day more. */
const endsByTheClock = ({ status, reason }: PaymentRecord['state']): boolean =>
  status === 'pending' || (status === 'processing' && reason === 'underpaid')

/** An id came back, and the provider has not said for good what it is worth. */
const isAsking = ({ claims }: PaymentRecord): boolean => claims.length > 0

/** The provider's answer to its making is not known: nobody was shown anything. */
const isUnanswered = ({ nextAction }: PaymentRecord): boolean => nextAction === null

/** That answer will not come any more: the payment may exist at the provider, or not. */
export const isLost = (payment: PaymentRecord): boolean =>
  isUnanswered(payment) && payment.state.status === 'review'

/** What is late is for a person, whatever the provider goes on to call it: a part, and what never arrives. */
export function afterItsTime(
  update: PaymentUpdate,
  payment: PaymentRecord,
  now: number,
): PaymentUpdate {
  if (update.status !== 'processing') return update
  if (now >= tooLong(payment)) {
    return { ...update, status: 'review', reason: update.reason ?? 'unconfirmed' }
  }
  const isPart = update.reason === 'underpaid'
  const isOver = payment.expiresAt !== null && now >= payment.expiresAt
  return isPart && isOver ? { ...update, status: 'review' } : update
}

/** How long a browser waits before it asks us again, by the time since the last change. */
export function pollAfter(status: string, sinceChange: number): number | null {
  if (status === 'paid' || status === 'refunded') return null
  if (status === 'expired') return sinceChange < WATCHED_MS ? 30 * SECOND : null
  if (sinceChange < 5 * MINUTE) return 2500
  return sinceChange < 15 * MINUTE ? 5 * SECOND : 15 * SECOND
}
