/**
 * What browsers were sent, held against the list of what they may see (I15).
 * @module
 */
import { SANDBOX_CREDENTIALS } from '../../sandbox/index.ts'
import { MERCHANT_KEY, ORDER_SECRET } from '../proxy/support.ts'
import type { Mail } from './providers.ts'

const CHECKOUT = new Set(
  'id orderId price description status reason testMode priceSource methods payment expiresAt serverNow pollAfterMs receipt'.split(
    ' ',
  ),
)
const PAYMENT = new Set(
  'id methodId status reason cancelable nextAction received remaining createdAt expiresAt'.split(
    ' ',
  ),
)
const PROBLEM = new Set('type title status code detail field requestId'.split(' '))

const { lipaykripto, paycrypto, cryptom, redoya, lincoln } = SANDBOX_CREDENTIALS
const SECRETS = [
  MERCHANT_KEY,
  ORDER_SECRET,
  lipaykripto.clientSecret,
  lipaykripto.hmacSecret,
  paycrypto.apiSecret,
  paycrypto.passphrase,
  cryptom.password,
  redoya.secret,
  lincoln.apiSecret,
  'for the merchant',
]

export function leaks(bodies: readonly string[], mail: readonly Mail[]): readonly string[] {
  // Redoya's page needs to know where to come back to; a notification's address is nobody's business.
  const addresses = mail.map(
    ({ outgoing }) => new URL(outgoing.url).pathname.split('/').at(-1) ?? '',
  )
  return bodies.flatMap((body) => {
    const secret = [...SECRETS, ...addresses].find((text) => text !== '' && body.includes(text))
    return [...(secret === undefined ? [] : [`a browser was sent ${secret}`]), ...strangeKeys(body)]
  })
}

function strangeKeys(body: string): readonly string[] {
  if (!body.startsWith('{')) return []
  const json = JSON.parse(body) as Record<string, unknown>
  const allowed = 'requestId' in json ? PROBLEM : CHECKOUT
  const { payment } = json
  const inner = typeof payment === 'object' && payment !== null ? Object.keys(payment) : []
  const strange = [
    ...Object.keys(json).filter((key) => !allowed.has(key)),
    ...inner.filter((key) => !PAYMENT.has(key)),
  ]
  return strange.map((key) => `a browser was sent the field ${key}`)
}
