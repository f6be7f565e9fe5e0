/**
 * Redoya’s only word comes with the shopper’s browser: an order’s id in the return address. What it is worth
 * is asked, and compared with the payment whose address it came to.
 * @module
 */
import assert from 'node:assert/strict'
import type { OrderToSign } from '../../../merchant/index.ts'
import type { Family } from '../attack.ts'
import { each, instead } from '../change.ts'
import { swapCase } from '../knowledge.ts'
import type { Mark, Stage } from '../stage.ts'
import { CHEAP } from '../stage.ts'
import { HOSTILE_IDS, withId } from './return-addresses.ts'

const town = ({ town: { redoya } }: Stage) => redoya ?? assert.fail('no town')

/** Paid on the card page; the shopper has not come back yet. */
async function arrange(stage: Stage, order: Partial<OrderToSign> = {}): Promise<Mark> {
  const begun = await stage.begin('redoya', order)
  const id = await stage.payByCard(begun)
  const request = { method: 'GET', path: `${begun.back}/${id}`, headers: {} }
  return { request, checkoutId: begun.checkout.id, begun, more: { id } }
}

/** The attacker's own order, made by him, honestly paid, and of another kind. */
const ownOrder =
  (order: Partial<OrderToSign>, outcome = 'success', spoilt: object = {}) =>
  async (_id: string, _mark: Mark, stage: Stage): Promise<string> =>
    stage.payByCard(await stage.begin('redoya', order), outcome, spoilt)

export const REDOYA: Family = {
  name: 'a return from Redoya',
  target: 'redoya',
  variant: 'plain',
  arrange: (stage) => arrange(stage),
  works: { status: 200, becomes: 'paid' },
  groups: HOSTILE_IDS,
}

export const REDOYA_ORDERS: Family = {
  name: 'another order of Redoya',
  target: 'redoya',
  variant: 'plain',
  arrange: (stage) => arrange(stage),
  works: { status: 200, becomes: 'paid' },
  groups: [
    {
      threat: 'T11',
      rule: 'paid by this payment’s own order: price, currency, mode and time are its',
      answer: 'goes on',
      effect: 'review',
      isAlone: true,
      tries: [
        ['a cheaper one (CVE-2026-2890)', withId(ownOrder({ ...CHEAP }))],
        ['a dearer one', withId(ownOrder({ amount: '900.00' }))],
        [
          'one that has paid for itself already',
          withId((_, __, stage) =>
            stage.shop
              .detail(town(stage).paid.checkout)
              .then(({ payments }) => payments[0]?.ref ?? ''),
          ),
        ],
        [
          'one at the same price that has paid already',
          withId(async (_, __, stage) => {
            const other = await arrange(stage)
            await stage.sender.send(other.request)
            await stage.shop.becomes({ id: other.checkoutId ?? '' } as never, 'paid')
            return other.more['id'] ?? ''
          }),
        ],
        ['a kurus less was paid', withId(ownOrder({}, 'success', { payment_amount: '29999' }))],
        ['a kurus more was paid', withId(ownOrder({}, 'success', { payment_amount: '30001' }))],
        ['lira instead of kurus', withId(ownOrder({}, 'success', { payment_amount: '300' }))],
        ['with a leading zero', withId(ownOrder({}, 'success', { payment_amount: '030000' }))],
        ['nothing was paid', withId(ownOrder({}, 'success', { payment_amount: '0' }))],
        ['in dollars', withId(ownOrder({}, 'success', { currency: 'USD' }))],
        [
          'in TRY, which is not what they say',
          withId(ownOrder({}, 'success', { currency: 'TRY' })),
        ],
        ['in no currency', withId(ownOrder({}, 'success', { currency: '' }))],
        ['play money', withId(ownOrder({}, 'success', { testMode: '1' }))],
      ],
    },
    {
      threat: 'T11',
      rule: 'what its provider does not say clearly is nothing',
      answer: 'goes on',
      effect: 'claims',
      tries: [
        ['a guessed id', withId(() => 'ABCDEFGHIJKLMNOP')],
        ['his own, in another case', withId((id) => swapCase(id))],
        ['his own, turned round', withId((id) => Array.from(id).toReversed().join(''))],
        [
          'a failed one at another price of play money',
          withId(ownOrder({}, 'failed', { testMode: '1' })),
        ],
        [
          'an amount that is no number',
          withId(ownOrder({}, 'success', { payment_amount: '30000.00' })),
        ],
        ['an amount with an exponent', withId(ownOrder({}, 'success', { payment_amount: '3e4' }))],
        ['a negative amount', withId(ownOrder({}, 'success', { payment_amount: '-30000' }))],
        [
          'an amount of full-width digits',
          withId(ownOrder({}, 'success', { payment_amount: '３００００' })),
        ],
        ['a mode that nobody knows', withId(ownOrder({}, 'success', { testMode: '2' }))],
      ],
    },
    {
      threat: 'T12',
      rule: 'what is paid is not moved by another’s order, though it is asked about',
      answer: 'goes on',
      effect: 'asks',
      tries: [
        [
          'an unpaid id at a paid checkout',
          instead((_, stage) => ({ path: `${town(stage).paid.back}/ABCDEFGHIJKLMNOP` })),
        ],
        [
          'his good id at a paid checkout',
          instead(({ more }, stage) => ({ path: `${town(stage).paid.back}/${more['id']}` })),
        ],
      ],
    },
    {
      threat: 'T12',
      rule: 'what has come to its end is not moved by another’s order',
      answer: 'goes on',
      tries: [
        ['the proof of a paid one, again', instead((_, stage) => town(stage).paid.proof)],
        [
          'with success in the query',
          instead((_, stage) => ({
            path: `${town(stage).pending.back}?status=success&checkout=${town(stage).dear.checkout.id}`,
          })),
        ],
      ],
    },
    {
      threat: 'T19',
      rule: 'on to the merchant’s own page, or to none',
      answer: 'goes on',
      tries: each(
        [
          'url',
          'returnUrl',
          'redirect',
          'next',
          'successUrl',
          'checkout',
          'page',
          'return_to',
          'RelayState',
          'continue',
        ],
        (name) =>
          instead((_, stage) => ({
            path: `${town(stage).paid.back}?${name}=https://evil.example/`,
          })),
      ),
    },
  ],
}

/** The same with play money: real money then proves nothing, either. */
export const REDOYA_TEST_MODE: Family = {
  name: 'a return from Redoya’s test mode',
  target: 'redoya',
  variant: 'signed',
  arrange: (stage) => arrange(stage),
  works: { status: 200, becomes: 'paid' },
  groups: [
    ...HOSTILE_IDS,
    {
      threat: 'T11',
      rule: 'of the mode that is configured',
      answer: 'goes on',
      effect: 'review',
      isAlone: true,
      tries: [
        ['real money', withId(ownOrder({}, 'success', { testMode: '0' }))],
        ['another price', withId(ownOrder({ ...CHEAP }))],
      ],
    },
  ],
}
