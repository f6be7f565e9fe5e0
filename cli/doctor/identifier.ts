/**
 * Redoya's identifier, which every shopper can read: whether it tells the secret, and how long it lives.
 * @module
 */
import { EXPIRY_WARNING_MS, expiryOf, isLeaky } from '../../proxy/providers/redoya-identifier.ts'
import { found } from './finding.ts'
import type { Finding } from './finding.ts'
import type { Subject } from './subject.ts'

const ABOUT = 'REDOYA_IDENTIFIER'

export function checkIdentifier({ variables }: Subject): readonly Finding[] {
  const { REDOYA_IDENTIFIER: identifier, REDOYA_SECRET: secret = '' } = variables
  if (identifier === undefined) return []
  const left = (expiryOf(identifier) ?? Infinity) - Date.now()
  return found(
    [
      secret !== '' && isLeaky({ identifier, secret }),
      {
        severity: 'error',
        code: 'leaky-identifier',
        about: ABOUT,
        what: 'carries a secret that every shopper can read',
        why: 'With it anybody signs orders of any price in your name.',
        fix: 'Ask Redoya for another identifier and another secret; take REDOYA_ALLOW_LEAKY_IDENTIFIER out.',
      },
    ],
    [
      left <= 0,
      {
        severity: 'error',
        code: 'identifier-expired',
        about: ABOUT,
        what: 'has expired',
        why: 'No order can be verified: paid ones end as expired.',
        fix: 'Ask Redoya for a new one.',
      },
    ],
    [
      left > 0 && left < EXPIRY_WARNING_MS,
      {
        severity: 'warning',
        code: 'identifier-expires',
        about: ABOUT,
        what: `expires in ${Math.floor(left / 86_400_000)} days`,
        why: 'From then on no order can be verified: paid ones end as expired.',
        fix: 'Ask Redoya for a new one now.',
      },
    ],
  )
}
