/**
 * PayCrypto signs several events at once. None carries an amount: whatever comes is a reason to ask, and what
 * is not signed not even that, but for the flat form of its FAQ.
 * @module
 */
import assert from 'node:assert/strict'
import type { Change, Family } from '../attack.ts'
import { body, each, edit, header, instead, json, path, verb } from '../change.ts'
import { OWN_KEY, guessToken, hmacBase64, hmacHex, signPaycrypto } from '../knowledge.ts'
import type { Request } from '../send.ts'
import type { Mark, Stage } from '../stage.ts'

const REFUSED = 'notification refused'

export const stringify = (value: unknown): string => JSON.stringify(value)

/** Paid at the provider; we have not heard of it yet. */
export async function arrange(stage: Stage): Promise<Mark> {
  const begun = await stage.begin('paycrypto')
  const request = await stage.catchNotice(begun, 'success')
  return { request, checkoutId: begun.checkout.id, begun, more: {} }
}

export const town = ({ town: { paycrypto } }: Stage) => paycrypto ?? assert.fail('no town')

const eventsOf = ({ body: text }: Request): string[] =>
  (JSON.parse(String(text)) as { events: string[] }).events

export const event = (paymentId: string, ref: string, status: unknown, id = 'forged'): string =>
  stringify({
    id,
    create_time: 1_795_000_000_000,
    params: { order_id: ref, cust_order_id: paymentId, status },
  })

/** Signed anew: by another key, at another time, with another action. */
export const resigned =
  (key: string, { action = 'order_result', timestamp = '' } = {}): Change =>
  (request) => ({
    ...request,
    ...signPaycrypto(
      { timestamp: timestamp || String(request.headers['timestamp']), action },
      eventsOf(request),
      key,
    ),
  })

/** Other events under the signature of these. */
const events = (change: (events: string[], mark: Mark, stage: Stage) => unknown): Change =>
  edit((text, mark, stage) => {
    const batch = JSON.parse(text) as { action: string; events: string[] }
    return stringify({ ...batch, events: change(batch.events, mark, stage) })
  })

const retold = (status: unknown) =>
  events((_, { begun }) => [event(begun?.payment.id ?? '', begun?.payment.ref ?? '', status)])

