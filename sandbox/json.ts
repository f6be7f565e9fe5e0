/**
 * JSON in and out: objects only on the way in, raw number literals on the way out.
 *
 * @module
 */

/** The object in `text`, or undefined if it is no JSON object. */
export function parseJsonObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

/**
 * A number literal of any length for `JSON.stringify`: ids above 2^53 do not survive as a JS number.
 */
export function rawNumber(digits: string): unknown {
  return JSON.rawJSON(digits)
}

declare global {
  interface JSON {
    /** ECMAScript's JSON.parse source text access; not in the compiler's library yet. */
    rawJSON(text: string): unknown
  }
}

/** Whether a parsed value is a JSON object. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
