/**
 * Which screen the shopper sees, chosen from everything that is known. The one place that decides.
 * @module
 */
import type { Checkout, Payment, RedirectAction, TransferAction } from '../protocol/payment.ts'
import type { PaymentStatus, Reason } from '../protocol/status.ts'
import type { EngineState } from './core/state.ts'
import type { ErrorCode } from './core/error.ts'
import { progressOf } from './core/transitions.ts'
import type { Locale } from './locales/en.ts'

/** The name of an outcome's texts. */
export type Outcome = keyof Locale['outcomes']

/** The screens. */
export type View =
  | { readonly kind: 'misconfigured'; readonly names: readonly string[] }
  | { readonly kind: 'loading' }
  | { readonly kind: 'closing'; readonly checkoutId: string }
  | { readonly kind: 'checking' }
  | { readonly kind: 'visit' }
  | { readonly kind: 'error'; readonly code: ErrorCode }
  | { readonly kind: 'choose'; readonly checkout: Checkout }
  | { readonly kind: 'transfer'; readonly payment: Payment; readonly action: TransferAction }
  | {
      readonly kind: 'redirect'
      readonly checkout: Checkout
      readonly payment: Payment
      readonly action: RedirectAction
    }
  | {
      readonly kind: 'outcome'
      readonly checkout: Checkout
      readonly status: PaymentStatus
      readonly outcome: Outcome
    }

/** What the page knows besides the engine. */
interface Local {
  readonly mistakes: readonly string[]
  /** The checkout whose page came back into the second window. */
  readonly leftBehind: string | null
  /** The page's URL alone names the checkout: it is shown how it stands, and nothing is paid on it. */
  readonly isVisit: boolean
  readonly isChoosing: boolean
  /** The texts are on their way. */
  readonly isLoading: boolean
}

/** Reasons that have words of their own: of a payment that arrived, and of any other. */
const PAID_REASONS: readonly Reason[] = ['overpaid', 'late', 'duplicate', 'refund_failed']
const OTHER_REASONS: readonly Reason[] = ['underpaid', 'unconfirmed', 'declined']

/** The screen for what is known. Money that was seen beats everything else. */
export function chooseView(
  { checkout, error, alarm, isChecking }: EngineState,
  local: Local,
): View {
  if (local.isLoading) return { kind: 'loading' }
  if (local.mistakes.length) return { kind: 'misconfigured', names: local.mistakes }
  if (local.leftBehind) return { kind: 'closing', checkoutId: local.leftBehind }
  if (!checkout && error) return { kind: 'error', code: error.code }
  if (isChecking) return { kind: 'checking' }
  if (!checkout) return { kind: 'loading' }

  const { payment } = checkout
  const { status, reason } = progressOf(checkout)
  const action = payment?.nextAction
  // a part has come: what is missing is asked for where it is known, and never the whole again
  const isPart = status === 'processing' && reason === 'underpaid' && payment?.remaining != null
  const isPayable = status === 'pending' || isPart
  if (local.isVisit && isPayable) return { kind: 'visit' }
  // also after an attempt that came to nothing
  const canChoose = checkout.status === 'pending' && !local.isVisit
  if (canChoose && (local.isChoosing || !payment)) return { kind: 'choose', checkout }
  if (alarm && (isPayable || status === 'processing')) return { kind: 'error', code: alarm }
  if (payment && action && isPayable) {
    return action.type === 'transfer'
      ? { kind: 'transfer', payment, action }
      : { kind: 'redirect', checkout, payment, action }
  }
  const seen = local.isVisit ? withoutTarget(checkout) : checkout
  return { kind: 'outcome', checkout: seen, status, outcome: outcomeOf(status, reason, payment) }
}

const withoutTarget = (checkout: Checkout): Checkout => ({
  ...checkout,
  payment: checkout.payment && { ...checkout.payment, nextAction: null },
})

function outcomeOf(status: PaymentStatus, reason: Reason | null, payment: Payment | null): Outcome {
  if (status === 'pending') return 'waiting'
  // Nobody can be asked whether the money came: the shop has to look.
  if (status === 'expired' && reason === 'unconfirmed') return 'unverified'
  const why = payment?.reason === 'duplicate' ? 'duplicate' : reason
  const known = status === 'paid' ? PAID_REASONS : OTHER_REASONS
  return why && known.includes(why) ? (why as Outcome) : status
}
