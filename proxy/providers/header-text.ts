/**
 * What a header can carry. With anything else `fetch` throws before it sends, which looks as if the provider
 * could not be reached.
 * @module
 */

/** For `z.string().regex(...HEADER_TEXT)`. */
export const HEADER_TEXT = [/^[ -~]*$/, 'must be printable ASCII, as a header carries it'] as const
export const HEADER_NAME = [/^[\w-]+$/, 'must be the name of a header'] as const
