/**
 * A request's parameters as Lincoln's server sees them: the query, then the body, in wire order.
 *
 * The body is a JSON object, or a form in which `fromValues[0][key]` spells the same arrays; then
 * every value in it is a text, and is hashed as one.
 *
 * @module
 */
import { parseJsonObject } from '../../json.ts'
import { LincolnError, wrong } from './errors.ts'
import type { LincolnSettings } from './settings.ts'

/** What the request line, the headers and the body say. */
export interface RawRequest {
  /** The query string, without the question mark. */
  readonly query: string
  readonly contentType: string | undefined
  readonly body: string
}

/** The parameters, read. */
export interface Parameters {
  readonly query: Readonly<Record<string, unknown>>
  readonly body: Readonly<Record<string, unknown>>
  /** Whether the values of the body are texts, whatever they mean. */
  readonly isForm: boolean
}

/** Throws a `LincolnError`: `wrongBody`, or `wrongParameter` for one that is sent twice. */
export function readParameters(
  raw: RawRequest,
  { timeAs }: Pick<LincolnSettings, 'timeAs'>,
): Parameters {
  const pairs = [...new URLSearchParams(raw.query)]
  const query = Object.fromEntries(
    pairs.map(([name, value]) => [name, timeAs === 'number' ? asNumber(name, value) : value]),
  )
  if (Object.keys(query).length !== pairs.length) throw wrong('query', 'repeated')
  if (raw.body === '') return { query, body: {}, isForm: false }

  const [mediaType = ''] = (raw.contentType ?? '').split(';')
  const read = READERS[mediaType.trim().toLowerCase()]
  const body = read?.(raw.body)
  if (!body) throw new LincolnError('wrongBody')
  return { query, body, isForm: read === readForm }
}

/** `{...GET, ...POST}`, what the hash covers. */
export function mergeParameters({ query, body }: Parameters): Record<string, unknown> {
  return { ...query, ...body }
}

/** Refuses any parameter but these and `time`, and a query that has more than it may. */
export function checkNames(
  { query, body }: Parameters,
  known: readonly string[],
  isInQuery: boolean,
): void {
  const inQuery = isInQuery ? ['time', ...known] : ['time']
  const inBody = isInQuery ? [] : ['time', ...known]
  const unknown =
    Object.keys(query).find((name) => !inQuery.includes(name)) ??
    Object.keys(body).find((name) => !inBody.includes(name))
  if (unknown !== undefined) {
    const object = { nameField: unknown, err: 'unknown', type: 'parameter' }
    throw new LincolnError('unknownParameter', object)
  }
}

type Reader = (text: string) => Record<string, unknown> | undefined

const READERS: Readonly<Record<string, Reader>> = {
  'application/json': parseJsonObject,
  'application/x-www-form-urlencoded': readForm,
}

function asNumber(name: string, value: string): string | number {
  return name === 'time' && /^\d{1,16}$/.test(value) ? Number(value) : value
}

/** `name`, `name[0][key]` and `name[0][value]`, numbered without a gap; nothing twice. */
function readForm(text: string): Record<string, unknown> | undefined {
  const form = new Map<string, string | Record<string, string>[]>()
  for (const [name, value] of new URLSearchParams(text)) {
    const [, list, index, part] = /^(\w+)\[(\d{1,2})\]\[(key|value)\]$/.exec(name) ?? []
    if (list === undefined || part === undefined) {
      if (!/^\w+$/.test(name) || form.has(name)) return undefined
      form.set(name, value)
      continue
    }
    const items = form.get(list) ?? []
    if (typeof items === 'string' || Number(index) > items.length) return undefined
    const item = (items[Number(index)] ??= {})
    if (part in item) return undefined
    item[part] = value
    form.set(list, items)
  }
  return Object.fromEntries(form)
}
