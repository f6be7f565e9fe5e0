/**
 * What LiPayKripto says of a withdrawal: to the payout's own address, in the document's unsigned form or in
 * the newer, signed one.
 * @module
 */
import assert from 'node:assert/strict'
import type { Family, Group } from '../attack.ts'
import { body, each, edit, json, members, path, verb } from '../change.ts'
import { OWN_KEY, guessToken, signLipay } from '../knowledge.ts'
import type { Mark, Stage } from '../stage.ts'
import { payoutBody } from './decisions.ts'

const REFUSED = 'notification refused'

interface Held {
  readonly paymentId: string
  readonly body: string
}

/** Made, and carried out by the provider; we have not heard of it yet. */
async function arrange({ shop, lastWebhook }: Stage): Promise<Mark> {
  const requestId = `W-notice-${(payouts += 1)}`
  const made = await shop.merchant('POST', '/payouts', { ...payoutBody, requestId })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  const id = `withdrawal:${requestId}`
  await shop.play('lipaykripto', id, 'confirm')
  const held = await shop.control<readonly Held[]>('GET', '/notifications')
  const notice = held.findLast(({ paymentId }) => paymentId === id) ?? assert.fail('said nothing')
  const headers = { 'content-type': 'application/json' }
  const request = { method: 'POST', path: lastWebhook(), headers, body: notice.body }
  return { request, checkoutId: null, more: { requestId } }
}
let payouts = 0

const ILL_BOUND: readonly Group[] = [
  {
    threat: 'T30',
    rule: 'to the payout’s own address',
    answer: REFUSED,
    tries: [
      ['the common address', path(() => '/v1/webhooks/lipaykripto')],
      ['a guessed address', path(() => `/v1/webhooks/lipaykripto/${guessToken()}`)],
      ['the payout’s id', path((_, { more }) => `/v1/webhooks/lipaykripto/${more['requestId']}`)],
      ['to PayCrypto', path((text) => text.replace('lipaykripto', 'paycrypto'))],
      ['to Lincoln', path((text) => text.replace('lipaykripto', 'lincoln'))],
      ['to Redoya', path((text) => text.replace('lipaykripto', 'redoya'))],
    ],
  },
  {
    threat: 'T30',
    rule: 'of this payout, this client and this amount',
    answer: REFUSED,
    tries: [
      ...each(['W-genuine', '', 'W-notice', '__proto__'], (requestId) =>
        json({ requestId, paymentId: requestId }),
      ),
      ...members('clientId', ['another', '']),
      ...members('tryAmount', { less: '99.99', more: '100.01', none: undefined, words: 'x' }),
      ['no status', json({ status: undefined })],
      ['a status that is no text', json({ status: 1 })],
      ['nothing', body('')],
      ['a list of it', edit((text) => `[${text}]`)],
    ],
  },
  {
    threat: 'T34',
    rule: 'posted and nothing else',
    answer: 'not supported',
    tries: each(['GET', 'HEAD', 'PUT', 'DELETE'], (method) => verb(method)),
  },
]

const noticed = (variant: string, what: string, groups: readonly Group[]): Family => ({
  name: `a notification of a payout, ${what}`,
  target: 'lipaykripto',
  variant,
  arrange,
  works: { status: 200 },
  groups: [...ILL_BOUND, ...groups],
})

export const PAYOUT_NOTICES: readonly Family[] = [
  noticed('plain', 'unsigned', []),
  noticed('signed', 'signed', [
    {
      threat: 'T30',
      rule: 'signed by the provider',
      answer: REFUSED,
      tries: [
        ['no signature', json({ signature: undefined })],
        ['zeros', json({ signature: '0'.repeat(64) })],
        [
          'with a key of his own',
          edit((text) => {
            const { signature: _signature, ...members } = JSON.parse(text) as Record<
              string,
              unknown
            >
            return signLipay(members, OWN_KEY)
          }),
        ],
        ['another status under it', json({ status: 'failed' })],
      ],
    },
  ]),
]
