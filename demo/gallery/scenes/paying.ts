/**
 * While there is something to send, or a page to pay on.
 * @module
 */
import { fill } from '../../../widget/locales/fill.ts'
import {
  CARD,
  STATES,
  USDT_TRON,
  after,
  bitcoin,
  checkout,
  payment,
  redirectAction,
  transferAction,
  transferring,
} from '../fixtures.ts'
import { dress, shows } from '../scene.ts'
import type { Scene } from '../scene.ts'

/** One character of the address is another: its checksum is wrong. */
const BROKEN_ADDRESS = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6u'

const expiring = (ms: number) =>
  checkout({
    payment: payment({
      expiresAt: after(ms),
      nextAction: transferAction({ expiresAt: after(ms) }),
    }),
  })

const redirecting = checkout({
  payment: payment({ methodId: CARD.id, cancelable: false, nextAction: redirectAction }),
})

const partBitcoin = checkout({
  ...bitcoin(),
  status: 'processing',
  reason: 'underpaid',
  payment: {
    ...(bitcoin().payment ?? payment()),
    status: 'processing',
    reason: 'underpaid',
    received: { amount: '0.0015', currency: 'BTC' },
    remaining: { amount: '0.00063', currency: 'BTC' },
  },
})

export const PAYING_SCENES: readonly Scene[] = [
  shows('enlarged', 'The QR code, enlarged', transferring(), (t) => fill(t.send, 'USDT', 'TRON'), {
    has: '.large [part=qr]',
    steps: [{ part: 'enlarge' }],
  }),
  shows(
    'address-only',
    'A code of the address alone',
    bitcoin(),
    (t) => fill(t.send, 'BTC', 'Bitcoin'),
    {
      has: '[part=switch] :last-child[aria-pressed=true]',
      steps: [{ click: (t) => t.addressOnly }],
    },
  ),
  shows('copied', 'Copied', transferring(), (t) => fill(t.copied, `${t.amount}, USDT`), {
    steps: [{ click: (t) => `${t.copy}: ${t.amount}` }],
  }),
  shows('said-paid', 'The shopper says that it is paid', transferring(), (t) => t.looking, {
    steps: [{ click: (t) => t.iHavePaid }],
  }),
  shows('last-minute', 'Under a minute left', expiring(42_000), '0:42'),
  shows('time-up', 'Time is up', expiring(-1000), (t) => t.timeUp),
  shows('partial-with-a-wallet-link', 'Part of it, with a wallet link', partBitcoin, '0.00063', {
    has: '[part~=link]',
  }),
  shows('cancel', 'Cancel?', transferring(), (t) => t.cancelText, {
    steps: [{ click: (t) => t.cancel }],
  }),
  shows('stop-waiting', 'Stop waiting?', notCancelable(), (t) => t.stopText, {
    steps: [{ click: (t) => t.stopWaiting }],
  }),
  shows(
    'details',
    'Confirming, with the details open',
    confirming(),
    (t) => fill(t.address, 'TRON (TRC20)'),
    {
      has: 'details[open]',
      steps: [{ click: (t) => t.paymentDetails }],
    },
  ),
  shows(
    'wrong-address',
    'An address with a wrong checksum',
    transferring({ address: BROKEN_ADDRESS }),
    (t) => t.errors.address_invalid[0],
  ),
  shows(
    'unsigned',
    'A price that nobody signed, in test mode',
    { ...transferring(), priceSource: 'unsigned', testMode: true },
    (t) => t.unsigned,
  ),
  shows('on-the-phone', 'A payment page, for the phone', redirecting, (t) => t.redirect[0], {
    has: '[part=qr]',
    steps: [{ click: (t) => t.onPhone }],
  }),
  shows('payment-window', 'A payment page in a second window', checkout(), (t) => t.popup[1], {
    attributes: { redirect: 'popup' },
    answers: {
      read: [dress('payment-window', checkout()), dress('payment-window', redirecting)],
      start: dress('payment-window', redirecting),
    },
    steps: [{ click: (t) => t.labels['Card'] ?? 'Card' }],
  }),
  shows('returned', 'Back, and not seen yet', redirecting, (t) => t.returned[0], {
    frame: { isReturn: true },
  }),
  shows('checking', 'Back, and being checked', redirecting, (t) => t.checking[0], {
    answers: { read: [dress('checking', redirecting)], sent: 'never' },
    frame: { isReturn: true },
  }),
  shows('left-behind', 'The second window, when done', redirecting, (t) => t.closing[0], {
    frame: { isReturn: true, isPopup: true },
  }),
]

function notCancelable() {
  const state = transferring()
  return checkout({ payment: { ...(state.payment ?? payment()), cancelable: false } })
}

function confirming() {
  return STATES['processing with details'] ?? checkout({ methods: [USDT_TRON] })
}