export const PAYCRYPTO: Family = {
  name: 'a signed batch of PayCrypto',
  target: 'paycrypto',
  variant: 'plain',
  arrange,
  works: { status: 200, becomes: 'paid' },
  groups: [
    {
      threat: 'T9',
      rule: 'signed by the provider',
      answer: REFUSED,
      tries: [
        ['no signature', header({ signature: null })],
        ['an empty one', header({ signature: '' })],
        ['with a key of his own', resigned(OWN_KEY)],
        ['with an empty key', resigned('')],
        ['with the API secret', resigned('5a4db0c0-0000-4000-8000-0000000000a1')],
        ['with the API key', resigned('5a4db0c05a4db0c05a4db0c05a4db0c0')],
        ['with the passphrase', resigned('sandbox-passphrase')],
        [
          'one letter changed',
          header(({ request }) => ({ signature: flip(String(request.headers['signature'])) })),
        ],
        [
          'cut off',
          header(({ request }) => ({
            signature: String(request.headers['signature']).slice(0, -2),
          })),
        ],
        [
          'without its padding',
          header(({ request }) => ({
            signature: String(request.headers['signature']).replace('=', ''),
          })),
        ],
        [
          'base64url',
          header(({ request }) => ({
            signature: `${String(request.headers['signature']).replaceAll('/', '_').replaceAll('+', '-')}-`,
          })),
        ],
        [
          'in hex',
          header(({ request }) => ({
            signature: Buffer.from(String(request.headers['signature']), 'base64').toString('hex'),
          })),
        ],
        [
          'lower case',
          header(({ request }) => ({
            signature: String(request.headers['signature']).toLowerCase(),
          })),
        ],
        [
          'twice',
          header(({ request }) => ({
            signature: `${String(request.headers['signature'])}, ${String(request.headers['signature'])}`,
          })),
        ],
        [
          'in the body instead',
          (request) => ({
            ...request,
            headers: {
              'content-type': 'application/json',
              timestamp: String(request.headers['timestamp']),
            },
            body: stringify({
              ...(JSON.parse(String(request.body)) as object),
              signature: request.headers['signature'],
            }),
          }),
        ],
        [
          'in the query instead',
          (request) => ({
            ...request,
            path: `${request.path}?signature=${encodeURIComponent(String(request.headers['signature']))}`,
            headers: {
              'content-type': 'application/json',
              timestamp: String(request.headers['timestamp']),
            },
          }),
        ],
        [
          'of a request of his own to the provider',
          (request) => ({
            ...request,
            headers: {
              ...request.headers,
              signature: hmacBase64(
                `${String(request.headers['timestamp'])}POST/api/v1/payment`,
                OWN_KEY,
              ),
            },
          }),
        ],
        ['hex of the right length', header({ signature: hmacHex('', '').slice(0, 44) })],
      ],
    },
    {
      threat: 'T9',
      rule: 'of the moment that was signed, in milliseconds',
      answer: REFUSED,
      tries: [
        ...each(
          {
            none: null,
            empty: '',
            'in seconds': '1795000000',
            'in microseconds': '1795000000000000',
            'another one': '1795000000000',
            'a decimal': '1795000000000.0',
            'an exponent': '1.795e12',
            negative: '-1795000000000',
            'not a number': 'NaN',
            'with a blank': '1795000000000 1',
            'a date': 'Sat, 21 Nov 2026 15:00:00 GMT',
          },
          (timestamp) => header({ timestamp }),
        ),
        [
          'a millisecond later',
          header(({ request }) => ({
            timestamp: String(Number(request.headers['timestamp']) + 1),
          })),
        ],
        [
          'twice',
          header(({ request }) => ({
            timestamp: `${String(request.headers['timestamp'])}, ${String(request.headers['timestamp'])}`,
          })),
        ],
        [
          'under another name',
          (request) => ({
            ...request,
            headers: {
              'content-type': 'application/json',
              'x-timestamp': String(request.headers['timestamp']),
              signature: String(request.headers['signature']),
            },
          }),
        ],
      ],
    },
    {
      threat: 'T9',
      rule: 'what was signed, and in its order',
      answer: REFUSED,
      tries: [
        ['another status', retold(4)],
        ['the same status, made up', retold(1)],
        [
          'another payment',
          events((_, __, stage) => [
            event(town(stage).dear.payment.id, town(stage).dear.payment.ref ?? '', 1),
          ]),
        ],
        [
          'one event more',
          events((known, _, stage) => [...known, event(town(stage).dear.payment.id, '', 1)]),
        ],
        [
          'one event before',
          events((known, _, stage) => [event(town(stage).dear.payment.id, '', 1), ...known]),
        ],
        ['twice', events((known) => [...known, ...known])],
        ['none', events(() => [])],
        ['an object instead of a list', events(([first]) => ({ 0: first }))],
        [
          'objects instead of texts',
          events((known) => known.map((each) => JSON.parse(each) as unknown)),
        ],
        ['a blank inside', events((known) => known.map((each) => each.replace('{', '{ ')))],
        ['another action', json({ action: 'kyc-status' })],
        ['no action', json({ action: undefined })],
        ['an action in upper case', json({ action: 'ORDER_RESULT' })],
        ['an action with what was signed inside', json({ action: 'order_result&events=' })],
        ['an action that ends in a line break', json({ action: 'order_result\n' })],
        ['the action twice', edit((text) => text.replace(/}$/, ',"action":"order_results"}'))],
        [
          'the events twice',
          edit((text, _, stage) =>
            text.replace(
              /}$/,
              `,"events":[${stringify(event(town(stage).dear.payment.id, '', 1))}]}`,
            ),
          ),
        ],
        [
          'a signed paid one of his, with this inside',
          instead((mark, stage) => ({
            ...town(stage).paid.proof,
            path: mark.request.path,
            body: mark.request.body ?? '',
          })),
        ],
        [
          'his own proof, its events replaced',
          instead((mark, stage) => ({
            headers: town(stage).paid.proof.headers,
            body: mark.request.body ?? '',
          })),
        ],
        [
          'of his proof only the moment',
          (request, _, stage) => ({
            ...request,
            headers: {
              ...request.headers,
              timestamp: String(town(stage).paid.proof.headers['timestamp']),
            },
          }),
        ],
        ['201 events', events((known) => Array.from({ length: 201 }, () => known[0]))],
      ],
    },
    {
      threat: 'T9',
      rule: 'a notification as documented',
      answer: REFUSED,
      tries: [
        ['nothing', body('')],
        ['null', body('null')],
        ['a number', body('1')],
        ['a list of it', edit((text) => `[${text}]`)],
        ['cut off', edit((text) => text.slice(0, -1))],
        ['a form', body('action=order_result&events=%5B%5D')],
        [
          'the flat form with SQL',
          body(stringify({ cust_order_id: "' or '1'='1", order_id: 'y', status: 1 })),
        ],
        [
          'the flat form with a NUL',
          body(stringify({ cust_order_id: '\0', order_id: 'y', status: 1 })),
        ],
        ['the flat form without a status', body(stringify({ cust_order_id: 'x', order_id: 'y' }))],
        ['the flat form without our id', body(stringify({ order_id: 'y', status: 1 }))],
        [
          'the flat form, its status a list',
          body(stringify({ cust_order_id: 'x', order_id: 'y', status: [1] })),
        ],
        [
          'LiPayKripto’s',
          edit((_, { begun }) =>
            stringify({
              try_amount: 300,
              client_id: 'sandbox-lipay-client',
              payment_id: begun?.payment.id,
              status: 'confirmed',
            }),
          ),
        ],
      ],
    },
    {
      threat: 'T9',
      rule: 'to this provider, at an address that it was given',
      answer: REFUSED,
      tries: [
        ['a guessed address', path(() => `/v1/webhooks/paycrypto/${guessToken()}`)],
        [
          'an address of LiPayKripto',
          path((_, __, stage) =>
            (stage.town.lipaykripto?.pending.webhook ?? '').replace('lipaykripto', 'paycrypto'),
          ),
        ],
        ['to LiPayKripto', path((text) => text.replace('paycrypto', 'lipaykripto'))],
        ['to Lincoln', path((text) => text.replace('paycrypto', 'lincoln'))],
        ['to Cryptom, which sends none', path((text) => text.replace('paycrypto', 'cryptom'))],
        ['to Redoya, which sends none', path((text) => text.replace('paycrypto', 'redoya'))],
        ['to nobody', path((text) => text.replace('paycrypto', 'nobody'))],
      ],
    },
    {
      threat: 'T34',
      rule: 'posted and nothing else',
      answer: 'not supported',
      tries: each(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'], (method) =>
        verb(method),
      ),
    },
  ],
}

const flip = (text: string): string => (text.startsWith('A') ? 'B' : 'A') + text.slice(1)
