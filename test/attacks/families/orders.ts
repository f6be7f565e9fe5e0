/**
 * Orders that nobody signed: products of the catalogue, and bare amounts where they are allowed.
 * @module
 */
import type { Family, Group } from '../attack.ts'
import { body, each, edit, json, members } from '../change.ts'
import { asked } from './asking.ts'

const NO_MIX: Group = {
  threat: 'T1',
  rule: 'one way to say what is bought, and nothing beside it',
  answer: 'invalid',
  tries: [
    ...each(
      [
        'price',
        'total',
        'discount',
        'description',
        'methods',
        'source',
        'status',
        'successUrl',
        'metadata',
        'alternatives',
        'testMode',
        'id',
      ],
      (name) => json({ [name]: 'x' }),
    ),
    ['__proto__', edit((text) => text.replace('{', '{"__proto__":{"x":1},'))],
    ['constructor', json({ constructor: 'x' })],
  ],
}

export const CATALOGUE: Family = {
  name: 'a product of the catalogue',
  target: 'proxy',
  variant: 'plain',
  arrange: asked({ product: 'tasting', quantity: 2, orderId: 'catalogue-1' }),
  works: { status: 201, shows: ({ text }) => text.includes('"amount":"360"') },
  groups: [
    NO_MIX,
    {
      threat: 'T1',
      rule: 'the price is the catalogue’s',
      answer: 'invalid',
      tries: [
        ['with an amount', json({ amount: '1.00', currency: 'TRY' })],
        ['with an amount alone', json({ amount: '1.00' })],
        ['with a currency', json({ currency: 'JPY' })],
        ...members('quantity', {
          none: 0,
          negative: -1,
          half: 1.5,
          'too many': 7,
          'very many': 1001,
          text: '2',
          null: null,
          'a list': [2],
          endless: 1e308,
          'hardly more than none': 1e-9,
          true: true,
        }),
        ...members('product', {
          empty: '',
          'a number': 1,
          null: null,
          'a list': ['tasting'],
          'an object': { tasting: 1 },
          'too long': 'x'.repeat(101),
        }),
        ...members('orderId', {
          empty: '',
          'a path': '../x',
          'too long': 'x'.repeat(129),
          'a line break': 'a\nb',
          'a blank': 'a b',
          'a number': 5,
        }),
      ],
    },
    {
      threat: 'T1',
      rule: 'a product that there is',
      answer: 'no product',
      tries: each(
        [
          'Tasting',
          'tasting ',
          'tastin',
          '__proto__',
          'constructor',
          'toString',
          'hasOwnProperty',
          'valueOf',
          'length',
          '0',
          'ｔasting',
          'tasting\0',
          '../tasting',
          '*',
        ],
        (product) => json({ product }),
      ),
    },
  ],
}

export const UNSIGNED: Family = {
  name: 'an order that nobody signed',
  target: 'proxy',
  variant: 'plain',
  arrange: asked({ amount: '100.00', currency: 'TRY', orderId: 'unsigned-1' }),
  works: { status: 201, shows: ({ text }) => text.includes('"priceSource":"unsigned"') },
  groups: [
    NO_MIX,
    {
      threat: 'T1',
      rule: 'up to the amount that is allowed',
      answer: 'not unsigned',
      tries: each(['100.01', '1000', '9999999999999'], (amount) => json({ amount })),
    },
    {
      threat: 'T5',
      rule: 'an amount that can be calculated with',
      answer: 'invalid',
      tries: [
        ...members('amount', {
          zero: '0',
          'zero, written out': '0.00',
          negative: '-1',
          plus: '+1',
          exponent: '1e1',
          comma: '1,00',
          'leading zero': '01',
          'a point': '1.',
          'no digit': '.5',
          blank: ' 1',
          'line break': '1\n',
          'full width': '１',
          Arabic: '١',
          Devanagari: '१',
          hexadecimal: '0x1',
          grouped: '1_0',
          endless: 'Infinity',
          'no number': 'NaN',
          empty: '',
          number: 1,
          float: 0.1,
          null: null,
          list: ['1'],
          object: { amount: '1' },
          true: true,
          'too long': '1'.repeat(14),
          'too fine': '1.001',
          minus: '1-',
          'minus zero': '-0',
          'a currency': '1 TRY',
          'a NUL': '1\0',
          'a mark of direction': '\u202E1',
          'a joiner': '1\u200D',
        }),
        ...members('currency', {
          none: undefined,
          'lower case': 'try',
          unknown: 'ABC',
          empty: '',
          'with a network': 'USDT-TRC20',
          number: 949,
          null: null,
          list: ['TRY'],
          'look-alike': 'ТRY',
          __proto__: '__proto__',
          blank: 'TRY ',
        }),
        ['no amount', json({ amount: undefined })],
        ['fewer digits than yen have', json({ currency: 'JPY', amount: '1.5' })],
      ],
    },
  ],
}

/** Where neither is allowed. */
export const SIGNED_ONLY: Family = {
  name: 'orders where only signed ones are taken',
  target: 'proxy',
  variant: 'apart',
  async arrange({ shop }) {
    const orderToken = await shop.token({ orderId: 'signed-only' })
    return asked({ orderToken })()
  },
  works: { status: 201 },
  groups: [
    {
      threat: 'T1',
      rule: 'a bare amount is none',
      answer: 'not unsigned',
      tries: [
        ['a small one', body('{"amount":"1.00","currency":"TRY"}')],
        ['the smallest', body('{"amount":"0.01","currency":"TRY"}')],
        ['with a number', body('{"amount":"1.00","currency":"TRY","orderId":"A-1"}')],
      ],
    },
    {
      threat: 'T1',
      rule: 'a product is none',
      answer: 'no product',
      tries: each(['tasting', '__proto__', 'constructor'], (product) =>
        body(JSON.stringify({ product })),
      ),
    },
  ],
}
