/**
 * Pages that allow as little as can be.
 * @module
 */
import { html } from 'hono/html'
import { checkoutTag, kept, scriptTag, tag } from '../situation.ts'
import type { Situation } from '../situation.ts'

/** Whoever has no script follows the link. */
const tagWithLink: Situation['body'] = ({ proxyUrl, order }) =>
  tag(
    'crypto-checkout',
    { proxy: proxyUrl, 'order-token': order.orderToken },
    html`<a href="/orders/${order.orderId}">Pay here</a>`,
  )

export const POLICIES: readonly Situation[] = [
  {
    name: 'strict',
    title: 'The strictest policy',
    about: 'One script by its address, one place to connect to, nothing else: not even a style.',
    body: checkoutTag,
  },
  {
    name: 'nonce',
    title: 'Scripts by nonce',
    about: 'Only what the server marked with this answer’s nonce runs.',
    policy: ({ nonce }) => ({ 'script-src': `'nonce-${nonce}'` }),
    head: (given) => scriptTag(given, { nonce: given.nonce }),
    body: checkoutTag,
  },
  {
    name: 'hash',
    title: 'Scripts by hash',
    about: 'Only a file with this content runs, wherever it comes from.',
    policy: ({ integrity }) => ({ 'script-src': `'${integrity}'` }),
    body: checkoutTag,
  },
  {
    name: 'language',
    title: 'In another language',
    about: 'Its texts are a file beside the script, and have to be allowed; English needs none.',
    policy: ({ proxyUrl, query }) => ({
      'connect-src': kept(['v1/', 'crypto-checkout.ru.txt'], query)
        .map((path) => `${proxyUrl}/${path}`)
        .join(' '),
    }),
    body: (given) => checkoutTag(given, { locale: 'ru' }),
  },
  {
    name: 'isolated',
    title: 'Isolated from other origins',
    about: 'The page shares its process with nobody, and loads only what allows that.',
    headers: {
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
    },
    body: checkoutTag,
  },
  {
    name: 'wrong-hash',
    title: 'A file that was changed on its way',
    about: 'The hash is another file’s: the browser does not run it, and the link is still there.',
    head: (given) => scriptTag(given, { integrity: `sha384-${'A'.repeat(64)}` }),
    body: tagWithLink,
  },
  {
    name: 'link',
    title: 'Without JavaScript',
    about: 'A link inside the element works until the element has taken its place.',
    policy: () => ({ 'style-src': "'self'" }),
    body: tagWithLink,
  },
]
