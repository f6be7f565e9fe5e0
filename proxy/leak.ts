/**
 * Whether a text that somebody else can read holds something he must not know: as it is, or inside base64,
 * hex, percent encoding and JSON escapes, a few layers deep (a JWT's payload is one).
 * @module
 */

const MAX_DEPTH = 4
/** Characters looked at in all. A text that takes more could hold anything. */
const MAX_WORK = 2 ** 21
const BASE64 = /[A-Za-z0-9+/_-]{8,}/g
const HEX = /[A-Fa-f0-9]{16,}/g

/** True where `needle`, a text of ASCII, can be found in `text` by decoding what stands in it. */
export function reveals(text: string, needle: string): boolean {
  if (needle.length === 0) return false
  let left = MAX_WORK
  const seen = new Set<string>()

  function holds(piece: string, depth: number): boolean {
    if (seen.has(piece)) return false
    seen.add(piece)
    left -= piece.length
    if (left < 0 || piece.includes(needle)) return true
    return depth < MAX_DEPTH && layersOf(piece).some((inner) => holds(inner, depth + 1))
  }

  return holds(text, 0)
}

/** What stands in a text, one layer of encoding taken off. What is no encoding becomes noise. */
function layersOf(text: string): string[] {
  const plain = text
    .replace(/%([A-Fa-f0-9]{2})/g, toCharacter)
    .replace(/\\u00([A-Fa-f0-9]{2})/g, toCharacter)
    .replace(/[\\\0]/g, '')
  const base64 = matches(text, BASE64).flatMap((run) => shifted(run, 4, 'base64'))
  const hex = matches(text, HEX).flatMap((run) => shifted(run, 2, 'hex'))
  return [plain, ...base64, ...hex]
}

/** A run may begin with other characters that are legal in it: every place is tried. */
const shifted = (run: string, places: number, encoding: 'base64' | 'hex'): string[] =>
  Array.from({ length: places }, (_, place) =>
    Buffer.from(run.slice(place), encoding).toString('latin1'),
  )

const matches = (text: string, pattern: RegExp): readonly string[] =>
  Array.from(text.matchAll(pattern), ([run]) => run)

const toCharacter = (_: string, hex: string): string => String.fromCharCode(parseInt(hex, 16))
