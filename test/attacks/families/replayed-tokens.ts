/**
 * A good order token in the wrong hands: the same order, and no other one.
 * @module
 */
import assert from 'node:assert/strict'
import type { Family } from '../attack.ts'
import { both, each, instead, json } from '../change.ts'
import { arrange } from './tokens.ts'

/** The attacker's own order, cheap and paid; the token is still good. */
export const REPLAYED_TOKENS: Family = {
  name: 'a stolen order token',
  target: 'proxy',
  variant: 'plain',
  async arrange(stage) {
    const mark = await arrange(stage)
    const { checkout } = stage.town.lipaykripto?.paid ?? assert.fail('no town')
    const again = (amount: string, orderId = checkout.orderId) =>
      stage.shop.token({ orderId, amount })
    return {
      ...mark,
      more: {
        ...mark.more,
        paid: await again('30.00'),
        paidOtherwise: await again('30.0'),
        cheaper: await again('3.00'),
        dearer: await again('900.00'),
        otherCurrency: await stage.shop.token({
          orderId: checkout.orderId,
          amount: '30.00',
          currency: 'USD',
        }),
        scaled: await again('3000'),
        expired: await again(
          '30.00',
          (stage.town.redoya?.expired ?? assert.fail()).checkout.orderId,
        ),
      },
    }
  },
  works: { status: 201 },
  groups: [
    {
      threat: 'T3',
      rule: 'the same order again is the checkout that there is',
      answer: 'taken',
      tries: [
        ['a paid one', json(({ more }) => ({ orderToken: more['paid'] }))],
        [
          'the same amount, written otherwise',
          json(({ more }) => ({ orderToken: more['paidOtherwise'] })),
        ],
      ],
    },
    {
      threat: 'T3',
      rule: 'and at no other price',
      answer: 'conflict',
      tries: each(['cheaper', 'dearer', 'otherCurrency', 'scaled', 'expired'], (name) =>
        json(({ more }) => ({ orderToken: more[name] })),
      ),
    },
    {
      threat: 'T3',
      rule: 'nothing else of the shop is told for it',
      answer: 'unauthorized',
      tries: [
        [
          'as a key of the merchant’s',
          both(
            instead(({ more }) => ({
              path: '/v1/merchant/checkouts',
              method: 'GET',
              headers: { authorization: `Bearer ${more['orderToken']}` },
              body: '',
            })),
          ),
        ],
      ],
    },
  ],
}
