/**
 * What a receipt says: that this order was paid, by whom, and what stands behind it.
 * @module
 */
import { isDecimal } from '../protocol/money.ts'
import type { Money } from '../protocol/money.ts'
import type { PriceSource } from '../protocol/payment.ts'
import type { Assurance } from '../protocol/status.ts'

/** The claims of a receipt. Times are ISO 8601 UTC strings, amounts decimal strings. */
export interface Receipt {
  /** The proxy's `PUBLIC_URL`. */
  readonly iss: string
  /** When it was signed, epoch seconds. */
  readonly iat: number
  readonly checkoutId: string
  readonly orderId: string
  /** The order's price. */
  readonly amount: string
  readonly currency: string
  /** What the method charged: another of the order's prices, or the same. */
  readonly charged: Money
  readonly provider: string
  readonly methodId: string
  readonly paymentId: string
  /** The provider's id of the payment. */
  readonly ref: string | null
  readonly paidAt: string
  readonly assurance: Assurance
  readonly priceSource: PriceSource
  readonly testMode: boolean
}

const ASSURANCES: Readonly<Record<Assurance, true>> = {
  'provider-api': true,
  'signed-webhook': true,
  'unsigned-webhook': true,
  merchant: true,
}
const PRICE_SOURCES: Readonly<Record<PriceSource, true>> = {
  token: true,
  merchant: true,
  catalogue: true,
  unsigned: true,
}

/** Every claim that is compared is there, and says something that is known here. */
export function isReceipt(claims: object): claims is Receipt {
  const receipt = claims as Partial<Receipt>
  const texts = [receipt.checkoutId, receipt.orderId, receipt.currency, receipt.paymentId]
  return (
    texts.every((text) => typeof text === 'string' && text !== '') &&
    isDecimal(receipt.amount) &&
    typeof receipt.testMode === 'boolean' &&
    isOneOf(ASSURANCES, receipt.assurance) &&
    isOneOf(PRICE_SOURCES, receipt.priceSource)
  )
}

/** Claims are anybody's JSON: `["merchant"]` is no word, and `toString` none of these. */
const isOneOf = (words: Readonly<Record<string, true>>, word: unknown): boolean =>
  typeof word === 'string' && words[word] === true
