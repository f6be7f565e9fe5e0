/**
 * Every state of the fixtures, as a checkout that is opened in it.
 * @module
 */
import { fill } from '../../../widget/locales/fill.ts'
import { STATES } from '../fixtures.ts'
import { shows } from '../scene.ts'
import type { Scene, Words } from '../scene.ts'

/** What each one says. */
const WORDS: Readonly<Record<string, Words>> = {
  'choose a coin': (t) => t.choose,
  'choose among many': (t) => t.choose,
  'no method': (t) => t.noMethods[0],
  transfer: (t) => fill(t.send, 'USDT', 'TRON'),
  'transfer with a wallet link': (t) => fill(t.send, 'BTC', 'Bitcoin'),
  partial: (t) => t.partial,
  redirect: (t) => t.redirect[0],
  waiting: (t) => t.outcomes.waiting[0],
  processing: (t) => t.outcomes.processing[0],
  'processing with details': (t) => t.outcomes.processing[0],
  review: (t) => t.outcomes.review[0],
  'review, underpaid': (t) => t.outcomes.underpaid[0],
  'review, unconfirmed': (t) => t.outcomes.unconfirmed[0],
  paid: (t) => t.outcomes.paid[0],
  'paid, overpaid': (t) => t.outcomes.overpaid[0],
  'paid, late': (t) => t.outcomes.late[0],
  'paid, duplicate': (t) => t.outcomes.duplicate[0],
  'paid, refund_failed': (t) => t.outcomes.refund_failed[0],
  refunding: (t) => t.outcomes.refunding[0],
  refunded: (t) => t.outcomes.refunded[0],
  failed: (t) => t.outcomes.failed[0],
  'failed, declined': (t) => t.outcomes.declined[0],
  expired: (t) => t.outcomes.expired[0],
  'expired, unconfirmed': (t) => t.outcomes.unverified[0],
  canceled: (t) => t.outcomes.canceled[0],
  'order expired': (t) => t.outcomes.expired[0],
}

/** As a proxy signs it, but for the signature: the widget reads when it was paid. */
const RECEIPT = [
  { alg: 'ES256', typ: 'cc-receipt+jwt' },
  { orderId: 'LC-20418', paidAt: '2026-03-02T10:02:11.000Z' },
]
  .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
  .concat('made-up')
  .join('.')

export const STATE_SCENES: readonly Scene[] = Object.entries(STATES).map(([name, state]) => {
  const words = WORDS[name]
  if (words === undefined) throw new Error(`The gallery does not know what "${name}" says.`)
  const receipt = state.receipt && RECEIPT
  return shows(idOf(name), titleOf(name), { ...state, receipt }, words)
})

function idOf(name: string): string {
  return name.replaceAll(/\W+/g, '-').replaceAll('_', '-')
}

function titleOf(name: string): string {
  return (name[0] ?? '').toUpperCase() + name.slice(1).replaceAll('_', ' ')
}
