/**
 * Where in a page the element may stand.
 * @module
 */
import { html } from 'hono/html'
import { withOwnFiles } from '../policy.ts'
import { checkoutTag, kept, ownScript, scriptTag } from '../situation.ts'
import type { Situation } from '../situation.ts'

/** What a frame has to be allowed for everything to work in it. */
export const SANDBOX = [
  'allow-scripts',
  'allow-same-origin',
  'allow-forms',
  'allow-popups',
  'allow-popups-to-escape-sandbox',
  'allow-modals',
]
const ALLOW = ['clipboard-write']
/** A link to a wallet navigates the frame, as far as the page around it can tell. */
const WALLETS = ['bitcoin:', 'ethereum:', 'tron:']

export const PLACES: readonly Situation[] = [
  {
    name: 'open-root',
    title: 'In an open shadow root',
    about: 'Inside an element of the merchant’s; the events come out.',
    policy: withOwnFiles,
    head: (given) => html`${ownScript('log')}${scriptTag(given)}`,
    body: (given) =>
      html`<shop-box><template shadowrootmode="open">${checkoutTag(given)}</template></shop-box>`,
  },
  {
    name: 'closed-root',
    title: 'In a closed shadow root',
    about: 'The same, where no script of the page can look in.',
    policy: withOwnFiles,
    head: (given) => html`${ownScript('log')}${ownScript('closed-root')}${scriptTag(given)}`,
    body: ({ proxyUrl, order }) =>
      html`<shop-box data-proxy="${proxyUrl}" data-token="${order.orderToken}"></shop-box>`,
  },
  {
    name: 'form',
    title: 'In a form',
    about: 'Required until it is paid; then the form carries the signed receipt to the shop.',
    policy: (given) => ({ 'form-action': `${given.shopUrl}/hosts/ordered`, 'style-src': "'self'" }),
    body: (given) =>
      html`<form method="post" action="/hosts/ordered">
        <input type="hidden" name="order" value="${given.order.orderId}" />
        <label>Your name <input name="who" value="Ada" required /></label>
        ${checkoutTag(given, { name: 'receipt', required: '' })}
        <button>Place the order</button>
      </form>`,
  },
  {
    name: 'frame',
    title: 'In a frame of another site',
    about: 'Sandboxed, with the least that works.',
    isOutside: true,
    head: () => html``,
    policy: ({ shopUrl, query }) => ({
      'script-src': '',
      'connect-src': '',
      'frame-src': [`${shopUrl}/hosts/framed`, ...kept(WALLETS, query)].join(' '),
      'style-src': "'self'",
    }),
    body: ({ shopUrl, order, other, query }) => {
      const sandbox = kept(SANDBOX, query).join(' ')
      const orders = new URLSearchParams({ order: order.orderId, other: other.orderId })
      return html`<iframe
        src="${shopUrl}/hosts/framed?${orders}"
        title="Payment"
        sandbox="${sandbox}"
        allow="${kept(ALLOW, query).join(' ')}"
      ></iframe>`
    },
  },
  {
    name: 'framed',
    title: 'The page in that frame',
    about: 'It says itself who may frame it.',
    policy: (given) => ({ ...withOwnFiles(given), 'frame-ancestors': given.outsideUrl }),
    body: checkoutTag,
  },
]
