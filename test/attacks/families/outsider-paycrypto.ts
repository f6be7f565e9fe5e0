/**
 * A signed batch of PayCrypto as an outsider retold it: with what is not signed beside it, with something
 * said twice, with the secrets that are printed in its documents.
 * @module
 */
import type { Family } from '../attack.ts'
import { each, edit, header, instead } from '../change.ts'
import { signPaycrypto } from '../knowledge.ts'
import { arrange, event, resigned, town } from './paycrypto.ts'

const REFUSED = 'notification refused'

/** Of the provider’s SDK, and of ours: somebody leaves them in. */
const PRINTED = ['40e4cdb39f764ad48b0829e675b67b90', '0123456789abcdef0123456789abcdef'] as const

const flat = (id: string, status = 1): string => `"cust_order_id":"${id}","status":${status}`

export const OUTSIDER_PAYCRYPTO: Family = {
  name: 'a signed batch, retold by an outsider',
  target: 'paycrypto',
  variant: 'plain',
  arrange,
  works: { status: 200, becomes: 'paid' },
  groups: [
    {
      threat: 'T9',
      rule: 'the signature is of everything that is read',
      answer: REFUSED,
      tries: [
        [
          'the flat form behind the signed members',
          edit((text, _, stage) => text.replace(/}$/, `,${flat(town(stage).dear.payment.id)}}`)),
        ],
        [
          'the flat form before them',
          edit((text, _, stage) => text.replace('{', `{${flat(town(stage).dear.payment.id)},`)),
        ],
        ['one member more', edit((text) => text.replace(/}$/, ',"x":1}'))],
        ['a blank member', edit((text) => text.replace(/}$/, ',"":""}'))],
        ['a prototype', edit((text) => text.replace(/}$/, ',"__proto__":{"status":1}}'))],
      ],
    },
    {
      threat: 'T9',
      rule: 'nothing is said twice',
      answer: REFUSED,
      tries: [
        ['another action before its own', edit((text) => text.replace('{', '{"action":"x",'))],
        ['its action twice', edit((text) => text.replace('{', '{"action":"order_result",'))],
        [
          'its action once more, escaped',
          edit((text) => text.replace('{', String.raw`{"\u0061ction":"x",`)),
        ],
        ['other events before its own', edit((text) => text.replace('{', '{"events":[],'))],
        [
          'the flat form, its status twice',
          edit((_, { begun }) => `{${flat(begun?.payment.id ?? '')},"status":0}`),
        ],
        [
          'the flat form, two ids',
          edit(
            (_, { begun }, stage) =>
              `{"cust_order_id":"${town(stage).dear.payment.id}",${flat(begun?.payment.id ?? '')}}`,
          ),
        ],
      ],
    },
    {
      threat: 'T9',
      rule: 'signed by this provider, in one way of writing',
      answer: REFUSED,
      tries: [
        ...each(PRINTED, (secret) => resigned(secret)),
        [
          'the printed example, to the letter',
          instead(() =>
            signPaycrypto(
              { timestamp: '1585810920286' },
              [event('', '1223', 1, 'bc76488ddda4').replace(',"cust_order_id":""', '')],
              PRINTED[0],
            ),
          ),
        ],
        [
          'other bits that nobody reads',
          header(({ request }) => ({ signature: unread(String(request.headers['signature'])) })),
        ],
        [
          'in two headers',
          header(({ request }) => ({
            signature: ['A'.repeat(44), String(request.headers['signature'])],
          })),
        ],
        ['a moment far ahead', header({ timestamp: '9999999999999' })],
      ],
    },
  ],
}

/** Base64 of 32 bytes leaves two bits of its last letter over. */
const unread = (text: string): string =>
  text.replace(
    /(.)=$/,
    (_, last: string) => `${String.fromCodePoint((last.codePointAt(0) ?? 0) + 1)}=`,
  )
