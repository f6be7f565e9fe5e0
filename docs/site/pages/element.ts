/**
 * The element's reference, from its manifest (`custom-elements.json`).
 * @module
 */
import { table } from '../table.ts'

interface Item {
  readonly name: string
  readonly description?: string
  readonly kind?: string
  readonly static?: boolean
  readonly attribute?: string
  readonly default?: string
  readonly type?: { readonly text: string }
  readonly return?: { readonly type: { readonly text: string } }
  readonly parameters?: readonly { readonly name: string; readonly default?: string }[]
}

type Kind =
  'attributes' | 'members' | 'events' | 'slots' | 'cssParts' | 'cssProperties' | 'cssStates'

export type ElementDescription = Readonly<Record<Kind, readonly Item[]>> & {
  readonly tagName: string
  readonly summary: string
}

export interface Manifest {
  readonly modules: readonly { readonly declarations: readonly ElementDescription[] }[]
}

/** The page, from the repository's root. */
export function elementPage({ modules }: Manifest): string {
  const element = modules.flatMap(({ declarations }) => declarations).find((each) => each.tagName)
  if (!element) throw new Error('the manifest describes no element')
  const { attributes, members, events, slots, cssParts, cssProperties, cssStates } = element
  const properties = members.filter(({ kind, attribute }) => kind === 'field' && !attribute)
  const methods = members.filter(({ kind }) => kind === 'method')
  const type = ({ type: given }: Item): string => code(given?.text)
  const about = ({ description = '' }: Item): string => description
  const name = (each: Item): string => code(each.name)
  const named = (items: readonly Item[]): string => table(['name', ''], items, [name, about])
  return `# &lt;${element.tagName}&gt;

${element.summary} Made of the element's own comments and types, as are the files for [editors](docs/packaging.md#editors).

## Attributes

Each has a property in camelCase; that of \`open\` is \`isOpen\`.

${table(['attribute', 'type', ''], attributes, [name, type, about])}

## Properties without an attribute

${table(['property', 'type', ''], properties, [name, type, about])}

## Methods

${table(['method', ''], methods, [signature, about])}

## Events

All bubble, and cross shadow roots. Each change is told once.

${table(['event', 'type', ''], events, [name, type, about])}

## Slots

${named(slots)}

## Parts

${named(cssParts)}

## Tokens

${table(['property', 'default, light', ''], cssProperties, [name, (each) => code(each.default), about])}

## States

As \`crypto-checkout:state(paid)\` in a style sheet.

${named(cssStates)}
`
}

function signature({ name, parameters = [], return: result, static: isStatic }: Item): string {
  const list = parameters.map((each) =>
    each.default ? `${each.name} = ${each.default}` : each.name,
  )
  const owner = isStatic ? 'CryptoCheckout.' : ''
  return code(`${owner}${name}(${list.join(', ')}): ${result?.type.text ?? 'void'}`)
}

const code = (text: string | undefined): string => (text ? `\`${text}\`` : '')
