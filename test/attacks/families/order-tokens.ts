/**
 * The order token is the price. Whoever can make one, or change one, pays what he likes (SECURITY T1 to T3).
 * @module
 */
import type { Family } from '../attack.ts'
import { each, edit, json, members } from '../change.ts'
import { OWN_KEY, readJwt, rejoin } from '../knowledge.ts'
import { ORDER_SECRET } from '../../proxy/support.ts'
import type { Stage } from '../stage.ts'
import {
  arrange,
  token,
  claims,
  signedWith,
  said,
  saidEach,
  NOW_S,
  FORGED_AMOUNTS,
} from './tokens.ts'

export const ORDER_TOKENS: Family = {
  name: 'an order token',
  target: 'proxy',
  variant: 'plain',
  arrange,
  works: { status: 201, shows: ({ text }) => text.includes('"amount":"300.00"') },
  groups: [
    {
      threat: 'T1',
      rule: 'not a claim changed under the signature',
      answer: 'no order token',
      tries: [
        ...each(FORGED_AMOUNTS, (amount) => claims({ amount })).map(
          ([name, change]) => [`the amount: ${name}`, change] as const,
        ),
        ['the currency', claims({ currency: 'JPY' })],
        ['a coin for the currency', claims({ currency: 'USDT' })],
        ['the order’s number', claims({ orderId: 'A-1' })],
        ['a cheap alternative', claims({ alternatives: [{ amount: '0.01', currency: 'USDT' }] })],
        ['other methods', claims({ methods: ['redoya'] })],
        ['another page', claims({ successUrl: 'https://evil.example/' })],
        ['another audience', claims({ aud: 'another' })],
        ['a longer life', claims({ exp: NOW_S * 2 })],
        ['made later', claims({ iat: NOW_S + 9_000_000 })],
        ['a claim more', claims({ paid: true })],
      ],
    },
    {
      threat: 'T2',
      rule: 'signed by the merchant, in the one way that is configured',
      answer: 'no order token',
      tries: [
        [
          'alg none, the signature left',
          token((text) => rejoin({ alg: 'none' }, readJwt(text).claims, readJwt(text).signature)),
        ],
        ['half a signature', token((text) => text.slice(0, -19))],
        ['a letter changed', token((text) => `${text.slice(0, -9)}A${text.slice(-8)}`)],
        ['zeros', token((text) => text.replace(/[^.]+$/, 'A'.repeat(43)))],
        ['a key of his own', signedWith(OWN_KEY)],
        ['an empty key', signedWith(Buffer.alloc(0))],
        ['a key of zeros', signedWith(Buffer.alloc(32))],
        ['the name of the setting', signedWith('ORDER_SECRET')],
        ['the merchant’s API key', signedWith('test-merchant-key-0123456789-abcdef-not')],
        ['Redoya’s secret', signedWith('sandbox-redoya-secret-0001')],
        ['the public key as a secret', signedWith('-----BEGIN PUBLIC KEY-----')],
        ['HS384', signedWith(ORDER_SECRET, { alg: 'HS384' })],
        ['HS512', signedWith(ORDER_SECRET, { alg: 'HS512' })],
        ['ES256', signedWith(ORDER_SECRET, { alg: 'ES256' })],
        ['RS256', signedWith(ORDER_SECRET, { alg: 'RS256' })],
        ['EdDSA', signedWith(ORDER_SECRET, { alg: 'EdDSA' })],
        ['dir', signedWith(ORDER_SECRET, { alg: 'dir', enc: 'A256GCM' })],
        ['no alg', signedWith(ORDER_SECRET, { alg: undefined })],
        ['an alg that is a list', signedWith(ORDER_SECRET, { alg: ['HS256'] })],
        ['a kid that is a path', signedWith(OWN_KEY, { kid: '../../../../dev/null' })],
        ['a kid that is SQL', signedWith(OWN_KEY, { kid: "x' union select 'key" })],
        ['a jku', signedWith(OWN_KEY, { jku: 'https://evil.example/jwks.json' })],
        [
          'a jwk',
          signedWith(OWN_KEY, {
            jwk: { kty: 'oct', k: Buffer.from(OWN_KEY).toString('base64url') },
          }),
        ],
        ['an x5u', signedWith(OWN_KEY, { x5u: 'https://evil.example/cert' })],
        ['an x5c', signedWith(OWN_KEY, { x5c: ['AAAA'] })],
        ['crit that nobody knows', signedWith(ORDER_SECRET, { crit: ['evil'], evil: true })],
        ['b64 false', signedWith(ORDER_SECRET, { b64: false, crit: ['b64'] })],
        ['a token of Redoya', token((_, stage) => redoyaToken(stage))],
        ['a token of LiPayKripto', token((_, stage) => lipayToken(stage))],
        [
          'a receipt',
          token(
            (_, stage) => stage.shop.receiver.told.find(({ data }) => data.receipt)?.data.receipt,
          ),
        ],
        ['the header no JSON', token((text) => text.replace(/^[^.]+/, 'AAAA'))],
        [
          'the header a list',
          token((text) => text.replace(/^[^.]+/, Buffer.from('[]').toString('base64url'))),
        ],
        [
          'the payload no JSON',
          token(() => `${Buffer.from('{"alg":"HS256"}').toString('base64url')}.AAAA.AAAA`),
        ],
      ],
    },
    {
      threat: 'T2',
      rule: 'three parts, none of them empty',
      answer: 'not a token',
      tries: [
        [
          'alg none',
          token((text) => rejoin({ alg: 'none', typ: 'cc-order+jwt' }, readJwt(text).claims, '')),
        ],
        [
          'alg None',
          token((text) => rejoin({ alg: 'None', typ: 'cc-order+jwt' }, readJwt(text).claims, '')),
        ],
        ['no signature', token((text) => text.replace(/[^.]+$/, ''))],
        ['no signature and no point', token((text) => text.replace(/\.[^.]+$/, ''))],
        ['five parts, as if encrypted', token((text) => `${text}.AAAA.AAAA`)],
        ['four parts', token((text) => `${text}.AAAA`)],
        ['points alone', token(() => '..')],
        ['one word', token(() => 'token')],
        [
          'a JSON of its parts',
          token((text) =>
            JSON.stringify({
              payload: text.split('.')[1],
              protected: text.split('.')[0],
              signature: text.split('.')[2],
            }),
          ),
        ],
        ['a blank before', token((text) => ` ${text}x`)],
        ['Bearer before', token((text) => `Bearer ${text}`)],
        ['line breaks inside', token((text) => text.replace('.', '.\n\n').slice(0, -2))],
      ],
    },
    {
      threat: 'T2',
      rule: 'for this shop, of this kind, and within its time',
      answer: 'bad order token',
      tries: [
        ...saidEach('aud', {
          another: 'another',
          none: undefined,
          empty: '',
          'one of several': ['crypto-checkout', 'another'],
          'in upper case': 'CRYPTO-CHECKOUT',
          'a number': 1,
        }),
        ...saidEach('exp', {
          past: NOW_S - 9_000_000,
          none: undefined,
          null: null,
          text: '9999999999',
          'for ever': 9_999_999_999,
          'a decimal': NOW_S + 100_000.5,
          negative: -1,
          zero: 0,
        }),
        ...saidEach('iat', {
          none: undefined,
          'long ago': 1,
          'to come': NOW_S + 9_000_000,
          text: String(NOW_S),
          null: null,
        }),
        ['nbf: to come', said({ nbf: NOW_S + 9_000_000 })],
        ['typ: JWT', said({}, { typ: 'JWT' })],
        ['typ: none', said({}, { typ: undefined })],
        ['typ: a receipt’s', said({}, { typ: 'cc-receipt+jwt' })],
        ['typ: an access token’s', said({}, { typ: 'at+jwt' })],
      ],
    },
    {
      threat: 'T5',
      rule: 'amounts and words as they must be, even where the merchant slips',
      answer: 'bad order token',
      tries: [
        ...saidEach('amount', { ...FORGED_AMOUNTS, 'a digit less': undefined }),
        ...saidEach('currency', {
          none: undefined,
          'lower case': 'try',
          unknown: 'XXQ',
          'with a network': 'USDT-TRC20',
          empty: '',
          'a number': 949,
          __proto__: '__proto__',
          'look-alike': 'ТRY',
          null: null,
          'of a past age': 'TRL1',
        }),
        ...saidEach('orderId', {
          none: undefined,
          empty: '',
          'a path': '../../x',
          'a line break': 'A\r\nB',
          'too long': 'A'.repeat(129),
          'a number': 1,
          'a NUL': 'A\0',
          'a blank': 'A 1',
          'a script': '<script>',
          SQL: "A'--",
          null: null,
          'full width': 'Ａ-1',
        }),
        ...saidEach('alternatives', {
          'no list': {},
          'without a currency': [{ amount: '1' }],
          'nothing for it': [{ amount: '0', currency: 'USDT' }],
          'one claim more': [{ amount: '1', currency: 'USDT', x: 1 }],
          eleven: Array.from({ length: 11 }, () => ({ amount: '1', currency: 'USDT' })),
        }),
        ...saidEach('paid', { true: true }),
        ...saidEach('status', { paid: 'paid' }),
        ...saidEach('source', { merchant: 'merchant' }),
        ...saidEach('prices', { cheap: [{ amount: '1', currency: 'TRY' }] }),
        ...saidEach('testMode', { true: true }),
        ...saidEach('metadata', { 'a number in it': { a: 1 }, 'no object': 'x' }),
        ...saidEach('customer', { 'a field more': { admin: 'true' }, 'no e-mail': { email: 'x' } }),
      ],
    },
    {
      threat: 'T19',
      rule: 'pages to come back to are the shop’s own',
      answer: 'invalid',
      tries: [
        ...saidEach('successUrl', {
          'a script': 'javascript:alert(1)',
          data: 'data:text/html,x',
          'no URL': '//evil.example',
          file: 'file:///etc/passwd',
          'a stranger’s': 'https://evil.example/',
          'the shop’s name before': 'https://shop.example.evil.example/',
          'the shop’s name as a user': 'https://shop.example@evil.example/',
          'with a user': 'https://user@shop.example/',
          'another port': 'https://shop.example:8443/',
          'not https': 'http://shop.example/',
          'with a backslash': 'https://shop.example\\@evil.example/',
          'a tab inside': 'https://shop\t.example/',
        }),
        ...saidEach('failUrl', { 'a stranger’s': 'https://evil.example/' }),
        ...saidEach('cancelUrl', { 'a stranger’s': 'https://evil.example/' }),
        ...saidEach('pendingUrl', { 'a stranger’s': 'https://evil.example/' }),
      ],
    },
    {
      threat: 'T1',
      rule: 'a browser brings the token and nothing beside it',
      answer: 'invalid',
      tries: [
        ...each(
          [
            'amount',
            'currency',
            'price',
            'orderId',
            'provider',
            'status',
            'testMode',
            'source',
            'product',
            'methods',
            'successUrl',
            'checkoutId',
            'isTest',
            'expiresAt',
            'receipt',
            'metadata',
          ],
          (name) => json({ [name]: '1.00' }),
        ),
        ['__proto__', edit((text) => text.replace('{', '{"__proto__":{"amount":"1.00"},'))],
        [
          'constructor',
          edit((text) => text.replace('{', '{"constructor":{"prototype":{"amount":"1.00"}},')),
        ],
        ...members('orderToken', {
          'a number': 1,
          null: null,
          'a list': ['a.b.c'],
          'an object': {},
          empty: '',
          'too long': 'A'.repeat(8001),
          true: true,
        }),
        ['a list of it', edit((text) => `[${text}]`)],
        ['a text', edit((text) => JSON.stringify(text))],
        ['null', edit(() => 'null')],
        ['nothing', edit(() => '')],
        ['cut off', edit((text) => text.slice(0, -1))],
        ['twice', edit((text) => text + text)],
        ['a comment', edit((text) => `${text}//`)],
        ['under another name', edit((text) => text.replace('orderToken', 'ordertoken'))],
        [
          'in the query',
          (request, { more }) => ({
            ...request,
            body: '{}',
            path: `${request.path}?orderToken=${more['orderToken']}`,
          }),
        ],
      ],
    },
    {
      threat: 'T1',
      rule: 'nothing is said twice',
      answer: 'invalid',
      tries: [
        [
          'the good one first, a forged one last',
          edit((text) => text.replace(/}$/, ',"orderToken":"a.b.c"}')),
        ],
        ['escaped', edit((text) => text.replace(/}$/, String.raw`,"order\u0054oken":"a.b.c"}`))],
      ],
    },
  ],
}

function redoyaToken({ town }: Stage): string {
  const action = town.redoya?.pending.checkout.payment?.nextAction
  return action?.type === 'redirect' ? (action.url.split('#')[1] ?? '') : ''
}

function lipayToken({ town }: Stage): string {
  const action = town.lipaykripto?.pending.checkout.payment?.nextAction
  return action?.type === 'redirect' ? (action.url.split('/').at(-1) ?? '') : ''
}
