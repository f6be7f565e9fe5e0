/**
 * What the panel's buttons are called, and which mishaps it offers.
 * @module
 */
import type { Fault } from './client.ts'

export const PROVIDERS: Readonly<Record<string, string>> = {
  cryptom: 'Cryptom Pay',
  redoya: 'Redoya Pay',
}

interface Action {
  readonly text: string
  /** `money` moves it, `part` asks how much, `status` says something, `rare` is folded away. */
  readonly kind: 'money' | 'part' | 'status' | 'rare'
}

const ACTIONS: Readonly<Record<string, Action>> = {
  pay: { text: 'Pay all', kind: 'money' },
  'pay-part': { text: 'Pay part', kind: 'part' },
  overpay: { text: 'Overpay', kind: 'money' },
  confirm: { text: 'Confirm', kind: 'money' },
  fail: { text: 'Decline', kind: 'status' },
  timeout: { text: 'Time out', kind: 'status' },
  'manual-check': { text: 'Manual check', kind: 'status' },
  cancel: { text: 'Cancel there', kind: 'status' },
  'time-out': { text: 'Forget the proof', kind: 'rare' },
  delay: { text: 'Back to pending', kind: 'rare' },
}

/** What an action is called; one that is new to us keeps the sandbox's name. */
export const actionOf = (name: string): Action =>
  (Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined) ?? {
    text: name.replaceAll('-', ' '),
    kind: 'rare',
  }

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
  ['Card: verify answers 500', { provider: 'redoya', operation: 'verify', kind: 'status-500' }],
  ['Card: another amount', { provider: 'redoya', operation: 'verify', kind: 'wrong-amount' }],
]
