/**
 * The merchant’s routes: everything can be done there, so nothing without the key.
 * @module
 */
import assert from 'node:assert/strict'
import type { Family, Try } from '../attack.ts'
import { both, each, header, instead, path, verb } from '../change.ts'
import { OWN_KEY } from '../knowledge.ts'
import { MERCHANT_KEY, ORDER_SECRET } from '../../proxy/support.ts'
import { JSON_TYPE } from '../send.ts'
import type { Mark, Stage } from '../stage.ts'

export const KEY = { authorization: `Bearer ${MERCHANT_KEY}` }

/** Every route, as the attacker would use it. */
const ROUTES: readonly (readonly [method: string, path: string, body?: string])[] = [
  ['GET', '/checkouts'],
  ['GET', '/checkouts?status=paid'],
  ['POST', '/checkouts', '{"orderId":"A-1","amount":"0.01","currency":"TRY"}'],
  ['GET', '/checkouts/:id'],
  ['POST', '/checkouts/:id/resolve', '{"status":"paid","note":"x"}'],
  ['POST', '/checkouts/:id/cancel', '{}'],
  ['GET', '/deliveries'],
  ['POST', '/deliveries/msg_x/redeliver', '{}'],
  ['GET', '/payouts'],
  [
    'POST',
    '/payouts',
    '{"provider":"lipaykripto","requestId":"W1","amount":"100.00","currency":"TRY","asset":"TRX","address":"TXaxqXSZkZAsXmnFWYc6MPFdSXkUP1H3gq"}',
  ],
  ['GET', '/payouts/W1'],
  ['GET', '/providers'],
  ['GET', '/providers/cryptom/payments?personalData=true'],
  ['GET', '/providers/paycrypto/limits'],
  ['POST', '/providers/paycrypto/test-webhook', '{}'],
  ['GET', '/providers/lincoln/methods'],
  ['GET', '/nothing'],
  ['GET', ''],
]

const WITHOUT: readonly (readonly [string, Record<string, string>])[] = [
  ['without a key', {}],
  ['with another key', { authorization: `Bearer ${OWN_KEY}` }],
  ['with the order secret', { authorization: `Bearer ${ORDER_SECRET}` }],
]

const withoutKey: readonly Try[] = ROUTES.flatMap(([method, tail, text]) =>
  WITHOUT.map(
    ([name, headers]) =>
      [
        `${method} ${tail} ${name}`,
        instead((_, stage) => ({
          method,
          path: `/v1/merchant${tail.replace(':id', review(stage).checkout.id)}`,
          headers: { ...(text !== undefined && JSON_TYPE), ...headers },
          body: text ?? '',
        })),
      ] as const,
  ),
)

const review = ({ town }: Stage) => (town.paycrypto ?? assert.fail('no town')).review

async function arrange(stage: Stage): Promise<Mark> {
  const { id } = review(stage).checkout
  return {
    request: { method: 'GET', path: `/v1/merchant/checkouts/${id}`, headers: KEY },
    checkoutId: id,
    more: {},
  }
}

