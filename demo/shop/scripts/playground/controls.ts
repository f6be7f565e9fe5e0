/**
 * What can be set on the element: every attribute, every custom property, the texts worth trying. A test
 * holds it against the element itself.
 * @module
 */
import { THEMES } from '../../../gallery/themes.ts'

/** Where the price comes from. */
export const SOURCES = ['token', 'product', 'amount', 'checkout'] as const
export type Source = (typeof SOURCES)[number]

export interface Control {
  readonly name: string
  /** A text where absent. */
  readonly kind?: 'flag' | 'colour' | readonly string[]
  readonly hint?: string
  /** What it is where nothing was chosen. */
  readonly initial?: string
  /** It says what is sold: only with these. */
  readonly sources?: readonly Source[]
}

/** The themes that come with the element: their class, and the palette that each stands on. */
export const LOOKS: readonly { readonly className: string; readonly scheme: string }[] =
  THEMES.flatMap(({ className, scheme }) => (className ? [{ className, scheme }] : []))

/** `proxy`, `order-token` and `checkout` are set by the playground itself. */
export const ATTRIBUTES: readonly Control[] = [
  { name: 'product', kind: ['tasting', 'gift-card-250'], initial: 'tasting', sources: ['product'] },
  { name: 'quantity', hint: '1', sources: ['product'] },
  { name: 'amount', initial: '45', sources: ['amount'] },
  { name: 'currency', initial: 'TRY', sources: ['amount'] },
  { name: 'order-id', hint: 'one is made', sources: ['product', 'amount'] },
  { name: 'assets', hint: 'USDT:TRON,BTC' },
  { name: 'theme', kind: ['auto', 'light', 'dark'] },
  { name: 'class', kind: LOOKS.map(({ className }) => className) },
  { name: 'locale', kind: ['en', 'tr', 'ru', 'uk', 'ar'] },
  { name: 'mode', kind: ['inline', 'modal', 'button'] },
  { name: 'open', kind: 'flag' },
  { name: 'redirect', kind: ['auto', 'self', 'popup'] },
  { name: 'required', kind: 'flag' },
  { name: 'disabled', kind: 'flag' },
  { name: 'name', hint: 'receipt' },
  { name: 'success-url', hint: '/thanks' },
  { name: 'fail-url', hint: '/cart' },
  { name: 'cancel-url', hint: '/cart' },
  { name: 'support-url', hint: 'https://…' },
]

/** Set by the playground, never by hand. */
export const OWN_ATTRIBUTES: readonly string[] = ['proxy', 'order-token', 'checkout']

export const PROPERTIES: readonly Control[] = [
  { name: '--cc-accent', kind: 'colour', hint: '#2b50d8' },
  { name: '--cc-on-accent', kind: 'colour' },
  { name: '--cc-background', kind: 'colour', hint: '#ffffff' },
  { name: '--cc-surface', kind: 'colour', hint: '#f6f7f9' },
  { name: '--cc-text', kind: 'colour', hint: '#14171c' },
  { name: '--cc-muted', kind: 'colour', hint: '#596170' },
  { name: '--cc-border', kind: 'colour', hint: '#e0e3e9' },
  { name: '--cc-good', kind: 'colour', hint: '#0b6b43' },
  { name: '--cc-warn', kind: 'colour', hint: '#6a4a00' },
  { name: '--cc-bad', kind: 'colour', hint: '#a3211a' },
  { name: '--cc-radius', hint: '16px' },
  { name: '--cc-shadow', hint: 'none' },
  { name: '--cc-max-width', hint: '26rem' },
  { name: '--cc-min-height', hint: '0' },
  { name: '--cc-font-family', hint: 'system-ui' },
  { name: '--cc-font-mono', hint: 'monospace' },
]

/** A few of the texts; each can be replaced in the same way. */
export const TEXTS: readonly string[] = ['choose', 'toPay', 'iHavePaid', 'pay']
