/**
 * With the merchant’s key: he slips, or somebody who has it asks for what it does not open.
 * @module
 */
import assert from 'node:assert/strict'
import type { Family, Group } from '../attack.ts'
import { each, edit, header, json, members, path } from '../change.ts'
import { JSON_TYPE } from '../send.ts'
import { KEY } from './merchant.ts'

/** With the key: the merchant slips, or somebody who has it asks for what it does not open. */
export const DECISIONS: Family = {
  name: 'a decision of a person’s',
  target: 'proxy',
  variant: 'plain',
  async arrange(stage) {
    const begun = await stage.begin('paycrypto')
    await stage.sender.send(await stage.catchNotice(begun, 'abnormal'))
    await stage.shop.becomes(begun.checkout, 'review')
    const { id } = begun.checkout
    const request = {
      method: 'POST',
      path: `/v1/merchant/checkouts/${id}/resolve`,
      headers: { ...KEY, ...JSON_TYPE },
      body: JSON.stringify({ status: 'paid', note: 'seen in the wallet' }),
    }
    return { request, checkoutId: id, begun, more: {} }
  },
  works: { status: 200, becomes: 'paid' },
  groups: [
    {
      threat: 'T30',
      rule: 'said in full, by its words',
      answer: 'invalid',
      tries: [
        ...members('status', [
          'PAID',
          'success',
          'pending',
          'expired',
          'refunding',
          '',
          '__proto__',
        ]),
        ...members('status', { none: undefined, number: 1, null: null, list: ['paid'] }),
        ...members('note', {
          none: undefined,
          empty: '',
          number: 1,
          'too long': 'x'.repeat(501),
          'a NUL': 'a\0',
        }),
        ...members('paymentId', {
          'not an id': 'x',
          'a path': '../x',
          number: 1,
          null: null,
          'upper case': 'A'.repeat(32),
        }),
        ['a member more', json({ amount: '1' })],
        ['a receipt', json({ receipt: 'x' })],
      ],
    },
    {
      threat: 'T30',
      rule: 'only of what waits for a person',
      answer: 'not in review',
      tries: [
        ...each(['pending', 'dear', 'canceled', 'paid'], (which) =>
          path(
            (_, __, { town }) =>
              `/v1/merchant/checkouts/${(town.paycrypto ?? assert.fail())[which as 'dear'].checkout.id}/resolve`,
          ),
        ),
        [
          'nothing was picked',
          path(
            (_, __, { town }) =>
              `/v1/merchant/checkouts/${(town.paycrypto ?? assert.fail()).choosing.id}/resolve`,
          ),
        ],
        [
          'a payment of another checkout',
          json((_, { town }) => ({ paymentId: town.lincoln?.review.payment.id })),
        ],
        ['a payment that nobody made', json({ paymentId: '0'.repeat(32) })],
      ],
    },
    {
      threat: 'T30',
      rule: 'of a checkout that there is',
      answer: 'not found',
      tries: each(['AAAAAAAAAAAAAAAAAAAAAA', '__proto__', '*', 'x'], (id) =>
        path(() => `/v1/merchant/checkouts/${id}/resolve`),
      ),
    },
    {
      threat: 'T29',
      rule: 'in JSON',
      answer: 'not JSON',
      tries: each({ 'a form': 'application/x-www-form-urlencoded', none: null }, (type) =>
        header({ 'content-type': type }),
      ),
    },
  ],
}

/** What the merchant asks for. */
export const payoutBody = {
  provider: 'lipaykripto',
  requestId: 'W-genuine',
  amount: '100.00',
  currency: 'TRY',
  asset: 'TRX',
  address: 'TXaxqXSZkZAsXmnFWYc6MPFdSXkUP1H3gq',
}

export const PAYOUTS: Family = {
  name: 'a payout',
  target: 'lipaykripto',
  variant: 'plain',
  arrange: async () => ({
    request: {
      method: 'POST',
      path: '/v1/merchant/payouts',
      headers: { ...KEY, ...JSON_TYPE },
      body: JSON.stringify(payoutBody),
    },
    checkoutId: null,
    more: {},
  }),
  works: { status: 201, shows: ({ text }) => text.includes('"status":"pending"') },
  groups: [
    {
      threat: 'T30',
      rule: 'said in full, in its words',
      answer: 'invalid',
      tries: [
        ...members('amount', {
          zero: '0',
          negative: '-1',
          exponent: '1e2',
          comma: '1,0',
          number: 100,
          none: undefined,
          'full width': '１００',
          'too fine': '1.0000000000000000001',
          null: null,
        }),
        ...members('currency', ['USD', 'try', '', 'XXX']),
        ...members('asset', ['BTC', 'trx', '', 'T&X', 'TRX\n']),
        ...members('address', [
          '',
          'short',
          'T&currency=USD',
          '0x'.padEnd(101, '0'),
          'TXaxqXSZkZAsXmnFWYc6MPFdSXkUP1H3g=',
          'TXaxqXSZkZAsXmnFWYc6 MPFdSXkUP1H3gq',
          'ТXaxqXSZkZAsXmnFWYc6MPFdSXkUP1H3gq',
        ]),
        ...members('requestId', ['', 'a b', 'a&b=c', '../x', 'x'.repeat(65), 'a\n', '__proto__ ']),
        ['a member more', json({ webhookUrl: 'https://evil.example' })],
        ['a list of it', edit((text) => `[${text}]`)],
      ],
    },
    {
      threat: 'T30',
      rule: 'within what is allowed, by whom it is possible',
      answer: 'no payout',
      tries: [
        ...members('amount', ['1000.01', '9999999999999']),
        ...members('provider', ['cryptom', 'LiPayKripto', '__proto__', 'constructor', 'x']),
      ],
    },
  ],
}

const sentAgain: Group = {
  threat: 'T30',
  rule: 'one id, one payout',
  answer: 'payout conflict',
  tries: [
    ['another amount', json({ amount: '100.01' })],
    ['another address', json({ address: 'TCCKyMytL3LQ1X4AcEuSYnvSmoxWauiDiN' })],
    ['another coin', json({ asset: 'USDT' })],
  ],
}

/** Once it was made. */
export const PAYOUTS_AGAIN: Family = {
  ...PAYOUTS,
  name: 'a payout that was made',
  async arrange(stage) {
    const text = JSON.stringify({ ...payoutBody, requestId: 'W-again' })
    const request = {
      method: 'POST',
      path: '/v1/merchant/payouts',
      headers: { ...KEY, ...JSON_TYPE },
      body: text,
    }
    await stage.sender.send(request)
    return { request, checkoutId: null, more: {} }
  },
  works: { status: 200 },
  groups: [
    sentAgain,
    {
      threat: 'T30',
      rule: 'the same again moves no money',
      answer: 'taken',
      tries: [['again', (request) => request]],
    },
  ],
}
