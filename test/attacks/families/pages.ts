/**
 * Who may ask at all: pages of the shop, in JSON, one request at a time.
 * @module
 */
import type { Family } from '../attack.ts'
import { body, both, each, edit, header, json, path, verb } from '../change.ts'
import type { Mark } from '../stage.ts'
import { asked } from './asking.ts'

/** Who may ask: the same for every route of the browser. */
export const PAGES: Family = {
  name: 'a request of the shop’s page',
  target: 'proxy',
  variant: 'plain',
  arrange: asked(
    { product: 'gift-card-250', orderId: 'page-1' },
    { origin: 'https://shop.example' },
  ),
  works: {
    status: 201,
    shows: ({ headers }) => headers['access-control-allow-origin'] === 'https://shop.example',
  },
  groups: [
    {
      threat: 'T4',
      rule: 'only pages of the shop',
      answer: 'foreign page',
      tries: each(
        {
          'a stranger’s': 'https://evil.example',
          null: 'null',
          empty: '',
          'the name before': 'https://shop.example.evil.example',
          'the name behind': 'https://evilshop.example',
          'a name below': 'https://www.shop.example',
          'upper case': 'https://SHOP.example',
          'not https': 'http://shop.example',
          'another port': 'https://shop.example:8443',
          'the port said': 'https://shop.example:443',
          'a point behind': 'https://shop.example.',
          'a slash behind': 'https://shop.example/',
          'a path': 'https://shop.example/checkout',
          'a user': 'https://evil@shop.example',
          two: 'https://shop.example, https://evil.example',
          'two, parted by a blank': 'https://shop.example https://evil.example',
          'a star': '*',
          'a file': 'file://',
          'an extension': 'chrome-extension://abcdefghijklmnop',
          'a look-alike': 'https://xn--shp-tna.example',
          __proto__: '__proto__',
          'the sandbox': 'http://localhost',
        },
        (origin) => header({ origin }),
      ),
    },
    {
      threat: 'T29',
      rule: 'what a form can send is no request',
      answer: 'not JSON',
      tries: each(
        {
          'no type': null,
          'a form': 'application/x-www-form-urlencoded',
          'a file': 'multipart/form-data; boundary=x',
          'plain text': 'text/plain',
          'plain text that names JSON': 'text/plain; application/json',
          'JSON behind': 'text/plain, application/json',
          'a kind of JSON': 'application/problem+json',
          'text JSON': 'text/json',
          'JSON’s neighbour': 'application/jsonp',
          'half of it': 'application/',
          'a star': '*/*',
          XML: 'application/xml',
          empty: '',
        },
        (type) => header({ 'content-type': type }),
      ),
    },
    {
      threat: 'T28',
      rule: 'at most 16 KiB',
      answer: 'too large',
      tries: [
        ['padded', edit((text) => text + ' '.repeat(17_000))],
        ['a long member', json({ product: 'x'.repeat(17_000) })],
        [
          'its length not declared',
          both(
            edit((text) => text + ' '.repeat(17_000)),
            header({ 'transfer-encoding': 'chunked' }),
          ),
        ],
        ['deeply nested', edit(() => '['.repeat(17_000))],
      ],
    },
    {
      threat: 'T1',
      rule: 'what it says is said well',
      answer: 'invalid',
      tries: [
        ['nested as deep as goes', edit(() => '['.repeat(16_000))],
        ['no member', body('{}')],
        ['a number', body('1')],
        ['half a character', body('"\\ud800"')],
        ['with a mark before', edit((text) => `\uFEFF\uFEFF${text}`)],
        ['in UTF-16', edit((text) => Buffer.from(text, 'utf16le').toString('latin1'))],
        ['packed', edit(() => '\x1f\x8b\b')],
      ],
    },
    {
      threat: 'T34',
      rule: 'posted, to this path',
      answer: 'not supported',
      tries: [
        ...each(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'PROPFIND'], (method) =>
          verb(method),
        ),
        [
          'GET that wants to be POST',
          both(
            verb('GET'),
            header({
              'x-http-method-override': 'POST',
              'x-method-override': 'POST',
              'x-http-method': 'POST',
            }),
          ),
        ],
        ...each(
          [
            '/v1/checkouts/',
            '//v1/checkouts',
            '/v1//checkouts',
            '/V1/checkouts',
            '/v1/Checkouts',
            '/v1/checkouts.json',
            '/v1/checkouts;x',
            '/v1/checkouts%2f',
            '/v1%2fcheckouts',
            '/v1/%63heckouts/',
            '/v2/checkouts',
            '/checkouts',
            '/v1/checkouts%00',
            '/v1/./checkouts',
            '/v1/x/../checkouts',
            '/v1/x/%2e%2e/checkouts',
            '/v1/%2e/checkouts',
          ],
          (other) => path(() => other),
        ),
      ],
    },
    {
      threat: 'T28',
      rule: 'one request is one request',
      answer: 'not a request',
      tries: [
        ['two lengths', raw((text) => ['content-length: 5', `content-length: ${text.length}`])],
        [
          'a length and chunks',
          raw((text) => [`content-length: ${text.length}`, 'transfer-encoding: chunked']),
        ],
        ['chunks, written strangely', raw(() => ['transfer-encoding: xchunked'])],
        ['a negative length', raw(() => ['content-length: -1'])],
        ['a length with a plus', raw((text) => [`content-length: +${text.length}`])],
        [
          'a header with a blank before its colon',
          raw((text) => ['x-a : b', `content-length: ${text.length}`]),
        ],
        [
          'a folded header',
          raw((text) => [
            'x-a: b',
            '\tc: d',
            'content-length : 1',
            `content-length: ${text.length}`,
          ]),
        ],
        ['no host', raw((text) => [`content-length: ${text.length}`], '')],
        ['a NUL in a header', raw((text) => ['x-a: \0', `content-length: ${text.length}`])],
        [
          'very many headers',
          raw((text) => [
            ...Array.from({ length: 3000 }, (_, index) => `x-${index}: y`),
            `content-length: ${text.length}`,
          ]),
        ],
        [
          'a very long header',
          raw((text) => [`x-a: ${'y'.repeat(20_000)}`, `content-length: ${text.length}`]),
        ],
        [
          'no HTTP at all',
          () => ({ method: '', path: '', headers: {}, bytes: 'HELO shop.example\r\n\r\n' }),
        ],
        [
          'HTTP/2 without asking',
          () => ({ method: '', path: '', headers: {}, bytes: 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n' }),
        ],
      ],
    },
  ],
}

/** The request as bytes, with headers as no client would send them. */
function raw(headers: (text: string) => readonly string[], host = 'host: localhost') {
  return (request: Mark['request']): Mark['request'] => {
    const text = String(request.body ?? '')
    const lines = [
      `${request.method} ${request.path} HTTP/1.1`,
      ...(host ? [host] : []),
      'content-type: application/json',
      'connection: close',
      ...headers(text),
    ]
    return { ...request, bytes: `${lines.join('\r\n')}\r\n\r\n${text}` }
  }
}