export const MERCHANT: Family = {
  name: 'a request of the merchant’s',
  target: 'proxy',
  variant: 'plain',
  arrange,
  works: { status: 200, shows: ({ text }) => text.includes('"facts":[') },
  groups: [
    {
      threat: 'T30',
      rule: 'no route of the merchant’s without his key',
      answer: 'unauthorized',
      tries: withoutKey,
    },
    {
      threat: 'T30',
      rule: 'the key, the whole key, and where it belongs',
      answer: 'unauthorized',
      tries: [
        ...each(
          {
            'a letter less': `Bearer ${MERCHANT_KEY.slice(1)}`,
            'a letter more': `Bearer ${MERCHANT_KEY}x`,
            'the first half': `Bearer ${MERCHANT_KEY.slice(0, 17)}`,
            'upper case': `Bearer ${MERCHANT_KEY.toUpperCase()}`,
            'no scheme': MERCHANT_KEY,
            Basic: `Basic ${Buffer.from(`:${MERCHANT_KEY}`).toString('base64')}`,
            'Basic with the key': `Basic ${MERCHANT_KEY}`,
            Token: `Token ${MERCHANT_KEY}`,
            'no key': 'Bearer',
            'an empty key': 'Bearer ',
            'two blanks': `Bearer  ${MERCHANT_KEY}`,
            undefined: 'Bearer undefined',
            null: 'Bearer null',
            'in quotes': `Bearer "${MERCHANT_KEY}"`,
            base64: `Bearer ${Buffer.from(MERCHANT_KEY).toString('base64')}`,
            'a word behind': `Bearer ${MERCHANT_KEY} x`,
            'a comma behind': `Bearer ${MERCHANT_KEY},`,
            'another before': `Bearer ${OWN_KEY},${MERCHANT_KEY}`,
            'a star': 'Bearer *',
            'very long': `Bearer ${'x'.repeat(8000)}`,
          },
          (authorization) => header({ authorization }),
        ),
        [
          'in the query',
          both(
            header({ authorization: null }),
            path((text) => `${text}?key=${MERCHANT_KEY}&access_token=${MERCHANT_KEY}`),
          ),
        ],
        [
          'in a cookie',
          header({
            authorization: null,
            cookie: `key=${MERCHANT_KEY}; authorization=Bearer ${MERCHANT_KEY}`,
          }),
        ],
        [
          'in another header',
          header({
            authorization: null,
            'x-api-key': MERCHANT_KEY,
            'proxy-authorization': `Bearer ${MERCHANT_KEY}`,
            'x-authorization': `Bearer ${MERCHANT_KEY}`,
          }),
        ],
        [
          'from this machine',
          header({
            authorization: null,
            'x-forwarded-for': '127.0.0.1',
            'x-real-ip': '127.0.0.1',
            forwarded: 'for=127.0.0.1',
          }),
        ],
        [
          'for another path',
          header({
            authorization: null,
            'x-original-url': '/healthz',
            'x-rewrite-url': '/healthz',
          }),
        ],
      ],
    },
    {
      threat: 'T30',
      rule: 'not for browsers',
      answer: 'foreign page',
      tries: each(['https://shop.example', 'https://evil.example', 'null'], (origin) =>
        header({ origin }),
      ),
    },
    {
      threat: 'T34',
      rule: 'no other spelling of the path leads there',
      answer: 'closed in any way',
      tries: each(
        [
          '/v1/Merchant/checkouts',
          '/V1/merchant/checkouts',
          '//v1/merchant/checkouts',
          '/v1//merchant/checkouts',
          '/v1/merchant//checkouts',
          '/v1/merchant/checkouts/',
          '/v1/%6Derchant/checkouts',
          '/v1/merchant%2fcheckouts',
          '/v1/merchant;/checkouts',
          '/v1/merchant/..;/merchant/checkouts',
          '/v1/checkouts/../merchant/checkouts',
          '/v1/checkouts/%2e%2e/merchant/checkouts',
          '/v1/checkouts/..%2fmerchant/checkouts',
          '/v1/./merchant/checkouts',
          '/v1/merchant.json',
          '/v1/merchant/checkouts?x=/healthz',
          '/healthz/../v1/merchant/checkouts',
          '/v1\\merchant\\checkouts',
          '/v1/merchant%00/checkouts',
          '/v1/ⅿerchant/checkouts',
          '/merchant/checkouts',
          '/admin',
          '//admin',
          '/v1/admin',
          '/metrics',
          '/debug',
          '/.env',
          '/v1/.env',
        ],
        (other) =>
          both(
            header({ authorization: null }),
            path(() => encodeURI(other).replaceAll('%25', '%')),
          ),
      ),
    },
    {
      threat: 'T34',
      rule: 'no other method',
      answer: 'closed in any way',
      tries: each(['PUT', 'PATCH', 'DELETE', 'TRACE', 'OPTIONS', 'PROPFIND', 'POST'], (method) =>
        both(verb(method), header({ authorization: null })),
      ),
    },
  ],
}

/** Where the merchant has a port of his own, the public one knows nothing of him. */
export const MERCHANT_APART: Family = {
  name: 'the merchant’s routes on the public port',
  target: 'proxy',
  variant: 'apart',
  arrange: async () => ({
    request: { method: 'GET', path: '/healthz', headers: {} },
    checkoutId: null,
    more: {},
  }),
  works: { status: 200 },
  groups: [
    {
      threat: 'T30',
      rule: 'not there, with any key',
      answer: 'not found',
      tries: ROUTES.flatMap(([method, tail, text]) =>
        [KEY, {}].map(
          (headers, index) =>
            [
              `${method} ${tail} ${index === 0 ? 'with the key' : 'without'}`,
              instead(() => ({
                method,
                path: `/v1/merchant${tail.replace(':id', 'x')}`,
                headers: { ...(text !== undefined && JSON_TYPE), ...headers },
                body: text ?? '',
              })),
            ] as const,
        ),
      ),
    },
  ],
}
