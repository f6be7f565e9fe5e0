/**
 * LiPayKripto with more than its document: signed notifications, a status call, or both. Once configured,
 * nothing weaker counts.
 * @module
 */
import type { Change, Family, Group } from '../attack.ts'
import { body, edit, json, members, path } from '../change.ts'
import { OWN_KEY, guessToken, hmacHex, signLipay } from '../knowledge.ts'
import type { Mark, Stage } from '../stage.ts'
import { arrangeNotice } from './lipaykripto.ts'

const REFUSED = 'notification refused'
const { stringify } = JSON

type Members = Record<string, unknown>

const read = (text: string): Members => JSON.parse(text) as Members

/** What is signed, edited; the signature stays that of the provider. */
const under = (change: (members: Members, mark: Mark) => Members): Change =>
  edit((text, mark) => stringify(change(read(text), mark)))

/** Edited, and signed anew with a key that is not the provider's. */
export const signedBy = (key: string): Change =>
  edit((text) => {
    const { signature: _signature, ...members } = read(text)
    return signLipay(members, key)
  })

const signature = (change: (hex: string, text: string) => unknown): Change =>
  edit((text) =>
    stringify({ ...read(text), signature: change(String(read(text)['signature']), text) }),
  )

/** Every way not to have the provider's signature. */
const FORGED: readonly Group[] = [
  {
    threat: 'T7',
    rule: 'no downgrade: what is not signed is nothing',
    answer: REFUSED,
    tries: [
      ['no signature', json({ signature: undefined })],
      [
        'the document’s unsigned form',
        edit((text) => {
          const { clientId, paymentId, status } = read(text)
          return stringify({ try_amount: 300, client_id: clientId, payment_id: paymentId, status })
        }),
      ],
      ['null', json({ signature: null })],
      ['true', json({ signature: true })],
      ['empty', json({ signature: '' })],
      ['a list', signature((hex) => [hex])],
      ['in another member', edit((text) => text.replace('"signature"', '"Signature"'))],
      ['in a header alone', edit((text) => text.replace(/,"signature":"\w+"/, ''))],
    ],
  },
  {
    threat: 'T7',
    rule: 'signed by the provider',
    answer: REFUSED,
    tries: [
      ['with a key of his own', signedBy(OWN_KEY)],
      ['with an empty key', signedBy('')],
      ['with the client’s id', signedBy('sandbox-lipay-client')],
      ['with the client’s secret', signedBy('sandbox-lipay-client-secret-0001')],
      ['with the secret of withdrawals', signedBy('sandbox-lipay-hmac-secret-0002')],
      ['with the key of the status call', signedBy('sandbox-lipay-status-key-0004')],
      ['with the name of the setting', signedBy('LIPAYKRIPTO_WEBHOOK_SECRET')],
      ['zeros', json({ signature: '0'.repeat(64) })],
      ['a digit less', signature((hex) => hex.slice(1))],
      ['a digit more', signature((hex) => `${hex}0`)],
      ['one digit changed', signature((hex) => (hex.startsWith('0') ? '1' : '0') + hex.slice(1))],
      ['upper case', signature((hex) => `${hex.slice(1).toUpperCase()}A`)],
      ['base64', signature((hex) => Buffer.from(hex, 'hex').toString('base64'))],
      ['the plain hash', signature((_, text) => hmacHex(text, ''))],
      ['a number', json({ signature: 1 })],
      ['twice', signature((hex) => hex + hex)],
    ],
  },
  {
    threat: 'T7',
    rule: 'every signed member as it was signed',
    answer: REFUSED,
    tries: [
      ['another amount', json({ tryAmount: '900.00' })],
      ['a kurus less', json({ tryAmount: '299.99' })],
      ['another payment', json({ paymentId: '0'.repeat(32) })],
      ['another status', json({ status: 'failed' })],
      ['another client', json({ clientId: 'another' })],
      ['success turned', json({ success: false })],
      ['a member more', json({ note: 'x' })],
      ['a member less', json({ success: undefined })],
      [
        'in another order',
        under(({ signature: hex, ...members }) => ({
          signature: hex,
          ...Object.fromEntries(Object.entries(members).toReversed()),
        })),
      ],
      ['the id twice, the last one wins', edit((text) => text.replace(/}$/, ',"paymentId":"x"}'))],
      [
        'the amount twice, the last one wins',
        edit((text) => text.replace(/}$/, ',"tryAmount":"1.00"}')),
      ],
      [
        'a second signature cut out of it',
        edit((text) => text.replace('{', '{"signature":"","tryAmount":"1.00",')),
      ],
      [
        'a signature inside a signature',
        edit((text) => text.replace('{', '{"sig,"signature":"aa"nature":"bb",')),
      ],
      [
        'in the document’s words beside it',
        under((members) => ({
          ...members,
          try_amount: 900,
          client_id: members['clientId'],
          payment_id: 'x',
          status: 'failed',
        })),
      ],
    ],
  },
  {
    threat: 'T7',
    rule: 'at the payment’s own address, of this payment',
    answer: REFUSED,
    tries: [
      ['genuine, at the common address', path(() => '/v1/webhooks/lipaykripto')],
      ['genuine, at a guessed address', path(() => `/v1/webhooks/lipaykripto/${guessToken()}`)],
      ['genuine, of another payment of his', path((_, { more }) => more['other'] ?? '')],
      ['nothing', body('')],
      ['a list of it', edit((text) => `[${text}]`)],
    ],
  },
]

