/**
 * The playground's settings: all that the element has, and a URL that says the same.
 * @module
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import {
  isOtherOrder,
  readChoice,
  withAttribute,
  withSource,
  withValue,
  writeChoice,
} from '../../demo/shop/scripts/playground/choice.ts'
import type { Choice } from '../../demo/shop/scripts/playground/choice.ts'
import {
  ATTRIBUTES,
  OWN_ATTRIBUTES,
  PROPERTIES,
  SOURCES,
  TEXTS,
} from '../../demo/shop/scripts/playground/controls.ts'
import { redact } from '../../demo/shop/scripts/playground/redact.ts'
import { en } from '../../widget/locales/en.ts'

const SOURCE = readFileSync(new URL('../../widget/crypto-checkout.ts', import.meta.url), 'utf8')

describe('what can be set', () => {
  it('is every attribute of the element', () => {
    const block = /static override properties = \{([^]*?)\n {2}\}/.exec(SOURCE)?.[1] ?? ''
    const attributes = [...block.matchAll(/^ {4}(\w+): (\{.*\})/gm)]
      .filter(([, , options]) => !options?.includes('attribute: false'))
      .map(([, name, options]) => /attribute: '([\w-]+)'/.exec(options ?? '')?.[1] ?? name)
    assert.ok(attributes.length > 15)
    const ours = [...ATTRIBUTES.map(({ name }) => name), ...OWN_ATTRIBUTES]
    assert.deepEqual(new Set(ours.filter((name) => name !== 'class')), new Set(attributes))
  })

  it('is every custom property of the element', () => {
    const documented = [...SOURCE.matchAll(/@cssproperty (--cc-[\w-]+)/g)].map(([, name]) => name)
    const ours = PROPERTIES.map(({ name }) => name)
    assert.deepEqual(new Set(ours), new Set(documented))
  })

  it('names texts that there are', () => {
    for (const name of TEXTS) assert.equal(typeof en[name as keyof typeof en], 'string', name)
  })
})

const values = (names: readonly string[]) =>
  fc
    .uniqueArray(fc.tuple(fc.constantFrom(...names), fc.string()), { selector: ([name]) => name })
    .map((pairs) => Object.fromEntries(pairs))

const choices: fc.Arbitrary<Choice> = fc
  .record({
    source: fc.constantFrom(...SOURCES),
    provider: fc.constantFrom('', 'redoya'),
    price: fc.string(),
    width: fc.constantFrom('', '360'),
    attributes: values(ATTRIBUTES.map(({ name }) => name)),
    properties: values(PROPERTIES.map(({ name }) => name)),
    texts: values(TEXTS),
  })
  .map((choice) => withSource(choice, choice.source))

describe('the URL', () => {
  it('says all of a choice, whatever stands in it', () => {
    fc.assert(
      fc.property(choices, (choice) => {
        const query = new URLSearchParams(String(writeChoice(choice)))
        assert.deepEqual(readChoice(query), choice)
      }),
    )
  })

  it('is empty for what is as it comes', () => {
    assert.equal(String(writeChoice(readChoice(new URLSearchParams('')))), '')
  })

  it('with nonsense in it is as if it said nothing', () => {
    const choice = readChoice(new URLSearchParams('source=gift&onclick=alert(1)'))
    assert.deepEqual(choice, readChoice(new URLSearchParams('')))
  })
})

describe('a choice', () => {
  const plain = readChoice(new URLSearchParams(''))

  it('of another source brings what that needs, and loses what others needed', () => {
    const product = withSource(plain, 'product')
    assert.deepEqual(product.attributes, { product: 'tasting' })
    assert.deepEqual(withSource(product, 'amount').attributes, { amount: '45', currency: 'TRY' })
  })

  it('of another look is the same order, of another price is not', () => {
    assert.ok(!isOtherOrder(plain, withAttribute(plain, 'theme', 'dark')))
    assert.ok(!isOtherOrder(plain, { ...plain, properties: { '--cc-accent': 'red' } }))
    assert.ok(isOtherOrder(plain, { ...plain, price: '1' }))
    assert.ok(isOtherOrder(plain, { ...plain, provider: 'redoya' }))
    assert.ok(isOtherOrder(plain, withSource(plain, 'product')))
  })

  it('of a theme brings its palette', () => {
    const { attributes } = withAttribute(plain, 'class', 'cc-midnight')
    assert.deepEqual(attributes, { class: 'cc-midnight', theme: 'dark' })
  })

  it('loses what is taken back', () => {
    assert.deepEqual(withValue({ a: '1', b: '2' }, 'a', null), { b: '2' })
  })
})

describe('what is written down', () => {
  it('has no token, no receipt, and no id that opens a checkout', () => {
    const token = ['eyJhbGciOiJIUzI1NiJ9', 'eyJvcmRlcklkIjoiQSJ9', 'c2lnbmF0dXJlLW9m-X_'].join('.')
    const id = 'n8Zy39fYTzWVi4MXQ49HJw'
    const said = redact({ checkoutId: id, receipt: token, url: `/v1/checkouts/${id}/payments` })
    assert.ok(!said.includes(token))
    assert.ok(!said.includes(id))
    assert.match(said, /n8Zy39fY…/)
    const path = redact(`POST /v1/webhooks/lincoln/${'a1_-'.repeat(11)}`)
    assert.equal(path, 'POST /v1/webhooks/lincoln/[token]')
  })

  it('keeps everything else', () => {
    assert.equal(redact('GET /v1/checkouts'), 'GET /v1/checkouts')
    assert.equal(redact({ amount: '12.50' }), '{\n  "amount": "12.50"\n}')
  })
})
