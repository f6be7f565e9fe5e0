/**
 * Bodies that an outsider sent in providers’ names: packed, broken, deep, long. Each is refused as quickly
 * and in the same words as anything else that is not genuine.
 * @module
 */
import { gzipSync } from 'node:zlib'
import type { Change, Family, Group, Try } from '../attack.ts'
import { both, each, edit, header, json } from '../change.ts'
import { arrange as arrangeLincoln } from './lincoln.ts'
import { arrangeNotice } from './lipaykripto.ts'
import { arrange as arrangePaycrypto } from './paycrypto.ts'

const bytes =
  (make: (text: string) => Buffer): Change =>
  (request) => ({ ...request, body: make(String(request.body ?? '')) })

const KIB_60 = 60_000
const nested = (open: string, close: string): string => {
  const depth = Math.floor(KIB_60 / (open.length + close.length)) - 1
  return `${open.repeat(depth)}1${close.repeat(depth)}`
}
const members = Array.from({ length: 4000 }, (_, index) => `"k${index}":1`).join()

const BODIES: Group = {
  threat: 'T28',
  rule: 'a body that can be read, and is what its provider sends',
  answer: 'notification refused',
  tries: [
    ['packed, and nothing said of it', bytes((text) => gzipSync(text))],
    [
      'packed, and said so',
      both(
        bytes((text) => gzipSync(text)),
        header({ 'content-encoding': 'gzip' }),
      ),
    ],
    ['bytes that are no text', bytes(() => Buffer.from('7bff fe7d'.replace(' ', ''), 'hex'))],
    ['half a character in a name', bytes((text) => cutIn(text))],
    ...each(
      {
        true: 'true',
        'an empty object': '{}',
        'an empty list': '[]',
        'a list of nothing': '[null]',
        'an empty text': '""',
        'lists in lists': nested('[', ']'),
        'objects in objects': nested('{"a":', '}'),
        'lists that never end': '['.repeat(KIB_60),
        'an object that never ends': '{"a":'.repeat(12_000),
        'four thousand members': `{${members}}`,
        'a text of quotes': JSON.stringify('"'.repeat(KIB_60 / 2 - 1)),
        'a text of backslashes': `"${'\\'.repeat(KIB_60)}"`,
        'a text that never ends': `"${'a'.repeat(KIB_60)}`,
        'a number without end': `{"status":${'9'.repeat(KIB_60)}}`,
        'an exponent without end': `{"status":1e${'9'.repeat(20_000)}}`,
        'blanks alone': ' '.repeat(KIB_60),
        'a prototype': '{"__proto__":{"verified":true,"status":1}}',
        'a constructor': '{"constructor":{"prototype":{"verified":true}}}',
      },
      (text) => edit(() => text),
    ),
  ],
}

/** What it says of its length is more than anybody may send. */
const declared: Group = {
  threat: 'T28',
  rule: 'in at most 64 KiB, however few come',
  answer: 'too large for a notification',
  tries: each(['65537', '30000000', '9007199254740993'], (length) => (request) => ({
    ...request,
    bytes: [
      `${request.method} ${request.path} HTTP/1.1`,
      'host: localhost',
      'content-type: application/json',
      'connection: close',
      `content-length: ${length}`,
      '',
      '{}',
    ].join('\r\n'),
  })),
}

const ofItsKind = (tries: readonly Try[], threat: string): Group => ({
  threat,
  rule: 'members of the kinds that are documented',
  answer: 'notification refused',
  tries,
})

/** The flat form of PayCrypto’s FAQ. */
const flat = (members: object): Change =>
  edit((_, { begun }) =>
    JSON.stringify({
      cust_order_id: begun?.payment.id,
      order_id: begun?.payment.ref,
      status: 1,
      ...members,
    }),
  )

const family = (target: Family['target'], arrange: Family['arrange'], groups: Group[]): Family => ({
  name: `an outsider’s body in the name of ${target}`,
  target,
  variant: 'plain',
  arrange,
  works: { status: 200, becomes: 'paid' },
  groups: [BODIES, declared, ...groups],
})

export const OUTSIDER_BODIES: readonly Family[] = [
  family('lipaykripto', arrangeNotice, [
    ofItsKind(
      [
        ['an amount beyond every number', edit((text) => text.replace(/300(\.00)?/, '1e400'))],
        [
          'another id behind its own',
          json(({ begun }) => ({ payment_id: `${begun?.payment.id}&paymentId=x` })),
        ],
        ['its id an object', json({ payment_id: { toString: 1 } })],
      ],
      'T7',
    ),
  ]),
  family('paycrypto', arrangePaycrypto, [
    ofItsKind(
      [
        ['flat, its status true', flat({ status: true })],
        ['flat, its status null', flat({ status: null })],
        ['flat, its ids lists', flat({ cust_order_id: ['x'], order_id: ['x'] })],
        ['flat, its id an object', flat({ cust_order_id: { toString: 1 } })],
        ['flat, another id behind its own', flat({ cust_order_id: 'x&cust_order_id=y' })],
        ['flat, a path for the provider’s id', flat({ order_id: '../user' })],
        ['events of null, a number and an object', json({ events: [null, 1, {}] })],
        ['an action that is a number', json({ action: 5 })],
        ['events that are a text', json({ events: '[]' })],
      ],
      'T9',
    ),
  ]),
  family('lincoln', arrangeLincoln, []),
]

/** The first letter of a name that is needed becomes the first byte of a longer character. */
function cutIn(text: string): Buffer {
  const buffer = Buffer.from(text)
  buffer[/payment_id|events|orderId/.exec(text)?.index ?? 0] = 0xc3
  return buffer
}
