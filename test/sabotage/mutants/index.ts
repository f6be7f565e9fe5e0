/**
 * Every control that is taken out in turn. A new control is a row in one of these files.
 * @module
 */
import type { Mutant } from '../mutant.ts'
import { ADDRESSES } from './addresses.ts'
import { BROWSER } from './browser.ts'
import { CONSOLE } from './console.ts'
import { EDGE } from './edge.ts'
import { LINCOLN } from './lincoln.ts'
import { LIPAYKRIPTO } from './lipaykripto.ts'
import { MONEY } from './money.ts'
import { ORDERS } from './orders.ts'
import { PAGES } from './pages.ts'
import { PAYCRYPTO } from './paycrypto.ts'
import { PAYMENTS } from './payments.ts'
import { PAYOUTS } from './payouts.ts'
import { RECEIPTS } from './receipts.ts'
import { REDOYA } from './redoya.ts'
import { SECRETS } from './secrets.ts'
import { SERVER } from './server.ts'
import { SUPPLY } from './supply.ts'

export const MUTANTS: readonly Mutant[] = [
  ...ORDERS,
  ...MONEY,
  ...LIPAYKRIPTO,
  ...PAYCRYPTO,
  ...LINCOLN,
  ...REDOYA,
  ...PAYMENTS,
  ...PAGES,
  ...ADDRESSES,
  ...SECRETS,
  ...SERVER,
  ...EDGE,
  ...PAYOUTS,
  ...CONSOLE,
  ...RECEIPTS,
  ...BROWSER,
  ...SUPPLY,
]

/** Threats with nothing of ours to take out, and why. */
export const WITHOUT_CODE: Readonly<Record<string, string>> = {
  T20: 'we have no frame that messages could be sent to',
}
