/**
 * What protects the proxy from many requests, and its routes from strangers.
 * @module
 */
import { partsOf } from '../environment.ts'
import { found } from './finding.ts'
import type { Finding } from './finding.ts'
import type { Subject } from './subject.ts'

/** More addresses than anybody's own proxies have. */
const EVERYBODY = /\/[0-7]$/

export function checkLimits({ variables, isLive }: Subject): readonly Finding[] {
  const trusted = partsOf(variables['TRUSTED_PROXIES'])
  const merchantPort = variables['MERCHANT_PORT']
  return found(
    [
      variables['RATE_LIMIT'] === '0',
      {
        severity: 'error',
        code: 'no-limits',
        about: 'RATE_LIMIT',
        what: 'is 0: every limit is off',
        why: 'One machine can open checkouts, and reserve addresses, without end.',
        fix: 'Take it out (20 a second), or set what one shopper needs.',
      },
    ],
    [
      isLive && trusted.length === 0,
      {
        severity: 'error',
        code: 'no-trusted-proxies',
        about: 'TRUSTED_PROXIES',
        what: 'is not set, and PUBLIC_URL is https, which something in front of the proxy speaks',
        why: 'All shoppers come from that address: they share one limit, and lock each other out.',
        fix: 'List its addresses or ranges: 127.0.0.1 for one on this machine.',
      },
    ],
    [
      trusted.some((range) => EVERYBODY.test(range)),
      {
        severity: 'error',
        code: 'trusts-everybody',
        about: 'TRUSTED_PROXIES',
        what: 'trusts nearly every address there is',
        why: 'Anybody writes an address of his choice into X-Forwarded-For, and no limit holds him.',
        fix: 'List only the addresses of your own proxies.',
      },
    ],
    [
      isLive && Boolean(variables['MERCHANT_API_KEY']) && !merchantPort,
      {
        severity: 'warning',
        code: 'merchant-routes-public',
        about: 'MERCHANT_PORT',
        what: 'is not set: the merchant’s routes are on the public port',
        why: 'The key is all that stands before payouts and personal data.',
        fix: 'Set it to a port that only your backend reaches, such as 8788.',
      },
    ],
    [
      merchantPort !== undefined &&
        merchantPort !== '0' &&
        merchantPort === (variables['PORT'] ?? '8787'),
      {
        severity: 'error',
        code: 'same-port',
        about: 'MERCHANT_PORT',
        what: 'is PORT',
        why: 'The proxy cannot listen twice, and does not start.',
        fix: 'Set another one, such as 8788.',
      },
    ],
  )
}
