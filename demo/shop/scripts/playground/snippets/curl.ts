/**
 * The same by hand, in a shell. A token is signed by the package's own command: curl cannot.
 * @module
 */
import type { Embedding } from './embedding.ts'
import { write } from './lines.ts'
import { checkoutsUrl, orderOf } from './order.ts'
import type { Snippet } from './snippet.ts'
import { jsonText, shellString, urlText } from './text.ts'

export const curl: Snippet = {
  id: 'curl',
  title: 'curl',
  language: 'sh',
  fileName: 'checkout.sh',
  code(embedding) {
    const { orderId } = embedding.order
    const query = `?orderId=${encodeURIComponent(orderId.toWellFormed())}`
    return write(
      'set -eu',
      '',
      PLACE[embedding.source](embedding),
      '# What became of it. Ship on "status":"paid", and on what docs/merchant.md says.',
      'curl -sS --fail-with-body -H "authorization: Bearer $MERCHANT_API_KEY" \\',
      `  ${shellUrl(checkoutsUrl(embedding) + query)}`,
    )
  },
}

const shellUrl = (url: string): string => shellString(urlText(url))

const NOTHING = (): readonly string[] => []

const PLACE: Readonly<Record<Embedding['source'], (embedding: Embedding) => readonly string[]>> = {
  product: NOTHING,
  amount: NOTHING,
  token: (embedding) => [
    '# curl cannot sign: this does, with ORDER_SECRET, and prints the token for the page.',
    `order=${shellString(jsonText(orderOf(embedding)))}`,
    'token=$(printf %s "$order" | npx crypto-checkout sign)',
    'echo "$token"',
    '',
    '# What the element does with it.',
    "curl -sS --fail-with-body -H 'content-type: application/json' \\",
    '  -d "{\\"orderToken\\":\\"$token\\"}" \\',
    `  ${shellUrl(`${embedding.proxyUrl.replace(/\/+$/, '')}/v1/checkouts`)}`,
    'echo',
    '',
  ],
  checkout: (embedding) => [
    '# Its "id" is for the page: <crypto-checkout checkout="…">. Its "url" is a page of its own.',
    'curl -sS --fail-with-body -H "authorization: Bearer $MERCHANT_API_KEY" \\',
    "  -H 'content-type: application/json' \\",
    `  -d ${shellString(jsonText(orderOf(embedding)))} \\`,
    `  ${shellUrl(checkoutsUrl(embedding))}`,
    'echo',
    '',
  ],
}
