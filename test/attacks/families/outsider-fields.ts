/**
 * What a shopper is asked for by a method, answered as an outsider would.
 * @module
 */
import type { Family } from '../attack.ts'
import { each, header, json } from '../change.ts'
import { JSON_TYPE } from '../send.ts'

const FIELD = '65f000000000000000000101'

const WRONG: Readonly<Record<string, unknown>> = {
  none: {},
  'a list': ['x'],
  null: null,
  'a text': 'x',
  'an object for one': { [FIELD]: { a: 1 } },
  'a list for one': { [FIELD]: ['shopper@shop.example'] },
  'an empty one': { [FIELD]: '' },
  'a line break': { [FIELD]: 'a@shop.example\nX-Y: z' },
  'too long': { [FIELD]: `${'a'.repeat(500)}@shop.example` },
  'slow for some engines': { [FIELD]: `${'a'.repeat(64)}@${'a.'.repeat(200)}` },
  'the card that the merchant is paid to': {
    [FIELD]: 'a@shop.example',
    '65f000000000000000000102': '5555555555554444',
  },
  constructor: { [FIELD]: 'a@shop.example', constructor: 'x' },
}

/** A form that has one field: the shopper’s address for mail. */
export const OUTSIDER_FIELDS: Family = {
  name: 'the fields of a method',
  target: 'lincoln',
  variant: 'plain',
  async arrange({ shop }) {
    const { id } = await shop.open({ methods: ['lincoln'] })
    const request = {
      method: 'POST',
      path: `/v1/checkouts/${id}/payments`,
      headers: JSON_TYPE,
      body: JSON.stringify({
        methodId: 'lincoln:65a000000000000000000001',
        fields: { [FIELD]: 'shopper@shop.example' },
        consent: true,
      }),
    }
    return { request, checkoutId: id, more: {} }
  },
  works: { status: 200, becomes: 'pending' },
  groups: [
    {
      threat: 'T26',
      rule: 'the fields that the method asks for, as it asks for them',
      answer: 'invalid',
      tries: each(WRONG, (fields) => json({ fields })),
    },
    {
      threat: 'T19',
      rule: 'back to a page of the shop’s own',
      answer: 'invalid',
      tries: each(
        {
          'the proxy itself': 'http://localhost:8787/v1/returns/x',
          'a full stop of another script': 'https://shop.example。/',
          'letters of full width': 'https://ｓhop.example/',
          'a slash of the user’s, encoded': 'https://shop.example%2f@evil.example/',
          'a header behind': 'https://shop.example/\r\nX: y',
          'too long': `https://shop.example/${'a'.repeat(2000)}`,
        },
        (returnUrl) => json({ returnUrl }),
      ),
    },
    {
      threat: 'T29',
      rule: 'in JSON',
      answer: 'not JSON',
      tries: each(['application/vnd.api+json', 'application/json, text/plain'], (type) =>
        header({ 'content-type': type }),
      ),
    },
  ],
}
