/**
 * Who says what an order costs, and what may be paid out.
 * @module
 */
import { compareDecimal, isDecimal } from '../../protocol/money.ts'
import { found } from './finding.ts'
import type { Finding } from './finding.ts'
import type { Subject } from './subject.ts'

/** The proxy's own default. */
const USUAL_MAX = '100'
const SOURCES = ['ORDER_SECRET', 'ORDER_JWKS_URL', 'CATALOGUE', 'MERCHANT_API_KEY'] as const

export function checkOrders({ variables, isLive, config }: Subject): readonly Finding[] {
  const isUnsigned = /^(true|1)$/.test(variables['ALLOW_UNSIGNED_ORDERS'] ?? '')
  const max = variables['UNSIGNED_MAX_AMOUNT'] ?? USUAL_MAX
  const isHigh = isDecimal(max) && compareDecimal(max, USUAL_MAX) > 0
  const payouts = config?.payouts
  return found(
    [
      !isUnsigned && SOURCES.every((name) => !variables[name]),
      {
        severity: 'error',
        code: 'no-orders',
        about: SOURCES.join(', '),
        what: 'none is set, and unsigned orders are off',
        why: 'Nobody can open a checkout.',
        fix: 'Make a key for order tokens: crypto-checkout keys ORDER_SECRET',
      },
    ],
    [
      isUnsigned && isHigh,
      {
        severity: 'error',
        code: 'unsigned-high',
        about: 'UNSIGNED_MAX_AMOUNT',
        what: `lets pages name prices above ${USUAL_MAX}`,
        why: 'A shopper changes the price in the page and pays less than it costs.',
        fix: 'Sign orders (ORDER_SECRET) or use a CATALOGUE; else lower it.',
      },
    ],
    [
      isUnsigned && !isHigh && isLive,
      {
        severity: 'warning',
        code: 'unsigned-orders',
        about: 'ALLOW_UNSIGNED_ORDERS',
        what: 'pages name their own prices',
        why: 'That is for donations: goods would be paid with whatever a shopper types.',
        fix: 'Take it out, unless it is for donations.',
      },
    ],
    [
      payouts?.addresses === 'any' && isLive,
      {
        severity: 'warning',
        code: 'payouts-any',
        about: 'PAYOUTS',
        what: 'goes to any address',
        why: 'Whoever gets MERCHANT_API_KEY empties the account into a wallet of his own.',
        fix: 'Name a file of addresses: max:…;daily:…;addresses:./wallets.txt',
      },
    ],
    [
      payouts !== undefined && compareDecimal(payouts.max, payouts.daily) > 0,
      {
        severity: 'warning',
        code: 'payouts-limits',
        about: 'PAYOUTS',
        what: 'one payout may be more than a day’s',
        why: 'The larger limit never counts.',
        fix: 'Let max be at most daily.',
      },
    ],
    [
      payouts !== undefined && !variables['MERCHANT_API_KEY'],
      {
        severity: 'warning',
        code: 'payouts-no-key',
        about: 'MERCHANT_API_KEY',
        what: 'is not set, and PAYOUTS is',
        why: 'Nobody can ask for a payout.',
        fix: 'Make one: crypto-checkout keys MERCHANT_API_KEY',
      },
    ],
  )
}
