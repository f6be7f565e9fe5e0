/**
 * PayCrypto’s notifications that prove nothing: what anybody may say, and what was captured.
 * @module
 */
import type { Family } from '../attack.ts'
import { edit, instead, json, path } from '../change.ts'
import type { Mark, Stage } from '../stage.ts'
import { town, event, stringify } from './paycrypto.ts'

/** Pending at the provider. The attacker has captured what the provider sent for other orders. */
async function arrangeUnpaid(stage: Stage): Promise<Mark> {
  const begun = await stage.begin('paycrypto')
  const { id, ref } = begun.payment
  return {
    request: {
      method: 'POST',
      path: '/v1/webhooks/paycrypto',
      headers: { 'content-type': 'application/json' },
      body: stringify({ cust_order_id: id, order_id: ref, status: 1 }),
    },
    checkoutId: begun.checkout.id,
    begun,
    more: {},
  }
}

export const PAYCRYPTO_HINTS: Family = {
  name: 'a reason to ask PayCrypto',
  target: 'paycrypto',
  variant: 'plain',
  arrange: arrangeUnpaid,
  works: { status: 200, becomes: 'pending' },
  groups: [
    {
      threat: 'T9',
      rule: 'an unsigned “success” is a reason to ask, and no more',
      answer: 'taken',
      effect: 'asks',
      tries: [
        ['success', (request) => request],
        ['the status as text', json({ status: '1' })],
        ['refunded', json({ status: 8 })],
        ['failed', json({ status: 4 })],
        ['canceled', json({ status: 5 })],
        ['expired', json({ status: 6 })],
        ['a status that nobody knows', json({ status: 99 })],
        ['with an amount', json({ amount: '12.50', paid_amount: '12.50', paid_currency: 'USDT' })],
        [
          'our id, the number of his paid one',
          json((_, stage) => ({ order_id: town(stage).paid.payment.ref })),
        ],
        ['by the provider’s number alone is unknown', json({ cust_order_id: 'unknown' })],
        ['an expensive one', json((_, stage) => ({ cust_order_id: town(stage).dear.payment.id }))],
        ['at its own address', path((_, { begun }) => begun?.webhook ?? '')],
        [
          'at its own address, of another',
          (request, { begun }, stage) => ({
            ...request,
            path: begun?.webhook ?? '',
            body: stringify({
              cust_order_id: town(stage).dear.payment.id,
              order_id: '1',
              status: 1,
            }),
          }),
        ],
        [
          'of a canceled one',
          json((_, stage) => ({ cust_order_id: town(stage).canceled.payment.id })),
        ],
        [
          'of a paid one, as failed',
          json((_, stage) => ({ cust_order_id: town(stage).paid.payment.id, status: 4 })),
        ],
        [
          'of LiPayKripto’s payment',
          json((_, stage) => ({ cust_order_id: stage.town.lipaykripto?.pending.payment.id })),
        ],
        [
          'of Cryptom’s payment',
          json((_, stage) => ({ cust_order_id: stage.town.cryptom?.pending.payment.id })),
        ],
        [
          'half a character',
          edit((text) => text.replace('"status"', String.raw`"x":"\ud800","status"`)),
        ],
      ],
    },
    {
      threat: 'T9',
      rule: 'a captured batch has the effect that it had, once',
      answer: 'taken',
      effect: 'asks',
      tries: [
        ['again', instead((_, stage) => town(stage).paid.proof)],
        ['and again', instead((_, stage) => town(stage).paid.proof)],
        [
          'at the common address',
          instead((_, stage) => ({ ...town(stage).paid.proof, path: '/v1/webhooks/paycrypto' })),
        ],
        [
          'at the address of an unpaid one',
          instead(({ begun }, stage) => ({
            ...town(stage).paid.proof,
            path: begun?.webhook ?? '',
          })),
        ],
        [
          'at the address of an expensive one',
          instead((_, stage) => ({ ...town(stage).paid.proof, path: town(stage).dear.webhook })),
        ],
        [
          'at the address of a canceled one',
          instead((_, stage) => ({
            ...town(stage).paid.proof,
            path: town(stage).canceled.webhook,
          })),
        ],
        [
          'at the address of an expired one',
          instead((_, stage) => ({ ...town(stage).paid.proof, path: town(stage).expired.webhook })),
        ],
      ],
    },
  ],
}

export const PAYCRYPTO_WITHOUT_SECRET: Family = {
  name: 'PayCrypto without a secret',
  target: 'paycrypto',
  variant: 'signed',
  arrange: arrangeUnpaid,
  works: { status: 200, becomes: 'pending' },
  groups: [
    {
      threat: 'T9',
      rule: 'a batch that nobody can check is a reason to ask, and no more',
      answer: 'taken',
      effect: 'asks',
      tries: [
        ['success, flat', (request) => request],
        [
          'success, in a batch',
          edit((_, { begun }) =>
            stringify({
              action: 'order_result',
              events: [event(begun?.payment.id ?? '', begun?.payment.ref ?? '', 1)],
            }),
          ),
        ],
        [
          'fifty times',
          edit((_, { begun }) =>
            stringify({
              action: 'order_result',
              events: Array.from({ length: 50 }, (__, index) =>
                event(begun?.payment.id ?? '', '', 1, `e${index}`),
              ),
            }),
          ),
        ],
        [
          'the same id, told otherwise',
          edit((_, { begun }) =>
            stringify({ action: 'order_result', events: [event(begun?.payment.id ?? '', '', 4)] }),
          ),
        ],
        ['another action', edit((text) => stringify({ action: 'refund', events: [text] }))],
        [
          'events that are no JSON object',
          edit(() => stringify({ action: 'order_result', events: ['1', 'null', '"x"', '[]'] })),
        ],
        [
          'one that cannot be read among others',
          edit((_, { begun }) =>
            stringify({
              action: 'order_result',
              events: ['{}', event(begun?.payment.id ?? '', '', 1, 'beside')],
            }),
          ),
        ],
      ],
    },
  ],
}
