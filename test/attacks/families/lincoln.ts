/**
 * Lincoln's notification is a form with a hash that does not cover all of it, at an address of the payment's
 * own. Whatever it says, the order itself is asked for.
 * @module
 */
import assert from 'node:assert/strict'
import type { Family } from '../attack.ts'
import { body, each, edit, form, header, instead, path, verb } from '../change.ts'
import { OWN_KEY, guessToken, hashLincoln } from '../knowledge.ts'
import type { Mark, Stage } from '../stage.ts'

const REFUSED = 'notification refused'

/** Paid out at the provider; we have not heard of it yet. */
export async function arrange(stage: Stage): Promise<Mark> {
  const begun = await stage.begin('lincoln')
  const request = await stage.catchNotice(begun, 'done')
  return { request, checkoutId: begun.checkout.id, begun, more: {} }
}

const town = ({ town: { lincoln } }: Stage) => lincoln ?? assert.fail('no town')

export const LINCOLN: Family = {
  name: 'a notification of Lincoln',
  target: 'lincoln',
  variant: 'plain',
  arrange,
  works: { status: 200, becomes: 'paid' },
  groups: [
    {
      threat: 'T10',
      rule: 'only to the address of the payment itself',
      answer: REFUSED,
      tries: [
        ['the common address', path(() => '/v1/webhooks/lincoln')],
        ['a guessed address', path(() => `/v1/webhooks/lincoln/${guessToken()}`)],
        ['a letter less', path((text) => text.replace(/(lincoln\/[\w-]{42})[\w-]/, '$1'))],
        ['a letter more', path((text) => text.replace(/(lincoln\/[\w-]{43})/, '$1A'))],
        ['the payment’s id', path((_, { begun }) => `/v1/webhooks/lincoln/${begun?.payment.id}`)],
        [
          'the order’s id over there',
          path((_, { begun }) => `/v1/webhooks/lincoln/${begun?.payment.ref}`),
        ],
        [
          'the return’s token',
          path((_, { begun }) => `/v1/webhooks/lincoln/${begun?.back.split('/').at(-1)}`),
        ],
        ...each(['pending', 'twin', 'dear', 'paid', 'canceled', 'expired'], (which) =>
          path((_, __, stage) => town(stage)[which as 'twin'].webhook),
        ),
        ...each(
          [
            'paycrypto',
            'lipaykripto',
            'cryptom',
            'redoya',
            'Lincoln',
            'LINCOLN',
            '__proto__',
            'constructor',
          ],
          (name) => path((text) => text.replace('/lincoln/', `/${name}/`)),
        ),
      ],
    },
    {
      threat: 'T10',
      rule: 'of the order that was made for this payment',
      answer: REFUSED,
      tries: [
        ...each(['twin', 'dear', 'paid', 'canceled'], (which) =>
          form((_, stage) => ({ orderId: town(stage)[which as 'twin'].payment.ref ?? '' })),
        ),
        ...each(
          {
            none: null,
            empty: '',
            'upper case': 'ABCDEF0123456789ABCDEF01',
            zeros: '0'.repeat(24),
            'too short': '6b0322138735450',
            'with a colon': 'a:b',
            __proto__: '__proto__',
            'a star': '*',
          },
          (orderId) => form({ orderId }),
        ),
        ['as a list', edit((text) => text.replace('orderId=', 'orderId[]='))],
        ['as a list, encoded', edit((text) => text.replace('orderId=', 'orderId%5B0%5D='))],
        ['a blank behind', edit((text) => text.replace(/orderId=(\w+)/, 'orderId=$1+'))],
        ['a NUL behind', edit((text) => text.replace(/orderId=(\w+)/, 'orderId=$1%00'))],
      ],
    },
    {
      threat: 'T10',
      rule: 'every field of its form, once',
      answer: REFUSED,
      tries: [
        ...each(['newStatus', 'inAmount', 'outAmount', 'xml_from', 'xml_to', 'timestamp'], (name) =>
          form({ [name]: null }),
        ),
        ['a status with a colon', form({ newStatus: 'done:12.5' })],
        ['a status with digits', form({ newStatus: 'done1' })],
        ['a status too long', form({ newStatus: 'd'.repeat(31) })],
        ['an amount with a colon', form({ inAmount: '12.5:1' })],
        ['an amount with a sign', form({ inAmount: '-12.5' })],
        ['an amount with an exponent', form({ inAmount: '1e3' })],
        ['an amount with a comma', form({ inAmount: '12,5' })],
        ['an amount in full-width digits', form({ inAmount: '１２.５' })],
        ['an amount beyond all digits', form({ outAmount: '9'.repeat(16) })],
        ['a code in lower case', form({ xml_from: 'usdttrc20' })],
        ['a code with a colon', form({ xml_to: 'CARD:UAH' })],
        ['a moment with a colon', form({ timestamp: '1795000000:1' })],
        ['a moment of nine digits', form({ timestamp: '179500000' })],
        [
          'JSON instead',
          edit((text) => JSON.stringify(Object.fromEntries(new URLSearchParams(text)))),
        ],
        ['nothing', body('')],
      ],
    },
    {
      threat: 'T10',
      rule: 'no field twice: one would be checked, and the other used',
      answer: 'refused for being doubled',
      tries: [
        [
          'another order’s id before',
          edit((text, _, stage) => `orderId=${town(stage).dear.payment.ref}&${text}`),
        ],
        [
          'another order’s id behind',
          edit((text, _, stage) => `${text}&orderId=${town(stage).dear.payment.ref}`),
        ],
        ...each(
          ['newStatus', 'inAmount', 'outAmount', 'xml_from', 'xml_to', 'timestamp', 'hash'],
          (name) => edit((text) => `${text}&${name}=${new URLSearchParams(text).get(name) ?? ''}`),
        ),
      ],
    },
    {
      threat: 'T34',
      rule: 'posted and nothing else',
      answer: 'not supported',
      tries: each(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'TRACE'], (method) => verb(method)),
    },
  ],
}

