/**
 * LiPayKripto's documented notification is not signed: all that proves it is the payment's own address, and
 * that everything in it fits.
 * @module
 */
import assert from 'node:assert/strict'
import type { Family } from '../attack.ts'
import { body, both, each, edit, header, instead, json, members, path, verb } from '../change.ts'
import { OWN_KEY, guessToken, hmacHex } from '../knowledge.ts'
import type { Mark, Stage } from '../stage.ts'

const REFUSED = 'notification refused'

/** A payment that its provider confirms; we have not heard of it yet. */
export async function arrangeNotice(stage: Stage): Promise<Mark> {
  const begun = await stage.begin('lipaykripto')
  const request = await stage.catchNotice(begun, 'confirm')
  return { request, checkoutId: begun.checkout.id, begun, more: {} }
}

const town = ({ town: { lipaykripto } }: Stage) => lipaykripto ?? assert.fail('no town')
const token = (path: string): string => path.split('/').at(-1) ?? ''
const anothersToken = (which: 'pending' | 'twin' | 'dear' | 'paid' | 'canceled' | 'expired') =>
  path((_path, _mark, stage) => town(stage)[which].webhook)

export const LIPAYKRIPTO: Family = {
  name: 'an unsigned notification of LiPayKripto',
  target: 'lipaykripto',
  variant: 'plain',
  arrange: arrangeNotice,
  works: { status: 200, becomes: 'paid' },
  groups: [
    {
      threat: 'T7',
      rule: 'only to the address of the payment itself',
      answer: REFUSED,
      tries: [
        ['no address of its own', path(() => '/v1/webhooks/lipaykripto')],
        ['a guessed address', path(() => `/v1/webhooks/lipaykripto/${guessToken()}`)],
        ['all zeros', path(() => `/v1/webhooks/lipaykripto/${'A'.repeat(43)}`)],
        ['a letter less', path((text) => text.slice(0, -1))],
        ['a letter more', path((text) => `${text}A`)],
        ['two letters swapped', path((text) => text.replace(/(.)(.)$/, '$2$1x'))],
        ['upper case', path((text) => text.replace(token(text), token(text).toUpperCase()))],
        [
          'the payment’s id instead',
          path((_, { begun }) => `/v1/webhooks/lipaykripto/${begun?.payment.id}`),
        ],
        [
          'the checkout’s id instead',
          path((_, { checkoutId }) => `/v1/webhooks/lipaykripto/${checkoutId}`),
        ],
        [
          'the hash that is stored of it',
          path((text) => `/v1/webhooks/lipaykripto/${hashOf(token(text))}`),
        ],
        [
          'the address in the query',
          path((text) => `/v1/webhooks/lipaykripto?token=${token(text)}`),
        ],
        ['with a NUL', path((text) => `${text}%00`)],
        ['with a line break', path((text) => `${text}%0a`)],
        ['a star', path(() => '/v1/webhooks/lipaykripto/*')],
        ['SQL', path(() => `/v1/webhooks/lipaykripto/'%20or%20'1'='1`)],
      ],
    },
    {
      threat: 'T7',
      rule: 'of another shopper’s payment',
      answer: REFUSED,
      tries: [
        ['at the address of one at the same price', anothersToken('twin')],
        ['at the address of an expensive one', anothersToken('dear')],
        ['at the address of one that is paid', anothersToken('paid')],
        ['at the address of a canceled one', anothersToken('canceled')],
        ['at an address whose time is over', anothersToken('expired')],
        ...each(['twin', 'dear', 'paid', 'canceled', 'expired'], (which) =>
          json((_, stage) => ({ payment_id: town(stage)[which].payment.id })),
        ),
        [
          'the provider’s own number of it',
          json(({ begun }) => ({ payment_id: begun?.payment.ref })),
        ],
        ['the checkout’s id', json(({ checkoutId }) => ({ payment_id: checkoutId }))],
        ['the order’s number', json(({ begun }) => ({ payment_id: begun?.checkout.orderId }))],
        ['no id', json({ payment_id: undefined })],
        ['an empty id', json({ payment_id: '' })],
        ['null', json({ payment_id: null })],
        ['a list with the id', json(({ begun }) => ({ payment_id: [begun?.payment.id] }))],
        ['upper case', json(({ begun }) => ({ payment_id: begun?.payment.id.toUpperCase() }))],
        ['a blank behind', json(({ begun }) => ({ payment_id: `${begun?.payment.id} ` }))],
        ['a NUL behind', json(({ begun }) => ({ payment_id: `${begun?.payment.id}\0` }))],
      ],
    },
    {
      threat: 'T7',
      rule: 'of this client',
      answer: REFUSED,
      tries: members('client_id', {
        'another client': 'another-client',
        'no client': undefined,
        empty: '',
        null: null,
        'upper case': 'SANDBOX-LIPAY-CLIENT',
        'a blank before': ' sandbox-lipay-client',
        'a list': ['sandbox-lipay-client'],
        'an object': { client: 'sandbox-lipay-client' },
      }),
    },
    {
      threat: 'T7',
      rule: 'of the price, to the last digit',
      answer: REFUSED,
      tries: each(
        {
          'a kurus less': 299.99,
          'a kurus more': 300.01,
          'a hundredth': 3,
          'a hundred times': 30_000,
          nothing: 0,
          'less than nothing': -300,
          'no amount': undefined,
          null: null,
          'not an amount': '300,00',
          'an exponent': '3e2',
          hexadecimal: '0x12c',
          'full-width digits': '３００',
          'Arabic digits': '٣٠٠',
          'a leading zero': '0300',
          'a plus': '+300',
          blanks: ' 300 ',
          'a currency': '300 TRY',
          'a list': [300],
          'an object': { amount: 300 },
          true: true,
          'in the other currency of the order': '12.50',
          'not a number': 'NaN',
          endless: 'Infinity',
          'beyond all digits': '300.0000000000000000001',
        },
        (try_amount) => json({ try_amount }),
      ),
    },
    {
      threat: 'T7',
      rule: 'a status of the document',
      answer: REFUSED,
      tries: each(
        {
          'upper case': 'CONFIRMED',
          'a blank behind': 'confirmed ',
          'the SDK’s word for a withdrawal': 'completed',
          'another’s word': 'paid',
          success: 'success',
          'our word': 'review',
          pending: 'pending',
          'no status': undefined,
          null: null,
          'a number': 1,
          'a list': ['confirmed'],
          true: true,
          __proto__: '__proto__',
          constructor: 'constructor',
        },
        (status) => json({ status }),
      ),
    },
    {
      threat: 'T7',
      rule: 'a notification as documented',
      answer: REFUSED,
      tries: [
        ['nothing', body('')],
        ['null', body('null')],
        ['a list of it', edit((text) => `[${text}]`)],
        ['a text', edit((text) => JSON.stringify(text))],
        ['cut off', edit((text) => text.slice(0, -1))],
        ['twice', edit((text) => text + text)],
        [
          'a form',
          edit((text) =>
            new URLSearchParams(JSON.parse(text) as Record<string, string>).toString(),
          ),
        ],
        [
          'another’s last member wins',
          edit((text, _, stage) =>
            text.replace(/}$/, `,"payment_id":"${town(stage).dear.payment.id}"}`),
          ),
        ],
        [
          'the amount twice, the last one less',
          edit((text) => text.replace(/}$/, ',"try_amount":1}')),
        ],
        ['under a member', edit((text) => `{"data":${text}}`)],
        ['in the prototype', edit((text) => `{"__proto__":${text}}`)],
        ['in UTF-16', edit((text) => Buffer.from(text, 'utf16le').toString('latin1'))],
        ['with a comment', edit((text) => text.replace('{', '{/* */'))],
        ['with single quotes', edit((text) => text.replaceAll('"', "'"))],
        [
          'a withdrawal’s, of this payment',
          instead(({ begun, request }) => ({
            body: JSON.stringify({
              success: true,
              clientId: 'sandbox-lipay-client',
              status: 'completed',
              tryAmount: 300,
              requestId: begun?.payment.id,
            }),
            path: request.path,
          })),
        ],
        [
          'PayCrypto’s',
          edit((_, { begun }) =>
            JSON.stringify({ cust_order_id: begun?.payment.id, order_id: '1', status: 1 }),
          ),
        ],
        [
          'Lincoln’s',
          body(
            'orderId=000000000000000000000000&newStatus=done&inAmount=300&outAmount=300&xml_from=TRX&xml_to=TRY&timestamp=1700000000',
          ),
        ],
      ],
    },
    {
      threat: 'T7',
      rule: 'in at most 64 KiB',
      answer: 'too large for a notification',
      tries: [
        ['padded with blanks', edit((text) => text + ' '.repeat(70_000))],
        [
          'padded, its length not declared',
          both(
            edit((text) => text + ' '.repeat(70_000)),
            header({ 'transfer-encoding': 'chunked' }),
          ),
        ],
      ],
    },
    {
      threat: 'T7',
      rule: 'of this provider',
      answer: REFUSED,
      tries: [
        ...each(['paycrypto', 'lincoln', 'redoya', 'cryptom'], (name) =>
          path((text) => text.replace('lipaykripto', name)),
        ),
        ...each(
          [
            'LiPayKripto',
            'LIPAYKRIPTO',
            'lipaykripto ',
            'lipay',
            '__proto__',
            'constructor',
            'toString',
            'hasOwnProperty',
            'undefined',
            'null',
            '%00lipaykripto',
            'lipaykripto%00',
            'ⅼipaykripto',
          ],
          (name) =>
            path((text) => text.replace('lipaykripto', encodeURI(name).replaceAll('%25', '%'))),
        ),
      ],
    },
    {
      threat: 'T34',
      rule: 'posted to this address and no other way',
      answer: 'not supported',
      tries: [
        ...each(
          ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND'],
          (method) => verb(method),
        ),
        [
          'GET that wants to be POST',
          both(verb('GET'), header({ 'x-http-method-override': 'POST' })),
        ],
      ],
    },
    {
      threat: 'T34',
      rule: 'under this path and no other spelling of it',
      answer: 'not found in any way',
      tries: [
        ['a folder deeper', path((text) => `${text}/x`)],
        ['a slash at the end', path((text) => `${text}/`)],
        ['two slashes inside', path((text) => text.replace('/lipaykripto/', '/lipaykripto//'))],
        ['two slashes before', path((text) => `/${text}`)],
        ['in other letters', path((text) => text.replace('/v1/', '/V1/'))],
        ['a dot between', path((text) => text.replace('/v1/', '/v1/./'))],
        ['there and back', path((text) => text.replace('/v1/', '/v2/../v1/'))],
        ['there and back, encoded', path((text) => text.replace('/v1/', '/v2/%2e%2e/v1/'))],
        ['backslashes', path((text) => text.replaceAll('/', '\\'))],
        ['with a parameter', path((text) => text.replace('/webhooks', '/webhooks;x=1'))],
      ],
    },
  ],
}

