/**
 * English: every text of the checkout. Another language is one more file of type {@link Locale}.
 * `{0}` and `{1}` stand for what the checkout puts there; amounts come formatted.
 * @module
 */

/** A title, and what it means for the shopper. */
export type Text = readonly [title: string, text: string]

/** A text with a number in it, by the plural categories that the language has (CLDR). */
export type Plural = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>

const shop = 'Please go back to the shop, or ask its support.'
const other = 'Nothing was charged. Please choose another way to pay.'
const unsafe =
  'To keep your money safe, there is nothing to pay to here. Please choose another way.'
const again = 'Please do not send again.'
const watch = 'If you have already sent it, do not send again: we keep looking, and show it here.'
const giveReference = 'give the shop the reference below.'

/** By the code of the error; `refused` and `unreachable` also stand for codes without a text. */
const errors = {
  offline: ['You are offline', 'We go on once you are back. Your order is kept.'],
  unreachable: ['We cannot reach the payment service', 'Please try again in a moment.'],
  method_not_available: ['This way to pay is not available now', other],
  payment_refused: ['This way to pay was declined', other],
  identity_check_required: ['An identity check is needed for this amount', other],
  too_many_attempts: ['Too many attempts', 'Please try again in a moment.'],
  payment_in_progress: ['A payment is already on its way', 'Please wait until it is checked.'],
  invalid_request: ['That did not work', 'Please check what you entered.'],
  checkout_expired: ['This order has expired', shop],
  order_conflict: ['The price of this order has changed', shop],
  not_found: ['We cannot find this order', shop],
  refused: ['This order cannot be paid here', shop],
  address_invalid: ['We stopped this payment: its address is not correct', unsafe],
  address_changed: ['We stopped this payment: its address has changed', unsafe],
} satisfies Readonly<Record<string, Text>>

/** By status, or by reason where that makes a difference. */
const outcomes = {
  waiting: ['Preparing your payment', 'This takes a moment.'],
  processing: ['Payment seen, being confirmed', `This usually takes a few minutes. ${again}`],
  review: ['Your payment is being checked', `The result will be shown here. ${again}`],
  underpaid: ['Less arrived than the price', `Nothing is lost: ${giveReference} ${again}`],
  unconfirmed: ['We do not know yet if this worked', `We are asking again. ${again}`],
  paid: ['Payment complete', 'Thank you. The shop has been told.'],
  overpaid: ['Paid, with more than the price', `To get the difference back, ${giveReference}`],
  late: ['Paid after the time had run out', 'Your payment still counts. The shop has been told.'],
  duplicate: ['Paid twice', `To get the second payment back, ${giveReference}`],
  refund_failed: ['The refund did not go through', `The money is with the shop: ${giveReference}`],
  refunding: ['Your refund is on its way', 'There is nothing you need to do.'],
  refunded: ['Refunded', 'The money was sent back to you.'],
  failed: ['The payment did not go through', watch],
  declined: ['The payment was declined', other],
  expired: ['The time to pay has run out', watch],
  unverified: ['No payment was seen in time', `If you have paid, ${giveReference} ${again}`],
  canceled: ['Payment canceled', watch],
} satisfies Readonly<Record<string, Text>>

