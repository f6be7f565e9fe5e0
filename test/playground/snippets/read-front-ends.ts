/**
 * What each framework makes of the code for it: the tag's attributes, the element's texts, and its style.
 * Compiled and rendered by the framework itself.
 * @module
 */
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { runInNewContext } from 'node:vm'
import { transformSync } from 'esbuild'
import { compile } from 'svelte/compiler'
import { compileScript, parse } from 'vue/compiler-sfc'
import type { Reader } from './browser-reader.ts'
import { ROOT } from './machine.ts'

export interface Seen {
  /** By the name in HTML; what is no text is written as text. */
  readonly attributes: Readonly<Record<string, string>>
  readonly texts: unknown
  readonly properties: Readonly<Record<string, string>>
}

/** The order's token or id, once the page has it. */
export const ORDER = 'order-1'

const load = createRequire(join(ROOT, 'package.json'))
const isOurs = (name: string): boolean => name.startsWith('crypto-checkout')
/** As if the page had its order already. */
const withOrder = (code: string): string =>
  code.replace(/(useState|ref|signal|\$state)\(''\)/g, `$1('${ORDER}')`)

type Exports = Readonly<Record<string, unknown>>

/** Runs a module, with `stubs` in place of what it imports; what it exports. */
function run(code: string, stubs: Record<string, unknown> = {}, globals: object = {}): Exports {
  const module: { exports: Exports } = { exports: {} }
  const require = (name: string): unknown =>
    Object.hasOwn(stubs, name) ? stubs[name] : isOurs(name) ? {} : load(name)
  const { code: script } = transformSync(code, {
    loader: 'tsx',
    format: 'cjs',
    jsx: 'automatic',
    target: 'es2022',
  })
  runInNewContext(script, { module, exports: module.exports, require, ...globals })
  return module.exports
}

/** Of properties that are called otherwise. */
const NAMES: Readonly<Record<string, string>> = { isOpen: 'open', className: 'class' }

const asTexts = (values: object): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value))
      .map(([name, value]) => [name, value === true ? '' : String(value)]),
  )

export async function readScriptTag(code: string, reader: Reader): Promise<Seen> {
  const { names, attributes, styles, scripts } = await reader.html(code)
  const own = { style: styles !== '', link: attributes['class'] === 'cc-paper' }
  const all = ['html', 'head', 'link', 'style', 'script', 'body', 'crypto-checkout', 'p', 'script']
  const expected = all.filter((name) => own[name as keyof typeof own] ?? true)
  assert.deepEqual(names, expected)
  const { texts } = await runPage(scripts)
  return { attributes, texts, properties: await reader.css(styles) }
}

export async function readEsm(code: string): Promise<Seen> {
  const script = transformSync(code, { loader: 'ts', format: 'esm' }).code
  const { style, texts, ...rest } = await runPage(
    `(async () => { ${script.replace(/^import .*$/gm, '')}})()`,
  )
  assert.ok(!('open' in rest), 'that one is a method')
  const attributes = Object.entries(asTexts(rest)).map(([name, value]) => [
    NAMES[name] ?? name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
    value,
  ])
  return {
    attributes: Object.fromEntries(attributes) as Record<string, string>,
    texts,
    properties: style.all,
  }
}

/** A page that holds nothing but the element, and a server that knows the order. */
async function runPage(script: string) {
  const all: Record<string, string> = {}
  const checkout = {
    style: { all, setProperty: (name: string, value: string) => void (all[name] = value) },
    texts: undefined as unknown,
    addEventListener: () => undefined,
  }
  const element = (): typeof checkout => checkout
  const answer = { ok: true, json: () => ({ orderToken: ORDER, checkout: ORDER }) }
  const document = { createElement: element, querySelector: element, body: { append: () => {} } }
  await runInNewContext(script, { document, fetch: () => answer })
  return checkout
}

export function readReact(code: string): Seen {
  const seen: Record<string, unknown>[] = []
  const runtime = load('react/jsx-runtime') as Record<string, (...all: unknown[]) => unknown>
  const noting = (name: string) => (type: unknown, props: Record<string, unknown>) => {
    if (type === 'crypto-checkout') seen.push(props)
    return runtime[name]?.(type, props)
  }
  const { Checkout } = run(withOrder(code), {
    'react/jsx-runtime': { ...runtime, jsx: noting('jsx'), jsxs: noting('jsxs') },
  })
  const { createElement } = load('react') as { createElement(type: unknown): unknown }
  const server = load('react-dom/server') as { renderToStaticMarkup(element: unknown): string }
  server.renderToStaticMarkup(createElement(Checkout))
  const { texts, style, className, ...others } = seen[0] ?? assert.fail('no element')
  const rest = className === undefined ? others : { ...others, class: className }
  return {
    attributes: asTexts(rest),
    texts,
    properties: { ...(style as Record<string, string> | undefined) },
  }
}

