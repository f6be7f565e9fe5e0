/**
 * Genuine notifications that an outsider retold without their secret: with the documents’ own examples of
 * a secret, or with what is hashed shifted from one field into the next.
 * @module
 */
import type { Family } from '../attack.ts'
import { each, edit, form, path } from '../change.ts'
import { arrange as arrangeLincoln, arrangeUnpaid, rehashed } from './lincoln.ts'
import { arrangeNotice } from './lipaykripto.ts'
import { signedBy } from './lipaykripto-signed.ts'

const REFUSED = 'notification refused'

/** Of the providers’ documents and SDKs: somebody leaves them in. */
const PRINTED = {
  lipaykripto: ['whsec_demo_91', 'cs_demo_7f3a', 'client-42'],
  lincoln: ['SECRET123', 'ipn-demo-1', ''],
}

export const OUTSIDER_LIPAYKRIPTO: Family = {
  name: 'a signed notification, retold by an outsider',
  target: 'lipaykripto',
  variant: 'signed',
  arrange: arrangeNotice,
  works: { status: 200, becomes: 'paid' },
  groups: [
    {
      threat: 'T7',
      rule: 'with no secret that is printed somewhere',
      answer: REFUSED,
      tries: each(PRINTED.lipaykripto, (secret) => signedBy(secret)),
    },
  ],
}

/** Paid over there: its own hash is good, and of exactly this. */
export const OUTSIDER_LINCOLN: Family = {
  name: 'a hashed form, retold by an outsider',
  target: 'lincoln',
  variant: 'plain',
  arrange: arrangeLincoln,
  works: { status: 200, becomes: 'paid' },
  groups: [
    {
      threat: 'T10',
      rule: 'no colon moves from one field into the next under the same hash',
      answer: REFUSED,
      tries: [
        ['number and status in one', shifted('orderId', 'newStatus')],
        ['status and amount in one', shifted('newStatus', 'inAmount')],
        ['both amounts in one', shifted('inAmount', 'outAmount')],
        ['both codes in one', shifted('xml_from', 'xml_to')],
        ['code and moment in one', shifted('xml_to', 'timestamp')],
      ],
    },
  ],
}

export const OUTSIDER_LINCOLN_HINTS: Family = {
  name: 'a reason to ask Lincoln, by an outsider',
  target: 'lincoln',
  variant: 'plain',
  arrange: arrangeUnpaid,
  works: { status: 200, becomes: 'pending' },
  groups: [
    {
      threat: 'T10',
      rule: 'nobody is believed “done”, whatever stands beside it',
      answer: 'heard or refused',
      effect: 'asks',
      tries: [
        ...each(PRINTED.lincoln, (secret) => rehashed({ newStatus: 'done' }, secret)),
        ['a list for the hash', form({ newStatus: 'done', hash: null, 'hash[]': '0'.repeat(64) })],
        [
          'a thousand fields more',
          edit((text) => text + Array.from({ length: 1000 }, (_, i) => `&x${i}=${i}`).join('')),
        ],
        [
          'a prototype among them',
          form({
            newStatus: 'done',
            '__proto__[newStatus]': 'done',
            'constructor[prototype][x]': '1',
          }),
        ],
        [
          '“returned” of a paid one',
          path((_, __, stage) => stage.town.lincoln?.paid.webhook ?? ''),
        ],
      ],
    },
  ],
}

/** Two fields become one: joined by a colon they are the text that was hashed. */
function shifted(one: string, next: string) {
  return edit((text) => {
    const fields = new URLSearchParams(text)
    fields.set(one, `${fields.get(one)}:${fields.get(next)}`)
    fields.set(next, '')
    return fields.toString()
  })
}
