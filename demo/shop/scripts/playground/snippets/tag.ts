/**
 * The element's tag, with its attributes in the spelling of HTML or of a framework.
 * @module
 */
import type { Embedding } from './embedding.ts'
import { indent, WIDTH } from './lines.ts'

export type AttributeKind = 'text' | 'number' | 'boolean'

/** What can be set beside the proxy and the order; other names are left out. */
export const ATTRIBUTES: Readonly<Record<string, AttributeKind>> = {
  product: 'text',
  quantity: 'number',
  amount: 'text',
  currency: 'text',
  'order-id': 'text',
  class: 'text',
  assets: 'text',
  mode: 'text',
  open: 'boolean',
  required: 'boolean',
  disabled: 'boolean',
  redirect: 'text',
  theme: 'text',
  locale: 'text',
  'success-url': 'text',
  'fail-url': 'text',
  'cancel-url': 'text',
  'support-url': 'text',
  name: 'text',
}

export interface Attribute {
  readonly name: string
  /** `number` only for what is one. */
  readonly kind: AttributeKind
  readonly value: string
}

/** The proxy first. */
export function attributesOf({ proxyUrl, attributes }: Embedding): readonly Attribute[] {
  const others = Object.entries(attributes).flatMap(([name, value]): Attribute[] => {
    const kind = Object.hasOwn(ATTRIBUTES, name) ? ATTRIBUTES[name] : undefined
    if (!kind) return []
    const isNumber = /^[1-9]\d{0,8}$/.test(value)
    return [{ name, kind: kind === 'number' && !isNumber ? 'text' : kind, value }]
  })
  return [{ name: 'proxy', kind: 'text', value: proxyUrl }, ...others]
}

/** What the page asks its own server for before there is an order: nothing, where it names the price itself. */
export interface Asked {
  readonly attribute: 'order-token' | 'checkout'
  readonly property: 'orderToken' | 'checkout'
}

const ASKED: Readonly<Record<Embedding['source'], Asked | null>> = {
  token: { attribute: 'order-token', property: 'orderToken' },
  checkout: { attribute: 'checkout', property: 'checkout' },
  product: null,
  amount: null,
}

export const askedBy = ({ source }: Embedding): Asked | null => ASKED[source]

/** A dialog that nothing opens: the page needs a button that does. */
export const needsButton = ({ attributes }: Embedding): boolean =>
  attributes['mode'] === 'modal' && attributes['open'] === undefined

/** `<crypto-checkout …>` with attributes that are written out, on one line or on several. */
export function tag(attributes: readonly string[], { isJsx = false, depth = 0 } = {}) {
  const end = isJsx ? '/>' : '></crypto-checkout>'
  const line = `<crypto-checkout ${attributes.join(' ')}${isJsx ? ' ' : ''}${end}`
  const rows = ['<crypto-checkout', ...indent(2, attributes), end]
  return indent(depth, line.length + depth <= WIDTH ? [line] : rows)
}
