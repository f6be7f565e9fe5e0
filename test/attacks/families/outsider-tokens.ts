/**
 * Order tokens that an outsider rewrote: the same token in another text, another document in its place,
 * and one whose time has just gone.
 * @module
 */
import type { Family } from '../attack.ts'
import { each } from '../change.ts'
import { jwt, readJwt } from '../knowledge.ts'
import { ORDER_SECRET } from '../../proxy/support.ts'
import { arrange, token } from './tokens.ts'

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** The last letter of a signature of 32 bytes carries two bits that no decoder reads. */
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const unread = (text: string, more: number): string =>
  text.slice(0, -1) + (LETTERS[LETTERS.indexOf(text.slice(-1)) + more] ?? '')

export const OUTSIDER_TOKENS: Family = {
  name: 'an order token, rewritten by an outsider',
  target: 'proxy',
  variant: 'plain',
  arrange,
  works: { status: 201, shows: ({ text }) => text.includes('"amount":"300.00"') },
  groups: [
    {
      threat: 'T2',
      rule: 'one token, one text',
      answer: 'not a token',
      tries: [
        ['padded', token((text) => `${text}=`)],
        ['a line break behind', token((text) => `${text}\n`)],
        ['the other alphabet', token((text) => `${text.slice(0, -3)}+/${text.slice(-1)}`)],
        ['a character of no width inside', token((text) => text.replace('.', '.\u200B'))],
        ['other bits that nobody reads', token((text) => unread(text, 1))],
        ['still other ones', token((text) => unread(text, 2))],
        ['a NUL behind', token((text) => `${text}\0`)],
        [
          'a JSON with two signatures',
          token((text) => {
            const [head, payload, signature] = text.split('.')
            const own = { protected: head, signature: 'AAAA' }
            return JSON.stringify({ payload, signatures: [own, { protected: head, signature }] })
          }),
        ],
        ['a path before', token((text) => `./${text}`)],
      ],
    },
    {
      threat: 'T2',
      rule: 'of the merchant’s, and of orders',
      answer: 'no order token',
      tries: [
        ['Redoya’s identifier', token((_, { town }) => identifierOf(town))],
        [
          'a token in a token',
          token((text) =>
            jwt({ alg: 'HS256', typ: 'cc-order+jwt', cty: 'JWT' }, text, 'x'.repeat(32)),
          ),
        ],
        [
          'a key that the header brings, of the other kind',
          token((text) => {
            const [, payload = ''] = text.split('.')
            const jwk = { kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'A'.repeat(43) }
            return `${encode({ alg: 'ES256', typ: 'cc-order+jwt', jwk })}.${payload}.${'A'.repeat(86)}`
          }),
        ],
      ],
    },
    {
      threat: 'T3',
      rule: 'within its time, but for what clocks differ by',
      answer: 'bad order token',
      tries: each({ '31 s': 31, '65 s': 65, '125 s': 125 }, (seconds) =>
        token((text, { shop }) => {
          const { header, claims } = readJwt(text)
          const now = Math.floor(shop.clock.now() / 1000)
          return jwt(header, { ...claims, iat: now - 300, exp: now - seconds }, ORDER_SECRET)
        }),
      ).map(([what, change]) => [`${what} too late`, change] as const),
    },
  ],
}

function identifierOf({ redoya }: { redoya?: { pending: { checkout: { payment: unknown } } } }) {
  const payment = redoya?.pending.checkout.payment as { nextAction?: { url?: string } } | null
  return payment?.nextAction?.url?.split('#')[2] ?? ''
}
