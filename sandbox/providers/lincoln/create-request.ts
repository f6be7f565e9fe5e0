/**
 * Reads the parameters of `public/exchanger/order/create`, one by one.
 *
 * From the document: the names and types. From the engine's own front end: `email`, `captcha`,
 * `skipPreview`. In a form every value is a text, so there `amount` and the booleans are read as one.
 *
 * @module
 */
import { isObject } from '../../json.ts'
import type { Field } from './currencies.ts'
import { LincolnError, wrong } from './errors.ts'
import { formatAmount, readAmount } from './amounts.ts'
import { ROUTES } from './routes.ts'
import type { Route } from './routes.ts'

/** A filled-in field. */
export interface Value {
  readonly field: Field
  readonly value: string
}

/** A legal request. */
export interface CreateRequest {
  readonly route: Route
  /** Decimal text. */
  readonly amount: string
  readonly outAmount: string
  readonly fromValues: readonly Value[]
  readonly toValues: readonly Value[]
  readonly routeValues: readonly Value[]
  readonly hideOutData: boolean
  readonly skipPreview: boolean
  readonly partner?: string
  readonly clientCallbackUrl?: string
  readonly ipnUrl?: string
  readonly ipnSecret?: string
}

/** All names create knows. */
export const CREATE_NAMES = [
  'routeId',
  'partner',
  'amount',
  'fromValues',
  'toValues',
  'routeValues',
  'lang',
  'agreement',
  'hideOutData',
  'clientCallbackUrl',
  'ipnUrl',
  'ipnSecret',
  'email',
  'captcha',
  'skipPreview',
]

/** What `lang` and the pages' addresses may say; the list of a real site varies. */
export const LANGUAGES = ['en', 'uk', 'ru']

/** Throws a `LincolnError` that names what is wrong. */
export function parseCreate(body: Record<string, unknown>, isForm: boolean): CreateRequest {
  const route = ROUTES.find(({ routeId }) => routeId === text(body, 'routeId', /^[0-9a-f]{24}$/))
  if (!route?.isShowWeb) throw new LincolnError('routeNotFound')
  if (flag(body, 'agreement', isForm) !== true) throw new LincolnError('agreement')
  const amount = isForm ? formatAmount(body['amount'], route) : readAmount(body['amount'], route)
  optional(body, 'lang', new RegExp(`^(${LANGUAGES.join('|')})$`))
  optional(body, 'email', /^[^@\s]{1,64}@[^@\s]{1,180}\.[a-zA-Z]{2,}$/)
  optional(body, 'captcha', /^[\s\S]{1,4000}$/)
  const request = {
    route,
    ...amount,
    fromValues: values(body, 'fromValues', route.from.fields),
    toValues: values(body, 'toValues', route.to.fields),
    routeValues: values(body, 'routeValues', route.fields),
    hideOutData: flag(body, 'hideOutData', isForm) ?? false,
    skipPreview: flag(body, 'skipPreview', isForm) ?? false,
  }
  const texts = {
    partner: optional(body, 'partner', /^[\w-]{1,50}$/),
    clientCallbackUrl: url(body, 'clientCallbackUrl'),
    ipnUrl: url(body, 'ipnUrl'),
    ipnSecret: optional(body, 'ipnSecret', /^.{1,200}$/),
  }
  const given = Object.entries(texts).filter(([, value]) => value !== undefined)
  return { ...request, ...Object.fromEntries(given) }
}

/** A list of `{key, value}`: known keys, none twice, all required ones, each as its field wants it. */
function values(
  body: Record<string, unknown>,
  name: string,
  fields: readonly Field[],
): readonly Value[] {
  const list = body[name] ?? []
  if (!Array.isArray(list)) throw wrong(name)
  const given = list.map((item: unknown) => readValue(item, name, fields))
  for (const field of fields) {
    const found = given.filter((value) => value.field === field)
    if (found.length > 1) throw wrong(name, 'repeated')
    const { value = '' } = found[0] ?? {}
    if (value === '' && field.required) throw wrongField(field, name, 'required')
    if (value !== '' && !new RegExp(field.regexp, 'u').test(value)) {
      throw wrongField(field, name, 'regexp')
    }
  }
  return given
}

function readValue(item: unknown, name: string, fields: readonly Field[]): Value {
  if (!isObject(item) || Object.keys(item).toSorted().join() !== 'key,value') throw wrong(name)
  const { key, value } = item
  const field = fields.find(({ _id }) => _id === key)
  if (!field || typeof value !== 'string') throw wrong(name, field ? 'wrong' : 'unknown')
  return { field, value }
}

function wrongField({ _id, name }: Field, type: string, err: string): LincolnError {
  return new LincolnError('wrongField', { fieldId: _id, nameField: name, err, type })
}

function text(body: Record<string, unknown>, name: string, pattern: RegExp): string {
  const value = body[name]
  if (typeof value !== 'string' || !pattern.test(value)) throw wrong(name)
  return value
}

function optional(
  body: Record<string, unknown>,
  name: string,
  pattern: RegExp,
): string | undefined {
  return body[name] === undefined ? undefined : text(body, name, pattern)
}

function url(body: Record<string, unknown>, name: string): string | undefined {
  const value = optional(body, name, /^https?:\/\/\S{1,1900}$/)
  if (value !== undefined && !URL.canParse(value)) throw wrong(name)
  return value
}

function flag(body: Record<string, unknown>, name: string, isForm: boolean): boolean | undefined {
  const value = body[name]
  if (value === undefined) return undefined
  if (isForm && (value === 'true' || value === 'false')) return value === 'true'
  if (isForm || typeof value !== 'boolean') throw wrong(name)
  return value
}
