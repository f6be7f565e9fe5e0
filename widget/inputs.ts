/**
 * What the flow gets: the element with its attributes, and what the shopper enters.
 * @module
 */
import type { ReactiveControllerHost } from 'lit'
import type { Method } from '../protocol/payment.ts'
import type { Environment } from './core/environment.ts'
import type { OrderAttributes } from './order.ts'
import type { TextHost } from './texts.ts'
import type { Page } from './page.ts'
import type { RedirectMode } from './redirect.ts'

/** What the flow needs of the element. */
export interface FlowHost extends ReactiveControllerHost, TextHost, OrderAttributes {
  readonly proxy: string | null
  readonly assets: string | null
  readonly redirect: RedirectMode
  readonly successUrl: string | null
  readonly failUrl: string | null
  readonly cancelUrl: string | null
  readonly supportUrl: string | null
  /** Whether the card is on screen: in the page, or in its dialog. */
  readonly isShown: boolean
  /** The dialog is open. */
  isOpen: boolean
  readonly environment: Environment
  readonly page: Page
}

/** What the shopper entered or opened on the current screen. */
export interface Inputs {
  /** Picking a method, although one may be active. */
  readonly isChoosing: boolean
  /** The coin whose networks are shown, by group key. */
  readonly coin: string | null
  /** The method whose questions are shown. */
  readonly method: Method | null
  /** The method that is being started. */
  readonly picked: string | null
  readonly query: string
  /** The QR code's content, once the shopper switched it. */
  readonly isLink: boolean | null
  /** A QR code is shown large, or at all. */
  readonly isLarge: boolean
  readonly isCanceling: boolean
  /** Asked whether to close the dialog. */
  readonly isClosing: boolean
  readonly hasSaidPaid: boolean
}

/** What a method asks before it starts. */
export interface Answers {
  readonly fields?: Readonly<Record<string, string>>
  readonly consent?: boolean
}

/** A screen that nobody has touched. */
export const NO_INPUTS: Inputs = {
  isChoosing: false,
  coin: null,
  method: null,
  picked: null,
  query: '',
  isLink: null,
  isLarge: false,
  isCanceling: false,
  isClosing: false,
  hasSaidPaid: false,
}
