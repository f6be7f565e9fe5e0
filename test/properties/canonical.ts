/**
 * What is signed: two different things never have one text (T31).
 * @module
 */
import fc from 'fast-check'
import { hashIpn } from '../../proxy/providers/lincoln-signing.ts'
import type { IpnFields } from '../../proxy/providers/lincoln-signing.ts'
import { signWithdrawal } from '../../proxy/providers/lipaykripto-payouts.ts'
import { signingString, webhookString } from '../../proxy/providers/paycrypto-signing.ts'
import { property } from './property.ts'
import type { Property } from './property.ts'

/** Few letters and short texts: then what could be moved from one field to the next soon is. */
const few = (alphabet: string, minLength: number, maxLength: number): fc.Arbitrary<string> =>
  fc
    .array(fc.nat(alphabet.length - 1), { minLength, maxLength })
    .map((places) => places.map((place) => alphabet[place]).join(''))

const decimal = fc
  .tuple(few('12', 1, 3), few('01', 0, 2))
  .map(([whole, fraction]) => (fraction === '' ? whole : `${whole}.${fraction}`))

/** What `createPayment` sends: the shopper has a word in the amount, and in the e-mail address. */
const anyOrder = fc
  .record({
    currency: fc.constantFrom('USD', 'USDT-TRC20'),
    amount: decimal,
    cust_order_id: few('ab', 1, 3),
    email: few("ab+_-'", 1, 4),
    page: few('ab', 1, 3),
  })
  .map(({ currency, amount, cust_order_id, email, page }) => ({
    currency,
    amount,
    cust_order_id,
    return_url: `https://proxy.example/v1/returns/${page}`,
    customer: { notify_email: `${email}@shop.example` },
  }))

const anyIpn: fc.Arbitrary<IpnFields> = fc.record({
  orderId: few('ab', 2, 2),
  newStatus: few('ab', 2, 4),
  inAmount: decimal,
  outAmount: decimal,
  xmlFrom: few('A1', 2, 3),
  xmlTo: few('A1', 2, 3),
  timestamp: few('12', 2, 4),
})

const anyEvents = fc.tuple(few('ab', 1, 2), fc.array(few('"ab,[]', 0, 3), { maxLength: 3 }))

const text = (value: unknown): string => JSON.stringify(value)

const isDistinct = <T>(a: T, b: T, canonical: (value: T) => string): boolean =>
  (canonical(a) === canonical(b)) === (text(a) === text(b))

const REQUEST = {
  timestamp: 1,
  method: 'POST',
  apiKey: 'key',
  path: '/api/v1/payment',
  query: '',
} as const

/** As a payout takes them: an address has at least 20 letters and digits. */
const anyWithdrawal = fc.record({
  tryAmount: decimal,
  clientId: fc.constant('client-1'),
  requestId: few('Tx1', 1, 3),
  walletAddress: few('Tx1', 1, 3).map((start) => start.padEnd(20, 'T')),
  coinType: fc.constantFrom('TRX', 'USDT', 'ETH'),
  webhookUrl: fc.constant('https://proxy.example/v1/webhooks/lipaykripto/t'),
  createdAt: fc.constant('2026-01-01T00:00:00.000Z'),
})

export const canonicalProperties: readonly Property[] = [
  property(
    { rule: 'T31', title: 'PayCrypto: different orders sign different texts' },
    fc.tuple(anyOrder, anyOrder),
    ([a, b]) => isDistinct(a, b, (body) => signingString({ ...REQUEST, body })),
  ),
  property(
    { rule: 'T31', title: 'PayCrypto: different notifications have different texts' },
    fc.tuple(anyEvents, anyEvents),
    ([a, b]) =>
      isDistinct(a, b, ([action, events]) => webhookString('1760000000000', { action, events })),
  ),
  property(
    { rule: 'T31', title: 'Lincoln: different notifications have different hashes' },
    fc.tuple(anyIpn, anyIpn),
    ([a, b]) => isDistinct(a, b, (fields) => hashIpn(fields, 'secret')),
  ),
  property(
    { rule: 'T31', title: 'LiPayKripto: withdrawals of one request id have different signatures' },
    fc.tuple(anyWithdrawal, anyWithdrawal),
    ([a, other]) => {
      // The document's text has no separators: what parts it is that a request id is used once, ever.
      const b = { ...other, requestId: a.requestId }
      return isDistinct(a, b, (fields) => signWithdrawal(fields, 'secret'))
    },
  ),
]
