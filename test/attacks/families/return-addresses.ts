/**
 * Return addresses that nobody was given, and ids that are none.
 * @module
 */
import type { Change, Family, Group } from '../attack.ts'
import { both, each, header, instead, path, verb } from '../change.ts'
import { guessToken } from '../knowledge.ts'
import type { Mark, Stage } from '../stage.ts'

/** Comes back with another id. */
export const withId = (
  make: (id: string, mark: Mark, stage: Stage) => string | Promise<string>,
): Change =>
  instead(async (mark, stage) => ({
    path: `${mark.begun?.back}/${await make(mark.more['id'] ?? '', mark, stage)}`,
  }))

export const HOSTILE_IDS: readonly Group[] = [
  {
    threat: 'T11',
    rule: 'an id is 16 letters and digits, or nobody is asked',
    answer: 'goes on',
    tries: [
      ...each(
        {
          'too short': 'ABCDEFGHIJKLMNO',
          'too long': 'ABCDEFGHIJKLMNOPQ',
          'a folder up': '..%2f..%2fauth',
          'a folder up, twice encoded': '..%252f..%252fauth',
          'a slash inside': 'ABCDEFG%2fIJKLMNO',
          'a question mark inside': 'ABCDEFG%3fIJKLMNO',
          'a hash inside': 'ABCDEFG%23IJKLMNO',
          'a NUL behind': 'ABCDEFGHIJKLMNOP%00',
          'a line break behind': 'ABCDEFGHIJKLMNOP%0a',
          'a header inside': 'ABCDEFGHIJKLMNOP%0d%0aX-Evil:%201',
          'full-width letters': '%EF%BC%A1BCDEFGHIJKLMNOP',
          'a Cyrillic letter': '%D0%90BCDEFGHIJKLMNO',
          'Arabic digits': '%D9%A1234567890123456'.slice(0, 21),
          'the raw braces': '%7Border_id%7D',
          SQL: "'%20or%201=1%20--%20",
          'a script': '%3Cscript%3E',
          'broken encoding': '%E0%A4%A',
          'a lone percent': '%',
          'a blank before': '%20ABCDEFGHIJKLMNO',
          'a dot': 'ABCDEFGHIJKLMNO.',
          'a dash': 'ABCDEFGH-JKLMNOP',
          'an underscore': 'ABCDEFGH_JKLMNOP',
          'a parameter': 'ABCDEFGHIJKLMNOP;x=1',
          'very long': 'A'.repeat(2000),
        },
        (id) => withId(() => id),
      ),
      ['no id', path((_, { begun }) => begun?.back ?? '')],
      [
        'the id in the query',
        path((_, { begun, more }) => `${begun?.back}?order_id=${more['id']}`),
      ],
      [
        'the id in the query, and success',
        path((_, { begun, more }) => `${begun?.back}?order_id=${more['id']}&status=success&paid=1`),
      ],
      [
        'the id in a header',
        both(
          path((_, { begun }) => begun?.back ?? ''),
          header(({ more }) => ({ 'x-order-id': more['id'] ?? null })),
        ),
      ],
    ],
  },
  {
    threat: 'T11',
    rule: 'only at an address that was given out',
    answer: 'not found',
    tries: [
      [
        'a guessed token',
        path((text) => text.replace(/returns\/[\w-]{43}/, `returns/${guessToken()}`)),
      ],
      ['a letter less', path((text) => text.replace(/(returns\/[\w-]{42})[\w-]/, '$1'))],
      ['a letter more', path((text) => text.replace(/(returns\/[\w-]{43})/, '$1A'))],
      [
        'another case',
        path((text) =>
          text.replace(
            /returns\/([\w-]{43})/,
            (_, token: string) => `returns/${token.toLowerCase()}`,
          ),
        ),
      ],
      [
        'the checkout’s id',
        path((text, { checkoutId }) => text.replace(/returns\/[\w-]{43}/, `returns/${checkoutId}`)),
      ],
      [
        'the payment’s id',
        path((text, { begun }) =>
          text.replace(/returns\/[\w-]{43}/, `returns/${begun?.payment.id}`),
        ),
      ],
      [
        'a webhook’s token',
        path((text, _, stage) =>
          text.replace(
            /returns\/[\w-]{43}/,
            `returns/${stage.town.lipaykripto?.pending.webhook.split('/').at(-1) ?? guessToken()}`,
          ),
        ),
      ],
      ['a folder deeper', path((text) => `${text}/x`)],
      ['a slash at the end', path((text) => `${text}/`)],
      ['__proto__', path((text) => text.replace(/returns\/[\w-]{43}/, 'returns/__proto__'))],
    ],
  },
  {
    threat: 'T34',
    rule: 'a return is a GET',
    answer: 'not supported',
    tries: each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'], (method) => verb(method)),
  },
  {
    threat: 'T34',
    rule: 'a look at it brings nothing about',
    answer: 'looked at',
    tries: [['HEAD', verb('HEAD')]],
  },
]

/** Their pages send the shopper back as well; nothing that he brings is believed. */
const returning = (provider: 'paycrypto' | 'lincoln'): Family => ({
  name: `a return from ${provider}`,
  target: provider,
  variant: 'plain',
  async arrange(stage) {
    const begun = await stage.begin(provider)
    const { more } = { more: { ref: begun.payment.ref ?? '' } }
    await stage.shop.request('POST', `/v1/checkouts/${begun.checkout.id}/sent`, {})
    const request = { method: 'GET', path: begun.back, headers: {} }
    return { request, checkoutId: begun.checkout.id, begun, more }
  },
  works: { status: 200, becomes: 'pending' },
  groups: [
    {
      threat: 'T19',
      rule: 'what the page puts into the address is nobody’s word',
      answer: 'goes on',
      effect: 'asks',
      tries: each(
        {
          'status=1': '?status=1',
          'status=success': '?status=success',
          'the id and the status': '?id=1&status=1',
          'twice, the good one first': '?status=1&status=0',
          'twice, the good one last': '?status=0&status=1',
          'as a list': '?status[]=1',
          'a page to go to': '?return_url=https://evil.example',
          'in a path': '/success',
          'a path with a line break': '/%0d%0aLocation:%20https:%2f%2fevil.example',
          'an id of a paid one': '/ABCDEFGHIJKLMNOP',
          'the amount': '?amount=12.50&currency=USDT&paid=true',
        },
        (rest) => path((text) => text + rest),
      ),
    },
    {
      threat: 'T24',
      rule: 'only at an address that was given out',
      answer: 'not found',
      tries: [
        ['a guessed token', path(() => `/v1/returns/${guessToken()}`)],
        [
          'the token of the notifications',
          path((_, { begun }) => `/v1/returns/${begun?.webhook.split('/').at(-1)}`),
        ],
        ['the checkout’s id', path((_, { checkoutId }) => `/v1/returns/${checkoutId}`)],
      ],
    },
  ],
})

export const PAYCRYPTO_RETURNS = returning('paycrypto')

export const LINCOLN_RETURNS = returning('lincoln')