/** Beside the attacked one, another payment at the same price. */
async function arrange(stage: Stage): Promise<Mark> {
  const { webhook } = await stage.begin('lipaykripto')
  return { ...(await arrangeNotice(stage)), more: { other: webhook } }
}

const signed = (variant: string, what: string): Family => ({
  name: `a signed notification of LiPayKripto, ${what}`,
  target: 'lipaykripto',
  variant,
  arrange,
  works: { status: 200, becomes: 'paid' },
  groups: FORGED,
})

export const LIPAYKRIPTO_SIGNED = signed('signed', 'believed')
export const LIPAYKRIPTO_STRICT = signed('strict', 'asked about')

/** Told, and not paid at the provider: the notification is only a reason to ask. */
const unpaid = (variant: string, sign: (members: Members) => string): Family => ({
  name: `LiPayKripto is asked (${variant})`,
  target: 'lipaykripto',
  variant,
  async arrange(stage) {
    const begun = await stage.begin('lipaykripto')
    // What the provider says by itself is known before anything is played.
    await stage.shop.request('POST', `/v1/checkouts/${begun.checkout.id}/sent`, {})
    const members = {
      success: true,
      clientId: 'sandbox-lipay-client',
      status: 'confirmed',
      tryAmount: '300.00',
      paymentId: begun.payment.id,
    }
    const headers = { 'content-type': 'application/json' }
    const request = { method: 'POST', path: begun.webhook, headers, body: sign(members) }
    return { request, checkoutId: begun.checkout.id, begun, more: {} }
  },
  works: { status: 200, becomes: 'pending' },
  groups: [
    {
      threat: 'T7',
      rule: 'a notification is a reason to ask, whatever it says',
      answer: 'taken',
      effect: 'asks',
      tries: [
        ['confirmed, and it is not', (request) => request],
        ['once more', (request) => request],
      ],
    },
    {
      threat: 'T7',
      rule: 'and not even that for another payment',
      answer: REFUSED,
      tries: [
        ...members('paymentId', { 'another id': 'x', none: undefined, null: null }),
        ...members('tryAmount', { 'another amount': '1.00', none: undefined, 'no amount': 'x' }),
        ...members('clientId', { 'another client': 'x', none: undefined }),
        ...members('status', { 'an unknown status': 'done', none: undefined }),
        ['at a guessed address', path(() => `/v1/webhooks/lipaykripto/${guessToken()}`)],
      ],
    },
  ],
})

export const LIPAYKRIPTO_ASKED = unpaid('asked', (members) => stringify(members))
