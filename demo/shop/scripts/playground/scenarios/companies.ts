/**
 * The payment companies by what a scenario has to know of each: the sandbox's words for what it plays.
 * @module
 */
import { NOTIFIERS, PROVIDERS } from '../../panel/words.ts'

export type Act = 'pay' | 'part' | 'over' | 'fail' | 'expire' | 'first'

export interface Company {
  readonly id: string
  readonly name: string
  /** The operation that makes a payment there; none where the page's link is all. */
  readonly create: string | null
  /** What it calls each act; `first` is a word before the payment, which it notifies, too. */
  readonly acts: Readonly<Partial<Record<Act, string>>>
  readonly notifies: boolean
}

const PLAYED: readonly Omit<Company, 'name' | 'notifies'>[] = [
  {
    id: 'cryptom',
    create: 'create',
    acts: { pay: 'pay', part: 'pay-part', over: 'overpay', expire: 'timeout' },
  },
  {
    id: 'redoya',
    create: null,
    acts: { pay: 'success', fail: 'failed' },
  },
  {
    id: 'lipaykripto',
    create: 'payment',
    acts: { pay: 'confirm', fail: 'fail' },
  },
  {
    id: 'paycrypto',
    create: 'create',
    acts: { pay: 'success', part: 'underpay', fail: 'fail', expire: 'expire', first: 'confirming' },
  },
  {
    id: 'lincoln',
    create: 'order',
    acts: { pay: 'done', fail: 'error-payment', first: 'in-progress' },
  },
]

export const COMPANIES: readonly Company[] = PLAYED.map((company) => ({
  ...company,
  name: PROVIDERS[company.id] ?? company.id,
  notifies: NOTIFIERS.includes(company.id),
}))
