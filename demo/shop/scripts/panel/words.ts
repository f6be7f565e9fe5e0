/**
 * What the panel's buttons are called, and which mishaps it offers.
 * @module
 */
import type { Fault } from './client.ts'

export const PROVIDERS: Readonly<Record<string, string>> = {
  cryptom: 'Cryptom Pay',
  redoya: 'Redoya Pay',
  lipaykripto: 'LiPayKripto',
  paycrypto: 'PayCrypto-Checkout',
  lincoln: 'Lincoln.money',
}

interface Action {
  readonly text: string
  /**
   * `money` moves it, `part` asks how much (one of them at a time), `status` says something, `rare` is
   * folded away.
   */
  readonly kind: 'money' | 'part' | 'status' | 'rare'
}

type Actions = Readonly<Record<string, Action>>

/** Each company's own words. Those that are left out keep their names, and are rare. */
const ACTIONS: Readonly<Record<string, Actions>> = {
  cryptom: {
    pay: { text: 'Pay all', kind: 'money' },
    'pay-part': { text: 'Pay part', kind: 'part' },
    overpay: { text: 'Overpay', kind: 'money' },
    timeout: { text: 'Time out', kind: 'status' },
    'manual-check': { text: 'Manual check', kind: 'status' },
    cancel: { text: 'Cancel there', kind: 'status' },
  },
  redoya: {
    confirm: { text: 'Confirm', kind: 'money' },
    fail: { text: 'Decline', kind: 'status' },
    'time-out': { text: 'Forget the proof', kind: 'rare' },
    delay: { text: 'Back to pending', kind: 'rare' },
  },
  lipaykripto: {
    confirm: { text: 'Confirm', kind: 'money' },
    fail: { text: 'Fail', kind: 'status' },
    'manual-process': { text: 'Manual check', kind: 'status' },
  },
  paycrypto: {
    success: { text: 'Pay all', kind: 'money' },
    confirming: { text: 'Pay, not confirmed yet', kind: 'money' },
    underpay: { text: 'Pay part', kind: 'part' },
    fail: { text: 'Fail', kind: 'status' },
    cancel: { text: 'Cancel there', kind: 'status' },
    expire: { text: 'Time out', kind: 'status' },
    refunding: { text: 'Begin a refund', kind: 'status' },
    refunded: { text: 'Refunded', kind: 'status' },
    'refund-failed': { text: 'Refund failed', kind: 'status' },
  },
  lincoln: {
    done: { text: 'Pay all', kind: 'money' },
    'payout-queue': { text: 'Money is here', kind: 'money' },
    'change-amount': { text: 'Another amount', kind: 'part' },
    'in-progress': { text: 'Payer says “paid”', kind: 'status' },
    hold: { text: 'Hold', kind: 'status' },
    'error-payment': { text: 'Payment error', kind: 'status' },
    'error-payout': { text: 'Payout error', kind: 'status' },
    returned: { text: 'Return the money', kind: 'status' },
    delete: { text: 'Cancel there', kind: 'status' },
  },
}

/** What a company's action is called; one that is new to us keeps the sandbox's name. */
export const actionOf = (provider: string, name: string): Action =>
  ownOf(ownOf(ACTIONS, provider), name) ?? { text: name.replaceAll('-', ' '), kind: 'rare' }

/** Only what the table itself holds. */
const ownOf = <T>(table: Readonly<Record<string, T>> | undefined, key: string): T | undefined =>
  table && Object.hasOwn(table, key) ? table[key] : undefined

/** Mishaps, by what they are called. */
export const MISHAPS: readonly (readonly [text: string, fault: Fault])[] = [
  ['Create answers 500', { provider: 'cryptom', operation: 'create', kind: 'status-500' }],
  ['Create hangs', { provider: 'cryptom', operation: 'create', kind: 'hang' }],
  [
    'Create works, its answer is lost',
    { provider: 'cryptom', operation: 'create', kind: 'reset', afterEffect: true },
  ],
  [
    'Wrong checksum in the address',
    { provider: 'cryptom', operation: 'create', kind: 'bad-address' },
  ],
  [
    'Address changes on the way',
    { provider: 'cryptom', operation: 'detail', kind: 'change-address' },
  ],
  ['Status answers half a JSON', { provider: 'cryptom', operation: 'detail', kind: 'truncated' }],
  ['Status is a new word', { provider: 'cryptom', operation: 'detail', kind: 'unknown-status' }],
  ['Verify answers 500', { provider: 'redoya', operation: 'verify', kind: 'status-500' }],
  ['Verify of another amount', { provider: 'redoya', operation: 'verify', kind: 'wrong-amount' }],
  ['Create answers 500', { provider: 'lipaykripto', operation: 'payment', kind: 'status-500' }],
  [
    'Status of another amount',
    { provider: 'lipaykripto', operation: 'status', kind: 'wrong-amount' },
  ],
  ['Page of a stranger', { provider: 'paycrypto', operation: 'create', kind: 'change-address' }],
  ['Order of another amount', { provider: 'paycrypto', operation: 'query', kind: 'wrong-amount' }],
  [
    'Wrong checksum in the address',
    { provider: 'lincoln', operation: 'order', kind: 'bad-address' },
  ],
]

/** Companies that notify the shop, and what can go wrong with the next notification. */
export const NOTIFIERS: readonly string[] = ['lipaykripto', 'paycrypto', 'lincoln']
export const NOTIFY_KINDS: readonly (readonly [text: string, kind: string])[] = [
  ['Lose next', 'lose'],
  ['Double next', 'double'],
  ['Delay next', 'delay'],
  ['Forge next', 'forge'],
]
