/**
 * Blots out what nobody is to read over a shoulder: tokens, receipts, and ids that open a checkout.
 * @module
 */

const SHAPES: readonly (readonly [shape: RegExp, instead: string])[] = [
  [/\beyJ[\w-]{5,}\.[\w-]{5,}\.[\w-]+/g, '[token]'],
  [/(\/v1\/(?:webhooks\/[\w-]{1,40}|returns)\/)[\w-]{20,}/g, '$1[token]'],
  [/((?:\/checkouts\/|"(?:checkoutId|id|checkout)": ?")[\w-]{8})[\w-]{14}(?![\w-])/g, '$1…'],
]

/** Any value as text, readable and blotted. */
export function redact(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? '')
  return SHAPES.reduce((rest, [shape, instead]) => rest.replaceAll(shape, instead), text)
}
