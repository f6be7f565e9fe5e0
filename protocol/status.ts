/**
 * The states of a payment, and which of them a reader may see follow each other.
 * @module
 */

export const PAYMENT_STATUSES = [
  'pending',
  'processing',
  'review',
  'paid',
  'failed',
  'expired',
  'canceled',
  'refunding',
  'refunded',
] as const

/** Coarse state of a payment, and of a checkout. */
export type PaymentStatus = (typeof PAYMENT_STATUSES)[number]

/** Why a payment is in its state: the second axis. */
export type Reason =
  | 'underpaid'
  | 'overpaid'
  | 'late'
  | 'declined'
  | 'unconfirmed'
  | 'duplicate'
  | 'conflict'
  | 'refund_failed'

/** What stands behind the word "paid". `merchant`: a person of the merchant's ended a review. */
export type Assurance = 'provider-api' | 'signed-webhook' | 'unsigned-webhook' | 'merchant'

/**
 * What a reader may see change. `paid` is never taken back; late money, money after a cancel and a
 * provider that corrects itself with proof are the documented exceptions; such money may have gone back
 * before anybody looked.
 */
export const TRANSITIONS: Readonly<Record<PaymentStatus, readonly PaymentStatus[]>> = {
  pending: [
    'processing',
    'review',
    'paid',
    'failed',
    'expired',
    'canceled',
    'refunding',
    'refunded',
  ],
  processing: ['review', 'paid', 'failed', 'expired', 'canceled', 'refunding', 'refunded'],
  review: ['processing', 'paid', 'failed', 'expired', 'canceled', 'refunding', 'refunded'],
  expired: ['processing', 'review', 'paid', 'refunding', 'refunded'],
  canceled: ['review', 'paid', 'refunding', 'refunded'],
  failed: ['review', 'paid', 'refunding', 'refunded'],
  paid: ['refunding', 'refunded'],
  refunding: ['refunded', 'paid'],
  refunded: [],
}

const MONEY_ARRIVED: ReadonlySet<PaymentStatus> = new Set(['paid', 'refunding', 'refunded'])
const OPEN: ReadonlySet<PaymentStatus> = new Set(['pending', 'processing', 'review'])
const LATER: ReadonlySet<PaymentStatus> = new Set(['expired', 'canceled', 'refunding'])

/** The order's money arrived, whatever happened to it afterwards. */
export const isPaidFor = (status: PaymentStatus): boolean => MONEY_ARRIVED.has(status)

/** Something may still happen without the shopper doing anything new. */
export const isOpen = (status: PaymentStatus): boolean => OPEN.has(status)

/** The provider may come to say something else: open, late money after an end, a refund that is under way. */
export const mayChange = (status: PaymentStatus): boolean => isOpen(status) || LATER.has(status)
