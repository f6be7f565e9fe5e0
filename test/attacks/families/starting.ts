/**
 * Starting to pay: the browser says by which method, and nothing of what it costs.
 * @module
 */
import type { Family, Group } from '../attack.ts'
import { each, edit, header, json, members, path } from '../change.ts'
import { PROVIDERS } from '../../proxy/shop.ts'
import type { ProviderName } from '../../proxy/shop.ts'
import { JSON_TYPE } from '../send.ts'
import type { Mark } from '../stage.ts'
import { quarter, unknownIds } from './ids.ts'

/** Only these are one shopper's own business; a checkout at its end stays at its end. */
const startGroups = (provider: ProviderName): readonly Group[] => [
  {
    threat: 'T1',
    rule: 'the browser says by which method, and nothing of what it costs',
    answer: 'invalid',
    tries: [
      ...each(
        [
          'amount',
          'currency',
          'price',
          'provider',
          'status',
          'paid',
          'ref',
          'paymentId',
          'testMode',
          'address',
          'webhookUrl',
          'successUrl',
          'orderId',
          'isShown',
          'nextAction',
          'asset',
          'received',
        ],
        (name) => json({ [name]: '1' }),
      ),
      ['__proto__', edit((text) => text.replace('{', '{"__proto__":{"price":"1"},'))],
      ...members('methodId', {
        'no method': undefined,
        empty: '',
        number: 1,
        null: null,
        list: ['redoya'],
        object: { id: 'redoya' },
        'too long': 'x'.repeat(201),
      }),
      ['a field that the method does not have', json({ fields: { price: '1' } })],
      ['fields that are no texts', json({ fields: { a: 1 } })],
      ['consent that is a word', json({ consent: 'yes' })],
    ],
  },
  {
    threat: 'T1',
    rule: 'a method that this checkout offers',
    answer: 'not offered',
    tries: each(
      [
        `${provider}:BTC:BITCOIN`,
        `${provider}:`,
        `${provider}::`,
        provider.toUpperCase(),
        ` ${provider}`,
        `${provider} `,
        `${provider}\0`,
        'sandbox',
        '*',
        '__proto__',
        'constructor',
        'toString',
        '__proto__:x:y',
        `../${provider}`,
        `${provider}:USDT:tron`,
        'lincoln:65a000000000000000000002',
      ],
      (methodId) => json({ methodId }),
    ),
  },
  {
    threat: 'T19',
    rule: 'back to a page of the shop’s own',
    answer: 'invalid',
    tries: each(
      [
        '//evil.example',
        'https:evil.example',
        'https://evil.example',
        'https://shop.example@evil.example/',
        'https://shop.example\\@evil.example',
        'https://shop.example.evil.example/',
        'https:\\\\evil.example',
        'javascript:alert(1)',
        'JaVaScRiPt:alert(1)',
        'data:text/html,x',
        'vbscript:x',
        'https://shop.example%2eevil.example/',
        'https://shop.example:443@evil.example/',
        'http://shop.example/',
        'https://shop.example:8443/',
        '/relative',
        '',
        'https://',
        'https://shop.example\r\nX-Evil: 1',
        'https://shop\t.example/',
        '\thttps://evil.example',
        'https://shоp.example/',
        'ftp://shop.example/',
        'blob:https://shop.example/1',
        'https://user:pass@shop.example/',
        'https://[::1]/',
        'https://127.0.0.1/',
        'https://2130706433/',
        'file:///etc/passwd',
        'https%3A%2F%2Fevil.example',
        'https://evil.example%00.shop.example/',
        'https://evil.example#@shop.example/',
        'https://evil.example?@shop.example/',
      ],
      (returnUrl) => json({ returnUrl }),
    ),
  },
  {
    threat: 'T29',
    rule: 'in JSON, of the shop’s page',
    answer: 'not JSON',
    tries: each(
      { 'a form': 'application/x-www-form-urlencoded', text: 'text/plain', none: null },
      (type) => header({ 'content-type': type }),
    ),
  },
  {
    threat: 'T4',
    rule: 'not by a stranger’s page',
    answer: 'foreign page',
    tries: each(['https://evil.example', 'null'], (origin) => header({ origin })),
  },
  unknownIds('/payments'),
  {
    threat: 'T3',
    rule: 'a checkout at its end starts nothing new',
    answer: 'over or as it was',
    tries: [
      [
        'paid',
        path(
          (_, __, stage) => `/v1/checkouts/${quarter(stage, provider).paid.checkout.id}/payments`,
        ),
      ],
      [
        'expired',
        path(
          (_, __, stage) =>
            `/v1/checkouts/${quarter(stage, provider).expired.checkout.id}/payments`,
        ),
      ],
      [
        'in review',
        path(
          (_, __, stage) => `/v1/checkouts/${quarter(stage, provider).review.checkout.id}/payments`,
        ),
      ],
      [
        'under way already',
        path(
          (_, __, stage) =>
            `/v1/checkouts/${quarter(stage, provider).pending.checkout.id}/payments`,
        ),
      ],
    ],
  },
]

const METHODS: Readonly<
  Record<ProviderName, { methodId: string; fields?: object; consent?: true }>
> = {
  cryptom: { methodId: 'cryptom:USDT:TRON' },
  redoya: { methodId: 'redoya' },
  lipaykripto: { methodId: 'lipaykripto' },
  paycrypto: { methodId: 'paycrypto:USDT:TRON' },
  lincoln: {
    methodId: 'lincoln:65a000000000000000000001',
    fields: { '65f000000000000000000101': 'shopper@shop.example' },
    consent: true,
  },
}

const starting = (provider: ProviderName): Family => ({
  name: `starting to pay by ${provider}`,
  target: provider,
  variant: 'plain',
  async arrange({ shop }): Promise<Mark> {
    const { id } = await shop.open({ methods: [provider] })
    const request = {
      method: 'POST',
      path: `/v1/checkouts/${id}/payments`,
      headers: JSON_TYPE,
      body: JSON.stringify({ ...METHODS[provider], returnUrl: 'https://shop.example/back' }),
    }
    return { request, checkoutId: id, more: {} }
  },
  works: { status: 200, becomes: 'pending', shows: ({ text }) => text.includes('"nextAction":{') },
  groups: startGroups(provider),
})

export const STARTING: readonly Family[] = PROVIDERS.map(starting)
