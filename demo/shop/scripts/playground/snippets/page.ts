/**
 * What pages in JavaScript and TypeScript have in common: they ask their server for the order, and bring
 * texts of their own.
 * @module
 */
import type { Embedding } from './embedding.ts'
import { list } from './lines.ts'
import type { Asked } from './tag.ts'
import { jsString } from './text.ts'

/** Where the snippets for the server answer. */
export const ORDER_ROUTE = '/api/orders'

export const PAID_HINT = '// A hint for the page. What you ship on is the webhook.'

/** The function that gets the order from the page's own server. */
export const placeOrder = ({ property }: Asked): readonly string[] => [
  '/** Your server prices the order. */',
  'async function placeOrder(): Promise<string> {',
  `  const response = await fetch('${ORDER_ROUTE}', { method: 'POST' })`,
  '  if (!response.ok) throw new Error(`No order: ${response.status}`)',
  `  return (await response.json()).${property}`,
  '}',
]

/** The thanks that frameworks fill in, in their own braces. */
export const thanks = (orderId: string): string => `Thank you! ${orderId} is paid.`

/** `{ pay: 'Pay in coins' }` behind `start`, or no lines. */
export function textsObject({ texts }: Embedding, start: string): readonly string[] {
  const items = Object.entries(texts)
    .filter(([name]) => /^[a-z][A-Za-z]*$/.test(name))
    .map(([name, text]) => `${name}: ${jsString(text)}`)
  return items.length === 0 ? [] : list([`${start}{`, '}'], items, { gap: ' ' })
}

/** After an empty line, where there are any. */
export const spaced = (lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', ...lines]