export async function readVue(code: string, reader: Reader): Promise<Seen> {
  const compilerOptions = { isCustomElement: (tag: string) => tag === 'crypto-checkout' }
  const { descriptor, errors } = parse(withOrder(code), { templateParseOptions: compilerOptions })
  assert.deepEqual([errors, descriptor.cssVars], [[], []])
  const { content } = compileScript(descriptor, {
    id: 'checkout',
    inlineTemplate: true,
    templateOptions: { compilerOptions },
  })
  const seen: Record<string, unknown>[] = []
  const runtime = load('vue') as Record<string, (...all: unknown[]) => unknown>
  const noting =
    (name: string) =>
    (type: unknown, props: Record<string, unknown>, ...rest: []) => {
      if (type === 'crypto-checkout') seen.push(props)
      return runtime[name]?.(type, props, ...rest)
    }
  const names = ['createElementVNode', 'createElementBlock']
  const { default: component } = run(content, {
    vue: { ...runtime, ...Object.fromEntries(names.map((name) => [name, noting(name)])) },
  })
  const { renderToString } = load('vue/server-renderer') as {
    renderToString(app: unknown): Promise<string>
  }
  await renderToString(runtime['createSSRApp']?.(component))
  const { texts, key: _key, ...rest } = seen[0] ?? assert.fail('no element')
  const css = descriptor.styles.map(({ content: style }) => style).join('\n')
  return { attributes: asTexts(rest), texts, properties: await reader.css(css) }
}

export async function readSvelte(code: string, reader: Reader): Promise<Seen> {
  const { js, css } = compile(
    // What no attribute can say.
    withOrder(code).replace(/^ +\{texts\}$/m, 'data-texts={JSON.stringify(texts)}'),
    { generate: 'server', filename: 'Checkout.svelte' },
  )
  const { default: component } = run(js.code, {}, { JSON })
  const { render } = load('svelte/server') as { render(component: unknown): { body: string } }
  const { attributes } = await reader.html(render(component).body)
  const { 'data-texts': texts, class: scoped, ...others } = attributes
  const own = scoped?.replace(/ ?svelte-\w+$/, '')
  const rest = own ? { ...others, class: own } : others
  return {
    attributes: rest,
    texts: texts === undefined ? undefined : JSON.parse(texts),
    properties: await reader.css(css?.code ?? ''),
  }
}

/** What is used of the compiler, which only the example's workspace brings. */
interface AngularCompiler {
  parseTemplate(template: string, url: string): { errors: unknown; nodes: readonly AngularNode[] }
}

interface AngularNode {
  readonly name?: string
  readonly attributes?: readonly { readonly name: string; readonly value: string }[]
  readonly inputs?: readonly AngularInput[]
  readonly children?: readonly AngularNode[]
  readonly branches?: readonly AngularNode[]
}

interface AngularInput {
  readonly name: string
  /** Of `[attr.…]` 1, of a property 0. */
  readonly type: number
  readonly value: { readonly source: string; readonly ast: { readonly value?: string } }
}

interface Component {
  readonly template: string
  readonly styles?: string
}

export async function readAngular(code: string, reader: Reader): Promise<Seen> {
  const compiler = load.resolve('@angular/compiler')
  const { parseTemplate } = (await import(pathToFileURL(compiler).href)) as AngularCompiler
  let component: Component | undefined
  const core = {
    Component(metadata: Component) {
      component = metadata
      return () => undefined
    },
    signal: (value: unknown) => () => value,
  }
  const { Checkout } = run(withOrder(code), { '@angular/core': core })
  assert.ok(component)
  const { errors, nodes } = parseTemplate(component.template, 'checkout.html')
  assert.equal(errors, null)
  const page = new (Checkout as new () => { order?(): string; texts?: unknown })()
  const { attributes = [], inputs = [] } = find(nodes) ?? assert.fail('no element')
  const literals = inputs.filter(({ type }) => type === 1)
  const bound = inputs.filter((input) => !literals.includes(input))
  const order = bound.find(({ name }) => name === 'orderToken' || name === 'checkout')
  if (order) assert.equal(order.value.source, 'order()')
  assert.equal(bound.length, Number(!!order) + Number('texts' in page), 'no other binding')
  const name = order?.name === 'orderToken' ? 'order-token' : 'checkout'
  const texts = [
    ...attributes.map((each) => [each.name, each.value]),
    ...literals.map((each) => [each.name, each.value.ast.value ?? assert.fail('an expression')]),
  ]
  return {
    attributes: Object.fromEntries([...texts, ...(order ? [[name, page.order?.() ?? '']] : [])]),
    texts: page.texts,
    properties: await reader.css(component.styles ?? ''),
  }
}

function find(nodes: readonly AngularNode[]): AngularNode | undefined {
  for (const node of nodes) {
    if (node.name === 'crypto-checkout') return node
    const inside = find([...(node.children ?? []), ...(node.branches ?? [])])
    if (inside) return inside
  }
  return undefined
}
