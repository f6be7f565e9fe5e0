/**
 * What a situation is: a page of a merchant's, with its policy, on which the element has to work.
 * @module
 */
import { html, raw } from 'hono/html'
import type { Markup } from '../pages/layout.ts'
import type { Policy } from './policy.ts'

/** An order that can be paid there. */
export interface HostOrder {
  readonly orderId: string
  readonly orderToken: string
}

/** What a page is made with. */
export interface Given {
  readonly shopUrl: string
  readonly proxyUrl: string
  /** The same shop by another name: for a browser, another site. */
  readonly outsideUrl: string
  /** Of the script-tag file, for `integrity`. */
  readonly integrity: string
  /** Of this answer alone. */
  readonly nonce: string
  readonly order: HostOrder
  readonly other: HostOrder
  /** What the page's address asks for beside its orders. */
  readonly query: Readonly<Record<string, string>>
}

export interface Situation {
  readonly name: string
  readonly title: string
  readonly about: string
  /** What it has beside, or instead of, the smallest policy. */
  readonly policy?: (given: Given) => Policy
  /** Other headers that make a page strict. */
  readonly headers?: Readonly<Record<string, string>>
  /** What it loads; by default the script tag alone. */
  readonly head?: (given: Given) => Markup
  readonly body: (given: Given) => Markup
  /** On the other site. */
  readonly isOutside?: boolean
}

/** `?without=allow-forms` shows what each is for. */
export function kept(all: readonly string[], query: Given['query']): readonly string[] {
  const taken = query['without']?.split(',') ?? []
  return all.filter((each) => !taken.includes(each))
}

type Attributes = Readonly<Record<string, string | null>>

/** The script tag as a merchant writes it: from another origin, and checked. */
export function scriptTag(given: Given, attributes: Attributes = {}): Markup {
  const { proxyUrl, integrity } = given
  const all = { src: `${proxyUrl}/crypto-checkout.js`, integrity, crossorigin: '', ...attributes }
  return html`<script ${list(all)} defer></script>`
}

/** A script of the merchant's own. It runs before the widget's where it stands before it. */
export const ownScript = (name: string): Markup =>
  html`<script type="module" src="/hosts/scripts/${name}.js"></script>`

/** The element, for the page's order. */
export function checkoutTag(given: Given, attributes: Attributes = {}): Markup {
  const { proxyUrl, order } = given
  return tag('crypto-checkout', {
    proxy: proxyUrl,
    'order-token': order.orderToken,
    ...attributes,
  })
}

export const tag = (name: string, attributes: Attributes, content?: Markup): Markup =>
  html`<${raw(name)} ${list(attributes)}>${content ?? ''}</${raw(name)}>`

const list = (attributes: Attributes): Markup[] =>
  Object.entries(attributes).flatMap(([name, value]) =>
    value === null ? [] : [html`${raw(name)}="${value}" `],
  )