/** Waits for the shopper's money. What follows knows the payment's own address. */
export async function arrangeUnpaid(stage: Stage): Promise<Mark> {
  const begun = await stage.begin('lincoln')
  await stage.shop.request('POST', `/v1/checkouts/${begun.checkout.id}/sent`, {})
  const { proof } = town(stage).paid
  const fields = new URLSearchParams(String(proof.body))
  fields.set('orderId', begun.payment.ref ?? '')
  fields.set('newStatus', 'waitPayment')
  const request = { ...proof, path: begun.webhook, body: fields.toString() }
  return { request, checkoutId: begun.checkout.id, begun, more: {} }
}

/** Retold, and hashed with a key that is not the order's. */
export const rehashed = (fields: Record<string, string>, secret: string) =>
  edit((text) => {
    const params = new URLSearchParams({
      ...Object.fromEntries(new URLSearchParams(text)),
      ...fields,
    })
    params.set('hash', hashLincoln(params, secret))
    return params.toString()
  })

/** Answers of two kinds are right: what has no good hash may be a reason to ask, or refused. */
const HEARD = 'heard or refused'

export const LINCOLN_HINTS: Family = {
  name: 'a reason to ask Lincoln',
  target: 'lincoln',
  variant: 'plain',
  arrange: arrangeUnpaid,
  works: { status: 200, becomes: 'pending' },
  groups: [
    {
      threat: 'T10',
      rule: 'nobody is believed “done”, not even at the payment’s own address',
      answer: HEARD,
      effect: 'asks',
      tries: [
        ['done', form({ newStatus: 'done' })],
        ['done, with a hash of his own', rehashed({ newStatus: 'done' }, OWN_KEY)],
        ['done, with an empty secret', rehashed({ newStatus: 'done' }, '')],
        ['inProgress', form({ newStatus: 'inProgress' })],
        ['inProgressPayout', form({ newStatus: 'inProgressPayout' })],
        ['returned', form({ newStatus: 'returned' })],
        ['deleted', form({ newStatus: 'deleted' })],
        ['errorPayment', form({ newStatus: 'errorPayment' })],
        ['hold', form({ newStatus: 'hold' })],
        ['a status that nobody knows', form({ newStatus: 'paid' })],
        ['more than was due', form({ newStatus: 'done', inAmount: '99999' })],
        ['less than was due', form({ newStatus: 'done', inAmount: '0.01' })],
        ['another coin', form({ newStatus: 'done', xml_from: 'BTC' })],
        ['another coin out', form({ newStatus: 'done', xml_to: 'BTC' })],
        [
          'what the hash does not cover: orderUID',
          form((_, stage) => ({ newStatus: 'done', orderUID: town(stage).paid.payment.ref ?? '' })),
        ],
        [
          'what the hash does not cover: toValues',
          form({ newStatus: 'done', 'toValues[0][value]': 'TThiefThiefThiefThiefThiefThief1' }),
        ],
        ['an old moment', form({ newStatus: 'done', timestamp: '1000000000' })],
        ['a moment to come', form({ newStatus: 'done', timestamp: '9999999999999' })],
        ['without a hash', form({ newStatus: 'done', hash: null })],
        [
          'the hash in a header',
          (request) => ({ ...request, headers: { ...request.headers, hash: '0'.repeat(64) } }),
        ],
        ['the hash in the query', path((text) => `${text.split('?')[0]}?hash=${'0'.repeat(64)}`)],
        ['under another name', form({ newStatus: 'done', hash: null, checksum: '0'.repeat(64) })],
        ['as JSON’s type', header({ 'content-type': 'application/json' })],
        ['of no type', header({ 'content-type': null })],
        ['a captured one, later', instead(({ request }) => request)],
      ],
    },
    {
      threat: 'T10',
      rule: 'the proof of his own order is none for another',
      answer: REFUSED,
      tries: [
        [
          'the proof of a cheap one',
          instead(({ begun }, stage) => ({
            ...town(stage).paid.proof,
            path: begun?.webhook ?? '',
          })),
        ],
        [
          'the proof of a cheap one, at an expensive one',
          instead((_, stage) => ({ ...town(stage).paid.proof, path: town(stage).dear.webhook })),
        ],
        [
          'the proof of a cheap one, at a canceled one',
          instead((_, stage) => ({
            ...town(stage).paid.proof,
            path: town(stage).canceled.webhook,
          })),
        ],
        [
          'the proof of a cheap one, at one whose time is over',
          instead((_, stage) => ({ ...town(stage).paid.proof, path: town(stage).expired.webhook })),
        ],
      ],
    },
  ],
}
