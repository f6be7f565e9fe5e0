/**
 * What happens when the shopper does something, as the views see it: they read it and call it.
 * @module
 */
import type { Checkout, Method } from '../protocol/payment.ts'
import type { Announcer } from './announcer.ts'
import type { EngineState } from './core/state.ts'
import type { Answers, FlowHost, Inputs } from './inputs.ts'
import type { Locale } from './locales/en.ts'
import type { QrPath } from './qr.ts'
import type { PaymentWindow } from './redirect.ts'
import type { ShownTexts } from './texts.ts'
import type { View } from './view.ts'

/** What the views and the element see of a flow. */
export interface Flow {
  readonly host: FlowHost
  /** What the checkout says, in the language of the shopper. */
  readonly t: Locale
  readonly texts: ShownTexts
  /** The language of the texts, and of the numbers in them. */
  readonly language: string
  readonly state: EngineState
  readonly view: View
  readonly inputs: Inputs
  readonly announcer: Announcer
  readonly window: PaymentWindow
  /** Came back from the payment page, and nothing was paid. */
  readonly hasReturned: boolean
  /** Shows the ways to pay; null where money is on its way, or came. */
  readonly change: (() => void) | null
  /** Begins another attempt, where the order allows one: null where only the shop can. */
  readonly again: (() => void) | null
  /** Resolves once paid. */
  readonly paid: Promise<Checkout>
  /** A QR code; null until it has been made. */
  qr(text: string): QrPath | null
  /** Milliseconds until the address on screen may not be paid to any more; null for no limit. */
  msLeft(): number | null
  set(inputs: Partial<Inputs>): void
  /** Opens the order that the attributes say; `returned` overrides the page's URL. */
  connect(returned?: string): void
  /** Forgets this order, and opens what the attributes say now. */
  reset(): void
  /** Asks what a method has to ask, or starts it. Call it inside the click, as `start`. */
  pick(method: Method, answers?: Answers): Promise<boolean>
  /** Starts a payment by a method. Call it inside the click: a second window opens only there. */
  start(method: Method, answers?: Answers): Promise<boolean>
  /** The same method again, for a new quote. */
  requote(): Promise<boolean>
  cancel(): Promise<void>
  /** Goes on following, or begins to: the card is on screen. */
  wake(): void
  /** Closes the dialog, unless the page keeps it open. The shopper is asked first where money is due. */
  close(isSure?: boolean): void
  /** The shopper says that it is paid. */
  sent(): Promise<void>
  /** Asks the provider, and says nothing. */
  check(): Promise<void>
  refresh(): Promise<void>
  /** The shopper follows a link to the payment page in this very window. */
  willLeave(): void
}
