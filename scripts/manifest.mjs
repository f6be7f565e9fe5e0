/**
 * The element's description (Custom Elements Manifest), made of its own comments, its class and the types of
 * its events. What the analyzer cannot know is put right here: events' details, named types, defaults of
 * `--cc-*`, and where the compiled file is.
 * @module
 */
import { create, ts } from '@custom-elements-manifest/analyzer'
import { litPlugin } from '@custom-elements-manifest/analyzer/src/features/framework-plugins/lit/lit.js'
import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const ELEMENT = 'widget/crypto-checkout.ts'
const NAME = 'CryptoCheckout'
const TAG = 'crypto-checkout'

/** The manifest of the whole package: one module with the class, one that registers it. */
export function createManifest() {
  const sources = globSync('widget/**/*.ts', { cwd: ROOT })
  const plugins = litPlugin()
  const { modules } = create({ modules: [parse(ELEMENT)], plugins, context: { dev: false } })
  const element = modules[0].declarations.find(({ name }) => name === NAME)
  if (element?.tagName !== TAG) throw new Error(`${ELEMENT} describes no <${TAG}>`)
  const types = new Map(sources.flatMap((path) => literalTypes(parse(path))))
  const details = eventDetails(parse('widget/events.ts'))
  const undescribed = [...details.keys()].filter(
    (name) => !element.events.some((each) => each.name === name),
  )
  if (undescribed.length > 0) throw new Error(`${ELEMENT} says nothing of ${undescribed.join()}`)
  const defaults = defaultsOf(globSync('widget/styles/*.ts', { cwd: ROOT }).toSorted())
  const path = 'dist/widget/crypto-checkout.js'
  return {
    schemaVersion: '2.1.0',
    readme: 'README.md',
    modules: [
      {
        kind: 'javascript-module',
        path,
        declarations: [
          {
            ...element,
            summary: oneLine(element.summary),
            attributes: element.attributes.map((each) => withType(each, types)),
            members: element.members
              .filter(isPublic)
              .map((each) => toMember(withType(each, types))),
            events: element.events.map((each) => withDetail(each, details)),
            cssProperties: element.cssProperties.map((each) => ({
              ...each,
              ...(defaults.has(each.name) && { default: defaults.get(each.name) }),
            })),
          },
        ],
        exports: [{ kind: 'js', name: NAME, declaration: { name: NAME, module: path } }],
      },
      {
        kind: 'javascript-module',
        path: 'dist/widget/define.js',
        declarations: [],
        exports: [
          {
            kind: 'custom-element-definition',
            name: TAG,
            declaration: { name: NAME, module: path },
          },
        ],
      },
    ],
  }
}

function parse(path) {
  const text = readFileSync(ROOT + path, 'utf8')
  return ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true)
}

/** Exported names of a few texts: `RedirectMode` is `'auto' | 'self' | 'popup'`. */
function literalTypes(source) {
  return source.statements
    .filter((each) => ts.isTypeAliasDeclaration(each) && ts.isUnionTypeNode(each.type))
    .filter(({ type }) => type.types.every((each) => ts.isLiteralTypeNode(each)))
    .map(({ name, type }) => [name.text, oneLine(type.getText(source)).replace(/^\| /, '')])
}

/** The type of each event's `detail`, as it is written in `CheckoutEventDetails`. */
function eventDetails(source) {
  const details = source.statements.find(
    (each) => ts.isInterfaceDeclaration(each) && each.name.text === 'CheckoutEventDetails',
  )
  if (!details) throw new Error('widget/events.ts has no CheckoutEventDetails')
  return new Map(
    details.members.map(({ name, type }) => [name.text, typeText(type.getText(source))]),
  )
}

function withDetail(event, details) {
  const detail = details.get(event.name)
  if (!detail) throw new Error(`${ELEMENT}: no detail is known of ${event.name}`)
  return { ...event, type: { text: `CustomEvent<${detail}>` } }
}

function withType(each, types) {
  const text = types.get(each.type?.text)
  return text ? { ...each, type: { text } } : each
}

const isPublic = ({ name, privacy }) =>
  privacy !== 'private' && !/^[#[]|^formAssociated$/.test(name)

/** `open` is read as a function, and so is a method to whoever reads the description. */
function toMember(member) {
  const { kind, type, privacy: _, ...rest } = member
  const [, result] = /^\(\) => (.+)$/.exec(type?.text ?? '') ?? []
  if (kind === 'field' && result)
    return { kind: 'method', ...rest, return: { type: { text: result } } }
  return { kind, ...rest, ...(type && { type }) }
}

/** What a `var(--cc-…, default)` falls back to where it is first written: in the light palette. */
function defaultsOf(paths) {
  const defaults = new Map()
  for (const path of paths) {
    const own = readFileSync(ROOT + path, 'utf8')
      .replace(/const dark = css`[^`]*`/, '')
      .matchAll(/var\((--cc-[\w-]+),\s*((?:[^()]|\((?:[^()]|\([^()]*\))*\))*?)\s*\)/g)
    for (const [, name, value] of own) {
      if (!defaults.has(name) && !value.includes('--_')) defaults.set(name, oneLine(value))
    }
  }
  return defaults
}

const oneLine = (text) => text.replace(/\s+/g, ' ').trim()

/** Members stand on lines of their own, without a sign between them. */
const typeText = (text) => oneLine(text.replace(/(?<=[^{])\n\s+(?=\w)/g, '; '))
