/**
 * Whether a text that somebody else can read holds something he must not know: as it is, or inside
 * base64 and percent encoding, a few layers deep (a JWT's payload is one).
 * @module
 */

const MAX_DEPTH = 4
const ENCODED = /[A-Za-z0-9+/_-]{8,}/g

/** True where `needle` can be found in `text` by decoding what stands in it. */
export function reveals(text: string, needle: string, depth = 0): boolean {
  if (needle.length === 0) return false
  const plain = percentDecode(text)
  // JSON may write a slash as \/: compare without backslashes, too.
  if (text.includes(needle) || plain.replaceAll('\\', '').includes(needle)) return true
  if (depth >= MAX_DEPTH) return false
  const runs = plain.match(ENCODED) ?? []
  return runs.some((run) => reveals(Buffer.from(run, 'base64').toString('utf8'), needle, depth + 1))
}

function percentDecode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
