/**
 * The one thing that an attack changes in a genuine request.
 * @module
 */
import type { Change, Try } from './attack.ts'
import type { Request } from './send.ts'
import type { Mark, Stage } from './stage.ts'

/** A value, or how it is made of what the attacker knows. */
type Value = unknown
type FromScene<T> = T | ((mark: Mark, stage: Stage) => T | Promise<T>)

const resolve = async <T>(value: FromScene<T>, mark: Mark, stage: Stage): Promise<T> =>
  typeof value === 'function'
    ? (value as (mark: Mark, stage: Stage) => T | Promise<T>)(mark, stage)
    : value

/** Members of the JSON body; `undefined` leaves one out. */
export const json =
  (members: FromScene<Readonly<Record<string, Value>>>): Change =>
  async (request, mark, stage) => {
    const body = JSON.parse(String(request.body ?? '{}')) as object
    return {
      ...request,
      body: JSON.stringify({ ...body, ...(await resolve(members, mark, stage)) }),
    }
  }

/** The body, as text. */
export const body =
  (change: FromScene<string> | ((text: string) => string)): Change =>
  async (request, mark, stage) => ({
    ...request,
    body: await resolve(change as FromScene<string>, mark, stage),
  })

/** The body's text, edited. */
export const edit =
  (change: (text: string, mark: Mark, stage: Stage) => string | Promise<string>): Change =>
  async (request, mark, stage) => ({
    ...request,
    body: await change(String(request.body ?? ''), mark, stage),
  })

/** Fields of a form body; null leaves one out. */
export const form =
  (fields: FromScene<Readonly<Record<string, string | null>>>): Change =>
  async (request, mark, stage) => {
    const params = new URLSearchParams(String(request.body ?? ''))
    for (const [name, value] of Object.entries(await resolve(fields, mark, stage))) {
      if (value === null) params.delete(name)
      else params.set(name, value)
    }
    return { ...request, body: params.toString() }
  }

/** Headers, in lower case; null leaves one out. */
export const header =
  (headers: FromScene<Readonly<Record<string, string | readonly string[] | null>>>): Change =>
  async (request, mark, stage) => {
    const merged: Record<string, string | readonly string[] | null> = {
      ...request.headers,
      ...(await resolve(headers, mark, stage)),
    }
    const kept = Object.entries(merged).flatMap(([name, value]) =>
      value === null ? [] : [[name, value] as const],
    )
    return { ...request, headers: Object.fromEntries(kept) }
  }

/** The path, edited. */
export const path =
  (change: (path: string, mark: Mark, stage: Stage) => string): Change =>
  (request, mark, stage) => ({ ...request, path: change(request.path, mark, stage) })

export const verb =
  (method: string): Change =>
  (request) => ({ ...request, method })

/** Another request altogether, of what the attacker knows. */
export const instead =
  (make: (mark: Mark, stage: Stage) => Partial<Request> | Promise<Partial<Request>>): Change =>
  async (request, mark, stage) => ({ ...request, ...(await make(mark, stage)) })

/** Several changes are one attack where one alone would be no request. */
export const both =
  (...changes: readonly Change[]): Change =>
  async (request, mark, stage) => {
    let changed = request
    for (const change of changes) changed = await change(changed, mark, stage)
    return changed
  }

/** The same change with each of several values, which are their own names where they have none. */
export function each<const Word extends string>(
  values: readonly Word[],
  change: (value: Word) => Change,
): readonly Try[]
export function each<Value>(
  values: Readonly<Record<string, Value>>,
  change: (value: Value) => Change,
): readonly Try[]
export function each(
  values: readonly string[] | Readonly<Record<string, unknown>>,
  change: (value: never) => Change,
): readonly Try[] {
  const named = Array.isArray(values)
    ? values.map((value: string) => [JSON.stringify(value), value] as const)
    : Object.entries(values)
  return named.map(([name, value]) => [name, change(value as never)])
}

/** One member of the JSON body with each of several values, named after it. */
export const members = (
  name: string,
  values: Readonly<Record<string, unknown>> | readonly string[],
): readonly Try[] => {
  const tries = isWords(values)
    ? each(values, (value) => json({ [name]: value }))
    : each(values, (value) => json({ [name]: value }))
  return tries.map(([what, change]) => [`${name}: ${what}`, change])
}

const isWords = (values: object): values is readonly string[] => Array.isArray(values)
