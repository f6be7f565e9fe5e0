/**
 * When the proxy looks again, and what the clock alone may say (I11, I14, I17).
 * @module
 */
import fc from 'fast-check'
import { PAYMENT_STATUSES } from '../../protocol/status.ts'
import type { PaymentStatus, Reason } from '../../protocol/status.ts'
import type { PaymentRecord } from '../../proxy/records.ts'
import { afterItsTime, clockSays, nextCheck, pollAfter } from '../../proxy/schedule.ts'
import type { Watch } from '../../proxy/schedule.ts'
import { choices } from './facts.ts'
import { property } from './property.ts'
import type { Property } from './property.ts'
import { NOW, paymentOf } from './records.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Ages around every edge there is. */
const AGES = [
  0,
  1,
  SECOND,
  29_999,
  30_000,
  90_000,
  2 * MINUTE,
  10 * MINUTE,
  HOUR - 1,
  HOUR,
  6 * HOUR,
  DAY - 1,
  DAY,
  DAY + SECOND,
  3 * DAY,
]

const REASONS: readonly (Reason | null)[] = [
  null,
  'underpaid',
  'unconfirmed',
  'conflict',
  'declined',
]
const { payment: SAMPLE } = paymentOf('a'.repeat(32), [])

function toWatch([code, more]: readonly [number, number]): Watch {
  const choose = choices(code)
  const chooseMore = choices(more)
  const status = choose(PAYMENT_STATUSES)
  const reason = choose(REASONS)
  const createdAt = NOW - choose(AGES)
  const changedAt = Math.max(createdAt, NOW - choose(AGES))
  const expiresAt = choose([...AGES.map((age) => NOW - age), ...AGES.map((age) => NOW + age)])
  const hintedAt = chooseMore([null, null, ...AGES.map((age) => NOW - age)])
  const canBeUnanswered = ['pending', 'processing', 'review'].includes(status)
  const isUnanswered = canBeUnanswered && chooseMore([false, false, true])
  const payment: PaymentRecord = {
    ...SAMPLE,
    // What nobody has answered yet waits for that, and has no end of the provider's.
    ...(isUnanswered ? { nextAction: null, expiresAt: null } : { expiresAt }),
    state: { ...SAMPLE.state, status, reason },
    hintedAt,
    claims: chooseMore([[], [], [{ ref: 'A', createdAt }]]),
    createdAt,
  }
  const canAsk = chooseMore([true, false])
  return { payment, now: NOW, changedAt, canAsk, hasFailed: chooseMore([false, true]) }
}

const anyWatch: fc.Arbitrary<Watch> = fc
  .tuple(fc.nat(9 * 5 * 15 * 15 * 30 - 1), fc.nat(17 * 3 * 3 * 4 - 1))
  .map(toWatch)

/** The time of the one thing that the clock says of it, if it says one. */
function timeOfEnd(payment: PaymentRecord): number | null {
  const { nextAction, createdAt } = payment
  const { status, reason } = payment.state
  const isAsking = payment.claims.length > 0
  // While an id that came back has no final answer, it has a day more.
  const expiresAt =
    isAsking && payment.expiresAt !== null ? payment.expiresAt + DAY : payment.expiresAt
  if (nextAction === null && status === 'review') return createdAt + DAY
  if (nextAction === null && status === 'pending') return createdAt + 30 * SECOND
  if (status === 'pending') return expiresAt
  if (status !== 'processing') return null
  // A part is for a person when the time is over; what is on its way, or has no time, has a day more.
  const isPart = reason === 'underpaid' && expiresAt !== null
  return isPart ? expiresAt : (payment.expiresAt ?? createdAt) + DAY
}

const isWatched = (status: PaymentStatus): boolean =>
  ['pending', 'processing', 'review', 'expired', 'canceled'].includes(status)

export const scheduleProperties: readonly Property[] = [
  property(
    {
      rule: 'I11',
      title: 'the clock never says paid, only expired or review, and only in its time',
    },
    anyWatch,
    ({ payment, now, canAsk }) => {
      const said = clockSays(payment, now, canAsk)
      const end = timeOfEnd(payment)
      if (said === undefined) return end === null || now < end
      return end !== null && now >= end && ['expired', 'review'].includes(said.status)
    },
  ),
  property(
    { rule: 'I1', title: 'an end that nobody could be asked about is unconfirmed, for a person' },
    anyWatch,
    ({ payment, now }) => {
      const said = clockSays(payment, now, false)
      const isUnsure = said?.status === 'expired' && payment.nextAction !== null
      return !isUnsure || said.reason === 'unconfirmed'
    },
  ),
  property(
    {
      rule: 'I14',
      title: 'what may still change is watched for a day, its end or cancel included',
    },
    anyWatch,
    (watch) => {
      const { payment, now, changedAt, canAsk } = watch
      const next = nextCheck(watch)
      if (next !== null && next <= now) return false
      const age = now - Math.max(changedAt, payment.hintedAt ?? 0)
      const isAsked = isWatched(payment.state.status) || payment.claims.length > 0
      const mustLook = canAsk && age < DAY && isAsked
      return !mustLook || (next !== null && next <= now + 5 * MINUTE)
    },
  ),
  property(
    { rule: 'I11', title: 'a hint is a reason to look, whatever was known' },
    anyWatch,
    (watch) => {
      const { payment, now, canAsk } = watch
      const isFresh = payment.hintedAt !== null && now - payment.hintedAt < DAY
      return !canAsk || !isFresh || nextCheck(watch) !== null
    },
  ),
  property(
    { rule: 'I17', title: 'what the clock ends is looked at when its time has come' },
    anyWatch,
    (watch) => {
      const end = timeOfEnd(watch.payment)
      const next = nextCheck(watch)
      return end === null || (next !== null && next <= Math.max(end, watch.now + SECOND))
    },
  ),
  property(
    { rule: 'F20', title: 'nobody is asked more than every 15 seconds, unless a time comes' },
    anyWatch,
    (watch) => {
      const { payment, now, canAsk } = watch
      if (clockSays(payment, now, canAsk)) return true
      const next = nextCheck(watch)
      const end = timeOfEnd(payment)
      const isEnd = end !== null && next === Math.max(end, now + SECOND)
      return next === null || next >= now + 15 * SECOND || isEnd
    },
  ),
  property(
    {
      rule: 'I3',
      title: 'a part of the money is for a person once the time is over, and not before',
    },
    anyWatch,
    ({ payment, now }) => {
      const part = { status: 'processing', reason: 'underpaid', providerStatus: 'x' } as const
      const onItsWay = { status: 'processing', providerStatus: 'x' } as const
      const whole = { status: 'paid', providerStatus: 'x' } as const
      const isOver = payment.expiresAt !== null && now >= payment.expiresAt
      const isLong = now >= (payment.expiresAt ?? payment.createdAt) + DAY
      return (
        (afterItsTime(part, payment, now).status === 'review') === (isOver || isLong) &&
        (afterItsTime(onItsWay, payment, now).status === 'review') === isLong &&
        afterItsTime(whole, payment, now) === whole
      )
    },
  ),
  property(
    {
      rule: 'I17',
      title: 'a browser asks for as long as something may change, not faster than it may',
    },
    fc.tuple(fc.constantFrom(...PAYMENT_STATUSES), fc.constantFrom(...AGES)),
    ([status, age]) => {
      const wait = pollAfter(status, age)
      if (wait === null)
        return ['paid', 'refunded'].includes(status) || (status === 'expired' && age >= DAY)
      return wait >= 2500 && wait <= 30 * SECOND
    },
  ),
]
