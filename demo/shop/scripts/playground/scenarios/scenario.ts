/**
 * What a scenario is, and what it can do.
 * @module
 */
import type { Checkout } from '../../../../../protocol/payment.ts'
import type { Fault } from '../../panel/client.ts'
import type { Act, Company } from './companies.ts'

/** How the order stands in the end. */
export interface End {
  readonly status: string
  readonly reason?: string | null
  /** Of the last payment, where that ended and the order goes on. */
  readonly payment?: string | undefined
}

export interface Scenario {
  readonly id: string
  readonly title: string
  /** What it shows, in a sentence. */
  readonly about: string
  /** The companies that it can be played with; the first, unless another is chosen. */
  readonly companies: readonly string[]
  readonly ends: End
  play(tools: Tools): Promise<void>
}

/** Each does one thing, and says so. */
export interface Tools {
  readonly company: Company
  /** A new order, on the stage. */
  order(): Promise<void>
  /** The shopper picks the company's way to pay; false where the proxy says no. */
  begin(): Promise<boolean>
  /** Presses "pay" again where it did not work, until it does. */
  beginUntilItWorks(): Promise<void>
  /** The payer or the company does this. */
  act(act: Act): Promise<void>
  /** Card only: pays on the payment page, and gives its order number. The browser is still there. */
  payOnPage(): Promise<string>
  /** Card only: the browser comes back from the page with this order number. */
  comeBack(orderNumber: string): Promise<void>
  /** The company's next answer of this operation goes wrong. */
  fault(kind: string, more?: Pick<Fault, 'retryAfter'>): Promise<void>
  /** Something happens to the company's next notification. */
  notify(kind: string): Promise<void>
  cancel(): Promise<void>
  /** Time passes for everybody. */
  pass(minutes: number): Promise<void>
  /** The companies' clocks are this far ahead of the proxy's. */
  skew(minutes: number): Promise<void>
  /** Waits until the order's payment stands so, by the proxy's word. */
  payment(status: string): Promise<void>
  /** Shows the shopper how it stands now, before the page would have asked. */
  refresh(): Promise<void>
  /** How the order stands now, by the proxy's word. */
  look(): Promise<Checkout>
  /** Waits until a part has arrived. */
  partial(): Promise<void>
}
