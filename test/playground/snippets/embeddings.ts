/**
 * Configurations to write code for: the least, all that there is, and texts that try to be code.
 * @module
 */
import fc from 'fast-check'
import type { Embedding } from '../../../demo/shop/scripts/playground/snippets/index.ts'
import { ATTRIBUTES } from '../../../demo/shop/scripts/playground/snippets/tag.ts'

export const SOURCES = ['token', 'product', 'amount', 'checkout'] as const

/** What a source cannot do without. */
const NEEDED = {
  token: {},
  checkout: {},
  product: { product: 'mug', quantity: '2' },
  amount: { amount: '620.00', currency: 'TRY', 'order-id': 'A-1001' },
} as const

export function least(source: Embedding['source']): Embedding {
  return {
    proxyUrl: 'https://pay.shop.example',
    merchantUrl: 'https://internal.shop.example:8788',
    source,
    order: { orderId: 'A-1001', amount: '620.00', currency: 'TRY' },
    attributes: NEEDED[source],
    properties: {},
    texts: {},
    methods: [],
  }
}

export function most(source: Embedding['source'], attributes: object = {}): Embedding {
  const embedding = least(source)
  return {
    ...embedding,
    order: { ...embedding.order, description: 'Ahmet’in “Liman” kahvesi ☕' },
    attributes: {
      ...embedding.attributes,
      assets: 'USDT:TRON,BTC',
      class: 'cc-paper',
      mode: 'button',
      open: '',
      required: '',
      redirect: 'popup',
      theme: 'dark',
      locale: 'ar-EG',
      'success-url': 'https://shop.example/thanks?a=1&b=2',
      name: 'receipt',
      ...attributes,
    },
    properties: {
      '--cc-accent': 'oklch(60% 0.2 250)',
      '--cc-shadow': '0 1px 2px rgb(0 0 0 / 20%), 0 0 0 1px #0003',
      '--cc-font-family': '"Noto Sans", system-ui, sans-serif',
    },
    texts: { pay: 'Pay in coins', toShop: 'Zurück zum Laden' },
    methods: ['cryptom', 'redoya'],
  }
}

/** Where one language or another would stop reading text. */
// prettier-ignore
export const PIECES = [
  '"', "'", '`', '\\', '$', '&', '<', '>', '{', '}', '(', ')', ';', '#', '@', '%', '=', '\0',
  '\n', '\r', '\r\n', '\t', '\u2028', '\u2029', '\u202e', '\u200d', '\u00ad', '\u0085', '\u001b',
  '</script>', '<script>', '</style>', '</template>', '<!--', '-->', '/*', '*/', '//', ']]>',
  '${x}', '{{x}}', '{{', '}}', '{% x %}', '{x}', '#{x}', '@if (x) {', '$(id)', '`id`', '$x',
  '&quot;', '&amp', '&#34;', '\\u0022', '\\x22', "'''", '"""', '?>', '<?php', '%s', '{$x}',
  'url(', 'v-bind(x)', '!important', ':global(x)', 'expression(x)', '\\3b ', 'é', '😀', ' ',
] as const

const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 6 }).map((all) => all.join('')),
  fc.string({ unit: 'binary', maxLength: 12 }),
)

const TEXT_ATTRIBUTES = Object.keys(ATTRIBUTES).filter((name) => ATTRIBUTES[name] === 'text')

/** That text everywhere. */
export function everywhere(text: string): Embedding {
  const embedding = most('token', {
    mode: text,
    'success-url': `x${text}y`,
    name: `${text}${text}`,
  })
  return {
    ...embedding,
    proxyUrl: `https://pay.shop.example/${text}`,
    merchantUrl: `https://internal.shop.example/${text}?`,
    order: { orderId: text, amount: `1${text}`, currency: `${text}1`, description: `x${text}y` },
    properties: {
      '--cc-accent': `x${text}y`,
      '--cc-shadow': text,
      '--cc-text': `"${text}"`,
      '--cc-muted': `'${text}'`,
      '--cc-border': `(${text})`,
      '--cc-radius': '7px',
    },
    texts: { pay: text, close: `x${text}y`, cancel: 'No' },
    methods: [text],
  }
}

/** Everything that is text is hostile. */
export const hostile: fc.Arbitrary<Embedding> = fc
  .record({
    source: fc.constantFrom(...SOURCES),
    proxyUrl: hostileText.map((text) => `https://pay.shop.example/${text}`),
    merchantUrl: hostileText.map((text) => `https://internal.shop.example/${text}`),
    order: fc.record({
      orderId: hostileText,
      amount: hostileText,
      currency: hostileText,
      description: hostileText,
    }),
    attributes: fc.dictionary(fc.constantFrom(...TEXT_ATTRIBUTES, 'quantity'), hostileText, {
      noNullPrototype: true,
    }),
    properties: fc.dictionary(fc.constantFrom('--cc-accent', '--cc-shadow'), hostileText, {
      noNullPrototype: true,
    }),
    texts: fc.dictionary(fc.constantFrom('pay', 'close', 'toShop'), hostileText, {
      noNullPrototype: true,
    }),
    methods: fc.array(hostileText, { maxLength: 2 }),
  })
  // Behind what is hostile stands something harmless, which has to be there afterwards.
  .map((embedding) => ({
    ...embedding,
    attributes: { ...embedding.attributes, theme: 'dark' },
    properties: { ...embedding.properties, '--cc-radius': '7px' },
    texts: { ...embedding.texts, cancel: 'No' },
  }))
