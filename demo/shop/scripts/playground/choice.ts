/**
 * What was chosen in the playground, and how it stands in the URL: a link shows the same.
 * @module
 */
import { ATTRIBUTES, LOOKS, PROPERTIES, SOURCES, TEXTS } from './controls.ts'
import type { Source } from './controls.ts'

type Values = Readonly<Record<string, string>>

export interface Choice {
  readonly source: Source
  /** The one payment company that is offered; empty: all. */
  readonly provider: string
  /** Of an order that the backend prices; lira. */
  readonly price: string
  /** Of the room for the element, pixels; empty: as wide as it likes. */
  readonly width: string
  /** The element's own, by name. A boolean one that is set is `''`. */
  readonly attributes: Values
  /** `--cc-accent` and its like. */
  readonly properties: Values
  /** Texts of the page's own, by name. */
  readonly texts: Values
}

const DEFAULT_PRICE = '460.00'
const TEXT_PREFIX = 'text.'

export function readChoice(query: URLSearchParams): Choice {
  const pick = (names: readonly string[], prefix = ''): Values =>
    Object.fromEntries(
      names.flatMap((name) => {
        const value = query.get(prefix + name)
        return value === null ? [] : [[name, value]]
      }),
    )
  const choice = {
    source: SOURCES.find((each) => each === query.get('source')) ?? 'token',
    provider: query.get('provider') ?? '',
    price: query.get('price') ?? DEFAULT_PRICE,
    width: query.get('width') ?? '',
    attributes: pick(ATTRIBUTES.map(({ name }) => name)),
    properties: pick(PROPERTIES.map(({ name }) => name)),
    texts: pick(TEXTS, TEXT_PREFIX),
  }
  return withSource(choice, choice.source)
}

/** With another source of the price: with what that needs to know, and without what others did. */
export function withSource(choice: Choice, source: Source): Choice {
  const attributes: Record<string, string> = {}
  for (const { name, sources, initial } of ATTRIBUTES) {
    const value = choice.attributes[name] ?? (sources ? initial : undefined)
    if (value !== undefined && (sources?.includes(source) ?? true)) attributes[name] = value
  }
  return { ...choice, source, attributes }
}

/** Only what is not as it comes. */
export function writeChoice(choice: Choice): URLSearchParams {
  const { source, provider, price, width, attributes, properties, texts } = choice
  const query = new URLSearchParams()
  if (source !== 'token') query.set('source', source)
  if (provider) query.set('provider', provider)
  if (price !== DEFAULT_PRICE) query.set('price', price)
  if (width) query.set('width', width)
  for (const [name, value] of Object.entries({ ...attributes, ...properties }))
    query.set(name, value)
  for (const [name, value] of Object.entries(texts)) query.set(TEXT_PREFIX + name, value)
  return query
}

/** With an attribute set, or without it. A theme brings the palette that it stands on. */
export function withAttribute(choice: Choice, name: string, value: string | null): Choice {
  const attributes = withValue(choice.attributes, name, value)
  const look = name === 'class' ? LOOKS.find(({ className }) => className === value) : undefined
  return { ...choice, attributes: look ? { ...attributes, theme: look.scheme } : attributes }
}

/** `values` with one of them set, or without it. */
export function withValue(values: Values, name: string, value: string | null): Values {
  const { [name]: _old, ...others } = values
  return value === null ? others : { ...others, [name]: value }
}

/** Another order, not only another look. */
export function isOtherOrder(before: Choice, now: Choice): boolean {
  const essence = ({ source, provider, price, attributes }: Choice): string =>
    JSON.stringify([
      source,
      provider,
      price,
      ...ORDER_ATTRIBUTES.map((name) => attributes[name] ?? ''),
    ])
  return essence(before) !== essence(now)
}

const ORDER_ATTRIBUTES = ATTRIBUTES.filter(({ sources }) => sources).map(({ name }) => name)
