/**
 * The code of the playground as its reader gets it: nothing but what is needed, and only names that the element
 * knows.
 * @module
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { BACK_ENDS, FRONT_ENDS } from '../../demo/shop/scripts/playground/snippets/index.ts'
import { ATTRIBUTES } from '../../demo/shop/scripts/playground/snippets/tag.ts'
import { inBackticks } from '../../demo/shop/scripts/playground/snippets/text.ts'
import { CryptoCheckout } from '../../widget/crypto-checkout.ts'
import { everywhere, least, most, SOURCES } from './snippets/embeddings.ts'
import { LEAST } from './snippets/least.ts'

const ALL = [...FRONT_ENDS, ...BACK_ENDS]
const byId = (id: string) => ALL.find((each) => each.id === id) ?? assert.fail(id)

/** How the element declares a property. */
interface Declared {
  readonly attribute?: unknown
  readonly type?: unknown
}

describe('the code of the playground', () => {
  for (const [id, expected] of Object.entries(LEAST)) {
    it(`is the least that it can be: ${id}`, () => {
      assert.equal(byId(id).code(least('product')), expected)
    })
  }

  it('has the order from the page’s own server', () => {
    const code = byId('script-tag').code(least('token'))
    assert.match(code, /^<crypto-checkout proxy="[^"]+" order-token="{{orderToken}}"></m)
    assert.match(
      byId('esm').code(least('checkout')),
      /^checkout\.checkout = await placeOrder\(\)$/m,
    )
    for (const { id, code: write } of FRONT_ENDS) {
      const asks = SOURCES.filter((source) => write(least(source)).includes("fetch('/api/orders'"))
      assert.deepEqual(asks, id === 'script-tag' ? [] : ['token', 'checkout'], id)
    }
  })

  it('opens a dialog by a button, unless it is open', () => {
    for (const { id, code } of FRONT_ENDS) {
      for (const source of SOURCES) {
        const embedding = least(source)
        const opens = (attributes: object): boolean =>
          /\bopen\(\)/.test(
            code({ ...embedding, attributes: { ...embedding.attributes, ...attributes } }),
          )
        assert.equal(opens({ mode: 'modal' }), true, id)
        assert.equal(opens({ mode: 'modal', open: '' }), false, id)
        assert.equal(opens({ mode: 'button' }), false, id)
        assert.equal(opens({}), false, id)
      }
    }
  })

  it('keeps no place in the page for a dialog', () => {
    const { code } = byId('script-tag')
    assert.match(code(most('token', { mode: 'inline' })), /:not\(:defined\)/)
    assert.doesNotMatch(code(most('token', { mode: 'button' })), /:not\(:defined\)/)
  })

  it('knows the element’s attributes, and which are no texts', () => {
    const ours = ['proxy', 'orderToken', 'checkout', 'open', 'texts']
    const kinds = Object.entries(CryptoCheckout.properties as Readonly<Record<string, Declared>>)
      .filter(([name]) => !ours.includes(name))
      .map(([name, { attribute, type }]) => [
        typeof attribute === 'string' ? attribute : name,
        type === Boolean ? 'boolean' : type === Number ? 'number' : 'text',
      ])
    assert.deepEqual(ATTRIBUTES, { class: 'text', ...Object.fromEntries(kinds) })
  })

  it('leaves out names that the element does not know', () => {
    const names = {
      attributes: {
        onclick: 'x()',
        'v-html': 'x',
        '"><script': 'x',
        ['__proto__']: 'x',
        constructor: 'x',
      },
      properties: { color: 'red', '--other': 'x', '--cc-accent:red}*{--cc-x': 'x' },
      texts: { '}; x(); ({': 'x', "a'": 'x', 'a b': 'x' },
    }
    for (const { id, code } of ALL) {
      for (const source of SOURCES) {
        const embedding = least(source)
        const attributes = { ...embedding.attributes, ...names.attributes }
        assert.equal(code({ ...embedding, ...names, attributes }), code(embedding), id)
      }
    }
  })

  it('writes as a number only what is one', () => {
    const quantity = (value: string): string =>
      byId('react').code({ ...least('product'), attributes: { quantity: value } })
    assert.match(quantity('12'), / quantity=\{12\}$/m)
    for (const value of ['012', '1e3', '-1', '1.5', '', '1}', '0x10']) {
      assert.match(quantity(value), / quantity=("|\{')/, value)
    }
  })

  it('shows whatever cannot be seen', () => {
    for (const { id, code } of ALL) {
      for (const hidden of ['\u202E', '\u200B', '\u2028', '\u0007', '\u00AD', '\u{E0041}']) {
        for (const source of SOURCES) {
          assert.ok(!code({ ...everywhere(`a${hidden}b`), source }).includes(hidden), id)
        }
      }
    }
  })

  it('has no half of a character', () => {
    for (const { id, code } of ALL) {
      for (const source of SOURCES) {
        assert.ok(code({ ...everywhere('a\uD800b'), source }).isWellFormed(), id)
      }
    }
  })

  it('ends no template between backticks', () => {
    assert.equal(inBackticks('a`b${c}\\'), 'a\\`b\\${c}\\\\')
  })

  it('brings the file of a theme, and of no other class', () => {
    for (const { id, code } of FRONT_ENDS) {
      const brings = (name: string): boolean =>
        /\/themes\/\w+\.css/.test(code({ ...least('token'), attributes: { class: name } }))
      assert.deepEqual(['cc-paper', 'cc-midnight'].map(brings), [true, true], id)
      assert.deepEqual(['mine', 'cc-mine', 'cc-paper mine'].map(brings), [false, false, false], id)
    }
  })

  it('writes a style as it was given, where that is safe', () => {
    for (const value of [
      '#0a7',
      '0.5rem',
      '0 1px 2px rgb(0 0 0 / 20%), 0 0 0 1px #0003',
      `"Noto Sans", 'Grösse', system-ui`,
      'light-dark(oklch(from var(--brand) calc(l * 1.1) c h), rgb(1 2 3))',
    ]) {
      const embedding = { ...least('token'), properties: { '--cc-accent': value } }
      assert.ok(byId('vue').code(embedding).includes(`\n  --cc-accent: ${value};\n`), value)
    }
    const embedding = { ...least('token'), properties: { '--cc-accent': 'red; } * { x: url(y)' } }
    assert.match(byId('vue').code(embedding), /--cc-accent: red\\3b {2}\\7d /)
  })

  it('has amounts as they were given', () => {
    const order = { orderId: 'A-1', amount: '620.10', currency: 'TRY' }
    for (const { id, code } of BACK_ENDS) {
      assert.match(code({ ...least('token'), order }), /["']620\.10["']/, id)
    }
  })

  it('holds no secret, and says where each comes from', () => {
    for (const { id, code } of BACK_ENDS) {
      assert.match(code(least('token')), /ORDER_SECRET/, id)
      assert.match(code(least('checkout')), /MERCHANT_API_KEY/, id)
      for (const source of SOURCES) {
        assert.match(code(least(source)), /MERCHANT_(WEBHOOK_SECRET|API_KEY)/, id)
      }
    }
  })

  it('ends each file with one end of line, and no line with a blank', () => {
    for (const { id, code } of ALL) {
      for (const source of SOURCES) {
        for (const text of [code(least(source)), code(most(source, { mode: 'modal' }))]) {
          assert.match(text, /[^\n]\n$/, id)
          assert.doesNotMatch(text, /[ \t]\n|\n\n\n\n/, id)
        }
      }
    }
  })
})
