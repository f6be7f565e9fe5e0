/**
 * “I have paid”, said by a shopper or in a provider’s name: a reason to ask, and no proof.
 * @module
 */
import type { Family } from '../attack.ts'
import { both, each, json, path } from '../change.ts'
import { PROVIDERS } from '../../proxy/shop.ts'
import type { ProviderName } from '../../proxy/shop.ts'
import { JSON_TYPE } from '../send.ts'
import { nearMisses, quarter } from './ids.ts'
import { WORDS } from './said.ts'

/** "I have paid": a reason to ask, for every provider. */
const sent = (provider: ProviderName): Family => ({
  name: `“I have paid” by ${provider}`,
  target: provider,
  variant: 'plain',
  async arrange(stage) {
    const begun = await stage.begin(provider)
    const { id } = begun.checkout
    const request = {
      method: 'POST',
      path: `/v1/checkouts/${id}/sent`,
      headers: JSON_TYPE,
      body: '{}',
    }
    await stage.sender.send(request)
    return { request, checkoutId: id, begun, more: {} }
  },
  works: { status: 200, becomes: 'pending' },
  groups: [
    WORDS,
    {
      threat: 'T1',
      rule: 'a shopper’s word is not proof',
      answer: 'taken',
      effect: 'asks',
      tries: [
        ['paid', json({ paid: true })],
        ['not paid', json({ paid: false })],
        [
          'said of an expensive one',
          both(
            json({ paid: true }),
            path(
              (_, __, stage) => `/v1/checkouts/${quarter(stage, provider).dear.checkout.id}/sent`,
            ),
          ),
        ],
        [
          'said of one that is over',
          both(
            json({ paid: true }),
            path(
              (_, __, stage) =>
                `/v1/checkouts/${quarter(stage, provider).expired.checkout.id}/sent`,
            ),
          ),
        ],
        [
          'said of one where nothing was picked',
          both(
            json({ paid: true }),
            path((_, __, stage) => `/v1/checkouts/${quarter(stage, provider).choosing.id}/sent`),
          ),
        ],
      ],
    },
    {
      threat: 'T1',
      rule: 'yes or no',
      answer: 'invalid',
      tries: each({ 'a word': 'true', 'a number': 1, null: null, 'a list': [true] }, (paid) =>
        json({ paid }),
      ),
    },
    nearMisses('/sent'),
  ],
})

export const SENT: readonly Family[] = PROVIDERS.map(sent)

/** Cryptom sends nothing: whatever comes in its name is nobody's. */
export const CRYPTOM: Family = {
  name: 'a word in Cryptom’s name',
  target: 'cryptom',
  variant: 'plain',
  async arrange(stage) {
    const begun = await stage.begin('cryptom')
    await stage.shop.play('cryptom', begun.payment.ref, 'pay')
    const { id } = begun.checkout
    const request = {
      method: 'POST',
      path: `/v1/checkouts/${id}/sent`,
      headers: JSON_TYPE,
      body: '{}',
    }
    return { request, checkoutId: id, begun, more: {} }
  },
  works: { status: 200, becomes: 'paid' },
  groups: [
    {
      threat: 'T7',
      rule: 'no notification is known of it',
      answer: 'notification refused',
      tries: [
        ...each(
          [
            '/v1/webhooks/cryptom',
            '/v1/webhooks/cryptom/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
            '/v1/webhooks/Cryptom',
            '/v1/webhooks/redoya',
            '/v1/webhooks/redoya/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
            '/v1/webhooks/__proto__',
            '/v1/webhooks/constructor',
          ],
          (other) =>
            both(
              path(() => other),
              json(({ begun }) => ({
                _id: begun?.payment.ref,
                status: 'DONE',
                isTransferComplete: true,
                totalTransferAmount: '12.5',
              })),
            ),
        ),
        [
          'at the checkout’s id',
          both(
            path((_, { checkoutId }) => `/v1/webhooks/cryptom/${checkoutId}`),
            json({ isTransferComplete: true }),
          ),
        ],
        [
          'at the payment’s id',
          both(
            path((_, { begun }) => `/v1/webhooks/cryptom/${begun?.payment.id}`),
            json({ isTransferComplete: true }),
          ),
        ],
      ],
    },
    {
      threat: 'T26',
      rule: 'its own paths are not ours',
      answer: 'not found',
      tries: each(
        [
          '/auth',
          '/api/transaction/create',
          '/api/transaction',
          '/qr/6b0134ae937c6d8a369f2252',
          '/api/transaction/cancel/6b0134ae937c6d8a369f2252',
          '/v1/providers/cryptom',
          '/v1/cryptom/transaction',
        ],
        (other) => path(() => other),
      ),
    },
  ],
}
