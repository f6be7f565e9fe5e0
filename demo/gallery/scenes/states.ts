/**
 * Every state of the fixtures, as a checkout that is opened in it.
 * @module
 */
import { en } from '../../../widget/locales/en.ts'
import { STATES } from '../fixtures.ts'
import { shows } from '../scene.ts'
import type { Scene } from '../scene.ts'

/** What each one says. */
const WORDS: Readonly<Record<string, string>> = {
  'choose a coin': en.choose,
  'choose among many': en.choose,
  'no method': en.noMethods[0],
  transfer: en.send('USDT', 'TRON'),
  'transfer with a wallet link': en.send('BTC', 'Bitcoin'),
  partial: en.partial,
  redirect: en.redirect[0],
  waiting: en.outcomes.waiting[0],
  processing: en.outcomes.processing[0],
  'processing with details': en.outcomes.processing[0],
  review: en.outcomes.review[0],
  'review, underpaid': en.outcomes.underpaid[0],
  'review, unconfirmed': en.outcomes.unconfirmed[0],
  paid: en.outcomes.paid[0],
  'paid, overpaid': en.outcomes.overpaid[0],
  'paid, late': en.outcomes.late[0],
  'paid, duplicate': en.outcomes.duplicate[0],
  'paid, refund_failed': en.outcomes.refund_failed[0],
  refunding: en.outcomes.refunding[0],
  refunded: en.outcomes.refunded[0],
  failed: en.outcomes.failed[0],
  'failed, declined': en.outcomes.declined[0],
  expired: en.outcomes.expired[0],
  'expired, unconfirmed': en.outcomes.unverified[0],
  canceled: en.outcomes.canceled[0],
  'order expired': en.outcomes.expired[0],
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