/** After an end, or at an address that the shopper could read. */
export const LIPAYKRIPTO_REPLAYS: Family = {
  name: 'a captured notification of LiPayKripto',
  target: 'lipaykripto',
  variant: 'plain',
  arrange: arrangeNotice,
  works: { status: 200, becomes: 'paid' },
  groups: [
    {
      threat: 'T7',
      rule: 'burned once the payment is at its end',
      answer: REFUSED,
      tries: [
        ['the genuine one of a paid payment, again', instead((_, stage) => town(stage).paid.proof)],
        [
          'the same, as failed',
          both(
            instead((_, stage) => town(stage).paid.proof),
            json({ status: 'failed' }),
          ),
        ],
        [
          'a canceled one whose address has gone',
          both(
            anothersToken('expired'),
            json((_, stage) => ({ payment_id: town(stage).expired.payment.id })),
          ),
        ],
        [
          'with a signature of his own',
          edit((text) =>
            JSON.stringify({
              ...(JSON.parse(text) as object),
              payment_id: 'x',
              signature: hmacHex(text, OWN_KEY),
            }),
          ),
        ],
        [
          'the proof of a cheap one for this',
          instead((_, stage) => ({ body: town(stage).paid.proof.body ?? '' })),
        ],
        [
          'the proof of a cheap one for an expensive one',
          instead((_, stage) => ({ ...town(stage).paid.proof, path: town(stage).dear.webhook })),
        ],
        [
          'his own, renamed to the expensive one',
          both(
            instead((_, stage) => town(stage).paid.proof),
            json((_, stage) => ({ payment_id: town(stage).dear.payment.id, try_amount: 900 })),
          ),
        ],
      ],
    },
  ],
}

const hashOf = (text: string): string => Buffer.from(hmacHex(text, ''), 'hex').toString('base64url')
