/**
 * JSON with its numbers as they were written: `1.50` stays `1.50`, and nothing is rounded.
 *
 * @module
 */
import { isObject } from './json.ts'

/** A number of a JSON text, by its literal. */
export class NumberLiteral {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/** The object in `text` with `NumberLiteral` for each number; undefined if it is no JSON object. */
export function parseJsonLiterals(text: string): Record<string, unknown> | undefined {
  try {
    const value = JSON.parse(text, (_key, member: unknown, { source }) =>
      typeof member === 'number' ? new NumberLiteral(source ?? String(member)) : member,
    )
    return isObject(value) && !(value instanceof NumberLiteral) ? value : undefined
  } catch {
    return undefined
  }
}

declare global {
  interface JSON {
    /** ECMAScript's JSON.parse source text access; not in the compiler's library yet. */
    parse(
      text: string,
      reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown,
    ): unknown
  }
}
