/**
 * Requests that an outsider wrote by hand: lines of HTTP, headers that should lead elsewhere, texts of JSON.
 * @module
 */
import type { Change, Family } from '../attack.ts'
import { each, edit, instead, json } from '../change.ts'
import type { Request } from '../send.ts'
import { asked } from './asking.ts'

/** The request with these lines instead of its own. */
const raw =
  (...lines: readonly string[]): Change =>
  (request) => ({ ...request, bytes: toBytes(request, lines) })

const toBytes = ({ body = '' }: Request, lines: readonly string[]): string =>
  [
    ...lines,
    ...(lines.some((line) => /^content-length|^transfer-encoding/i.test(line))
      ? []
      : [`content-length: ${String(body).length}`]),
    '',
    String(body),
  ].join('\r\n')

const POST = 'POST /v1/checkouts HTTP/1.1'
const HEAD = ['host: localhost', 'content-type: application/json', 'connection: close'] as const

export const OUTSIDER_LINES: Family = {
  name: 'an outsider’s lines',
  target: 'proxy',
  variant: 'plain',
  arrange: asked({ product: 'gift-card-250', orderId: 'lines-1' }),
  works: { status: 201 },
  groups: [
    {
      threat: 'T28',
      rule: 'what could be read as two requests is none',
      answer: 'not a request',
      tries: [
        [
          'chunked twice',
          raw(POST, ...HEAD, 'transfer-encoding: chunked', 'transfer-encoding: identity'),
        ],
        [
          'chunked behind a tab, and a length',
          raw(POST, ...HEAD, 'transfer-encoding:\tchunked', 'content-length: 45'),
        ],
        ['a hexadecimal length', raw(POST, ...HEAD, 'content-length: 0x15')],
        ['a blank before the colon of the host', raw(POST, 'host : localhost', ...HEAD.slice(1))],
        ['a folded host', raw(POST, 'host: localhost', ' x: y', ...HEAD.slice(1))],
        [
          'lines that end too early',
          (request) => ({ ...request, bytes: [POST, ...HEAD, '', ''].join('\n') }),
        ],
        ['an address of another host’s alone', raw('GET evil.example:80 HTTP/1.1', ...HEAD)],
        ['no address at all', raw('GET http://[ HTTP/1.1', ...HEAD)],
        ['a star', raw('OPTIONS * HTTP/1.1', ...HEAD)],
        ['a line to somewhere else', raw('CONNECT evil.example:80 HTTP/1.1', ...HEAD)],
        ['an expectation that nobody knows', raw(POST, ...HEAD, 'expect: 200-ok')],
      ],
    },
    {
      threat: 'T34',
      rule: 'a header leads nowhere else, and none comes back',
      answer: 'not found',
      tries: each(
        {
          'x-original-url': { 'x-original-url': '/v1/merchant/checkouts' },
          'x-rewrite-url': { 'x-rewrite-url': '/metrics' },
          'x-forwarded-prefix': { 'x-forwarded-prefix': '/v1/merchant' },
          'x-forwarded-path': { 'x-forwarded-path': '/openapi.json' },
          'a script as the request’s id': { 'x-request-id': 'abc"><script>' },
          'a line break as the request’s id': { 'x-request-id': 'abc%0d%0aset-cookie: x' },
        },
        (headers) => instead(() => ({ method: 'GET', path: '/nothing', headers, body: '' })),
      ),
    },
    {
      threat: 'T1',
      rule: 'what it says is said well, and once',
      answer: 'invalid',
      tries: [
        ...each(
          {
            'its quantity twice': '{"product":"tasting","quantity":1,"quantity":0}',
            'its quantity once more, escaped': String.raw`{"product":"tasting","quantity":1,"quan\u0074ity":0}`,
            'less than none': '{"product":"tasting","quantity":-0}',
            'beyond what numbers hold': '{"product":"tasting","quantity":9007199254740993}',
            'no number': '{"product":"tasting","quantity":NaN}',
            'everything in a prototype': '{"__proto__":{"product":"tasting"}}',
            'its product in a prototype':
              '{"amount":"1","currency":"TRY","__proto__":{"product":"x"}}',
            'two of it': '{"product":"tasting"}{"product":"tasting"}',
            'a list of it': '[{"product":"tasting"}]',
          },
          (text) => edit(() => text),
        ),
        ...each(['=cmd|x', '-1+1', '<b>', 'LC-é', 'a%20b', 'a/b', '\u202Ex'], (orderId) =>
          json({ orderId }),
        ),
      ],
    },
  ],
}