/** All texts. */
export const en = {
  /** The language, and the direction it is written in: they become those of the card. */
  lang: 'en',
  dir: 'ltr' as 'ltr' | 'rtl',

  errors: errors as Readonly<Record<keyof typeof errors, Text>>,
  /** What the proxy calls things, in the words of the language; a page may add more. */
  labels: { Card: 'Card' } as Readonly<Record<string, string>>,
  outcomes: outcomes as Readonly<Record<keyof typeof outcomes, Text>>,
  checking: ['Checking your payment…', 'Please do not pay again.'] as Text,
  closing: ['You can close this window', 'Your checkout goes on in the other one.'] as Text,
  redirect: ['Continue on the payment page', 'You pay there, then come back here.'] as Text,
  popup: ['Continue on the payment page', 'It is open in another window.'] as Text,
  returned: [
    'We have not seen your payment yet',
    'It can take a minute. This page updates by itself.',
  ] as Text,
  misconfigured: ['This checkout is not set up correctly', 'Missing or wrong: {0}'] as Text,
  connectionLost: 'No connection. We keep trying; your payment is safe.',

  toPay: 'To pay',
  testMode: 'Test mode: no real money',
  unsigned: 'Please check the amount: only this page vouches for it.',
  loading: 'Loading the checkout…',
  order: 'Order',
  reference: 'Reference',
  support: 'Get help',

  choose: 'How would you like to pay?',
  chooseNetwork: 'On which network do you send {0}?',
  networkHint: 'Use the one that your wallet or exchange shows.',
  search: 'Search coins',
  noMatch: 'No coin matches.',
  noMethods: ['There is no way to pay right now', shop] as Text,
  networks: { one: '{0} network', other: '{0} networks' } as Plural,
  onPage: 'on the payment page',
  asks: 'asks for details first',
  fee: 'Fee',
  back: 'Back',
  backToPayment: 'Back to your payment',
  continue: 'Continue',
  consent: 'I accept the terms of {0}',
  terms: 'Read the terms',
  optional: 'optional',

  send: 'Send {0} on {1}',
  onlyOn: 'Send only {0} on {1}.',
  onlyOnText: 'Another coin or network may be lost.',
  amount: 'Amount to send',
  address: 'Address on {0}',
  copy: 'Copy',
  copied: 'Copied: {0}',
  copyFailed: 'Please select and copy the text.',
  qr: 'QR code',
  walletLink: 'Wallet link',
  addressOnly: 'Address only',
  openWallet: 'Open in wallet',
  exchangeHint: 'An exchange may take off a fee: make sure that {0} arrives.',
  rate: 'Rate',
  timeLeft: 'Time left',
  timeLeftSpoken: '{0} left',
  timeUp: 'Time is up: please do not send any more.',
  waiting: 'Waiting for your payment',
  iHavePaid: 'I have paid',
  looking: 'Looking for your payment…',
  change: 'Pay another way',
  partial: 'Part of the payment has arrived',
  partialText: 'Please send {0} more to the same address.',
  received: 'Received',
  remaining: 'Still to send',
  paymentDetails: 'Payment details',

  cancel: 'Cancel payment',
  stopWaiting: 'Stop waiting',
  cancelText: 'Cancel only if you have not sent anything.',
  stopText: 'We only stop waiting. If you have sent money, it still counts.',
  keep: 'Keep paying',

  pay: 'Pay with crypto',
  close: 'Close',
  closeTitle: 'Close the checkout?',
  closeText: 'If you have sent money, it still counts: open the checkout again to see it.',
  payFirst: 'Please pay first.',
  enlarge: 'Enlarge',
  shrink: 'Make smaller',
  onPhone: 'Continue on your phone',
  scan: 'Scan this with your phone.',
  hide: 'Hide the code',
  receipt: 'Receipt',
  price: 'Price',
  printReceipt: 'Print the receipt',
  paidWith: 'Paid with',
  date: 'Date',
  signature: 'Signature',

  showWindow: 'Go to the payment window',
  openPage: 'Open the payment page',
  openPageAgain: 'Open it in a new tab',
  popupTitle: 'Opening the payment page…',
  continueHere: 'Continue here',
  checkNow: 'Check now',
  tryAgain: 'Try again',
  newPrice: 'Get a new price',
  chooseAgain: 'Choose again',
  newOrder: 'Begin a new payment',
  toShop: 'Back to the shop',
}

/** The shape of a language: no text may be left out. */
export type Locale = typeof en

/** Texts of the merchant's, in place of those of the language. */
export type Texts = Partial<Omit<Locale, 'errors' | 'outcomes'>> & {
  readonly [group in 'errors' | 'outcomes']?: Partial<Locale[group]>
}
