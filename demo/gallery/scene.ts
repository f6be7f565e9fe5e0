/**
 * A scene: one thing that a shopper can meet, how the proxy brings it about, and what is done to get there.
 * @module
 */
import { createHash } from 'node:crypto'
import type { ProblemCode } from '../../protocol/api.ts'
import type { Checkout, Method, Payment } from '../../protocol/payment.ts'
import type { Locale } from '../../widget/locales/en.ts'

/** What the proxy says. `lost`: no answer gets through; `never`: it is still awaited. */
export type Reply = Checkout | ProblemCode | 'lost' | 'never'

/** Answers by what is asked; those not given are the first of `read`. */
export interface Answers {
  /** One after another; the last one again and again. */
  readonly read: readonly [Reply, ...Reply[]]
  readonly create?: Reply
  readonly start?: Reply
  readonly sent?: Reply
  readonly cancel?: Reply
}

/** Words on a screen; those of the checkout are in the language that it speaks. */
export type Words = string | ((t: Locale) => string)

/** What is done in the card: by accessible name (its beginning will do), `within` a part, or by part. */
export type Step =
  | { readonly click: Words; readonly within?: string }
  | { readonly part: string }
  /** Waits for these words. */
  | { readonly see: Words }
  | { readonly type: string; readonly into: string }

export interface Scene {
  readonly id: string
  readonly title: string
  readonly answers: Answers
  /** Words on its screen. Until they are there, the scene is not ready. */
  readonly shows: Words
  /** Likewise, what is no words: a selector in the card. */
  readonly has?: string
  /** Besides those that every scene has; null takes one away. */
  readonly attributes?: Readonly<Record<string, string | null>>
  readonly steps?: readonly Step[]
  /** A page of its own, in a frame: what it does, it does to the whole page. */
  readonly frame?: Frame
}

export interface Frame {
  /** The shopper comes back from a payment page. */
  readonly isReturn?: boolean
  /** In the window that was opened for the payment page. */
  readonly isPopup?: boolean
  /** The network goes away once everything is there. */
  readonly isOffline?: boolean
  /** Shows the whole frame, because a dialog lies over it. */
  readonly isDialog?: boolean
}

/** What all scenes buy, unless one says otherwise. */
export const ORDER = {
  orderId: 'LC-20418',
  description: 'Harbour Blend 1 kg × 4, dripper',
  price: { amount: '6250.00', currency: 'TRY' },
} as const

const RATE = '1 BTC = 2,934,272 TRY'

/** A scene that shows `given` from its first request on. */
export function shows(
  id: string,
  title: string,
  given: Checkout,
  words: Words,
  more: Partial<Scene> = {},
): Scene {
  const read = dress(id, given)
  return { id, title, shows: words, ...more, answers: { read: [read], ...more.answers } }
}

/** `words` as a checkout that speaks `t` says them. */
export const wordsIn = (t: Locale, words: Words): string =>
  typeof words === 'string' ? words : words(t)

/** A fixture as the order of this scene: tabs and widgets share what has the same id. */
export function dress(id: string, given: Checkout): Checkout {
  const { price } = ORDER
  return {
    ...given,
    ...ORDER,
    id: checkoutId(id),
    methods: given.methods.map((method: Method) => ({ ...method, price })),
    payment: given.payment && withRate(given.payment),
  }
}

/** The id of a scene's checkout. */
export const checkoutId = (id: string): string =>
  createHash('sha256').update(id).digest('base64url').replaceAll(/[-_]/g, 'x').slice(0, 22)

function withRate(payment: Payment): Payment {
  const action = payment.nextAction
  if (action?.type !== 'transfer' || !action.quote) return payment
  return { ...payment, nextAction: { ...action, quote: { ...action.quote, rate: RATE } } }
}
