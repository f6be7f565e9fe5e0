/**
 * A provider's switches: what its dashboard would set, and what its documents leave open.
 *
 * `GET /<provider>/settings` answers them all, `POST` changes those it names and answers them all.
 *
 * @module
 */
import { Hono } from 'hono'
import { ProblemError, unknownWord } from './problem.ts'
import { readBody } from './request-body.ts'

/** What a setting may be. */
export interface Field<Value> {
  readonly legal: string
  readonly is: (value: unknown) => value is Value
}

/** The settings of one stand-in. */
export interface Settings<Values> {
  readonly get: () => Values
  readonly reset: () => void
  /** `GET` and `POST` at `/settings`. */
  readonly control: Hono
}

/** Holds the values. Throws a `ProblemError` (400) for an unknown or illegal one, changing none. */
export function createSettings<Values extends object>(
  fields: { readonly [Name in keyof Values]: Field<Values[Name]> },
  defaults: Values,
): Settings<Values> {
  let values = defaults
  const known: Readonly<Record<string, Field<unknown>>> = { ...fields }
  const names = Object.keys(known)
  const change = (body: Record<string, unknown>): void => {
    for (const [name, value] of Object.entries(body)) {
      const field = Object.hasOwn(known, name) ? known[name] : undefined
      if (!field) throw unknownWord('setting', name, names)
      if (!field.is(value)) {
        const detail = `${name} must be ${field.legal}.`
        throw new ProblemError(400, 'invalid_setting', detail, { field: name })
      }
    }
    values = { ...values, ...body }
  }

  const control = new Hono()
  control.get('/settings', (c) => c.json(values))
  control.post('/settings', async (c) => {
    change(await readBody(c))
    return c.json(values)
  })
  const reset = (): void => {
    values = defaults
  }
  return { get: () => values, reset, control }
}

export const SWITCH: Field<boolean> = {
  legal: 'true or false',
  is: (value) => typeof value === 'boolean',
}

/** An http(s) URL, or null for none. */
export const URL_OR_NONE: Field<string | null> = {
  legal: 'an http(s) URL or null',
  is: (value): value is string | null => value === null || isHttpUrl(value),
}

export const TEXT: Field<string> = {
  legal: 'a text',
  is: (value): value is string => typeof value === 'string' && value !== '',
}

export const INTEGER: Field<number> = {
  legal: 'an integer',
  is: (value): value is number => Number.isSafeInteger(value),
}

export function oneOf<Word extends string>(words: readonly Word[]): Field<Word> {
  return {
    legal: `one of ${words.join(', ')}`,
    is: (value): value is Word => words.some((word) => word === value),
  }
}

/** Whether the value is the text of an http(s) URL. */
export function isHttpUrl(value: unknown): value is string {
  if (typeof value !== 'string' || value !== value.trim()) return false
  return /^https?:$/.test(URL.parse(value)?.protocol ?? '')
}
