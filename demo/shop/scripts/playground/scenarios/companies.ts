/**
 * The payment companies by what a scenario has to know of each: the sandbox's words for what it plays.
 * @module
 */

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

export const COMPANIES: readonly Company[] = [
  {
    id: 'cryptom',
    name: 'Cryptom Pay',
    create: 'create',
    acts: { pay: 'pay', part: 'pay-part', over: 'overpay', expire: 'timeout' },
    notifies: false,
  },
  {
    id: 'redoya',
    name: 'Redoya Pay',
    create: null,
    acts: { pay: 'success', fail: 'failed' },
    notifies: false,
  },
  {
    id: 'lipaykripto',
    name: 'LiPayKripto',
    create: 'payment',
    acts: { pay: 'confirm', fail: 'fail' },
    notifies: true,
  },
  {
    id: 'paycrypto',
    name: 'PayCrypto-Checkout',
    create: 'create',
    acts: { pay: 'success', part: 'underpay', fail: 'fail', expire: 'expire', first: 'confirming' },
    notifies: true,
  },
  {
    id: 'lincoln',
    name: 'Lincoln.money',
    create: 'order',
    acts: { pay: 'done', fail: 'error-payment', first: 'in-progress' },
    notifies: true,
  },
]

export function companyOf(id: string): Company {
  const company = COMPANIES.find((each) => each.id === id)
  if (!company) throw new Error(`There is no payment company ${id}.`)
  return company
}
