/**
 * What `npm run build` says of the element, to editors and other tools, is what the element is.
 * @module
 */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { after, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { PropertyDeclaration } from 'lit'
import { PAYMENT_STATUSES } from '../../protocol/status.ts'
import { CryptoCheckout } from '../../widget/crypto-checkout.ts'

interface Item {
  readonly name: string
  readonly description?: string
  readonly kind?: string
  readonly static?: boolean
  readonly attribute?: string
  readonly reflects?: boolean
  readonly fieldName?: string
  readonly default?: string
  readonly type?: { readonly text: string }
}

type Kind =
  'attributes' | 'members' | 'events' | 'slots' | 'cssParts' | 'cssProperties' | 'cssStates'

interface Manifest {
  readonly modules: readonly { readonly path: string; readonly declarations: readonly Element[] }[]
}

type Element = Readonly<Record<Kind, readonly Item[]>> & { readonly tagName: string }

interface HtmlTag {
  readonly attributes: readonly (Item & { valueSet?: string; values?: readonly Item[] })[]
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'checkout-manifest-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const described = spawnSync(process.execPath, [join(ROOT, 'scripts/describe.mjs'), folder], {
  encoding: 'utf8',
})
assert.equal(described.status, 0, described.stderr)
const read = (file: string): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8'))
const { modules } = read('custom-elements.json') as Manifest
const element = modules[0]?.declarations[0]
assert.ok(element)

const names = (items: readonly Item[]): readonly string[] =>
  items.map(({ name }) => name).toSorted()
const sources = (pattern: string): string =>
  globSync(pattern, { cwd: ROOT })
    .map((path) => readFileSync(join(ROOT, path), 'utf8'))
    .join('\n')
const all = (text: string, what: RegExp): readonly string[] =>
  [...new Set([...text.matchAll(what)].map(([, found = '']) => found))].toSorted()

describe('the manifest', () => {
  it('names the tag, and the files of the package', () => {
    assert.equal(element.tagName, 'crypto-checkout')
    const paths = modules.map(({ path }) => path)
    assert.deepEqual(paths, ['dist/widget/crypto-checkout.js', 'dist/widget/define.js'])
    for (const path of paths) readFileSync(join(ROOT, path.slice(5).replace('.js', '.ts')))
  })

  it('has the attributes that the element observes', () => {
    assert.deepEqual(names(element.attributes), CryptoCheckout.observedAttributes.toSorted())
  })

  it('has each property, with its attribute and whether it is reflected', () => {
    const fields = element.members.filter(({ kind }) => kind === 'field')
    const options: Readonly<Record<string, PropertyDeclaration>> = CryptoCheckout.properties
    // `open` is a method, and only frameworks assign to it
    const own = Object.entries(options).filter(([, { noAccessor }]) => !noAccessor)
    for (const [name, option] of own) {
      const { attribute = name.toLowerCase(), reflect = false } = option
      const field = fields.find((each) => each.name === name)
      assert.equal(field?.attribute ?? false, attribute, name)
      assert.equal(field?.reflects ?? false, reflect, name)
    }
    assert.deepEqual(
      names(fields),
      [...own.map(([name]) => name), 'environment', 'page'].toSorted(),
    )
  })

  it('has each method, and nothing private', () => {
    const methods = element.members.filter(({ kind }) => kind === 'method')
    assert.deepEqual(names(methods.filter((each) => each.static)), ['define', 'hasReturned'])
    assert.deepEqual(
      names(methods.filter((each) => !each.static)),
      ['cancel', 'close', 'open', 'refresh', 'requote', 'reset', 'start', 'whenPaid'].toSorted(),
    )
  })

  it('has the type of what each event says', () => {
    const paid = element.events.find(({ name }) => name === 'cc-paid')
    assert.match(paid?.type?.text ?? '', /^CustomEvent<CheckoutDetail & \{.*receipt: .*\}>$/)
    const documented = all(sources('widget/*.ts'), /(?:emit|tell)\([^)]*?'(cc-[a-z]+)'/g)
    assert.ok(documented.length > 0)
    for (const name of documented) assert.ok(names(element.events).includes(name), name)
  })

  it('has the parts of the views, and no others', () => {
    const views = sources('widget/views/*.ts')
    const written = all(views, /\bpart="([^"]+)"/g).flatMap((part) => part.split(' '))
    const known = names(element.cssParts)
    assert.deepEqual(
      written.filter((part) => !part.startsWith('${') && !known.includes(part)),
      [],
    )
    // the rest is said by a word that a view hands over: `button('primary', …)`
    const said = all(views, /'([a-z]+)'/g)
    assert.deepEqual(
      known.filter((part) => !written.includes(part) && !said.includes(part)),
      [],
    )
  })

  it('has the slots, the states and the custom properties', () => {
    const named = all(sources('widget/views/*.ts'), /<slot name="([^"]+)"/g)
    const shown = PAYMENT_STATUSES.filter((status) => status !== 'pending')
    assert.deepEqual(names(element.slots), [...named, ...shown].toSorted())
    assert.deepEqual(names(element.cssStates), ['loading', ...PAYMENT_STATUSES].toSorted())
    const used = all(sources('widget/styles/*.ts'), /var\((--cc-[\w-]+)/g)
    assert.deepEqual(names(element.cssProperties), used)
  })

  it('has a text for everything, and a type where there is one', () => {
    for (const kind of Object.keys(element) as Kind[]) {
      if (!Array.isArray(element[kind])) continue
      for (const { name, description } of element[kind]) assert.ok(description, `${kind} ${name}`)
    }
    const redirect = element.attributes.find(({ name }) => name === 'redirect')
    assert.equal(redirect?.type?.text, "'auto' | 'self' | 'popup'")
  })

  it('says what a custom property is by itself', () => {
    const accent = element.cssProperties.find(({ name }) => name === '--cc-accent')
    const light = sources('widget/styles/tokens.ts').split(':host {')[1]
    assert.ok(light?.includes(`var(--cc-accent, ${accent?.default})`))
  })
})

describe('the data for editors', () => {
  it('offers the attributes, switches without a value, and the values where there are few', () => {
    const { tags } = read('vscode.html-custom-data.json') as { tags: readonly [HtmlTag] }
    const { attributes } = tags[0]
    assert.deepEqual(names(attributes), names(element.attributes))
    const by = (name: string) => attributes.find((each) => each.name === name)
    assert.equal(by('open')?.valueSet, 'v')
    assert.deepEqual(names(by('mode')?.values ?? []), ['button', 'inline', 'modal'])
    assert.equal(by('proxy')?.values, undefined)
  })

  it('offers the custom properties, the parts and the states to style sheets', () => {
    const data = read('vscode.css-custom-data.json') as Record<string, readonly Item[]>
    assert.deepEqual(names(data['properties'] ?? []), names(element.cssProperties))
    assert.ok(names(data['pseudoElements'] ?? []).includes('::part(card)'))
    assert.ok(names(data['pseudoClasses'] ?? []).includes(':state(paid)'))
  })

  it('tells JetBrains the package, its version, and the same', () => {
    const { name, version, contributions } = read('web-types.json') as {
      name: string
      version: string
      contributions: { html: { elements: readonly [Element & { js: Record<string, Item[]> }] } }
    }
    const project = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Item
    assert.deepEqual([name, version], [project.name, (project as { version?: string }).version])
    const [told] = contributions.html.elements
    assert.deepEqual(names(told.attributes), names(element.attributes))
    assert.deepEqual(names(told.js['events'] ?? []), names(element.events))
  })
})
