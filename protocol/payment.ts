/**
 * What a checkout looks like to the widget: the whole vocabulary that crosses the wire.
 * Start reading here. Times are ISO 8601 UTC strings, amounts decimal strings.
 * @module
 */
import type { Network } from './assets.ts'
import type { Money } from './money.ts'
import type { PaymentStatus, Reason } from './status.ts'

/** One order being paid. Its `id` is the credential for reading it. */
export interface Checkout {
  readonly id: string
  /** The merchant's own number for the purchase. */
  readonly orderId: string
  readonly price: Money
  readonly description: string | null
  readonly status: PaymentStatus
  readonly reason: Reason | null
  /** At least one provider here is set to its test mode or to a sandbox. */
  readonly testMode: boolean
  /** Who vouches for the price. `unsigned`: nobody, the page said it. */
  readonly priceSource: PriceSource
  readonly methods: readonly Method[]
  /** The attempt that matters now: the active one, else the last that was shown; null before any. */
  readonly payment: Payment | null
  readonly expiresAt: string
  /** The proxy's clock, so that deadlines do not depend on the shopper's. */
  readonly serverNow: string
  /** When to ask again; null when nothing can change any more. */
  readonly pollAfterMs: number | null
  /** A signed receipt (JWS) once paid. */
  readonly receipt: string | null
}

/** Where an order and its price came from. */
export type PriceSource = 'token' | 'merchant' | 'catalogue' | 'unsigned'

/** A way to pay, as offered to the shopper. `id` is opaque. */
export interface Method {
  readonly id: string
  /** `transfer`: to an address, here. `redirect`: on the provider's page. */
  readonly flow: 'transfer' | 'redirect'
  readonly asset: MethodAsset | null
  readonly label: string
  /** What this method charges, where the order is priced in several currencies. */
  readonly price: Money
  readonly limits: { readonly min: string | null; readonly max: string | null } | null
  /** What the provider needs to know from the shopper first. */
  readonly fields: readonly MethodField[]
  /** The provider's terms that the shopper has to accept first. */
  readonly consent: { readonly url: string } | null
  readonly fee: string | null
}

export interface MethodAsset {
  readonly symbol: string
  readonly network: Network
  readonly name: string
}

export interface MethodField {
  readonly id: string
  readonly label: string
  readonly required: boolean
  /** A regular expression for the whole value. */
  readonly pattern?: string
  readonly hint?: string
}

/** One attempt to pay through one provider. */
export interface Payment {
  readonly id: string
  readonly methodId: string
  readonly status: PaymentStatus
  readonly reason: Reason | null
  /** The provider can be told to cancel it. Where false, a cancel only stops the waiting here. */
  readonly cancelable: boolean
  /** What the shopper must do now; null when there is nothing left to do. */
  readonly nextAction: NextAction | null
  /** What the provider says has arrived, in the unit that the shopper pays in. */
  readonly received: Money | null
  /** What is still missing, in the same unit. */
  readonly remaining: Money | null
  readonly createdAt: string
  readonly expiresAt: string | null
}

/** What the shopper does next. */
export type NextAction = TransferAction | RedirectAction

/** Send exactly `amount` of `asset` to `address`. */
export interface TransferAction {
  readonly type: 'transfer'
  readonly address: string
  readonly amount: string
  readonly asset: MethodAsset
  /** A wallet link for the whole amount; null where none can be trusted. */
  readonly uri: string | null
  readonly expiresAt: string | null
  /** The provider's own words about the price, shown and never recomputed. */
  readonly quote?: { readonly rate: string | null; readonly fee: string | null }
}

/** Go to the provider's page, and come back. */
export interface RedirectAction {
  readonly type: 'redirect'
  readonly url: string
}
