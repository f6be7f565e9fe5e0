/**
 * English: every text of the shop. Another language is one more file of type {@link ShopTexts}.
 * @module
 */
import type { Plural } from '../../widget/locales/en.ts'

/** How an order stands, in words. */
export interface Told {
  readonly title: string
  readonly text: string
}

const standings = {
  pending: {
    title: 'Waiting for your payment',
    text: 'Nothing has arrived yet. Your cart is kept for a day.',
  },
  processing: {
    title: 'Your payment is on its way',
    text: 'We have seen it, and wait for it to be confirmed. This page follows.',
  },
  review: {
    title: 'Your payment is being checked',
    text: 'Somebody is looking at it. You need not do anything; please do not pay again.',
  },
  paid: { title: 'Paid. Thank you!', text: 'We roast on Monday and post on Tuesday.' },
  expired: {
    title: 'This order has expired',
    text: 'It was not paid in time. If you did pay, it still arrives, and we will see it here.',
  },
  refunding: { title: 'Your money is on its way back', text: 'It can take a few days.' },
  refunded: { title: 'Refunded', text: 'The money was sent back to you.' },
  unknown: {
    title: 'We cannot ask just now',
    text: 'The payment service does not answer. Nothing is lost; this page keeps asking.',
  },
} satisfies Readonly<Record<string, Told>>

/** What is said of each product; their names are names. */
const products = {
  harbour: {
    kind: 'Espresso · 250 g',
    text: 'Dark chocolate, toasted hazelnut, a long sweet finish. Made for milk.',
  },
  'first-light': {
    kind: 'Filter · 250 g',
    text: 'A washed Ethiopian: jasmine, apricot, black tea. For slow mornings.',
  },
  'night-watch': {
    kind: 'Decaf · 250 g',
    text: 'All of the caramel and none of the hurry. Decaffeinated with cane sugar.',
  },
  dripper: {
    kind: 'Porcelain · one cup',
    text: 'A steep cone with spiral ribs, glazed by hand in sea green.',
  },
  mug: {
    kind: 'Stoneware · 300 ml',
    text: 'Thick walls, a wide handle, and a glaze the colour of a lit window.',
  },
  samples: {
    kind: 'Whole bean · 3 × 40 g',
    text: 'One of each roast, enough for two cups of every one of them.',
  },
} as const

interface Described {
  readonly kind: string
  readonly text: string
}

export const en = {
  skip: 'Skip to the content',
  shop: 'Shop',
  cart: 'Cart',
  language: 'Language',
  about:
    'A demo of {0}. There is no coffee, and no money moves: the payment companies are played by a sandbox.',
  notFound: 'Not found',
  noSuchPage: 'There is no such page, or the shop was restarted.',
  backToShop: 'Back to the shop',

  eyebrow: 'Small-batch coffee roasters',
  claim: 'Coffee for people who are up before the light.',
  lead: 'Roasted on Mondays, posted on Tuesdays, paid in the coin of your choice or by card.',
  seeFresh: 'See what is fresh',
  fresh: 'Fresh this week',
  addToCart: 'Add to cart',
  added: '{0} is in your cart.',
  products: products as Readonly<Record<keyof typeof products, Described>>,

  yourCart: 'Your cart',
  looking: 'Looking…',
  needsScript: 'The cart needs JavaScript.',
  empty: 'There is nothing in it yet.',
  total: 'Total',
  goToCheckout: 'Go to checkout',
  howMany: 'How many {0}',
  oneLess: 'One less {0}',
  oneMore: 'One more {0}',
  failed: 'That did not work.',
  noAnswer: 'The shop does not answer. Please try again.',

  checkout: 'Checkout',
  payment: 'Payment',
  thankYou: 'Thank you',
  onTheList: 'Paid, and on Monday’s list',
  whatNext: 'We roast on Monday and post on Tuesday. Your order number is {0}.',
  follow: 'Follow your order',
  yourOrder: 'Your order',
  pieces: { one: '{0} piece', other: '{0} pieces' } as Plural,
  shipping: 'Shipping',
  free: 'Free',
  order: 'Order',
  andMore: '{0} and {1} more',

  payByLink: 'Pay by link',
  whatLink:
    'For another device, or for somebody else: a page on which this order alone can be paid.',
  makeLink: 'Get a payment link',
  paymentLink: 'Payment link',
  copyLink: 'Copy the link',
  openLink: 'Open the link',
  linkReady: 'The link is ready. It is the same order, and it is paid once.',
  linkCopied: 'The link was copied.',

  goToPayment: 'Go to the payment',
  steps: ['Placed', 'Paid', 'Roasting', 'Posted'] as readonly [string, string, string, string],
  standings: standings as Readonly<Record<keyof typeof standings, Told>>,
  overpaid: 'You paid more than the price; we send the rest back.',
  notNotified: 'The proxy has not notified the shop yet.',
  notified: 'Notified: {0}.',
  notifiedWithReceipt: 'Notified: {0}, receipt verified.',
  notifiedWithBadReceipt: 'Notified: {0}, receipt NOT valid.',
}

/** The shape of a language: no text may be left out. */
export type ShopTexts = typeof en
