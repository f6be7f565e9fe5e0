/**
 * `MERCHANT_WEBHOOK_URL`: whether the shop's receiver is there, and whether it looks at signatures. What is
 * sent is empty, and signed by nobody.
 * @module
 */
import type { Finding } from './finding.ts'
import type { Subject } from './subject.ts'

const ABOUT = 'MERCHANT_WEBHOOK_URL'

export async function checkReceiver({
  variables,
  visits,
  isLive,
}: Subject): Promise<readonly Finding[]> {
  const url = variables[ABOUT]
  if (url === undefined) return isLive ? [nobodyIsTold()] : []
  if (!/^https?:/.test(url) || !URL.canParse(url)) return []
  const { status, failure } = await visits.visit(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  })
  if (status === null) return [problem('error', 'receiver-unreachable', failure, CHECK)]
  if (status >= 500) return [problem('warning', 'receiver-fails', `answers ${status}`, LOG)]
  if (status >= 300 && status < 400) {
    return [problem('error', 'receiver-redirects', 'answers with a redirect', FINAL)]
  }
  if (status === 404 || status === 405) {
    return [problem('error', 'receiver-missing', `answers ${status} to a POST`, ROUTE)]
  }
  if (status < 300) {
    return [
      {
        severity: 'error',
        code: 'receiver-believes-all',
        about: ABOUT,
        what: `answers ${status} to what nobody signed`,
        why: 'Whoever knows the address tells the shop that his order is paid.',
        fix: 'Verify before anything else: docs/merchant.md; then crypto-checkout webhook test',
      },
    ]
  }
  return []
}

const CHECK = 'Start it, correct the address, and let this machine reach it.'
const LOG = 'See its log; what is not signed is to be answered with 400.'
const FINAL = 'Set the final address: a redirect is not followed.'
const ROUTE = 'Add a route for POST there, or correct the address.'

const problem = (
  severity: Finding['severity'],
  code: string,
  what: string,
  fix: string,
): Finding => ({
  severity,
  code,
  about: ABOUT,
  what,
  why: 'The shop does not hear that it was paid.',
  fix,
})

const nobodyIsTold = (): Finding => ({
  severity: 'note',
  code: 'no-receiver',
  about: ABOUT,
  what: 'is not set',
  why: 'Nobody is told of payments: your backend has to ask.',
  fix: 'Set it, and MERCHANT_WEBHOOK_SECRET: docs/merchant.md',
})
