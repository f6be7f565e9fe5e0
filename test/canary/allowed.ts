/**
 * What may be seen where, and why. Everything else is a leak.
 * @module
 */
import type { Heard } from './heard.ts'
import type { Secret } from './recorder.ts'

/** Where a shopper's own address may stand: with the shopper, and with the merchant whose shopper it is. */
const SEEN_BY_SHOPPER: ReadonlySet<string> = new Set(['answer', 'browser', 'database'])

export interface Exception {
  readonly owner: string
  readonly name: string
  readonly spelling: RegExp
  readonly where: RegExp
  readonly from: RegExp
  readonly why: string
}

/** A WordPress keeps what its owner typed into a plugin's settings. */
const IN_HIS_SETTINGS = {
  owner: 'proxy',
  spelling: /^(as it is|in JSON(, slashes escaped)?|half \d)$/,
  where: /^output$/,
  from: /^(woocommerce|sites)\.test\.ts\/books\/settings-crypto_checkout\.json$/,
  why: 'the merchant’s own database holds it, here a file of the stand-in',
} as const

/** What tests do on purpose. */
export const EXCEPTIONS: readonly Exception[] = [
  {
    owner: 'proxy',
    name: 'MERCHANT_API_KEY',
    spelling: /^(as it is|in JSON|half \d)$/,
    where: /^browser$/,
    from: /^console\.test\.ts/,
    why: 'the merchant types it into his own console',
  },
  { ...IN_HIS_SETTINGS, name: 'MERCHANT_API_KEY' },
  { ...IN_HIS_SETTINGS, name: 'MERCHANT_WEBHOOK_SECRET' },
  {
    owner: 'lipaykripto',
    name: 'webhook address',
    spelling: /^base64/,
    where: /^(answer|browser|database|outbound to merchant)$/,
    from: /^(person|webhooks|alarms|attacks|lipaykripto-ladder)\.test\.ts/,
    why: 'the stand-in puts it into its payment page’s address, as LiPayKripto may; then it proves nothing',
  },
]

/** Halves that other, harmless texts of the fixtures begin or end with, too. */
export const COMMON_HALVES: ReadonlySet<string> = new Set([
  // the client's id begins so, and is in every payment's address
  'sandbox-lipay-cl',
  // the stand-in's own ids
  '5a4db0c000000000',
])

export function isAllowed(
  secret: Secret,
  spelling: string,
  { kind, to, from }: Heard,
): Exception | boolean {
  const { audience, owner, name } = secret
  if (kind === 'outbound' && to === owner && audience !== 'nobody') return true
  if (audience === 'shopper' && (SEEN_BY_SHOPPER.has(kind) || to === 'merchant')) return true
  const where = to === undefined ? kind : `${kind} to ${to}`
  const isMeant = (each: Exception): boolean =>
    each.owner === owner &&
    each.name === name &&
    each.spelling.test(spelling) &&
    each.where.test(where) &&
    each.from.test(from)
  return EXCEPTIONS.find(isMeant) ?? false
}
